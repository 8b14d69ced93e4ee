use super::bugged::{Bugged, Done, done, refuse, usual};
use crate::faulty::bug::{Fault, Row};
use mimicheck::delivery::{Effect, Effects, Finding, Input, PictureOfForks, Response, Settings, Termination};
use mimicheck::protocol::{ForkReport, PartitionKey, SendRequest, ServiceProviderId};
use mimicheck::reason::delivery as reason;

const COUNTS: &str = "majorities counted over another set than the one that decides";
const GRAPH: &str = "graphs that keep one parent or one child of a node";
const REPLAY: &str = "votes that are counted as often as they are sent";
const STRICT: &str = "endpoints that refuse what they can not use";

pub(in crate::faulty) const BUGS: &[Row] = &[
    ("hub-forks-of-losers", "calls every pair of commits of one partition a fork", GRAPH, Fault::Hub(losers)),
    ("hub-forks-forgets-edges", "keeps the first commit of a partition only", GRAPH, Fault::Hub(forgets_edges)),
    ("hub-forks-forgets-nested", "sees one fork of a group", GRAPH, Fault::Hub(one_fork)),
    ("hub-forks-two-ways-only", "sees two branches of a fork", GRAPH, Fault::Hub(two_ways)),
    ("hub-forks-turned-edges", "turns edges round", GRAPH, Fault::Hub(turned)),
    ("hub-forks-silence-not-seen", "measures no silence", "timers that nobody reads", Fault::Hub(never_idle)),
    (
        "hub-forks-says-ended-lives",
        "shows ended partitions as live",
        "soft deletes that a list forgets",
        Fault::Hub(lives),
    ),
    ("hub-forks-tie-decides", "takes half for a majority", "comparisons with >= for >", Fault::Hub(tie)),
    ("hub-forks-undecided-is-open", "says open where it can not be decided", COUNTS, Fault::Hub(always_open)),
    (
        "hub-forks-ends-the-majority",
        "takes the messages of the minority for those of the majority",
        COUNTS,
        Fault::Hub(ends_majority),
    ),
    (
        "hub-forks-ends-all",
        "ends the partition before the fork, too",
        "cascades that run upwards",
        Fault::Hub(ends_parent),
    ),
    (
        "hub-forks-waits-for-nothing",
        "ends a branch at once",
        "hysteresis that was not wired up",
        Fault::HubSettings(at_once),
    ),
    ("hub-forks-report-for-ever", "never lets a report lapse", "caches without expiry", Fault::HubSettings(for_ever)),
    (
        "hub-forks-rule-always",
        "ends by rule where the operator decides",
        "defaults that are too strong",
        Fault::HubSettings(by_rule),
    ),
    (
        "hub-forks-never-by-rule",
        "has no rule",
        "settings that are parsed and not used",
        Fault::HubSettings(by_operator),
    ),
    (
        "hub-forks-operator-of-never",
        "obeys its operator where nothing may be ended",
        "checks that sit in the user interface",
        Fault::HubTakes("hub/terminate", reason::NOT_ALLOWED),
    ),
    (
        "hub-report-of-unknown-refused",
        "refuses a report of a key that it has not seen",
        STRICT,
        Fault::Hub(unknown_refused),
    ),
    (
        "hub-report-of-unknown-counts",
        "begins a partition for each key that is reported",
        REPLAY,
        Fault::Hub(unknown_counts),
    ),
    ("hub-report-first-stands", "keeps the first report of a provider", REPLAY, Fault::Hub(first_stands)),
    ("hub-report-tag-ignored", "does not compare tags", "comparisons of one field of two", Fault::Hub(tag_ignored)),
    (
        "hub-report-epoch-ignored",
        "does not compare epochs",
        "comparisons of one field of two",
        Fault::Hub(epoch_ignored),
    ),
    (
        "hub-report-voice-an-epoch",
        "counts a provider once for each epoch that it reports",
        REPLAY,
        Fault::Hub(voice_an_epoch),
    ),
    ("hub-report-of-anybody", "counts every report for the provider of the first one", REPLAY, Fault::Hub(one_voice)),
];

fn shown(out: &mut Effects) -> Option<&mut PictureOfForks> {
    out.iter_mut().find_map(|effect| match effect {
        Effect::Respond(Response::Forks(_, picture)) => Some(picture),
        _ => None,
    })
}

/// What is shown is changed so.
fn show(
    b: &mut Bugged,
    from: &ServiceProviderId,
    input: Input,
    out: &mut Effects,
    change: fn(&mut PictureOfForks),
) -> Done {
    usual(b, from, input, out)?;
    shown(out).into_iter().for_each(change);
    Ok(())
}

fn losers(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    show(b, from, input, out, |picture| {
        for at in picture.partitions.iter().map(|p| p.key) {
            let branches: Vec<_> = picture.edges.iter().filter(|(a, _)| *a == at).map(|(_, to)| *to).collect();
            if branches.len() > 1 && !picture.forks.iter().any(|fork| fork.at == at) {
                picture.forks.push(mimicheck::delivery::PictureOfFork { at, branches, finding: Finding::Open });
            }
        }
    })
}

fn forgets_edges(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    show(b, from, input, out, |picture| picture.edges.dedup_by_key(|(from, _)| *from))
}

fn one_fork(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    show(b, from, input, out, |picture| picture.forks.truncate(1))
}

