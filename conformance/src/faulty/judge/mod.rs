//! Bugs of judging nonsensical values (section 9.1).
//!
//! | file | what |
//! |---|---|
//! | `origin` | who sent it, whether it was seen, and when it was accepted |
//! | `values` | what is in it |
//! | `facts` | what the input says, and how answers are changed |

mod facts;
mod origin;
mod values;

pub(super) use origin::ORIGIN;
pub(super) use values::VALUES;
