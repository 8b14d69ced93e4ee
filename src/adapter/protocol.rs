use crate::reason::Reason;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt;

/// Version of the adapter protocol.
pub const PROTOCOL: u32 = 1;

/// One line from the judge to an adapter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Request {
    /// Echoed in the answer.
    pub id: u64,
    /// The operation, or `hello`.
    pub op: String,
    /// With `hello` only: [`PROTOCOL`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<u32>,
    /// With a stateful operation, and with `end`: whose state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The operation's input.
    #[serde(default, rename = "in", skip_serializing_if = "Value::is_null")]
    pub input: Value,
}

/// What an adapter says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// Name of the implementation.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The language it is written in.
    #[serde(default)]
    pub language: String,
    /// The operations it answers; others are never sent.
    pub ops: Vec<String>,
    /// Whether its reasons are this suite's codes, and to be compared.
    #[serde(default)]
    pub reasons: bool,
    /// Whether its offsets are this suite's, and to be compared.
    #[serde(default)]
    pub offsets: bool,
}

/// A refusal; everything in it is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejection {
    /// A reason code, this suite's or the implementation's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// Octet offset of the item that is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<u64>,
}

/// What an implementation makes of an input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// It accepts, with this output.
    Ok(Value),
    /// It refuses.
    Reject(Rejection),
    /// It does not have this operation or feature, and says why.
    Unsupported(String),
}

impl Answer {
    /// A refusal with a reason of ours.
    #[must_use]
    pub fn reject(reason: Reason, message: impl fmt::Display, offset: Option<usize>) -> Self {
        Self::Reject(Rejection {
            reason: Some(reason.code().to_owned()),
            message: Some(message.to_string()),
            offset: offset.and_then(|o| u64::try_from(o).ok()),
        })
    }
}

/// One line from an adapter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Response {
    /// The request's id.
    pub id: u64,
    /// The answer, exactly one of `ok`, `reject`, `unsupported`.
    #[serde(flatten)]
    pub answer: Answer,
}

/// What is wrong with a line that an adapter wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtocolError(pub String);

impl fmt::Display for ProtocolError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ProtocolError {}

impl Response {
    /// Reads one line strictly: an object with `id` and exactly one of `ok`, `reject` and `unsupported`.
    ///
    /// # Errors
    /// [`ProtocolError`] in words for the adapter's author.
    pub fn parse(line: &str) -> Result<Self, ProtocolError> {
        let wrong = |what: String| ProtocolError(what);
        let value: Value = serde_json::from_str(line).map_err(|e| wrong(format!("not JSON: {e}")))?;
        let Value::Object(mut object) = value else { return Err(wrong("not a JSON object".into())) };
        let id = object.remove("id").ok_or_else(|| wrong("no \"id\"".into()))?;
        let id = id.as_u64().ok_or_else(|| wrong(format!("\"id\" is not an unsigned integer: {id}")))?;
        let mut members = object.into_iter();
        let (Some((name, body)), None) = (members.next(), members.next()) else {
            return Err(wrong("not exactly one of \"ok\", \"reject\" and \"unsupported\" beside \"id\"".into()));
        };
        let answer = match (name.as_str(), body) {
            ("ok", body) => Answer::Ok(body),
            ("reject", body) => {
                Answer::Reject(serde_json::from_value(body).map_err(|e| wrong(format!("in \"reject\": {e}")))?)
            }
            ("unsupported", Value::String(why)) => Answer::Unsupported(why),
            ("unsupported", _) => return Err(wrong("\"unsupported\" is not a text that says why".into())),
            _ => return Err(wrong(format!("unknown member \"{name}\""))),
        };
        Ok(Self { id, answer })
    }
}

/// Something that answers operations, in this process or in another.
pub trait Implementation {
    /// What it says of itself.
    fn hello(&self) -> Hello;
    /// One operation.
    fn answer(&mut self, op: &str, input: &Value) -> Answer;
    /// One operation of a session ([`stateful`]); an unknown name begins a new one.
    fn step(&mut self, session: &str, op: &str, input: &Value) -> Answer {
        let _ = session;
        self.answer(op, input)
    }
    /// The session is over, and its name will not come again.
    fn end(&mut self, session: &str) {
        let _ = session;
    }
}

/// Whether an operation belongs to a session.
#[must_use]
pub fn stateful(op: &str) -> bool {
    ["client/", "device/", "hub/", "room-hub/", "room-follower/", "room-keys/", "tree-hub/", "tree-member/"]
        .iter()
        .any(|prefix| op.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_strictly() {
        let ok = Response::parse(r#"{"id":2,"ok":{"cbor":"f6"}}"#).unwrap();
        assert_eq!(ok.id, 2);
        assert!(matches!(ok.answer, Answer::Ok(_)));
        let line = serde_json::to_string(&ok).unwrap();
        assert_eq!(Response::parse(&line).unwrap(), ok);
        for bad in [
            "",
            "[]",
            "{}",
            "{\"id\":1}",
            "{\"id\":-1,\"ok\":1}",
            "{\"id\":1,\"ok\":1,\"reject\":{}}",
            "{\"id\":1,\"maybe\":1}",
            "{\"id\":1,\"unsupported\":7}",
            "{\"id\":1,\"reject\":\"why\"}",
            "{\"id\":1,\"ok\":1} x",
        ] {
            assert!(Response::parse(bad).is_err(), "{bad}");
        }
    }
}
