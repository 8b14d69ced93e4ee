//! The requirements, and which cases test them.
