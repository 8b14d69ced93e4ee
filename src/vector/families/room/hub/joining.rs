//! Joining from outside: `groupInfo` (section 5.6), and the external commit behind it (section 5.3).

use super::story::{OTHERS, Story, Tale, bundle, each, update};
use super::town::{BANNED, HUB, LIST, MEMBER, ROOM, home, seed, user};
use crate::mls::member::{Plan, Proposal, Result};
use crate::reason::wire;
use crate::vector::Verdict;
use crate::vector::forge::rooms::{Asks, Change, fanout};
use crate::wire::hex;
use serde_json::json;

/// Requests to `groupInfo`.
pub(super) const INFO: &[Tale] = &[
    (
        "info",
        "A further client of a participant gets GroupInfo and tree.",
        "group-info",
        "5.6:response-encrypted 5.6:response-signed",
        given,
    ),
    (
        "info-of-latest-epoch",
        "After a commit it is that of the new epoch.",
        "group-info",
        "5.6:response-encrypted",
        latest,
    ),
    (
        "info-after-refusal",
        "A commit that was refused leaves it as it was.",
        "group-info",
        "5.6:response-encrypted",
        after_refusal,
    ),
    (
        "info-with-pending",
        "The pending proposals come with it, and with their times.",
        "pending",
        "5.6:pending-proposals",
        with_pending,
    ),
    (
        "info-without-old-pending",
        "Proposals of the epoch before do not.",
        "pending",
        "5.6:pending-proposals",
        without_old,
    ),
    (
        "info-to-member",
        "A client that is in the group may ask, too.",
        "group-info",
        "5.6:response-encrypted",
        to_member,
    ),
    ("info-by-code", "Somebody who is in no list shows a joining code.", "joining-code", "5.6:request-fields", by_code),
    ("info-by-wrong-code", "The joining code is another.", "joining-code", "5.6:not-authorized", by_wrong_code),
    (
        "info-without-code",
        "Somebody who is in no list shows nothing.",
        "joining-code",
        "5.6:not-authorized",
        without_code,
    ),
    ("info-of-code-in-room-without", "The empty code opens no room.", "joining-code", "5.6:not-authorized", empty_code),
    ("info-of-banned", "Somebody who is banned asks.", "asker", "5.6:not-authorized", of_banned),
    (
        "info-of-banned-by-code",
        "Somebody who is banned shows a joining code.",
        "asker",
        "5.6:banned-with-code",
        of_banned_by_code,
    ),
    (
        "info-with-wrong-signature",
        "The request bears another signature.",
        "signature",
        "5.6:request-signed",
        wrong_signature,
    ),
    (
        "info-under-other-label",
        "The request is signed under another label.",
        "signature",
        "5.6:request-signed",
        other_label,
    ),
    (
        "info-with-code-put-in",
        "A joining code was put in after the request was signed.",
        "signature",
        "5.6:request-signed",
        code_put_in,
    ),
    (
        "info-with-other-key",
        "The client's signature key is known to be another.",
        "asker",
        "5.6:not-authorized",
        other_key,
    ),
    (
        "info-through-another",
        "The request comes from another provider than the user's.",
        "asker",
        "5.6:through-whom",
        through_another,
    ),
    ("info-of-unknown-suite", "A cipher suite that nobody knows.", "asker", "5.6:not-authorized", unknown_suite),
    ("info-with-bad-key", "An HPKE key that is none.", "asker", "5.6:no-code-for-keys", bad_key),
    ("info-of-another-room", "There is no such room.", "no-such-room", "5.6:not-authorized", other_room),
    ("info-cut", "A request that ends too early.", "malformed", "5.6:request-fields", cut),
    ("info-repeated", "The same request once more.", "group-info", "5.6:request-replayed", repeated),
];

/// External commits.
pub(super) const COMMITS: &[Tale] = &[
    ("join", "A further client of a participant joins.", "external", "5.6:external-join", joins),
    ("join-with-list", "Somebody enters the list, and joins.", "external", "5.6:external-join", enters),
    ("join-without-list", "Somebody who is in no list joins.", "external", "5.3:participant-before-member", stranger),
    ("join-of-banned", "A further client of somebody banned.", "external", "5.3:removed-no-commit", of_banned_client),
    (
        "join-of-unknown-client",
        "A client whose user nobody knows.",
        "external",
        "5.3:participant-before-member",
        unknown_client,
    ),
    (
        "join-through-another",
        "The commit comes from another provider than the user's.",
        "external",
        "5.3:not-allowed",
        joins_through_another,
    ),
    ("join-late", "The epoch is over by the time the commit comes.", "epoch", "5.3:wrong-epoch", late),
];

const ALICE: &str = "alice-laptop";
const A: &str = "a.example";
const B: &str = "b.example";
const TABLET: &str = "bob-tablet";

