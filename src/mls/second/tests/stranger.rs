//! What a plain OpenMLS, with its own provider and nothing of this suite's, makes of what this engine writes, and
//! the other way round. (`tests/engines_meet.rs` plays both libraries through the contract.) Its randomness is the
//! system's: nothing here compares octets that it makes, only what both sides derive from them.

#![allow(
    clippy::disallowed_types,
    clippy::disallowed_methods,
    reason = "a stranger has nothing of ours, its randomness neither"
)]

use super::*;
use openmls::prelude::{
    BasicCredential, Ciphersuite, CredentialWithKey, KeyPackage, Lifetime, MlsGroup, MlsGroupCreateConfig,
    MlsGroupJoinConfig, MlsMessageBodyIn, MlsMessageIn, MlsMessageOut, OpenMlsProvider, ProcessedMessageContent,
    ProtocolMessage, RatchetTreeIn, StagedWelcome, WireFormatPolicy,
};
use openmls_basic_credential::SignatureKeyPair;
use openmls_rust_crypto::OpenMlsRustCrypto;
use tls_codec::{DeserializeBytes, Serialize};

struct Plain {
    provider: OpenMlsRustCrypto,
    keys: SignatureKeyPair,
    credential: CredentialWithKey,
    suite: Ciphersuite,
    join: MlsGroupJoinConfig,
    policy: WireFormatPolicy,
}

fn body(octets: &[u8]) -> MlsMessageBodyIn {
    MlsMessageIn::tls_deserialize_exact_bytes(octets).unwrap().extract()
}

fn protocol(octets: &[u8]) -> ProtocolMessage {
    MlsMessageIn::tls_deserialize_exact_bytes(octets).unwrap().try_into_protocol_message().unwrap()
}

fn octets(message: &MlsMessageOut) -> Vec<u8> {
    message.tls_serialize_detached().unwrap()
}

fn tree(octets: &[u8]) -> RatchetTreeIn {
    RatchetTreeIn::tls_deserialize_exact_bytes(octets).unwrap()
}

impl Plain {
    fn new(suite: u16, encrypt: bool) -> Self {
        let suite = Ciphersuite::try_from(suite).unwrap();
        let provider = OpenMlsRustCrypto::default();
        let keys = SignatureKeyPair::new(suite.signature_algorithm()).unwrap();
        keys.store(provider.storage()).unwrap();
        let credential = BasicCredential::new(b"stranger".to_vec()).into();
        let credential = CredentialWithKey { credential, signature_key: keys.public().into() };
        let policy = if encrypt {
            openmls::prelude::MIXED_CIPHERTEXT_WIRE_FORMAT_POLICY
        } else {
            openmls::prelude::MIXED_PLAINTEXT_WIRE_FORMAT_POLICY
        };
        let join = MlsGroupJoinConfig::builder().wire_format_policy(policy).build();
        Self { provider, keys, credential, suite, join, policy }
    }

    fn create(&self) -> MlsGroup {
        let config = MlsGroupCreateConfig::builder()
            .ciphersuite(self.suite)
            .wire_format_policy(self.policy)
            .lifetime(Lifetime::init(0, u64::MAX))
            .build();
        MlsGroup::new(&self.provider, &self.keys, &config, self.credential.clone()).unwrap()
    }

    fn key_package(&self) -> Vec<u8> {
        let builder = KeyPackage::builder().key_package_lifetime(Lifetime::init(0, u64::MAX));
        let bundle = builder.build(self.suite, &self.provider, &self.keys, self.credential.clone()).unwrap();
        octets(&MlsMessageOut::from(bundle.key_package().clone()))
    }

    fn welcomed(&self, welcome: &[u8], ratchet_tree: &[u8]) -> MlsGroup {
        let MlsMessageBodyIn::Welcome(welcome) = body(welcome) else { panic!("no Welcome") };
        let builder = StagedWelcome::build_from_welcome(&self.provider, &self.join, welcome).unwrap();
        builder.with_ratchet_tree(tree(ratchet_tree)).build().unwrap().into_group(&self.provider).unwrap()
    }

    fn external(&self, info: &[u8], ratchet_tree: &[u8]) -> (MlsGroup, Vec<u8>) {
        let MlsMessageBodyIn::GroupInfo(info) = body(info) else { panic!("no GroupInfo") };
        let builder = MlsGroup::external_commit_builder()
            .with_ratchet_tree(tree(ratchet_tree))
            .with_config(self.join.clone())
            .build_group(&self.provider, info, self.credential.clone())
            .unwrap();
        let built = builder.load_psks(self.provider.storage()).unwrap();
        let built = built.build(self.provider.rand(), self.provider.crypto(), &self.keys, |_| true).unwrap();
        let (group, bundle) = built.finalize(&self.provider).unwrap();
        (group, octets(bundle.commit()))
    }

    /// Adds, or updates; the commit and the Welcome. Merged at once.
    fn commit(&self, group: &mut MlsGroup, add: Option<&[u8]>) -> (Vec<u8>, Option<Vec<u8>>) {
        let packages = add.map(|octets| {
            let MlsMessageBodyIn::KeyPackage(package) = body(octets) else { panic!("no KeyPackage") };
            package.validate(self.provider.crypto(), openmls::prelude::ProtocolVersion::Mls10).unwrap()
        });
        let builder = group.commit_builder().propose_adds(packages).force_self_update(true);
        let builder = builder.load_psks(self.provider.storage()).unwrap();
        let built = builder.build(self.provider.rand(), self.provider.crypto(), &self.keys, |_| true).unwrap();
        let bundle = built.stage_commit(&self.provider).unwrap();
        let out = (octets(bundle.commit()), bundle.to_welcome_msg().map(|w| octets(&w)));
        group.merge_pending_commit(&self.provider).unwrap();
        out
    }

