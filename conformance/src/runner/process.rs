//! One adapter process: requests, answers, time limits, and how it ended.

use super::pipe::{self, Event, Lines, Stderr};
use super::target::Command;
use crate::exit::Exit;
use crate::project::Failure;
use mimicheck::adapter::{Answer, Hello, PROTOCOL, Response};
use mimicheck::vector::Outcome;
use serde::Serialize;
use serde_json::Value;
use std::io::Write;
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Longest request that is written by the thread that waits for the answer. A pipe holds at least this
/// much, and it is empty when the previous request was answered; anything longer goes through a thread
/// that may block, because the adapter may be blocked on its own output or never read at all.
const AT_ONCE: usize = 4096;

/// How long an adapter has for its last words after its stdout ended.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// Time limits.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From start to the answer to `hello`.
    pub start: Duration,
    /// From a request to its answer.
    pub case: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { start: Duration::from_secs(20), case: Duration::from_secs(10) }
    }
}

/// A running adapter. Dropping it ends the process.
#[derive(Debug)]
pub struct Process {
    child: Child,
    stdin: Option<ChildStdin>,
    slow: Option<Sender<Vec<u8>>>,
    lines: Lines,
    stderr: Stderr,
    next_id: u64,
}

#[derive(Serialize)]
struct Line<'a> {
    id: u64,
    op: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    session: Option<&'a str>,
    #[serde(rename = "in", skip_serializing_if = "Value::is_null")]
    input: &'a Value,
}

