//! Adapters that live in this binary.
