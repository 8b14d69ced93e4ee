//! Takes items of other types, and more or fewer of them, than the schema says (appendix A.1).

use super::shape::{FALSE, NULL, UNDEFINED, cut, each_string, nullable};
use crate::faulty::bug::Fault::Takes;
use crate::faulty::bug::Row;
use crate::faulty::decode::wire::float;
use crate::faulty::item::{ARRAY, BYTES, Item, MAP, OTHER, TAG, TEXT, UINT};
use crate::faulty::message::{
    BODY, CARDINALITY, CONTENT, EXPIRES, EXTENSIONS, EXTERNAL, MULTI, SINGLE, cardinality, each_integer, each_part,
    external,
};

const LENIENT: &str = "a reader that is liberal in what it accepts";

pub(in crate::faulty) const TYPES: &[Row] = &[
    (
        "float-is-integer",
        "reads a floating point number without a fraction as an integer",
        "languages with one number type see no difference",
        Takes(|root| {
            each_integer(root, &mut |field| {
                let whole = float(field).and_then(|value| value.to_string().parse().ok());
                if let Some(value) = whole {
                    *field = Item::uint(value);
                }
            });
        }),
    ),
    (
        "undefined-is-null",
        "reads undefined as null",
        "many languages have one word for both",
        Takes(|root| nullable(root, |item| item.arg == UNDEFINED)),
    ),
    (
        "false-is-null",
        "reads false as null",
        "a test for truth where one for null is needed",
        Takes(|root| nullable(root, |item| item.arg == FALSE)),
    ),
    (
        "integer-is-boolean",
        "reads 0 and 1 as false and true",
        "languages in which booleans are integers",
        Takes(|root| {
            if let Some(relative) = root.at_mut(EXPIRES).and_then(|expires| expires.at_mut(0))
                && relative.major == UINT
                && relative.arg < 2
            {
                relative.major = OTHER;
                relative.set(FALSE + relative.arg);
            }
        }),
    ),
    (
        "integer-expiry",
        "reads a bare integer as an absolute expiry",
        "how an earlier draft wrote it",
        Takes(|root| {
            if let Some(expires) = root.at_mut(EXPIRES).filter(|expires| expires.major == UINT) {
                let absolute = Item { major: OTHER, ..Item::uint(FALSE) };
                *expires = Item::array(vec![absolute, expires.clone()]);
            }
        }),
    ),
    (
        "time-tag-around-expiry",
        "takes a time in tag 1",
        "libraries turn tagged times into times, whatever the schema says",
        Takes(|root| {
            each_integer(root, &mut |field| {
                if field.major == TAG
                    && field.arg == 1
                    && let Some(inner) = field.at(0).cloned()
                {
                    *field = inner;
                }
            });
        }),
    ),
    (
        "text-is-octets",
        "takes a text string for a byte string",
        "languages in which a string is its octets",
        Takes(|root| each_string(root, TEXT, BYTES)),
    ),
    (
        "octets-are-text",
        "takes a byte string for a text string",
        "languages in which a string is its octets",
        Takes(|root| each_string(root, BYTES, TEXT)),
    ),
    (
        "null-is-empty",
        "takes null for an empty string",
        "an optional field where there is none",
        Takes(|root| each_string(root, OTHER, OTHER)),
    ),
    (
        "null-extensions",
        "takes null for an empty map of extensions",
        "an optional field where there is none",
        Takes(|root| {
            if let Some(extensions) = root.at_mut(EXTENSIONS).filter(|item| item.major == OTHER && item.arg == NULL) {
                *extensions = Item { major: MAP, ..Item::array(vec![]) };
            }
        }),
    ),
    (
        "further-fields-ignored",
        "ignores items behind the last field of the message",
        LENIENT,
        Takes(|root| {
            if root.major == ARRAY && root.items().len() > BODY + 1 {
                cut(root, BODY + 1);
            }
        }),
    ),
    (
        "further-part-fields-ignored",
        "ignores items behind the last field of a part",
        LENIENT,
        Takes(|root| {
            each_part(root, &mut |part, _| {
                let fields = match cardinality(part) {
                    Some(0) => 3,
                    Some(SINGLE | MULTI) => 5,
                    Some(EXTERNAL) => 15,
                    _ => return,
                };
                if part.items().len() > fields {
                    cut(part, fields);
                }
            });
        }),
    ),
    (
        "missing-filename",
        "takes an external part that ends before the file name",
        "a last field that reads as optional",
        Takes(|root| {
            each_part(root, &mut |part, _| {
                if cardinality(part) == Some(EXTERNAL)
                    && part.items().len() == external::FILENAME
                    && let Some(fields) = part.items_mut()
                {
                    fields.push(Item::text(""));
                    part.recount();
                }
            });
        }),
    ),
    (
        "tags-skipped",
        "skips tags around the fields of a message",
        "readers that ask for the content of a tag and forget the tag",
        Takes(|root| {
            for (_, field) in
                root.items_mut().into_iter().flatten().enumerate().filter(|(place, _)| *place != EXTENSIONS)
            {
                field.each(&mut |item| {
                    // A URL in tag 32 is contested.
                    if item.major == TAG
                        && item.arg != 32
                        && let Some(inner) = item.at(0).cloned()
                    {
                        *item = inner;
                    }
                });
            }
        }),
    ),
    (
        "decimal-text-is-integer",
        "reads a text of digits as an integer",
        "languages that convert texts to numbers unasked",
        Takes(|root| {
            each_integer(root, &mut |field| {
                let digits = field.string_octets().and_then(|octets| String::from_utf8(octets).ok());
                if let Some(value) = digits.and_then(|digits| digits.parse().ok()).filter(|_| field.major == TEXT) {
                    *field = Item::uint(value);
                }
            });
        }),
    ),
    (
        "array-for-extensions",
        "takes an empty array for an empty map",
        "languages in which an empty list is an empty map",
        Takes(|root| {
            if let Some(extensions) = root.at_mut(EXTENSIONS).filter(|e| e.major == ARRAY && e.items().is_empty()) {
                extensions.major = MAP;
            }
        }),
    ),
    (
        "missing-body-is-null",
        "takes a message that ends before the body",
        "a last field that reads as optional",
        Takes(|root| {
            if root.items().len() == BODY
                && let Some(fields) = root.items_mut()
            {
                fields.push(Item::array(vec![Item::uint(0), Item::text(""), Item::uint(0)]));
                root.recount();
            }
        }),
    ),
    (
        "missing-time-is-zero",
        "takes an expiry without a time",
        "a last field that reads as optional",
        Takes(|root| {
            if let Some(expires) = root.at_mut(EXPIRES).filter(|e| e.major == ARRAY && e.items().len() == 1)
                && let Some(fields) = expires.items_mut()
            {
                fields.push(Item::uint(0));
                expires.recount();
            }
        }),
    ),
    (
        "further-expiry-fields-ignored",
        "ignores items behind the time of an expiry",
        LENIENT,
        Takes(|root| {
            if let Some(expires) = root.at_mut(EXPIRES).filter(|e| e.major == ARRAY && e.items().len() > 2) {
                cut(expires, 2);
            }
        }),
    ),
    (
        "missing-content-is-empty",
        "takes a single part that ends before its content",
        "a last field that reads as optional",
        Takes(|root| {
            each_part(root, &mut |part, _| {
                if cardinality(part) == Some(SINGLE)
                    && part.items().len() == CONTENT
                    && let Some(fields) = part.items_mut()
                {
                    fields.push(Item::string(BYTES, vec![]));
                    part.recount();
                }
            });
        }),
    ),
    (
        "missing-cardinality-is-null",
        "takes a part that ends before its cardinality",
        "a last field that reads as optional",
        Takes(|root| {
            each_part(root, &mut |part, _| {
                if part.major == ARRAY
                    && part.items().len() == CARDINALITY
                    && let Some(fields) = part.items_mut()
                {
                    fields.push(Item::uint(0));
                    part.recount();
                }
            });
        }),
    ),
];