fn given(s: &mut Story) -> Result<()> {
    let request = s.asks(TABLET)?.octets();
    s.gives(TABLET, &request, ALICE, &[])
}

fn latest(s: &mut Story) -> Result<()> {
    let out = s.commits(ALICE, &update(), OTHERS, "")?;
    let request = s.asks(TABLET)?.octets();
    s.gives_this(TABLET, &request, &out.group_info, &out.ratchet_tree, &[])
}

fn after_refusal(s: &mut Story) -> Result<()> {
    let (info, tree) = s.town.member(ALICE)?.group_info()?;
    s.not_allowed("c.example", &bundle(&s.town.aside(ALICE, &update())?), "through another provider");
    let request = s.asks(TABLET)?.octets();
    s.gives_this(TABLET, &request, &info, &tree, &[])
}

fn with_pending(s: &mut Story) -> Result<()> {
    let cathy = s.town.leaf("cathy-laptop")?;
    let first = s.town.propose("bob-phone", &Proposal::Update)?;
    let second = s.town.propose("bob-laptop", &Proposal::Update)?;
    let third = s.town.propose(ALICE, &Proposal::Remove(cathy))?;
    s.proposed(B, &first, std::slice::from_ref(&second), &[A, "c.example", HUB], "");
    let early = s.time();
    s.proposed(A, &third, &[], OTHERS, "");
    let pending = [(first, early), (second, early), (third, s.time())];
    let request = s.asks(TABLET)?.octets();
    s.gives(TABLET, &request, ALICE, &pending)
}

fn without_old(s: &mut Story) -> Result<()> {
    let proposal = s.town.propose("bob-phone", &Proposal::Update)?;
    s.proposed(B, &proposal, &[], &[A, "c.example", HUB], "");
    let out = s.commits(ALICE, &Plan::default(), OTHERS, "")?;
    let request = s.asks(TABLET)?.octets();
    s.gives_this(TABLET, &request, &out.group_info, &out.ratchet_tree, &[])
}

fn to_member(s: &mut Story) -> Result<()> {
    let request = s.asks("cathy-laptop")?.octets();
    s.gives("cathy-laptop", &request, ALICE, &[])
}

const CODE: &[u8] = b"come in";

fn code(s: &mut Story, shown: &[u8]) -> Result<Asks> {
    s.opened_with("joining_codes", json!([hex::encode(CODE)]));
    Ok(Asks { code: shown.to_vec(), ..s.asks("dave-phone")? })
}

fn by_code(s: &mut Story) -> Result<()> {
    let request = code(s, CODE)?.octets();
    s.gives("dave-phone", &request, ALICE, &[])
}

/// A request that is not answered, and one that is.
fn not_given(s: &mut Story, from: &str, request: &[u8]) -> Result<()> {
    s.not_given(from, request, "");
    let request = s.asks("cathy-laptop")?.octets();
    s.gives("cathy-laptop", &request, ALICE, &[])
}

fn by_wrong_code(s: &mut Story) -> Result<()> {
    let request = code(s, b"come on")?.octets();
    not_given(s, "d.example", &request)
}

fn without_code(s: &mut Story) -> Result<()> {
    let request = code(s, b"")?.octets();
    not_given(s, "d.example", &request)
}

fn empty_code(s: &mut Story) -> Result<()> {
    let request = s.asks("dave-phone")?.octets();
    not_given(s, "d.example", &request)
}

fn ban_bob(s: &mut Story) -> Result<()> {
    let change = Change { roles: vec![(1, BANNED)], ..Change::default() };
    s.commits(ALICE, &Plan { updates: vec![(LIST, change.octets())], ..Plan::default() }, OTHERS, "Bob is banned")
        .map(drop)
}

fn of_banned(s: &mut Story) -> Result<()> {
    ban_bob(s)?;
    let request = s.asks(TABLET)?.octets();
    not_given(s, B, &request)
}

fn of_banned_by_code(s: &mut Story) -> Result<()> {
    s.opened_with("joining_codes", json!([hex::encode(CODE)]));
    ban_bob(s)?;
    let request = Asks { code: CODE.to_vec(), ..s.asks(TABLET)? }.octets();
    s.contested(&[
        (Verdict::Accept, "notAuthorized: a ban stands above a code."),
        (Verdict::Accept, "success: a code is permission enough to fetch the GroupInfo."),
    ]);
    not_given(s, B, &request)
}

fn wrong_signature(s: &mut Story) -> Result<()> {
    let mut request = s.asks(TABLET)?.octets();
    if let Some(octet) = request.last_mut() {
        *octet ^= 1;
    }
    not_given(s, B, &request)
}

fn other_label(s: &mut Story) -> Result<()> {
    let request = s.asks(TABLET)?.signed("GroupInfoResponseTBS");
    not_given(s, B, &request)
}

