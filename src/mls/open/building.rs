//! What a commit is built from.

use super::application;
use super::input;
use super::library::Parts;
use super::order::{Chosen, InOrder, MOST};
use super::refusal::refuse;
use super::work::{Work, octets};
use crate::mls::member::{Plan, Result};
use crate::reason::mls as reason;
use openmls::prelude::{AppDataUpdateProposal, KeyPackage, LeafNodeIndex, OpenMlsProvider, Proposal};

/// The commit and its Welcome; it is pending in the library's group then.
pub(super) fn build(work: &mut Work, parts: &Parts, plan: &Plan) -> Result<(Vec<u8>, Option<Vec<u8>>)> {
    let mut add: Vec<KeyPackage> = vec![];
    for key_package in &plan.add {
        add.push(input::key_package(key_package, work.provider.crypto())?);
    }
    let chosen = Chosen::new(work.group.pending_proposals(), work.group.own_leaf_index().u32(), &plan.remove)?;
    if chosen.len() > MOST && !plan.any_order {
        let said = format!("OpenMLS orders {} proposals for leaves by chance, and {MOST} are too many", chosen.len());
        return Err(refuse(reason::MLS_UNSUPPORTED, &said));
    }
    let signer = if plan.any_order { InOrder::any(&parts.keys) } else { InOrder::new(&parts.keys, &chosen) };
    let start = work.provider.stream();
    for _ in 0..chosen.tries() {
        work.provider.rewind(start.clone());
        work.group.set_aad(plan.aad.clone());
        let context = plan.external_senders.as_ref().map(|to| application::context_with(work, to)).transpose()?;
        let mut builder = work.group.commit_builder();
        if let Some(context) = context {
            builder = builder.propose_group_context_extensions(context)?;
        }
        let updates = plan.updates.iter().map(|(component, update)| {
            Proposal::AppDataUpdate(Box::new(AppDataUpdateProposal::update(*component, update.clone())))
        });
        let mut builder = builder
            .add_proposals(updates)
            .propose_adds(add.clone())
            .propose_removals(chosen.by_value().into_iter().map(LeafNodeIndex::new))
            .force_self_update(plan.update)
            .load_psks(work.provider.storage())?
            .use_ratchet_tree_extension(false)
            .create_group_info(false);
        let updated =
            application::applied(parts, builder.app_data_update_proposals(), builder.app_data_dictionary_updater())?;
        builder.with_app_data_dictionary_updates(updated);
        let (rand, crypto) = (work.provider.rand(), work.provider.crypto());
        let built = match builder.build(rand, crypto, &signer, |queued| chosen.has(queued)) {
            Err(_) if signer.refused() => continue,
            built => built?,
        };
        let bundle = built.stage_commit(&work.provider)?;
        let welcome = bundle.to_welcome_msg().map(|welcome| octets(&welcome)).transpose()?;
        return Ok((octets(bundle.commit())?, welcome));
    }
    Err(refuse(reason::MLS_OTHER, "the proposals of a commit do not come in any order that was expected"))
}

/// Refuses a KeyPackage that could not be added. The library looks at it only when it is committed.
pub(super) fn could_add(work: &mut Work, parts: &Parts, key_package: &[u8]) -> Result<()> {
    work.group.clear_pending_proposals(work.provider.storage())?;
    build(work, parts, &Plan { add: vec![key_package.to_vec()], ..Plan::default() }).map(|_| ())
}
