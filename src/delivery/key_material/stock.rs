//! The KeyPackages of one client.

use crate::delivery::hub::Refused;
use crate::delivery::limits::{Limits, within};
use crate::entropy::Time;
use crate::protocol::room::{Capabilities, KeyMaterialRequest, KeyPackage, Offer};
use crate::reason::delivery as reason;
use std::collections::VecDeque;

const MILLISECONDS: u64 = 1000;

/// A KeyPackage, with what it offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub key_package: KeyPackage,
    pub offer: Offer,
}

impl Held {
    fn new(octets: &[u8], limits: &Limits) -> Result<Self, Refused> {
        limits.octets(octets, "octets of a KeyPackage")?;
        let refused = |e: crate::wire::tls::WireError| Refused::new(e.reason, e);
        let key_package = KeyPackage::decode(octets).map_err(refused)?;
        let offer = Offer::of(&key_package).map_err(refused)?;
        Ok(Self { key_package, offer })
    }

    /// Whether it may be given still: `not_after` is the last second of its life.
    fn lives(&self, now: Time) -> bool {
        self.offer.not_after.is_none_or(|last| now.0 / MILLISECONDS <= last)
    }

    fn does(&self, asked: &KeyMaterialRequest) -> bool {
        asked.acceptable_ciphersuites.contains(&self.offer.cipher_suite) && self.offer.has(&asked.required_capabilities)
    }
}

/// What a client has uploaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stock {
    once: VecDeque<Held>,
    last_resort: Option<Held>,
}

/// What there is for a request.
pub(super) enum Found {
    /// This one, which is not in the stock any more unless it is that of last resort.
    This(Held),
    /// There are some, and none will do; what the first of them supports.
    NothingCompatible(Capabilities),
    Exhausted,
}

impl Stock {
    /// Everything that is uploaded, or nothing.
    pub fn add(&mut self, limits: &Limits, once: &[Vec<u8>], last_resort: Option<&[u8]>) -> Result<(), Refused> {
        let mut fresh = self.clone();
        for octets in once {
            let held = Held::new(octets, limits)?;
            if fresh.once.contains(&held) || fresh.last_resort.as_ref() == Some(&held) {
                return Err(Refused::new(reason::DUPLICATE_KEY_PACKAGE, "it would be given twice"));
            }
            fresh.once.push_back(held);
        }
        within(
            fresh.once.len(),
            limits.max_key_packages,
            reason::EXCEEDS_KEY_PACKAGE_LIMIT,
            "KeyPackages of a client",
        )?;
        if let Some(octets) = last_resort {
            let held = Held::new(octets, limits)?;
            if fresh.once.contains(&held) {
                return Err(Refused::new(reason::DUPLICATE_KEY_PACKAGE, "it is one that is given once"));
            }
            fresh.last_resort = Some(held);
        }
        *self = fresh;
        Ok(())
    }

    /// Whether it is the one of last resort, which stays.
    pub fn keeps(&self, held: &Held) -> bool {
        self.last_resort.as_ref() == Some(held)
    }

    /// The oldest that will do, and that of last resort only where there is no other.
    pub fn take(&mut self, now: Time, asked: &KeyMaterialRequest) -> Found {
        self.once.retain(|held| held.lives(now));
        self.last_resort.take_if(|held| !held.lives(now));
        if let Some(held) = self.once.iter().position(|held| held.does(asked)).and_then(|at| self.once.remove(at)) {
            return Found::This(held);
        }
        match (&self.last_resort, self.once.front()) {
            (Some(held), _) if held.does(asked) => Found::This(held.clone()),
            (_, Some(held)) | (Some(held), None) => Found::NothingCompatible(held.offer.capabilities.clone()),
            (None, None) => Found::Exhausted,
        }
    }
}
