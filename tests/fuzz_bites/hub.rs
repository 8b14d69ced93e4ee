//! Hubs.

use mimicheck::delivery::{Blind, Effect, Hints, Hub, Input, Refused, Response, Settings, Usage};
use mimicheck::entropy::{Seed, Time};
use mimicheck::fuzzing::generators::{PROVIDERS, Requests, hub_requests, key, provider};
use mimicheck::fuzzing::oracles::{Asking, ask};
use mimicheck::protocol::{PartitionKey, ReceiveRequest, ServiceProviderId};
use mimicheck::reason::delivery as reason;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Wrong {
    /// Nothing.
    Honest,
    /// Shows messages of another partition.
    Leaks,
    /// Gives messages in another order.
    Reorders,
    /// Gives a message twice.
    Repeats,
    /// Keeps back the last message.
    Withholds,
    /// Says that a message was taken, and forgets it.
    Forgets,
    /// Takes what it refuses, and does nothing.
    Takes,
    /// Refuses what it should take.
    Refuses,
    /// Is another once it has refused something.
    Changes,
    /// Says something beside a refusal.
    Babbles,
    /// Does not answer.
    Mute,
    /// Answers twice.
    Twice,
    /// Gives hints, though it was set up to give none.
    Hints,
    /// Keeps more than it may.
    Boundless,
    /// Hands a Welcome to the wrong provider.
    Misdelivers,
    /// Goes on with the first GroupInfo that it gave.
    Stale,
    /// Counts a message less.
    Miscounts,
    /// Blames octets for what they did not do.
    Blames,
}

const EVERY: [Wrong; 17] = [
    Wrong::Leaks,
    Wrong::Reorders,
    Wrong::Repeats,
    Wrong::Withholds,
    Wrong::Forgets,
    Wrong::Takes,
    Wrong::Refuses,
    Wrong::Changes,
    Wrong::Babbles,
    Wrong::Mute,
    Wrong::Twice,
    Wrong::Hints,
    Wrong::Boundless,
    Wrong::Misdelivers,
    Wrong::Stale,
    Wrong::Miscounts,
    Wrong::Blames,
];

#[derive(Clone, PartialEq)]
struct Double {
    inner: Blind,
    wrong: Wrong,
    refused: u64,
    info: Option<Response>,
}

impl Double {
    fn new(settings: &Settings, wrong: Wrong) -> Self {
        let mut settings = settings.clone();
        match wrong {
            Wrong::Hints => settings.hints = Hints::All,
            Wrong::Boundless => {
                settings.limits.max_partitions *= 100;
                settings.limits.max_messages_per_partition *= 100;
                settings.limits.max_octets_per_group *= 100;
                settings.limits.max_pending_welcomes *= 100;
            }
            _ => {}
        }
        Self { inner: Blind::new(settings), wrong, refused: 0, info: None }
    }

    /// The messages of a partition.
    fn read(&self, group_id: &[u8], partition_key: PartitionKey) -> Vec<Effect> {
        let (request, mut out) = (ReceiveRequest { partition_key, counter: 0 }, vec![]);
        let input = Input::Receive { group_id: group_id.to_vec(), request };
        self.inner.clone().step(Time::default(), &provider(1), input, &mut out).map_or(vec![], |()| out)
    }

    fn spoil(&mut self, input: &Input, out: &mut Vec<Effect>) {
        if self.wrong == Wrong::Mute {
            out.retain(|effect| !matches!(effect, Effect::Respond(_)));
        }
        if self.wrong == Wrong::Twice {
            out.push(Effect::Respond(Response::Done));
        }
        for effect in out.iter_mut() {
            match (self.wrong, effect) {
                (Wrong::Misdelivers, Effect::Welcome { to, .. } | Effect::WelcomeInit { to, .. }) => {
                    *to = provider(if to.0 == PROVIDERS[0].as_bytes() { 1 } else { 0 });
                }
                (Wrong::Stale, Effect::Respond(info @ Response::GroupInfo(_))) => {
                    *info = self.info.get_or_insert_with(|| info.clone()).clone();
                }
                (wrong, Effect::Respond(Response::Received(response))) => {
                    let Input::Receive { group_id, request } = input else { panic!("messages that nobody asked for") };
                    let messages = &mut response.epoch.messages;
                    match wrong {
                        Wrong::Reorders => messages.reverse(),
                        Wrong::Repeats => messages.extend(messages.first().cloned()),
                        Wrong::Withholds => drop(messages.pop()),
                        Wrong::Leaks => {
                            let other = (0..6).map(key).filter(|key| *key != request.partition_key);
                            for effect in other.flat_map(|key| self.read(group_id, key)) {
                                if let Effect::Respond(Response::Received(more)) = effect {
                                    messages.extend(more.epoch.messages);
                                }
                            }
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
    }
}

impl Hub for Double {
    fn step(
        &mut self,
        now: Time,
        from: &ServiceProviderId,
        input: Input,
        out: &mut Vec<Effect>,
    ) -> Result<(), Refused> {
        let sent = matches!(input, Input::Send(_));
        let before = self.inner.clone();
        match self.inner.step(now, from, input.clone(), out) {
            Ok(()) if self.wrong == Wrong::Refuses && sent => {
                self.inner = before;
                out.clear();
                Err(Refused::new(reason::EXCEEDS_OCTET_LIMIT, "it does not like it"))
            }
            Ok(()) if self.wrong == Wrong::Forgets && sent => {
                self.inner = before;
                Ok(())
            }
            Ok(()) => {
                self.spoil(&input, out);
                Ok(())
            }
            Err(_) if self.wrong == Wrong::Takes => {
                out.push(Effect::Respond(Response::Done));
                Ok(())
            }
            Err(refused) => {
                self.refused += u64::from(self.wrong == Wrong::Changes);
                if self.wrong == Wrong::Babbles {
                    out.push(Effect::Respond(Response::Done));
                }
                let blamed = Refused::new(mimicheck::reason::wire::WIRE_TRUNCATED, "octets");
                Err(if self.wrong == Wrong::Blames { blamed } else { refused })
            }
        }
    }
}

impl Asking for Double {
    fn usage(&self, group_id: &[u8]) -> Option<Usage> {
        let mut usage = self.inner.usage(group_id)?;
        if self.wrong == Wrong::Miscounts {
            usage.messages = usage.messages.saturating_sub(1);
        }
        Some(usage)
    }
}

fn inputs() -> Vec<Requests> {
    let mut stream = Seed::new("fuzz-bites").stream("hubs");
    (0..300).map(|_| hub_requests(&stream.octets(1500))).collect()
}

#[test]
fn wrong_hubs_are_reported_and_honest_ones_are_not() {
    let inputs = inputs();
    for requests in &inputs {
        ask(Double::new(&requests.settings(), Wrong::Honest), requests).unwrap();
    }
    for wrong in EVERY {
        let bitten = inputs.iter().filter(|r| ask(Double::new(&r.settings(), wrong), r).is_err()).count();
        assert!(bitten >= 3, "{wrong:?}: reported for {bitten} of {} inputs", inputs.len());
    }
}
