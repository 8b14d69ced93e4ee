use super::*;
use crate::wire::hex;

fn written(item: &Item) -> String {
    hex::encode(&item.octets())
}

/// From the table of RFC 8949, appendix A.
#[test]
fn items_of_the_rfc() {
    for (item, octets) in [
        (uint(0), "00"),
        (uint(23), "17"),
        (uint(24), "1818"),
        (uint(1000), "1903e8"),
        (uint(1_000_000), "1a000f4240"),
        (uint(u64::MAX), "1bffffffffffffffff"),
        (int(-1), "20"),
        (int(-1000), "3903e7"),
        (negative(u64::MAX), "3bffffffffffffffff"),
        (half(0x3e00), "f93e00"),
        (single(0x47c3_5000), "fa47c35000"),
        (double(0x3ff1_9999_9999_999a), "fb3ff199999999999a"),
        (boolean(false), "f4"),
        (null(), "f6"),
        (simple(16), "f0"),
        (simple(255), "f8ff"),
        (tag(32, text("http://www.example.com")), "d82076687474703a2f2f7777772e6578616d706c652e636f6d"),
        (bytes([1, 2, 3, 4]), "4401020304"),
        (text("ü"), "62c3bc"),
        (array([uint(1), array([uint(2), uint(3)])]), "8201820203"),
        (map([(uint(1), uint(2)), (uint(3), uint(4))]), "a201020304"),
        (chunks(&bytes([]), [bytes([1, 2]), bytes([3, 4, 5])]), "5f42010243030405ff"),
        (map([(text("Fun"), boolean(true))]).indefinite(), "bf6346756ef5ff"),
    ] {
        assert_eq!(written(&item), octets);
    }
}

#[test]
fn heads_as_told_and_marks_that_move_along() {
    assert_eq!(written(&uint(1).width(Width::Eight)), "1b0000000000000001");
    assert_eq!(written(&text("a").width(Width::Two)), "79000161");
    assert_eq!(written(&bytes([7]).claim(9)), "4907");
    assert_eq!(written(&uint(1).info(28)), "1c");

    let inner = array([text("ab"), uint(7).mark()]);
    assert_eq!(inner.offset(), Some(4));
    let outer = array([uint(0), inner.width(Width::Four)]).width(Width::One);
    assert_eq!(outer.offset(), Some(2 + 1 + 5 + 3));
    assert_eq!(outer.octets()[11], 7);
    assert_eq!(outer.clone().then(octets([1, 2]).mark()).offset(), Some(12));

    let cut = array([uint(0), text("abc").mark()]).cut(2);
    assert_eq!((written(&cut).as_str(), cut.offset()), ("82006361", Some(4)));
}
