//! What an application keeps in the GroupContext, and how it changes.

use super::library::Parts;
use super::refusal::refuse;
use super::work::Work;
use crate::mls::member::{Application, Result};
use crate::reason::mls as reason;
use openmls::component::ComponentData;
use openmls::group::{AppDataDictionaryUpdater, AppDataUpdates, GroupContext};

use openmls::prelude::{
    AppDataDictionary, AppDataDictionaryExtension, AppDataUpdateOperation, AppDataUpdateProposal, BasicCredential,
    CredentialType, Extension, ExtensionType, Extensions, ExternalSender, ProposalType, RequiredCapabilitiesExtension,
};
use std::collections::BTreeMap;

/// What the GroupContext of an application's group holds: what its members must be able to do, its external senders,
/// its data.
pub(super) fn context(application: &Application) -> Result<Extensions<GroupContext>> {
    let required = RequiredCapabilitiesExtension::new(
        &[ExtensionType::AppDataDictionary],
        &[ProposalType::AppDataUpdate],
        &[CredentialType::Basic],
    );
    let mut dictionary = AppDataDictionary::new();
    for (component, data) in &application.data {
        dictionary.insert(*component, data.clone());
    }
    let dictionary = Extension::AppDataDictionary(AppDataDictionaryExtension::new(dictionary));
    let senders = external_senders(&application.external_senders);
    let all = vec![Extension::RequiredCapabilities(required), senders, dictionary];
    Extensions::from_vec(all).map_err(|e| refuse(reason::MLS_OTHER, &e.to_string()))
}

/// What a group keeps for applications.
pub(super) fn kept(context: &Extensions<GroupContext>) -> Vec<(u16, Vec<u8>)> {
    let entries = context.app_data_dictionary().into_iter().flat_map(|extension| extension.dictionary().entries());
    entries.map(|entry| (entry.id(), entry.data().to_vec())).collect()
}

/// `external_senders` with basic credentials.
fn external_senders(senders: &[(Vec<u8>, Vec<u8>)]) -> Extension {
    let sender = |(key, identity): &(Vec<u8>, Vec<u8>)| {
        ExternalSender::new(key.clone().into(), BasicCredential::new(identity.clone()).into())
    };
    Extension::ExternalSenders(senders.iter().map(sender).collect())
}

/// The GroupContext's extensions with other external senders.
pub(super) fn context_with(work: &Work, senders: &[(Vec<u8>, Vec<u8>)]) -> Result<Extensions<GroupContext>> {
    let mut context = work.group.extensions().clone();
    let replaced = context.add_or_replace(external_senders(senders));
    replaced.map_err(|e| refuse(reason::MLS_OTHER, &e.to_string()))?;
    Ok(context)
}

/// What the AppDataUpdates of a commit make of the data, by the application's rule.
pub(super) fn applied<'a>(
    parts: &Parts,
    updates: impl Iterator<Item = &'a AppDataUpdateProposal>,
    updater: AppDataDictionaryUpdater<'_>,
) -> Result<Option<AppDataUpdates>> {
    let updates = by_component(updates)?;
    match &parts.application {
        _ if updates.is_empty() => Ok(None),
        None => Err(refuse(reason::MLS_UNSUPPORTED, "a commit that updates application data")),
        Some(application) => apply(&updates, updater, application.update),
    }
}

/// `update` of each, by ComponentID, in the order in which they come.
pub(in crate::mls) fn by_component<'a>(
    updates: impl Iterator<Item = &'a AppDataUpdateProposal>,
) -> Result<BTreeMap<u16, Vec<&'a [u8]>>> {
    let mut found: BTreeMap<u16, Vec<&[u8]>> = BTreeMap::new();
    for proposal in updates {
        let AppDataUpdateOperation::Update(update) = proposal.operation() else {
            return Err(refuse(reason::MLS_UNSUPPORTED, "an AppDataUpdate that removes a component"));
        };
        found.entry(proposal.component_id()).or_default().push(update.as_slice());
    }
    Ok(found)
}

/// Every component's data after its updates.
pub(in crate::mls) fn apply(
    updates: &BTreeMap<u16, Vec<&[u8]>>,
    mut updater: AppDataDictionaryUpdater<'_>,
    rule: impl Fn(u16, Option<&[u8]>, &[&[u8]]) -> Option<Vec<u8>>,
) -> Result<Option<AppDataUpdates>> {
    for (id, updates) in updates {
        let Some(data) = rule(*id, updater.old_value(*id), updates) else {
            return Err(refuse(
                reason::BAD_PROPOSALS,
                &format!("an AppDataUpdate of component {id} that does not apply"),
            ));
        };
        updater.set(ComponentData::from_parts(*id, data.into()));
    }
    Ok(updater.changes())
}
