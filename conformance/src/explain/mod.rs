//! Everything that is known of a case, a requirement, a reason, a flag, a family or an operation, shown to a person.
//!
//! | file | what |
//! |---|---|
//! | `subject` | what a word names, and what was perhaps meant |
//! | `case` | the page of a case |
//! | `page` | the other pages |
//! | `text` | lines of 100 columns, headings, octets in rows |

mod case;
mod page;
mod subject;
mod text;

pub use page::explain;
pub use subject::Known;
pub use text::wrapped;

#[cfg(test)]
mod tests;
