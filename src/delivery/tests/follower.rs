use super::forge::*;
use crate::delivery::{
    Blind, Effect, Follower, FollowerEffect, FollowerInput, FollowerLimits, FollowerSettings, Hints, Input, Pushes,
    Response, Settings,
};
use crate::entropy::Time;
use crate::protocol::{CipherSuite, MlsMessage, ReceiveResponse, WelcomeInitRequest};
use crate::reason::{Reason, delivery as reason};

fn told(follower: &mut Follower, from: &str, input: FollowerInput) -> Vec<FollowerEffect> {
    at(follower, 0, from, input).unwrap()
}

fn at(follower: &mut Follower, now: u64, from: &str, input: FollowerInput) -> Result<Vec<FollowerEffect>, Reason> {
    let (before, mut out) = (follower.clone(), vec![]);
    follower.step(Time(now), &provider(from), input, &mut out).map_err(|r| {
        assert!(*follower == before && out.is_empty(), "a refusal changed something");
        r.reason
    })?;
    Ok(out)
}

fn follow(user: &str, partition: u8) -> FollowerInput {
    FollowerInput::Follow {
        user: user.into(),
        hub: provider(HUB),
        group_id: GROUP.to_vec(),
        suite: CipherSuite::X25519,
        partition_key: key(partition),
    }
}

/// Everybody is asked for, at the hub, and answered; what users then got.
fn round(follower: &mut Follower, hub: &mut Blind, now: u64) -> Vec<FollowerEffect> {
    let mut got = vec![];
    for ask in at(follower, now, "", FollowerInput::Tick).unwrap() {
        let FollowerEffect::Ask { to, user, group_id, request } = ask else { panic!() };
        assert_eq!(to, provider(HUB));
        let out = step(hub, "b.example", Input::Receive { group_id: group_id.clone(), request }).unwrap();
        let Effect::Respond(Response::Received(response)) = &out[0] else { panic!() };
        let answer = FollowerInput::Answered { user, group_id, request, response: response.clone() };
        got.extend(told(follower, HUB, answer));
    }
    got
}

fn texts(effects: &[FollowerEffect], of: &str) -> Vec<MlsMessage> {
    let of_user = effects.iter().filter_map(|e| match e {
        FollowerEffect::Deliver { user, messages, .. } if user == of.as_bytes() => Some(messages),
        _ => None,
    });
    of_user.flatten().map(|m| m.message.clone()).collect()
}

#[test]
fn each_user_gets_each_message_once_by_polls_and_pushes() {
    let mut hub = hub(Settings { pushes: Pushes::Followers, ..settings() });
    let mut follower = Follower::new(FollowerSettings::default());
    told(&mut follower, "", follow("ann", 0));
    send(&mut hub, application(0, "one"));
    assert_eq!(texts(&round(&mut follower, &mut hub, 0), "ann"), [application(0, "one").message]);
    told(&mut follower, "", follow("ben", 0));
    // A push reaches ann, who has the first message, and ben, who has none.
    let out = send(&mut hub, application(0, "two"));
    let push = out.iter().find_map(|e| match e {
        Effect::Push { to, group_id, response } if *to == provider("b.example") => Some((group_id, response)),
        _ => None,
    });
    let (group_id, response) = push.unwrap();
    let pushed = FollowerInput::Pushed { group_id: group_id.clone(), response: response.clone() };
    let got = told(&mut follower, HUB, pushed.clone());
    assert_eq!(texts(&got, "ann"), [application(0, "two").message]);
    assert_eq!(texts(&got, "ben"), [application(0, "one").message, application(0, "two").message]);
    assert_eq!(told(&mut follower, HUB, pushed.clone()), [], "the same push again");
    assert_eq!(round(&mut follower, &mut hub, 5000), [], "nothing new");
    assert_eq!(follower.counter(b"ben", GROUP, &key(0)), Some(2));
    assert_eq!(at(&mut follower, 0, "evil.example", pushed), Err(reason::NOT_THE_HUB));
}

#[test]
fn answers_may_come_late_or_from_others() {
    let mut hub = hub(settings());
    let mut follower = Follower::new(FollowerSettings::default());
    told(&mut follower, "", follow("ann", 0));
    for text in ["one", "two"] {
        send(&mut hub, application(0, text));
    }
    let ask = told(&mut follower, "", FollowerInput::Tick);
    let [FollowerEffect::Ask { user, group_id, request, .. }] = &ask[..] else { panic!() };
    let answer = |response| FollowerInput::Answered {
        user: user.clone(),
        group_id: group_id.clone(),
        request: *request,
        response,
    };
    let (first, both) = (receive(&mut hub, 0, 0), receive(&mut hub, 0, 0));
    let mut only_first = first;
    only_first.epoch.messages.truncate(1);
    assert_eq!(at(&mut follower, 0, "evil.example", answer(both.clone())), Err(reason::NOT_THE_HUB));
    assert_eq!(texts(&told(&mut follower, HUB, answer(both)), "ann").len(), 2);
    assert_eq!(told(&mut follower, HUB, answer(only_first)), [], "an older answer to the same request");
    assert_eq!(at(&mut follower, 10, "", FollowerInput::Tick), Ok(vec![]), "it is not time yet");
    assert_eq!(at(&mut follower, 1000, "", FollowerInput::Tick).unwrap().len(), 1);
}

