//! Ways back together: members whose place is taken anew, and groups that succeed this one.

use super::{Person, World, missing};
use crate::mls::member::{CommitOut, Plan, PrivateKeys, Result};
use std::collections::BTreeMap;

impl World {
    /// Several KeyPackages of one device under test; the first is that of [`World::keys`].
    pub fn all_keys<const N: usize>(&self, name: &str) -> Result<[PrivateKeys; N]> {
        let mut device = self.device(name)?;
        let mut keys = vec![];
        for _ in 0..N {
            let key_package = device.key_package()?;
            keys.push(device.private_keys(&key_package)?);
        }
        keys.try_into().map_err(|_| missing(name))
    }

    /// One commit that removes these people and adds them anew, clients under test by their leaf and fresh keys among
    /// them. The people join by its Welcome.
    pub fn add_again(&mut self, by: &str, names: &[&str], under_test: &[(u32, &PrivateKeys)]) -> Result<CommitOut> {
        let mut plan = Plan { remove: under_test.iter().map(|(leaf, _)| *leaf).collect(), ..Plan::default() };
        for name in names {
            plan.remove.push(self.leaf_of(by, name)?);
            let person = self.people.get_mut(*name).ok_or_else(|| missing(name))?;
            plan.add.push(person.device.key_package()?);
            person.member = None;
        }
        plan.add.extend(under_test.iter().map(|(_, keys)| keys.key_package.clone()));
        let out = self.commit(by, &plan)?;
        self.welcome(names, &out)?;
        Ok(out)
    }

    /// A new group of these people, whose devices are the same as here, and of clients under test.
    pub fn successor(
        &self,
        group_id: &[u8],
        founder: &str,
        names: &[&str],
        under_test: &[&PrivateKeys],
    ) -> Result<(Self, CommitOut)> {
        let mut world = self.copy();
        world.group_id = group_id.to_vec();
        world.people = BTreeMap::new();
        let mut plan = Plan::default();
        for name in [founder].iter().chain(names) {
            let mut device = self.people.get(*name).ok_or_else(|| missing(name))?.device.copy();
            let member = if *name == founder { Some(device.create(group_id)?) } else { None };
            if member.is_none() {
                plan.add.push(device.key_package()?);
            }
            world.people.insert((*name).to_owned(), Person { device, member });
        }
        plan.add.extend(under_test.iter().map(|keys| keys.key_package.clone()));
        let out = world.commit(founder, &plan)?;
        world.welcome(names, &out)?;
        Ok((world, out))
    }

    /// These people join by the Welcome of this commit.
    fn welcome(&mut self, names: &[&str], out: &CommitOut) -> Result<()> {
        for name in names {
            let welcome = out.welcome.as_deref().ok_or_else(|| missing(name))?;
            let person = self.people.get_mut(*name).ok_or_else(|| missing(name))?;
            person.member = Some(person.device.join(welcome, Some(&out.ratchet_tree))?);
        }
        Ok(())
    }
}
