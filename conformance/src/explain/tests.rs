use super::*;
use crate::ledger::{Document, Ledger};
use mimicheck::vector::File;
use serde_json::json;

fn suite() -> (Vec<File>, Ledger) {
    let case = json!({"id": "content/decode/cut", "comment": "The array ends too early.", "flags": ["truncation"],
        "requirements": ["content-08:4.1:salt-16"], "level": "must", "about": "receiver", "op": "content/decode",
        "in": {"cbor": "8750"},
        "expect": {"verdict": "reject", "reason": "truncated", "also": ["wrong-type"], "offset": 2},
        "contested": {"readings": [{"text": "One reading.", "verdict": "reject"},
            {"text": "Another.", "verdict": "accept"}]}});
    let file = json!({"schema": "schema/vectors.schema.json", "family": "content/decode",
        "spec": {"document": "draft-ietf-mimi-content", "revision": "08"},
        "notes": {"truncation": {"bug": "Reads past the end.", "effect": "A crash.",
            "requirement": "content-08:4.1:salt-16", "links": []}},
        "groups": [{"name": "short ones", "source": {"kind": "derived", "name": "n", "version": "1", "seed": "s"},
            "witnesses": [], "cases": [case]}]});
    let document: Document = serde_json::from_value(json!({"document": "draft-ietf-mimi-content", "revision": "08",
        "entries": [
            {"id": "content-08:4.1:salt-16", "section": "4.1", "level": "format", "addressee": "both",
             "text": "The salt has 16 octets."},
            {"id": "content-08:4.2:twin", "section": "4.2", "level": "may", "addressee": "sender", "text": "t"},
            {"id": "content-08:4.3:twin", "section": "4.3", "level": "may", "addressee": "sender", "text": "t"}]}))
    .unwrap();
    (vec![serde_json::from_value(file).unwrap()], Ledger { documents: vec![document] })
}

fn page(word: &str) -> Result<String, String> {
    let (files, ledger) = suite();
    let page = explain(&Known::new(&files, &[], &ledger), word).map_err(|f| f.message)?;
    let plain = anstream::adapter::strip_str(&page).to_string();
    assert!(plain.lines().all(|l| l.chars().count() <= text::WIDTH), "{plain}");
    Ok(plain)
}

#[test]
fn a_case_shows_all_that_is_known() {
    insta::assert_snapshot!(page("content/decode/cut").unwrap(), @r"
    case content/decode/cut
      The array ends too early.
      Level must; about what a receiver does.
    requirements
      content-08:4.1:salt-16 (format, binds sender and receiver)
        The salt has 16 octets.
    why it is hard
      truncation: Reads past the end. A crash.
    input of content/decode
      cbor: 2 octets
        000000  87 50                                            .P
                      ^^ octets are missing here, offset 2
    expected
      reject, reason truncated: the input ends inside an item; just as good: wrong-type; at offset 2
    contested: never a failure
      reject: One reading.
      accept: Another.
    what the reference answers now
      rejects for truncated at offset 2: the input ends inside an item at octet 2 (salt)
      as expected
    next
      mimicheck inspect --case content/decode/cut    its message, item by item
      mimicheck run --adapter PROGRAM --run content/decode/cut    just this one
    ");
}

#[test]
fn each_kind_of_word_has_a_page() {
    insta::assert_snapshot!(page("salt-16").unwrap(), @r"
    requirement content-08:4.1:salt-16
      The salt has 16 octets.
      Section 4.1; level format; binds sender and receiver; tested.
    cases: 1
      content/decode/cut  The array ends too early.
    ");
    insta::assert_snapshot!(page("truncated").unwrap(), @r"
    reason truncated
      the input ends inside an item
      To blame: the octets themselves: nobody can make sense of them.
    cases that expect it: 1
      content/decode/cut  The array ends too early.
    ");
    assert!(page("truncation").unwrap().contains("Catches: Reads past the end."));
    let both = page("content/decode").unwrap();
    assert!(both.contains("family content/decode") && both.contains("operation content/decode"));
    assert!(both.contains("cases, short ones: 1"));
}

#[test]
fn near_misses_are_suggested_and_the_end_of_an_id_must_be_unique() {
    let message = page("salt-61").unwrap_err();
    assert!(message.contains("content-08:4.1:salt-16"), "{message}");
    assert!(page("twin").unwrap_err().contains("content-08:4.3:twin"));
    assert!(page("content/decode/cutt").unwrap_err().contains("content/decode/cut"));
    assert!(page("nothing-like-it-at-all").unwrap_err().contains("mimicheck list"));
}

#[test]
fn octets_are_marked_and_long_inputs_shortened() {
    let rows = anstream::adapter::strip_str(&text::octets(&[0x41; 20], Some(17))).to_string();
    let lines: Vec<&str> = rows.lines().collect();
    assert_eq!(lines[1], format!("    000010  {:<47}  AAAA", "41 41 41 41"));
    assert_eq!(lines[2].find("^^ here, offset 17"), lines[1].find("41 41 41 41").map(|at| at + 3));
    let behind = text::octets(&[0; 16], Some(16));
    assert!(behind.contains("octets are missing here"), "{behind}");
    let long = text::octets(&[0; 100_000], Some(50_000));
    assert!(long.contains("offset 50000") && long.matches("octets left out").count() == 2, "{long}");
    assert!(long.lines().count() < 32, "{long}");
    let left_out = |octets: &[u8]| text::octets(octets, Some(27)).lines().last().unwrap().trim().to_owned();
    assert_eq!(left_out(&[0x81; 10_046]), "… 9886 octets left out");
    assert!(!text::octets(&[0; 512], Some(1)).contains("left out"));
    let many = text::json(&json!(vec![1; 1024]));
    assert!(many.ends_with("    … 826 lines left out\n") && many.lines().count() == 201, "{many}");
}

#[test]
fn words_are_wrapped_and_endless_ones_cut() {
    assert_eq!(wrapped("a b", 2), "  a b\n");
    assert!(wrapped(&"x".repeat(1000), 4).lines().all(|l| l.len() <= text::WIDTH));
    assert!(wrapped(&"word ".repeat(100), 4).lines().all(|l| l.len() <= text::WIDTH && l.starts_with("    word")));
}
