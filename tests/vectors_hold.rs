//! The slow checker, which shares no line with the codec and none with the forge, gives the same verdicts and
//! outputs as the vectors. (The reference implementation is held against them beside the families.)

#![cfg(feature = "fuzzing")]

use mimicheck::fuzzing::oracles::slow;
use mimicheck::vector::{Case, Verdict, families};
use mimicheck::wire::hex;
use serde_json::{Value, json};

/// What the slow checker answers; `None` for an operation that it does not have.
fn answer(case: &Case) -> Option<Result<Value, String>> {
    let text = |name: &str| case.input.get(name).and_then(Value::as_str);
    let octets = || hex::decode(text("cbor").unwrap_or_default()).map_err(|e| e.to_string());
    Some(match case.op.as_str() {
        "content/decode" => octets().and_then(|o| slow::decode(&o)).map(|message| json!({"message": message})),
        "content/encode" => case
            .input
            .get("message")
            .ok_or_else(|| "no message".to_owned())
            .and_then(|m| slow::encode(m).map_err(|e| e.to_string()))
            .map(|octets| json!({"cbor": hex::encode(&octets)})),
        "content/message-id" => octets()
            .and_then(|o| slow::message_id(&o, text("sender_uri"), text("room_uri")))
            .map(|id| json!({"message_id": id})),
        _ => return None,
    })
}

#[test]
fn the_slow_checker_agrees() {
    let (mut asked, mut wrong) = (0, vec![]);
    for family in families::ALL {
        for case in (family.generate)().cases() {
            let Some(found) = answer(case) else { continue };
            asked += 1;
            let agrees = match (&case.expect.verdict, &found) {
                (Verdict::Accept, Ok(out)) => case.expect.out.as_ref() == Some(out),
                (Verdict::Reject, Err(_)) | (Verdict::Either, _) => true,
                _ => false,
            };
            if !agrees {
                let brief: String = format!("{found:?}").chars().take(200).collect();
                wrong.push(format!("{}: {brief}", case.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked} disagree:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 700, "{asked} cases were asked");
}
