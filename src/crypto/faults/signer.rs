use super::call::Kind;
use super::handle::Faults;
use super::label;
use openmls_traits::signatures::{Signer, SignerError};
use openmls_traits::types::SignatureScheme;

/// A signature key whose signatures may be struck.
#[derive(Clone, Debug)]
pub struct FaultySigner<S> {
    signer: S,
    faults: Faults,
}

impl<S> FaultySigner<S> {
    /// This key, under this plan.
    #[must_use]
    pub fn new(signer: S, faults: Faults) -> Self {
        Self { signer, faults }
    }

    /// The key itself.
    #[must_use]
    pub fn honest(&self) -> &S {
        &self.signer
    }
}

impl<S: Signer> Signer for FaultySigner<S> {
    fn sign(&self, payload: &[u8]) -> Result<Vec<u8>, SignerError> {
        let strike = self.faults.begin(Kind::Sign, &[], || label::leading(payload));
        strike.fail().map_err(SignerError::CryptoError)?;
        self.faults.saw(payload);
        let signature = self.signer.sign(strike.signed(payload).as_deref().unwrap_or(payload))?;
        Ok(strike.output(&signature).unwrap_or(signature))
    }

    fn signature_scheme(&self) -> SignatureScheme {
        self.signer.signature_scheme()
    }
}
