//! Where commits lead, who is where, what is a fork.

use super::Row;

pub(super) const ROWS: &[Row] = &[
    (
        ("new", "naming forks-1:1:naming", "A group begins with one partition, which nobody has named."),
        r#"{}"#,
        "?0://",
    ),
    (
        ("named-by-asking", "naming forks-1:1:naming", "Who asks for a partition has named it."),
        r#"{}"#,
        "a:ask0 ?0:a,0//",
    ),
    (
        ("named-by-sending", "naming forks-1:1:naming", "So has who sends to it, each provider once."),
        r#"{}"#,
        "a:say0 b:say0 a:say0 ?0:ab,0//",
    ),
    (
        ("edge", "edges forks-1:1:edges", "A commit leads to a partition, where nobody is yet."),
        r#"{}"#,
        "a:0>1 ?0:a,0;1:/0>1/",
    ),
    (("followed", "edges forks-1:1:edges", "Its members go there."), r#"{}"#, "a:0>1 a:ask1 b:ask1 ?0:a,2;1:ab,0/0>1/"),
    (
        (
            "lost-sibling",
            "what-is-a-fork forks-1:1:what-is-a-fork",
            "Two commits, one of which nobody follows: no fork.",
        ),
        r#"{}"#,
        "a:0>1 b:0>2 a:ask1 b:ask1 ?0:ab,2;1:ab,0;2:/0>1;0>2/",
    ),
    (
        ("siblings", "what-is-a-fork forks-1:1:what-is-a-fork", "Two commits that are both followed: a fork."),
        r#"{}"#,
        "a:0>1 b:0>2 a:ask1 b:ask2 ?0:ab,2;1:a,1;2:b,0/0>1;0>2/0[1,2]open",
    ),
    (
        ("three-ways", "what-is-a-fork forks-1:1:what-is-a-fork", "Three."),
        r#"{}"#,
        "a:0>1 b:0>2 c:0>3 a:ask1 b:ask2 c:ask3 ?0:abc,3;1:a,2;2:b,1;3:c,0/0>1;0>2;0>3/0[1,2,3]open",
    ),
    (
        ("two-of-three", "what-is-a-fork forks-1:1:what-is-a-fork", "Three commits, two of them followed."),
        r#"{}"#,
        "a:0>1 b:0>2 c:0>3 a:ask1 b:ask2 ?0:abc,2;1:a,1;2:b,0;3:/0>1;0>2;0>3/0[1,2]open",
    ),
    (
        ("fork-of-a-fork", "what-is-a-fork forks-1:1:what-is-a-fork", "A branch forks again: two forks."),
        r#"{}"#,
        "a:0>1 b:0>2 a:ask1 b:ask2 a:1>3 c:1>4 a:ask3 c:ask4 ?0:ab,6;1:ac,2;2:b,4;3:a,1;4:c,0/0>1;0>2;1>3;1>4/0[1,2]open;1[3,4]open",
    ),
    (
        ("one-way-twice", "edges forks-1:1:edges", "Two commits to one partition are one way."),
        r#"{}"#,
        "a:0>1 b:0>1 a:ask1 b:ask1 ?0:ab,2;1:ab,0/0>1/",
    ),
    (
        (
            "to-itself",
            "what-is-a-fork forks-1:1:what-is-a-fork",
            "A commit that says it leads to where it was sent makes no fork.",
        ),
        r#"{}"#,
        "a:0>0 a:0>1 a:ask1 ?0:a,1;1:a,0/0>0;0>1/",
    ),
    (
        ("unknown-asked", "naming forks-1:1:naming", "A key that the hub has not seen is no partition, and ages none."),
        r#"{}"#,
        "a:ask0 b:ask9 ?0:a,0//",
    ),
    (
        ("unknown-sent", "naming forks-1:1:naming", "A message to a key that the hub has not seen is taken."),
        r#"{}"#,
        "a:say7 ?0:;7:a,0//",
    ),
    (
        ("silence", "idle forks-1:1:idle", "A branch where nobody asks or sends, while the other goes on."),
        r#"{}"#,
        "a:0>1 b:0>2 a:ask1 b:ask2 a:say1 a:say1 a:say1 ?0:ab,5;1:a,0;2:b,3/0>1;0>2/0[1,2]open",
    ),
    (
        ("followed-further", "what-is-a-fork forks-1:1:what-is-a-fork", "A branch is all that its commits led to."),
        r#"{}"#,
        "a:0>1 b:0>2 a:1>3 a:ask3 b:ask2 ?0:ab,3;1:a,2;2:b,0;3:a,1/0>1;0>2;1>3/0[1,2]open",
    ),
    (
        ("join-names-nothing", "naming forks-1:1:naming", "Who joins from outside names no partition."),
        r#"{}"#,
        "a:0>1 b:join5@1 ?0:a,0;1:;5:/0>1;1>5/",
    ),
    (
        (
            "join-forks",
            "what-is-a-fork forks-1:1:what-is-a-fork",
            "Members who do not follow one who joins, and who commit themselves.",
        ),
        r#"{}"#,
        "a:0>1 a:ask1 b:join5@1 a:1>6 b:ask5 a:ask6 ?0:a,4;1:a,2;5:b,1;6:a,0/0>1;1>5;1>6/1[5,6]open",
    ),
    (
        (
            "branches-meet",
            "undecidable forks-1:3:undecidable",
            "Branches that lead to one partition: keys are what senders say, and decide nothing.",
        ),
        r#"{}"#,
        "a:0>1 b:0>2 a:1>3 b:2>3 a:ask3 b:ask3 ?0:ab,4;1:a,3;2:b,2;3:ab,0/0>1;0>2;1>3;2>3/0[1,2]undecidable",
    ),
    (
        ("back-to-the-fork", "undecidable forks-1:3:undecidable", "A commit that says it leads back."),
        r#"{}"#,
        "a:0>1 b:0>2 a:ask1 b:ask2 b:2>0 ?0:ab,3;1:a,2;2:b,0/0>1;0>2;2>0/0[1,2]undecidable",
    ),
];
