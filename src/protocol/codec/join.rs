use super::fields::{message, written};
use super::{EncodeError, Structure, rules};
use crate::protocol::{GroupInfoRequest, GroupInfoResponse, WelcomeInitRequest, check_ratchet_tree, walk};
use crate::wire::tls::{Reader, WireError, Writer};

impl Structure for WelcomeInitRequest {
    const NAME: &'static str = "WelcomeInitRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let mut key_package_refs = vec![];
        r.each("key_package_refs", |r| {
            key_package_refs.push(r.opaque("key_package_refs")?.to_vec());
            Ok(())
        })?;
        Ok(Self { key_package_refs })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.vector("key_package_refs", |w| {
            for reference in &self.key_package_refs {
                w.opaque(reference, "key_package_refs")?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

impl Structure for GroupInfoRequest {
    const NAME: &'static str = "GroupInfoRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self { group_id: r.opaque("group_id")?.to_vec() })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(&self.group_id, "group_id")?;
        Ok(())
    }
}

impl Structure for GroupInfoResponse {
    const NAME: &'static str = "GroupInfoResponse";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let group_info = message(r, "group_info", rules::group_info)?;
        let mut ratchet_tree = None;
        if r.optional("ratchet_tree")? {
            let mut ahead = *r;
            walk::ratchet_tree(&mut ahead)?;
            let length = ahead.offset().saturating_sub(r.offset());
            ratchet_tree = Some(r.take(length, "ratchet_tree")?.to_vec());
        }
        Ok(Self { group_info, ratchet_tree })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        written(rules::group_info(&self.group_info), "group_info")?;
        w.raw(self.group_info.octets()).optional(self.ratchet_tree.is_some());
        if let Some(tree) = &self.ratchet_tree {
            check_ratchet_tree(tree)?;
            w.raw(tree);
        }
        Ok(())
    }
}
