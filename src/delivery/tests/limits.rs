use super::forge::*;
use crate::delivery::{Blind, Input, Limits, Settings};
use crate::protocol::SendRequest;
use crate::reason::delivery as reason;

fn limited(change: fn(&mut Limits)) -> Blind {
    let mut limits = Limits::default();
    change(&mut limits);
    hub(Settings { limits, ..settings() })
}

fn input(request: SendRequest) -> Input {
    Input::Send(request)
}

#[test]
fn each_limit_takes_what_it_says_and_no_more() {
    let mut hub = limited(|l| l.max_messages_per_partition = 2);
    send(&mut hub, application(0, "1"));
    send(&mut hub, application(0, "2"));
    assert_eq!(refused(&mut hub, "a.example", input(application(0, "3"))), reason::EXCEEDS_MESSAGES_LIMIT);
    send(&mut hub, application(1, "1"));

    let mut hub = limited(|l| l.max_partitions = 2);
    assert_eq!(refused(&mut hub, "a.example", input(commit(5, 8, 9))), reason::EXCEEDS_PARTITION_LIMIT);
    send(&mut hub, commit(0, 0, 1));
    send(&mut hub, application(1, "1"));
    assert_eq!(refused(&mut hub, "a.example", input(application(2, "1"))), reason::EXCEEDS_PARTITION_LIMIT);
    assert_eq!(refused(&mut hub, "a.example", input(commit(1, 1, 2))), reason::EXCEEDS_PARTITION_LIMIT);
    send(&mut hub, commit(1, 1, 0));

    let mut hub = limited(|l| l.max_pending_welcomes = 1);
    let two = with_welcome(commit(0, 0, 1), &[("r0", "b.example"), ("r1", "c.example")]);
    assert_eq!(refused(&mut hub, "a.example", input(two)), reason::EXCEEDS_WELCOME_LIMIT);
    let one = with_welcome(commit(0, 0, 1), &[("r0", "b.example"), ("r1", "b.example"), ("r2", HUB)]);
    send(&mut hub, one.clone());
    assert_eq!(refused(&mut hub, "a.example", input(one.clone())), reason::EXCEEDS_WELCOME_LIMIT);
    step(&mut hub, "b.example", Input::WelcomeAnswer { accept: false }).unwrap();
    send(&mut hub, one);

    let mut hub = limited(|l| l.max_groups = 1);
    let second = crate::delivery::CreateGroup { group_id: b"second".to_vec(), group_info: None, ..creation() };
    assert_eq!(refused(&mut hub, HUB, Input::CreateGroup(second)), reason::EXCEEDS_GROUP_LIMIT);
}

#[test]
fn octets_are_bounded_to_the_octet() {
    let length = application(0, "message").message.octets().len();
    let mut hub = hub(settings());
    let created = hub.usage(GROUP).unwrap().octets;
    for (most, taken) in [(length, true), (length - 1, false)] {
        let limits = Limits { max_message: 1000, max_octets_per_group: created + most, ..Limits::default() };
        hub = super::forge::hub(Settings { limits, ..settings() });
        let sent = step(&mut hub, "a.example", input(application(0, "message")));
        assert_eq!(sent.map(|_| ()).map_err(|r| r.reason).ok(), taken.then_some(()));
    }
    let longest = commit(0, 0, 1).commit_data.unwrap().group_info.unwrap().octets().len();
    let limits = Limits { max_message: longest - 1, ..Limits::default() };
    let mut hub = Blind::new(Settings { limits, ..settings() });
    let bare = crate::delivery::CreateGroup { group_info: None, ..creation() };
    step(&mut hub, HUB, Input::CreateGroup(bare)).unwrap();
    assert_eq!(refused(&mut hub, "a.example", input(commit(0, 0, 1))), reason::EXCEEDS_MESSAGE_LIMIT);
    send(&mut hub, without_group_info(commit(0, 0, 1)));
}

#[test]
fn usage_goes_back_when_welcomes_are_answered_and_never_beyond_the_bound() {
    let mut hub = limited(|l| l.max_octets_per_group = 2000);
    let most = hub.settings().limits.most();
    for i in 0..100_u8 {
        let request = with_welcome(commit(u64::from(i), i, i + 1), &[("r", "b.example")]);
        let before = hub.usage(GROUP).unwrap().octets;
        if step(&mut hub, "a.example", input(request)).is_ok() {
            let waiting = hub.usage(GROUP).unwrap().octets;
            step(&mut hub, "b.example", Input::WelcomeAnswer { accept: i % 2 == 0 }).unwrap();
            let after = hub.usage(GROUP).unwrap().octets;
            assert!(before < after && after < waiting);
        }
        let usage = hub.usage(GROUP).unwrap();
        assert!(usage.octets <= most.octets && usage.messages <= most.messages);
        assert!(usage.memory() <= hub.settings().limits.memory_of_a_group());
    }
    assert!(hub.usage(GROUP).unwrap().octets > 1700, "the bound was never near");
}
