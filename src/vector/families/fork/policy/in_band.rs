//! The same where the group keeps its list and its roles itself (draft-ietf-mimi-protocol section 7.5): what a client knows
//! changes with each commit that it follows, and with no other.

use super::house::{House, KICK, changes, moves, rules, told};
use super::scene::{ADMIN, BANNED, GUEST, MEMBER, MODERATOR};
use crate::mls::member::{CommitOut, Plan, PrivateKeys, Proposal, Refusal, Result};
use crate::protocol::CipherSuite;
use crate::reason::{Reason, mls, policy as reason};
use crate::vector::Case;
use crate::vector::families::build::SEED;
use crate::vector::families::client::script::{About, Commit, Script};

/// The house, the client's keys, the commit by which it joins, and what the case is called and shows.
struct Play {
    house: House,
    script: Script,
}

type Make = fn(&mut Play) -> Result<()>;
type Row = (&'static str, &'static str, &'static str, &'static [&'static str], Make);

const ROWS: &[Row] = &[
    (
        "promotes-itself",
        "A member makes itself an admin, by value.",
        "escalation",
        &["8.1.3:not-own-role", "3:role-data", "10.1:component-ids"],
        promotes_itself,
    ),
    (
        "promotes-itself-by-reference",
        "A member proposes to make itself an admin, and the admin commits that with other things.",
        "escalation",
        &["8.1.3:not-own-role", "8:holder"],
        promotes_itself_by_reference,
    ),
    (
        "promotes-a-friend",
        "A moderator makes a member a moderator, which its role does not list.",
        "escalation",
        &["3:authorized-changes"],
        promotes_a_friend,
    ),
    (
        "promoted-and-acts",
        "An admin makes a member a moderator, who kicks somebody in the commit that has it; then it does so in the next.",
        "order",
        &["8:holder", "8.1.3:change-user-role"],
        promoted_and_acts,
    ),
    (
        "bans-and-forgets-a-client",
        "A moderator bans a member and leaves its client in the group; then it does both.",
        "clients-left",
        &["8.1.3:ban", "8.1.2:no-clients-left"],
        forgets_a_client,
    ),
    (
        "banned-comes-back",
        "A member is banned; somebody adds a client of it, and it joins itself.",
        "ban",
        &["8.1.3:banned-role", "ds-00:6:client-enforces-policy"],
        comes_back,
    ),
    (
        "unbanned-comes-back",
        "A banned user is unbanned, and its client joins. A client that comes in the same commit is too early.",
        "ban",
        &["8.1.3:unban", "8.1.3:unban-no-clients"],
        unbanned,
    ),
    (
        "ban-on-the-other-branch",
        "A commit bans a user, and the client refuses it, as its sender may not. On the client's own branch that user is free: what was refused has changed nothing.",
        "branch",
        &["ds-00:6:client-enforces-policy", "8.1.3:ban"],
        other_branch,
    ),
    (
        "ban-on-this-branch",
        "Of two commits of one epoch the client follows the one that bans a user. The other, which adds a client of it, comes too late; one like it on this branch is against the ban.",
        "branch",
        &["ds-00:6:client-enforces-policy", "8.1.3:banned-role"],
        this_branch,
    ),
    (
        "mute-takes-effect",
        "A member speaks, is muted, and speaks again.",
        "messages",
        &["8.3:send-message", "ds-00:6:violation-ignored"],
        muted,
    ),
    (
        "rules-change",
        "A member kicks somebody and may not. Then an admin lets members kick.",
        "rules",
        &["8.6:change-roles", "3:replaces", "3:role-data"],
        rules_change,
    ),
    (
        "rules-changed-by-member",
        "A member lets members kick, and kicks in the next commit.",
        "rules",
        &["8.6:change-roles", "3:role-data"],
        rules_by_member,
    ),
    (
        "user-added-with-client",
        "A moderator adds a user to the list with a client; without the list it may not.",
        "adding",
        &["8.1.1:add-clients", "protocol-06:5.3:participant-before-member"],
        added,
    ),
    (
        "removed-user-commits",
        "A moderator takes a member off the list with its client, which it may; a member does the same to another, which it may not.",
        "removing",
        &["8.1.2:remove-participant", "protocol-06:5.3:removed-together"],
        removed,
    ),
];

const VARIANTS: [(CipherSuite, bool, &str); 2] =
    [(CipherSuite::X25519, false, "x25519-public"), (CipherSuite::P256, true, "p256-private")];

pub(super) fn cases(family: &str) -> Result<Vec<Case>> {
    let mut cases = vec![];
    for (name, comment, flag, requirements, make) in ROWS {
        for (suite, private, variant) in VARIANTS {
            let at = |e: Refusal| Refusal { said: format!("{family}/{name}-{variant}: {}", e.said), ..e };
            let (house, dora, out): (House, PrivateKeys, CommitOut) =
                House::new(suite, private, &format!("{SEED} {family} {name} {variant}")).map_err(at)?;
            let about = About { name: "", comment, flags: &[flag], requirements };
            let script = Script::join(&about, &dora, &out).told("Whose each client is.", told());
            let mut play = Play { house, script };
            make(&mut play).map_err(at)?;
            let mut case = play.script.done();
            case.id = format!("{name}-{variant}");
            cases.push(case);
        }
    }
    Ok(cases)
}

fn plan(updates: impl IntoIterator<Item = (u16, Vec<u8>)>) -> Plan {
    Plan { updates: updates.into_iter().collect(), ..Plan::default() }
}

impl Play {
    fn with(&mut self, step: impl FnOnce(Script) -> Script) {
        self.script = step(self.script.clone());
    }

    /// A commit on a branch that nobody takes, which the client refuses.
    fn refuse(&mut self, comment: &str, by: &str, plan: &Plan, reasons: &[Reason]) -> Result<()> {
        let out = self.house.copy().commit(by, plan)?;
        self.with(|script| script.refuse(comment, &out.commit, reasons).stays());
        Ok(())
    }

    /// A commit that everybody follows, the client too.
    fn follow(&mut self, comment: &str, by: &str, plan: &Plan, added: &[&str]) -> Result<()> {
        let (sender, mut removed) = (self.house.leaf(by)?, plan.remove.clone());
        removed.sort_unstable();
        let out = self.house.add(by, added, plan.clone())?;
        self.with(|script| {
            script.follow(comment, &Commit { out: &out, sender: Some(sender), added, removed: &removed })
        });
        Ok(())
    }

    fn note(&mut self, comment: &str, by: &str, message: &[u8]) -> Result<()> {
        let sender = self.house.leaf(by)?;
        self.with(|script| script.note(comment, Some(sender), message));
        Ok(())
    }

    fn goes_on(&mut self, by: &str) -> Result<()> {
        self.follow("The next commit is good, and followed.", by, &Plan { update: true, ..Plan::default() }, &[])?;
        let (sender, said) = (self.house.leaf(by)?, self.house.send(by, b"we go on")?);
        self.with(|script| script.read("", sender, &said, b"we go on"));
        Ok(())
    }
}

fn promotes_itself(play: &mut Play) -> Result<()> {
    let reasons = &[reason::MAY_NOT_CHANGE_OWN_ROLE];
    play.refuse("The commit, which is perfect otherwise.", "carol", &plan([changes(&[("carol", ADMIN)])]), reasons)?;
    play.goes_on("carol")
}

fn promotes_itself_by_reference(play: &mut Play) -> Result<()> {
    let (component, update) = changes(&[("carol", ADMIN)]);
    let mut aside = play.house.copy();
    let message = aside.propose("carol", &Proposal::AppData(component, update))?;
    play.note("The proposal.", "carol", &message)?;
    let out = aside.commit("alice", &Plan { update: true, ..Plan::default() })?;
    let reasons = &[reason::MAY_NOT_CHANGE_OWN_ROLE];
    play.with(|script| script.refuse("The admin's commit.", &out.commit, reasons).stays());
    play.goes_on("alice")
}

fn promotes_a_friend(play: &mut Play) -> Result<()> {
    let friend = plan([changes(&[("carol", MODERATOR)])]);
    play.refuse("The moderator.", "bob", &friend, &[reason::MAY_NOT_CHANGE_ROLE])?;
    play.follow("The admin does the same, and may.", "alice", &friend, &[])?;
    let guest = plan([changes(&[("dave", MEMBER)])]);
    play.follow("Carol is a moderator from then on.", "carol", &guest, &[])
}

fn promoted_and_acts(play: &mut Play) -> Result<()> {
    let dave = play.house.leaf("dave")?;
    let (component, update) = changes(&[("carol", MODERATOR)]);
    let message = play.house.propose("alice", &Proposal::AppData(component, update.clone()))?;
    play.note("The admin's proposal.", "alice", &message)?;
    let kick = Plan { remove: vec![dave], ..Plan::default() };
    play.refuse("The member commits it with a removal.", "carol", &kick, &[reason::MAY_NOT_REMOVE_CLIENT])?;
    play.follow("The member commits it alone.", "carol", &Plan::default(), &[])?;
    play.follow("And removes then.", "carol", &kick, &[])
}

fn forgets_a_client(play: &mut Play) -> Result<()> {
    let carol = play.house.leaf("carol")?;
    let ban = plan([changes(&[("carol", BANNED)])]);
    play.refuse("The ban alone.", "bob", &ban, &[reason::CLIENTS_REMAIN])?;
    let reasons = &[reason::MAY_NOT_BAN, reason::MAY_NOT_REMOVE_CLIENT, reason::MAY_NOT_CHANGE_OWN_ROLE];
    let whole = Plan { remove: vec![carol], ..ban };
    play.refuse("A guest bans and removes.", "dave", &whole, reasons)?;
    play.follow("The moderator bans and removes.", "bob", &whole, &[])?;
    play.goes_on("alice")
}

fn comes_back(play: &mut Play) -> Result<()> {
    let carol = play.house.leaf("carol")?;
    let ban = Plan { remove: vec![carol], ..plan([changes(&[("carol", BANNED)])]) };
    play.follow("The ban.", "bob", &ban, &[])?;
    let reasons = &[reason::CLIENT_OF_THE_BANNED, reason::MAY_NOT_ADD_CLIENT];
    let out = play.house.copy().add("alice", &["carol"], Plan::default())?;
    play.with(|script| script.refuse("The admin adds a client of the banned.", &out.commit, reasons).stays());
    let out = play.house.copy().join("carol", "alice")?;
    play.with(|script| script.refuse("A client of the banned joins.", &out.commit, reasons).stays());
    play.goes_on("alice")
}

fn unbanned(play: &mut Play) -> Result<()> {
    let unban = plan([changes(&[("erin", MEMBER)])]);
    let reasons = &[reason::CLIENT_OF_THE_BANNED, reason::MAY_NOT_ADD_CLIENT];
    let out = play.house.copy().add("bob", &["erin"], unban.clone())?;
    play.with(|script| script.refuse("With a client.", &out.commit, reasons).stays());
    play.follow("Without.", "bob", &unban, &[])?;
    let out = play.house.join("erin", "alice")?;
    let joined = Commit { out: &out, sender: None, added: &["erin"], removed: &[] };
    play.with(|script| script.follow("A client of the user joins.", &joined));
    play.goes_on("erin")
}

fn other_branch(play: &mut Play) -> Result<()> {
    let carol = play.house.leaf("carol")?;
    let ban = Plan { remove: vec![carol], ..plan([changes(&[("carol", BANNED)])]) };
    let mut aside = play.house.copy();
    let out = aside.commit("dave", &ban)?;
    let reasons = &[reason::MAY_NOT_BAN, reason::MAY_NOT_REMOVE_CLIENT];
    play.with(|script| script.refuse("A guest bans a member.", &out.commit, reasons).stays());
    let out = aside.commit("bob", &Plan { update: true, ..Plan::default() })?;
    let late = &[mls::WRONG_EPOCH, mls::MLS_OTHER];
    play.with(|script| script.refuse("That branch goes on.", &out.commit, late).stays());
    let (sender, said) = (carol, play.house.send("carol", b"I am here")?);
    play.with(|script| script.read("The member is heard.", sender, &said, b"I am here"));
    play.goes_on("carol")
}

fn this_branch(play: &mut Play) -> Result<()> {
    let carol = play.house.leaf("carol")?;
    let mut other = play.house.copy();
    let mut aside = other.copy();
    let ban = Plan { remove: vec![carol], ..plan([changes(&[("carol", BANNED)])]) };
    play.follow("A moderator bans a member, and removes its client.", "bob", &ban, &[])?;
    let out = other.commit("carol", &Plan { update: true, ..Plan::default() })?;
    let late = &[mls::WRONG_EPOCH, mls::MLS_OTHER];
    play.with(|script| script.refuse("The other branch, on which nobody was banned.", &out.commit, late).stays());
    let out = aside.join("carol", "alice")?;
    play.with(|script| script.refuse("The member joins again, on that branch.", &out.commit, late).stays());
    let out = play.house.copy().join("carol", "alice")?;
    let reasons = &[reason::CLIENT_OF_THE_BANNED, reason::MAY_NOT_ADD_CLIENT];
    play.with(|script| script.refuse("And on this one.", &out.commit, reasons).stays());
    play.goes_on("alice")
}

fn muted(play: &mut Play) -> Result<()> {
    let carol = play.house.leaf("carol")?;
    let said = play.house.send("carol", b"I may speak")?;
    play.with(|script| script.read("", carol, &said, b"I may speak"));
    play.follow("A moderator makes it a guest.", "bob", &plan([changes(&[("carol", GUEST)])]), &[])?;
    let said = play.house.send("carol", b"may I not")?;
    play.with(|script| script.refuse("It speaks.", &said, &[reason::MAY_NOT_SEND]).stays());
    play.follow("It refreshes its leaf.", "carol", &Plan { update: true, ..Plan::default() }, &[])?;
    play.follow("And is a member again.", "bob", &plan([changes(&[("carol", MEMBER)])]), &[])?;
    let said = play.house.send("carol", b"I may again")?;
    play.with(|script| script.read("", carol, &said, b"I may again"));
    Ok(())
}

fn rules_change(play: &mut Play) -> Result<()> {
    let dave = play.house.leaf("dave")?;
    let kick = Plan { remove: vec![dave], ..Plan::default() };
    play.refuse("The kick.", "carol", &kick, &[reason::MAY_NOT_REMOVE_CLIENT])?;
    let lenient = plan([rules(Some((MEMBER, KICK)))]);
    let together = Plan { remove: vec![dave], ..lenient.clone() };
    play.refuse(
        "With the new rules in the same commit.",
        "carol",
        &together,
        &[reason::MAY_NOT_CHANGE_POLICY, reason::MAY_NOT_REMOVE_CLIENT],
    )?;
    play.follow("The admin changes the rules.", "alice", &lenient, &[])?;
    play.follow("The kick.", "carol", &kick, &[])?;
    play.follow("The admin changes them back.", "alice", &plan([rules(None)]), &[])?;
    let bob = play.house.leaf("bob")?;
    let again = Plan { remove: vec![bob], ..Plan::default() };
    play.refuse("Another kick.", "carol", &again, &[reason::MAY_NOT_REMOVE_CLIENT])
}

fn rules_by_member(play: &mut Play) -> Result<()> {
    let dave = play.house.leaf("dave")?;
    let mut aside = play.house.copy();
    let out = aside.commit("carol", &plan([rules(Some((MEMBER, KICK)))]))?;
    let reasons = &[reason::MAY_NOT_CHANGE_POLICY];
    play.with(|script| script.refuse("The rules.", &out.commit, reasons).stays());
    play.refuse(
        "The kick, on the client's branch.",
        "carol",
        &Plan { remove: vec![dave], ..Plan::default() },
        &[reason::MAY_NOT_REMOVE_CLIENT],
    )?;
    play.goes_on("alice")
}

fn added(play: &mut Play) -> Result<()> {
    let out = play.house.copy().add("bob", &["frank"], Plan::default())?;
    let reasons = &[reason::CLIENT_OF_NOBODY, reason::MAY_NOT_ADD_CLIENT];
    play.with(|script| script.refuse("A client alone.", &out.commit, reasons).stays());
    let listed = plan([moves(&[], &[("frank", ADMIN)])]);
    let out = play.house.copy().add("bob", &["frank"], listed)?;
    play.with(|script| script.refuse("As an admin.", &out.commit, &[reason::MAY_NOT_ADD_USER]).stays());
    play.follow("With the list.", "bob", &plan([moves(&[], &[("frank", MEMBER)])]), &["frank"])?;
    play.goes_on("frank")
}

fn removed(play: &mut Play) -> Result<()> {
    let (dave, carol) = (play.house.leaf("dave")?, play.house.leaf("carol")?);
    let whole = Plan { remove: vec![dave], ..plan([moves(&["dave"], &[])]) };
    let reasons = &[reason::MAY_NOT_REMOVE_USER, reason::MAY_NOT_REMOVE_CLIENT];
    play.refuse("By a member.", "carol", &whole, reasons)?;
    play.refuse("The list alone.", "bob", &plan([moves(&["dave"], &[])]), &[reason::CLIENTS_REMAIN])?;
    play.follow("By a moderator, with its client.", "bob", &whole, &[])?;
    let said = play.house.send("carol", b"he is gone")?;
    play.with(|script| script.read("", carol, &said, b"he is gone"));
    play.goes_on("carol")
}
