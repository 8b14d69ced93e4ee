/// Asks for a KeyPackage of a user (section 4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPackageRequest {
    /// Service-specific identifier of the user.
    pub user_id: Vec<u8>,
    /// Learned during discovery.
    pub bearer_token: Vec<u8>,
    /// MLS protocol version; 1 is mls10.
    pub version: u16,
    /// Cipher suite.
    pub cipher_suite: u16,
}

/// Answers it (section 4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPackageResponse {
    /// Octets of the KeyPackage, walked to their end.
    pub key_package: Vec<u8>,
}
