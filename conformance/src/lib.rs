//! The inside of the `mimicheck` binary.
//!
//! | room | one line |
//! |---|---|
//! | [`exit`], [`project`] | exit codes; where vectors, ledger and expectations are |
//! | [`runner`] | adapters as processes or in this one, workers, timeouts, restarts, selection |
//! | [`expectations`] | expected failures, strict both ways |
//! | [`report`] | what a run amounts to, as table, JSON, JUnit, TAP, Markdown, HTML |
//! | [`explain`] | everything that is known of a case, a requirement, a reason, shown to a person |
//! | [`ledger`] | the requirements, and which cases test them |
//! | [`lint`] | what makes the vector files sound |
//! | [`builtin`] | adapters that live in this binary: reference, faulty, second engines |
//! | [`engines`] | second engines, which share no decoding with the reference |
//! | [`faulty`] | named, seeded bugs, and the kill matrix |
//! | [`witness`] | who else gave the same answers |
//! | [`inspect`] | one message, shown to a person |
//! | [`mixed`] | scenarios played by several implementations at once |
//! | [`recovery`] | what each way out of a fork costs |
//! | [`cost`] | what encrypted ratchet trees cost |
//! | [`simulate`], [`draw`] | scenarios run, and pictures of runs |
//! | [`explore`] | every order of events in small worlds, on an abstract model |
//! | [`cli`] | one file a subcommand |

pub mod builtin;
pub mod cli;
pub mod cost;
pub mod draw;
pub mod engines;
pub mod exit;
pub mod expectations;
pub mod explain;
pub mod explore;
pub mod faulty;
pub mod inspect;
pub mod ledger;
pub mod lint;
pub mod mixed;
pub mod project;
pub mod recovery;
pub mod report;
pub mod runner;
pub mod simulate;
pub mod witness;
