use super::*;
use crate::adapter::reference::Serving;
use crate::adapter::{Answer, Implementation, stateful};
use crate::vector::{Case, Dialect, Outcome, Profile, Verdict, goes_on, judge_steps};
use std::collections::BTreeSet;

/// Every document of the ledger, as text.
fn ledger() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/conformance/requirements");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|f| f.extension().is_some_and(|e| e == "json")).map(|f| std::fs::read_to_string(f).unwrap()).collect()
}

#[test]
fn files_are_sound() {
    let ledger = ledger();
    let in_ledger = |id: &str| ledger.contains(&format!("\"{id}\""));
    assert!(ALL.is_sorted_by_key(|f| f.name));
    for family in ALL {
        let file = (family.generate)();
        assert_eq!(file.family, family.name);
        assert_eq!(file, (family.generate)(), "{}: not the same when made again", family.name);
        let text = file.canonical().unwrap();
        assert_eq!(File::parse(&text).unwrap(), file);
        assert!(text.len() < 2_000_000, "{}: {} octets", family.name, text.len());

        let (mut ids, mut flags) = (BTreeSet::new(), BTreeSet::new());
        for case in file.cases() {
            let name = case.id.strip_prefix(&format!("{}/", family.name)).expect("an id begins with its family");
            let slug = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
            assert!(!name.is_empty() && name.bytes().all(slug), "{}", case.id);
            assert!(ids.insert(case.id.clone()), "{} twice", case.id);
            assert!(!case.requirements.is_empty() && !case.flags.is_empty(), "{}", case.id);
            assert!(case.requirements.iter().all(|r| in_ledger(r)), "{}: {:?}", case.id, case.requirements);
            flags.extend(case.flags.iter().cloned());
            let open = case.contested.is_some() || case.expect.verdict == Verdict::Either;
            assert!(case.contested.as_ref().is_none_or(|c| c.readings.len() > 1), "{}", case.id);
            assert!(open || case.expect.out.is_some() != case.expect.reason.is_some(), "{}", case.id);
        }
        assert!(file.notes.values().all(|n| in_ledger(&n.requirement)), "{}", family.name);
        let notes: BTreeSet<String> = file.notes.keys().cloned().collect();
        assert_eq!(flags, notes, "{}: flags used, and flags explained", family.name);
    }
}

/// What the reference answers to each step, as far as it goes.
fn answers(case: &Case, dialect: Dialect) -> Vec<Answer> {
    let (mut reference, mut answers) = (Serving::default(), vec![]);
    for step in case.steps() {
        let answer = match stateful(step.op) {
            true => reference.step(&case.id, step.op, step.input),
            false => reference.answer(step.op, step.input),
        };
        let on = goes_on(step, &answer, dialect);
        answers.push(answer);
        if !on {
            break;
        }
    }
    answers
}

/// The reference implementation against every case, contested ones too, reasons and offsets included.
#[test]
fn the_reference_does_what_is_written_down() {
    let mut wrong = vec![];
    for family in ALL {
        for case in (family.generate)().cases() {
            let dialect = Dialect { reasons: true, offsets: true };
            let answers = answers(case, dialect);
            match judge_steps(case, &answers, dialect, Profile::Reference) {
                Outcome::Pass | Outcome::Contested { agrees: true, .. } => {}
                outcome => {
                    let offset = if let Some(Answer::Reject(r)) = answers.last() { r.offset } else { None };
                    wrong.push(format!("{}: {outcome:?} (found offset {offset:?})", case.id));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} disagree:\n{}", wrong.len(), wrong.join("\n"));
}

/// The same for sessions, which are played in several variants.
#[cfg(feature = "fuzzing")]
#[test]
fn further_rules_are_of_sessions_that_are_there() {
    let tables = [(client::passive::file(), client::passive::ALSO), (client::join::file(), client::join::ALSO)];
    for (file, table) in tables {
        for (rule, names) in table {
            for name in *names {
                let shows = |c: &&Case| c.id.contains(&format!("/{name}-")) && c.requirements.iter().any(|r| r == rule);
                assert!(file.cases().filter(shows).count() >= 4, "{rule} {name}");
            }
        }
    }
}

#[test]
fn what_contested_cases_show_is_of_contested_cases() {
    let mut found = 0;
    for (family, rows) in open::OPEN {
        let made = ALL.iter().find(|f| f.name == *family).unwrap_or_else(|| panic!("no family {family}"));
        let file = (made.generate)();
        for name in rows.iter().flat_map(|(_, names)| *names) {
            let case = file.cases().find(|c| c.id.rsplit('/').next() == Some(name));
            assert!(case.is_some_and(|c| c.contested.is_some()), "{family}/{name}");
            found += 1;
        }
    }
    assert!(found > 30);
}

/// A further rule of a case that is not there would be lost without a word.
#[test]
fn further_rules_are_of_cases_that_are_there() {
    let mut found = 0;
    for (file, table) in [
        (delivery::hub::file(), delivery::hub::ALSO),
        (delivery::wire::file(), delivery::wire::ALSO),
        (room::wire::file(), room::wire::ALSO),
        #[cfg(feature = "fuzzing")]
        (room::hub::file(), room::hub::ALSO),
    ] {
        let names: BTreeSet<_> = file.cases().filter_map(|case| case.id.rsplit('/').next()).collect();
        for name in table.iter().flat_map(|(_, names)| *names) {
            assert!(names.contains(name), "{}: {name}", file.family);
            found += 1;
        }
    }
    assert!(found > 20);
}

/// A library may put removals in an order of chance (`Plan::any_order`); no vector may depend on that.
#[test]
fn nothing_is_made_in_an_order_of_chance() {
    fn sources(folder: &std::path::Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.ends_with("families/tests.rs") {
                found.push(path);
            }
        }
    }
    let mut found = vec![];
    sources(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/vector"), &mut found);
    assert!(found.len() > 100);
    for path in found {
        assert!(!std::fs::read_to_string(&path).unwrap().contains("any_order"), "{}", path.display());
    }
}
