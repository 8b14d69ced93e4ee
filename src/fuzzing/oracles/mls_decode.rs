//! What fuzz targets of MLS libraries do: read octets as an MLSMessage, and write it again. To compare with; what else is
//! known of messages is in `wire_decode` and in the targets of members.

use crate::fuzzing::{Verdict, holds};
use crate::mls::framing::{reread, reread_second};

type Reread = fn(&[u8]) -> Option<(usize, Vec<u8>)>;

/// Reads octets with OpenMLS and with mls-rs; what one reads and writes it reads again.
///
/// # Errors
/// The property that does not hold.
pub fn mls_decode(octets: &[u8]) -> Verdict {
    let libraries: [(&str, Reread); 2] = [("OpenMLS", reread), ("mls-rs", reread_second)];
    for (name, read) in libraries {
        let Some((_, again)) = read(octets) else { continue };
        let once_more = read(&again);
        holds(once_more == Some((again.len(), again)), || format!("{name} does not read what it wrote"))?;
    }
    Ok(())
}
