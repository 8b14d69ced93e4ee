//! Bugs of choosing which parts to handle (section 4.4).
//!
//! | file | what |
//! |---|---|
//! | `choice` | which children of a group are taken |
//! | `leaves` | which leaves count, and which are skipped |
//! | `planner` | a small planner, right in every way but the one that a bug changes |

mod choice;
mod leaves;
mod planner;

pub(super) use choice::CHOICE;
pub(super) use leaves::LEAVES;
