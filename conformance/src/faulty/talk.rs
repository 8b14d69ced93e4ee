use mimicheck::adapter::reference::Serving;
use mimicheck::adapter::{Answer, Implementation};
use serde_json::Value;

/// A step that is over.
pub(super) struct Past {
    /// Its operation.
    pub op: String,
    /// Its input.
    pub input: Value,
    /// What the faulty implementation answered.
    pub answer: Answer,
}

/// A session as a bug sees it.
pub(super) struct Talk<'a> {
    /// What was said before, the oldest first.
    pub past: &'a [Past],
    /// Its name.
    pub session: &'a str,
    /// The reference, which may be asked what was not asked.
    pub serving: &'a mut Serving,
}

impl Talk<'_> {
    /// The reference's answer.
    pub fn ask(&mut self, op: &str, input: &Value) -> Answer {
        self.serving.step(self.session, op, input)
    }

    /// Whether the session has refused anything yet.
    pub fn has_refused(&self) -> bool {
        self.past.iter().any(|past| matches!(past.answer, Answer::Reject(_)))
    }

    /// The last `STATE` that was told.
    pub fn last_state(&self) -> Option<Value> {
        self.past.iter().rev().find_map(|past| state(&past.op, &past.answer))
    }

    /// The `STATE` before that of the last step.
    pub fn state_before(&self, back: usize) -> Option<Value> {
        self.past.iter().rev().filter_map(|past| state(&past.op, &past.answer)).nth(back)
    }
}

/// The `STATE` in an answer.
fn state(op: &str, answer: &Answer) -> Option<Value> {
    let Answer::Ok(out) = answer else { return None };
    match op {
        "client/process" => out.get("state").cloned(),
        "client/join" | "client/state" => Some(out.clone()),
        _ => None,
    }
}