fn two_ways(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    show(b, from, input, out, |picture| picture.forks.iter_mut().for_each(|fork| fork.branches.truncate(2)))
}

fn turned(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    show(b, from, input, out, |picture| picture.edges.iter_mut().for_each(|(a, b)| std::mem::swap(a, b)))
}

fn never_idle(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    show(b, from, input, out, |picture| picture.partitions.iter_mut().for_each(|p| p.idle = p.idle.and(Some(0))))
}

fn lives(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    show(b, from, input, out, |picture| picture.partitions.iter_mut().for_each(|p| p.live = true))
}

fn tie(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    show(b, from, input, out, |picture| {
        let reported = |key: &PartitionKey| picture.partitions.iter().any(|p| p.key == *key && !p.reports.is_empty());
        for fork in &mut picture.forks {
            if let (Finding::Open, Some(key)) = (fork.finding, fork.branches.iter().find(|key| reported(key))) {
                fork.finding = Finding::Majority(*key);
            }
        }
    })
}

fn always_open(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    show(b, from, input, out, |picture| {
        let undecidable = picture.forks.iter_mut().filter(|fork| fork.finding == Finding::Undecidable);
        undecidable.for_each(|fork| fork.finding = Finding::Open);
    })
}

/// Partitions that the rule ended.
fn ended(out: &Effects) -> Vec<(Vec<u8>, PartitionKey)> {
    let of = |effect: &Effect| match effect {
        Effect::Terminated { group_id, partition } => Some((group_id.clone(), *partition)),
        _ => None,
    };
    out.iter().filter_map(of).collect()
}

fn end(b: &mut Bugged, group_id: Vec<u8>, partition_key: PartitionKey) {
    let own = b.settings.provider.clone();
    // Nothing is left to end where the settings forbid it.
    let _ = usual(b, &own, Input::Terminate { group_id, partition_key }, &mut vec![]);
}

fn ends_majority(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let reported = if let Input::Report { report, .. } = &input { Some(report.partition_key) } else { None };
    usual(b, from, input, out)?;
    if let (Some(key), Some((group_id, _))) = (reported, ended(out).pop()) {
        end(b, group_id, key);
    }
    Ok(())
}

fn ends_parent(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    usual(b, from, input, out)?;
    for (group_id, _) in ended(out) {
        let first = b.begun(&group_id).first().copied();
        first.into_iter().for_each(|key| end(b, group_id.clone(), key));
    }
    Ok(())
}

fn at_once(settings: &mut Settings) {
    if let Termination::Minority { after, .. } = &mut settings.termination {
        *after = 0;
    }
}

fn for_ever(settings: &mut Settings) {
    if let Termination::Minority { lapse, .. } = &mut settings.termination {
        *lapse = u64::MAX;
    }
}

fn by_rule(settings: &mut Settings) {
    if settings.termination == Termination::Operator {
        settings.termination = Termination::Minority { after: 0, lapse: u64::MAX };
    }
}

fn by_operator(settings: &mut Settings) {
    if let Termination::Minority { .. } = settings.termination {
        settings.termination = Termination::Operator;
    }
}

fn known(b: &Bugged, group_id: &[u8], key: PartitionKey) -> bool {
    b.begun(group_id).contains(&key)
}

fn unknown_refused(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Report { group_id, report } if !known(b, group_id, report.partition_key) => {
            refuse(reason::UNKNOWN_PARTITION)
        }
        _ => usual(b, from, input, out),
    }
}

/// As if somebody had sent something there: it takes the latest message for it.
fn unknown_counts(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    if let Input::Report { group_id, report } = &input {
        let sent = b.sent().find(|request| request.commit_data.is_some()).cloned();
        if let (false, Some(sent)) = (known(b, group_id, report.partition_key), sent) {
            let request = SendRequest { partition_key: report.partition_key, ..sent };
            usual(b, from, Input::Send(request), &mut vec![])?;
        }
    }
    usual(b, from, input, out)
}

fn first_stands(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let same = |report: &ForkReport| {
        b.past.iter().any(|(by, past)| {
            by == from && matches!(past, Input::Report { report: r, .. } if r.partition_key == report.partition_key)
        })
    };
    match &input {
        Input::Report { report, .. } if same(report) => done(out),
        _ => usual(b, from, input, out),
    }
}

fn bent(
    b: &mut Bugged,
    from: &ServiceProviderId,
    mut input: Input,
    out: &mut Effects,
    bend: fn(&mut ForkReport),
) -> Done {
    if let Input::Report { report, .. } = &mut input {
        bend(report);
    }
    usual(b, from, input, out)
}

fn tag_ignored(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    bent(b, from, input, out, |report| report.tag = [0; 32])
}

fn epoch_ignored(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    bent(b, from, input, out, |report| report.epoch = 0)
}

fn voice_an_epoch(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    match &input {
        Input::Report { report, .. } => {
            let place = report.tag.first().copied().unwrap_or_default();
            let voice = [&from.0[..], &[b'0' | (place & 7)]].concat();
            usual(b, &ServiceProviderId(voice), input, out)
        }
        _ => usual(b, from, input, out),
    }
}

fn one_voice(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let first = b.past.iter().find(|(_, past)| matches!(past, Input::Report { .. })).map(|(by, _)| by.clone());
    match &input {
        Input::Report { .. } => usual(b, &first.unwrap_or_else(|| from.clone()), input, out),
        _ => usual(b, from, input, out),
    }
}
