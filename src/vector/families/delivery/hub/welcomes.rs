use super::scene::{ANN, BEN, CAT, HUB, SUITE, Scene, asks, commit, says, welcomes};
use crate::reason::delivery as reason;
use crate::vector::Case;
use crate::vector::forge::traffic;

const ASK: &str = "4.3:asked-first";
const YES: &str = "4.3:pushed-after-yes";
const COUNT: &str = "4.2:providers-length";

pub(super) fn cases() -> Vec<Case> {
    [asked(), several(), refused()].concat()
}

fn asked() -> Vec<Case> {
    let one = commit(0, 0, 1).adding(&[("ref of ben", BEN)]);
    let both = commit(0, 0, 1).adding(&[("ref of ben", BEN), ("ref of bob", BEN)]);
    let own = commit(0, 0, 1).adding(&[("ref of hal", HUB)]);
    let ask = [asks(BEN, &["ref of ben"])];
    vec![
        Scene::new("welcome-asked-first", "A provider is asked; the Welcome is not sent yet.", "welcome", ASK)
            .send_pushing(ANN, &one, &ask)
            .end(),
        Scene::new("welcome-accepted", "The Welcome goes to the provider that says yes.", "welcome", YES)
            .send_pushing(ANN, &one, &ask)
            .answer(BEN, true, &[welcomes(BEN, &one)])
            .end(),
        Scene::new("welcome-declined", "It does not go to one that says no.", "welcome", YES)
            .send_pushing(ANN, &one, &ask)
            .answer(BEN, false, &[])
            .answer_refused(BEN, &[reason::NO_WELCOME_WAITS])
            .end(),
        Scene::new(
            "welcome-one-question",
            "Two users of one provider are one question, in the Welcome's order.",
            "welcome",
            ASK,
        )
        .send_pushing(ANN, &both, &[asks(BEN, &["ref of ben", "ref of bob"])])
        .answer(BEN, true, &[welcomes(BEN, &both)])
        .end(),
        Scene::new("welcome-own-users", "The hub's own users are not asked for.", "welcome", "4.3:non-hub")
            .send_pushing(ANN, &own, &[welcomes(HUB, &own)])
            .end(),
        Scene::new(
            "welcome-not-in-partition",
            "A Welcome is no message of the partition.",
            "welcome",
            "4.4:message-format",
        )
        .send_pushing(ANN, &one, &ask)
        .receive(0, 0, &[&one])
        .receive(1, 0, &[])
        .end(),
    ]
}

fn several() -> Vec<Case> {
    let two = commit(0, 0, 1).adding(&[("ref of ben", BEN), ("ref of cat", CAT)]);
    let mixed = commit(0, 0, 1).adding(&[("r0", BEN), ("r1", HUB), ("r2", CAT), ("r3", BEN)]);
    let (ask_ben, ask_cat) = (asks(BEN, &["ref of ben"]), asks(CAT, &["ref of cat"]));
    let [local, ben, cat] = [welcomes(HUB, &mixed), asks(BEN, &["r0", "r3"]), asks(CAT, &["r2"])];
    let orders = [[&local, &ben, &cat], [&local, &cat, &ben], [&ben, &local, &cat], [&ben, &cat, &local]];
    let more = [[&cat, &local, &ben], [&cat, &ben, &local]];
    let orders: Vec<Vec<_>> = orders.iter().chain(&more).map(|o| o.iter().map(|v| (*v).clone()).collect()).collect();
    let orders: Vec<&[_]> = orders.iter().map(Vec::as_slice).collect();
    let (first, second) = (commit(0, 0, 1).adding(&[("first", BEN)]), commit(1, 1, 2).adding(&[("second", BEN)]));
    vec![
        Scene::new(
            "welcome-two-providers",
            "Each provider learns of its own users only, and answers for itself.",
            "welcome",
            ASK,
        )
        .send_pushing_any(ANN, &two, &[&[ask_ben.clone(), ask_cat.clone()], &[ask_cat, ask_ben]])
        .answer(CAT, false, &[])
        .answer(BEN, true, &[welcomes(BEN, &two)])
        .answer_refused(CAT, &[reason::NO_WELCOME_WAITS])
        .end(),
        Scene::new("welcome-mixed", "Own users, and two providers, one of them twice.", "welcome", ASK)
            .send_pushing_any(ANN, &mixed, &orders)
            .answer(BEN, true, &[welcomes(BEN, &mixed)])
            .answer(CAT, true, &[welcomes(CAT, &mixed)])
            .end(),
        Scene::new("welcome-oldest-first", "Answers are for the questions in their order.", "welcome", YES)
            .send_pushing(ANN, &first, &[asks(BEN, &["first"])])
            .send_pushing(ANN, &second, &[asks(BEN, &["second"])])
            .answer(BEN, false, &[])
            .answer(BEN, true, &[welcomes(BEN, &second)])
            .end(),
    ]
}

fn refused() -> Vec<Case> {
    let one = commit(0, 0, 1).adding(&[("ref of ben", BEN)]);
    let welcome = traffic::welcome(SUITE, &[b"ref of ben", b"ref of cat"]);
    let count = |name, comment, providers: Vec<&'static str>| {
        let sent = commit(0, 0, 1).with_welcome(welcome.clone(), providers);
        Scene::new(name, comment, "provider-count", COUNT)
            .send_refused(ANN, &sent, &[reason::SERVICE_PROVIDER_COUNT])
            .receive(0, 0, &[])
            .answer_refused(BEN, &[reason::NO_WELCOME_WAITS])
            .must()
    };
    let suite = commit(0, 0, 1).with_welcome(traffic::welcome(2, &[b"ref of ben"]), vec![BEN]);
    let not = commit(0, 0, 1).with_welcome(says(0, "no Welcome").message, vec![BEN]);
    vec![
        count("providers-too-few", "Two secrets and one provider.", vec![BEN]),
        count("providers-too-many", "Two secrets and three providers.", vec![BEN, CAT, BEN]),
        count("providers-none", "Two secrets and no provider.", vec![]),
        Scene::new("answer-not-asked", "An answer of a provider that was asked nothing.", "welcome", ASK)
            .answer_refused(BEN, &[reason::NO_WELCOME_WAITS])
            .end(),
        Scene::new("answer-of-another", "The Welcome is not for whoever says yes first.", "welcome", YES)
            .send_pushing(ANN, &one, &[asks(BEN, &["ref of ben"])])
            .answer_refused(CAT, &[reason::NO_WELCOME_WAITS])
            .answer(BEN, true, &[welcomes(BEN, &one)])
            .end(),
        Scene::new("answer-twice", "A Welcome is sent once.", "welcome", YES)
            .send_pushing(ANN, &one, &[asks(BEN, &["ref of ben"])])
            .answer(BEN, true, &[welcomes(BEN, &one)])
            .answer_refused(BEN, &[reason::NO_WELCOME_WAITS])
            .end(),
        Scene::new("welcome-is-none", "Another message where the Welcome belongs.", "welcome", "4.2:welcome-format")
            .send_refused(ANN, &not, &[reason::NOT_A_WELCOME])
            .receive(0, 0, &[])
            .end(),
        Scene::new(
            "welcome-other-suite",
            "A Welcome to a group of another cipher suite.",
            "welcome",
            "6:unambiguously-invalid",
        )
        .send_either(&suite, &[asks(BEN, &["ref of ben"])], &[reason::WELCOME_OF_ANOTHER_SUITE])
        .end(),
    ]
}
