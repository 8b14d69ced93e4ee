//! Expected failures, strict both ways.
