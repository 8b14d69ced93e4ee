use super::forge::*;
use crate::delivery::{Edge, Effect, Hints, Input, Pushes, Response, Settings};
use crate::protocol::{
    CipherSuite, CommitData, ContentType, Epoch, ExternalJoinRequest, GroupInfoRequest, MlsMessage, ReceiveResponse,
    Sender,
};
use crate::reason::{Reason, delivery as reason, mls};

fn messages(epoch: &Epoch) -> Vec<MlsMessage> {
    epoch.messages.iter().map(|m| m.message.clone()).collect()
}

fn info(hub: &mut crate::delivery::Blind) -> Result<MlsMessage, Reason> {
    let request = GroupInfoRequest { group_id: GROUP.to_vec() };
    let out = step(hub, "b.example", Input::GroupInfo(request)).map_err(|r| r.reason)?;
    match &out[0] {
        Effect::Respond(Response::GroupInfo(response)) => Ok(response.group_info.clone()),
        other => panic!("{other:?}"),
    }
}

fn joins(epoch: u64, to: u8) -> ExternalJoinRequest {
    let message = public(epoch, Sender::NewMemberCommit, ContentType::Commit, b"");
    let commit_data = CommitData { next_partition_key: key(to), group_info: None, welcome_data: None };
    ExternalJoinRequest { message, commit_data }
}

fn sequenced(effects: &[Effect]) -> (u8, u32) {
    match &effects[1] {
        Effect::Sequenced { partition, index, .. } => (partition.0[0], *index),
        other => panic!("{other:?}"),
    }
}

#[test]
fn keeps_order_and_counts() {
    let mut hub = hub(settings());
    let sent: Vec<_> = (0..5).map(|i| application(0, &format!("message {i}"))).collect();
    for (i, request) in sent.iter().enumerate() {
        assert_eq!(sequenced(&send(&mut hub, request.clone())), (0, i as u32));
    }
    let sent: Vec<_> = sent.into_iter().map(|r| r.message).collect();
    for counter in 0..=5 {
        assert_eq!(messages(&receive(&mut hub, 0, counter).epoch), sent[counter as usize..]);
    }
    for beyond in [6, u32::MAX] {
        assert_eq!(receive(&mut hub, 0, beyond), ReceiveResponse::default());
    }
}

#[test]
fn an_unknown_partition_is_opened_and_kept_apart() {
    let mut hub = hub(settings());
    assert_eq!(receive(&mut hub, 9, 0), ReceiveResponse::default());
    assert_eq!(hub.usage(GROUP).unwrap().partitions, 1, "reading opens nothing");
    send(&mut hub, application(9, "elsewhere"));
    send(&mut hub, application(0, "here"));
    assert_eq!(messages(&receive(&mut hub, 9, 0).epoch), [application(9, "elsewhere").message]);
    assert_eq!(messages(&receive(&mut hub, 0, 0).epoch), [application(0, "here").message]);
}

#[test]
fn a_commit_carries_the_masked_key_and_leads_on() {
    let mut hub = hub(settings());
    send(&mut hub, commit(0, 0, 1));
    let answer = receive(&mut hub, 0, 0);
    let (masked, published) = answer.epoch.messages[0].commit.clone().unwrap();
    assert_eq!(masked, key(1).masked(CipherSuite::X25519).unwrap());
    assert_eq!(published, Some(group_info(GROUP, 1, Some(&[1]))));
    // The other side of a fork.
    send(&mut hub, without_group_info(commit(0, 0, 2)));
    let edges: Vec<_> = hub.edges(GROUP).collect();
    let edge = |index, to| Edge { from: key(0), index, to: key(to), live: true };
    assert_eq!(edges, [edge(0, 1), edge(1, 2)]);
}

