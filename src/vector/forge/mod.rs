//! Builds octets and their description side by side, right or wrong, without the codec under test.
