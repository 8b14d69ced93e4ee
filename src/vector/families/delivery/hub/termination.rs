use super::scene::{ANN, BEN, CAT, GROUP, Scene, Sent, commit, info, joins, says};
use crate::reason::delivery as reason;
use crate::vector::forge::traffic::{self, Kind};
use crate::vector::{Case, Level, Verdict};

const BLOCKED: &str = "5:blocked";
const ENDED: &[crate::reason::Reason] = &[reason::BRANCH_TERMINATED];

pub(super) fn cases() -> Vec<Case> {
    let (left, right) = (commit(0, 0, 1), commit(0, 0, 2));
    let (before, after, other) = (says(2, "before"), says(2, "after"), says(1, "other"));
    let proposal = Sent { message: traffic::private_message(GROUP, 1, Kind::Proposal, b"x"), ..says(2, "") };
    // A fork whose second branch was ended.
    let ended = |name, comment| {
        Scene::new(name, comment, "terminated", BLOCKED).send_all(&[&left, &right, &before]).terminate(2)
    };
    let may = |scene: Scene| scene.end().level(Level::May);
    vec![
        may(ended("ended-takes-no-message", "A branch that was ended takes no message.")
            .send_refused(ANN, &after, ENDED)),
        may(ended("ended-takes-no-proposal", "Nor a proposal.").send_refused(ANN, &proposal, ENDED)),
        may(ended("ended-takes-no-commit", "Nor a commit, which would lead out of it.")
            .send_refused(ANN, &commit(1, 2, 3), ENDED)
            .receive(3, 0, &[])),
        may(ended("ended-can-be-read", "What was sent before can be read.")
            .send_refused(ANN, &after, ENDED)
            .receive(2, 0, &[&before])
            .receive(2, 1, &[])),
        may(ended("ended-others-go-on", "The other branch, and whoever stayed behind, go on.")
            .send(ANN, &other)
            .send(BEN, &says(0, "behind"))
            .receive(1, 0, &[&other])
            .receive(0, 2, &[&says(0, "behind")])),
        may(ended("ended-twice", "Ending it again changes nothing.")
            .terminate(2)
            .send_refused(ANN, &after, ENDED)
            .send(ANN, &other)),
        may(ended("ended-for-everybody", "Whoever sends.")
            .send_refused(BEN, &after, ENDED)
            .send_refused(CAT, &after, ENDED)),
        may(Scene::new(
            "ended-before-a-commit-leads-there",
            "A commit may lead to an ended branch, which stays ended.",
            "terminated",
            BLOCKED,
        )
        .send_all(&[&left])
        .terminate(1)
        .send(BEN, &commit(0, 0, 1))
        .send_refused(ANN, &other, ENDED)),
        ended("ended-is-not-joined", "Joiners are led to the latest branch that lives.")
            .open("5:blocked-external-join")
            .join(CAT, &Sent { to: 1, ..joins(1, 3) }, 1)
            .contested(&[
                (Verdict::Accept, "An ended branch is not the most recent one, as nobody can send there."),
                (Verdict::Reject, "The most recent key is that of the ended branch, which takes no messages."),
            ]),
        ended("ended-gives-no-group-info", "Nor is its GroupInfo given to joiners.")
            .open("5:blocked-external-join")
            .info(&info(1, "0 to 1"))
            .contested(&[
                (Verdict::Accept, "The GroupInfo of the latest branch that lives."),
                (Verdict::Accept, "The GroupInfo of the latest epoch, ended or not."),
            ]),
    ]
}
