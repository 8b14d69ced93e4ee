use super::bugged::{Bugged, Done, usual};
use crate::faulty::bug::{Fault, Row};
use mimicheck::delivery::{Effect, Effects, Input, Response, Upload};
use mimicheck::entropy::Time;
use mimicheck::protocol::{KeyPackageRequest, KeyPackageResponse, ServiceProviderId};

const HALF: &str = "lookups by half of a key";
const TWICE: &str = "one-time keys that are read and not removed";

pub(in crate::faulty) const BUGS: &[Row] = &[
    ("hub-key-package-twice", "hands a KeyPackage out again when none is left", TWICE, Fault::Hub(twice)),
    (
        "hub-key-package-last-resort-first",
        "hands out the one of last resort while there are others",
        TWICE,
        Fault::Hub(last_first),
    ),
    (
        "hub-key-package-last-resort-once",
        "hands out the one of last resort once",
        "flags that are lost in storage",
        Fault::Hub(last_once),
    ),
    (
        "hub-key-package-upload-replaces",
        "forgets what is left when more is uploaded",
        "inserts that replace",
        Fault::Hub(replaces),
    ),
    ("hub-key-package-token-ignored", "asks for no token", HALF, Fault::Hub(token_ignored)),
    (
        "hub-key-package-token-prefix",
        "takes half a token for the whole",
        "comparisons that stop at the shorter end",
        Fault::Hub(token_prefix),
    ),
    (
        "hub-key-package-token-extended",
        "takes a token with something behind it",
        "comparisons that stop at the shorter end",
        Fault::Hub(token_extended),
    ),
    ("hub-key-package-user-ignored", "gives whichever user's it has for the token", HALF, Fault::Hub(user_ignored)),
    ("hub-key-package-suite-ignored", "gives one of another cipher suite", HALF, Fault::Hub(suite_ignored)),
    ("hub-key-package-version-ignored", "gives one of another version", HALF, Fault::Hub(version_ignored)),
    (
        "hub-key-package-user-case",
        "finds a user whatever the case of the identifier",
        "folding that is right for addresses of mail",
        Fault::Hub(user_case),
    ),
    (
        "hub-key-package-user-trimmed",
        "cuts spaces off the identifier of a user",
        "input that is tidied up",
        Fault::Hub(user_trimmed),
    ),
    (
        "hub-key-package-costs-two",
        "uses up two KeyPackages for a request",
        "a retry behind the scenes",
        Fault::Hub(costs_two),
    ),
    (
        "hub-key-package-refusal-costs",
        "uses a KeyPackage up for a wrong token",
        "a check after the first write, and no way back",
        Fault::Hub(costs),
    ),
];

fn uploads(b: &Bugged) -> Vec<Upload> {
    let upload = |(_, input): &(_, Input)| if let Input::Upload(upload) = input { Some(upload.clone()) } else { None };
    b.past.iter().filter_map(upload).collect()
}

fn give(out: &mut Effects, key_package: Vec<u8>) -> Done {
    out.push(Effect::Respond(Response::KeyPackage(KeyPackageResponse { key_package })));
    Ok(())
}

/// The cipher suite of a KeyPackage.
fn suite(key_package: &[u8]) -> Option<u16> {
    key_package.get(2..4)?.try_into().ok().map(u16::from_be_bytes)
}

fn twice(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let asked = if let Input::KeyPackage(r) = &input { Some(r.clone()) } else { None };
    match (usual(b, from, input, out), asked, b.given.last().cloned()) {
        (Err(_), Some(r), Some(given)) if suite(&given) == Some(r.cipher_suite) => give(out, given),
        (step, _, _) => step,
    }
}

fn last_first(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let last = match &input {
        Input::KeyPackage(r) => uploads(b).into_iter().filter(|u| u.user_id == r.user_id).find_map(|u| u.last_resort),
        _ => None,
    };
    usual(b, from, input, out)?;
    match last {
        Some(last) => {
            out.clear();
            give(out, last)
        }
        None => Ok(()),
    }
}

