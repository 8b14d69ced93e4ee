use super::scene::play;
use crate::vector::{Case, Verdict};
use serde_json::json;

pub(super) fn cases() -> Vec<Case> {
    let rule = json!({"termination": "minority", "after": 0});
    let what =
        ("ended-with-what-is-behind", "branch forks-1:3:branch", "What lies behind an ended partition ends with it.");
    let steps = "a:0>1 b:0>2 b:2>3 b:ask3 a:rep1 c:rep1 b:say3! ?0:ab,4;1:ac,0;2!:b,3;3!:b,2/0>1;0>2;2>3/";
    vec![play("blind", what, rule, steps).contested(&[
        (Verdict::Reject, "A branch is the partition and all that its commits led to."),
        (Verdict::Accept, "Exactly the partition is blocked that the commit began; what is behind takes messages."),
    ])]
}
