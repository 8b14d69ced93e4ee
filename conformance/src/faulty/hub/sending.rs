use super::bugged::{Bugged, Done, content, done, group_of, refuse, usual};
use crate::faulty::bug::{Fault, Row};
use mimicheck::delivery::{Effect, Effects, Input, Response, Settings};
use mimicheck::protocol::{ContentType, GroupInfoResponse, Head, MlsMessage, SendRequest, ServiceProviderId};
use mimicheck::reason::delivery as reason;

const RULES: &str = "allow-lists in place of a signal of abuse";
const HALF: &str = "a check after the first write, and no way back";
const LIMIT: &str = "limits that are off by one or checked too late";
const RECENT: &str = "a cached head that nobody moves";

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "hub-tracks-latest-branch-only",
        "judges proposals by the branch that was begun last",
        "one current state where there may be several",
        Fault::Hub(latest_only),
    ),
    (
        "hub-tracks-unknown-refused",
        "refuses handshakes in the clear on branches that it does not know",
        RULES,
        Fault::Hub(out_of_sight),
    ),
    (
        "hub-tree-not-inferred",
        "needs a tree with every GroupInfo",
        "state that is kept and never used",
        Fault::Hub(not_inferred),
    ),
    (
        "hub-tree-not-compared",
        "takes a GroupInfo of another tree",
        "validation that was left for later",
        Fault::HubTakes("hub/send", reason::GROUP_INFO_OF_ANOTHER),
    ),
    (
        "hub-leftovers-taken",
        "takes a request with octets behind it",
        "decoders that stop when they have enough",
        Fault::HubTakes("hub/send", mimicheck::reason::wire::WIRE_TRAILING),
    ),
    (
        "hub-half-a-request-taken",
        "takes a request that ends too early",
        "readers that fill up with zeros",
        Fault::HubTakes("hub/send", mimicheck::reason::wire::WIRE_TRUNCATED),
    ),
    (
        "hub-unknown-key-refused",
        "refuses messages to a partition that it has not seen",
        RULES,
        Fault::Hub(unknown_refused),
    ),
    (
        "hub-unknown-key-commit-refused",
        "refuses commits to a partition that it has not seen",
        RULES,
        Fault::Hub(unknown_commit_refused),
    ),
    ("hub-known-key-not-begun-again", "refuses a commit to a key that is in use", RULES, Fault::Hub(reuse_refused)),
    (
        "hub-only-known-providers",
        "takes messages of the first sender's provider only",
        RULES,
        Fault::Hub(known_providers),
    ),
    (
        "hub-no-public-messages",
        "refuses handshakes in the clear",
        "half of the framings are supported",
        Fault::Hub(no_public),
    ),
    (
        "hub-drops-proposals",
        "says yes to proposals and keeps none",
        "a match arm that does nothing",
        Fault::Hub(drops_proposals),
    ),
    (
        "hub-unknown-group-taken",
        "says yes to messages of groups that it does not host",
        "errors that are logged and swallowed",
        Fault::Hub(unknown_group),
    ),
    (
        "hub-any-message-taken",
        "takes a Welcome or GroupInfo for a message, and loses it",
        "decoders that do not look at the type",
        Fault::HubTakes("hub/send", reason::NOT_A_GROUP_MESSAGE),
    ),
    (
        "hub-lossy-after-refusal",
        "loses the message after one that it refused",
        "a parser that is not reset after an error",
        Fault::Hub(lossy),
    ),
    ("hub-refusal-sequences", "keeps the message of a commit that it refuses", HALF, Fault::Hub(refusal_sequences)),
    (
        "hub-tree-not-needed",
        "takes a GroupInfo without a tree",
        "validation that was left for later",
        Fault::Hub(tree_not_needed),
    ),
    (
        "hub-tree-always-needed",
        "refuses a commit without a GroupInfo",
        "optional fields that are required",
        Fault::Hub(info_required),
    ),
    (
        "hub-partition-closes",
        "refuses messages to a partition that has a commit",
        "servers that decide who won a race",
        Fault::Hub(closes),
    ),
    (
        "hub-one-commit-taken",
        "refuses the second commit of a partition",
        "servers that decide who won a race",
        Fault::Hub(one_commit),
    ),
    ("hub-stale-group-info", "gives the first GroupInfo for ever", RECENT, Fault::Hub(stale_info)),
    (
        "hub-group-info-of-any",
        "gives a GroupInfo for groups that it does not host",
        "lookups that fall back to a default",
        Fault::Hub(any_info),
    ),
    (
        "hub-group-info-invented",
        "gives the last GroupInfo for a group that has none",
        RECENT,
        Fault::Hub(invented_info),
    ),
    ("hub-joins-first-partition", "sequences external commits to the first partition", RECENT, Fault::Hub(joins_first)),
    (
        "hub-joins-latest-message",
        "sequences external commits where the last message went",
        RECENT,
        Fault::Hub(joins_latest),
    ),
    (
        "hub-members-join",
        "takes a member's commit for an external one",
        "checks of the type that forget the sender",
        Fault::HubTakes("hub/external-join", reason::NOT_AN_EXTERNAL_COMMIT),
    ),
    (
        "hub-ended-takes-messages",
        "goes on with a branch that was ended",
        "flags that are set and never read",
        Fault::Hub(ended_takes),
    ),
    (
        "hub-ended-takes-commits",
        "takes commits on a branch that was ended",
        "blocks that forget a kind",
        Fault::Hub(ended_takes_commits),
    ),
    (
        "hub-ends-everything",
        "takes nothing any more once a branch was ended",
        "blocks that block too much",
        Fault::Hub(ends_everything),
    ),
    (
        "hub-revives-ended",
        "takes messages of an ended branch once a commit leads there again",
        "state that a later write replaces",
        Fault::Hub(revives),
    ),
    (
        "hub-group-created-again",
        "empties a group that is created again",
        "inserts that replace",
        Fault::Hub(created_again),
    ),
    (
        "hub-limit-messages-off-by-one",
        "takes one message more than it may",
        LIMIT,
        Fault::HubSettings(|s| s.limits.max_messages_per_partition += 1),
    ),
    (
        "hub-limit-partitions-off-by-one",
        "opens one partition less than it may",
        LIMIT,
        Fault::HubSettings(|s| s.limits.max_partitions = s.limits.max_partitions.saturating_sub(1)),
    ),
    ("hub-limit-none", "knows no limits", LIMIT, Fault::HubSettings(no_limits)),
    (
        "hub-limit-octets-ignored",
        "counts messages and not octets",
        LIMIT,
        Fault::HubSettings(|s| s.limits.max_octets_per_group = usize::MAX),
    ),
    (
        "hub-limit-size-ignored",
        "takes messages of any size",
        LIMIT,
        Fault::HubSettings(|s| s.limits.max_message = 1 << 28),
    ),
    (
        "hub-rations-providers",
        "takes a hundred messages of a provider, and no more",
        "rate limits that see one address for many users",
        Fault::Hub(rations),
    ),
    (
        "hub-hints-unasked",
        "gives hints though it was told not to",
        "settings that are not passed on",
        Fault::HubSettings(|s| s.hints = mimicheck::delivery::Hints::All),
    ),
];