fn last_once(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let before = b.given.clone();
    usual(b, from, input, out)?;
    let again = |e: &Effect| matches!(e, Effect::Respond(Response::KeyPackage(r)) if before.contains(&r.key_package));
    if out.iter().any(again) {
        out.clear();
        return super::bugged::refuse(mimicheck::reason::delivery::NO_SUCH_KEY_PACKAGE);
    }
    Ok(())
}

fn replaces(b: &mut Bugged, from: &ServiceProviderId, mut input: Input, out: &mut Effects) -> Done {
    if let Input::Upload(new) = &input {
        let old = uploads(b).into_iter().any(|u| u.user_id == new.user_id && u.last_resort.is_some());
        b.spoilt |= old && new.last_resort.is_none();
    }
    if let (true, Input::KeyPackage(r)) = (b.spoilt, &mut input) {
        let lasts: Vec<_> = uploads(b).into_iter().filter_map(|u| u.last_resort).collect();
        let (mut probe, r) = (vec![], r.clone());
        usual(b, from, Input::KeyPackage(r), &mut probe)?;
        let last = |e: &Effect| matches!(e, Effect::Respond(Response::KeyPackage(r)) if lasts.contains(&r.key_package));
        if probe.iter().any(last) {
            return super::bugged::refuse(mimicheck::reason::delivery::NO_SUCH_KEY_PACKAGE);
        }
        out.append(&mut probe);
        return Ok(());
    }
    usual(b, from, input, out)
}

/// Asks for what some upload has in place of what was asked for.
fn asking(
    b: &mut Bugged,
    from: &ServiceProviderId,
    input: Input,
    out: &mut Effects,
    change: impl Fn(&Upload, &mut KeyPackageRequest),
) -> Done {
    let Input::KeyPackage(request) = &input else { return usual(b, from, input, out) };
    for upload in uploads(b) {
        let mut other = request.clone();
        change(&upload, &mut other);
        if usual(b, from, Input::KeyPackage(other), out).is_ok() {
            return Ok(());
        }
    }
    usual(b, from, input, out)
}

fn token_ignored(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    asking(b, from, input, out, |upload, r| r.bearer_token.clone_from(&upload.bearer_token))
}

fn token_prefix(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    asking(b, from, input, out, |upload, r| {
        if upload.bearer_token.starts_with(&r.bearer_token) {
            r.bearer_token.clone_from(&upload.bearer_token);
        }
    })
}

fn token_extended(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    asking(b, from, input, out, |upload, r| {
        if r.bearer_token.starts_with(&upload.bearer_token) {
            r.bearer_token.clone_from(&upload.bearer_token);
        }
    })
}

fn user_ignored(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    asking(b, from, input, out, |upload, r| r.user_id.clone_from(&upload.user_id))
}

fn suite_ignored(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    asking(b, from, input, out, |upload, r| {
        let any = upload.key_packages.first().or(upload.last_resort.as_ref());
        r.cipher_suite = any.and_then(|k| suite(k)).unwrap_or(r.cipher_suite);
    })
}

fn version_ignored(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    asking(b, from, input, out, |_, r| r.version = 1)
}

fn user_case(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    asking(b, from, input, out, |upload, r| {
        if upload.user_id.eq_ignore_ascii_case(&r.user_id) {
            r.user_id.clone_from(&upload.user_id);
        }
    })
}

fn user_trimmed(b: &mut Bugged, from: &ServiceProviderId, mut input: Input, out: &mut Effects) -> Done {
    if let Input::KeyPackage(request) = &mut input {
        request.user_id = request.user_id.trim_ascii().to_vec();
    }
    usual(b, from, input, out)
}

fn costs_two(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    usual(b, from, input.clone(), out)?;
    if matches!(input, Input::KeyPackage(_)) {
        // The second goes nowhere, and there may be none.
        let _ = b.hub.step(Time::default(), from, input, &mut vec![]);
    }
    Ok(())
}

fn costs(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let step = usual(b, from, input.clone(), out);
    if step.is_err() {
        // Whatever it gives goes nowhere.
        let _ = token_ignored(b, from, input, &mut vec![]);
    }
    step
}
