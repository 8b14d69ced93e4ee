//! One message, shown to a person, however broken it is.
//!
//! | file | what |
//! |---|---|
//! | `walk` | every CBOR item of any octets, as far as they make sense; no rule but well-formedness |
//! | `schema` | what the schema calls an item, from its place |
//! | `edn` | diagnostic notation |
//! | `dump` | annotated hex, the wrong place marked |
//! | `page` | all of it together |

mod dump;
mod edn;
mod page;
mod schema;
mod walk;

pub use page::{Options, render};

#[cfg(test)]
mod tests;
