use crate::protocol::room::Credential;
use crate::wire::tls::Reader;

/// The domain that a credential names: that of a basic credential whose identity is a MIMI URI, `mimi://DOMAIN` with or
/// without a path. `None` for what has another form.
pub(super) fn domain(credential: &Credential) -> Option<String> {
    const BASIC: u16 = 1;
    let mut r = Reader::new(credential.octets());
    if r.u16("credential_type").ok()? != BASIC {
        return None;
    }
    let uri = std::str::from_utf8(r.opaque("identity").ok()?).ok()?;
    let (scheme, rest) = uri.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    (scheme.eq_ignore_ascii_case("mimi") && !authority.is_empty()).then(|| authority.to_owned())
}
