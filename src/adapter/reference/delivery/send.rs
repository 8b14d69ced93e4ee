use super::value::{
    Made, Shown, list, message, optional_message, partition_key, shown_message, shown_optional, structure,
};
use crate::adapter::input::optional;
use crate::protocol::{CommitData, ExternalJoinRequest, SendRequest, ServiceProviderId, WelcomeData};
use crate::wire::hex;
use serde_json::{Value, json};

impl Shown for WelcomeData {
    fn shown(&self) -> Value {
        let providers: Vec<_> = self.service_providers.iter().map(|p| hex::encode(&p.0)).collect();
        json!({"welcome": shown_message(&self.welcome), "service_providers": providers})
    }

    fn made(value: &Value) -> Made<Self> {
        let service_providers = list(value, "service_providers")?.into_iter().map(ServiceProviderId).collect();
        Ok(Self { welcome: message(value, "welcome")?, service_providers })
    }
}

impl Shown for CommitData {
    fn shown(&self) -> Value {
        json!({
            "next_partition_key": hex::encode(&self.next_partition_key.0),
            "group_info": shown_optional(self.group_info.as_ref()),
            "welcome_data": self.welcome_data.as_ref().map(Shown::shown),
        })
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self {
            next_partition_key: partition_key(value, "next_partition_key")?,
            group_info: optional_message(value, "group_info")?,
            welcome_data: optional(value, "welcome_data").map(WelcomeData::made).transpose()?,
        })
    }
}

impl Shown for SendRequest {
    fn shown(&self) -> Value {
        json!({
            "message": shown_message(&self.message),
            "partition_key": hex::encode(&self.partition_key.0),
            "commit_data": self.commit_data.as_ref().map(Shown::shown),
        })
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self {
            message: message(value, "message")?,
            partition_key: partition_key(value, "partition_key")?,
            commit_data: optional(value, "commit_data").map(CommitData::made).transpose()?,
        })
    }
}

impl Shown for ExternalJoinRequest {
    fn shown(&self) -> Value {
        json!({"message": shown_message(&self.message), "commit_data": self.commit_data.shown()})
    }

    fn made(value: &Value) -> Made<Self> {
        Ok(Self { message: message(value, "message")?, commit_data: structure(value, "commit_data")? })
    }
}