#[test]
fn hints_are_given_by_policy_to_those_who_know_a_partition() {
    let mut hub = hub(Settings { hints: Hints::All, ..settings() });
    send(&mut hub, commit(0, 0, 1));
    send(&mut hub, application(1, "later"));
    let answer = receive(&mut hub, 0, 1);
    assert!(answer.epoch.messages.is_empty());
    assert_eq!(answer.hints.len(), 1);
    assert_eq!(answer.hints[0].masked_partition_key, key(1).masked(CipherSuite::X25519).unwrap());
    assert_eq!(messages(&answer.hints[0].epoch), [application(1, "later").message]);
    assert_eq!(receive(&mut hub, 9, 0), ReceiveResponse::default());
}

#[test]
fn an_external_commit_goes_where_the_latest_commit_led() {
    let mut hub = hub(settings());
    assert_eq!(info(&mut hub), Ok(group_info(GROUP, 0, Some(b"tree"))));
    send(&mut hub, commit(0, 0, 1));
    send(&mut hub, commit(0, 0, 2));
    send(&mut hub, application(7, "unknown partitions are never the most recent"));
    assert_eq!(info(&mut hub), Ok(group_info(GROUP, 1, Some(&[2]))));
    let out = step(&mut hub, "c.example", Input::ExternalJoin(joins(1, 3))).unwrap();
    assert_eq!(sequenced(&out), (2, 0));
    assert_eq!(info(&mut hub), Err(reason::NO_GROUP_INFO), "that of the epoch before describes nothing to join");
    let out = step(&mut hub, "c.example", Input::ExternalJoin(joins(2, 4))).unwrap();
    assert_eq!(sequenced(&out), (3, 0));
}

#[test]
fn a_terminated_branch_takes_nothing_and_gives_everything() {
    let mut hub = hub(settings());
    send(&mut hub, commit(0, 0, 1));
    send(&mut hub, commit(0, 0, 2));
    send(&mut hub, application(2, "before"));
    let terminate = |n| Input::Terminate { group_id: GROUP.to_vec(), partition_key: key(n) };
    assert_eq!(refused(&mut hub, "a.example", terminate(2)), reason::NOT_ALLOWED);
    assert_eq!(refused(&mut hub, HUB, terminate(9)), reason::UNKNOWN_PARTITION);
    step(&mut hub, HUB, terminate(2)).unwrap();
    assert_eq!(refused(&mut hub, "a.example", Input::Send(application(2, "after"))), reason::BRANCH_TERMINATED);
    assert_eq!(messages(&receive(&mut hub, 2, 0).epoch), [application(2, "before").message]);
    send(&mut hub, application(1, "the other branch goes on"));
    assert_eq!(info(&mut hub), Ok(group_info(GROUP, 1, Some(&[1]))), "joiners are led to the live branch");
    assert_eq!(sequenced(&step(&mut hub, "a.example", Input::ExternalJoin(joins(1, 3))).unwrap()), (1, 1));
    for n in [0, 1, 3] {
        step(&mut hub, HUB, terminate(n)).unwrap();
    }
    assert_eq!(refused(&mut hub, "a.example", Input::ExternalJoin(joins(1, 3))), reason::BRANCH_TERMINATED);
}

#[test]
fn pushes_the_whole_partition_to_those_who_named_it() {
    let mut hub = hub(Settings { pushes: Pushes::Followers, ..settings() });
    receive(&mut hub, 0, 0);
    step(&mut hub, "b.example", Input::Send(application(0, "one"))).unwrap();
    let out = step(&mut hub, "c.example", Input::Send(application(0, "two"))).unwrap();
    let to: Vec<_> = out.iter().filter(|e| matches!(e, Effect::Push { .. })).collect();
    assert_eq!(to.len(), 2, "not to who sent it: {out:?}");
    let Effect::Push { to, response, .. } = to[1] else { panic!() };
    assert_eq!((to, messages(&response.hints[0].epoch).len()), (&provider("b.example"), 2));
    let elsewhere = step(&mut hub, "c.example", Input::Send(application(5, "elsewhere"))).unwrap();
    assert!(!elsewhere.iter().any(|e| matches!(e, Effect::Push { .. })));
}

