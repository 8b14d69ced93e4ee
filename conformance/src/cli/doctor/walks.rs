//! Sessions that a doctor walks through: one client alone, one hub without traffic.

use serde_json::{Value, json};

/// A step: its operation, and its input made of what was answered before.
pub(super) type Step = (&'static str, fn(&[Value]) -> Value);

/// A session: what it is called, and its steps.
pub(super) struct Walk {
    /// For people.
    pub name: &'static str,
    /// In order; one whose operation the adapter does not have is left out.
    pub steps: &'static [Step],
}

/// The sessions.
pub(super) const WALKS: &[Walk] = &[
    Walk {
        name: "a client's session",
        steps: &[
            ("client/new", |_| json!({"identity": "616c696365", "cipher_suite": 1, "seed": "doctor"})),
            ("client/create", |_| json!({"group_id": "726f6f6d"})),
            ("client/state", |_| json!({})),
            ("client/members", |_| json!({})),
            ("client/send", |_| json!({"data": "6869"})),
            ("client/group-info", |_| json!({})),
            ("client/commit", |_| json!({"update": true})),
            ("client/process", |said| json!({"message": last(said, "commit")})),
            ("client/state", |_| json!({})),
        ],
    },
    Walk {
        name: "a hub's session",
        steps: &[
            ("hub/new", |_| json!({"kind": "blind", "provider": "a.example", "hints": "none"})),
            ("hub/create-group", |_| {
                json!({"from": "a.example", "group_id": "726f6f6d", "cipher_suite": 1,
                    "partition_key": "0a".repeat(16)})
            }),
            ("hub/receive", |_| {
                json!({"from": "a.example", "group_id": "726f6f6d",
                    "request": format!("{}00000000", "0a".repeat(16))})
            }),
        ],
    },
];

/// A member of the latest answer that has it.
fn last(said: &[Value], name: &str) -> Value {
    said.iter().rev().find_map(|out| out.get(name)).cloned().unwrap_or_default()
}
