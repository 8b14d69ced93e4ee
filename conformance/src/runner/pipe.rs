//! Bounded reading of what an adapter writes: lines from stdout, the end of stderr.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Longest line that is read, in octets without its line feed.
pub const MAX_LINE: usize = 16 << 20;

/// Lines that may wait to be read; a flood stops at the adapter's own pipe after that.
const WAITING: usize = 4;

/// Octets of stderr that are kept: the last ones.
const STDERR_KEPT: usize = 16 << 10;

/// Something on an adapter's stdout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A line, without its line feed.
    Line(Vec<u8>),
    /// The stream ended inside this line.
    Partial(Vec<u8>),
    /// A line longer than [`MAX_LINE`]; its beginning.
    TooLong(Vec<u8>),
    /// The stream ended.
    End,
}

/// What an adapter writes on stdout.
#[derive(Debug)]
pub(super) struct Lines {
    /// Line by line.
    pub events: Receiver<Event>,
    /// Octets that have come of a line that has not ended yet.
    begun: Arc<AtomicUsize>,
}

impl Lines {
    /// Reads in a thread of its own, which ends with the stream or with the receiver.
    pub(super) fn read(stream: impl Read + Send + 'static) -> Self {
        let (sender, events) = sync_channel(WAITING);
        let begun = Arc::new(AtomicUsize::new(0));
        let shared = Arc::clone(&begun);
        thread::spawn(move || forward(stream, &sender, &shared));
        Self { events, begun }
    }

    /// How many octets of the next line have come, when it has not ended.
    pub(super) fn begun(&self) -> usize {
        self.begun.load(Ordering::Relaxed)
    }
}

fn forward(stream: impl Read, sender: &SyncSender<Event>, begun: &AtomicUsize) {
    let mut reader = BufReader::with_capacity(64 << 10, stream);
    loop {
        let event = next_line(&mut reader, begun);
        begun.store(0, Ordering::Relaxed);
        let last = !matches!(event, Event::Line(_));
        if sender.send(event).is_err() || last {
            return;
        }
    }
}

fn next_line(reader: &mut impl BufRead, begun: &AtomicUsize) -> Event {
    let mut line = vec![];
    while line.len() <= MAX_LINE && line.last() != Some(&b'\n') {
        let here = match reader.fill_buf() {
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            // A stream that cannot be read any more has ended, whatever the reason; the exit status tells.
            Err(_) | Ok([]) => break,
            Ok(octets) => octets.len().min(MAX_LINE + 1 - line.len()),
        };
        let limit = u64::try_from(here).unwrap_or(u64::MAX);
        let _ = reader.take(limit).read_until(b'\n', &mut line);
        begun.store(line.len(), Ordering::Relaxed);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        Event::Line(line)
    } else if line.len() > MAX_LINE {
        line.truncate(1 << 10);
        Event::TooLong(line)
    } else if line.is_empty() {
        Event::End
    } else {
        Event::Partial(line)
    }
}

/// The end of what an adapter wrote on stderr since it was last taken.
#[derive(Debug)]
pub(super) struct Stderr {
    ring: Arc<Mutex<Ring>>,
    ended: Receiver<()>,
}

#[derive(Debug, Default)]
struct Ring {
    octets: VecDeque<u8>,
    dropped: usize,
}

impl Stderr {
    /// Drains the stream in a thread of its own, so that the adapter never waits for us.
    pub(super) fn drain(mut stream: impl Read + Send + 'static) -> Self {
        let ring = Arc::new(Mutex::new(Ring::default()));
        let (sender, ended) = sync_channel(1);
        let shared = Arc::clone(&ring);
        thread::spawn(move || {
            let mut chunk = [0; 4096];
            while let Ok(n @ 1..) = stream.read(&mut chunk) {
                let mut ring = shared.lock().unwrap_or_else(PoisonError::into_inner);
                ring.octets.extend(chunk.iter().take(n));
                let excess = ring.octets.len().saturating_sub(STDERR_KEPT);
                ring.octets.drain(..excess);
                ring.dropped = ring.dropped.saturating_add(excess);
            }
            let _ = sender.send(());
        });
        Self { ring, ended }
    }

    /// What came since the last call.
    pub(super) fn take(&self) -> String {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        if ring.octets.is_empty() {
            return String::new();
        }
        let octets: Vec<u8> = ring.octets.drain(..).collect();
        let dropped = std::mem::take(&mut ring.dropped);
        let text = String::from_utf8_lossy(&octets).into_owned();
        if dropped == 0 { text } else { format!("[{dropped} octets earlier]\n{text}") }
    }

    /// Waits until the stream has ended, at most this long.
    pub(super) fn wait(&self, longest: std::time::Duration) {
        let _ = self.ended.recv_timeout(longest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_every_way() {
        let read = |octets: Vec<u8>| Lines::read(std::io::Cursor::new(octets)).events.iter().collect::<Vec<_>>();
        assert_eq!(
            read(b"a\n\nb\n".to_vec()),
            [Event::Line(b"a".to_vec()), Event::Line(vec![]), Event::Line(b"b".to_vec()), Event::End]
        );
        assert_eq!(read(b"a\nbc".to_vec()), [Event::Line(b"a".to_vec()), Event::Partial(b"bc".to_vec())]);
        let mut longest = vec![b'x'; MAX_LINE];
        longest.push(b'\n');
        assert!(matches!(read(longest.clone()).first(), Some(Event::Line(l)) if l.len() == MAX_LINE));
        longest.insert(0, b'x');
        assert!(matches!(read(longest).first(), Some(Event::TooLong(_))));
    }

    #[test]
    fn stderr_keeps_its_end() {
        let stderr = Stderr::drain(std::io::Cursor::new([vec![b'a'; 50_000], b"last words".to_vec()].concat()));
        stderr.wait(std::time::Duration::from_secs(5));
        let text = stderr.take();
        assert!(text.starts_with("[33626 octets earlier]") && text.ends_with("last words"), "{}", text.len());
        assert_eq!(stderr.take(), "");
    }
}
