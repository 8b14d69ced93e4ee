//! Bob's provider, with two clients of his, and Alice, who asks through the hub of her room.

use crate::reason::{Reason, mls};
use crate::vector::families::build::accept;
use crate::vector::forge::key_material::{AsksKeys, Offers, Part, response};
use crate::vector::{Case, Level, Verdict};
use crate::wire::hex;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

pub(super) const ALICE: &str = "mimi://a.example/u/alice";
pub(super) const BOB: &str = "mimi://b.example/u/bob";
pub(super) const PHONE: &str = "mimi://b.example/d/bob-phone";
pub(super) const LAPTOP: &str = "mimi://b.example/d/bob-laptop";
pub(super) const ROOM: &str = "mimi://hub.example/r/engineering";
pub(super) const OTHER_ROOM: &str = "mimi://hub.example/r/lounge";
pub(super) const HUB: &str = "hub.example";
/// Milliseconds since 1970 at which everything happens, and the second that it is.
pub(super) const NOW: u64 = 1_700_000_000_000;
pub(super) const SECOND: u64 = 1_700_000_000;

/// Codes of a user (section 5.2).
pub(super) mod code {
    pub const SUCCESS: u8 = 0;
    pub const PARTIAL: u8 = 1;
    pub const INCOMPATIBLE: u8 = 3;
    pub const UNKNOWN: u8 = 4;
    pub const NO_CONSENT: u8 = 5;
    pub const NOT_FOR_THIS_ROOM: u8 = 6;
    pub const DELETED: u8 = 7;
}

pub(super) fn seed(name: &str) -> [u8; 32] {
    Sha256::digest(format!("room/key-material {name}")).into()
}

/// Alice asks for Bob's key material, for her room.
pub(super) fn asks() -> AsksKeys {
    AsksKeys {
        uris: [ALICE, BOB, ROOM].map(str::to_owned),
        suites: vec![1],
        required: [vec![], vec![], vec![]],
        key: seed("alice"),
        identity: "mimi://a.example/d/alice-laptop".to_owned(),
    }
}

/// One KeyPackage.
pub(super) fn given(offers: &Offers) -> Part {
    Part::Given(offers.octets())
}

/// A case about one provider.
pub(super) struct Desk(Case);

impl Desk {
    /// Bob lets everybody ask.
    pub fn new(name: &str, comment: &str, flag: &str, rules: &str) -> Self {
        Self::with(name, comment, flag, rules, json!([{}]), json!({}))
    }

    /// Bob lets these ask; further settings.
    pub fn with(name: &str, comment: &str, flag: &str, rules: &str, consent: Value, more: Value) -> Self {
        let users = json!([
            {"user": BOB, "clients": [PHONE, LAPTOP], "consent": consent},
            {"user": "mimi://b.example/u/old-bob", "clients": [], "consent": [{}], "deleted": true},
        ]);
        let mut input = json!({"users": users});
        if let (Some(input), Value::Object(more)) = (input.as_object_mut(), more) {
            input.extend(more);
        }
        let rules: Vec<&str> = rules.split(' ').collect();
        Self(accept(name, comment, &[flag], &rules, "room-keys/new", input, json!({})))
    }

    /// The rule is a MUST.
    pub fn must(self) -> Self {
        Self(self.0.level(Level::Must))
    }

    /// The rule is a MAY: whoever is set so, does so.
    pub fn may(self) -> Self {
        Self(self.0.level(Level::May))
    }

    fn uploading(client: &str, once: &[&Offers], last_resort: Option<&Offers>) -> Value {
        let once: Vec<_> = once.iter().map(|offers| hex::encode(&offers.octets())).collect();
        let mut input = json!({"client": client, "key_packages": once});
        if let (Some(input), Some(last)) = (input.as_object_mut(), last_resort) {
            input.insert("last_resort".to_owned(), hex::encode(&last.octets()).into());
        }
        input
    }

    /// A client uploads these.
    pub fn has(self, client: &str, once: &[&Offers]) -> Self {
        let input = Self::uploading(client, once, None);
        Self(self.0.then_accept("", "room-keys/upload", input, Some(json!({}))))
    }

