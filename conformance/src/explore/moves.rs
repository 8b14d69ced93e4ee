//! What becomes of a state. A member takes its partition in order, moves at the first commit that is good for it, and goes
//! on in the next partition; whatever follows in the old one is too late.

use super::action::Action;
use super::bug::Bug;
use super::property;
use super::rule::{alone, apart_from, counted, judged, known};
use super::state::{Client, Kind, Node, State, bit};
use super::world::{ATTACKER, Envelope, Explored, Policy, Reports, World};
use std::sync::atomic::Ordering;

/// How the hub shows what there is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Truly,
    FalseEnvelopes,
    Reversed,
}

impl stateright::Model for Explored {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State::first(&self.world)]
    }

    fn actions(&self, state: &State, out: &mut Vec<Action>) {
        let world = &self.world;
        for who in world.everybody() {
            commits(world, state, who, out);
            reads(state, who, out);
            let reported = state.reports.get(usize::from(who));
            if world.reports == Reports::Late && reported != Some(&state.place(who)) {
                out.push(Action::Report(who));
            }
            if may_rejoin(world, state, who) {
                out.push(Action::Rejoin(who));
            }
        }
        if state.flying.is_some() {
            out.push(Action::Arrives);
        }
        let mut end = match world.policy {
            // A person ends one branch, any in which somebody is.
            Policy::Operator if state.ended == 0 => state.clients.iter().map(|c| c.part).collect(),
            Policy::Count => counted(world, state),
            Policy::Never | Policy::Operator | Policy::Minority => vec![],
        };
        end.sort_unstable();
        end.dedup();
        out.extend(end.into_iter().map(Action::End));
        if world.waits && world.policy == Policy::Minority && judged(world, state).0 != 0 {
            out.push(Action::Judges);
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        step(&self.world, &mut state, action);
        let most = state.clients.iter().map(|c| c.silent).max().unwrap_or(0);
        self.silence.fetch_max(most, Ordering::Relaxed);
        Some(state)
    }

    fn properties(&self) -> Vec<stateright::Property<Self>> {
        property::for_checker()
    }
}

fn commits(world: &World, state: &State, who: u8, out: &mut Vec<Action>) {
    let client = state.client(who);
    if state.commits() >= usize::from(world.commits) || client.pending.is_some() {
        return;
    }
    if state.ended & bit(client.part) != 0 {
        // It is refused. Once is enough to know.
        if !client.blocked && !client.withheld && !state.unread(who) {
            out.push(Action::Commit(who, Kind::Good));
        }
        return;
    }
    out.push(Action::Commit(who, Kind::Good));
    if state.faults > 0 && state.flying.is_none() {
        out.push(Action::Slow(who));
    }
    if state.faults > 0 && who == ATTACKER {
        out.push(Action::Commit(who, Kind::Invalid));
        out.push(Action::Commit(who, Kind::Fragmented));
        if !state.policy_broken() {
            out.push(Action::Commit(who, Kind::AgainstPolicy));
        }
    }
    if who != ATTACKER && state.readd.is_none() && apart_from(world, state, who) & !bit(ATTACKER) != 0 {
        out.push(Action::ReAdd(who));
    }
}

fn reads(state: &State, who: u8, out: &mut Vec<Action>) {
    let client = state.client(who);
    if state.unread(who) {
        out.push(Action::Read(who));
        let waiting = state.part(client.part).len().saturating_sub(usize::from(client.counter));
        if state.faults > 0 && client.welcome.is_none() && waiting > 0 {
            out.push(Action::ReadFalse(who));
            if waiting > 1 {
                out.push(Action::ReadReversed(who));
            }
        }
    }
    if state.faults > 0 && who != ATTACKER && !client.withheld {
        out.push(Action::Withhold(who));
    }
}

/// It is asked, and agrees, once in a run: it knows that it is apart, and what is published is later than where it is.
fn may_rejoin(world: &World, state: &State, who: u8) -> bool {
    let client = state.client(who);
    let later = |recent: u8| recent != client.part && state.depth(recent).saturating_add(1) > state.depth(client.part);
    who != ATTACKER
        && !client.withheld
        && client.welcome.is_none()
        && state.commits() < usize::from(world.commits)
        && state.readd.is_none()
        && !state.nodes.iter().any(|node| node.kind == Kind::External)
        && known(world, state, who)
        && state.most_recent().is_some_and(later)
}

