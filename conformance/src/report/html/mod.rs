//! One page for a person with time: no other resources, works from a file, dark or light as the system is.
//!
//! | file | what |
//! |---|---|
//! | `page` | what stands there without a script: implementations, totals, the matrix |
//! | `data` | the cases as JSON inside the page; the script shows a case only when it is opened |
//! | `style.css`, `script.js` | embedded as they are |

mod data;
mod page;

pub use page::write;
