//! Scenarios: read, run, shown to a person.
//!
//! | file | what |
//! |---|---|
//! | `load` | scenarios from files, YAML or JSON; traces from JSON |
//! | `engines` | MLS libraries by name |
//! | `table` | who is where, what was refused, what did not hold |

mod engines;
mod load;
mod table;

pub use engines::{Libraries, NAMES};
pub use load::{all, named, scenario, trace};
pub use table::render;
