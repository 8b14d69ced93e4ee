//! Named, seeded bugs, and the kill matrix.