#[test]
fn refuses_what_no_branch_could_take() {
    let mut hub = hub(settings());
    let mut try_send = |request| refused(&mut hub, "a.example", Input::Send(request));
    let mut elsewhere = application(0, "");
    elsewhere.message = private(b"other", 0, ContentType::Application, b"");
    assert_eq!(try_send(elsewhere), reason::UNKNOWN_GROUP);
    let mut welcome_as_message = application(0, "");
    welcome_as_message.message = welcome(&["ref"]);
    assert_eq!(try_send(welcome_as_message), reason::NOT_A_GROUP_MESSAGE);
    let mut plain = application(0, "");
    plain.message = public(0, Sender::Member(0), ContentType::Application, b"");
    assert_eq!(try_send(plain), mls::WRONG_WIRE_FORMAT);
    let mut bare = commit(0, 0, 1);
    bare.commit_data = None;
    assert_eq!(try_send(bare), reason::COMMIT_DATA_MISMATCH);
    let mut dressed = application(0, "");
    dressed.commit_data = commit(0, 0, 1).commit_data;
    assert_eq!(try_send(dressed), reason::COMMIT_DATA_MISMATCH);
    let mut with_info = |info| {
        let mut request = commit(0, 0, 1);
        request.commit_data.as_mut().unwrap().group_info = Some(info);
        try_send(request)
    };
    assert_eq!(with_info(welcome(&["ref"])), reason::NOT_A_GROUP_INFO);
    assert_eq!(with_info(group_info(b"other", 1, Some(b"tree"))), reason::GROUP_INFO_OF_ANOTHER);
    assert_eq!(with_info(group_info(GROUP, 0, Some(b"tree"))), reason::GROUP_INFO_OF_ANOTHER);
    assert_eq!(with_info(group_info(GROUP, 1, None)), reason::TREE_NEEDED);
    // The same with a tree is taken.
    send(&mut hub, commit(0, 0, 1));
    let member = ExternalJoinRequest {
        message: public(0, Sender::Member(1), ContentType::Commit, b""),
        commit_data: joins(0, 1).commit_data,
    };
    assert_eq!(refused(&mut hub, "a.example", Input::ExternalJoin(member)), reason::NOT_AN_EXTERNAL_COMMIT);
}

#[test]
fn groups_are_created_once_by_the_hubs_own_users() {
    let mut hub = hub(settings());
    let with = |change: fn(&mut crate::delivery::CreateGroup)| {
        let mut new = creation();
        new.group_id = b"second".to_vec();
        new.group_info = None;
        change(&mut new);
        Input::CreateGroup(new)
    };
    assert_eq!(refused(&mut hub, "a.example", with(|_| ())), reason::NOT_ALLOWED);
    assert_eq!(refused(&mut hub, HUB, with(|new| new.group_id = GROUP.to_vec())), reason::GROUP_EXISTS);
    assert_eq!(refused(&mut hub, HUB, with(|new| new.suite = CipherSuite(0xfade))), reason::UNKNOWN_CIPHER_SUITE);
    assert_eq!(refused(&mut hub, HUB, with(|new| new.ratchet_tree = Some(vec![]))), reason::TREE_WITHOUT_GROUP_INFO);
    let bare = with(|new| new.group_info = Some(group_info(b"second", 0, None)));
    assert_eq!(refused(&mut hub, HUB, bare), reason::TREE_NEEDED);
    let broken = with(|new| {
        new.group_info = Some(group_info(b"second", 0, None));
        new.ratchet_tree = Some(b"tree".to_vec());
    });
    assert_eq!(refused(&mut hub, HUB, broken).blame(), crate::reason::Blame::Malformed);
    let beside = with(|new| {
        new.group_info = Some(group_info(b"second", 0, None));
        new.ratchet_tree = Some(tree("ann"));
    });
    step(&mut hub, HUB, beside).unwrap();
    let out = step(&mut hub, "a.example", Input::GroupInfo(GroupInfoRequest { group_id: b"second".to_vec() })).unwrap();
    let Effect::Respond(Response::GroupInfo(answer)) = &out[0] else { panic!() };
    assert_eq!(answer.ratchet_tree, Some(tree("ann")));
}
