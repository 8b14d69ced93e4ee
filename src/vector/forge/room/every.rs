//! Every structure.

use super::super::delivery::Forged;
use super::super::mls;
use super::{
    commit_bundle, fanout, fanouts, frank, franking, group_info_request, group_info_response, key_material_request,
    key_material_response, metadata, notify, participants, participants_update, proposal, proposal_bundle,
    submit_request, submit_response, to_be_encrypted, update_response,
};

/// Every structure, in every form that a code gives it.
#[must_use]
pub fn every() -> Vec<Forged> {
    let [tag, agent] = franking();
    let mut every = vec![
        key_material_request(&[1, 2]),
        key_material_response("", 0, true),
        commit_bundle("commit", mls::member_commit(), true, true, 0),
        commit_bundle("partial", mls::external_commit(), false, false, 1),
        proposal_bundle("proposals", proposal(), vec![proposal(), proposal()]),
        update_response(0, ""),
        update_response(1, "late"),
        update_response(2, "no"),
        update_response(3, "two of them"),
        submit_request(mls::private(1)),
        submit_response(0, true),
        submit_response(0, false),
        submit_response(1, false),
        submit_response(2, false),
        frank(),
        tag,
        agent,
    ];
    every.extend(fanouts().into_iter().map(|(variant, pairs)| fanout(variant, pairs)));
    every.extend([
        notify("", 2),
        group_info_request("", b"code"),
        group_info_response("success", 1),
        group_info_response("not-authorized", 2),
        group_info_response("no-such-room", 3),
        to_be_encrypted("", vec![mls::extension(4, b"key")], 0, 2),
        participants("", 3),
        participants_update("", true),
        metadata("", "Clubhouse"),
    ]);
    every
}
