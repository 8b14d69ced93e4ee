//! Decoders that take what they must refuse. The octets are mended where such a decoder would look away,
//! and the reference answers for what is left.

use super::bug::{Asked, Bug, bug};
use super::tree::Node;
use mimicheck::adapter::Answer;

const KIND: &str = "decode";

pub(super) const BUGS: &[Bug] = &[
    bug(KIND, "takes-indefinite-strings", "joins strings of indefinite length", |a, r| {
        every(a, r, &["indefinite-length"], |n| matches!(n.major, 2 | 3), definite)
    }),
    bug(KIND, "takes-indefinite-arrays", "reads arrays of indefinite length", |a, r| {
        every(a, r, &["indefinite-length"], |n| n.major == 4, definite)
    }),
    bug(KIND, "takes-indefinite-maps", "reads maps of indefinite length", |a, r| {
        every(a, r, &["indefinite-length"], |n| n.major == 5, definite)
    }),
    bug(KIND, "takes-long-integers", "reads integers in any width", |a, r| {
        every(a, r, &["non-shortest-integer"], |n| n.major <= 1, |n| n.set(n.arg))
    }),
    bug(KIND, "takes-long-lengths", "reads lengths in any width", |a, r| {
        every(a, r, &["non-shortest-length"], |n| matches!(n.major, 2..=5), |n| n.set(n.arg))
    }),
    bug(KIND, "takes-long-tags", "reads tag numbers in any width", |a, r| {
        every(a, r, &["non-shortest-tag"], |n| n.major == 6, |n| n.set(n.arg))
    }),
    bug(KIND, "takes-wide-floats", "reads floating point numbers in any width", |a, r| {
        every(a, r, &["non-shortest-float"], |n| n.major == 7 && n.width >= 4, |n| *n = Node::null())
    }),
    bug(KIND, "takes-nan-payloads", "reads every NaN", |a, r| {
        every(a, r, &["nan-payload"], |n| n.major == 7 && n.width >= 2, |n| *n = Node::null())
    }),
    bug(KIND, "takes-small-bignums", "reads bignums that fit an integer", |a, r| {
        every(a, r, &["bignum-fits-integer"], |n| n.major == 6 && matches!(n.arg, 2 | 3), |n| *n = Node::null())
    }),
    bug(KIND, "takes-padded-bignums", "reads bignums with leading zeros", |a, r| {
        every(a, r, &["bignum-leading-zero"], |n| n.major == 6 && matches!(n.arg, 2 | 3), |n| *n = Node::null())
    }),
    bug(KIND, "takes-any-key-order", "reads maps in any order", |a, r| {
        every(a, r, &["map-key-order"], |n| n.major == 5, sorted)
    }),
    bug(KIND, "last-duplicate-key-wins", "reads maps with duplicate keys, the last one counts", |a, r| {
        every(a, r, &["duplicate-map-key"], |n| n.major == 5, |n| unique(n, true))
    }),
    bug(KIND, "first-duplicate-key-wins", "reads maps with duplicate keys, the first one counts", |a, r| {
        every(a, r, &["duplicate-map-key"], |n| n.major == 5, |n| unique(n, false))
    }),
    bug(KIND, "takes-trailing-octets", "stops after the first item", |a, r| {
        if !a.refused(&r, &["trailing-bytes"]) {
            return r;
        }
        let octets = a.cbor().unwrap_or_default();
        Node::parse(&octets).map_or(r, |(node, _)| a.about(&node.octets()))
    }),
    bug(KIND, "takes-invalid-utf8", "replaces what is not UTF-8", |a, r| {
        every(
            a,
            r,
            &["invalid-utf8"],
            |n| n.major == 3,
            |n| {
                n.string = String::from_utf8_lossy(&n.string).into_owned().into_bytes();
                n.resize();
            },
        )
    }),
    bug(KIND, "takes-short-salt", "fills up a short salt", |a, r| {
        field(a, r, &["salt-length"], 0, |n| {
            if n.string.len() < 16 {
                n.string.resize(16, 0);
                n.resize();
            }
        })
    }),
    bug(KIND, "takes-long-salt", "cuts a long salt", |a, r| {
        field(a, r, &["salt-length"], 0, |n| {
            n.string.truncate(16);
            n.resize();
        })
    }),
    bug(KIND, "takes-any-replaces-id", "does not look at the length of replaces", |a, r| id_length(a, r, 1)),
    bug(KIND, "takes-any-reply-id", "does not look at the length of inReplyTo", |a, r| id_length(a, r, 4)),
    bug(KIND, "no-part-depth", "does not limit the depth of parts", |a, r| {
        field(a, r, &["part-too-deep"], 6, |n| flatten(n, 1))
    }),
    bug(KIND, "no-extension-depth", "does not limit the depth of extensions", |a, r| {
        field(a, r, &["extension-too-deep"], 5, |n| prune(n, 1))
    }),
    bug(KIND, "extension-depth-5", "allows one level too many in extensions", |a, r| {
        let deep = a.cbor().and_then(|o| Some(Node::parse(&o)?.0.child(5)?.depth()));
        if deep == Some(5) { field(a, r, &["extension-too-deep"], 5, |n| prune(n, 1)) } else { r }
    }),
    bug(KIND, "extension-depth-without-tags", "does not count tags as levels", |a, r| {
        every(a, r, &["extension-too-deep"], |n| n.major == 6, |n| *n = n.children.pop().unwrap_or_else(Node::null))
    }),
    bug(KIND, "takes-huge-keys", "does not limit integer keys", |a, r| {
        every(a, r, &["map-key-range"], |n| n.major <= 1 && n.arg >= (1 << 53) - 1, |n| n.set((1 << 53) - 2))
    }),
    bug(KIND, "takes-empty-keys", "allows an empty text key", |a, r| keys(a, r, &["extension-key-empty"])),
    bug(KIND, "takes-long-keys", "allows text keys of any length", |a, r| keys(a, r, &["extension-key-too-long"])),
    bug(KIND, "takes-any-extension-key", "allows keys of any type", |a, r| keys(a, r, &["extension-key-type"])),
    bug(KIND, "takes-any-nested-key", "allows keys of any type in maps inside extensions", |a, r| {
        every(
            a,
            r,
            &["nested-map-key-type"],
            |n| n.major == 5,
            |n| {
                n.set_entries(n.entries().into_iter().filter(|(k, _)| k.major <= 3).collect());
            },
        )
    }),
    bug(KIND, "takes-any-uri-value", "does not look at the type of senderUri and roomUri", |a, r| {
        field(a, r, &["extension-value-type"], 5, |n| {
            n.set_entries(n.entries().into_iter().filter(|(k, _)| k.major != 0 || k.arg > 2).collect());
        })
    }),
    bug(KIND, "unknown-cardinality-is-null", "takes an unknown cardinality for a null part", |a, r| {
        parts(a, r, &["unknown-cardinality"], |n| {
            if n.children.get(2).is_none_or(|c| c.major != 0 || c.arg > 3) {
                *n = Node::null_part();
            }
        })
    }),
    bug(KIND, "unknown-semantics-is-process-all", "takes unknown part semantics for processAll", |a, r| {
        parts(a, r, &["unknown-part-semantics"], |n| {
            if let Some(semantics) = n.child(3).filter(|s| s.arg > 2) {
                *semantics = Node::uint(2);
            }
        })
    }),
    bug(KIND, "takes-lonely-parts", "allows a multipart with fewer than two parts", |a, r| {
        parts(a, r, &["too-few-parts"], |n| {
            if let Some(inner) = n.child(4).filter(|l| l.major == 4) {
                inner.children.resize(2, Node::null_part());
                inner.resize();
            }
        })
    }),
    bug(KIND, "integers-wrap-at-32-bits", "cuts integers to the size of their field", |a, r| {
        every(a, r, &["integer-out-of-range"], |n| n.major == 0, |n| n.set(n.arg & 0xff))
    }),
    bug(KIND, "undefined-is-null", "takes undefined for null", |a, r| {
        every(a, r, &["wrong-type"], |n| n.major == 7 && n.arg == 23, |n| *n = Node::null())
    }),
    bug(KIND, "text-is-bytes", "takes text strings for byte strings", |a, r| retyped(a, r, 3, 2)),
    bug(KIND, "bytes-are-text", "takes byte strings for text strings", |a, r| retyped(a, r, 2, 3)),
    bug(KIND, "negative-is-unsigned", "drops the sign of an integer", |a, r| retyped(a, r, 1, 0)),
    bug(KIND, "takes-further-fields", "leaves out what it does not know at the end of the message", |a, r| {
        if !a.refused(&r, &["wrong-array-length"]) {
            return r;
        }
        mended(a, r, |n| {
            n.children.truncate(7);
            n.resize();
        })
    }),
    bug(KIND, "takes-further-part-fields", "leaves out what it does not know at the end of a part", |a, r| {
        parts(a, r, &["wrong-array-length"], |n| {
            let most = match n.children.get(2).map(|c| c.arg) {
                Some(0) => 3,
                Some(2) => 15,
                _ => 5,
            };
            n.children.truncate(most);
            n.resize();
        })
    }),
    bug(KIND, "fills-up-what-is-missing", "reads zeros behind the end", |a, r| {
        if !a.refused(&r, &["truncated"]) {
            return r;
        }
        let octets = a.cbor().unwrap_or_default();
        let filled = (1..64).map(|n| a.about(&[octets.as_slice(), &vec![0; n]].concat()));
        filled.into_iter().find(|answer| matches!(answer, Answer::Ok(_))).unwrap_or(r)
    }),
    bug(KIND, "crashes-on-huge-lengths", "trusts a claimed length and runs out of memory", |a, r| {
        let octets = a.cbor().unwrap_or_default();
        let huge = octets.windows(2).any(|w| matches!(w, [0x5b | 0x7b | 0x9b | 0xbb, 0x00..=0x7f]));
        assert!(!(huge && a.refused(&r, &["truncated"])), "seeded: capacity overflow");
        r
    }),
    bug(KIND, "crashes-on-reserved-info", "has no branch for reserved additional information", |a, r| {
        assert!(!a.refused(&r, &["reserved-additional-info"]), "seeded: entered unreachable code");
        r
    }),
];

