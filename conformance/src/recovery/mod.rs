//! What each way out of a fork costs: groups of real members split, come together again, and every octet is counted.
//!
//! | file | what |
//! |---|---|
//! | `setting` | sizes, cipher suite, framing |
//! | `split` | a group of members that has split |
//! | `meter` | octets and rounds, by member |
//! | `play` | a strategy, carried out |
//! | `stolen` | who can still read with the state of a member as it was at the fork |
//! | `price` | what is told of one run; all of them, in their order |
//! | `majority` | what rules decide when the larger side is the faulty one |
//! | `table` | both as text of 100 columns |
//! | `plot` | prices as a picture |

mod majority;
mod meter;
mod play;
mod plot;
mod price;
mod setting;
mod split;
mod stolen;
mod table;

pub use majority::{Outcome, Sides, outcomes};
pub use plot::svg;
pub use price::{Price, prices};
pub use setting::{Away, Setting, Way, settings};
pub use table::{decisions, text};
