//! Providers of key material that look at requests, and answer them, otherwise.

use crate::faulty::bug::{Fault, Row};
use mimicheck::crypto::Labelled;
use mimicheck::delivery::{Consent, KeyDesk, KeyService, KeySettings, Refused};
use mimicheck::entropy::Time;
use mimicheck::protocol::MlsMessage;
use mimicheck::protocol::room::{
    ClientStatus, KeyMaterialRequest, KeyMaterialResponse, KeyMaterialUserCode as Code, RequiredCapabilities,
};

type Answered = Result<KeyMaterialResponse, Refused>;
type Ask = fn(&mut KeyService, Time, &KeyMaterialRequest) -> Answered;
pub(super) type Upload = fn(&mut KeyService, &[u8], &[Vec<u8>], Option<&[u8]>) -> Result<(), Refused>;
pub(super) type ToWhom = fn(&mut KeyService, &MlsMessage) -> Result<Vec<Vec<u8>>, Refused>;

/// A provider of which one thing is otherwise.
pub(super) struct Desk {
    pub service: KeyService,
    pub upload: Upload,
    pub ask: Ask,
    pub welcome: ToWhom,
}

impl KeyDesk for Desk {
    fn upload(&mut self, client: &[u8], once: &[Vec<u8>], last_resort: Option<&[u8]>) -> Result<(), Refused> {
        (self.upload)(&mut self.service, client, once, last_resort)
    }

    fn ask(&mut self, now: Time, asked: &KeyMaterialRequest) -> Answered {
        (self.ask)(&mut self.service, now, asked)
    }

    fn welcome(&mut self, welcome: &MlsMessage) -> Result<Vec<Vec<u8>>, Refused> {
        (self.welcome)(&mut self.service, welcome)
    }
}

/// With other settings, and another eye for signatures.
fn set(settings: KeySettings, change: fn(&mut KeySettings), verify: mimicheck::delivery::Verify) -> Desk {
    let mut settings = settings;
    change(&mut settings);
    Desk {
        service: KeyService::new(settings, verify),
        upload: KeyService::upload,
        ask: KeyService::ask,
        welcome: KeyService::welcome,
    }
}

pub(super) fn sound(settings: KeySettings) -> Desk {
    set(settings, |_| {}, Labelled::verify)
}

macro_rules! setting {
    ($change:expr) => {
        Fault::Keys(|settings| Box::new(set(settings, $change, Labelled::verify)))
    };
}

macro_rules! verifying {
    ($verify:expr) => {
        Fault::Keys(|settings| Box::new(set(settings, |_| {}, $verify)))
    };
}

macro_rules! asking {
    ($ask:expr) => {
        Fault::Keys(|settings| Box::new(Desk { ask: $ask, ..sound(settings) }))
    };
}

/// The answer that the signed request gets, to which this is done.
macro_rules! telling {
    ($change:expr) => {
        asking!(|service, now, asked| {
            let mut answer = service.ask(now, asked)?;
            let change: fn(&mut KeyMaterialResponse) = $change;
            change(&mut answer);
            Ok(answer)
        })
    };
}

/// A request of which something is not looked at, though its signature was.
macro_rules! overlooking {
    ($change:expr) => {
        Fault::Keys(|settings| {
            let ask: Ask = |service, now, asked| {
                let content = asked.to_be_signed().unwrap_or_default();
                let (key, signature) = (&asked.requester_signature_key.0, &asked.key_material_request_signature.0);
                let label = KeyMaterialRequest::LABEL;
                let signed = asked.acceptable_ciphersuites.iter();
                if !signed.into_iter().any(|suite| Labelled::verify(*suite, key, label, &content, signature)) {
                    // The service that verifies nothing must not answer it.
                    return Err(Refused::new(mimicheck::reason::mls::BAD_SIGNATURE, label));
                }
                let mut asked = asked.clone();
                let change: fn(&mut KeyMaterialRequest) = $change;
                change(&mut asked);
                service.ask(now, &asked)
            };
            Box::new(Desk { ask, ..set(settings, |_| {}, |_, _, _, _, _| true) })
        })
    };
}