/// Mends the tree when the right answer is a refusal, and asks again.
fn mended(asked: Asked<'_>, right: Answer, mend: impl FnOnce(&mut Node)) -> Answer {
    let Some(octets) = asked.cbor() else { return right };
    let Some((mut node, rest)) = Node::parse(&octets) else { return right };
    mend(&mut node);
    let mut octets = node.octets();
    octets.extend(rest);
    asked.about(&octets)
}

fn every(
    asked: Asked<'_>,
    right: Answer,
    reasons: &[&str],
    such: impl Fn(&Node) -> bool,
    mend: impl Fn(&mut Node),
) -> Answer {
    if !asked.refused(&right, reasons) {
        return right;
    }
    mended(asked, right, |root| {
        root.visit(&mut |node| {
            if such(node) {
                mend(node);
            }
        });
    })
}

/// Mends one field of the message.
fn field(asked: Asked<'_>, right: Answer, reasons: &[&str], index: usize, mend: impl FnOnce(&mut Node)) -> Answer {
    if !asked.refused(&right, reasons) {
        return right;
    }
    mended(asked, right, |root| {
        if let Some(node) = root.child(index) {
            mend(node);
        }
    })
}

/// Nulls where arrays, maps and tags nest more than four levels.
fn prune(node: &mut Node, level: usize) {
    if !matches!(node.major, 4..=6) {
        return;
    }
    if level > 4 {
        *node = Node::null();
    }
    for child in &mut node.children {
        prune(child, level + 1);
    }
}

