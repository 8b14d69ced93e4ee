//! One arrow for what a provider only passed on: a device speaks to its provider, and that to the hub.

use mimicheck::sim::{Entry, Trace};

/// A packet with all the boundaries that it crossed unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Journey<'a> {
    /// Sender, those who passed it on, last receiver.
    pub path: Vec<&'a str>,
    pub what: &'a str,
    pub about: &'a str,
    /// What befell it on the last part of its way.
    pub fault: Option<&'a str>,
    /// Arrivals of the last part.
    pub copies: usize,
    pub empty: bool,
}

struct Leg<'a> {
    at: u64,
    arrives: &'a [u64],
    from: &'a str,
    to: &'a str,
    what: &'a str,
    about: &'a str,
    octets: &'a str,
    fault: Option<&'a str>,
}

fn leg(entry: &Entry) -> Option<Leg<'_>> {
    let Entry::Crossed { at, arrives, from, to, what, about, octets, fault } = entry else { return None };
    Some(Leg { at: *at, arrives, from, to, what, about, octets, fault: fault.as_deref() })
}

/// The journey that begins at each entry; `None` where there is none, or where it is part of an earlier one.
pub(super) fn journeys(trace: &Trace) -> Vec<Option<Journey<'_>>> {
    let legs: Vec<Option<Leg>> = trace.entries.iter().map(leg).collect();
    let mut part_of_earlier = vec![false; legs.len()];
    let mut out = vec![];
    for (start, first) in legs.iter().enumerate() {
        let Some(first) = first.as_ref().filter(|_| !part_of_earlier.get(start).copied().unwrap_or(true)) else {
            out.push(None);
            continue;
        };
        let mut path = vec![first.from, first.to];
        let (mut last, mut from) = (first, start);
        while let Some((next, leg)) = onward(&legs, &part_of_earlier, from, last, first.from) {
            if let Some(mark) = part_of_earlier.get_mut(next) {
                *mark = true;
            }
            path.push(leg.to);
            (last, from) = (leg, next);
        }
        out.push(Some(Journey {
            path,
            what: first.what,
            about: first.about,
            fault: last.fault,
            copies: last.arrives.len(),
            empty: first.what == "ReceiveResponse" && first.about.is_empty(),
        }));
    }
    out
}

/// The leg by which the receiver of `last` passes the same octets on, at the moment when they come.
fn onward<'a, 'b>(
    legs: &'b [Option<Leg<'a>>],
    taken: &[bool],
    from: usize,
    last: &Leg<'a>,
    origin: &str,
) -> Option<(usize, &'b Leg<'a>)> {
    // What was altered on its way is no longer what was sent.
    if last.fault.is_some() || last.arrives.len() != 1 {
        return None;
    }
    let candidates = legs.iter().enumerate().skip(from.saturating_add(1));
    let of = |leg: &Leg| {
        leg.from == last.to
            && leg.to != origin
            && (leg.what, leg.about, leg.octets) == (last.what, last.about, last.octets)
            && last.arrives.contains(&leg.at)
    };
    let free = |i: &usize| !taken.get(*i).copied().unwrap_or(true);
    candidates.filter(|(i, _)| free(i)).find_map(|(i, leg)| Some((i, leg.as_ref().filter(|l| of(l))?)))
}