fn step(world: &World, state: &mut State, action: Action) {
    match action {
        Action::Commit(by, kind) => commit(state, by, kind),
        Action::Slow(by) => {
            let node = begin(state, by, Kind::Good);
            state.flying = Some(node);
            spend(state);
        }
        Action::Arrives => {
            let Some(node) = state.flying.take() else { return };
            let part = state.node(node).map_or(0, |n| n.parent);
            if state.ended & bit(part) == 0 {
                sequence(state, node);
            }
        }
        Action::Read(who) => read(world, state, who, Shows::Truly),
        Action::ReadFalse(who) => read(world, state, who, Shows::FalseEnvelopes),
        Action::ReadReversed(who) => read(world, state, who, Shows::Reversed),
        Action::Report(who) => report(world, state, who),
        Action::Withhold(who) => {
            spend(state);
            if let Some(client) = state.client_mut(who) {
                (client.withheld, client.touched, client.misled) = (true, true, true);
            }
        }
        Action::ReAdd(by) => {
            let who = apart_from(world, state, by) & !bit(ATTACKER);
            commit(state, by, Kind::ReAdd(who));
            state.readd = Some((by, false));
        }
        Action::Rejoin(who) => rejoin(world, state, who),
        Action::End(part) => state.ended |= bit(part),
        Action::Judges => {}
    }
    judge(world, state, !world.waits || action == Action::Judges);
}

/// The hub judges, where it has the rule for that, and ends what there is to end.
fn judge(world: &World, state: &mut State, ends: bool) {
    if world.policy != Policy::Minority {
        return;
    }
    let (end, undecided) = judged(world, state);
    state.undecided |= undecided;
    if ends {
        state.wronged |= state.reports.iter().any(|(reported, _)| bit(*reported) & end != 0);
        state.ended |= end;
    }
}

fn spend(state: &mut State) {
    state.faults = state.faults.saturating_sub(1);
    state.readd = state.readd.map(|(by, _)| (by, true));
}

/// A commit is made, and sequenced at once unless the branch is ended.
fn commit(state: &mut State, by: u8, kind: Kind) {
    if state.ended & bit(state.client(by).part) != 0 {
        if let Some(client) = state.client_mut(by) {
            client.blocked = true;
        }
        return;
    }
    let node = begin(state, by, kind);
    sequence(state, node);
    if matches!(kind, Kind::Invalid | Kind::Fragmented | Kind::AgainstPolicy) {
        spend(state);
    }
}

/// A commit is made; it moves nobody until it comes back.
fn begin(state: &mut State, by: u8, kind: Kind) -> u8 {
    let node = u8::try_from(state.nodes.len()).unwrap_or(u8::MAX);
    let parent = state.client(by).part;
    state.nodes.push(Node { parent, sender: by, kind });
    state.parts.push(vec![]);
    if let Some(client) = state.client_mut(by) {
        client.pending = Some(node);
    }
    node
}

fn sequence(state: &mut State, node: u8) {
    let Some(Node { parent, kind, .. }) = state.node(node).cloned() else { return };
    if let Some(part) = state.parts.get_mut(usize::from(parent)) {
        part.push(node);
    }
    state.order.push(node);
    if let Kind::ReAdd(who) = kind {
        // The hub sends the Welcome as soon as the commit has its place, whether anybody follows it or not.
        for (client, n) in state.clients.iter_mut().zip(0_u8..) {
            if who & bit(n) != 0 {
                client.welcome = Some(node);
                client.touched = true;
            }
        }
    }
}

/// A member is in another epoch, and asks for its partition.
fn enter(world: &World, state: &mut State, client: &mut Client, node: u8) {
    *client = Client { part: node, epoch: node, counter: 0, pending: None, welcome: None, ..client.clone() };
    if world.policy == Policy::Minority {
        state.named |= bit(node);
    }
}

/// The new member is in the next epoch at once.
fn rejoin(world: &World, state: &mut State, who: u8) {
    let Some(parent) = state.most_recent() else { return };
    let node = u8::try_from(state.nodes.len()).unwrap_or(u8::MAX);
    state.nodes.push(Node { parent, sender: who, kind: Kind::External });
    state.parts.push(vec![]);
    sequence(state, node);
    let mut client = state.client(who);
    enter(world, state, &mut client, node);
    client.touched = true;
    if let Some(old) = state.client_mut(who) {
        *old = client;
    }
    has_read(world, state, who);
}

fn has_read(world: &World, state: &mut State, who: u8) {
    if world.bug == Some(Bug::JudgesBeforeReports) {
        judge(world, state, true);
    }
    if world.reports == Reports::Prompt {
        report(world, state, who);
    }
}

