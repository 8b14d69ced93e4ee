//! What every family is written with: cases, groups and files in a few words.

use crate::entropy::{Seed, Stream};
use crate::reason::Reason;
use crate::vector::{
    About, Case, Contested, Expect, File, Group, Level, Note, Reading, Source, SourceKind, Spec, Step, Verdict,
};
use serde_json::Value;

/// The seed of all random octets in the vectors.
pub(super) const SEED: &str = "mimicheck vectors 1";

/// A document that decides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Document {
    /// Its name.
    name: &'static str,
    /// Its revision.
    revision: &'static str,
    /// The prefix of its requirement ids.
    prefix: &'static str,
}

/// MIMI content.
pub(super) const CONTENT: Document = Document { name: "draft-ietf-mimi-content", revision: "08", prefix: "content-08" };
/// The delivery service.
pub(super) const DELIVERY: Document =
    Document { name: "draft-mcmillion-mimi-delivery-service", revision: "00", prefix: "ds-00" };
/// Rooms at a hub.
pub(super) const PROTOCOL: Document =
    Document { name: "draft-ietf-mimi-protocol", revision: "06", prefix: "protocol-06" };
/// What a room allows.
#[cfg(feature = "fuzzing")]
pub(super) const ROOM_POLICY: Document =
    Document { name: "draft-ietf-mimi-room-policy", revision: "03", prefix: "room-policy-03" };
/// MLS.
#[cfg(feature = "fuzzing")]
pub(super) const MLS: Document = Document { name: "RFC 9420", revision: "2023-07", prefix: "rfc9420" };

/// Encrypted ratchet trees.
#[cfg(feature = "fuzzing")]
pub(super) const ERT: Document = Document { name: "docs/spec/encrypted-tree.md", revision: "0", prefix: "ert-0" };

/// Random octets for the case with this id (`family/name`).
pub(super) fn stream(id: &str) -> Stream {
    Seed::new(SEED).stream(id)
}

/// A case that is accepted with this output. `name` becomes the id once the family is known; `requirements`
/// are ledger ids, those of the family's document without its prefix, e.g. `4.1:salt-16`. Until told otherwise
/// it is about the receiver and its level is `format`.
pub(super) fn accept(
    name: &str,
    comment: &str,
    flags: &[&str],
    requirements: &[&str],
    op: &str,
    input: Value,
    out: Value,
) -> Case {
    let expect = Expect { out: Some(out), ..EXPECT };
    case(name, comment, flags, requirements, op, input, expect)
}

/// A case that is refused for this reason; the rest as in [`accept`].
pub(super) fn reject(
    name: &str,
    comment: &str,
    flags: &[&str],
    requirements: &[&str],
    op: &str,
    input: Value,
    reason: Reason,
) -> Case {
    let reason = Some(reason.code().to_owned());
    let expect = Expect { verdict: Verdict::Reject, reason, ..EXPECT };
    case(name, comment, flags, requirements, op, input, expect)
}

const EXPECT: Expect = Expect {
    verdict: Verdict::Accept,
    out: None,
    reason: None,
    also: vec![],
    offset: None,
    because: None,
    or: vec![],
    sealed: None,
};

fn step(comment: &str, op: &str, input: Value, expect: Expect) -> Step {
    let comment = Some(comment.to_owned()).filter(|c| !c.is_empty());
    Step { comment, op: op.to_owned(), input, expect }
}

fn case(
    name: &str,
    comment: &str,
    flags: &[&str],
    requirements: &[&str],
    op: &str,
    input: Value,
    expect: Expect,
) -> Case {
    Case {
        id: name.to_owned(),
        comment: comment.to_owned(),
        flags: flags.iter().map(|f| (*f).to_owned()).collect(),
        requirements: requirements.iter().map(|r| (*r).to_owned()).collect(),
        level: Level::Format,
        about: About::Receiver,
        op: op.to_owned(),
        input,
        expect,
        then: vec![],
        contested: None,
        unconfirmed: false,
    }
}

impl Document {
    /// The full id of a requirement: one with two colons names its document already.
    fn requirement(self, id: &str) -> String {
        if id.matches(':').count() > 1 { id.to_owned() } else { format!("{}:{id}", self.prefix) }
    }
}

impl Case {
    /// Whom the rule addresses.
    pub(super) const fn about(mut self, about: About) -> Self {
        self.about = about;
        self
    }

    /// The rule is a MUST for whoever writes the document.
    pub(super) const fn conformance(self) -> Self {
        self.about(About::Conformance).level(Level::Must)
    }

    /// How strong the rule is.
    pub(super) const fn level(mut self, level: Level) -> Self {
        self.level = level;
        self
    }

    /// Refused at this octet.
    pub(super) fn at(mut self, offset: Option<usize>) -> Self {
        self.expect.offset = offset.and_then(|o| u64::try_from(o).ok());
        self
    }

    /// Reasons that are just as good.
    pub(super) fn also(mut self, reasons: &[Reason]) -> Self {
        self.expect.also = reasons.iter().map(|r| r.code().to_owned()).collect();
        self
    }

