//! Welcomes (section 4.3): a provider is asked first, and told only what it needs for its answer.

use crate::delivery::hub::{Effect, Effects, Refused};
use crate::protocol::{CipherSuite, Head, MlsMessage, ServiceProviderId, WelcomeData, WelcomeInitRequest};
use crate::reason::delivery as reason;
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

type Result<T> = std::result::Result<T, Refused>;

/// Welcomes that wait for an answer, oldest first, by provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Welcomes(BTreeMap<ServiceProviderId, VecDeque<Waiting>>);

/// A Welcome that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Waiting {
    pub group_id: Vec<u8>,
    pub welcome: Arc<MlsMessage>,
    /// What it costs its group.
    pub octets: usize,
}

/// Who a Welcome is for.
pub(super) struct Recipients {
    /// Providers other than the hub, in the order in which they are first named, each with its KeyPackageRefs.
    others: Vec<(ServiceProviderId, Vec<Vec<u8>>)>,
    /// Whether some are the hub's own users.
    local: bool,
    /// What waiting for all of them costs.
    pub octets: usize,
}

impl Recipients {
    /// How many providers are asked.
    pub fn remote(&self) -> usize {
        self.others.len()
    }
}

/// Sorts the recipients of a Welcome by provider: one provider for each entry of `secrets`.
pub(super) fn recipients(data: &WelcomeData, suite: CipherSuite, own: &ServiceProviderId) -> Result<Recipients> {
    let Head::Welcome { cipher_suite, recipients } = data.welcome.head() else {
        return Err(Refused::new(reason::NOT_A_WELCOME, "another message stands where a Welcome belongs"));
    };
    if *cipher_suite != suite.0 {
        return Err(Refused::new(reason::WELCOME_OF_ANOTHER_SUITE, "a Welcome to a group of another cipher suite"));
    }
    if recipients.len() != data.service_providers.len() {
        let counts = format!("{} secrets, {} providers", recipients.len(), data.service_providers.len());
        return Err(Refused::new(reason::SERVICE_PROVIDER_COUNT, counts));
    }
    let mut found = Recipients { others: vec![], local: false, octets: 0 };
    let mut places: BTreeMap<&ServiceProviderId, usize> = BTreeMap::new();
    for (provider, key_package_ref) in data.service_providers.iter().zip(recipients) {
        if provider == own {
            found.local = true;
            continue;
        }
        let place = *places.entry(provider).or_insert(found.others.len());
        match found.others.get_mut(place) {
            Some((_, refs)) => refs.push(key_package_ref.clone()),
            None => {
                found.others.push((provider.clone(), vec![key_package_ref.clone()]));
                found.octets = found.octets.saturating_add(cost(&data.welcome, provider));
            }
        }
    }
    Ok(found)
}

fn cost(welcome: &MlsMessage, provider: &ServiceProviderId) -> usize {
    welcome.octets().len().saturating_add(provider.0.len())
}

impl Welcomes {
    /// Asks the providers, and gives the hub's own users theirs. How many wait now, and what they cost.
    pub fn fan_out(
        &mut self,
        group_id: &[u8],
        own: &ServiceProviderId,
        welcome: MlsMessage,
        to: Recipients,
        out: &mut Effects,
    ) -> (usize, usize) {
        let (count, octets) = (to.remote(), to.octets);
        let welcome = Arc::new(welcome);
        if to.local {
            out.push(Effect::Welcome { to: own.clone(), welcome: welcome.as_ref().clone() });
        }
        for (provider, key_package_refs) in to.others {
            let octets = cost(&welcome, &provider);
            let waiting = Waiting { group_id: group_id.to_vec(), welcome: Arc::clone(&welcome), octets };
            self.0.entry(provider.clone()).or_default().push_back(waiting);
            out.push(Effect::WelcomeInit { to: provider, request: WelcomeInitRequest { key_package_refs } });
        }
        (count, octets)
    }

    /// The oldest that waits for this provider; it waits no longer.
    pub fn answered(&mut self, from: &ServiceProviderId) -> Result<Waiting> {
        let none = || Refused::new(reason::NO_WELCOME_WAITS, "this provider was asked nothing");
        let queue = self.0.get_mut(from).ok_or_else(none)?;
        let oldest = queue.pop_front().ok_or_else(none)?;
        if queue.is_empty() {
            self.0.remove(from);
        }
        Ok(oldest)
    }
}