fn no_limits(settings: &mut Settings) {
    settings.limits = mimicheck::delivery::Limits::default();
}

fn rations(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let so_far = b.past.iter().filter(|(who, input)| who == from && matches!(input, Input::Send(_))).count();
    match &input {
        Input::Send(_) if so_far >= 100 => refuse(reason::NOT_ALLOWED),
        _ => usual(b, from, input, out),
    }
}

/// Whether the partition was written to or led to before.
fn known(b: &Bugged, request: &SendRequest) -> bool {
    let begun = group_of(&request.message).map(|group| b.begun(group)).unwrap_or_default();
    begun.contains(&request.partition_key) || b.sent().any(|r| r.partition_key == request.partition_key)
}

fn unknown_refused(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if r.commit_data.is_none() && !known(b, r) => refuse(reason::UNKNOWN_PARTITION),
        _ => usual(b, from, input, out),
    }
}

fn unknown_commit_refused(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if r.commit_data.is_some() && !known(b, r) => refuse(reason::UNKNOWN_PARTITION),
        _ => usual(b, from, input, out),
    }
}

fn reuse_refused(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    if let Input::Send(r) = &input
        && let (Some(data), Some(group)) = (&r.commit_data, group_of(&r.message))
        && b.begun(group).contains(&data.next_partition_key)
    {
        return refuse(reason::UNKNOWN_PARTITION);
    }
    usual(b, from, input, out)
}

