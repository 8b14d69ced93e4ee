use crate::adapter::Answer;
use crate::adapter::input::{BadInput, Result, bad, octets, text, uint};
use crate::protocol::{CipherSuite, PartitionKey, Structure};
use crate::tree::{LINK_KEYS, RATCHET_TREE, Refused, Setup};
use crate::wire::tls::WireError;
use serde_json::Value;

/// What a step comes to before its answer: a refusal is an answer, too.
pub(super) enum Stop {
    Bad(BadInput),
    Refused(Answer),
}

pub(super) type Step<T> = std::result::Result<T, Stop>;

impl From<BadInput> for Stop {
    fn from(bad: BadInput) -> Self {
        Self::Bad(bad)
    }
}

impl From<Refused> for Stop {
    fn from(refused: Refused) -> Self {
        Self::Refused(Answer::reject(refused.reason, refused, None))
    }
}

impl From<WireError> for Stop {
    fn from(e: WireError) -> Self {
        Self::Refused(Answer::reject(e.reason, e, None))
    }
}

/// The answer that a step comes to.
pub(super) fn answer(step: Step<Value>) -> Result<Answer> {
    match step {
        Ok(out) => Ok(Answer::Ok(out)),
        Err(Stop::Refused(answer)) => Ok(answer),
        Err(Stop::Bad(bad)) => Err(bad),
    }
}

/// A number that fits.
pub(super) fn number<T: TryFrom<u64>>(input: &Value, name: &str) -> Result<T> {
    T::try_from(uint(input, name)?).or_else(|_| bad(name, "is too large"))
}

/// `cipher_suite`, `payload` and `group_id`.
pub(super) fn setup(input: &Value) -> Step<Setup> {
    let payload = match text(input, "payload")? {
        "ratchet-tree" => RATCHET_TREE,
        "link-keys" => LINK_KEYS,
        _ => return Err(BadInput("\"payload\" is neither ratchet-tree nor link-keys".to_owned()).into()),
    };
    let suite = CipherSuite(number(input, "cipher_suite")?);
    Ok(Setup::new(payload, suite, &octets(input, "group_id")?)?)
}

/// A structure, read strictly.
pub(super) fn structure<S: Structure>(input: &Value, name: &str) -> Step<S> {
    Ok(S::decode(&octets(input, name)?)?)
}

/// A partition key.
pub(super) fn partition(input: &Value, name: &str) -> Result<PartitionKey> {
    let key = octets(input, name)?.try_into();
    key.map(PartitionKey).or_else(|_| bad(name, "does not have 16 octets"))
}
