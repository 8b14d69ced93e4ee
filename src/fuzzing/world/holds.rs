use super::hubs::Hosting;
use super::seat::Seat;
use super::walk::World;
use crate::mls::member::Position;
use crate::protocol::{ContentType, PartitionKey};
use std::collections::BTreeMap;

impl Seat {
    /// It was told nothing but what is so, came in by a Welcome, and was not removed: what others do it must do.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        !self.known.deceived && !self.known.joined && !self.known.out && !self.known.liar
    }
}

impl<H: Hosting> World<H> {
    /// What holds at any time: who has one partition key is in one epoch (design, invariant 3).
    pub(super) fn always(&self) -> Result<(), String> {
        let mut at: BTreeMap<PartitionKey, &Position> = BTreeMap::new();
        for seat in &self.seats {
            let Some(position) = seat.device.position() else { continue };
            let first = at.entry(position.partition_key).or_insert(position);
            if *first != position {
                return Err(format!("one partition key, and two places: {first:?}, and {position:?}"));
            }
        }
        Ok(())
    }

    /// What holds when all is quiet.
    ///
    /// # Errors
    /// What does not hold, in words.
    pub fn at_last(&self) -> Result<(), String> {
        self.together()?;
        for (place, seat) in self.seats.iter().enumerate() {
            let what = |e: String| format!("device {place}: {e}");
            once(seat).map_err(what)?;
            if seat.is_plain() {
                self.heard(place, seat).map_err(what)?;
            } else if !seat.known.liar {
                self.knows(seat).map_err(what)?;
            }
        }
        Ok(())
    }

    /// Where those are to whom nothing but the truth was told.
    fn main(&self) -> Option<&Position> {
        self.seats.iter().find(|seat| seat.is_plain()).and_then(|seat| seat.device.position())
    }

    /// Those come to one place, and wait for nothing (invariants 1 and 2).
    fn together(&self) -> Result<(), String> {
        for (place, seat) in self.seats.iter().enumerate().filter(|(_, seat)| seat.is_plain()) {
            if seat.device.position() != self.main() {
                return Err(format!("device {place} is in {:?}, another in {:?}", seat.device.position(), self.main()));
            }
            if seat.device.awaits() != "messages" {
                return Err(format!("device {place} still waits for {}", seat.device.awaits()));
            }
        }
        Ok(())
    }

    /// Of each partition that it was in, a device has heard all that others said before the commit that it followed,
    /// in the order of the partition.
    fn heard(&self, place: usize, seat: &Seat) -> Result<(), String> {
        let mut expected = vec![];
        for (step, partition) in seat.known.been.iter().enumerate() {
            let next = seat.known.been.get(step.saturating_add(1));
            let here = || self.sequenced.iter().filter(|s| s.partition == *partition);
            let left = next.and_then(|next| here().find(|s| s.next == Some(*next)).map(|s| s.index));
            if next.is_some() && left.is_none() {
                return Err("it moved by a commit that the hub has not put there".into());
            }
            let heard = here().filter(|s| left.is_none_or(|left| s.index < left));
            let others = heard.filter(|s| s.from != place && s.content == Some(ContentType::Application));
            expected.extend(others.filter_map(|s| self.said.get(&s.octets)));
        }
        let mut heard = seat.known.heard.iter().filter(|data| expected.contains(data));
        match expected.iter().find(|data| heard.next() != Some(**data)) {
            None => Ok(()),
            Some(lost) => Err(format!("{:?} was lost, or heard too late", String::from_utf8_lossy(lost))),
        }
    }

    /// Some followed the device of this place by a commit that others had to refuse: who did not follow is a victim, and
    /// has ignored it.
    ///
    /// # Errors
    /// One has not.
    pub fn split_by(&mut self, liar: usize) -> Result<(), String> {
        let at = self.seats.get(liar).and_then(|seat| seat.device.position()).cloned();
        let (follow, stay): (Vec<_>, Vec<_>) = self
            .seats
            .iter_mut()
            .filter(|seat| seat.is_plain())
            .partition(|seat| seat.device.position() == at.as_ref());
        if follow.is_empty() {
            return Ok(());
        }
        for victim in stay {
            if victim.device.ignored().count() == 0 {
                return Err(format!("{} stayed, and ignored nothing", String::from_utf8_lossy(&victim.name)));
            }
            victim.known.deceived = true;
        }
        Ok(())
    }

    /// One who is elsewhere knows, or others or the hub do (invariant 4): it has ignored something, others have, or the
    /// hub sees that a commit leads on from where it is, or that a partition has two successors.
    fn knows(&self, seat: &Seat) -> Result<(), String> {
        let Some(partition) = seat.partition() else { return Ok(()) };
        if seat.device.position() == self.main() || self.main().is_none() {
            return Ok(());
        }
        let ignored = self.seats.iter().any(|seat| seat.device.ignored().count() > 0);
        let edges = self.hub.edges(&self.group_id);
        let left_behind = edges.iter().any(|edge| edge.from == partition);
        let two = edges.iter().any(|edge| edges.iter().any(|e| e.from == edge.from && e.to != edge.to));
        if ignored || left_behind || two { Ok(()) } else { Err("it is alone, and nobody can know".into()) }
    }
}

/// Nothing is heard twice.
fn once(seat: &Seat) -> Result<(), String> {
    let mut heard: Vec<_> = seat.known.heard.iter().collect();
    heard.sort();
    match heard.windows(2).find(|pair| pair.first() == pair.last()) {
        None => Ok(()),
        Some(pair) => Err(format!("{:?} was heard twice", pair.first().map(|data| String::from_utf8_lossy(data)))),
    }
}
