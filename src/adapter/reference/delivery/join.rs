use super::value::{Made, Shown, list, message, number, shown_message};
use crate::adapter::input::{octets, optional};
use crate::protocol::{GroupInfoRequest, GroupInfoResponse, KeyPackageRequest, KeyPackageResponse, WelcomeInitRequest};
use crate::wire::hex;
use serde_json::{Value, json};

impl Shown for KeyPackageRequest {
    fn shown(&self) -> Value {
        json!({
            "user_id": hex::encode(&self.user_id),
            "bearer_token": hex::encode(&self.bearer_token),
            "version": self.version,
            "cipher_suite": self.cipher_suite,
        })
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self {
            user_id: octets(value, "user_id")?,
            bearer_token: octets(value, "bearer_token")?,
            version: number(value, "version")?,
            cipher_suite: number(value, "cipher_suite")?,
        })
    }
}

impl Shown for KeyPackageResponse {
    fn shown(&self) -> Value {
        json!({"key_package": hex::encode(&self.key_package)})
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self { key_package: octets(value, "key_package")? })
    }
}

impl Shown for WelcomeInitRequest {
    fn shown(&self) -> Value {
        json!({"key_package_refs": self.key_package_refs.iter().map(|r| hex::encode(r)).collect::<Vec<_>>()})
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self { key_package_refs: list(value, "key_package_refs")? })
    }
}

impl Shown for GroupInfoRequest {
    fn shown(&self) -> Value {
        json!({"group_id": hex::encode(&self.group_id)})
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self { group_id: octets(value, "group_id")? })
    }
}

impl Shown for GroupInfoResponse {
    fn shown(&self) -> Value {
        let tree = self.ratchet_tree.as_deref().map(hex::encode);
        json!({"group_info": shown_message(&self.group_info), "ratchet_tree": tree})
    }

    fn made(value: &Value) -> Made<Self> {
        let ratchet_tree = optional(value, "ratchet_tree").map(|_| octets(value, "ratchet_tree")).transpose()?;
        Ok(Self { group_info: message(value, "group_info")?, ratchet_tree })
    }
}
