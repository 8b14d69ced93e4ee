//! One message, shown to a person.
