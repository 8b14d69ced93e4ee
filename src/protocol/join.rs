use super::MlsMessage;

/// Tells a provider which of its KeyPackages a Welcome is for (section 4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WelcomeInitRequest {
    /// In the order of the Welcome's `secrets`.
    pub key_package_refs: Vec<Vec<u8>>,
}

/// Asks for a group's GroupInfo (section 4.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupInfoRequest {
    /// The group.
    pub group_id: Vec<u8>,
}

/// Answers it (section 4.5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupInfoResponse {
    /// The GroupInfo.
    pub group_info: MlsMessage,
    /// The ratchet tree, where the GroupInfo has none: octets of `optional<Node> ratchet_tree<V>`.
    pub ratchet_tree: Option<Vec<u8>>,
}
