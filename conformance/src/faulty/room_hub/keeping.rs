//! Providers of key material that keep, or find again, otherwise; and those that ask otherwise.

use super::keying::{Desk, SHORT, ToWhom, Upload, sound};
use crate::faulty::bug::{Fault, Row};
use mimicheck::adapter::Answer;
use mimicheck::delivery::{KeyDesk, KeyService, KeySettings, Refused};
use mimicheck::entropy::Time;
use mimicheck::protocol::room::{KeyMaterialRequest, KeyMaterialResponse, key_package_ref};
use mimicheck::protocol::{CipherSuite, Head, MlsMessage};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Uses key material up before it looks whether it may keep note of it.
struct Wasteful {
    sound: KeyService,
    /// The same without a limit: what it gives is gone.
    unbounded: KeyService,
}

impl KeyDesk for Wasteful {
    fn upload(&mut self, client: &[u8], once: &[Vec<u8>], last: Option<&[u8]>) -> Result<(), Refused> {
        self.sound.upload(client, once, last)?;
        self.unbounded.upload(client, once, last)
    }

    fn ask(&mut self, now: Time, asked: &KeyMaterialRequest) -> Result<KeyMaterialResponse, Refused> {
        let answer = self.unbounded.ask(now, asked);
        self.sound.ask(now, asked).and(answer)
    }

    fn welcome(&mut self, welcome: &MlsMessage) -> Result<Vec<Vec<u8>>, Refused> {
        self.unbounded.welcome(welcome)?;
        self.sound.welcome(welcome)
    }
}

