use mimicheck::mls::member::Engine;
use mimicheck::mls::{open, second};
use mimicheck::sim::Engines;

/// Names that scenarios and `--engine` may use; the first is for devices that name none.
pub const NAMES: &[&str] = &["openmls", "mls-rs"];

/// The MLS libraries of this binary.
#[derive(Clone, Debug, Default)]
pub struct Libraries {
    /// For devices that name none.
    pub default: Option<String>,
}

impl Engines for Libraries {
    fn engine(&self, name: Option<&str>) -> Option<Box<dyn Engine>> {
        let name = name.or(self.default.as_deref()).or(NAMES.first().copied())?;
        match name {
            "openmls" => Some(Box::new(open::engine())),
            "mls-rs" => Some(Box::new(second::engine())),
            _ => None,
        }
    }
}
