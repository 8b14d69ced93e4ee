//! Who else gave the same answers.