fn report(world: &World, state: &mut State, who: u8) {
    let hidden = match world.bug {
        Some(Bug::NobodyIsTold) => true,
        Some(Bug::HubIsTrusted) => state.client(who).misled,
        _ => false,
    };
    if hidden {
        return;
    }
    let (here, counter) = state.place(who);
    if let Some(reported) = state.reports.get_mut(usize::from(who)) {
        *reported = (here, counter);
    }
    let provider = usize::from(world.provider(who));
    let Some(claims) = state.claims.get(provider).copied() else { return };
    let claimed = |n: &u8| claims & bit(*n) != 0;
    let later = (0_u8..8).filter(claimed).any(|n| state.within(n, here));
    let replaced = |n: &u8| state.within(here, *n) || world.bug == Some(Bug::OneReport);
    let before = (0_u8..8).filter(claimed).filter(replaced).map(bit).fold(0, |a, b| a | b);
    if let Some(claims) = state.claims.get_mut(provider).filter(|_| !later) {
        *claims = *claims & !before | bit(here);
    }
}

/// Whether a member follows a commit of somebody else.
fn follows(world: &World, client: u8, node: &Node) -> bool {
    match node.kind {
        Kind::Good | Kind::ReAdd(_) | Kind::External => true,
        Kind::Invalid => world.bug == Some(Bug::FollowsWhatItRefuses),
        Kind::Fragmented => client.saturating_add(1) != world.clients,
        Kind::AgainstPolicy => world.lax(client),
    }
}

fn read(world: &World, state: &mut State, who: u8, shows: Shows) {
    let unnoticed = alone(world, state, who) && !known(world, state, who);
    if shows != Shows::Truly {
        spend(state);
        if let Some(client) = state.client_mut(who) {
            client.misled = true;
            // A false envelope does nothing to who follows.
            client.touched |= shows == Shows::Reversed || world.envelope == Envelope::Ignore;
        }
    }
    let mut taken = 0_u8;
    let mut client = state.client(who);
    match client.welcome.take() {
        // A Welcome has no tree, and the hub gives that of the branch that was begun last.
        Some(node) if state.most_recent() == Some(node) => {
            let past = world.bug == Some(Bug::WelcomeToThePast);
            let into = if past { state.node(node).map_or(0, |n| n.parent) } else { node };
            enter(world, state, &mut client, into);
        }
        Some(_) => (client.waits, client.refused) = (true, true),
        None => taken = taken.saturating_add(take(world, state, who, &mut client, shows)),
    }
    while !world.single && usize::from(client.counter) < state.part(client.part).len() {
        taken = taken.saturating_add(take(world, state, who, &mut client, Shows::Truly));
    }
    if let Some(old) = state.client_mut(who) {
        *old = client;
    }
    if unnoticed
        && alone(world, state, who)
        && let Some(client) = state.client_mut(who)
    {
        client.silent = client.silent.saturating_add(taken);
    }
    has_read(world, state, who);
}

/// One answer of the hub about the present partition. How many messages were taken.
fn take(world: &World, state: &mut State, who: u8, client: &mut Client, shows: Shows) -> u8 {
    let part = client.part;
    let mut batch: Vec<u8> = state.part(part).iter().skip(usize::from(client.counter)).copied().collect();
    match shows {
        Shows::Reversed => batch.reverse(),
        Shows::FalseEnvelopes => {}
        Shows::Truly if world.single => batch.truncate(1),
        Shows::Truly => {}
    }
    if world.bug == Some(Bug::TakesTheLast) && who != 0 {
        let good = |n: &u8| state.node(*n).is_some_and(|node| follows(world, who, node));
        if let Some(last) = batch.iter().rposition(good) {
            batch.drain(..last);
        }
    }
    let mut taken = 0_u8;
    for message in batch {
        client.counter = client.counter.saturating_add(1);
        taken = taken.saturating_add(1);
        let Some(node) = state.node(message).cloned() else { continue };
        let own = client.pending == Some(message);
        let bad_envelope = shows == Shows::FalseEnvelopes && world.envelope == Envelope::Ignore;
        if bad_envelope || !(own || (node.sender != who && follows(world, who, &node))) {
            client.refused = true;
            client.touched |= node.kind == Kind::Fragmented;
            if own || world.bug == Some(Bug::DropsOwnOnRefusal) {
                client.pending = None;
            }
            continue;
        }
        let counter = client.counter;
        enter(world, state, client, message);
        if world.bug == Some(Bug::KeepsItsCounter) {
            client.counter = counter;
        }
        if shows == Shows::FalseEnvelopes && world.bug == Some(Bug::PollsByEnvelope) {
            // Nobody has the key that the envelope names; it is as if the member had not gone on asking.
            client.part = part;
        }
        break;
    }
    taken
}
