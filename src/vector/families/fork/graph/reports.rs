//! What members report, and whose voices they are.

use super::Row;

pub(super) const ROWS: &[Row] = &[
    (
        ("report", "form forks-1:2:form", "A report is taken, and names its partition."),
        r#"{}"#,
        "a:0>1 a:rep1 ?0:a,1;1:a,0/0>1/",
    ),
    (
        ("reports-agree", "form forks-1:2:form", "Two providers report one epoch."),
        r#"{}"#,
        "a:0>1 a:rep1 b:rep1 ?0:a,2;1:ab,0/0>1/",
    ),
    (
        ("report-latest", "latest forks-1:2:latest", "The latest report of a provider stands."),
        r#"{}"#,
        "a:0>1 a:rep1x a:rep1 ?0:a,2;1:a,0/0>1/",
    ),
    (
        ("report-replayed", "latest forks-1:2:latest", "The same report again is one report."),
        r#"{}"#,
        "a:0>1 a:rep1 a:rep1 ?0:a,2;1:a,0/0>1/",
    ),
    (
        (
            "report-of-nothing",
            "unknown-partition forks-1:2:unknown-partition",
            "A report of a key that the hub has not seen is taken and changes nothing.",
        ),
        r#"{}"#,
        "a:ask0 b:rep9 ?0:a,0//",
    ),
    (
        (
            "report-before-commit",
            "unknown-partition forks-1:2:unknown-partition",
            "Nor does it count once a commit leads there.",
        ),
        r#"{}"#,
        "a:rep1 a:0>1 ?0:a,0;1:-a/0>1/",
    ),
    (
        ("reports-contradict", "contradiction forks-1:2:contradiction", "Two tags for one partition."),
        r#"{}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1x ?0:ab,3;1:ac,0;2:b,1/0>1;0>2/0[1,2]undecidable",
    ),
    (
        ("report-epochs-contradict", "contradiction forks-1:2:contradiction", "Two epochs for one partition."),
        r#"{}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1e ?0:ab,3;1:ac,0;2:b,1/0>1;0>2/0[1,2]undecidable",
    ),
    (
        ("reports-of-both", "undecidable forks-1:3:undecidable", "Reports for both branches."),
        r#"{}"#,
        "a:0>1 b:0>2 a:rep1 c:rep1 b:rep2 ?0:ab,3;1:ac,1;2:b,0/0>1;0>2/0[1,2]undecidable",
    ),
    (
        (
            "reports-of-most",
            "majority forks-1:3:majority",
            "Two of three providers report one branch, nobody the other.",
        ),
        r#"{}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 ?0:ab,3;1:ac,0;2:b,1/0>1;0>2/0[1,2]1",
    ),
    (
        ("report-of-one-alone", "undecidable forks-1:3:undecidable", "All is said by one provider."),
        r#"{}"#,
        "a:0>1 a:0>2 a:rep1 a:ask2 ?0:a,2;1:a,1;2:a,0/0>1;0>2/0[1,2]undecidable",
    ),
    (
        ("report-of-half", "majority forks-1:3:majority", "One of two is no majority."),
        r#"{}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 ?0:ab,2;1:a,1;2:b,0/0>1;0>2/0[1,2]open",
    ),
    (
        ("reports-of-half", "majority forks-1:3:majority", "Nor are two of four."),
        r#"{}"#,
        "a:0>1 b:0>2 a:rep1 c:rep1 b:ask2 d:ask2 ?0:ab,4;1:ac,2;2:bd,0/0>1;0>2/0[1,2]open",
    ),
    (
        (
            "report-of-many-epochs",
            "one-voice forks-1:2:one-voice",
            "Reports of several epochs of a branch are one voice.",
        ),
        r#"{}"#,
        "a:0>1 b:0>2 a:1>3 a:rep1 a:rep3 b:ask2 c:ask2 ?0:ab,5;1:a,3;2:bc,0;3:a,2/0>1;0>2;1>3/0[1,2]open",
    ),
    (
        (
            "reports-along-a-branch",
            "majority forks-1:3:majority",
            "Voices of different epochs of a branch are voices for it.",
        ),
        r#"{}"#,
        "a:0>1 b:0>2 a:1>3 a:rep3 c:rep1 b:ask2 ?0:ab,4;1:ac,1;2:b,0;3:a,2/0>1;0>2;1>3/0[1,2]1",
    ),
    (
        (
            "reports-before-the-fork",
            "majority forks-1:3:majority",
            "Reports of the epoch before the fork are for no branch.",
        ),
        r#"{}"#,
        "a:0>1 b:0>2 a:rep0 c:rep0 a:ask1 b:ask2 ?0:abc,2;1:a,1;2:b,0/0>1;0>2/0[1,2]open",
    ),
    (
        ("reports-fork-by-fork", "majority forks-1:3:majority", "Each fork is judged by itself."),
        r#"{}"#,
        "a:0>1 b:0>2 b:ask2 a:1>3 c:1>4 a:rep3 c:rep4 d:rep3 ?0:ab,6;1:ac,3;2:b,5;3:ad,0;4:c,1/0>1;0>2;1>3;1>4/0[1,2]1;1[3,4]undecidable",
    ),
    (
        (
            "reports-beyond-the-limit",
            "most-claims forks-1:2:most-claims",
            "A provider claims sixteen partitions, and no more until a report is of one of those.",
        ),
        r#"{}"#,
        "a:0>1 a:0>2 a:0>3 a:0>4 a:0>5 a:0>6 a:0>7 a:0>8 a:0>9 a:0>10 a:0>11 a:0>12 a:0>13 a:0>14 a:0>15 a:0>16 a:0>17 a:rep1 a:rep2 a:rep3 a:rep4 a:rep5 a:rep6 a:rep7 a:rep8 a:rep9 a:rep10 a:rep11 a:rep12 a:rep13 a:rep14 a:rep15 a:rep16 a:rep17! a:rep16 b:rep17",
    ),
];
