//! Every CBOR item of any octets, in order, as far as they are well-formed. Knows none of the rules
//! of the codec and shares none of its code: a person sees what is there, allowed or not.

use super::schema::Role;
use std::ops::Range;

/// One item's head, with the octets of its string if it is one.
#[derive(Clone, Debug)]
pub(super) struct Item {
    pub depth: usize,
    pub label: &'static str,
    pub major: u8,
    pub info: u8,
    pub arg: u64,
    /// Octets of the head.
    pub head: Range<usize>,
    /// Octets of the string, empty for all else.
    pub payload: Range<usize>,
}

/// Indefinite length, or the break that ends it.
pub(super) const INDEFINITE: u8 = 31;

/// All items, and where sense ends if it does.
#[derive(Clone, Debug, Default)]
pub(super) struct Walk {
    pub items: Vec<Item>,
    /// Offset at which the octets stop making sense, and why.
    pub stopped: Option<(usize, &'static str)>,
    /// Items beyond the limit were left out.
    pub cut: bool,
}

struct Frame {
    role: Role,
    index: u64,
    /// `None` for indefinite length.
    left: Option<u64>,
}

/// Walks at most `limit` items; memory grows with the items found, never with what is claimed.
pub(super) fn walk(octets: &[u8], limit: usize) -> Walk {
    let mut result = Walk::default();
    let mut stack = vec![Frame { role: Role::Top, index: 0, left: Some(1) }];
    let mut at = 0;
    loop {
        while stack.last().is_some_and(|f| f.left == Some(0)) {
            stack.pop();
        }
        let depth = stack.len().saturating_sub(1);
        let Some(frame) = stack.last_mut() else { break };
        if result.items.len() >= limit {
            result.cut = true;
            return result;
        }
        let mut item = match read(octets, at) {
            Ok(item) => item,
            Err(stop) => {
                result.stopped = Some(stop);
                return result;
            }
        };
        at = item.payload.end;
        item.depth = depth;
        if item.major == 7 && item.info == INDEFINITE {
            if frame.left.is_some() {
                result.stopped = Some((item.head.start, "a break outside an item of indefinite length"));
                return result;
            }
            item.depth = depth.saturating_sub(1);
            frame.left = Some(0);
            result.items.push(item);
            continue;
        }
        let (label, role) = frame.role.child(frame.index);
        item.label = label;
        if label == "cardinality" && item.major == 0 {
            frame.role = Role::Part(Some(item.arg));
        }
        frame.index += 1;
        frame.left = frame.left.map(|n| n.saturating_sub(1));
        if let Some(left) = children(&item) {
            stack.push(Frame { role: role.of_major(item.major), index: 0, left });
        }
        result.items.push(item);
    }
    if at < octets.len() {
        result.stopped = Some((at, "octets follow the item"));
    }
    result
}

/// How many items an item contains: `None` for none, `Some(None)` for an indefinite number.
fn children(item: &Item) -> Option<Option<u64>> {
    match (item.major, item.info) {
        (2..=5, INDEFINITE) => Some(None),
        (4, _) => Some(Some(item.arg)),
        (5, _) => Some(Some(item.arg.saturating_mul(2))),
        (6, _) => Some(Some(1)),
        _ => None,
    }
}

fn read(octets: &[u8], at: usize) -> Result<Item, (usize, &'static str)> {
    let rest = octets.get(at..).unwrap_or_default();
    let Some((&initial, rest)) = rest.split_first() else { return Err((octets.len(), "the octets end here")) };
    let (major, info) = (initial >> 5, initial & 0x1f);
    let width = match info {
        0..=23 => 0,
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        INDEFINITE if !matches!(major, 0 | 1 | 6) => 0,
        _ => return Err((at, "a reserved additional information value")),
    };
    let Some(argument) = rest.get(..width) else { return Err((octets.len(), "the octets end inside a head")) };
    let arg = match width {
        0 => u64::from(info),
        _ => argument.iter().fold(0, |n, b| (n << 8) | u64::from(*b)),
    };
    let end = at + 1 + width;
    let string = matches!(major, 2 | 3) && info != INDEFINITE;
    let length = if string { usize::try_from(arg).unwrap_or(usize::MAX) } else { 0 };
    let Some(payload_end) = end.checked_add(length).filter(|e| *e <= octets.len()) else {
        return Err((octets.len(), "the octets end inside a string"));
    };
    Ok(Item { depth: 0, label: "", major, info, arg, head: at..end, payload: end..payload_end })
}