    /// Takes a message; the data of application messages.
    fn take(&self, group: &mut MlsGroup, message: &[u8]) -> Option<Vec<u8>> {
        let processed = group.process_message(&self.provider, protocol(message)).unwrap();
        match processed.into_content() {
            ProcessedMessageContent::ApplicationMessage(data) => return Some(data.into_bytes()),
            ProcessedMessageContent::ProposalMessage(proposal) => {
                group.store_pending_proposal(self.provider.storage(), *proposal).unwrap();
            }
            ProcessedMessageContent::StagedCommitMessage(commit) => {
                group.merge_staged_commit(&self.provider, *commit).unwrap();
            }
            _ => panic!("something else"),
        }
        None
    }

    fn same(&self, group: &MlsGroup, member: &mut dyn Member) {
        let here = member.position().unwrap();
        assert_eq!(here.epoch, group.epoch().as_u64());
        assert_eq!(here.epoch_authenticator, group.epoch_authenticator().as_slice());
        let key = group.export_secret(self.provider.crypto(), "mimi delivery partition key", b"", 16).unwrap();
        assert_eq!(here.partition_key.0.to_vec(), key);
        assert_eq!(member.group_info().unwrap().1, group.export_ratchet_tree().tls_serialize_detached().unwrap());
        let listed = group.members().map(|m| (m.index.u32(), m.credential.serialized_content().to_vec()));
        let ours = member.members().into_iter().map(|l| (l.leaf, l.identity));
        assert_eq!(listed.collect::<Vec<_>>(), ours.collect::<Vec<_>>());
    }

    /// Commits and application messages in both directions.
    fn talk(&self, group: &mut MlsGroup, member: &mut Box<dyn Member>) {
        self.same(group, member.as_mut());
        let (commit, _) = self.commit(group, None);
        take(member.as_mut(), &commit);
        self.same(group, member.as_mut());
        let out = member.commit(&update()).unwrap();
        member.merge_own().unwrap();
        self.take(group, &out.commit);
        self.same(group, member.as_mut());
        let proposal = member.propose(&Proposal::Update).unwrap();
        self.take(group, &proposal);
        let (commit, _) = self.commit(group, None);
        take(member.as_mut(), &commit);
        self.same(group, member.as_mut());
        let sent = member.send(b"from us", b"").unwrap();
        assert_eq!(self.take(group, &sent).unwrap(), b"from us");
        let sent = octets(&group.create_message(&self.provider, &self.keys, b"from them").unwrap());
        let Received::Application { data, .. } = member.process(&sent).unwrap() else { panic!("no data") };
        assert_eq!(data, b"from them");
    }
}

fn each(meet: impl Fn(&Plain, u16, bool)) {
    for suite in [1, 2, 3] {
        for encrypt in [false, true] {
            meet(&Plain::new(suite, encrypt), suite, encrypt);
        }
    }
}

#[test]
fn a_stranger_adds_us() {
    each(|stranger, suite, encrypt| {
        let mut group = stranger.create();
        let mut client = device("us", suite, encrypt);
        let (_, welcome) = stranger.commit(&mut group, Some(&client.key_package().unwrap()));
        let tree = group.export_ratchet_tree().tls_serialize_detached().unwrap();
        let mut member = client.join(&welcome.unwrap(), Some(&tree)).unwrap();
        stranger.talk(&mut group, &mut member);
    });
}

#[test]
fn we_add_a_stranger_and_remove_it() {
    each(|stranger, suite, encrypt| {
        let mut member = device("us", suite, encrypt).create(b"group").unwrap();
        let out = member.commit(&add(stranger.key_package())).unwrap();
        member.merge_own().unwrap();
        let mut group = stranger.welcomed(&out.welcome.unwrap(), &out.ratchet_tree);
        stranger.talk(&mut group, &mut member);
        let out = member.commit(&remove(1)).unwrap();
        stranger.take(&mut group, &out.commit);
        assert!(!group.is_active());
    });
}

#[test]
fn we_join_a_stranger_from_outside() {
    each(|stranger, suite, encrypt| {
        let mut group = stranger.create();
        let info = group.export_group_info(stranger.provider.crypto(), &stranger.keys, false).unwrap();
        let tree = group.export_ratchet_tree().tls_serialize_detached().unwrap();
        let mut client = device("us", suite, encrypt);
        let (_, out) = client.external_join(&octets(&info), Some(&tree)).unwrap();
        stranger.take(&mut group, &out.commit);
        // And once more, in place of our old leaf.
        let (mut member, out) = client.external_join(&out.group_info, Some(&out.ratchet_tree)).unwrap();
        stranger.take(&mut group, &out.commit);
        assert_eq!(member.members().len(), 2);
        stranger.talk(&mut group, &mut member);
    });
}

#[test]
fn a_stranger_joins_us_from_outside() {
    each(|stranger, suite, encrypt| {
        let mut member = device("us", suite, encrypt).create(b"group").unwrap();
        let (info, tree) = member.group_info().unwrap();
        let (mut group, commit) = stranger.external(&info, &tree);
        let staged = take(member.as_mut(), &commit);
        assert_eq!((staged.committer, staged.added), (None, vec![b"stranger".to_vec()]));
        stranger.talk(&mut group, &mut member);
    });
}
