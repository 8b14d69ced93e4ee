use super::bugged::{Bugged, Done, content, group_of, received, refuse, usual};
use crate::faulty::bug::{Fault, Row};
use mimicheck::delivery::{Effects, Input};
use mimicheck::protocol::{
    ContentType, Delivered, MaskedPartitionKey, PartitionKey, ReceiveRequest, ServiceProviderId,
};
use mimicheck::reason::delivery as reason;
use sha2::{Digest, Sha256};

const OFF: &str = "off-by-one errors where one side counts from 0 and the other from 1";
const MIXED: &str = "lookups by half of a key, which mix the data of two tenants";
const SORTED: &str = "queues that were kept in a map, and lost their order";

pub(in crate::faulty) const BUGS: &[Row] = &[
    ("hub-counter-off-by-one", "skips one message more than the user has", OFF, Fault::Hub(counter_up)),
    ("hub-counter-from-one", "skips one message less than the user has", OFF, Fault::Hub(counter_down)),
    (
        "hub-counter-ignored",
        "gives the whole partition each time",
        "parameters that are parsed and not used",
        Fault::Hub(counter_ignored),
    ),
    (
        "hub-counter-at-end-refused",
        "refuses a user who has everything",
        "range checks that forget the empty range",
        Fault::Hub(at_end_refused),
    ),
    (
        "hub-counter-beyond-end-refused",
        "refuses a counter beyond the end",
        "range checks that answer with an error",
        Fault::Hub(beyond_refused),
    ),
    (
        "hub-counter-wraps",
        "takes the counter modulo the number of messages",
        "ring buffers that wrap a reader's position",
        Fault::Hub(wraps),
    ),
    (
        "hub-counter-of-provider",
        "gives each provider each message once, whatever it asks",
        "cursors that are kept by the server",
        Fault::Hub(of_provider),
    ),
    ("hub-leaks-partitions", "gives messages of other partitions of the group", MIXED, Fault::Hub(leaks_partitions)),
    ("hub-leaks-after-commit", "gives the partition that a commit led to with it", MIXED, Fault::Hub(leaks_next)),
    ("hub-leaks-groups", "finds a partition by its key alone, whatever the group", MIXED, Fault::Hub(leaks_groups)),
    (
        "hub-unknown-key-not-read",
        "refuses to read a partition that it has not seen",
        "lookups whose absence is an error",
        Fault::Hub(unknown_not_read),
    ),
    ("hub-newest-first", "gives the newest message first", SORTED, Fault::Hub(newest_first)),
    ("hub-order-of-octets", "gives messages in the order of their octets", SORTED, Fault::Hub(order_of_octets)),
    ("hub-order-of-senders", "gives messages grouped by who sent them", SORTED, Fault::Hub(order_of_senders)),
    (
        "hub-page-of-sixteen",
        "gives sixteen messages at most, and says nothing of more",
        "pages without a mark that there are more",
        Fault::Hub(page),
    ),
    (
        "hub-key-not-masked",
        "gives the next partition key as it is",
        "secrets logged or sent where their hash was meant",
        Fault::Hub(not_masked),
    ),
    (
        "hub-masks-with-sha256",
        "masks with SHA-256 in every cipher suite",
        "a hash function that is hard-wired",
        Fault::Hub(masks_sha256),
    ),
    (
        "hub-takes-masked-keys",
        "finds a partition by the first octets of its masked key, too",
        "lookups by a prefix of a hash",
        Fault::Hub(masked_head),
    ),
    (
        "hub-commits-first",
        "gives the commits of a partition before its proposals",
        "queues by priority",
        Fault::Hub(commits_first),
    ),
    (
        "hub-drops-group-info",
        "does not give the GroupInfo with a commit",
        "optional fields that are lost on the way",
        Fault::Hub(drops_info),
    ),
    (
        "hub-one-commit-an-epoch",
        "gives the first commit of a partition only",
        "servers that decide who won a race",
        Fault::Hub(one_commit),
    ),
    (
        "hub-last-commit-wins",
        "gives the last commit of a partition only",
        "servers that decide who won a race",
        Fault::Hub(last_commit),
    ),
    (
        "hub-ended-cannot-be-read",
        "refuses to read a branch that was ended",
        "blocks that block too much",
        Fault::Hub(ended_not_read),
    ),
];