    /// Further outputs that are just as good.
    pub(super) fn or(mut self, outputs: Vec<Value>) -> Self {
        self.expect.or = outputs;
        self
    }

    /// A further step of the session: accepted with this output, or, where there is none, whatever the output.
    pub(super) fn then_accept(mut self, comment: &str, op: &str, input: Value, out: Option<Value>) -> Self {
        self.then.push(step(comment, op, input, Expect { out, ..EXPECT }));
        self
    }

    /// A further step of the session: refused for this reason, or for one that is just as good.
    pub(super) fn then_reject(mut self, comment: &str, op: &str, input: Value, reasons: &[Reason]) -> Self {
        let mut codes = reasons.iter().map(|r| r.code().to_owned());
        let expect = Expect { verdict: Verdict::Reject, reason: codes.next(), also: codes.collect(), ..EXPECT };
        self.then.push(step(comment, op, input, expect));
        self
    }

    /// The first step may be refused, for the reason given, or accepted with any output; the steps after it belong to
    /// those who refuse, and are dropped.
    #[cfg(feature = "fuzzing")]
    pub(super) fn first_either(mut self, because: &str) -> Self {
        self.then.clear();
        self.either(because)
    }

    /// A further step of the session, accepted with any of these outputs.
    pub(super) fn then_any(mut self, comment: &str, op: &str, input: Value, outputs: Vec<Value>) -> Self {
        let mut outputs = outputs.into_iter();
        let expect = Expect { out: outputs.next(), or: outputs.collect(), ..EXPECT };
        self.then.push(step(comment, op, input, expect));
        self
    }

    /// The last step of the session: to accept with this output and to refuse for this reason are both right.
    pub(super) fn then_either(
        mut self,
        because: &str,
        op: &str,
        input: Value,
        (out, reasons): (Value, &[Reason]),
    ) -> Self {
        let mut codes = reasons.iter().map(|r| r.code().to_owned());
        let (reason, because) = (codes.next(), Some(because.to_owned()));
        let verdict = Verdict::Either;
        self.then.push(step(
            "",
            op,
            input,
            Expect { verdict, out: Some(out), reason, also: codes.collect(), because, ..EXPECT },
        ));
        self
    }

    /// To accept (with the output given) and to refuse (for the reason given) are both right.
    pub(super) fn either(mut self, because: &str) -> Self {
        self.expect.verdict = Verdict::Either;
        self.expect.because = Some(because.to_owned());
        self
    }

    /// The documents leave it open: the honest readings, the reference's first.
    pub(super) fn contested(mut self, readings: &[(Verdict, &str)]) -> Self {
        let reading = |(verdict, text): &(Verdict, &str)| Reading { text: (*text).to_owned(), verdict: *verdict };
        self.contested = Some(Contested { readings: readings.iter().map(reading).collect() });
        self
    }
}

/// A group that can be made again, octet by octet.
pub(super) fn group(name: &str, cases: impl IntoIterator<Item = Case>) -> Group {
    let source = Source {
        kind: SourceKind::Derived,
        name: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: SEED.to_owned(),
    };
    Group { name: name.to_owned(), source, witnesses: vec![], cases: cases.into_iter().collect() }
}

/// Rules of the family's document that these cases show as well, by the cases' names.
pub(super) type AlsoRow = (&'static str, &'static [&'static str]);

/// Names further rules in cases that show them.
pub(super) fn also(groups: &mut [Group], table: &[AlsoRow]) {
    for case in groups.iter_mut().flat_map(|group| &mut group.cases) {
        for (rule, _) in table.iter().filter(|(_, names)| names.contains(&case.id.as_str())) {
            case.requirements.push((*rule).to_owned());
        }
    }
}

/// A group that could not be made: it has no cases, which no schema allows, and says why in its name.
#[cfg(feature = "fuzzing")]
pub(super) fn failed(name: &str, why: &dyn std::fmt::Display) -> Group {
    group(&format!("{name}: could not be made: {why}"), vec![])
}

/// What a flag means: flag, bug, effect, requirement as in [`accept`], links.
pub(super) type NoteRow = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

/// The file of a family; makes the ids of cases and requirements from their names.
pub(super) fn file(document: Document, family: &str, notes: &[NoteRow], mut groups: Vec<Group>) -> File {
    for case in groups.iter_mut().flat_map(|g| &mut g.cases) {
        case.id = format!("{family}/{}", case.id);
        for id in &mut case.requirements {
            *id = document.requirement(id);
        }
    }
    super::open::name(family, &mut groups);
    let note = |(flag, bug, effect, rule, links): &NoteRow| {
        let links = links.iter().map(|l| (*l).to_owned()).collect();
        let requirement = document.requirement(rule);
        let note = Note { bug: (*bug).to_owned(), effect: (*effect).to_owned(), requirement, links };
        ((*flag).to_owned(), note)
    };
    File {
        schema: "schema/vectors.schema.json".to_owned(),
        family: family.to_owned(),
        spec: Spec { document: document.name.to_owned(), revision: document.revision.to_owned() },
        notes: notes.iter().map(note).collect(),
        groups,
    }
}
