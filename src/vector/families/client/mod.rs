//! The families of clients: recorded sessions that any client can replay.
//!
//! | file | what |
//! |---|---|
//! | `passive` | a client that only follows: messages to accept and to refuse |
//! | `join` | Welcomes and trees, right and wrong |
//! | `world` | the group around the client: who commits, adds, sends |
//! | `script` | what the client is given, step by step, and what it is to say |
//! | `damage` | octets of a message changed where its fields lie |
//! | `variants` | every script over suites and framings |

mod damage;
pub(super) mod join;
pub(super) mod passive;
mod script;
mod variants;
mod world;
#[cfg(test)]
mod play {
    #[test]
    fn all() {
        use crate::adapter::{Implementation, client::ClientAdapter};
        let t = std::time::Instant::now();
        let (mut n, mut bad) = (0, 0);
        for file in [super::join::file(), super::passive::file()] {
            for g in &file.groups {
                if g.cases.is_empty() {
                    eprintln!("EMPTY {}", g.name);
                }
            }
            for case in file.cases() {
                n += 1;
                let mut a = ClientAdapter::new(std::rc::Rc::new(crate::mls::second::engine()));
                let mut answers = vec![];
                let d = crate::vector::Dialect { reasons: true, offsets: false };
                for s in case.steps() {
                    let x = a.step("s", s.op, s.input);
                    let on = crate::vector::goes_on(s, &x, d);
                    answers.push(x);
                    if !on {
                        break;
                    }
                }
                let o = crate::vector::judge_steps(case, &answers, d, crate::vector::Profile::Strict);
                if !matches!(o, crate::vector::Outcome::Pass | crate::vector::Outcome::Contested { agrees: true, .. }) {
                    bad += 1;
                    eprintln!("{} {o:?}", case.id);
                }
            }
        }
        eprintln!("{n} cases, {bad} bad, {:?}", t.elapsed());
        eprintln!("size {}", super::passive::file().canonical().unwrap().len());
    }
}
