use super::Memory;
use super::member::Walker;
use crate::mls::member::{Ahead, Client, CommitOut, Member, PrivateKeys, Result};

struct Remembering {
    client: Box<dyn Client>,
    memory: Memory,
}

/// This device; its members go by memory.
#[must_use]
pub fn remembering(client: Box<dyn Client>, memory: &Memory) -> Box<dyn Client> {
    Box::new(Remembering { client, memory: memory.clone() })
}

impl Remembering {
    fn walker(&self, member: Box<dyn Member>) -> Box<dyn Member> {
        Box::new(Walker(self.memory.root(member)))
    }
}

impl Client for Remembering {
    fn key_package(&mut self) -> Result<Vec<u8>> {
        self.client.key_package()
    }

    fn private_keys(&self, key_package: &[u8]) -> Result<PrivateKeys> {
        self.client.private_keys(key_package)
    }

    fn create(&mut self, group_id: &[u8]) -> Result<Box<dyn Member>> {
        let member = self.client.create(group_id)?;
        Ok(self.walker(member))
    }

    fn join(&mut self, welcome: &[u8], ratchet_tree: Option<&[u8]>) -> Result<Box<dyn Member>> {
        let member = self.client.join(welcome, ratchet_tree)?;
        Ok(self.walker(member))
    }

    fn external_join(&mut self, info: &[u8], tree: Option<&[u8]>) -> Result<(Box<dyn Member>, CommitOut)> {
        // Who comes in on the way is not where a walk begins, and goes without memory.
        self.client.external_join(info, tree)
    }

    fn welcome_group(&self, welcome: &[u8]) -> Result<Vec<u8>> {
        self.client.welcome_group(welcome)
    }

    fn ahead(&self, welcome: &[u8], label: &str, octets: usize) -> Result<Ahead> {
        self.client.ahead(welcome, label, octets)
    }

    fn seal_to(&self, key_package: &[u8], label: &str, plaintext: &[u8]) -> Result<Vec<u8>> {
        self.client.seal_to(key_package, label, plaintext)
    }

    fn unseal(&self, key_package: &[u8], label: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        self.client.unseal(key_package, label, sealed)
    }

    fn copy(&self) -> Box<dyn Client> {
        Box::new(Self { client: self.client.copy(), memory: self.memory.clone() })
    }
}
