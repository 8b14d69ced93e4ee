//! Exit codes, the same for every subcommand.

use std::process::ExitCode;

/// How a subcommand ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// 0: all as expected.
    Ok,
    /// 1: an implementation, or our own vectors, do not conform; or a case passes that is expected to fail.
    Conformance,
    /// 2: usage or input.
    Usage,
    /// 3: an adapter did not start.
    Adapter,
    /// 4: a bug of this tool.
    Harness,
    /// 5: nothing failed, but expectations are stale.
    Stale,
}

impl Exit {
    /// The one of two that says more: a bug of this tool, then a failure, then what is stale.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        const ORDER: [Exit; 6] = [Exit::Ok, Exit::Stale, Exit::Conformance, Exit::Adapter, Exit::Usage, Exit::Harness];
        let place = |exit: Self| ORDER.iter().position(|e| *e == exit);
        if place(other) > place(self) { other } else { self }
    }

    /// The number.
    #[must_use]
    pub const fn code(self) -> u8 {
        match self {
            Self::Ok => 0,
            Self::Conformance => 1,
            Self::Usage => 2,
            Self::Adapter => 3,
            Self::Harness => 4,
            Self::Stale => 5,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
