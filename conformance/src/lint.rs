//! What makes the vector files sound.
