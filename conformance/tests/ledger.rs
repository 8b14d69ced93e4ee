//! The real ledger against the real vectors.

use mimicheck_conformance::ledger::{Ledger, problems};
use mimicheck_conformance::project::Project;

#[test]
fn every_requirement_is_tested_or_says_why_not() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let project = Project::find(Some(root)).unwrap();
    let ledger = Ledger::load(&project.requirements()).unwrap();
    let files = project.load_vectors().unwrap();
    let found = problems(&ledger, &files);
    assert!(found.is_empty(), "{} problems:\n{}", found.len(), found.join("\n"));
}
