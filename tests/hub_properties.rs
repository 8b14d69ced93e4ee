//! Properties of hubs, over any sequence of requests.
#![cfg(feature = "fuzzing")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::as_conversions)]

use mimicheck::delivery::{Blind, Effect, Hub, Input};
use mimicheck::entropy::Time;
use mimicheck::fuzzing::generators::{Asked, Requests, What, hub_requests, provider};
use mimicheck::fuzzing::oracles;
use mimicheck::protocol::ReceiveRequest;
use proptest::prelude::*;

fn requests() -> impl Strategy<Value = Requests> {
    prop::collection::vec(any::<u8>(), 0..2000).prop_map(|octets| hub_requests(&octets))
}

/// What each request came to; `None` where it was refused.
fn run(hub: &mut Blind, asked: &[(u64, &Asked)]) -> Vec<Option<Vec<Effect>>> {
    let step = |(place, asked): &(u64, &Asked)| {
        let mut out = vec![];
        let input = asked.input(*place).unwrap();
        hub.step(Time(*place), &provider(asked.from), input, &mut out).ok().map(|()| out)
    };
    asked.iter().map(step).collect()
}

/// The group that a request is about, if it is about one; a question is answered for whichever group asked first.
fn group(what: &What) -> Option<u8> {
    match what {
        What::Create { group, .. }
        | What::Send { group, .. }
        | What::Join { group, .. }
        | What::Receive { group, .. }
        | What::Info { group }
        | What::Terminate { group, .. } => Some(group % 3),
        What::Answer { .. } | What::Upload { .. } | What::KeyPackage { .. } => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    /// Nothing leaks, the order is kept, an error changes nothing, no bound is passed: all that the fuzz target holds.
    #[test]
    fn a_hub_is_its_model(requests in requests()) {
        prop_assert_eq!(oracles::hub_requests(&requests), Ok(()));
    }

    /// What is said in one group makes no difference to another.
    #[test]
    fn groups_do_not_know_of_each_other(requests in requests()) {
        let numbered = requests.asked.iter().enumerate().map(|(n, asked)| (n as u64, asked));
        let all: Vec<_> = numbered.filter(|(_, asked)| group(&asked.what).is_some_and(|g| g < 2)).collect();
        let both = run(&mut Blind::new(requests.settings()), &all);
        for one in [0, 1] {
            let alone: Vec<_> = all.iter().copied().filter(|(_, asked)| group(&asked.what) == Some(one)).collect();
            let wanted = run(&mut Blind::new(requests.settings()), &alone);
            let found = all.iter().zip(&both).filter(|((_, asked), _)| group(&asked.what) == Some(one));
            let found: Vec<_> = found.map(|(_, out)| out.clone()).collect();
            prop_assert_eq!(found, wanted);
        }
    }

    /// Refused requests make no difference to what follows, as if they had never come.
    #[test]
    fn refusals_leave_no_trace(requests in requests()) {
        let all: Vec<_> = requests.asked.iter().enumerate().map(|(n, asked)| (n as u64, asked)).collect();
        let mut whole = Blind::new(requests.settings());
        let first = run(&mut whole, &all);
        let taken: Vec<_> = all.iter().copied().zip(&first).filter(|(_, out)| out.is_some()).map(|(a, _)| a).collect();
        let mut clean = Blind::new(requests.settings());
        let second = run(&mut clean, &taken);
        prop_assert_eq!(first.into_iter().flatten().collect::<Vec<_>>(), second.into_iter().flatten().collect::<Vec<_>>());
        prop_assert!(whole == clean);
    }

    /// A reader who asks in pieces, whatever the pieces, gets what one gets who asks once.
    #[test]
    fn pieces_make_the_whole(requests in requests(), pieces in prop::collection::vec(0u32..5, 0..8)) {
        let all: Vec<_> = requests.asked.iter().enumerate().map(|(n, asked)| (n as u64, asked)).collect();
        let mut hub = Blind::new(requests.settings());
        run(&mut hub, &all);
        let partition_key = mimicheck::fuzzing::generators::key(0);
        let mut ask = |counter| {
            let request = ReceiveRequest { partition_key, counter };
            let mut out = vec![];
            let input = Input::Receive { group_id: b"first".to_vec(), request };
            hub.step(Time(0), &provider(1), input, &mut out).ok()?;
            out.into_iter().find_map(|effect| match effect {
                Effect::Respond(mimicheck::delivery::Response::Received(r)) => Some(r.epoch.messages),
                _ => None,
            })
        };
        let Some(whole) = ask(0) else { return Ok(()) };
        let (mut got, mut counter) = (vec![], 0);
        for piece in pieces.into_iter().chain([u32::MAX]) {
            let more: Vec<_> = ask(counter).unwrap().into_iter().take(piece as usize).collect();
            counter += more.len() as u32;
            got.extend(more);
        }
        prop_assert_eq!(got, whole);
    }
}