const UNCHECKED: &str = "a check that is left to somebody else";
const CODES: &str = "one code for everything";
pub(super) const SHORT: &str = "a loop that ends at the first one";

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "keys-expired-given",
        "gives KeyPackages that have expired",
        UNCHECKED,
        asking!(|service, _, asked| service.ask(Time(0), asked)),
    ),
    (
        "keys-expire-early",
        "gives none in the last second of its life",
        "a bound that is off by one",
        asking!(|service, now, asked| service.ask(Time(now.0.saturating_add(1000)), asked)),
    ),
    (
        "keys-clock-in-seconds",
        "takes milliseconds for seconds",
        "units that are mixed up",
        asking!(|service, now, asked| service.ask(Time(now.0.saturating_mul(1000)), asked)),
    ),
    ("keys-unsigned", "does not look at the request's signature", UNCHECKED, verifying!(|_, _, _, _, _| true)),
    (
        "keys-label-unseen",
        "takes the signature of another request under another label",
        "labels that are all alike",
        verifying!(|suite, key, label, content, signature| {
            ["GroupInfoRequestTBS", label].iter().any(|label| Labelled::verify(suite, key, label, content, signature))
        }),
    ),
    (
        "keys-consent-unasked",
        "lets everybody ask for everybody",
        UNCHECKED,
        setting!(|settings| {
            settings.users.values_mut().for_each(|user| user.consent = vec![Consent::default()]);
        }),
    ),
    (
        "keys-consent-for-any-room",
        "lets who may ask for one room ask for every room",
        "half of a key",
        setting!(|settings| {
            settings.users.values_mut().flat_map(|user| &mut user.consent).for_each(|consent| consent.room = None);
        }),
    ),
    (
        "keys-consent-of-any-user",
        "lets everybody ask for a room that somebody may ask for",
        "half of a key",
        setting!(|settings| {
            settings.users.values_mut().flat_map(|user| &mut user.consent).for_each(|consent| consent.user = None);
        }),
    ),
    (
        "keys-consent-of-users-only",
        "knows leave by user only, and refuses what is given to a room",
        "an option that nobody has tried",
        setting!(|settings| {
            for user in settings.users.values_mut() {
                user.consent.retain(|consent| consent.user.is_some() || consent.room.is_none());
            }
        }),
    ),
    (
        "keys-indiscreet",
        "tells who is not here, though it was told not to",
        "a setting that nobody reads",
        setting!(|settings| settings.discreet = false),
    ),
    (
        "keys-deleted-served",
        "answers for users who are no more",
        UNCHECKED,
        setting!(|settings| settings.users.values_mut().for_each(|user| user.deleted = false)),
    ),
    (
        "keys-capabilities-always",
        "tells what a client supports, though it was told not to",
        "a setting that nobody reads",
        setting!(|settings| settings.tells_capabilities = true),
    ),
    (
        "keys-capabilities-never",
        "never tells what a client supports",
        "an option that nobody has tried",
        setting!(|settings| settings.tells_capabilities = false),
    ),
    (
        "keys-first-client-only",
        "answers for the first client only",
        SHORT,
        setting!(|settings| settings.users.values_mut().for_each(|user| user.clients.truncate(1))),
    ),
    (
        "keys-any-suite",
        "does not look at the cipher suites that will do",
        UNCHECKED,
        overlooking!(|asked| asked.acceptable_ciphersuites.extend([1, 2, 3])),
    ),
    (
        "keys-first-suite-only",
        "looks at the first cipher suite only",
        SHORT,
        overlooking!(|asked| asked.acceptable_ciphersuites.truncate(1)),
    ),
    (
        "keys-any-capabilities",
        "does not look at what is required",
        UNCHECKED,
        overlooking!(|asked| {
            let none =
                RequiredCapabilities { extension_types: vec![], proposal_types: vec![], credential_types: vec![] };
            asked.required_capabilities = none;
        }),
    ),
    (
        "keys-extensions-unrequired",
        "does not look at the extensions that are required",
        "two of three lists",
        overlooking!(|asked| asked.required_capabilities.extension_types.clear()),
    ),
    (
        "keys-proposals-unrequired",
        "does not look at the proposals that are required",
        "two of three lists",
        overlooking!(|asked| asked.required_capabilities.proposal_types.clear()),
    ),
    (
        "keys-credentials-unrequired",
        "does not look at the credential types that are required",
        "two of three lists",
        overlooking!(|asked| asked.required_capabilities.credential_types.clear()),
    ),
    (
        "keys-defaults-required",
        "wants default types to be listed",
        "a rule that is read without its exception",
        overlooking!(|asked| {
            let required = &mut asked.required_capabilities;
            let beyond = |kind: &mut u16| *kind = if *kind <= 7 { 0xffff } else { *kind };
            required.extension_types.iter_mut().for_each(beyond);
            required.proposal_types.iter_mut().for_each(beyond);
        }),
    ),
    (
        "keys-required-any",
        "takes one of the required extensions for all of them",
        "any where all was meant",
        overlooking!(|asked| asked.required_capabilities.extension_types.truncate(1)),
    ),
    (
        "keys-success-always",
        "says success where some client has none",
        CODES,
        telling!(|answer| {
            if answer.user_status == Code::PARTIAL_SUCCESS {
                answer.user_status = Code::SUCCESS;
            }
        }),
    ),
    (
        "keys-partial-as-failure",
        "gives nothing where some client has none",
        CODES,
        telling!(|answer| {
            if answer.user_status == Code::PARTIAL_SUCCESS {
                answer.user_status = Code::NO_COMPATIBLE_MATERIAL;
                answer.clients.clear();
            }
        }),
    ),
    (
        "keys-incompatible-exhausted",
        "says of a client with nothing compatible that it has none left",
        CODES,
        telling!(|answer| {
            for client in &mut answer.clients {
                if matches!(client.status, ClientStatus::NothingCompatible(_)) {
                    client.status = ClientStatus::KeyMaterialExhausted;
                }
            }
        }),
    ),
    (
        "keys-clients-without-left-out",
        "leaves out clients that have nothing",
        "a filter that is too wide",
        telling!(|answer| answer.clients.retain(|client| matches!(client.status, ClientStatus::Success(_)))),
    ),
    (
        "keys-clients-swapped",
        "gives each client's KeyPackage under the URI of another",
        "two lists that are out of step",
        telling!(|answer| {
            let uris: Vec<_> = answer.clients.iter().map(|client| client.client_uri.clone()).collect();
            for (client, uri) in answer.clients.iter_mut().zip(uris.into_iter().rev()) {
                client.client_uri = uri;
            }
        }),
    ),
];
