//! Followers that remember otherwise.

use crate::faulty::bug::{Fault, Row};
use mimicheck::adapter::reference::NotifiedLog;
use mimicheck::delivery::{Notified, Received};
use mimicheck::protocol::ServiceProviderId;

/// A follower that notes something else than it heard.
struct Heard {
    log: Notified,
    note: fn(&mut Notified, &ServiceProviderId, &[u8], &[u8]) -> Received,
}

impl NotifiedLog for Heard {
    fn take(&mut self, hub: &ServiceProviderId, room: &[u8], body: &[u8]) -> Received {
        (self.note)(&mut self.log, hub, room, body)
    }
}

macro_rules! notes {
    ($most:expr, $note:expr) => {
        Fault::Follower(|most| {
            let most: usize = $most(most);
            Box::new(Heard { log: Notified::new(most), note: $note })
        })
    };
}

const SHORT: &str = "a key that is shorter than what it stands for";

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "follower-processes-twice",
        "processes a request as often as it comes",
        "retries that nobody expected",
        notes!(|most| most, |_, _, _, _| Received::First),
    ),
    (
        "follower-remembers-one",
        "remembers the latest request only",
        "a variable where a list was meant",
        notes!(|_| 1, |log, hub, room, body| log.take(hub, room, body)),
    ),
    (
        "follower-never-forgets",
        "remembers every request for ever",
        "a cache without a bound",
        notes!(|_| usize::MAX, |log, hub, room, body| log.take(hub, room, body)),
    ),
    (
        "follower-hubs-alike",
        "takes requests of two hubs for one another",
        SHORT,
        notes!(|most| most, |log, _, room, body| log.take(&ServiceProviderId(vec![]), room, body)),
    ),
    (
        "follower-rooms-alike",
        "takes requests about two rooms for one another",
        SHORT,
        notes!(|most| most, |log, hub, _, body| log.take(hub, &[], body)),
    ),
    (
        "follower-by-time",
        "takes requests of the same millisecond for one another",
        SHORT,
        notes!(|most| most, |log, hub, room, body| log.take(hub, room, body.get(..8).unwrap_or_default())),
    ),
    (
        "follower-by-first-message",
        "remembers requests by their first message",
        SHORT,
        notes!(|most| most, |log, hub, room, body| log.take(hub, room, body.get(..60).unwrap_or_default())),
    ),
];
