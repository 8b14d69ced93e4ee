//! States that differ in the numbers of members alone. Members are alike but for three: the second makes what is wrong, the
//! last can not open a spoiled path, and some do not know the ban that a commit against policy breaks. The latter two matter
//! while such a commit is there, or may still be made. So once no fault is left, members whom no such commit tells apart
//! may change places, and what may happen from there is the same. Where the hub's rule counts providers, they have one provider.

use super::state::{Kind, Node, State, bit};
use super::world::ATTACKER;

/// The least of the states that are the same but for the places of members who are alike.
#[must_use]
pub fn representative(state: &State) -> State {
    let groups = alike(state);
    let mut least = state.clone();
    for places in permutations(state.clients.len(), &groups) {
        let other = placed(state, &places);
        if other < least {
            least = other;
        }
    }
    least
}

/// Whether a member is the victim of a spoiled path, whether it does not know a ban that was broken, and its provider where that
/// matters.
type Group = Option<(bool, bool, u8)>;

/// For each member what tells it from others; `None` for one who is like nobody.
fn alike(state: &State) -> Vec<Group> {
    let count = u8::try_from(state.clients.len()).unwrap_or(u8::MAX);
    let spoiled = state.nodes.iter().any(|node| node.kind == Kind::Fragmented);
    let broken = state.policy_broken();
    let voices = u8::try_from(state.claims.len()).unwrap_or(u8::MAX);
    let group = |who: u8| {
        let victim = spoiled && who.saturating_add(1) == count;
        let voice = who.checked_rem(voices).unwrap_or(0);
        (who != ATTACKER && state.faults == 0).then_some((victim, broken && state.lax & bit(who) != 0, voice))
    };
    (0..count).map(group).collect()
}

/// All ways to place members where others of their group are: by old place, the new one.
fn permutations(count: usize, groups: &[Group]) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = vec![vec![]];
    for own in groups.iter().take(count) {
        let fits = |place: usize| groups.get(place).is_some_and(|group| group == own && own.is_some());
        let mut longer = vec![];
        for taken in all {
            let here = taken.len();
            for (place, to) in (0..count).zip(0_u8..).filter(|(place, _)| *place == here || fits(*place)) {
                // Who is like nobody stays.
                if !taken.contains(&to) && (own.is_some() || place == here) {
                    longer.push([taken.as_slice(), &[to]].concat());
                }
            }
        }
        all = longer;
    }
    all
}

/// The state with members in these places.
fn placed(state: &State, places: &[u8]) -> State {
    let to = |who: u8| places.get(usize::from(who)).copied().unwrap_or(who);
    let bits = |mask: u8| (0..8_u8).filter(|who| mask & bit(*who) != 0).fold(0, |all, who| all | bit(to(who)));
    let mut other = state.clone();
    for (who, (client, report)) in (0_u8..).zip(state.clients.iter().zip(&state.reports)) {
        let at = usize::from(to(who));
        if let (Some(there), Some(reported)) = (other.clients.get_mut(at), other.reports.get_mut(at)) {
            (*there, *reported) = (client.clone(), *report);
        }
    }
    // Nobody has made the first epoch.
    for node in other.nodes.iter_mut().skip(1) {
        let kind = if let Kind::ReAdd(who) = node.kind { Kind::ReAdd(bits(who)) } else { node.kind };
        *node = Node { parent: node.parent, sender: to(node.sender), kind };
    }
    other.readd = state.readd.map(|(by, fault)| (to(by), fault));
    other
}
