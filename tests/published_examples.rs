//! The draft's fourteen examples, rebuilt here from the values of their fields, are octet for octet the
//! published ones, and so are their message ids. The published files lie beside the project, not in it: where
//! they are missing there is nothing to compare, which is a failure when `CI` is `true`.

use mimicheck::vector::{Case, families};
use mimicheck::wire::hex;
use std::collections::BTreeMap;
use std::path::PathBuf;

const EXAMPLES: usize = 14;

/// Where the published files are; `None` when they are not there.
fn published() -> Option<PathBuf> {
    let dir = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/mimi-content-08");
    if dir.is_dir() {
        return Some(dir);
    }
    assert!(
        std::env::var("CI").as_deref() != Ok("true"),
        "{}: the published examples are missing; CI compares them",
        dir.display()
    );
    None
}

/// The cases of a family that are examples, by the example's name.
fn examples(family: &str) -> BTreeMap<String, Case> {
    let named = |case: &Case| {
        let name = case.id.strip_prefix(family)?.strip_prefix("/example-")?;
        Some((name.to_owned(), case.clone()))
    };
    let files = families::ALL.iter().filter(|f| f.name == family).map(|f| (f.generate)());
    files.flat_map(|file| file.cases().filter_map(named).collect::<Vec<_>>()).collect()
}

#[test]
fn octets_are_the_published_ones() {
    let Some(dir) = published() else { return };
    let examples = examples("content/decode");
    assert_eq!(examples.len(), EXAMPLES);
    for (name, case) in &examples {
        let octets = std::fs::read(dir.join(format!("{name}.cbor"))).expect("the published file can be read");
        assert_eq!(case.input["cbor"], hex::encode(&octets), "{name}");
    }
    let files = std::fs::read_dir(&dir).expect("the folder can be listed").flatten();
    let files = files.filter(|f| f.path().extension().is_some_and(|e| e == "cbor")).count();
    assert_eq!(files, EXAMPLES, "a published example that is not rebuilt");
}

#[test]
fn ids_are_the_published_ones() {
    let Some(dir) = published() else { return };
    let text = std::fs::read_to_string(dir.join("message-ids.json")).expect("the list of ids can be read");
    let ids: BTreeMap<String, String> = serde_json::from_str(&text).expect("the list of ids maps names to ids");
    let ours: BTreeMap<String, String> = examples("content/message-id")
        .into_iter()
        .map(|(name, case)| {
            let out = case.expect.out.expect("an example has an id");
            (name, out["message_id"].as_str().expect("an id is a text").to_owned())
        })
        .collect();
    assert_eq!(ours, ids);
}
