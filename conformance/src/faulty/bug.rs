use mimicheck::adapter::reference::Reference;
use mimicheck::adapter::{Answer, Hello, Implementation, Rejection};
use serde_json::{Value, json};

/// What a faulty implementation was asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub op: &'a str,
    pub input: &'a Value,
}

/// From the right answer to the bug's.
pub(super) type Twist = fn(Asked<'_>, Answer) -> Answer;

/// A named, seeded bug.
#[derive(Clone, Copy, Debug)]
pub struct Bug {
    /// Stable kebab-case name.
    pub name: &'static str,
    /// The kind of code it is in, e.g. `decode`.
    pub kind: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    pub(super) twist: Twist,
}

/// Makes a table's row.
pub(super) const fn bug(kind: &'static str, name: &'static str, about: &'static str, twist: Twist) -> Bug {
    Bug { name, kind, about, twist }
}

/// Every bug, kind by kind.
pub fn all() -> impl Iterator<Item = &'static Bug> {
    [
        super::lenient::BUGS,
        super::narrow::BUGS,
        super::careless::BUGS,
        super::encode::BUGS,
        super::message_id::BUGS,
        super::parts::BUGS,
        super::judge::BUGS,
        super::thread::BUGS,
        super::external::BUGS,
        super::nohtml::BUGS,
    ]
    .into_iter()
    .flatten()
}

/// The bug of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Bug> {
    all().find(|bug| bug.name == name)
}

/// The reference implementation with one bug.
#[derive(Clone, Copy, Debug)]
pub struct Faulty(pub &'static Bug);

impl Implementation for Faulty {
    fn hello(&self) -> Hello {
        // An implementation with a bug does not know our reasons: verdict and output must give it away.
        Hello { name: format!("faulty:{}", self.0.name), reasons: false, offsets: false, ..Reference.hello() }
    }

    fn answer(&mut self, op: &str, input: &Value) -> Answer {
        (self.0.twist)(Asked { op, input }, Reference.answer(op, input))
    }
}

impl Asked<'_> {
    /// Whether the answer is a refusal for one of these reasons.
    pub fn refused(self, right: &Answer, reasons: &[&str]) -> bool {
        matches!(right, Answer::Reject(Rejection { reason: Some(reason), .. }) if reasons.contains(&reason.as_str()))
    }

    /// The same question with one member of the input changed.
    pub fn with(self, member: &str, value: Value) -> Answer {
        self.changed(|input| set(input, member, value))
    }

    /// The same question with the input changed.
    pub fn changed(self, change: impl FnOnce(&mut Value)) -> Answer {
        let mut input = self.input.clone();
        change(&mut input);
        Reference.answer(self.op, &input)
    }

    /// The octets of the input's `cbor`.
    pub fn cbor(self) -> Option<Vec<u8>> {
        mimicheck::wire::hex::decode(self.input.get("cbor")?.as_str()?).ok()
    }

    /// The same question about other octets.
    pub fn about(self, octets: &[u8]) -> Answer {
        self.with("cbor", json!(mimicheck::wire::hex::encode(octets)))
    }
}

/// Sets a member of an object.
pub(super) fn set(value: &mut Value, member: &str, to: Value) {
    if let Some(object) = value.as_object_mut() {
        object.insert(member.to_owned(), to);
    }
}

/// Changes an accepted output, leaves refusals alone.
pub(super) fn output(right: Answer, change: impl FnOnce(&mut Value)) -> Answer {
    match right {
        Answer::Ok(mut out) => {
            change(&mut out);
            Answer::Ok(out)
        }
        refused => refused,
    }
}

/// A refusal without a reason of ours.
pub(super) fn refuse(why: &str) -> Answer {
    Answer::Reject(Rejection { message: Some(why.to_owned()), ..Rejection::default() })
}