impl Process {
    /// Starts the program; says nothing to it yet.
    ///
    /// # Errors
    /// The system cannot start it.
    pub fn spawn(command: &Command) -> Result<Self, Failure> {
        let mut child = command
            .prepare()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| not_started(command, &e.to_string(), ""))?;
        let (Some(stdin), Some(stdout), Some(stderr)) = (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(Failure::harness("a child process without pipes"));
        };
        let (lines, stderr) = (Lines::read(stdout), Stderr::drain(stderr));
        Ok(Self { child, stdin: Some(stdin), slow: None, lines, stderr, next_id: 1 })
    }

    /// Starts the program and asks what it is.
    ///
    /// # Errors
    /// It does not start, or `hello` is not answered as it must be; with what it wrote on stderr.
    pub fn start(command: &Command, limits: Limits) -> Result<(Self, Hello), Failure> {
        let mut process = Self::spawn(command)?;
        match process.hello(limits.start, "--start-timeout") {
            Ok(hello) => Ok((process, hello)),
            Err(what) => {
                let stderr = process.last_words();
                Err(not_started(command, &what, &stderr))
            }
        }
    }

    /// Asks what it is. `option` sets how long to wait.
    ///
    /// # Errors
    /// In words: what is wrong with the answer, or that there is none.
    pub fn hello(&mut self, longest: Duration, option: &str) -> Result<Hello, String> {
        let asked = self.request("hello", Some(PROTOCOL), None, &Value::Null, longest);
        let answer = asked.map_err(|outcome| match outcome {
            Outcome::Timeout(_) => self.late("no answer to hello", longest, option),
            Outcome::Crash(what) | Outcome::HarnessError(what) => format!("instead of an answer to hello: {what}"),
            _ => "no answer to hello".to_owned(),
        })?;
        match answer {
            Answer::Ok(value) => {
                let hello: Hello = serde_json::from_value(value).map_err(|e| format!("in the answer to hello: {e}"))?;
                if hello.name.is_empty() {
                    Err("the answer to hello has an empty \"name\"".to_owned())
                } else {
                    Ok(hello)
                }
            }
            Answer::Reject(r) => Err(format!("rejects hello: {}", r.message.or(r.reason).unwrap_or_default())),
            Answer::Unsupported(why) => Err(format!("does not support hello: {why}")),
        }
    }

    /// One operation, of a session if it is stateful.
    ///
    /// # Errors
    /// [`Outcome::Crash`] or [`Outcome::Timeout`]; the process is of no use after that.
    pub fn ask(
        &mut self,
        session: Option<&str>,
        op: &str,
        input: &Value,
        longest: Duration,
    ) -> Result<Answer, Outcome> {
        self.request(op, None, session, input, longest)
    }

    fn request(
        &mut self,
        op: &str,
        protocol: Option<u32>,
        session: Option<&str>,
        input: &Value,
        longest: Duration,
    ) -> Result<Answer, Outcome> {
        let id = self.next_id;
        self.next_id = id.wrapping_add(1);
        let mut line = serde_json::to_vec(&Line { id, op, protocol, session, input })
            .map_err(|e| Outcome::HarnessError(format!("a request that is not JSON: {e}")))?;
        line.push(b'\n');
        self.unasked()?;
        let deadline = Instant::now().checked_add(longest);
        self.send(line);
        let answer = match self.receive(deadline.map_or(longest, |d| d.saturating_duration_since(Instant::now()))) {
            None => return Err(Outcome::Timeout(self.late("no answer", longest, "--timeout"))),
            Some(Event::Line(line)) => line,
            Some(event) => return Err(self.ended(&event)),
        };
        let text = std::str::from_utf8(&answer).map_err(|e| garbage(&format!("not UTF-8: {e}"), &answer))?;
        let response = Response::parse(text).map_err(|e| garbage(&e.0, &answer))?;
        if response.id == id {
            Ok(response.answer)
        } else {
            Err(garbage(&format!("\"id\" is {} and must be the request's, {id}", response.id), &answer))
        }
    }

    /// In words, that nothing came for so long, or nothing whole.
    pub fn late(&self, what: &str, longest: Duration, option: &str) -> String {
        let begun = match self.lines.begun() {
            0 => String::new(),
            n => format!("; {}, no line end", came(n)),
        };
        format!("{what} within {} s ({option}){begun}", longest.as_secs_f32())
    }

    /// Nobody may answer before being asked: that would answer the wrong question.
    fn unasked(&mut self) -> Result<(), Outcome> {
        match self.lines.events.try_recv() {
            Ok(Event::Line(line)) => Err(garbage("a line that no request asked for", &line)),
            Ok(event) => Err(self.ended(&event)),
            Err(TryRecvError::Disconnected) => Err(self.ended(&Event::End)),
            Err(TryRecvError::Empty) => Ok(()),
        }
    }

    /// Writes a line (with its line feed). A process that does not take it will not answer either, and
    /// that is what it is judged by.
    pub fn send(&mut self, line: Vec<u8>) {
        if let Some(stdin) = self.stdin.as_mut().filter(|_| line.len() <= AT_ONCE) {
            let _ = stdin.write_all(&line);
            return;
        }
        if self.slow.is_none()
            && let Some(mut stdin) = self.stdin.take()
        {
            let (sender, requests) = channel::<Vec<u8>>();
            thread::spawn(move || requests.iter().try_for_each(|line| stdin.write_all(&line)));
            self.slow = Some(sender);
        }
        if let Some(slow) = &self.slow {
            let _ = slow.send(line);
        }
    }

    /// What it writes next; `None` when it writes nothing for so long.
    pub fn receive(&mut self, longest: Duration) -> Option<Event> {
        match self.lines.events.recv_timeout(longest) {
            Ok(event) => Some(event),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Event::End),
        }
    }

    /// What it wrote on stderr since this was last asked, shortened.
    pub fn stderr(&self) -> String {
        self.stderr.take()
    }

    /// Ends it, and returns what it still had to say on stderr.
    pub fn last_words(&mut self) -> String {
        self.kill();
        self.stderr.wait(LAST_WORDS);
        self.stderr.take()
    }

    /// The verdict when no more lines come.
    fn ended(&mut self, event: &Event) -> Outcome {
        match event {
            Event::Line(line) => garbage("an unexpected line", line),
            Event::TooLong(start) => garbage(&format!("a line of more than {} octets", pipe::MAX_LINE), start),
            Event::Partial(line) => {
                let (status, came) = (self.status(), came(line.len()));
                Outcome::Crash(format!("{status} in the middle of a line ({came}, no line end): {}", excerpt(line)))
            }
            Event::End => Outcome::Crash(self.status()),
        }
    }

    /// How it ended, after its stdout did.
    fn status(&mut self) -> String {
        let deadline = Instant::now().checked_add(LAST_WORDS);
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return format!("the process ended ({status})"),
                Ok(None) if deadline.is_some_and(|d| Instant::now() < d) => thread::sleep(Duration::from_millis(2)),
                Ok(None) => return "the process closed its stdout".to_owned(),
                Err(e) => return format!("the process ended ({e})"),
            }
        }
    }

    fn kill(&mut self) {
        self.stdin = None;
        self.slow = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Closes its stdin and lets it end by itself, which it should; kills it when it does not.
    pub fn finish(mut self) {
        self.stdin = None;
        self.slow = None;
        let _ = self.receive(LAST_WORDS);
        // Dropping kills and waits.
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

fn garbage(what: &str, line: &[u8]) -> Outcome {
    Outcome::Crash(format!("garbage on stdout, {what}: {}", excerpt(line)))
}

fn came(octets: usize) -> String {
    if octets == 1 { "1 octet came".to_owned() } else { format!("{octets} octets came") }
}

/// The beginning of a line, for a message. Quotes and backslashes stay as they came: most lines are JSON.
fn excerpt(line: &[u8]) -> String {
    const LONGEST: usize = 160;
    let text = String::from_utf8_lossy(line.get(..line.len().min(4 * LONGEST)).unwrap_or_default()).into_owned();
    let mut shown = String::new();
    for c in text.chars().take(LONGEST) {
        if matches!(c, '"' | '\'' | '\\') { shown.push(c) } else { shown.extend(c.escape_debug()) }
    }
    if text.chars().count() > LONGEST {
        shown.push('…');
    }
    format!("`{shown}`")
}

fn not_started(command: &Command, what: &str, stderr: &str) -> Failure {
    let stderr = stderr.trim_end();
    let said = if stderr.is_empty() { "its stderr is empty".to_owned() } else { format!("its stderr:\n{stderr}") };
    let message = format!(
        "adapter {command} did not start: {what}; {said}\nnext: mimicheck doctor --adapter '{}'",
        command.given()
    );
    Failure { exit: Exit::Adapter, message }
}
