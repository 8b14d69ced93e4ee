use super::Piece;

/// Numbers that are the first or the last of something.
const EDGES: [&[u8]; 12] =
    [&[], &[0], &[1], &[2], &[3], &[0xff], &[0, 0], &[0xff, 0xff], &[0, 0, 0, 0], &[0xff; 4], &[0; 8], &[0xff; 8]];

/// A number below `bound`; 0 where there is none.
fn below(octet: u8, bound: usize) -> usize {
    usize::from(octet).checked_rem(bound).unwrap_or_default()
}

/// The tree with one change: of the octets, the first two choose a field, the third what is done to it, the fourth how.
/// What is put in comes from the other tree where a field is exchanged.
#[must_use]
pub fn changed(tree: &Piece, other: &Piece, [high, low, what, how]: [u8; 4]) -> Piece {
    let mut out = tree.clone();
    let place = usize::from(u16::from_be_bytes([high, low])).checked_rem(tree.count()).unwrap_or_default();
    let given = {
        let mut other = other.clone();
        let count = other.count();
        // Mostly from the same place: of another commit that is the field of the same meaning.
        let from = if what >= 0x80 { below(how, count) } else { place.checked_rem(count).unwrap_or_default() };
        other.node_mut(from).map(|node| node.clone())
    };
    let Some(node) = out.node_mut(place) else { return out };
    match (node, given) {
        (node, Some(given)) if what % 8 == 7 => *node = given,
        (Piece::Octets(octets), _) => edit(octets, what, how),
        (Piece::List(_, children) | Piece::Vector(children), _) => rearrange(children, what, how),
    }
    out
}

fn edit(octets: &mut Vec<u8>, what: u8, how: u8) {
    let at = below(how, octets.len());
    match what % 8 {
        0 => octets.truncate(at),
        1 => octets.insert(at, how),
        2 => *octets = EDGES.get(below(how, EDGES.len())).copied().unwrap_or_default().to_vec(),
        3 => octets.iter_mut().for_each(|octet| *octet = if how.is_multiple_of(2) { 0 } else { 0xff }),
        4 => octets.extend(octets.clone()),
        _ => {
            if let Some(octet) = octets.get_mut(at) {
                // 0, 1 and 2 more or less, and single bits.
                *octet = if what & 8 == 0 {
                    octet.wrapping_add(how % 5).wrapping_sub(2)
                } else {
                    *octet ^ (1 << (what >> 5))
                };
            }
        }
    }
}

fn rearrange(children: &mut Vec<Piece>, what: u8, how: u8) {
    let at = below(how, children.len());
    match what % 8 {
        0 => children.clear(),
        1 | 2 => drop((at < children.len()).then(|| children.remove(at))),
        3 | 4 => {
            if let Some(child) = children.get(at).cloned() {
                children.push(child);
            }
        }
        5 => children.reverse(),
        _ => children.push(Piece::Octets(EDGES.get(below(how, EDGES.len())).copied().unwrap_or_default().to_vec())),
    }
}