/// Knows whose a KeyPackage is from the day on which it came.
struct Eager {
    service: KeyService,
    came: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl KeyDesk for Eager {
    fn upload(&mut self, client: &[u8], once: &[Vec<u8>], last: Option<&[u8]>) -> Result<(), Refused> {
        self.service.upload(client, once, last)?;
        let references = once.iter().filter_map(|octets| key_package_ref(CipherSuite(1), octets));
        self.came.extend(references.map(|reference| (reference, client.to_vec())));
        Ok(())
    }

    fn ask(&mut self, now: Time, asked: &KeyMaterialRequest) -> Result<KeyMaterialResponse, Refused> {
        self.service.ask(now, asked)
    }

    fn welcome(&mut self, welcome: &MlsMessage) -> Result<Vec<Vec<u8>>, Refused> {
        let mut clients = self.service.welcome(welcome)?;
        if let Head::Welcome { recipients, .. } = welcome.head() {
            clients.extend(recipients.iter().filter_map(|to| self.came.get(to)).cloned());
        }
        clients.sort();
        clients.dedup();
        Ok(clients)
    }
}

fn wasteful(settings: KeySettings) -> Box<dyn KeyDesk> {
    let mut without = settings.clone();
    without.limits.max_pending_welcomes = usize::MAX;
    Box::new(Wasteful { sound: sound(settings).service, unbounded: sound(without).service })
}

/// A request that is made of another input, or comes out otherwise.
macro_rules! requesting {
    ($input:expr, $output:expr) => {
        Fault::Steps(|talk, op, input| {
            let mut input = input.clone();
            let (before, after): (fn(&mut Value), fn(&Value, &mut Value)) = ($input, $output);
            if op != "room-keys/request" {
                return talk.ask(op, &input);
            }
            before(&mut input);
            match talk.ask(op, &input) {
                Answer::Ok(mut out) => {
                    after(&input, &mut out);
                    Answer::Ok(out)
                }
                no => no,
            }
        })
    };
}

fn put(object: &mut Value, name: &str, value: Value) {
    if let Some(object) = object.as_object_mut() {
        object.insert(name.to_owned(), value);
    }
}

/// A request's last 128 characters are its signature.
fn signature_cut(out: &mut Value, with: &str) {
    let request = out["request"].as_str().unwrap_or_default();
    let fields = request.get(..request.len().saturating_sub(128)).unwrap_or_default();
    let request = format!("{fields}{with}");
    put(out, "request", request.into());
}

pub(in crate::faulty) const BUGS: &[Row] = &[
    (
        "keys-given-again",
        "gives the same KeyPackage to everybody",
        "a read where a take was meant",
        Fault::Keys(|settings| {
            Box::new(Desk { ask: |service, now, asked| service.clone().ask(now, asked), ..sound(settings) })
        }),
    ),
    (
        "keys-uploaded-again",
        "takes a KeyPackage that is here already",
        "a list where a set was meant",
        Fault::Keys(|settings| {
            let upload: Upload = |service, client, once, last| {
                let mut new: Vec<Vec<u8>> = once.to_vec();
                new.dedup();
                match service.upload(client, &new, last) {
                    Err(no) if no.reason == mimicheck::reason::delivery::DUPLICATE_KEY_PACKAGE => {
                        new.iter().try_for_each(|one| {
                            let _ = service.upload(client, std::slice::from_ref(one), None);
                            Ok(())
                        })
                    }
                    done => done,
                }
            };
            Box::new(Desk { upload, ..sound(settings) })
        }),
    ),
    (
        "keys-upload-half-kept",
        "keeps the KeyPackages before one that it refuses",
        "an error that leaves half of the work behind",
        Fault::Keys(|settings| {
            let upload: Upload = |service, client, once, last| {
                once.iter().try_for_each(|one| service.upload(client, std::slice::from_ref(one), None))?;
                service.upload(client, &[], last)
            };
            Box::new(Desk { upload, ..sound(settings) })
        }),
    ),
    (
        "keys-last-resort-unknown",
        "gives one of last resort like any other",
        "a flag that nobody reads",
        Fault::Keys(|settings| {
            let upload: Upload = |service, client, once, last| {
                let all: Vec<_> = last.map(<[u8]>::to_vec).into_iter().chain(once.iter().cloned()).collect();
                service.upload(client, &all, None)
            };
            Box::new(Desk { upload, ..sound(settings) })
        }),
    ),
    (
        "keys-welcome-to-nobody",
        "forgets whose the KeyPackages are that it gives",
        "a step that was forgotten",
        Fault::Keys(|settings| Box::new(Desk { welcome: |_, _| Ok(vec![]), ..sound(settings) })),
    ),
    (
        "keys-welcome-first-only",
        "takes a Welcome to the first of its clients only",
        SHORT,
        Fault::Keys(|settings| {
            let welcome: ToWhom = |service, welcome| {
                service.welcome(welcome).map(|mut clients| {
                    clients.truncate(1);
                    clients
                })
            };
            Box::new(Desk { welcome, ..sound(settings) })
        }),
    ),
    (
        "keys-refusals-cost",
        "uses key material up for requests that it refuses",
        "a check that comes too late",
        Fault::Keys(wasteful),
    ),
    (
        "keys-welcome-before-asked",
        "takes a Welcome to a KeyPackage that it gave to nobody",
        "an index of everything that was ever uploaded",
        Fault::Keys(|settings| Box::new(Eager { service: sound(settings).service, came: BTreeMap::new() })),
    ),
    (
        "keys-asked-past-the-hub",
        "asks the provider of the user, not the hub",
        "the shortest way",
        requesting!(|_| {}, |input, out| {
            let target = input["target_user"].as_str().unwrap_or_default();
            let authority = target.trim_start_matches("mimi://").split('/').next().unwrap_or_default();
            put(out, "to", authority.into());
        }),
    ),
    (
        "keys-asked-without-room",
        "names no room in a request",
        "a field that is empty by default",
        requesting!(|input| put(input, "room_id", "".into()), |_, _| {}),
    ),
    (
        "keys-asked-unsigned",
        "signs no request",
        "a field that is empty by default",
        requesting!(|_| {}, |_, out| signature_cut(out, &"00".repeat(64))),
    ),
    (
        "keys-asked-for-less",
        "leaves what it requires out of the request",
        "a field that is empty by default",
        requesting!(|input| put(input, "extension_types", json!([])), |_, _| {}),
    ),
];
