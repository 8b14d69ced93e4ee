//! Second engines: implementations in this binary that share no decoding with the reference.
//!
//! | file | what |
//! |---|---|
//! | `ciborium` | the slow checker of the fuzz targets, over `ciborium` values |

mod ciborium;

pub use ciborium::Ciborium;
