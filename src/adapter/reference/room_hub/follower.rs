use crate::adapter::Answer;
use crate::adapter::input::{Result, octets, text, uint};
use crate::adapter::session::Session;
use crate::delivery::{Notified, Received};
use crate::protocol::room::NotifyRequest;
use crate::protocol::{ServiceProviderId, Structure};
use crate::reason::{content as caller, delivery as reason};
use crate::wire::hex;
use serde_json::{Value, json};

/// What a follower had, and takes note of: [`Notified`], or one with a bug.
pub trait NotifiedLog {
    /// As [`Notified::take`].
    fn take(&mut self, hub: &ServiceProviderId, room: &[u8], body: &[u8]) -> Received;
}

impl NotifiedLog for Notified {
    fn take(&mut self, hub: &ServiceProviderId, room: &[u8], body: &[u8]) -> Received {
        Self::take(self, hub, room, body)
    }
}

/// Makes what a follower remembers by: of so many requests.
pub type MakeNotified = Box<dyn Fn(usize) -> Box<dyn NotifiedLog>>;

/// One follower behind the operations of `room-follower/…`.
pub struct FollowerSession {
    make: MakeNotified,
    had: Option<Box<dyn NotifiedLog>>,
}

impl Default for FollowerSession {
    fn default() -> Self {
        Self::with(Box::new(|most| Box::new(Notified::new(most))))
    }
}

impl Session for FollowerSession {
    fn answer(&mut self, op: &str, input: &Value) -> Result<Answer> {
        match (op, &mut self.had) {
            ("room-follower/new", None) => {
                let most = usize::try_from(uint(input, "remember")?).unwrap_or(usize::MAX);
                self.had = Some((self.make)(most));
                Ok(Answer::Ok(json!({})))
            }
            ("room-follower/new", Some(_)) => Ok(Answer::reject(reason::NO_STATE, "a session is one follower", None)),
            ("room-follower/notify", Some(had)) => {
                let (hub, room) = (text(input, "from")?.as_bytes(), text(input, "room_id")?.as_bytes());
                let body = octets(input, "body")?;
                // What can not be read is not accepted, and not remembered.
                let request = match NotifyRequest::decode(&body) {
                    Ok(request) => request,
                    Err(e) => return Ok(Answer::reject(e.reason, e, Some(e.offset))),
                };
                let new = had.take(&ServiceProviderId(hub.to_vec()), room, &body) == Received::First;
                let messages =
                    request.messages.into_iter().filter(|_| new).map(|told| hex::encode(told.message.octets()));
                Ok(Answer::Ok(json!({"status": 201, "processed": messages.collect::<Vec<_>>()})))
            }
            ("room-follower/notify", None) => {
                Ok(Answer::reject(reason::NO_STATE, "room-follower/new comes first", None))
            }
            _ => Ok(Answer::Unsupported(format!("no operation {op}"))),
        }
    }
}

impl FollowerSession {
    /// The operations of a session.
    pub const OPS: &'static [&'static str] = &["room-follower/new", "room-follower/notify"];

    /// A session whose followers remember so.
    #[must_use]
    pub fn with(make: MakeNotified) -> Self {
        Self { make, had: None }
    }

    /// One operation, as JSON.
    pub fn operate(&mut self, op: &str, input: &Value) -> Answer {
        Session::answer(self, op, input).unwrap_or_else(|bad| Answer::reject(caller::BAD_INPUT, bad, None))
    }
}
