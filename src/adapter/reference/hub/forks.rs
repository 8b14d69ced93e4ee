use crate::delivery::{Effect, Finding, PictureOfForks, PictureOfPartition, Response};
use crate::protocol::{CipherSuite, PartitionKey, ServiceProviderId};
use crate::wire::hex;
use serde_json::{Value, json};

fn masked(suite: CipherSuite, key: &PartitionKey) -> String {
    hex::encode(&key.masked(suite).map(|m| m.0).unwrap_or_default())
}

fn name(provider: &ServiceProviderId) -> String {
    String::from_utf8_lossy(&provider.0).into_owned()
}

/// Partitions by their masked keys, each list in the order of those.
pub(super) fn forks(effects: &[Effect]) -> Option<Value> {
    let (suite, picture) = effects.iter().find_map(|effect| match effect {
        Effect::Respond(Response::Forks(suite, picture)) => Some((*suite, picture)),
        _ => None,
    })?;
    let PictureOfForks { partitions, edges, forks } = picture;
    let mut edges: Vec<_> = edges.iter().map(|(a, b)| (masked(suite, a), masked(suite, b))).collect();
    edges.sort();
    let edges: Vec<_> = edges.into_iter().map(|(from, to)| json!({"from": from, "to": to})).collect();
    let partitions = partitions.iter().map(|p| (masked(suite, &p.key), partition(suite, p)));
    let forks = forks.iter().map(|fork| {
        let mut branches: Vec<_> = fork.branches.iter().map(|key| masked(suite, key)).collect();
        branches.sort();
        let (finding, majority) = match fork.finding {
            Finding::Open => ("open", None),
            Finding::Undecidable => ("undecidable", None),
            Finding::Majority(key) => ("majority", Some(masked(suite, &key))),
        };
        let at = masked(suite, &fork.at);
        (at.clone(), json!({"at": at, "branches": branches, "finding": finding, "majority": majority}))
    });
    Some(json!({"partitions": sorted(partitions), "edges": edges, "forks": sorted(forks)}))
}

fn partition(suite: CipherSuite, p: &PictureOfPartition) -> Value {
    let voices: Vec<_> = p.voices.iter().map(name).collect();
    let reports = p.reports.iter();
    let reports = reports.map(|(from, c)| json!({"from": name(from), "epoch": c.epoch, "tag": hex::encode(&c.tag)}));
    json!({
        "partition": masked(suite, &p.key), "live": p.live, "voices": voices, "idle": p.idle,
        "reports": reports.collect::<Vec<_>>(),
    })
}

fn sorted(of: impl Iterator<Item = (String, Value)>) -> Value {
    let mut of: Vec<_> = of.collect();
    of.sort_by(|a, b| a.0.cmp(&b.0));
    of.into_iter().map(|(_, value)| value).collect()
}
