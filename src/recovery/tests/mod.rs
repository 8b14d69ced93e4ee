#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod approval;
mod decide;
mod evidence;
mod plan;

use super::{Epoch, Evidence, Report};
use std::collections::BTreeSet;

const GROUP: &[u8] = b"group";

/// `n` members, by the letters a, b, c, …
fn roster(n: u8) -> BTreeSet<Vec<u8>> {
    (0..n).map(name).collect()
}

fn name(at: u8) -> Vec<u8> {
    vec![b'a' + at]
}

fn names(list: &str) -> BTreeSet<Vec<u8>> {
    list.bytes().map(|b| vec![b]).collect()
}

/// An epoch by its history: `x` began the group, `xy` is what came of it.
fn epoch(history: &str) -> Epoch {
    Epoch { number: u64::try_from(history.len()).unwrap() - 1, authenticator: history.as_bytes().to_vec() }
}

/// What a member reports that went through all of this history.
fn report(member: &str, history: &str) -> Report {
    let trail = (1..=history.len()).map(|n| epoch(&history[..n])).collect();
    Report { member: member.as_bytes().to_vec(), group_id: GROUP.to_vec(), trail }
}

fn evidence(n: u8, reports: &[(&str, &str)]) -> Evidence {
    let reports: Vec<_> = reports.iter().map(|(who, history)| report(who, history)).collect();
    Evidence::of(GROUP, &roster(n), &reports).unwrap()
}
