//! Content ids that name a part of the same message (section 4.4): `cid:INDEX@local.invalid`.

use super::message::{Message, PartBody};
use crate::reason::{Reason, content as reason};

const SCHEME: &str = "cid:";
const HOST: &str = "@local.invalid";

/// The part index in a content id: decimal, without sign or leading zeros, compared exactly (the draft
/// gives one form). An index above `u64::MAX` is read as that: no message has so many parts.
///
/// # Errors
/// `cid-malformed`.
pub fn parse_cid(uri: &str) -> Result<u64, Reason> {
    let digits = uri.strip_prefix(SCHEME).and_then(|rest| rest.strip_suffix(HOST));
    digits.and_then(index).ok_or(reason::CID_MALFORMED)
}

fn index(digits: &str) -> Option<u64> {
    let decimal = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    (decimal && !leading_zero).then(|| digits.parse().unwrap_or(u64::MAX))
}

impl Message<'_> {
    /// The index of the part that a content id names.
    ///
    /// # Errors
    /// `cid-malformed`, `cid-unknown-part`, or `cid-not-a-leaf` when it is neither single nor external.
    pub fn resolve_cid(&self, uri: &str) -> Result<usize, Reason> {
        let index = usize::try_from(parse_cid(uri)?).map_err(|_| reason::CID_UNKNOWN_PART)?;
        let parts = self.parts();
        match parts.get(index).ok_or(reason::CID_UNKNOWN_PART)?.part.body {
            PartBody::Single { .. } | PartBody::External(_) => Ok(index),
            PartBody::Null | PartBody::Multi { .. } => Err(reason::CID_NOT_A_LEAF),
        }
    }
}

/// The part indexes that a container's content (HTML, Markdown, vCard, iCalendar) refers to, in order of
/// appearance. What surrounds a content id must not belong to it: `xcid:1@local.invalid` and
/// `cid:1@local.invalid.example` are something else. Linear in the content.
pub(super) fn references(content: &[u8]) -> Vec<u64> {
    let mut found = Vec::new();
    let mut rest = content;
    let mut before = None;
    while let Some((first, tail)) = rest.split_first() {
        if let Some((index, length)) = reference(rest, before) {
            found.push(index);
            before = None;
            rest = rest.get(length..).unwrap_or_default();
        } else {
            before = Some(*first);
            rest = tail;
        }
    }
    found
}

/// A content id at the start of `rest`, and its length in octets.
fn reference(rest: &[u8], before: Option<u8>) -> Option<(u64, usize)> {
    if before.is_some_and(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) {
        return None;
    }
    let digits = rest.strip_prefix(SCHEME.as_bytes())?;
    let digits = digits.get(..digits.iter().take_while(|b| b.is_ascii_digit()).count())?;
    let length = SCHEME.len() + digits.len() + HOST.len();
    let host = rest.get(SCHEME.len() + digits.len()..length)?;
    let label = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || b"-_".contains(b));
    let after = rest.get(length..)?;
    let longer = label(after.first()) || after.first() == Some(&b'.') && label(after.get(1));
    let index = index(std::str::from_utf8(digits).ok()?)?;
    (host == HOST.as_bytes() && !longer).then_some((index, length))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{message, multi, null, single};
    use super::*;
    use crate::content::Semantics::ProcessAll;

    #[test]
    fn one_form_only() {
        assert_eq!(parse_cid("cid:0@local.invalid"), Ok(0));
        assert_eq!(parse_cid("cid:10@local.invalid"), Ok(10));
        assert_eq!(parse_cid("cid:18446744073709551615@local.invalid"), Ok(u64::MAX));
        assert_eq!(parse_cid("cid:99999999999999999999999@local.invalid"), Ok(u64::MAX));
        for bad in [
            "",
            "cid:",
            "cid:@local.invalid",
            "cid:01@local.invalid",
            "cid:00@local.invalid",
            "cid:+1@local.invalid",
            "cid:-1@local.invalid",
            "cid: 1@local.invalid",
            "cid:1@local.invalid ",
            "cid:1@LOCAL.invalid",
            "CID:1@local.invalid",
            "cid:1@local.invalid.",
            "cid:1@example.com",
            "cid:%31@local.invalid",
            "cid:٣@local.invalid",
            "cid:1",
            "<cid:1@local.invalid>",
        ] {
            assert_eq!(parse_cid(bad), Err(reason::CID_MALFORMED), "{bad}");
        }
    }

    #[test]
    fn only_leaves_are_named() {
        let m = message(multi(ProcessAll, vec![single("text/plain", b""), null()]));
        assert_eq!(m.resolve_cid("cid:1@local.invalid"), Ok(1));
        assert_eq!(m.resolve_cid("cid:0@local.invalid"), Err(reason::CID_NOT_A_LEAF));
        assert_eq!(m.resolve_cid("cid:2@local.invalid"), Err(reason::CID_NOT_A_LEAF));
        assert_eq!(m.resolve_cid("cid:3@local.invalid"), Err(reason::CID_UNKNOWN_PART));
        assert_eq!(m.resolve_cid("cid:18446744073709551616@local.invalid"), Err(reason::CID_UNKNOWN_PART));
        assert_eq!(m.resolve_cid("cid:x@local.invalid"), Err(reason::CID_MALFORMED));
    }

    #[test]
    fn references_in_content() {
        let content = b"![a](cid:2@local.invalid) <cid:3@local.invalid> see cid:4@local.invalid. \xff\
            xcid:5@local.invalid cid:6@local.invalid.example cid:7@local.invalids cid:08@local.invalid \
            cid:cid:9@local.invalid cid:10@local.invalid";
        assert_eq!(references(content), [2, 3, 4, 9, 10]);
        assert_eq!(references(b""), Vec::<u64>::new());
        assert_eq!(references(b"cid:1@local.invali"), Vec::<u64>::new());
    }
}
