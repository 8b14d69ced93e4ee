use super::*;

#[test]
fn smallest_message_round_trips() {
    let message = Message {
        salt: [7; 16],
        replaces: None,
        topic_id: &[],
        expires: None,
        in_reply_to: None,
        extensions: vec![],
        body: Part { disposition: 1, language: "", body: PartBody::Null },
    };
    let octets = message.encode().unwrap();
    let document = Document::decode(&octets).unwrap();
    assert_eq!(document.message(), &message);
    assert_eq!(document.octets(), octets);
}
