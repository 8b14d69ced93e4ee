use super::bugged::{Bugged, Done, done, usual};
use crate::faulty::bug::{Fault, Row};
use mimicheck::delivery::{Effect, Effects, Input};
use mimicheck::protocol::{Head, ServiceProviderId, WelcomeInitRequest};
use mimicheck::reason::delivery as reason;

const EARLY: &str = "pushing what was to be asked for first";
const WHOLE: &str = "lists that are passed on whole";
const PAIRS: &str = "two lists of which the shorter one decides";

pub(in crate::faulty) const BUGS: &[Row] = &[
    ("hub-welcome-unasked", "sends the Welcome with the question", EARLY, Fault::Hub(unasked)),
    ("hub-welcome-instead-of-asking", "sends the Welcome in place of the question", EARLY, Fault::Hub(instead)),
    (
        "hub-welcome-despite-no",
        "sends the Welcome whatever the answer",
        "answers whose content is not read",
        Fault::Hub(despite_no),
    ),
    ("hub-welcome-never", "sends nothing after a yes", "a step that was forgotten", Fault::Hub(never)),
    (
        "hub-welcome-to-whoever-answers",
        "gives a Welcome to whichever provider answers",
        "sessions that are not bound to a peer",
        Fault::Hub(whoever),
    ),
    (
        "hub-welcome-newest-first",
        "takes an answer for the newest question",
        "a stack where a queue was meant",
        Fault::Hub(newest),
    ),
    (
        "hub-welcome-again",
        "answers a second yes with the Welcome again",
        "one-time state that is not removed",
        Fault::Hub(again),
    ),
    ("hub-asks-for-everybody", "names all recipients to each provider", WHOLE, Fault::Hub(everybody)),
    ("hub-asks-for-each", "asks a provider once for each user", WHOLE, Fault::Hub(each)),
    (
        "hub-asks-for-the-first",
        "names the first user of a provider only",
        "maps that keep one value a key",
        Fault::Hub(first),
    ),
    ("hub-asks-itself", "asks itself for its own users", "special cases that were forgotten", Fault::Hub(itself)),
    (
        "hub-own-users-forgotten",
        "gives its own users no Welcome",
        "special cases that were forgotten",
        Fault::Hub(own_forgotten),
    ),
    (
        "hub-provider-count-ignored",
        "takes more or fewer providers than recipients",
        PAIRS,
        Fault::HubTakes("hub/send", reason::SERVICE_PROVIDER_COUNT),
    ),
    ("hub-welcome-sequenced", "puts the Welcome into the partition", "one queue for everything", Fault::Hub(sequenced)),
];

/// Every effect becomes these.
fn each_effect(
    b: &mut Bugged,
    from: &ServiceProviderId,
    input: Input,
    out: &mut Effects,
    change: impl Fn(&Bugged, &Input, Effect) -> Vec<Effect>,
) -> Done {
    usual(b, from, input.clone(), out)?;
    let effects = std::mem::take(out);
    out.extend(effects.into_iter().flat_map(|effect| change(b, &input, effect)));
    Ok(())
}

fn welcome(input: &Input) -> Option<mimicheck::protocol::WelcomeData> {
    if let Input::Send(r) = input { r.commit_data.clone()?.welcome_data } else { None }
}

fn pushed(input: &Input, to: &ServiceProviderId) -> Option<Effect> {
    welcome(input).map(|data| Effect::Welcome { to: to.clone(), welcome: data.welcome })
}

fn unasked(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    each_effect(b, from, input, out, |_, input, effect| match &effect {
        Effect::WelcomeInit { to, .. } => pushed(input, to).into_iter().chain([effect]).rev().collect(),
        _ => vec![effect],
    })
}

fn instead(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    each_effect(b, from, input, out, |_, input, effect| match &effect {
        Effect::WelcomeInit { to, .. } => pushed(input, to).into_iter().collect(),
        _ => vec![effect],
    })
}

