use super::case;
use super::subject::{Known, Subject};
use super::text::{cut, heading, wrapped};
use crate::ledger::{Entry, level_name};
use crate::project::Failure;
use mimicheck::reason::{Blame, Reason};
use mimicheck::vector::{Case, File};

/// Everything that `word` names, one page after the other.
///
/// # Errors
/// It names nothing; the message has the nearest names.
pub fn explain(known: &Known<'_>, word: &str) -> Result<String, Failure> {
    let subjects = known.subjects(word);
    if subjects.is_empty() {
        let near = known.near(word);
        let hint = if near.is_empty() {
            "mimicheck list and mimicheck requirements show what there is".to_owned()
        } else {
            format!("near it:\n  {}", near.join("\n  "))
        };
        let kinds = "no case, requirement, reason, flag, family or operation";
        return Err(Failure::usage(format!("{kinds} is called \"{word}\"; {hint}")));
    }
    let pages: Vec<String> = subjects.into_iter().map(|s| page(known, s)).collect();
    Ok(pages.join("\n"))
}

fn page(known: &Known<'_>, subject: Subject<'_>) -> String {
    match subject {
        Subject::Case(file, case) => case::page(known, file, case),
        Subject::Requirement(entry) => requirement(known, entry),
        Subject::Reason(reason) => self::reason(known, reason),
        Subject::Flag(flag) => self::flag(known, flag),
        Subject::Family(file) => family(file),
        Subject::Op(op) => {
            let cases = known.all_cases().map(|(_, c)| c).filter(|c| c.op == op);
            let mut page = heading(&format!("operation {op}"));
            page.push_str("  Its input and output: conformance/README.md, vectors/schema/operations.schema.json\n");
            page + &list("cases", cases)
        }
    }
}

/// Cases that are listed one by one.
const LISTED: usize = 60;

fn list<'a>(title: &str, cases: impl Iterator<Item = &'a Case>) -> String {
    let cases: Vec<&Case> = cases.collect();
    let mut page = heading(&format!("{title}: {}", cases.len()));
    for case in cases.iter().take(LISTED) {
        page.push_str(&cut(&format!("  {}  {}", case.id, case.comment)));
        page.push('\n');
    }
    if cases.len() > LISTED {
        page.push_str(&format!("  … and {} more\n", cases.len() - LISTED));
    }
    page
}

fn requirement(known: &Known<'_>, entry: &Entry) -> String {
    let mut page = heading(&format!("requirement {}", entry.id));
    page.push_str(&wrapped(&entry.text, 2));
    let binds = entry.addressee.name();
    let status = known.cases.status(entry).name();
    let facts = format!("Section {}; level {}; binds {binds}; {status}.", entry.section, level_name(entry.level));
    page.push_str(&wrapped(&facts, 2));
    if let Some(why) = &entry.untestable {
        page.push_str(&wrapped(&format!("Untestable: {why}"), 2));
    }
    if !entry.contested.is_empty() {
        page.push_str(&heading("contested: the readings"));
        entry.contested.iter().for_each(|r| page.push_str(&wrapped(&format!("- {r}"), 2)));
    }
    page.push_str(&list("cases", known.cases.of(&entry.id).iter().copied()));
    let played = known.cases.played(&entry.id);
    if !played.is_empty() {
        page.push_str(&heading("scenarios"));
        played.iter().for_each(|s| page.push_str(&wrapped(&s.name, 2)));
    }
    page
}

fn reason(known: &Known<'_>, reason: Reason) -> String {
    let mut page = heading(&format!("reason {}", reason.code()));
    page.push_str(&wrapped(reason.text(), 2));
    let blame = match reason.blame() {
        Blame::Malformed => "the octets themselves: nobody can make sense of them",
        Blame::Nonconforming => "the writer of a well-formed document that does not conform",
        Blame::Misbehaviour => "a peer that uses a conforming document in a way that it must not",
        Blame::Policy => "local policy, or a missing feature of this side",
        Blame::Caller => "the caller of our own interface",
    };
    page.push_str(&wrapped(&format!("To blame: {blame}."), 2));
    if let Some(entry) = known.ledger.find(reason.requirement()) {
        page.push_str(&wrapped(&format!("Rule: {}: {}", entry.id, entry.text), 2));
    }
    let expects = |c: &&Case| c.expect.reason.iter().chain(&c.expect.also).any(|code| code == reason.code());
    page + &list("cases that expect it", known.all_cases().map(|(_, c)| c).filter(expects))
}

fn flag(known: &Known<'_>, flag: &str) -> String {
    let mut page = String::new();
    for file in known.files {
        let Some(note) = file.notes.get(flag) else { continue };
        page.push_str(&heading(&format!("flag {flag} in {}", file.family)));
        page.push_str(&wrapped(&format!("Catches: {}", note.bug), 2));
        page.push_str(&wrapped(&format!("Effect: {}", note.effect), 2));
        let rule = known.ledger.find(&note.requirement).map_or("not in the ledger", |e| e.text.as_str());
        page.push_str(&wrapped(&format!("Rule: {}: {rule}", note.requirement), 2));
        note.links.iter().for_each(|l| page.push_str(&wrapped(&format!("See: {l}"), 2)));
        let flagged = file.cases().filter(|c| c.flags.iter().any(|f| f == flag));
        page.push_str(&list("cases", flagged));
    }
    page
}

fn family(file: &File) -> String {
    let mut page = heading(&format!("family {}", file.family));
    page.push_str(&format!("  {}-{}\n", file.spec.document, file.spec.revision));
    page.push_str(&heading("flags"));
    for (flag, note) in &file.notes {
        page.push_str(&wrapped(&format!("{flag}: {}", note.bug), 2));
    }
    for group in &file.groups {
        page.push_str(&list(&format!("cases, {}", group.name), group.cases.iter()));
        for witness in &group.witnesses {
            let (name, version) = (&witness.name, &witness.version);
            page.push_str(&format!("  {name} {version} confirms {} of {}\n", witness.confirmed, witness.of));
        }
    }
    page
}
