//! Bugs of the model, each of which must make one property fail: a property that no bug breaks says nothing.

/// A bug, and what it must break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bug {
    /// A member follows a commit that it has found invalid.
    FollowsWhatItRefuses,
    /// A refused commit takes the member's own commit with it.
    DropsOwnOnRefusal,
    /// Of several good commits a member takes the last.
    TakesTheLast,
    /// A member asks for the partition that the envelope names.
    PollsByEnvelope,
    /// Reports do not reach anybody, and a member that refuses says nothing.
    NobodyIsTold,
    /// The rule ends the branch that most voices are for, whoever speaks for others.
    EndsTheMajority,
    /// The rule ends every other branch than the one that most voices are for, whoever speaks for it.
    CountsAlone,
    /// The hub judges as soon as a partition is named, though a report of it is on its way.
    JudgesBeforeReports,
    /// A report stands in the place of all that the same provider has made.
    OneReport,
    /// Members that a hub has set apart are not compared with others.
    HubIsTrusted,
    /// A Welcome leads to the epoch before.
    WelcomeToThePast,
    /// A member remembers its place in the partition before the one that it moved to.
    KeepsItsCounter,
}

/// Name, what is wrong, the property that it breaks.
pub const ALL: &[(Bug, &str, &str, &str)] = &[
    (Bug::TakesTheLast, "takes-the-last", "of several good commits a member takes the last", "one-road"),
    (Bug::FollowsWhatItRefuses, "follows-what-it-refuses", "a member follows an invalid commit", "only-its-sender"),
    (Bug::DropsOwnOnRefusal, "drops-own-on-refusal", "a refused commit takes the own one with it", "nothing-lost"),
    (
        Bug::PollsByEnvelope,
        "polls-by-envelope",
        "a member asks for the partition that the envelope names",
        "one-key-one-epoch",
    ),
    (Bug::NobodyIsTold, "nobody-is-told", "reports reach nobody, refusals are not shown", "no-silence"),
    (Bug::EndsTheMajority, "ends-the-majority", "the rule ends the branch that most speak for", "majority-goes-on"),
    (Bug::CountsAlone, "counts-alone", "numbers alone decide, whoever speaks for another", "undecided-ends-nobody"),
    (Bug::JudgesBeforeReports, "judges-before-reports", "the hub judges before who reads can report", "honest-goes-on"),
    (Bug::OneReport, "one-report", "a provider's report takes the place of all its others", "who-speaks-goes-on"),
    (Bug::HubIsTrusted, "hub-is-trusted", "whom a hub set apart is not compared with others", "hub-is-noticed"),
    (Bug::WelcomeToThePast, "welcome-to-the-past", "a Welcome leads to the epoch before", "recovered-together"),
    (Bug::KeepsItsCounter, "keeps-its-counter", "a member keeps its counter when it moves", "counter-in-bounds"),
];
