//! The real ledger against the real vectors.

use mimicheck_conformance::ledger::{Ledger, problems};
use mimicheck_conformance::project::Project;
use mimicheck_conformance::simulate;

#[test]
fn every_requirement_is_tested_or_says_why_not() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let project = Project::find(Some(root)).unwrap();
    let ledger = Ledger::load(&project.requirements()).unwrap();
    let files = project.load_vectors().unwrap();
    let scenarios = simulate::named(&project).unwrap();
    assert!(scenarios.len() >= 12, "the test looks at the wrong place");
    let found = problems(&ledger, &files, &scenarios);
    assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
}

/// Ids in the pages of `docs/`: words that begin with a document's name and a colon.
#[test]
fn every_requirement_that_the_documentation_names_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let ledger = Ledger::load(&Project::find(Some(root)).unwrap().requirements()).unwrap();
    let (mut pages, mut named) = (vec![root.join("README.md")], 0);
    for dir in [root.join("docs"), root.join("docs/spec")] {
        pages.extend(std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().path()));
    }
    for page in pages.iter().filter(|p| p.extension().is_some_and(|e| e == "md")) {
        let text = std::fs::read_to_string(page).unwrap();
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && !"-.:".contains(c));
        for id in words.filter(|w| ledger.documents.iter().any(|d| w.starts_with(&format!("{}:", d.name())))) {
            assert!(ledger.find(id).is_some(), "{}: {id}", page.display());
            named += 1;
        }
    }
    assert!(named > 0);
}
