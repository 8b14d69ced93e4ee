use super::fields::{decided, message, optional_message, partition_key, write_optional_message, written};
use super::{EncodeError, Structure, rules};
use crate::protocol::{CommitData, ExternalJoinRequest, SendRequest, ServiceProviderId, WelcomeData};
use crate::wire::tls::{Reader, WireError, Writer};

impl Structure for WelcomeData {
    const NAME: &'static str = "WelcomeData";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let welcome = message(r, "welcome", rules::welcome)?;
        let offset = r.offset();
        let mut service_providers = vec![];
        r.each("service_providers", |r| {
            service_providers.push(ServiceProviderId(r.opaque("service_providers")?.to_vec()));
            Ok(())
        })?;
        decided(rules::providers(&welcome, &service_providers), offset, "service_providers")?;
        Ok(Self { welcome, service_providers })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        written(rules::welcome(&self.welcome), "welcome")?;
        written(rules::providers(&self.welcome, &self.service_providers), "service_providers")?;
        w.raw(self.welcome.octets());
        w.vector("service_providers", |w| {
            for provider in &self.service_providers {
                w.opaque(&provider.0, "service_providers")?;
            }
            Ok(())
        })?;
        Ok(())
    }
}

impl Structure for CommitData {
    const NAME: &'static str = "CommitData";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self {
            next_partition_key: partition_key(r, "next_partition_key")?,
            group_info: optional_message(r, "group_info", rules::group_info)?,
            welcome_data: if r.optional("welcome_data")? { Some(WelcomeData::read(r)?) } else { None },
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.raw(&self.next_partition_key.0);
        write_optional_message(w, self.group_info.as_ref(), "group_info", rules::group_info)?;
        w.optional(self.welcome_data.is_some());
        self.welcome_data.as_ref().map_or(Ok(()), |welcome| welcome.write(w))
    }
}

impl Structure for SendRequest {
    const NAME: &'static str = "SendRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let message = message(r, "message", rules::group_message)?;
        let partition_key = partition_key(r, "partition_key")?;
        let commit_data = if rules::is_commit(&message) { Some(CommitData::read(r)?) } else { None };
        Ok(Self { message, partition_key, commit_data })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        written(rules::group_message(&self.message), "message")?;
        written(rules::commit_fields(&self.message, self.commit_data.is_some()), "commit_data")?;
        w.raw(self.message.octets()).raw(&self.partition_key.0);
        self.commit_data.as_ref().map_or(Ok(()), |data| data.write(w))
    }
}

impl Structure for ExternalJoinRequest {
    const NAME: &'static str = "ExternalJoinRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let message = message(r, "message", rules::external_commit)?;
        Ok(Self { message, commit_data: CommitData::read(r)? })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        written(rules::external_commit(&self.message), "message")?;
        w.raw(self.message.octets());
        self.commit_data.write(w)
    }
}