    /// One of last resort, too.
    pub fn has_last(self, client: &str, once: &[&Offers], last: &Offers) -> Self {
        let input = Self::uploading(client, once, Some(last));
        Self(self.0.then_accept("", "room-keys/upload", input, Some(json!({}))))
    }

    /// An upload that is refused.
    pub fn has_not(self, client: &str, once: &[&Offers], last: Option<&Offers>, why: Reason) -> Self {
        Self(self.0.then_reject("", "room-keys/upload", Self::uploading(client, once, last), &[why]))
    }

    /// The same with octets that are no KeyPackage.
    pub fn has_octets(self, client: &str, octets: &[Vec<u8>], why: Reason) -> Self {
        let octets: Vec<_> = octets.iter().map(|octets| hex::encode(octets)).collect();
        let input = json!({"client": client, "key_packages": octets});
        Self(self.0.then_reject("", "room-keys/upload", input, &[why]))
    }

    fn asking(time: u64, request: &[u8]) -> Value {
        json!({"from": HUB, "time": time, "request": hex::encode(request)})
    }

    /// A request at this time, and any of these answers.
    pub fn answers(self, time: u64, request: &[u8], comment: &str, answers: &[Vec<u8>]) -> Self {
        let answers = answers.iter().map(|answer| json!({"response": hex::encode(answer)})).collect();
        Self(self.0.then_any(comment, "room-keys/ask", Self::asking(time, request), answers))
    }

    /// Alice's request, and the answer: Bob's code, and what is said of phone and laptop.
    pub fn tells(self, code: u8, phone: Part, laptop: Part, comment: &str) -> Self {
        self.tells_to(&asks(), code, phone, laptop, comment)
    }

    /// The same of another request.
    pub fn tells_to(self, asks: &AsksKeys, code: u8, phone: Part, laptop: Part, comment: &str) -> Self {
        let all = [(PHONE.to_owned(), phone), (LAPTOP.to_owned(), laptop)];
        let mut answers = vec![response(code, BOB, &all)];
        // Where there is nothing for anybody, clients may be listed, and need not be.
        if code == code::INCOMPATIBLE {
            answers.push(response(code, BOB, &[]));
        }
        self.answers(NOW, &asks.octets(), comment, &answers)
    }

    /// A request that is answered with one of these codes, and no client.
    pub fn says(self, asks: &AsksKeys, codes: &[u8], comment: &str) -> Self {
        let [_, target, _] = &asks.uris;
        let answers: Vec<_> = codes.iter().map(|code| response(*code, target, &[])).collect();
        self.answers(NOW, &asks.octets(), comment, &answers)
    }

    /// A request that is refused.
    pub fn refuses(self, request: &[u8], why: Reason) -> Self {
        Self(self.0.then_reject("", "room-keys/ask", Self::asking(NOW, request), &[why]))
    }

    /// A request that nobody signed: it is refused, or answered with noConsent.
    pub fn denies(self, request: &[u8]) -> Self {
        let because = "no code says that a signature does not verify; noConsent may stand for everything";
        let out = json!({"response": hex::encode(&response(code::NO_CONSENT, BOB, &[]))});
        Self(self.0.then_either(because, "room-keys/ask", Self::asking(NOW, request), (out, &[mls::BAD_SIGNATURE])))
    }

    /// A Welcome to these KeyPackages is for these clients.
    pub fn welcomes(self, references: &[Vec<u8>], clients: &[&str], comment: &str) -> Self {
        let references: Vec<_> = references.iter().map(Vec::as_slice).collect();
        let welcome = crate::vector::forge::traffic::welcome(1, &references);
        let input = json!({"from": HUB, "welcome": hex::encode(&welcome)});
        Self(self.0.then_accept(comment, "room-keys/welcome", input, Some(json!({"clients": clients}))))
    }

    /// No Welcome, where one belongs.
    pub fn welcomes_not(self, octets: &[u8], why: Reason) -> Self {
        let input = json!({"from": HUB, "welcome": hex::encode(octets)});
        Self(self.0.then_reject("", "room-keys/welcome", input, &[why]))
    }

    /// The documents leave the last step open.
    pub fn contested(self, readings: &[(Verdict, &str)]) -> Self {
        Self(self.0.contested(readings))
    }

    pub fn end(self) -> Case {
        self.0
    }
}