fn known_providers(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(_) if from.0 != b"a.example" && from.0 != b"b.example" => refuse(reason::NOT_ALLOWED),
        _ => usual(b, from, input, out),
    }
}

fn no_public(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if matches!(r.message.head(), Head::Public { .. }) => refuse(reason::NOT_A_GROUP_MESSAGE),
        _ => usual(b, from, input, out),
    }
}

fn drops_proposals(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if content(&r.message) == Some(ContentType::Proposal) => done(out),
        _ => usual(b, from, input, out),
    }
}

fn unknown_group(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let send = matches!(input, Input::Send(_));
    match usual(b, from, input, out) {
        Err(refused) if send && refused.reason == reason::UNKNOWN_GROUP => done(out),
        other => other,
    }
}

fn lossy(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let send = matches!(input, Input::Send(_));
    if send && std::mem::take(&mut b.spoilt) {
        return done(out);
    }
    let step = usual(b, from, input, out);
    b.spoilt |= send && step.is_err();
    step
}

fn refusal_sequences(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let step = usual(b, from, input.clone(), out);
    if let (Err(_), Input::Send(mut request)) = (&step, input)
        && let Some(data) = &mut request.commit_data
    {
        (data.group_info, data.welcome_data) = (None, None);
        // Whether that is refused, too, makes no difference to who asked.
        let _ = usual(b, from, Input::Send(request), &mut vec![]);
    }
    step
}

fn tree_not_needed(b: &mut Bugged, from: &ServiceProviderId, mut input: Input, out: &mut Effects) -> Done {
    let data = match &mut input {
        Input::Send(r) => r.commit_data.as_mut(),
        Input::ExternalJoin(r) => Some(&mut r.commit_data),
        _ => None,
    };
    let treeless = |i: &mut MlsMessage| matches!(i.head(), Head::GroupInfo { ratchet_tree: None, .. });
    if let Some(data) = data {
        data.group_info.take_if(treeless);
    }
    usual(b, from, input, out)
}

fn info_required(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if r.commit_data.as_ref().is_some_and(|d| d.group_info.is_none()) => {
            refuse(reason::NO_GROUP_INFO)
        }
        _ => usual(b, from, input, out),
    }
}

/// Whether the partition has a commit.
fn committed(b: &Bugged, request: &SendRequest) -> bool {
    b.sent().any(|r| r.partition_key == request.partition_key && r.commit_data.is_some())
}

fn closes(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if r.commit_data.is_none() && committed(b, r) => refuse(reason::BRANCH_TERMINATED),
        _ => usual(b, from, input, out),
    }
}

fn one_commit(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if r.commit_data.is_some() && committed(b, r) => refuse(reason::BRANCH_TERMINATED),
        _ => usual(b, from, input, out),
    }
}

/// GroupInfos that came, in order.
fn infos(b: &Bugged) -> Vec<MlsMessage> {
    let info = |(_, input): &(_, Input)| match input {
        Input::CreateGroup(new) => new.group_info.clone(),
        Input::Send(r) => r.commit_data.as_ref().and_then(|data| data.group_info.clone()),
        _ => None,
    };
    b.past.iter().filter_map(info).collect()
}

fn give(out: &mut Effects, info: Option<MlsMessage>) -> Option<()> {
    let response = GroupInfoResponse { group_info: info?, ratchet_tree: None };
    out.push(Effect::Respond(Response::GroupInfo(response)));
    Some(())
}

