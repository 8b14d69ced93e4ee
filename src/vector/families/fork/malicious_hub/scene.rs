use crate::mls::member::{CommitOut, Position, Result};
use crate::reason::Reason;
use crate::vector::Case;
use crate::vector::families::build::accept;
use crate::vector::families::client::script::{join_input, state};
use crate::vector::families::client::variants::Stage;
use crate::vector::families::client::world::identity;
use crate::vector::forge::traffic;
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

/// A Message of a ReceiveResponse, in octets.
pub(super) type Given = Vec<u8>;
/// An epoch, and how many answers had come.
pub(super) type Moment = (u64, u64);
/// What, its worth, whom it is about, since when, seen when.
pub(super) type Sign<'a> = (&'a str, &'a str, Option<&'a str>, Moment, Moment);

/// What comes of a message.
pub(super) enum Came<'a> {
    Says(&'a str, &'a [u8]),
    Proposes,
    Follows,
    Ignores,
}

/// What a hub answers.
#[derive(Default)]
pub(super) struct Answer {
    /// To a question with another counter than the client's.
    pub first: Option<u32>,
    pub messages: Vec<Given>,
    /// Masked keys, and their messages.
    pub hints: Vec<(Vec<u8>, Vec<Given>)>,
}

/// An answer with these messages, and nothing else.
pub(super) fn answer(messages: impl Into<Vec<Given>>) -> Answer {
    Answer { messages: messages.into(), ..Answer::default() }
}

/// An answer without messages that hints at one partition.
pub(super) fn hint(partition: Vec<u8>, messages: impl Into<Vec<Given>>) -> Answer {
    Answer { hints: vec![(partition, messages.into())], ..Answer::default() }
}

/// What no commit is.
pub(super) fn plain(message: &[u8]) -> Given {
    traffic::delivered(message, None)
}

/// The masked key of a partition. Both suites of these sessions have SHA-256.
pub(super) fn masked(position: &Position) -> Vec<u8> {
    Sha256::digest(position.partition_key.0).to_vec()
}

/// A commit in its envelope.
pub(super) fn commit(out: &CommitOut) -> Given {
    in_envelope(out, masked(&out.next), &out.group_info)
}

/// A commit in this envelope.
pub(super) fn in_envelope(out: &CommitOut, next: Vec<u8>, group_info: &[u8]) -> Given {
    traffic::delivered(&out.commit, Some((next, Some(group_info.to_vec()))))
}

/// What the client knows, but for what follows from the signs.
#[derive(Default)]
pub(super) struct Knows<'a> {
    pub standing: &'a str,
    pub known: Option<Moment>,
    pub here: &'a [&'a str],
    pub elsewhere: &'a [&'a str],
    pub signs: &'a [Sign<'a>],
}

fn moment((epoch, deliveries): Moment) -> Value {
    json!({"epoch": epoch, "deliveries": deliveries})
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| hex::encode(&identity(name))).collect()
}

/// A session, and where the client is in it.
pub(super) struct Scene {
    case: Case,
    here: Position,
    counter: u32,
    deliveries: u64,
    /// The partition from which the client was added, and its messages.
    past: (Vec<u8>, Vec<Given>),
}

