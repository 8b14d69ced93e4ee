use super::{Options, render};

fn page(octets: &[u8]) -> String {
    render(octets, &Options { name: "input".into(), ..Options::default() })
}

/// Salt of 16 octets, no extension, a null part.
fn smallest() -> Vec<u8> {
    let mut octets = vec![0x87, 0x50];
    octets.extend([7; 16]);
    octets.extend([0xf6, 0x40, 0xf6, 0xf6, 0xa0, 0x83, 0x01, 0x60, 0x00]);
    octets
}

#[test]
fn a_sound_message() {
    let page = page(&smallest());
    assert!(page.contains("a conforming document"), "{page}");
    assert!(page.contains("message id   none: no sender URI was given"), "{page}");
    assert!(page.contains("/ salt / h'07070707070707070707070707070707',"), "{page}");
    assert!(page.contains("cardinality: 0 (null part)"), "{page}");
    assert!(!page.contains("\n> "), "{page}");
}

#[test]
fn the_wrong_place_is_marked() {
    let mut octets = smallest();
    octets[20] = 0x5f; // the topic id becomes an item of indefinite length that never ends
    let page = page(&octets);
    assert!(page.contains("indefinite-length at octet 20"), "{page}");
    assert!(page.lines().any(|l| l.starts_with("> 000014")), "{page}");
}

#[test]
fn whatever_the_octets() {
    for octets in [&[][..], &[0xff], &[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], &[0x81; 5000], &[0x1c]] {
        let page = page(octets);
        assert!(page.contains("First thing wrong"), "{page}");
    }
    let all: Vec<u8> = (0..=255).cycle().take(4096).collect();
    for start in 0..256 {
        let _ = page(&all[start..start + 600]);
    }
}

#[test]
fn maps_tags_and_indefinite_items_in_notation() {
    // {1: 32("x"), "k": [_ 1.5, h'01']}
    let octets = [0xa2, 0x01, 0xd8, 0x20, 0x61, 0x78, 0x61, 0x6b, 0x9f, 0xf9, 0x3e, 0x00, 0x41, 0x01, 0xff];
    let page = page(&octets);
    let notation: String = page.split("Diagnostic notation").nth(1).unwrap().split("Octets").next().unwrap().into();
    let flat: String = notation.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(flat, r#"/ message / { 1: 32("x"), "k": [_ 1.5_1, h'01', ], }"#);
}
