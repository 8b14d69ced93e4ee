use crate::fuzzing::world::Step;
use arbitrary::Unstructured;

/// Steps at most.
const MOST: usize = 32;

/// Steps out of any octets.
#[must_use]
pub fn fork_world(octets: &[u8]) -> Vec<Step> {
    let mut u = Unstructured::new(octets);
    let mut steps = vec![];
    while !u.is_empty() && steps.len() < MOST {
        let Ok(step) = u.arbitrary() else { break };
        steps.push(step);
    }
    steps
}