fn with_counter(
    b: &mut Bugged,
    from: &ServiceProviderId,
    input: Input,
    out: &mut Effects,
    change: impl Fn(u32) -> u32,
) -> Done {
    let input = match input {
        Input::Receive { group_id, request } => {
            Input::Receive { group_id, request: ReceiveRequest { counter: change(request.counter), ..request } }
        }
        other => other,
    };
    usual(b, from, input, out)
}

fn counter_up(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    with_counter(b, from, input, out, |n| n.saturating_add(1))
}

fn counter_down(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    with_counter(b, from, input, out, |n| n.saturating_sub(1))
}

fn counter_ignored(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    with_counter(b, from, input, out, |_| 0)
}

fn wraps(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let count = count(b, &input).unwrap_or(0);
    with_counter(b, from, input, out, |n| n.checked_rem(count.saturating_add(1)).unwrap_or(n))
}

/// How many messages the partition that is asked for holds.
fn count(b: &mut Bugged, input: &Input) -> Option<u32> {
    let Input::Receive { group_id, request } = input else { return None };
    u32::try_from(b.messages(group_id, request.partition_key).len()).ok()
}

fn at_end_refused(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let count = count(b, &input);
    match &input {
        Input::Receive { request, .. } if request.counter > 0 && Some(request.counter) == count => {
            refuse(reason::NO_STATE)
        }
        _ => usual(b, from, input, out),
    }
}

fn beyond_refused(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let count = count(b, &input);
    match &input {
        Input::Receive { request, .. } if Some(request.counter) > count => refuse(reason::NO_STATE),
        _ => usual(b, from, input, out),
    }
}

fn of_provider(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let before = b.past.iter().any(|(who, past)| who == from && *past == input);
    usual(b, from, input, out)?;
    if before {
        out.iter_mut().filter_map(received).for_each(|r| r.epoch.messages.clear());
    }
    Ok(())
}

/// What is received, when it is.
fn changing(
    b: &mut Bugged,
    from: &ServiceProviderId,
    input: Input,
    out: &mut Effects,
    change: impl FnOnce(&mut Bugged, &[u8], &ReceiveRequest, &mut Vec<Delivered>),
) -> Done {
    usual(b, from, input.clone(), out)?;
    if let (Some(response), Input::Receive { group_id, request }) = (out.iter_mut().find_map(received), &input) {
        change(b, group_id, request, &mut response.epoch.messages);
    }
    Ok(())
}

fn leaks_partitions(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |b, group_id, request, messages| {
        let mut keys: Vec<PartitionKey> = b.sent().map(|r| r.partition_key).collect();
        keys.sort();
        keys.dedup();
        for key in keys.into_iter().filter(|key| *key != request.partition_key) {
            messages.extend(b.messages(group_id, key));
        }
    })
}

fn leaks_next(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |b, group_id, request, messages| {
        let here = b.sent().filter(|r| r.partition_key == request.partition_key);
        let next = here.filter_map(|r| r.commit_data.as_ref()).map(|data| data.next_partition_key).next_back();
        if let Some(next) = next.filter(|next| *next != request.partition_key) {
            messages.extend(b.messages(group_id, next));
        }
    })
}

fn leaks_groups(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |b, group_id, request, messages| {
        for other in b.groups().into_iter().filter(|other| other != group_id) {
            messages.extend(b.messages(&other, request.partition_key));
        }
    })
}

