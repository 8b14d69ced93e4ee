//! KeyPackages that are given, none twice, and Welcomes to them.

use super::desk::{ALICE, BOB, Desk, LAPTOP, NOW, OTHER_ROOM, PHONE, asks, code, given};
use crate::reason::{delivery as reason, room, wire};
use crate::vector::forge::key_material::{Offers, Part, response};
use crate::vector::forge::traffic::{Kind, private_message};
use crate::vector::{Case, Verdict};
use serde_json::json;

const ONCE: &str = "5.2:given-once";
const EVERY: &str = "5.2:success-all-clients";
const REFS: &str = "5.2:refs-associated";
const STORE: &str = "4.3.1:key-packages-per-client";
const GONE: Part = Part::Exhausted;

pub(super) fn cases() -> Vec<Case> {
    let [p1, p2, l1, l2, last] = ["phone one", "phone two", "laptop one", "laptop two", "last"].map(Offers::new);
    let both = |name: &str, comment: &str, flag: &str, rules: &str| {
        Desk::new(name, comment, flag, rules).has(PHONE, &[&p1]).has(LAPTOP, &[&l1])
    };
    let all = |desk: Desk| desk.tells(code::SUCCESS, given(&p1), given(&l1), "");
    let mut bob_again = asks();
    bob_again.uris = [ALICE, BOB, OTHER_ROOM].map(str::to_owned);
    vec![
        all(both("both-clients", "A KeyPackage of each client, under its URI.", "clients", EVERY)).end(),
        both("one-client-without", "One client never uploaded any.", "clients", EVERY)
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .has(PHONE, &[&p2])
            .tells(code::PARTIAL, given(&p2), GONE, "the laptop has none left")
            .end(),
        Desk::new("second-client-only", "Only the second of two clients has one.", "clients", EVERY)
            .has(LAPTOP, &[&l1])
            .tells(code::PARTIAL, GONE, given(&l1), "")
            .end(),
        Desk::new("no-client-has-any", "No client has uploaded any.", "clients", "5.2:all-exhausted")
            .tells(code::INCOMPATIBLE, GONE, GONE, "")
            .contested(&[
                (Verdict::Accept, "noCompatibleMaterial: no client can supply any that would do."),
                (Verdict::Accept, "partialSuccess with every client exhausted, as nothing is wrong with the request."),
            ])
            .end(),
        Desk::new("given-once", "Two requests get two KeyPackages, the third none.", "once", ONCE)
            .must()
            .has(PHONE, &[&p1, &p2])
            .has(LAPTOP, &[&l1, &l2])
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .tells(code::SUCCESS, given(&p2), given(&l2), "")
            .has(PHONE, &[&Offers::new("phone three")])
            .tells(code::PARTIAL, given(&Offers::new("phone three")), GONE, "")
            .end(),
        both("given-once-by-room", "For another room there is no other key material.", "once", ONCE)
            .must()
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .has(LAPTOP, &[&l2])
            .tells_to(&bob_again, code::PARTIAL, GONE, given(&l2), "")
            .end(),
        Desk::new("uploaded-twice", "What is here already is not taken again.", "once", ONCE)
            .must()
            .has(PHONE, &[&p1])
            .has_not(PHONE, &[&p2, &p1], None, reason::DUPLICATE_KEY_PACKAGE)
            .has(LAPTOP, &[&l1, &l2])
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .tells(code::PARTIAL, GONE, given(&l2), "the second one of the refused upload is not here either")
            .end(),
        Desk::new("uploaded-twice-at-once", "The same KeyPackage twice in one upload.", "once", ONCE)
            .must()
            .has_not(PHONE, &[&p1, &p1], None, reason::DUPLICATE_KEY_PACKAGE)
            .has_not(PHONE, &[&p1], Some(&p1), reason::DUPLICATE_KEY_PACKAGE)
            .has(LAPTOP, &[&l1])
            .tells(code::PARTIAL, GONE, given(&l1), "")
            .end(),
        Desk::new("last-resort-last", "One of last resort waits until the others are gone.", "last-resort", STORE)
            .has_last(PHONE, &[&p1], &last)
            .has(LAPTOP, &[&l1, &l2])
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .tells(code::SUCCESS, given(&last), given(&l2), "")
            .end(),
        Desk::new(
            "last-resort-again",
            "One of last resort is given again.",
            "last-resort",
            "5.2:given-once-last-resort",
        )
        .has_last(PHONE, &[], &last)
        .has(LAPTOP, &[&l1, &l2])
        .tells(code::SUCCESS, given(&last), given(&l1), "")
        .tells(code::SUCCESS, given(&last), given(&l2), "again")
        .contested(&[
            (Verdict::Accept, "KeyPackages of last resort are excepted, as in RFC 9420 section 10."),
            (Verdict::Accept, "The rule is general, so none is given twice."),
        ])
        .end(),
        both("welcome-to-one", "A Welcome is for the client whose KeyPackage it names.", "welcome", REFS)
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .welcomes(&[l1.reference()], &[LAPTOP], "")
            .end(),
        both("welcome-to-both", "A Welcome for both.", "welcome", REFS)
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .welcomes(&[p1.reference(), l1.reference()], &[LAPTOP, PHONE], "in ascending order")
            .end(),
        both("welcome-to-others-too", "A Welcome that is for strangers as well.", "welcome", REFS)
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .welcomes(&[vec![7; 32], p1.reference(), vec![8; 32]], &[PHONE], "")
            .end(),
        both("welcome-to-nobody", "A Welcome to a KeyPackage that was not given out.", "welcome", REFS)
            .welcomes(&[p1.reference()], &[], "nobody has asked for it")
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .welcomes(&[p1.reference()], &[PHONE], "")
            .end(),
        Desk::new("welcome-one-by-one", "Two Welcomes to KeyPackages of one client.", "welcome", REFS)
            .has(PHONE, &[&p1, &p2])
            .has(LAPTOP, &[&l1])
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .tells(code::PARTIAL, given(&p2), GONE, "")
            .welcomes(&[p2.reference()], &[PHONE], "the later one first")
            .welcomes(&[p1.reference()], &[PHONE], "")
            .end(),
        Desk::new("welcome-last-resort", "Two Welcomes to a KeyPackage of last resort.", "last-resort", REFS)
            .has_last(PHONE, &[], &last)
            .has(LAPTOP, &[&l1])
            .tells(code::SUCCESS, given(&last), given(&l1), "")
            .welcomes(&[last.reference()], &[PHONE], "")
            .welcomes(&[last.reference()], &[PHONE], "it may have been given to two rooms")
            .end(),
        all(both("welcome-that-is-none", "A message that is no Welcome.", "malformed", REFS)
            .welcomes_not(&private_message(b"group", 1, Kind::Application, b"x"), reason::NOT_A_WELCOME))
        .end(),
        all(both("welcome-malformed", "Octets that are nothing.", "malformed", REFS)
            .welcomes_not(&[0, 1, 0], wire::WIRE_TRUNCATED))
        .welcomes(&[p1.reference()], &[PHONE], "")
        .end(),
        Desk::new("upload-for-nobody", "A client that no user has.", "malformed", STORE)
            .has_not("mimi://b.example/d/mallory", &[&p1], None, room::NO_SUCH_CLIENT)
            .has(LAPTOP, &[&l1])
            .tells(code::PARTIAL, GONE, given(&l1), "")
            .end(),
        Desk::new("upload-malformed", "One of two KeyPackages is cut short: neither is taken.", "malformed", STORE)
            .has_octets(PHONE, &[p1.octets(), cut(&p2.octets())], wire::WIRE_TRUNCATED)
            .has(LAPTOP, &[&l1])
            .tells(code::PARTIAL, GONE, given(&l1), "")
            .end(),
        Desk::new("upload-of-another", "What one client uploads is given as that client's.", "clients", STORE)
            .has(LAPTOP, &[&p1])
            .has(PHONE, &[&l1])
            .tells(code::SUCCESS, given(&l1), given(&p1), "")
            .welcomes(&[p1.reference()], &[LAPTOP], "")
            .end(),
        limited("upload-beyond-limit", "More KeyPackages than a provider keeps.", json!({"max_key_packages": 2}))
            .has_not(PHONE, &[&p1, &p2, &l2], None, reason::EXCEEDS_KEY_PACKAGE_LIMIT)
            .has(PHONE, &[&p1, &p2])
            .has_not(PHONE, &[&l2], None, reason::EXCEEDS_KEY_PACKAGE_LIMIT)
            .has(LAPTOP, &[&l1])
            .tells(code::SUCCESS, given(&p1), given(&l1), "")
            .end(),
        limited(
            "ask-beyond-limit",
            "More KeyPackages wait for a Welcome than are remembered.",
            json!({"max_claims": 2}),
        )
        .has(PHONE, &[&p1, &p2])
        .has(LAPTOP, &[&l1, &l2])
        .tells(code::SUCCESS, given(&p1), given(&l1), "")
        .refuses(&asks().octets(), reason::EXCEEDS_WELCOME_LIMIT)
        .welcomes(&[p1.reference(), l1.reference()], &[LAPTOP, PHONE], "")
        .tells(code::SUCCESS, given(&p2), given(&l2), "what was refused cost nothing")
        .end(),
        all(both("expired-welcome", "What was given is remembered at least until it expires.", "welcome", REFS))
            .answers(
                NOW.saturating_add(86_400_000),
                &asks().octets(),
                "a day later there is nothing left",
                &[nothing_left(), response(code::INCOMPATIBLE, BOB, &[])],
            )
            .welcomes(&[p1.reference()], &[PHONE], "")
            .contested(&[
                (Verdict::Accept, "noCompatibleMaterial: no client can supply any that would do."),
                (Verdict::Accept, "partialSuccess with every client exhausted, as nothing is wrong with the request."),
            ])
            .end(),
    ]
}

fn nothing_left() -> Vec<u8> {
    response(code::INCOMPATIBLE, BOB, &[PHONE, LAPTOP].map(|uri| (uri.to_owned(), GONE)))
}

fn limited(name: &str, comment: &str, limits: serde_json::Value) -> Desk {
    let rule = "ds-00:6:unambiguous-criteria";
    Desk::with(name, comment, "limits", rule, json!([{}]), json!({"limits": limits}))
}

fn cut(octets: &[u8]) -> Vec<u8> {
    octets.split_last().map_or(vec![], |(_, rest)| rest.to_vec())
}
