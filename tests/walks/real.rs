//! What happens, on real devices and a real hub.

use super::model::{Happening, LIAR, Model};
use mimicheck::fuzzing::oracles::splits;
use mimicheck::fuzzing::world::{Happens, Hosting, Person, Setting, Step, World, built, somebody};
use mimicheck::mls::hostile::{self, Fault, Saboteur, Technique};

/// A world with a liar in it.
pub struct Real<H> {
    pub world: World<H>,
    setting: Setting,
    saboteur: Saboteur,
    faults: Vec<Fault>,
    /// How much each has heard before it came where it is.
    before: [usize; 5],
}

fn place(place: usize) -> u8 {
    u8::try_from(place).unwrap()
}

impl<H: Hosting> Real<H> {
    /// These four and the liar.
    pub fn new(mut people: Vec<Person>, setting: Setting, hub: H) -> Self {
        let saboteur = Saboteur::new();
        people.push(somebody(&hostile::engine(&saboteur), setting, "mallory").unwrap());
        let mut world = built(people, setting, hub).unwrap();
        world.seats[LIAR].known.liar = true;
        // Without those that only some can refuse, and those of external commits, for which it would have to be outside;
        // and without one that the liar's own library finds out in debug builds, once others have committed.
        let left_out = |f: &Fault| splits(*f) || f.technique() == Technique::External || *f == Fault::WrongParentHash;
        let faults = Fault::all().filter(|f| !(left_out(f) || setting.private && f.public_only())).collect();
        Self { world, setting, saboteur, faults, before: [0; 5] }
    }

    fn step(&mut self, step: &Step) -> Result<(), String> {
        self.world.step(step).map_err(|e| format!("{step:?}: {e}"))
    }

    /// Something happens, and then all is quiet, and as the model says.
    pub fn happen(&mut self, happening: &Happening, after: &Model) -> Result<(), String> {
        match happening {
            Happening::Say(by) => self.step(&Step::Say(place(*by)))?,
            Happening::Race(all) => {
                for by in all {
                    self.step(&Step::Update(place(*by)))?;
                }
            }
            Happening::Propose(by, other) => {
                self.step(&Step::Propose(place(*by)))?;
                self.world.settle()?;
                self.step(&Step::Update(place(*other)))?;
            }
            Happening::Envelope { by, to } => {
                self.step(&Step::Update(place(*by)))?;
                self.step(&Step::Arrive(0))?;
                self.step(&Step::Look(place(*to)))?;
                self.step(&Step::Arrive(0))?;
                self.step(&Step::Deceive(0, Happens::Envelope))?;
            }
            Happening::Rejoin(who) => self.step(&Step::Rejoin(place(*who)))?,
            Happening::Fault(which) => {
                let fault = self.faults[which % self.faults.len()];
                self.saboteur.next(fault);
                let removes = matches!(fault, Fault::RemoveTwice | Fault::PathMissing);
                let whom = after.together.iter().find(|p| **p != LIAR).copied().unwrap();
                let step = if removes { Step::Remove(place(LIAR), place(whom)) } else { Step::Update(place(LIAR)) };
                self.step(&step)?;
                self.world.settle()?;
                self.saboteur.relent();
                self.world.at_last().map_err(|e| format!("{fault}: {e}"))?;
                self.step(&Step::Update(place(whom)))?;
                self.world.settle()?;
                self.step(&Step::Rejoin(place(LIAR)))?;
            }
            Happening::Noise(seeds) => {
                for (kind, which) in seeds {
                    self.step(&match kind {
                        0 => Step::Look(*which),
                        1 => Step::Arrive(*which),
                        2 => Step::Twice(*which),
                        _ => Step::Lose(*which),
                    })?;
                }
            }
            Happening::Remove(by, whom) => self.step(&Step::Remove(place(*by), place(*whom)))?,
        }
        self.world.settle()?;
        if let Happening::Rejoin(who) = happening
            && after.together.contains(who)
        {
            self.back(*who);
        }
        if matches!(happening, Happening::Fault(_)) {
            self.back(LIAR);
        }
        self.world.at_last()?;
        self.is(after)
    }

    /// Whoever has come in anew is as good as anybody who is there.
    fn back(&mut self, who: usize) {
        let seat = &mut self.world.seats[who];
        seat.known.joined = false;
        seat.known.deceived = false;
        seat.known.been = seat.partition().into_iter().collect();
        self.before[who] = seat.known.heard.len();
    }

    /// Whether it is as the model says.
    fn is(&self, model: &Model) -> Result<(), String> {
        let names = |place: &usize| self.world.seats[*place].name.clone();
        for (place, seat) in self.world.seats.iter().enumerate() {
            let position = seat.device.position();
            let told = || format!("device {place}: {:?}, {model:?}, {:?}", position.map(|p| p.epoch), self.setting);
            if model.out.contains(&place) != seat.known.out {
                return Err(format!("{}: out or not", told()));
            }
            if !model.together.contains(&place) {
                continue;
            }
            if position.map(|p| p.epoch) != Some(model.epoch) {
                return Err(format!("{}: another epoch", told()));
            }
            // Who went astray is still a member.
            let mut members: Vec<_> = seat.device.members().into_iter().map(|listed| listed.identity).collect();
            let mut expected: Vec<_> = (0..=LIAR).filter(|p| !model.out.contains(p)).map(|p| names(&p)).collect();
            members.sort();
            expected.sort();
            if members != expected {
                return Err(format!("{}: other members", told()));
            }
            let heard = seat.known.heard.len() - self.before[place];
            if heard != model.heard[place] {
                return Err(format!("{}: heard {heard}", told()));
            }
        }
        Ok(())
    }
}