fn code_put_in(s: &mut Story) -> Result<()> {
    let (with, without) = (code(s, CODE)?.octets(), code(s, b"")?.octets());
    // The signature of 64 octets of the request without a code, with its length of two octets.
    let signature = without.get(without.len().saturating_sub(66)..).unwrap_or_default();
    let request = [with.get(..with.len().saturating_sub(66)).unwrap_or_default(), signature].concat();
    not_given(s, "d.example", &request)
}

fn other_key(s: &mut Story) -> Result<()> {
    let request = Asks { signature_key: seed("another"), ..s.asks(TABLET)? }.octets();
    not_given(s, B, &request)
}

fn through_another(s: &mut Story) -> Result<()> {
    let request = s.asks(TABLET)?.octets();
    s.contested(&[
        (Verdict::Accept, "notAuthorized: a client speaks through its user's provider."),
        (Verdict::Accept, "success: the credential says enough, whoever carries the request."),
    ]);
    not_given(s, "c.example", &request)
}

fn unknown_suite(s: &mut Story) -> Result<()> {
    let request = Asks { suite: 0x0a0a, ..s.asks(TABLET)? }.octets();
    not_given(s, B, &request)
}

fn bad_key(s: &mut Story) -> Result<()> {
    let request = Asks { hpke_key: vec![1; 5], ..s.asks(TABLET)? }.octets();
    s.contested(&[
        (Verdict::Accept, "notAuthorized: there is no other code for what can not be answered."),
        (Verdict::Accept, "An HTTP error: nothing is said of authority."),
    ]);
    not_given(s, B, &request)
}

fn other_room(s: &mut Story) -> Result<()> {
    let request = s.asks(TABLET)?.octets();
    s.no_such_room(B, &request, "mimi://hub.example/r/nowhere");
    s.gives(TABLET, &request, ALICE, &[])
}

fn cut(s: &mut Story) -> Result<()> {
    let mut request = s.asks(TABLET)?.octets();
    request.pop();
    let input = json!({"from": B, "room_id": ROOM, "request": hex::encode(&request)});
    s.rejects("room-hub/group-info", input, wire::WIRE_TRUNCATED);
    given(s)
}

fn repeated(s: &mut Story) -> Result<()> {
    let request = s.asks(TABLET)?.octets();
    s.gives(TABLET, &request, ALICE, &[])?;
    s.gives(TABLET, &request, ALICE, &[])?;
    s.contested(&[
        (Verdict::Accept, "The same answer, encrypted to the same key: a request does not wear out."),
        (Verdict::Accept, "The hub refuses what it has seen, by means that the draft does not give."),
    ]);
    Ok(())
}

/// An external commit that is taken.
fn comes_in(s: &mut Story, who: &str, to: &[&str]) -> Result<()> {
    let out = s.town.join(who, ALICE)?;
    s.taken(&home(who), &bundle(&out), "", |time| each(to, &fanout(time, &out.commit, Some(&[]))));
    s.moved();
    let hello = s.town.send(who, "hello")?;
    s.accepted(who, &hello, to, "and speaks");
    Ok(())
}

fn joins(s: &mut Story) -> Result<()> {
    comes_in(s, TABLET, &[A, "c.example", HUB])
}

fn enter(s: &mut Story, role: u32) -> Result<()> {
    let change = Change { added: vec![(user("dave"), role)], ..Change::default() };
    s.commits(ALICE, &Plan { updates: vec![(LIST, change.octets())], ..Plan::default() }, OTHERS, "").map(drop)
}

fn enters(s: &mut Story) -> Result<()> {
    enter(s, MEMBER)?;
    comes_in(s, "dave-phone", &[A, B, "c.example", HUB])
}

/// An external commit that is not taken, and what goes on.
fn stays_out(s: &mut Story, who: &str, from: &str, to: &[&str]) -> Result<()> {
    let out = s.town.copy().join(who, ALICE)?;
    s.not_allowed(from, &bundle(&out), "");
    s.commits(ALICE, &update(), to, "what was refused changed nothing").map(drop)
}

fn stranger(s: &mut Story) -> Result<()> {
    stays_out(s, "dave-phone", "d.example", OTHERS)
}

fn of_banned_client(s: &mut Story) -> Result<()> {
    ban_bob(s)?;
    stays_out(s, TABLET, B, &["c.example", HUB])
}

fn unknown_client(s: &mut Story) -> Result<()> {
    stays_out(s, "bob-watch", B, OTHERS)
}

fn joins_through_another(s: &mut Story) -> Result<()> {
    stays_out(s, TABLET, "c.example", OTHERS)
}

fn late(s: &mut Story) -> Result<()> {
    let out = s.town.copy().join(TABLET, ALICE)?;
    s.goes_on()?;
    s.wrong_epoch(B, &bundle(&out), "");
    comes_in(s, TABLET, &[A, "c.example", HUB])
}
