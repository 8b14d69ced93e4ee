use super::step::Happens;
use crate::protocol::{Delivered, MlsMessage};

/// Changes the messages of an answer. Whether anything has changed.
pub(super) fn deceive(messages: &mut Vec<Delivered>, how: Happens) -> bool {
    match how {
        Happens::Short => messages.pop().is_some(),
        Happens::Gap => {
            let some = messages.len() > 1;
            if some {
                messages.remove(0);
            }
            some
        }
        Happens::Order => {
            let some = messages.len() > 1;
            messages.reverse();
            some
        }
        Happens::Envelope => messages.iter_mut().find_map(|m| m.commit.as_mut()).is_some_and(|(masked, _)| {
            masked.0.first_mut().is_some_and(|octet| {
                *octet ^= 1;
                true
            })
        }),
        Happens::Flip(place) => {
            let at = usize::from(place).checked_rem(messages.len()).unwrap_or_default();
            messages.get_mut(at).is_some_and(flip)
        }
    }
}

/// Flips a bit of the last octets, such that it can still be read.
fn flip(delivered: &mut Delivered) -> bool {
    let mut octets = delivered.message.octets().to_vec();
    if let Some(last) = octets.last_mut() {
        *last ^= 1;
    }
    let Ok(message) = MlsMessage::decode(&octets) else { return false };
    delivered.message = message;
    true
}
