use super::Answer;
use super::input::BadInput;
use serde_json::Value;

/// What one session holds.
pub(in crate::adapter) trait Session {
    /// One operation. A refusal leaves the session as it was.
    fn answer(&mut self, op: &str, input: &Value) -> Result<Answer, BadInput>;
}