fn stale_info(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let asked = matches!(&input, Input::GroupInfo(r) if !b.begun(&r.group_id).is_empty());
    if asked && give(out, infos(b).into_iter().next()).is_some() {
        return Ok(());
    }
    usual(b, from, input, out)
}

fn any_info(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let unknown = matches!(&input, Input::GroupInfo(r) if b.begun(&r.group_id).is_empty());
    if unknown && give(out, infos(b).pop()).is_some() {
        return Ok(());
    }
    usual(b, from, input, out)
}

fn invented_info(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let asked = matches!(input, Input::GroupInfo(_));
    match usual(b, from, input, out) {
        Err(refused) if asked && refused.reason == reason::NO_GROUP_INFO => {
            let invented = mimicheck::vector::forge::traffic::group_info(1, b"", 0, None);
            give(out, MlsMessage::decode(&invented).ok()).ok_or(refused)
        }
        other => other,
    }
}

/// Sequences an external commit to a partition of the bug's choice.
fn joins(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects, which: Which) -> Done {
    let Input::ExternalJoin(join) = &input else { return usual(b, from, input, out) };
    let Some(partition_key) = group_of(&join.message).and_then(|group| which(b, group)) else {
        return usual(b, from, input, out);
    };
    let (message, commit_data) = (join.message.clone(), Some(join.commit_data.clone()));
    usual(b, from, Input::Send(SendRequest { message, partition_key, commit_data }), out)
}

type Which = fn(&Bugged, &[u8]) -> Option<mimicheck::protocol::PartitionKey>;

fn joins_first(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    joins(b, from, input, out, |b, group| b.begun(group).first().copied())
}

fn joins_latest(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    joins(b, from, input, out, |b, _| b.sent().next_back().map(|r| r.partition_key))
}

fn ended_takes(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Terminate { .. } => done(out),
        _ => usual(b, from, input, out),
    }
}

fn ended_takes_commits(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let commit = matches!(&input, Input::Send(r) if r.commit_data.is_some());
    match usual(b, from, input, out) {
        Err(refused) if commit && refused.reason == reason::BRANCH_TERMINATED => done(out),
        other => other,
    }
}

fn ends_everything(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let ended = b.past.iter().any(|(_, past)| matches!(past, Input::Terminate { .. }));
    match &input {
        Input::Send(_) if ended => refuse(reason::BRANCH_TERMINATED),
        _ => usual(b, from, input, out),
    }
}

fn revives(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let ended = b.past.iter().position(|(_, past)| matches!(past, Input::Terminate { .. }));
    let again = ended.and_then(|place| b.past.get(place..)).unwrap_or_default();
    let again = again.iter().any(|(_, past)| matches!(past, Input::Send(r) if r.commit_data.is_some()));
    match usual(b, from, input, out) {
        Err(refused) if again && refused.reason == reason::BRANCH_TERMINATED => done(out),
        other => other,
    }
}

fn created_again(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let create = matches!(input, Input::CreateGroup(_));
    match usual(b, from, input, out) {
        Err(refused) if create && refused.reason == reason::GROUP_EXISTS => done(out),
        other => other,
    }
}

fn latest_only(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    if let Input::Send(r) = &input
        && matches!(r.message.head(), Head::Public { content: ContentType::Proposal, .. })
        && group_of(&r.message).is_some_and(|group| b.begun(group).last() != Some(&r.partition_key))
    {
        return refuse(mimicheck::reason::mls::WRONG_EPOCH);
    }
    usual(b, from, input, out)
}

fn out_of_sight(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Send(r) if matches!(r.message.head(), Head::Public { .. }) && !known(b, r) => {
            refuse(reason::UNKNOWN_PARTITION)
        }
        _ => usual(b, from, input, out),
    }
}

fn not_inferred(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let treeless = |i: &MlsMessage| matches!(i.head(), Head::GroupInfo { ratchet_tree: None, .. });
    match &input {
        Input::Send(r) if r.commit_data.as_ref().and_then(|d| d.group_info.as_ref()).is_some_and(treeless) => {
            refuse(reason::TREE_NEEDED)
        }
        _ => usual(b, from, input, out),
    }
}