/// Mends every array below the body, parts among them.
fn parts(asked: Asked<'_>, right: Answer, reasons: &[&str], mend: impl Fn(&mut Node)) -> Answer {
    let is_part = |n: &Node| n.major == 4 && n.children.len() >= 3 && n.children.first().is_some_and(|d| d.major == 0);
    field(asked, right, reasons, 6, |body| {
        body.visit(&mut |node| {
            if is_part(node) {
                mend(node);
            }
        });
    })
}

fn definite(node: &mut Node) {
    if node.indefinite {
        if matches!(node.major, 2 | 3) {
            node.string = node.children.drain(..).flat_map(|c| c.string).collect();
        }
        node.resize();
    }
}

fn sorted(node: &mut Node) {
    let mut entries = node.entries();
    entries.sort_by_key(|(key, _)| key.octets());
    node.set_entries(entries);
}

fn unique(node: &mut Node, last: bool) {
    let mut kept: Vec<(Node, Node)> = vec![];
    for (key, value) in node.entries() {
        match kept.iter_mut().find(|(k, _)| *k == key) {
            Some(entry) if last => entry.1 = value,
            Some(_) => {}
            None => kept.push((key, value)),
        }
    }
    node.set_entries(kept);
}

fn id_length(asked: Asked<'_>, right: Answer, index: usize) -> Answer {
    field(asked, right, &["message-id-length"], index, |n| {
        n.string.resize(32, 0);
        n.resize();
    })
}

/// Null parts for the multiparts of the fourth level, so that there is no fifth.
fn flatten(part: &mut Node, level: usize) {
    let multi = part.children.get(4).is_some_and(|n| n.major == 4);
    if level == 4 && multi {
        *part = Node::null_part();
    } else if let Some(inner) = part.child(4).filter(|n| n.major == 4) {
        for child in &mut inner.children {
            flatten(child, level + 1);
        }
    }
}

/// Drops the extensions with such keys, as a decoder that looks only for those it knows.
fn keys(asked: Asked<'_>, right: Answer, reasons: &[&str]) -> Answer {
    let sound = |k: &Node| match k.major {
        0 | 1 => true,
        3 => (1..=255).contains(&k.string.len()),
        _ => false,
    };
    field(asked, right, reasons, 5, |n| n.set_entries(n.entries().into_iter().filter(|(k, _)| sound(k)).collect()))
}

/// Takes one type for another, wherever that makes a document of it.
fn retyped(asked: Asked<'_>, right: Answer, from: u8, to: u8) -> Answer {
    if !asked.refused(&right, &["wrong-type"]) {
        return right;
    }
    let Some((root, _)) = asked.cbor().as_deref().and_then(|o| Node::parse(o).map(|(n, r)| (n, r.len()))) else {
        return right;
    };
    let mut count = 0;
    root.clone().visit(&mut |_| count += 1);
    for chosen in 0..count {
        let (mut copy, mut index) = (root.clone(), 0);
        copy.visit(&mut |node| {
            if index == chosen && node.major == from {
                node.major = to;
            }
            index += 1;
        });
        let answer = asked.about(&copy.octets());
        if matches!(answer, Answer::Ok(_)) {
            return answer;
        }
    }
    right
}
