//! Who ends a branch, and when nobody does.

use super::Row;

pub(super) const ROWS: &[Row] = &[
    (
        ("operator-ends", "operator forks-1:3:operator", "What the operator ended is a branch no more."),
        r#"{}"#,
        "a:0>1 b:0>2 a:ask1 b:ask2 end2 b:say2! ?0:ab,2;1:a,1;2!:b,0/0>1;0>2/",
    ),
    (
        ("refused-names-nothing", "operator forks-1:3:operator", "A message that was refused names nothing."),
        r#"{}"#,
        "a:0>1 b:0>2 a:ask1 b:ask2 end2 c:say2! ?0:ab,2;1:a,1;2!:b,0/0>1;0>2/",
    ),
    (
        ("operator-ends-one", "operator forks-1:3:operator", "And no other partition: who is further goes on."),
        r#"{}"#,
        "a:0>1 b:0>2 b:2>3 a:ask1 b:ask3 end2 b:say3 ?0:ab,4;1:a,2;2!:b,3;3:b,0/0>1;0>2;2>3/",
    ),
    (
        ("never", "never forks-1:3:never", "A hub that ends nothing refuses its operator."),
        r#"{"termination": "never"}"#,
        "a:0>1 end1! a:say1 ?0:a,1;1:a,0/0>1/",
    ),
    (
        ("never-by-rule", "never forks-1:3:never", "Nor does it end a branch because most report the other."),
        r#"{"termination": "never"}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 a:say1 b:say2 ?0:ab,5;1:ac,1;2:b,0/0>1;0>2/0[1,2]1",
    ),
    (
        ("operator-not-by-rule", "operator forks-1:3:operator", "Where the operator decides, reports end nothing."),
        r#"{}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 a:say1 b:say2 ?0:ab,5;1:ac,1;2:b,0/0>1;0>2/0[1,2]1",
    ),
    (
        ("operator-beside-the-rule", "operator forks-1:3:operator", "Where the rule decides, the operator may, too."),
        r#"{"termination": "minority", "after": 2}"#,
        "a:0>1 end1 a:say1!",
    ),
    (
        (
            "minority-ends",
            "majority forks-1:3:majority",
            "More than half report a branch, and nobody the other one, which is ended.",
        ),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 b:say2! ?0:ab,3;1:ac,0;2!:b,1/0>1;0>2/",
    ),
    (
        (
            "minority-ends-later",
            "after forks-1:3:after",
            "It is ended when that was so for as many requests as are set.",
        ),
        r#"{"termination": "minority", "after": 2}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 b:say2 ?0:ab,4;1:ac,1;2:b,0/0>1;0>2/0[1,2]1 a:say1 b:say2! ?0:ab,5;1:ac,0;2!:b,1/0>1;0>2/",
    ),
    (
        ("minority-count-anew", "after forks-1:3:after", "When it was not so in between, counting begins again."),
        r#"{"termination": "minority", "after": 2}"#,
        "a:0>1 b:0>2 a:rep1 c:rep1 b:ask2 d:ask2 d:rep1 a:say1 b:say2 b:say2! ?0:ab,7;1:acd,1;2!:bd,0/0>1;0>2/",
    ),
    (
        ("tie-ends-nothing", "majority forks-1:3:majority", "Half is no majority."),
        r#"{"termination": "minority", "after": 2}"#,
        "a:0>1 b:0>2 a:rep1 c:rep1 b:ask2 d:ask2 a:say1 a:say1 a:say1 b:say2 ?0:ab,8;1:ac,1;2:bd,0/0>1;0>2/0[1,2]open",
    ),
    (
        ("one-of-two-ends-nothing", "majority forks-1:3:majority", "Nor is one of two."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 a:say1 b:say2 ?0:ab,4;1:a,1;2:b,0/0>1;0>2/0[1,2]open",
    ),
    (
        (
            "both-report-ends-nothing",
            "undecidable forks-1:3:undecidable",
            "A branch that anybody reports is not ended, few as they are: the hub can not know who errs.",
        ),
        r#"{"termination": "minority", "after": 2}"#,
        "a:0>1 b:0>2 a:rep1 c:rep1 b:rep2 a:say1 a:say1 a:say1 b:say2 ?0:ab,7;1:ac,1;2:b,0/0>1;0>2/0[1,2]undecidable",
    ),
    (
        (
            "majority-errs",
            "undecidable forks-1:3:undecidable",
            "Nor is the branch of four of five, when the fifth is right.",
        ),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 b:rep2 a:rep1 c:rep1 d:rep1 e:rep1 b:say2 a:say1 ?0:ab,7;1:acde,0;2:b,1/0>1;0>2/0[1,2]undecidable",
    ),
    (
        ("objection-lapses", "lapse forks-1:2:lapse", "A report that is not repeated stands no more."),
        r#"{"termination": "minority", "after": 0, "lapse": 3}"#,
        "a:0>1 b:0>2 b:rep2 a:rep1 c:rep1 a:rep1 c:rep1 b:say2! ?0:ab,5;1:ac,0;2!:b,4-b/0>1;0>2/",
    ),
    (
        ("objection-repeated", "lapse forks-1:2:lapse", "One that is repeated does."),
        r#"{"termination": "minority", "after": 0, "lapse": 3}"#,
        "a:0>1 b:0>2 b:rep2 a:rep1 c:rep1 b:rep2 a:rep1 c:rep1 b:say2 ?0:ab,7;1:ac,1;2:b,0/0>1;0>2/0[1,2]undecidable",
    ),
    (
        ("majority-lapses", "lapse forks-1:2:lapse", "Nor does a majority stand for ever."),
        r#"{"termination": "minority", "after": 5, "lapse": 2}"#,
        "a:0>1 b:0>2 a:rep1 c:rep1 b:ask2 b:say2 b:say2 b:say2 ?0:ab,6;1:ac,4-ac;2:b,0/0>1;0>2/0[1,2]open",
    ),
    (
        (
            "loud-provider-ends-nothing",
            "one-voice forks-1:2:one-voice",
            "However often one provider reports, it is one voice.",
        ),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 a:1>3 a:rep3 b:ask2 a:rep1 b:say2 ?0:ab,6;1:a,1;2:b,0;3:a,3/0>1;0>2;1>3/0[1,2]open",
    ),
    (
        (
            "provider-alone-ends-nothing",
            "undecidable forks-1:3:undecidable",
            "The only provider of a group is no majority of its members.",
        ),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 a:0>2 a:rep1 a:ask2 a:say2 ?0:a,3;1:a,2;2:a,0/0>1;0>2/0[1,2]undecidable",
    ),
    (
        (
            "contradiction-ends-nothing",
            "contradiction forks-1:2:contradiction",
            "Where reports contradict each other nothing is ended.",
        ),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1x b:say2 ?0:ab,4;1:ac,1;2:b,0/0>1;0>2/0[1,2]undecidable",
    ),
    (
        ("contradiction-mended", "contradiction forks-1:2:contradiction", "Until they agree."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1x c:rep1 b:say2! ?0:ab,4;1:ac,0;2!:b,2/0>1;0>2/",
    ),
    (
        (
            "met-ends-nothing",
            "undecidable forks-1:3:undecidable",
            "Branches that meet are not ended: what is behind is of both.",
        ),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:1>3 b:2>3 a:rep3 c:rep3 b:say3 ?0:ab,5;1:a,4;2:b,3;3:abc,0/0>1;0>2;1>3;2>3/0[1,2]undecidable",
    ),
    (
        ("loop-ends-nothing", "undecidable forks-1:3:undecidable", "Nor is a branch that leads back."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 b:2>0 a:rep1 c:rep1 b:say2 ?0:ab,4;1:ac,1;2:b,0/0>1;0>2;2>0/0[1,2]undecidable",
    ),
    (
        (
            "reports-of-the-past-end-nothing",
            "majority forks-1:3:majority",
            "Reports of the epoch before the fork end nothing.",
        ),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep0 c:rep0 a:ask1 b:ask2 b:say2 ?0:abc,3;1:a,2;2:b,0/0>1;0>2/0[1,2]open",
    ),
    (
        (
            "lost-sibling-is-left",
            "what-is-a-fork forks-1:1:what-is-a-fork",
            "A commit that nobody follows is not ended either: its sender may come yet.",
        ),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 c:rep1 ?0:ab,2;1:ac,0;2:/0>1;0>2/",
    ),
    (
        (
            "guessed-key-ends-nothing",
            "unknown-partition forks-1:2:unknown-partition",
            "Reports of unknown keys are no voices.",
        ),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep9 c:rep9 d:rep9 b:ask2 a:rep1 b:say2 ?0:ab,3;1:a,1;2:b,0/0>1;0>2/0[1,2]open",
    ),
    (
        ("ended-is-read", "ended forks-1:3:ended", "What was ended can be read."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 b:say2! b:ask2 c:ask1 ?0:ab,5;1:ac,0;2!:b,1/0>1;0>2/",
    ),
    (
        ("ended-others-go-on", "ended forks-1:3:ended", "The others go on."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 a:say1 a:1>5 a:ask5 c:ask1 ?0:ab,7;1:ac,0;2!:b,5;5:a,1/0>1;0>2;1>5/",
    ),
    (
        ("ended-takes-no-commit", "ended forks-1:3:ended", "A commit leads out of an ended branch no more."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 b:2>6! b:ask6 ?0:ab,3;1:ac,0;2!:b,1/0>1;0>2/",
    ),
    (
        ("ended-stays-ended", "ended forks-1:3:ended", "A commit that leads there opens it no more."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 a:1>2 b:say2! ?0:ab,4;1:ac,0;2!:b,2/0>1;0>2;1>2/",
    ),
    (
        ("ended-parent-goes-on", "ended forks-1:3:ended", "Nor is the partition before the fork ended."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 a:rep1 b:ask2 c:rep1 d:say0 ?0:abd,0;1:ac,1;2!:b,2/0>1;0>2/",
    ),
    (
        ("inner-fork-ends", "majority forks-1:3:majority", "A fork of a branch is ended by itself."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 a:1>3 b:1>4 b:ask4 a:rep3 c:rep3 b:say4! a:say3 ?0:a,6;1:ab,4;3:ac,0;4!:b,3/0>1;1>3;1>4/",
    ),
    (
        ("three-ways-end", "majority forks-1:3:majority", "Of three branches two are ended."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 c:0>3 b:ask2 c:ask3 a:rep1 d:rep1 e:rep1 b:say2! c:say3! ?0:abc,5;1:ade,0;2!:b,4;3!:c,3/0>1;0>2;0>3/",
    ),
    (
        ("plurality-ends-nothing", "majority forks-1:3:majority", "The largest of three branches is no majority."),
        r#"{"termination": "minority", "after": 0}"#,
        "a:0>1 b:0>2 c:0>3 b:ask2 c:ask3 a:rep1 d:rep1 b:say2 c:say3 ?0:abc,6;1:ad,2;2:b,1;3:c,0/0>1;0>2;0>3/0[1,2,3]open",
    ),
];
