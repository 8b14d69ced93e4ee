//! Reasons of recovery from a fork: what people have not agreed to, and what evidence does not show.

use super::table::reasons;

reasons! {
    NOT_THE_APPROVED_GROUP = "not-the-approved-group", Misbehaviour, "recovery-1:2:approved-group", "another group than the one that was agreed to";
    NOT_AFTER_THE_FORK = "not-after-the-fork", Misbehaviour, "recovery-1:2:approved-epoch", "an epoch that is not later than the one that was agreed to";
    NOT_THE_APPROVED_EPOCH = "not-the-approved-epoch", Misbehaviour, "recovery-1:2:approved-authenticator", "another epoch authenticator than the one that was agreed to";
    FOREIGN_REPORT = "foreign-report", Misbehaviour, "recovery-1:2:evidence", "a report about another group, or of somebody who was no member before the fork";
    EMPTY_REPORT = "empty-report", Misbehaviour, "recovery-1:2:evidence", "a report that names no epoch";
    NO_SUCH_BRANCH = "no-such-branch", Caller, "", "a branch that no report shows";
    NOT_ON_THE_BRANCH = "not-on-the-branch", Caller, "", "a member of another branch than the one that goes on";
    UNDECIDED = "undecided", Policy, "minutes-20240605:FORKS:majority-misbehaves", "no rule that people chose says which branch goes on";
    NOTHING_TO_RECOVER = "nothing-to-recover", Caller, "", "nobody is on another branch";
}
