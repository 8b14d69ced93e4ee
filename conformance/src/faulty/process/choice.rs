//! Which children of a group are taken.

use super::planner::{OP, PROCESS_ALL, RIGHT, Rules, SINGLE_UNIT, planned, right};
use crate::faulty::bug::Fault::Answers;
use crate::faulty::bug::Row;

const MAIL: &str = "alternatives in mail are read the other way round, or all of them";
const UNIT: &str = "a group is treated as the sum of its parts";

pub(in crate::faulty) const CHOICE: &[Row] = &[
    (
        "last-choice-taken",
        "takes the last child of a choice that it can",
        MAIL,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules {
                    take: |semantics, can| {
                        let last = can.iter().rposition(|can| *can);
                        if semantics == 0 {
                            last.map(|last| (0..can.len()).map(|i| i == last).collect())
                        } else {
                            right(semantics, can)
                        }
                    },
                    ..RIGHT
                },
            )
        }),
    ),
    (
        "every-choice-taken",
        "takes all children of a choice",
        MAIL,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules {
                    take: |semantics, can| right(if semantics == 0 { PROCESS_ALL } else { semantics }, can),
                    ..RIGHT
                },
            )
        }),
    ),
    (
        "first-choice-or-none",
        "looks only at the first child of a choice",
        MAIL,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules {
                    take: |semantics, can| {
                        if semantics != 0 || can.first() == Some(&true) { right(semantics, can) } else { None }
                    },
                    ..RIGHT
                },
            )
        }),
    ),
    (
        "units-in-parts",
        "takes what it can of a single unit",
        UNIT,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules {
                    take: |semantics, can| right(if semantics == SINGLE_UNIT { PROCESS_ALL } else { semantics }, can),
                    ..RIGHT
                },
            )
        }),
    ),
    (
        "all-or-nothing",
        "takes nothing of a process-all when it cannot take everything",
        UNIT,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules {
                    take: |semantics, can| right(if semantics == PROCESS_ALL { SINGLE_UNIT } else { semantics }, can),
                    ..RIGHT
                },
            )
        }),
    ),
    (
        "groups-of-nothing-can-be-taken",
        "takes a group in which it can take nothing for one that it can",
        UNIT,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules {
                    take: |semantics, can| {
                        right(semantics, can).or_else(|| (semantics == PROCESS_ALL).then(|| can.to_vec()))
                    },
                    ..RIGHT
                },
            )
        }),
    ),
    (
        "units-of-the-first-two",
        "looks only at the first child of a single unit",
        UNIT,
        Answers(OP, |input, answer| {
            planned(
                input,
                answer,
                Rules {
                    take: |semantics, can| {
                        let first = semantics == SINGLE_UNIT && can.first() == Some(&true);
                        if first { Some(can.to_vec()) } else { right(semantics, can) }
                    },
                    ..RIGHT
                },
            )
        }),
    ),
    (
        "choice-taken-for-the-whole-message",
        "takes one child of every group",
        "semantics that nobody looks at",
        Answers(OP, |input, answer| planned(input, answer, Rules { take: |_, can| right(0, can), ..RIGHT })),
    ),
];
