//! What fuzzing found, replayed on stable: every file in `fuzz/regressions/TARGET/`, named by the bug. And the list of
//! targets is the same everywhere.
#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used)]

use mimicheck::fuzzing::TARGETS;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
}

fn names(dir: &Path) -> BTreeSet<String> {
    let name = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    fs::read_dir(dir).unwrap().map(|entry| name(entry.unwrap().path())).collect()
}

fn targets() -> BTreeSet<String> {
    TARGETS.iter().map(|t| t.name.to_owned()).collect()
}

#[test]
fn every_regression_stays_fixed() {
    let mut replayed = 0;
    for target in TARGETS {
        for entry in fs::read_dir(fuzz().join("regressions").join(target.name)).unwrap() {
            let path = entry.unwrap().path();
            let octets = fs::read(&path).unwrap();
            assert_eq!((target.check)(&octets), Ok(()), "{}", path.display());
            replayed += 1;
        }
    }
    assert!(replayed > 0);
}

#[test]
fn targets_are_the_same_everywhere() {
    let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let bins = manifest.split("[[bin]]").skip(1);
    let bins = bins.map(|bin| bin.split_once("name = \"").unwrap().1.split_once('"').unwrap().0.to_owned());
    assert_eq!(bins.collect::<BTreeSet<_>>(), targets(), "fuzz/Cargo.toml");
    assert_eq!(names(&fuzz().join("fuzz_targets")), targets(), "fuzz/fuzz_targets");
    assert_eq!(names(&fuzz().join("regressions")), targets(), "fuzz/regressions");
    for target in TARGETS {
        let glue = fs::read_to_string(fuzz().join(format!("fuzz_targets/{}.rs", target.name))).unwrap();
        assert!(
            glue.contains(&format!("targets::{},", target.name.to_uppercase())),
            "{} runs another target",
            target.name
        );
    }
}
