//! Cases that every area's structures have: whole, and with one damage at a time.
//!
//! | file | what |
//! |---|---|
//! | `rows` | what tables of structures are written with |
//! | `damage` | one damage at a time at every field of every structure |

pub(super) mod damage;
pub(super) mod rows;