fn despite_no(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let input = if let Input::WelcomeAnswer { .. } = input { Input::WelcomeAnswer { accept: true } } else { input };
    usual(b, from, input, out)
}

fn never(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let input = if let Input::WelcomeAnswer { .. } = input { Input::WelcomeAnswer { accept: false } } else { input };
    usual(b, from, input, out)
}

fn whoever(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let waiting = b.asked.last().cloned();
    let answers = matches!(input, Input::WelcomeAnswer { accept: true });
    match (usual(b, from, input, out), waiting) {
        (Err(refused), Some((_, welcome))) if answers && refused.reason == reason::NO_WELCOME_WAITS => {
            out.push(Effect::Welcome { to: from.clone(), welcome });
            done(out)
        }
        (other, _) => other,
    }
}

fn newest(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let answer = matches!(input, Input::WelcomeAnswer { .. });
    usual(b, from, input, out)?;
    let place = b.asked.iter().rposition(|(to, _)| to == from).filter(|_| answer);
    let Some((_, newest)) = place.map(|place| b.asked.remove(place)) else { return Ok(()) };
    for effect in out {
        if let Effect::Welcome { welcome, .. } = effect {
            *welcome = newest.clone();
        }
    }
    Ok(())
}

fn again(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    let mine = b.asked.iter().find(|(to, _)| to == from).cloned();
    let answers = matches!(input, Input::WelcomeAnswer { accept: true });
    match (usual(b, from, input, out), mine) {
        (Err(_), Some((to, welcome))) if answers => {
            out.push(Effect::Welcome { to, welcome });
            done(out)
        }
        (other, _) => other,
    }
}

fn everybody(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    each_effect(b, from, input, out, |_, input, effect| match (effect, welcome(input)) {
        (Effect::WelcomeInit { to, request }, Some(data)) => {
            let all = match data.welcome.head() {
                Head::Welcome { recipients, .. } => recipients.clone(),
                _ => request.key_package_refs,
            };
            vec![Effect::WelcomeInit { to, request: WelcomeInitRequest { key_package_refs: all } }]
        }
        (effect, _) => vec![effect],
    })
}

fn each(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    each_effect(b, from, input, out, |_, _, effect| match effect {
        Effect::WelcomeInit { to, request } => {
            let alone = |r| WelcomeInitRequest { key_package_refs: vec![r] };
            let ask = |r| Effect::WelcomeInit { to: to.clone(), request: alone(r) };
            request.key_package_refs.into_iter().map(ask).collect()
        }
        effect => vec![effect],
    })
}

fn first(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    each_effect(b, from, input, out, |_, _, effect| match effect {
        Effect::WelcomeInit { to, mut request } => {
            request.key_package_refs.truncate(1);
            vec![Effect::WelcomeInit { to, request }]
        }
        effect => vec![effect],
    })
}

fn itself(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    each_effect(b, from, input, out, |b, input, effect| match (&effect, input) {
        (Effect::Welcome { to, .. }, Input::Send(_)) if *to == b.settings.provider => {
            vec![Effect::WelcomeInit { to: to.clone(), request: WelcomeInitRequest { key_package_refs: vec![] } }]
        }
        _ => vec![effect],
    })
}

fn own_forgotten(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    each_effect(b, from, input, out, |b, input, effect| match (&effect, input) {
        (Effect::Welcome { to, .. }, Input::Send(_)) if *to == b.settings.provider => vec![],
        _ => vec![effect],
    })
}

fn sequenced(b: &mut Bugged, from: &ServiceProviderId, input: Input, out: &mut Effects) -> Done {
    usual(b, from, input.clone(), out)?;
    let Input::Receive { .. } = input else { return Ok(()) };
    let welcome = b.past.iter().filter_map(|(_, past)| welcome(past)).map(|data| data.welcome).next();
    let response = out.iter_mut().find_map(super::bugged::received);
    if let (Some(response), Some(message)) = (response, welcome) {
        response.epoch.messages.push(mimicheck::protocol::Delivered { message, commit: None });
    }
    Ok(())
}
