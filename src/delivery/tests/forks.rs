//! Random histories: whatever is sent, asked and reported, the branch of a majority is not ended, and an error changes
//! nothing.

use super::forge::{GROUP, hub, key, provider as named, settings};
use crate::delivery::{Blind, Effect, Finding, Hub, Input, PictureOfForks, Response, Settings, Termination};
use crate::entropy::{Seed, Time};
use crate::protocol::{ForkReport, PartitionKey, ReceiveRequest, ServiceProviderId};
use std::collections::{BTreeMap, BTreeSet};

fn picture(hub: &mut Blind) -> PictureOfForks {
    let mut out = vec![];
    hub.step(Time::default(), &settings().provider, Input::Forks { group_id: GROUP.to_vec() }, &mut out).unwrap();
    match out.pop() {
        Some(Effect::Respond(Response::Forks(_, picture))) => picture,
        other => panic!("{other:?}"),
    }
}

fn provider(n: u64) -> ServiceProviderId {
    named(&format!("{n}.example"))
}

/// Once more, and slowly: what can be reached.
fn behind(picture: &PictureOfForks, root: PartitionKey) -> BTreeSet<PartitionKey> {
    let mut found = BTreeSet::from([root]);
    loop {
        let more: BTreeSet<_> =
            picture.edges.iter().filter(|(from, _)| found.contains(from)).map(|(_, to)| *to).collect();
        if more.is_subset(&found) {
            return found;
        }
        found.extend(more);
    }
}

#[test]
fn nobody_who_speaks_is_ended_and_errors_change_nothing() {
    let (mut ended, mut undecidable, mut refusals) = (0, 0, 0);
    for run in 0..800 {
        let mut chance = Seed::new(&format!("forks {run}")).stream("history");
        let lapse = [3, 8, u64::MAX][chance.below(3) as usize];
        let rule = Termination::Minority { after: chance.below(3), lapse };
        let mut hub = hub(Settings { termination: rule, ..settings() });
        let mut voices = BTreeSet::new();
        for _ in 0..40 {
            let from = provider(chance.below(4));
            // Half of the runs are wild; in the others two commits split the group, and most reports are of one branch.
            let (n, m) = match (run % 2, chance.below(8)) {
                (0, _) => (chance.below(6) as u8, chance.below(6) as u8),
                (_, 0) => (2, 3),
                _ => (0, 1 + chance.below(2) as u8),
            };
            let input = match chance.below(6) {
                0 => Input::Send(super::forge::commit(0, n, m)),
                1 => Input::Send(super::forge::application(n, "text")),
                2 | 3 => {
                    let n = if run % 2 == 1 { m } else { n };
                    let request = ReceiveRequest { partition_key: key(n), counter: 0 };
                    Input::Receive { group_id: GROUP.to_vec(), request }
                }
                _ => {
                    let n = if run % 2 == 1 && n != 2 { 1 } else { n };
                    let tag = [if chance.below(12) == 0 { 99 } else { n }; 32];
                    let report = ForkReport { partition_key: key(n), epoch: 0, tag };
                    Input::Report { group_id: GROUP.to_vec(), report }
                }
            };
            let (before, pictured, mut out) = (hub.clone(), picture(&mut hub), vec![]);
            if hub.step(Time::default(), &from, input, &mut out).is_err() {
                refusals += 1;
                assert_eq!((&hub, out.len()), (&before, 0));
                continue;
            }
            let after = picture(&mut hub);
            voices.extend(after.partitions.iter().flat_map(|p| p.voices.clone()));
            let gone = out.iter().filter_map(|e| match e {
                Effect::Terminated { partition, .. } => Some(*partition),
                _ => None,
            });
            let gone: BTreeSet<_> = gone.collect();
            ended += gone.len();
            undecidable += after.forks.iter().filter(|f| f.finding == Finding::Undecidable).count();
            // Whoever claims a partition that stood before this request is not in one that was ended.
            for p in after.partitions.iter().filter(|p| gone.contains(&p.key)) {
                assert!(p.reports.is_empty(), "run {run}: {p:?}");
            }
            if gone.is_empty() {
                continue;
            }
            // Some branch that lives is claimed by more than half of all providers, and by two.
            let claims: BTreeMap<_, BTreeSet<_>> =
                after.partitions.iter().map(|p| (p.key, p.reports.iter().map(|r| r.0.clone()).collect())).collect();
            let by = |root: PartitionKey| -> BTreeSet<ServiceProviderId> {
                behind(&after, root).iter().flat_map(|key| claims[key].clone()).collect()
            };
            let majority = after.edges.iter().map(|(_, to)| *to).any(|to| {
                let lives = after.partitions.iter().any(|p| p.key == to && p.live);
                lives && by(to).len() > 1 && by(to).len() * 2 > voices.len() && behind(&after, to).is_disjoint(&gone)
            });
            assert!(majority, "run {run}: {gone:?} of {pictured:?}");
        }
    }
    // It was not for nothing.
    assert!(ended > 50 && undecidable > 50 && refusals > 50, "{ended} {undecidable} {refusals}");
}