/// Comment, flag, rules.
pub(super) type About<'a> = (&'a str, &'a str, &'a [&'a str]);

impl Scene {
    /// alice, bob, carol and erin are there; dora, the client, joins with the last three.
    pub fn join(stage: &mut Stage, about: About<'_>) -> Result<Self> {
        Self::join_with(stage, about, &["bob", "carol", "erin"], &[])
    }

    /// The same with these people, and with further members of the input.
    pub fn join_with(
        stage: &mut Stage,
        (comment, flag, rules): About<'_>,
        names: &[&str],
        more: &[(&str, Value)],
    ) -> Result<Self> {
        let before = masked(&stage.world.member("alice")?.position()?);
        let out = stage.world.add("alice", names, &[&stage.dora])?;
        let mut input = join_input(&stage.dora, out.welcome.as_deref().unwrap_or_default(), None);
        let info = traffic::group_info_response(&out.group_info, Some(out.ratchet_tree.clone()));
        if let Some(members) = input.as_object_mut() {
            members.insert("group_info".to_owned(), hex::encode(&info).into());
            members.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        }
        let case = accept("", comment, &[flag], rules, "device/join", input, state(&out.next));
        let past = (before, vec![commit(&out)]);
        Ok(Self { case, here: out.next, counter: 0, deliveries: 0, past })
    }

    /// The hub answers, and the client stays in its partition.
    pub fn gets(self, comment: &str, answer: Answer, came: &[Came<'_>]) -> Self {
        let first = answer.first.unwrap_or(self.counter);
        let given = u32::try_from(answer.messages.len()).unwrap_or_default();
        // Where something before the first is missing, nothing is read.
        let counter = if first > self.counter { self.counter } else { self.counter.max(first.saturating_add(given)) };
        let here = self.here.clone();
        self.delivered(comment, &answer, came, &[], (Some(&here), counter))
    }

    /// The hub answers with hints at the client's own partition, after which it has read so many messages of it.
    pub fn hinted_here(self, comment: &str, answer: Answer, came: &[Came<'_>], counter: u32) -> Self {
        let here = self.here.clone();
        self.delivered(comment, &answer, came, &[], (Some(&here), counter))
    }

    /// The hub answers, and the client goes where a commit leads; `counter` messages of the new partition were in hints.
    pub fn goes(self, comment: &str, answer: Answer, came: &[Came<'_>], to: &CommitOut, counter: u32) -> Self {
        self.delivered(comment, &answer, came, &[], (Some(&to.next), counter))
    }

    /// The same, and then sends what had waited.
    pub fn goes_and_sends(self, comment: &str, answer: Answer, to: &CommitOut) -> Self {
        self.delivered(comment, &answer, &[Came::Follows], &["SendRequest"], (Some(&to.next), 0))
    }

    /// The hub answers with a commit that removes the client.
    pub fn ends(self, comment: &str, answer: Answer) -> Self {
        self.delivered(comment, &answer, &[Came::Follows], &[], (None, 0))
    }

    fn delivered(
        mut self,
        comment: &str,
        answer: &Answer,
        came: &[Came<'_>],
        sends: &[&str],
        (next, counter): (Option<&Position>, u32),
    ) -> Self {
        let input = self.response(answer);
        let out = delivered(came, sends, next, counter);
        self.case = self.case.then_accept(comment, "device/deliver", input, Some(out));
        self.deliveries = self.deliveries.saturating_add(1);
        if let Some(next) = next {
            self.here = next.clone();
        }
        self.counter = counter;
        self
    }

    /// The hub answers, the client goes where a commit leads, and either is right for what came.
    pub fn goes_either(mut self, comment: &str, answer: &Answer, came: &[&[Came<'_>]], to: &CommitOut) -> Self {
        let input = self.response(answer);
        let outputs = came.iter().map(|came| delivered(came, &[], Some(&to.next), 0)).collect();
        self.case = self.case.then_any(comment, "device/deliver", input, outputs);
        self.deliveries = self.deliveries.saturating_add(1);
        (self.here, self.counter) = (to.next.clone(), 0);
        self
    }

    fn response(&self, answer: &Answer) -> Value {
        let first = answer.first.unwrap_or(self.counter);
        let request = traffic::receive_request(&self.here.partition_key.0, first);
        let response = traffic::receive_response(&answer.messages, &answer.hints);
        json!({"request": hex::encode(&request), "response": hex::encode(&response)})
    }

    /// A response for a partition that the client was never in.
    pub fn refuses_answer(mut self, comment: &str, partition: &Position, reasons: &[Reason]) -> Self {
        let request = traffic::receive_request(&partition.partition_key.0, 0);
        let response = traffic::receive_response(&[], &[]);
        let input = json!({"request": hex::encode(&request), "response": hex::encode(&response)});
        self.case = self.case.then_reject(comment, "device/deliver", input, reasons);
        self
    }

    /// The client says what it knows.
    pub fn knows(mut self, comment: &str, knows: &Knows<'_>) -> Self {
        let rank = |proof: &str| ["suspicion", "likely", "certain"].iter().position(|is| *is == proof);
        let best = knows.signs.iter().map(|(_, proof, ..)| *proof).max_by_key(|proof| rank(proof));
        let since = knows.signs.iter().map(|(_, _, _, since, _)| *since).min_by_key(|(epoch, after)| (*after, *epoch));
        let sign = |(what, proof, member, since, seen): &Sign<'_>| {
            let member = member.map(|name| hex::encode(&identity(name)));
            json!({"what": what, "proof": proof, "member": member, "since": moment(*since), "seen": moment(*seen)})
        };
        let out = json!({
            "standing": knows.standing,
            "proof": best,
            "since": since.map(moment),
            "known": knows.known.map(moment),
            "here": names(knows.here),
            "elsewhere": names(knows.elsewhere),
            "signs": knows.signs.iter().map(sign).collect::<Vec<_>>(),
            "deliveries": self.deliveries,
        });
        self.case = self.case.then_accept(comment, "device/knowledge", json!({}), Some(out));
        self
    }

    /// Nothing speaks for a fork, and these were heard.
    pub fn together(self, comment: &str, here: &[&str]) -> Self {
        self.knows(comment, &Knows { standing: "together", here, ..Knows::default() })
    }

    /// The client is in no group and knows of none.
    pub fn outside(mut self, comment: &str, reasons: &[Reason]) -> Self {
        self.case = self.case.then_reject(comment, "device/knowledge", json!({}), reasons);
        self
    }

    fn report(who: &str, at: &Position, authentic: bool) -> Value {
        json!({
            "member": hex::encode(&identity(who)),
            "group_id": hex::encode(&at.group_id),
            "epoch": at.epoch,
            "epoch_authenticator": hex::encode(&at.epoch_authenticator),
            "authentic": authentic,
        })
    }

    /// A member says over another channel that it is there.
    pub fn told(mut self, comment: &str, who: &str, at: &Position, authentic: bool) -> Self {
        let input = Self::report(who, at, authentic);
        self.case = self.case.then_accept(comment, "device/told", input, Some(json!({})));
        self
    }

    /// The client takes no such report.
    pub fn not_told(mut self, comment: &str, who: &str, at: &Position, reasons: &[Reason]) -> Self {
        self.case = self.case.then_reject(comment, "device/told", Self::report(who, at, true), reasons);
        self
    }

    /// The client is asked for something, or refused, and sends this.
    pub fn does(mut self, comment: &str, op: &str, input: Value, sends: &[&str]) -> Self {
        let out = json!({"sends": sends, "state": state(&self.here)});
        self.case = self.case.then_accept(comment, op, input, Some(out));
        self
    }

    /// The client's user says something.
    pub fn says(self, comment: &str, data: &[u8], sends: &[&str]) -> Self {
        self.does(comment, "device/send", json!({"data": hex::encode(data)}), sends)
    }

    /// A hint of the partition from which the client was added.
    pub fn past(&self) -> Answer {
        hint(self.past.0.clone(), self.past.1.clone())
    }

    /// Where the client is.
    pub fn position(&self) -> &Position {
        &self.here
    }

    /// The session as a case.
    pub fn done(self) -> Case {
        self.case
    }
}

fn delivered(came: &[Came<'_>], sends: &[&str], next: Option<&Position>, counter: u32) -> Value {
    let each = |came: &Came<'_>| match came {
        Came::Says(who, data) => {
            json!({"what": "application", "sender": hex::encode(&identity(who)), "data": hex::encode(data)})
        }
        Came::Proposes => json!({"what": "proposal"}),
        Came::Follows => json!({"what": "commit"}),
        Came::Ignores => json!({"what": "ignored"}),
    };
    json!({
        "came": came.iter().map(each).collect::<Vec<_>>(),
        "sends": sends,
        "next": next.map(|at| json!({"partition_key": hex::encode(&at.partition_key.0), "counter": counter})),
        "state": next.map(state),
    })
}
