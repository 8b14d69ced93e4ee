//! Other octets than the deterministic encoding.

use super::rewrite::{OP, key, rewritten};
use crate::faulty::bug::Fault::Answers;
use crate::faulty::bug::Row;
use crate::faulty::item::{ARRAY, BYTES, Item, MAP, NINT, OTHER, TAG, TEXT, UINT};
use crate::faulty::message::{
    EXTENSIONS, EXTERNAL, MULTI, PARTS, TOPIC, URL, cardinality, change_extensions, each_integer, each_part, external,
};
use serde_json::Value;

const LIBRARY: &str = "the default of a CBOR library";
const WRAPS: &str = "an integer is cut to the type of its field";

pub(in crate::faulty) const OCTETS: &[Row] = &[
    (
        "extensions-as-given",
        "writes the extensions in the order in which they were given",
        LIBRARY,
        Answers(OP, |input, answer| {
            let given = input.pointer("/message/extensions").and_then(Value::as_array).cloned().unwrap_or_default();
            let keys: Vec<Option<Item>> = given.iter().map(|e| key(e.get("key")?)).collect();
            let place = move |key: &Item| keys.iter().position(|k| k.as_ref() == Some(key));
            rewritten(answer, |root| change_extensions(root, |entries| entries.sort_by_key(|(key, _)| place(key))))
        }),
    ),
    (
        "extensions-length-first",
        "writes the extensions with the shortest keys first",
        "the canonical order of the older CBOR document, which libraries still have",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                change_extensions(root, |entries| {
                    entries.sort_by_cached_key(|(key, _)| (key.octets().len(), key.octets()));
                });
            })
        }),
    ),
    (
        "extensions-by-value",
        "writes the extensions ordered by their keys' values, negative ones first",
        "keys are sorted before they are encoded",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                change_extensions(root, |entries| {
                    entries.sort_by_cached_key(|(key, _)| match key.major {
                        UINT => (0, i128::from(key.arg), vec![]),
                        NINT => (0, -1 - i128::from(key.arg), vec![]),
                        _ => (1, 0, key.string_octets().unwrap_or_default()),
                    });
                });
            })
        }),
    ),
    (
        "text-keys-alphabetical",
        "writes text keys in alphabetical order",
        "keys are sorted before they are encoded",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                change_extensions(root, |entries| {
                    let text = |key: &Item| key.string_octets().unwrap_or_default();
                    entries.sort_by_cached_key(|(key, _)| {
                        (key.major, if key.major == TEXT { 0 } else { key.arg }, text(key))
                    });
                });
            })
        }),
    ),
    (
        "integers-of-32-bits",
        "writes every integer that fits in four octets",
        "fields are written as wide as their type",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                each_integer(root, &mut |field| {
                    if field.major == UINT && field.info < 26 {
                        field.info = 26;
                    }
                });
            })
        }),
    ),
    (
        "large-integers-as-floats",
        "writes integers of 2^32 and more as floating point numbers",
        "libraries of languages with one number type",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                each_integer(root, &mut |field| {
                    let decimal: Option<f64> = field.arg.to_string().parse().ok();
                    if field.major == UINT
                        && field.info == 27
                        && let Some(value) = decimal
                    {
                        *field = Item { major: OTHER, info: 27, arg: value.to_bits(), ..field.clone() };
                    }
                });
            })
        }),
    ),
    (
        "lengths-of-16-bits",
        "writes every length of a string in two octets",
        "room for the length is left before the string is known",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                root.each(&mut |item| {
                    if matches!(item.major, BYTES | TEXT) && item.info < 25 {
                        item.info = 25;
                    }
                });
            })
        }),
    ),
    (
        "lengths-in-characters",
        "writes the number of characters as the length of a text",
        "the length of a string is not that of its UTF-8",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                root.each(&mut |item| {
                    let text = item.string_octets().filter(|_| item.major == TEXT);
                    if let Some(text) = text.and_then(|octets| String::from_utf8(octets).ok()) {
                        item.set(u64::try_from(text.chars().count()).unwrap_or(u64::MAX));
                    }
                });
            })
        }),
    ),
    (
        "parts-of-indefinite-length",
        "writes the array of parts until a break",
        LIBRARY,
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                each_part(root, &mut |part, _| {
                    if cardinality(part) == Some(MULTI)
                        && let Some(parts) = part.at_mut(PARTS)
                    {
                        (parts.info, parts.arg) = (31, 0);
                    }
                });
            })
        }),
    ),
    (
        "extensions-of-indefinite-length",
        "writes the map of extensions until a break",
        LIBRARY,
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                if let Some(map) = root.at_mut(EXTENSIONS) {
                    (map.info, map.arg) = (31, 0);
                }
            })
        }),
    ),
    (
        "no-extensions-as-null",
        "writes null for no extensions",
        "an optional field where there is none",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                if let Some(map) = root.at_mut(EXTENSIONS).filter(|map| map.items().is_empty()) {
                    *map = Item::null();
                }
            })
        }),
    ),
    (
        "no-topic-as-null",
        "writes null for no topic",
        "an optional field where there is none",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                if let Some(topic) = root.at_mut(TOPIC).filter(|topic| topic.arg == 0) {
                    *topic = Item::null();
                }
            })
        }),
    ),
    (
        "null-as-undefined",
        "writes undefined for null",
        "many languages have one word for both",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                for field in root.items_mut().into_iter().flatten().filter(|field| **field == Item::null()) {
                    field.set(23);
                }
            })
        }),
    ),
    (
        "url-in-a-tag",
        "writes a URL in tag 32",
        "another copy of the schema asks for the tag",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                each_part(root, &mut |part, _| {
                    if cardinality(part) == Some(EXTERNAL)
                        && let Some(url) = part.at_mut(URL)
                    {
                        let mut tag = Item::array(vec![url.clone()]);
                        tag.major = TAG;
                        tag.set(32);
                        *url = tag;
                    }
                });
            })
        }),
    ),
    (
        "text-as-octets",
        "writes texts as byte strings",
        "languages in which a string is its octets",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                each_part(root, &mut |part, _| {
                    for field in part.items_mut().into_iter().flatten().filter(|field| field.major == TEXT) {
                        field.major = BYTES;
                    }
                });
            })
        }),
    ),
    (
        "message-as-a-map",
        "writes the message as a map from place to field",
        "how records are written unless told otherwise",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                let fields = (0_u64..).zip(root.items().to_vec());
                let entries = fields.map(|(place, field)| (Item::uint(place), field)).collect();
                root.major = MAP;
                root.set_entries(entries);
            })
        }),
    ),
    (
        "expiry-swapped",
        "writes the time before the flag that says whether it is relative",
        "two fields in the wrong order",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                if let Some(fields) =
                    root.at_mut(crate::faulty::message::EXPIRES).filter(|e| e.major == ARRAY).and_then(Item::items_mut)
                {
                    fields.reverse();
                }
            })
        }),
    ),
    (
        "size-written-with-32-bits",
        "writes a size without its upper 32 bits",
        WRAPS,
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                each_part(root, &mut |part, _| {
                    if cardinality(part) == Some(EXTERNAL)
                        && let Some(size) = part.at_mut(external::SIZE)
                    {
                        size.set(size.arg & 0xffff_ffff);
                    }
                });
            })
        }),
    ),
    (
        "negative-keys-written-off-by-one",
        "writes the key -1 with the argument 1",
        "a negative integer is -1 minus its argument",
        Answers(OP, |_, answer| {
            rewritten(answer, |root| {
                change_extensions(root, |entries| {
                    for (key, _) in entries.iter_mut().filter(|(key, _)| key.major == NINT) {
                        key.set(key.arg.saturating_add(1));
                    }
                });
            })
        }),
    ),
];
