use super::{EncodeError, Structure};
use crate::protocol::{KeyPackageRequest, KeyPackageResponse, check_key_package, walk};
use crate::wire::tls::{Reader, WireError, Writer};

impl Structure for KeyPackageRequest {
    const NAME: &'static str = "KeyPackageRequest";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        Ok(Self {
            user_id: r.opaque("user_id")?.to_vec(),
            bearer_token: r.opaque("bearer_token")?.to_vec(),
            version: r.u16("version")?,
            cipher_suite: r.u16("cipher_suite")?,
        })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        w.opaque(&self.user_id, "user_id")?.opaque(&self.bearer_token, "bearer_token")?;
        w.u16(self.version).u16(self.cipher_suite);
        Ok(())
    }
}

impl Structure for KeyPackageResponse {
    const NAME: &'static str = "KeyPackageResponse";

    fn read(r: &mut Reader) -> Result<Self, WireError> {
        let mut ahead = *r;
        walk::key_package(&mut ahead)?;
        let length = ahead.offset().saturating_sub(r.offset());
        Ok(Self { key_package: r.take(length, "key_package")?.to_vec() })
    }

    fn write(&self, w: &mut Writer) -> Result<(), EncodeError> {
        check_key_package(&self.key_package)?;
        w.raw(&self.key_package);
        Ok(())
    }
}
