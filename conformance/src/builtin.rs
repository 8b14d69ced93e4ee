//! Adapters that live in this binary.

use crate::engines::Ciborium;
use crate::faulty;
use crate::project::Failure;
use mimicheck::adapter::Implementation;
use mimicheck::adapter::client::ClientAdapter;
use mimicheck::adapter::reference::Serving;
use mimicheck::mls::{open, second};
use std::rc::Rc;

/// An adapter of this binary. On the command line: `NAME`, or `NAME:PARAMETER`.
#[derive(Clone, Copy, Debug)]
pub struct Builtin {
    /// Its name.
    pub name: &'static str,
    /// What its parameter is, if it takes one.
    pub parameter: Option<&'static str>,
    /// One line for people.
    pub about: &'static str,
    make: fn(&str) -> Result<Box<dyn Implementation>, Failure>,
}

/// Every one of them.
pub const ALL: &[Builtin] = &[
    Builtin {
        name: "reference",
        parameter: None,
        about: "the reference implementation: every operation, strict, with reasons and offsets",
        make: |_| Ok(Box::new(Serving::default())),
    },
    Builtin {
        name: "ciborium",
        parameter: None,
        about: "a second engine, over ciborium values: decode, encode, ids and parts, strict",
        make: |_| Ok(Box::new(Ciborium)),
    },
    Builtin {
        name: "openmls",
        parameter: None,
        about: "OpenMLS behind the operations of clients",
        make: |_| Ok(Box::new(ClientAdapter::new(Rc::new(open::engine())))),
    },
    Builtin {
        name: "mls-rs",
        parameter: None,
        about: "mls-rs behind the operations of clients",
        make: |_| Ok(Box::new(ClientAdapter::new(Rc::new(second::engine())))),
    },
    Builtin {
        name: "faulty",
        parameter: Some("BUG"),
        about: "the reference with one seeded bug; mimicheck bugs names them",
        make: |name| {
            let unknown = || Failure::usage(format!("no bug {name}; mimicheck bugs --list names them"));
            faulty::make(name).ok_or_else(unknown)
        },
    },
];

/// The one that `NAME` or `NAME:PARAMETER` names.
#[must_use]
pub fn find(spec: &str) -> Option<&'static Builtin> {
    let (name, parameter) = parts(spec);
    ALL.iter().find(|b| b.name == name && (parameter.is_none() || b.parameter.is_some()))
}

/// Makes the one that `NAME` or `NAME:PARAMETER` names.
///
/// # Errors
/// There is none of that name, or its parameter is missing or unknown.
pub fn make(spec: &str) -> Result<Box<dyn Implementation>, Failure> {
    let builtin = find(spec)
        .ok_or_else(|| Failure::usage(format!("{spec}: no built-in adapter; see mimicheck list adapters")))?;
    match (parts(spec).1, builtin.parameter) {
        (None, Some(parameter)) => {
            Err(Failure::usage(format!("{spec}: say which, as {spec}:{}; see mimicheck list adapters", parameter)))
        }
        (given, _) => (builtin.make)(given.unwrap_or_default()),
    }
}

fn parts(spec: &str) -> (&str, Option<&str>) {
    spec.split_once(':').map_or((spec, None), |(name, parameter)| (name, Some(parameter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_builtin_says_what_it_is() {
        for builtin in ALL.iter().filter(|b| b.parameter.is_none()) {
            assert!(!make(builtin.name).unwrap().hello().ops.is_empty(), "{}", builtin.name);
        }
        assert!(make("reference:x").is_err() && make("nobody").is_err() && make("").is_err());
    }
}
