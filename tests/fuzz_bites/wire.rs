//! Codecs.

use mimicheck::fuzzing::oracles::{wire_message, wire_structure};
use mimicheck::protocol::{EncodeError, MlsMessage, PartitionKey, ReceiveRequest, Structure};
use mimicheck::reason::wire as reason;
use mimicheck::vector::forge::traffic::{self, Kind};
use mimicheck::wire::tls::{Reader, WireError, Writer};

/// A ReceiveRequest whose codec is wrong in this way.
#[derive(Debug, PartialEq)]
struct Codec<const WRONG: u8>(ReceiveRequest);

const HONEST: u8 = 0;
/// Reads on to the end.
const GREEDY: u8 = 1;
/// Reads an octet of nothing behind itself.
const PADDED: u8 = 2;
/// Takes a front for the whole.
const HASTY: u8 = 3;
/// Writes something else.
const LOSSY: u8 = 4;
/// Writes nothing at all.
const BROKEN: u8 = 5;
/// Names a place that is not there.
const LOST: u8 = 6;
/// Reads something else where something follows.
const SWAYED: u8 = 7;
/// Reads two encodings as one value.
const LOOSE: u8 = 8;

impl<const WRONG: u8> Structure for Codec<WRONG> {
    const NAME: &'static str = "ReceiveRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        if WRONG == HASTY && r.rest().len() < 20 {
            let key = r.array("partition_key")?;
            r.take(r.rest().len(), "counter")?;
            return Ok(Self(ReceiveRequest { partition_key: PartitionKey(key), counter: 0 }));
        }
        let read = ReceiveRequest::read(r);
        let mut request = match read {
            Err(e) if WRONG == LOST => return Err(WireError { offset: e.offset + 100, ..e }),
            read => read?,
        };
        match WRONG {
            GREEDY => drop(r.take(r.rest().len(), "counter")?),
            PADDED if r.rest().first() == Some(&0) => drop(r.u8("padding")?),
            SWAYED if !r.is_empty() => request.counter ^= 1,
            LOOSE => request.counter &= !1,
            _ => {}
        }
        Ok(Self(request))
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        match WRONG {
            LOSSY => ReceiveRequest { counter: 0, ..self.0 }.write(w),
            BROKEN => Err(EncodeError { reason: reason::WIRE_TRUNCATED, field: "counter" }),
            _ => self.0.write(w),
        }
    }
}

/// What the oracle says of a codec for a ReceiveRequest as it is, cut, and with octets behind it.
fn said<const WRONG: u8>() -> Vec<String> {
    let request = ReceiveRequest { partition_key: PartitionKey([7; 16]), counter: 0x0102_0305 };
    let whole = request.encode().unwrap();
    let inputs = [whole.clone(), whole[..whole.len() - 1].to_vec(), [&whole[..], &[0]].concat(), whole[..3].to_vec()];
    inputs.iter().filter_map(|octets| wire_structure::<Codec<WRONG>>(octets).err()).collect()
}

#[test]
fn wrong_codecs_are_reported_and_an_honest_one_is_not() {
    assert_eq!(said::<HONEST>(), Vec::<String>::new());
    for (said, told) in [
        (said::<GREEDY>(), "ends at"),
        (said::<PADDED>(), "encoded otherwise"),
        (said::<HASTY>(), "its front decodes as well"),
        (said::<LOSSY>(), "encoded otherwise"),
        (said::<BROKEN>(), "encoded otherwise"),
        (said::<LOST>(), "offset"),
        (said::<SWAYED>(), "reads otherwise"),
        (said::<LOOSE>(), "encoded otherwise"),
    ] {
        assert!(said.iter().any(|what| what.contains(told)), "{told}: {said:?}");
    }
}

type Read = fn(&mut Reader) -> Result<MlsMessage, WireError>;

fn sealed(ciphertext: &[u8]) -> Vec<u8> {
    traffic::private_message(b"group", 7, Kind::Application, ciphertext)
}

#[test]
fn wrong_readers_of_messages_are_reported_and_an_honest_one_is_not() {
    let group_info = traffic::group_info(1, b"group", 7, None);
    let whole = [sealed(b"hello"), group_info, traffic::welcome(1, &[b"reference"])];
    let inputs: Vec<Vec<u8>> = whole
        .iter()
        .flat_map(|octets| [octets.clone(), octets[..octets.len() - 1].to_vec(), [&octets[..], &[0, 0]].concat()])
        .collect();
    let said = |read: Read| inputs.iter().filter_map(|octets| wire_message(octets, read).err()).collect::<Vec<_>>();
    assert_eq!(said(MlsMessage::read), Vec::<String>::new());
    let changes: Read = |r| MlsMessage::read(r).and_then(|_| MlsMessage::decode(&sealed(b"HELLO")));
    let refuses: Read = |r| Reader::refuse(r.offset(), reason::WIRE_TRUNCATED, "version");
    let takes: Read = |r| {
        let octets = r.rest().to_vec();
        MlsMessage::read(r).or_else(|_| {
            let _ = r.take(octets.len(), "message")?;
            MlsMessage::decode(&sealed(b"hello"))
        })
    };
    let swallows: Read = |r| {
        let message = MlsMessage::read(r)?;
        r.take(r.rest().len(), "message")?;
        Ok(message)
    };
    let lost: Read = |r| MlsMessage::read(r).map_err(|e| WireError { offset: 1 << 20, ..e });
    for (read, told) in [
        (changes, "does not keep its octets"),
        (refuses, "refused here"),
        (takes, "does not keep its octets"),
        (swallows, "does not keep its octets"),
        (lost, "offset"),
    ] {
        let said = said(read);
        assert!(said.iter().any(|what| what.contains(told)), "{told}: {said:?}");
    }
}
