//! The deterministic encoding of a value: RFC 8949 section 4.2.1. Containers are written here, leaves by
//! `ciborium`, which always takes the shortest form.

use ciborium::Value;

/// The value's one encoding; refused when a map has a key twice, since no encoding is right then.
pub(super) fn deterministic(value: &Value) -> Result<Vec<u8>, String> {
    match value {
        Value::Array(items) => {
            let mut out = head(4, items.len());
            for item in items {
                out.extend(deterministic(item)?);
            }
            Ok(out)
        }
        Value::Map(entries) => {
            let mut encoded = vec![];
            for (key, value) in entries {
                encoded.push((deterministic(key)?, deterministic(value)?));
            }
            encoded.sort();
            if encoded.iter().zip(encoded.iter().skip(1)).any(|(one, next)| one.0 == next.0) {
                return Err("a map key occurs twice".into());
            }
            Ok(encoded.into_iter().fold(head(5, entries.len()), |mut out, (key, value)| {
                out.extend(key);
                out.extend(value);
                out
            }))
        }
        Value::Tag(number, content) => {
            let mut out = typed(6, leaf(&Value::from(*number))?);
            out.extend(deterministic(content)?);
            Ok(out)
        }
        other => leaf(other),
    }
}

/// Head of a container with this many items.
pub(super) fn head(major: u8, length: usize) -> Vec<u8> {
    typed(major, leaf(&Value::from(u64::try_from(length).unwrap_or(u64::MAX))).unwrap_or_default())
}

/// An unsigned integer's octets, with another major type.
fn typed(major: u8, mut integer: Vec<u8>) -> Vec<u8> {
    if let Some(initial) = integer.first_mut() {
        *initial |= major << 5;
    }
    integer
}

fn leaf(value: &Value) -> Result<Vec<u8>, String> {
    let mut out = vec![];
    ciborium::into_writer(value, &mut out).map_err(|e| format!("cannot be written: {e}"))?;
    Ok(out)
}
