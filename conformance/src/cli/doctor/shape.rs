//! Whether an output has the shape of its operation: `vectors/schema/operations.schema.json`, compiled in, so that an
//! adapter's author needs no vectors.

use crate::lint::compile;
use crate::project::Failure;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

const SCHEMAS: [(&str, &str); 2] = [
    ("message.schema.json", include_str!("../../../../vectors/schema/message.schema.json")),
    ("operations.schema.json", include_str!("../../../../vectors/schema/operations.schema.json")),
];

/// Whether there is such an operation.
#[must_use]
pub(super) fn known(op: &str) -> bool {
    let name = format!("{}.in", op.replace('/', "."));
    let text = SCHEMAS.last().map_or("", |(_, text)| text);
    let schema: Value = serde_json::from_str(text).unwrap_or_default();
    schema.get("$defs").is_some_and(|defs| defs.get(&name).is_some())
}

/// The first thing in an output that is not as the schema says, in words; `None` when all is.
///
/// # Errors
/// The schema cannot be used: a bug of this tool.
pub(super) fn wrong(op: &str, out: &Value) -> Result<Option<String>, Failure> {
    let read = |(name, text)| serde_json::from_str(text).map(|schema: Value| (name, schema));
    let schemas = SCHEMAS.into_iter().map(read).collect::<Result<Vec<_>, _>>().map_err(Failure::harness)?;
    let name = format!("operations.schema.json#/$defs/{}.out", op.replace('/', "."));
    let validator = compile(&schemas, &name).map_err(|e| Failure::harness(e.message))?;
    Ok(validator.iter_errors(out).next().map(|error| describe(&error)))
}

/// Where alternatives are offered the error is the one of the likeliest of them.
fn describe(error: &ValidationError<'_>) -> String {
    if let ValidationErrorKind::OneOfNotValid { context } | ValidationErrorKind::AnyOf { context } = error.kind()
        && let Some(first) = context.iter().min_by_key(|errors| unlikely(errors)).and_then(|errors| errors.first())
    {
        return describe(first);
    }
    let place = error.instance_path().to_string();
    let place = if place.is_empty() { "the output".to_owned() } else { place };
    format!("{place}: {}", error.masked_with("what is there"))
}

/// A constant names the alternative that is meant, such as a part's cardinality; else that with the fewest errors is.
fn unlikely(errors: &[ValidationError<'_>]) -> (bool, usize) {
    let another = |e: &ValidationError<'_>| matches!(e.kind(), ValidationErrorKind::Constant { .. });
    (errors.iter().any(another), errors.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::examples;
    use mimicheck::adapter::{Answer, Implementation, reference::Reference};
    use serde_json::json;

    #[test]
    fn the_reference_answers_in_shape() {
        for op in Reference.hello().ops {
            match Reference.answer(&op, &examples::of(&op).unwrap().input) {
                Answer::Ok(out) => assert_eq!(wrong(&op, &out).unwrap(), None, "{op}: {out}"),
                // There is a schema all the same.
                _ => assert!(wrong(&op, &json!(null)).unwrap().is_some(), "{op}"),
            }
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        let Answer::Ok(good) = Reference.answer("content/decode", &examples::of("content/decode").unwrap().input)
        else {
            panic!("the example is valid")
        };
        let says = |pointer: &str, value: Value| {
            let mut out = good.clone();
            *out.pointer_mut(pointer).unwrap() = value;
            wrong("content/decode", &out).unwrap().unwrap_or_default()
        };
        let text = says("/message/body/disposition", json!("1"));
        assert_eq!(text, "/message/body/disposition: what is there is not of type \"integer\"");
        let text = says("/message/salt", json!("07"));
        assert!(text.starts_with("/message/salt: what is there does not match"), "{text}");
        assert_eq!(says("/message", json!({})), "/message: \"salt\" is a required property");
        assert_eq!(
            wrong("content/decode", &json!({})).unwrap().unwrap(),
            "the output: \"message\" is a required property"
        );
        assert_eq!(
            wrong("content/judge", &json!([])).unwrap().unwrap(),
            "the output: what is there is not of type \"object\""
        );
    }
}
