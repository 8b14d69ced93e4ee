use super::split::broken;
use mimicheck::mls::member::Result;
use mimicheck::protocol::Structure;

/// Octets of the delivery draft's structures, by member. What providers say to each other is not counted.
pub(super) struct Meter {
    sent: Vec<usize>,
    received: Vec<usize>,
    /// Exchanges that can not begin before the one before has arrived. Waiting for people is not counted.
    pub rounds: usize,
    pub commits: usize,
}

impl Meter {
    pub fn new(members: usize) -> Self {
        Self { sent: vec![0; members], received: vec![0; members], rounds: 0, commits: 0 }
    }

    pub fn sends<S: Structure>(&mut self, who: usize, structure: &S) -> Result<()> {
        add(&mut self.sent, who, octets(structure)?);
        Ok(())
    }

    pub fn receives<S: Structure>(&mut self, who: usize, structure: &S) -> Result<()> {
        add(&mut self.received, who, octets(structure)?);
        Ok(())
    }

    /// What has octets and no structure: reports, a Welcome as it is pushed.
    pub fn sends_octets(&mut self, who: usize, octets: usize) {
        add(&mut self.sent, who, octets);
    }

    pub fn receives_octets(&mut self, who: usize, octets: usize) {
        add(&mut self.received, who, octets);
    }

    pub fn sent(&self) -> usize {
        self.sent.iter().sum()
    }

    pub fn received(&self) -> usize {
        self.received.iter().sum()
    }

    /// What the member received who received most.
    pub fn most(&self) -> usize {
        self.received.iter().copied().max().unwrap_or(0)
    }
}

fn add(counts: &mut [usize], who: usize, octets: usize) {
    if let Some(count) = counts.get_mut(who) {
        *count += octets;
    }
}

fn octets<S: Structure>(structure: &S) -> Result<usize> {
    structure.encode().map(|octets| octets.len()).map_err(|e| broken(&e.to_string()))
}