#[test]
fn hints_are_passed_on_once_and_become_a_partition_that_is_followed() {
    let mut hub = hub(Settings { hints: Hints::All, ..settings() });
    let mut follower = Follower::new(FollowerSettings::default());
    told(&mut follower, "", follow("ann", 0));
    send(&mut hub, commit(0, 0, 1));
    send(&mut hub, application(1, "later"));
    let got = round(&mut follower, &mut hub, 0);
    assert_eq!(got.len(), 2);
    assert!(matches!(&got[1], FollowerEffect::Hint { first: 0, messages, .. } if messages.len() == 1));
    assert_eq!(round(&mut follower, &mut hub, 2000), []);
    send(&mut hub, application(1, "more"));
    let got = round(&mut follower, &mut hub, 4000);
    assert!(matches!(&got[..], [FollowerEffect::Hint { first: 1, messages, .. }] if messages.len() == 1));
    told(&mut follower, "", follow("ann", 1));
    // The first answer has the partition in a hint; the answer to the second request has nothing new then.
    let got = round(&mut follower, &mut hub, 6000);
    assert_eq!(texts(&got, "ann"), [application(1, "later").message, application(1, "more").message]);
}

#[test]
fn welcomes_are_wanted_for_users_here() {
    let mut follower = Follower::new(FollowerSettings::default());
    let expect = |user: &str, refs: &[&str], reusable| FollowerInput::Expect {
        user: user.into(),
        key_package_refs: refs.iter().map(|r| r.as_bytes().to_vec()).collect(),
        reusable,
    };
    told(&mut follower, "", expect("ann", &["a1", "a2"], false));
    told(&mut follower, "", expect("ben", &["b-last"], true));
    let ask = |refs: &[&str]| {
        let key_package_refs = refs.iter().map(|r| r.as_bytes().to_vec()).collect();
        FollowerInput::WelcomeInit(WelcomeInitRequest { key_package_refs })
    };
    let answer = |accept| [FollowerEffect::WelcomeAnswer { to: provider(HUB), accept }];
    assert_eq!(told(&mut follower, HUB, ask(&["x"])), answer(false));
    assert_eq!(told(&mut follower, HUB, ask(&["x", "a1"])), answer(true));
    let to = |user: &str, refs: &[&str]| FollowerEffect::Welcome { user: user.into(), welcome: welcome(refs) };
    let refs = ["a1", "x", "b-last"];
    let both = [to("ann", &refs), to("ben", &refs)];
    assert_eq!(told(&mut follower, HUB, FollowerInput::Welcome(welcome(&refs))), both);
    assert_eq!(told(&mut follower, HUB, ask(&["a1"])), answer(false), "it was used");
    assert_eq!(told(&mut follower, HUB, ask(&["b-last"])), answer(true));
    let other = FollowerInput::Welcome(group_info(GROUP, 0, None));
    assert_eq!(at(&mut follower, 0, HUB, other), Err(reason::NOT_A_WELCOME));
}

#[test]
fn bounds_and_mistakes() {
    let limits = FollowerLimits { max_users: 1, max_key_packages: 1, max_groups: 1, max_partitions: 2 };
    let mut follower = Follower::new(FollowerSettings { poll_every: 1, limits });
    told(&mut follower, "", follow("ann", 0));
    told(&mut follower, "", follow("ann", 0));
    told(&mut follower, "", follow("ann", 1));
    let mut elsewhere = follow("ann", 2);
    if let FollowerInput::Follow { group_id, .. } = &mut elsewhere {
        group_id.push(0);
    }
    let refs = vec![vec![1], vec![2]];
    let expect = FollowerInput::Expect { user: b"ann".to_vec(), key_package_refs: refs, reusable: false };
    for too_much in [follow("ben", 0), follow("ann", 2), elsewhere, expect] {
        assert_eq!(at(&mut follower, 0, "", too_much), Err(reason::EXCEEDS_FOLLOWER_LIMIT));
    }
    let leave = |n| FollowerInput::Leave { user: b"ann".to_vec(), group_id: GROUP.to_vec(), partition_key: key(n) };
    assert_eq!(at(&mut follower, 0, "", leave(7)), Err(reason::NOT_FOLLOWED));
    told(&mut follower, "", leave(0));
    told(&mut follower, "", follow("ann", 2));
    assert_eq!(told(&mut follower, "", FollowerInput::Tick).len(), 2);
    told(&mut follower, "", leave(1));
    told(&mut follower, "", leave(2));
    let pushed = FollowerInput::Pushed { group_id: GROUP.to_vec(), response: ReceiveResponse::default() };
    assert_eq!(at(&mut follower, 0, HUB, pushed), Err(reason::NOT_THE_HUB));
}
