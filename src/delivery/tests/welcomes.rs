use super::forge::*;
use crate::delivery::{Effect, Input, Response};
use crate::protocol::{CipherSuite, ServiceProviderId, WelcomeInitRequest};
use crate::reason::delivery as reason;

fn asked(to: &str, refs: &[&str]) -> Effect {
    let key_package_refs = refs.iter().map(|r| r.as_bytes().to_vec()).collect();
    Effect::WelcomeInit { to: provider(to), request: WelcomeInitRequest { key_package_refs } }
}

#[test]
fn providers_are_asked_first_and_own_users_served() {
    let mut hub = hub(settings());
    let to = [("r0", "b.example"), ("r1", HUB), ("r2", "c.example"), ("r3", "b.example")];
    let out = send(&mut hub, with_welcome(commit(0, 0, 1), &to));
    let sent = welcome(&["r0", "r1", "r2", "r3"]);
    let local = Effect::Welcome { to: provider(HUB), welcome: sent.clone() };
    assert_eq!(out[2..], [local, asked("b.example", &["r0", "r3"]), asked("c.example", &["r2"])]);
    let answer = |accept| Input::WelcomeAnswer { accept };
    assert_eq!(hub.usage(GROUP).unwrap().pending_welcomes, 2);
    assert_eq!(refused(&mut hub, "d.example", answer(true)), reason::NO_WELCOME_WAITS);
    let out = step(&mut hub, "b.example", answer(true)).unwrap();
    let pushed = Effect::Welcome { to: provider("b.example"), welcome: sent };
    assert_eq!(out, [Effect::Respond(Response::Done), pushed]);
    assert_eq!(step(&mut hub, "c.example", answer(false)).unwrap(), [Effect::Respond(Response::Done)]);
    for name in ["b.example", "c.example"] {
        assert_eq!(refused(&mut hub, name, answer(true)), reason::NO_WELCOME_WAITS, "each is answered once");
    }
    assert_eq!(hub.usage(GROUP).unwrap().pending_welcomes, 0);
}

#[test]
fn answers_are_for_the_oldest() {
    let mut hub = hub(settings());
    send(&mut hub, with_welcome(commit(0, 0, 1), &[("first", "b.example")]));
    send(&mut hub, with_welcome(commit(1, 1, 2), &[("second", "b.example")]));
    for name in ["first", "second"] {
        let out = step(&mut hub, "b.example", Input::WelcomeAnswer { accept: true }).unwrap();
        assert_eq!(out[1], Effect::Welcome { to: provider("b.example"), welcome: welcome(&[name]) });
    }
}

#[test]
fn a_welcome_fits_its_providers_and_its_group() {
    let mut hub = hub(settings());
    let mut changed = |change: fn(&mut crate::protocol::WelcomeData)| {
        let mut request = with_welcome(commit(0, 0, 1), &[("r0", "b.example")]);
        change(request.commit_data.as_mut().unwrap().welcome_data.as_mut().unwrap());
        refused(&mut hub, "a.example", Input::Send(request))
    };
    assert_eq!(changed(|data| data.service_providers.clear()), reason::SERVICE_PROVIDER_COUNT);
    assert_eq!(changed(|data| data.service_providers.push(ServiceProviderId(vec![]))), reason::SERVICE_PROVIDER_COUNT);
    assert_eq!(changed(|data| data.welcome = group_info(GROUP, 1, None)), reason::NOT_A_WELCOME);
    // The same Welcome in a group of another cipher suite.
    let mut other = crate::delivery::Blind::new(settings());
    let new = crate::delivery::CreateGroup { suite: CipherSuite::P256, group_info: None, ..creation() };
    step(&mut other, HUB, Input::CreateGroup(new)).unwrap();
    let request = with_welcome(without_group_info(commit(0, 0, 1)), &[("r0", "b.example")]);
    assert_eq!(refused(&mut other, "a.example", Input::Send(request)), reason::WELCOME_OF_ANOTHER_SUITE);
}