fn unknown_not_read(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    if let Input::Receive { group_id, request } = &input {
        let named = b.sent().any(|r| r.partition_key == request.partition_key);
        if !named && !b.begun(group_id).contains(&request.partition_key) {
            return refuse(reason::UNKNOWN_PARTITION);
        }
    }
    usual(b, from, input, out)
}

fn newest_first(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |_, _, _, messages| messages.reverse())
}

fn order_of_octets(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |_, _, _, messages| {
        messages.sort_by(|x, y| x.message.octets().cmp(y.message.octets()))
    })
}

fn order_of_senders(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |b, _, _, messages| {
        let who = |m: &Delivered| {
            let sent = |(_, input): &&(_, Input)| matches!(input, Input::Send(r) if r.message == m.message);
            b.past.iter().find(sent).map(|(who, _)| who.clone())
        };
        messages.sort_by_key(who);
    })
}

fn page(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |_, _, _, messages| messages.truncate(16))
}

fn remask(b: &Bugged, group_id: &[u8], messages: &mut [Delivered], other: impl Fn(&PartitionKey) -> Vec<u8>) {
    for (message, commit) in messages.iter_mut().map(|m| (&m.message, &mut m.commit)) {
        let sent = b.sent().find(|r| r.message == *message && group_of(&r.message) == Some(group_id));
        if let (Some((masked, _)), Some(data)) = (commit, sent.and_then(|r| r.commit_data.as_ref())) {
            *masked = MaskedPartitionKey(other(&data.next_partition_key));
        }
    }
}

fn not_masked(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |b, group_id, _, messages| remask(b, group_id, messages, |key| key.0.to_vec()))
}

fn masks_sha256(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |b, group_id, _, messages| {
        remask(b, group_id, messages, |key| Sha256::digest(key.0).to_vec());
    })
}

fn masked_head(b: &mut Bugged, from: &ServiceProviderId, mut input: Input, out: &mut Effects) -> Done {
    if let Input::Receive { group_id, request } = &mut input {
        let named = |key: &&PartitionKey| Sha256::digest(key.0).starts_with(&request.partition_key.0);
        request.partition_key = b.begun(group_id).iter().find(named).copied().unwrap_or(request.partition_key);
    }
    usual(b, from, input, out)
}

fn commits_first(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |_, _, _, messages| {
        let after = |m: &Delivered| content(&m.message) == Some(ContentType::Proposal);
        let moved: Vec<_> = messages.iter().filter(|m| after(m)).cloned().collect();
        let last = messages.iter().rposition(|m| m.commit.is_some());
        if let Some(last) = last {
            let (mut head, tail) = (messages.clone(), messages.split_off(last + 1));
            head.truncate(last + 1);
            head.retain(|m| !after(m));
            let late: Vec<_> = tail.iter().filter(|m| !after(m)).cloned().collect();
            *messages = [head, moved, late].concat();
        }
    })
}

fn drops_info(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |_, _, _, messages| {
        messages.iter_mut().filter_map(|m| m.commit.as_mut()).for_each(|(_, info)| *info = None);
    })
}

fn one_commit(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |_, _, _, messages| {
        let mut commits = 0;
        messages.retain(|m| {
            commits += usize::from(m.commit.is_some());
            m.commit.is_none() || commits == 1
        });
    })
}

fn last_commit(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    changing(b, from, input, out, |_, _, _, messages| {
        let mut left = messages.iter().filter(|m| m.commit.is_some()).count();
        messages.retain(|m| {
            left = left.saturating_sub(usize::from(m.commit.is_some()));
            m.commit.is_none() || left == 0
        });
    })
}

fn ended_not_read(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let ended = |(_, past): &(_, Input)| match (past, &input) {
        (Input::Terminate { group_id: ended, partition_key }, Input::Receive { group_id, request }) => {
            ended == group_id && *partition_key == request.partition_key
        }
        _ => false,
    };
    if b.past.iter().any(ended) {
        return refuse(reason::BRANCH_TERMINATED);
    }
    usual(b, from, input, out)
}
