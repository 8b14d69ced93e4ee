//! Wrong folds of a sequence of messages.

use super::bug::{Asked, Bug, bug, output, set};
use super::tree::Node;
use mimicheck::adapter::reference::Reference;
use mimicheck::adapter::{Answer, Implementation};
use mimicheck::wire::hex;
use serde_json::{Value, json};

const KIND: &str = "thread";

pub(super) const BUGS: &[Bug] = &[
    bug(KIND, "anyone-may-edit", "applies edits by whoever sends them", |a, r| policy(a, r, "editors")),
    bug(KIND, "anyone-may-delete", "applies deletes by whoever sends them", |a, r| policy(a, r, "deleters")),
    bug(KIND, "no-policy", "applies nobody's changes but the sender's own", |a, r| {
        world(a, r, |w| set(w, "policy", Value::Null))
    }),
    bug(KIND, "editors-may-delete", "takes leave to edit for leave to delete", |a, r| {
        world(a, r, |w| {
            let editors = w.pointer("/policy/editors").cloned().unwrap_or_else(|| json!([]));
            set(w, "policy", json!({"editors": editors.clone(), "deleters": editors}));
        })
    }),
    bug(KIND, "deleters-may-edit", "takes leave to delete for leave to edit", |a, r| {
        world(a, r, |w| {
            let deleters = w.pointer("/policy/deleters").cloned().unwrap_or_else(|| json!([]));
            set(w, "policy", json!({"editors": deleters.clone(), "deleters": deleters}));
        })
    }),
    bug(KIND, "ignores-edits", "shows the first version for ever", |a, r| {
        without(a, r, |n| replaces(n) && !null_part(n))
    }),
    bug(KIND, "ignores-deletes", "shows what was deleted", |a, r| without(a, r, |n| replaces(n) && null_part(n))),
    bug(KIND, "order-of-arrival", "processes messages as they come", |a, r| {
        messages(a, r, |list| {
            for (i, m) in list.iter_mut().enumerate() {
                set(m, "accepted_ms", json!(i));
            }
        })
    }),
    bug(KIND, "ties-by-arrival", "orders messages of one timestamp as they come", |a, r| {
        messages(a, r, |list| {
            for (i, m) in list.iter_mut().enumerate() {
                let accepted = m.get("accepted_ms").and_then(Value::as_u64).unwrap_or(0);
                set(m, "accepted_ms", json!(accepted * 1000 + u64::try_from(i).unwrap_or(0)));
            }
        })
    }),
    bug(KIND, "ties-by-highest-id", "orders messages of one timestamp by the highest id", |a, r| {
        output_of(a, r, |out| {
            change_list(out, "topics", |topics| {
                for topic in topics {
                    change_list(topic, "ids", |ids| ids.reverse());
                }
            });
        })
    }),
    bug(KIND, "never-expires", "shows what has expired", |a, r| world(a, r, |w| set(w, "now_ms", json!(0)))),
    bug(KIND, "expires-late", "shows a message for a second after its expiry", |a, r| {
        world(a, r, |w| {
            let now = w.get("now_ms").and_then(Value::as_u64).unwrap_or(0);
            set(w, "now_ms", json!(now.saturating_sub(1001)));
        })
    }),
    bug(KIND, "expires-from-acceptance", "counts a relative expiry from acceptance", |a, r| {
        messages(a, r, |list| {
            for m in list {
                let accepted = m.get("accepted_ms").cloned().unwrap_or(Value::Null);
                set(m, "read_ms", accepted);
            }
        })
    }),
    bug(KIND, "expires-unread", "counts a relative expiry of an unread message from 1970", |a, r| {
        messages(a, r, |list| {
            for m in list {
                if m.get("read_ms").is_none_or(Value::is_null) {
                    set(m, "read_ms", json!(0));
                }
            }
        })
    }),
    bug(KIND, "relative-is-absolute", "takes a relative expiry for an absolute one", |a, r| {
        octets(a, r, |n| {
            if let Some(flag) = n.child(3).and_then(|e| e.child(0)) {
                flag.set(20);
            }
        })
    }),
    bug(KIND, "replies-to-first-instance", "turns a reply to a version into one to the message", |a, r| {
        entries(a, r, |e| {
            if let Some(reply) = e.get_mut("in_reply_to").filter(|r| !r.is_null())
                && let Some(target) = reply.get("target").cloned().filter(|t| !t.is_null())
            {
                set(reply, "id", target);
            }
        })
    }),
    bug(KIND, "replies-are-current", "does not tell that a reply's version was edited since", |a, r| {
        status(a, r, "superseded", "current")
    }),
    bug(KIND, "deleted-targets-are-unknown", "forgets what was deleted", |a, r| status(a, r, "deleted", "unknown")),
    bug(KIND, "expired-targets-are-current", "lets replies show what has expired", |a, r| {
        status(a, r, "expired", "current")
    }),
    bug(KIND, "deleted-is-shown", "keeps the content of what was deleted", |a, r| {
        entries(a, r, |e| {
            if e.get("state").is_some_and(|s| s == "deleted") {
                let last =
                    e.get("versions").and_then(Value::as_array).and_then(|v| v.last()).cloned().unwrap_or(Value::Null);
                set(e, "current", last);
            }
        })
    }),
    bug(KIND, "edit-starts-a-message", "takes an edit for a message of its own", |a, r| {
        octets(a, r, |n| {
            if replaces(n)
                && !null_part(n)
                && let Some(r) = n.child(1)
            {
                *r = Node::null();
            }
        })
    }),
    bug(KIND, "edits-change-topic", "lets an edit move a message to another topic", |a, r| {
        latest(a, r, |entry, latest| {
            let topic = latest.get("topic_id").cloned().unwrap_or(Value::Null);
            set(entry, "topic_id", topic);
        })
    }),
    bug(KIND, "edits-change-expiry", "lets an edit set another expiry", |a, r| {
        let now_s = a.input.get("now_ms").and_then(Value::as_u64).unwrap_or(0) / 1000;
        latest(a, r, |entry, latest| {
            let time = latest.pointer("/expires/time").and_then(Value::as_u64);
            set(entry, "state", json!(if time.is_some_and(|t| t <= now_s) { "expired" } else { "live" }));
        })
    }),
    bug(KIND, "edits-change-reply", "lets an edit reply to another message", |a, r| {
        latest(a, r, |entry, latest| {
            let id = latest.get("in_reply_to").cloned().unwrap_or(Value::Null);
            match entry.get_mut("in_reply_to").filter(|r| !r.is_null()) {
                Some(reply) if !id.is_null() => set(reply, "id", id),
                _ if !id.is_null() => set(entry, "in_reply_to", json!({"id": id, "target": id, "status": "current"})),
                _ => {}
            }
        })
    }),
    bug(KIND, "reactions-are-messages", "does not look at the disposition", |a, r| {
        entries(a, r, |e| set(e, "kind", json!("message")))
    }),
    bug(KIND, "reactions-are-lost", "does not list reactions with their message", |a, r| {
        entries(a, r, |e| set(e, "reactions", json!([])))
    }),
    bug(KIND, "replies-are-reactions", "lists replies with the reactions", |a, r| {
        output_of(a, r, |out| {
            let replies: Vec<(Value, Value)> = items(out, "messages")
                .iter()
                .filter(|e| e.get("kind").is_some_and(|k| k == "message"))
                .filter_map(|e| Some((e.pointer("/in_reply_to/target")?.clone(), e.get("id")?.clone())))
                .collect();
            change_list(out, "messages", |entries| {
                for entry in entries {
                    let id = entry.get("id").cloned();
                    let more = replies.iter().filter(|(t, _)| Some(t) == id.as_ref()).map(|(_, r)| r.clone());
                    change_list(entry, "reactions", |reactions| reactions.extend(more));
                }
            });
        })
    }),
    bug(KIND, "topics-by-first-seen", "orders topics as they come", |a, r| {
        output_of(a, r, |out| change_list(out, "topics", |topics| topics.reverse()))
    }),
    bug(KIND, "empty-topic-is-a-topic", "makes a topic of the messages without one", |a, r| {
        output_of(a, r, |out| {
            let ids: Vec<Value> = items(out, "messages")
                .iter()
                .filter(|e| e.get("topic_id").is_some_and(|t| t == ""))
                .filter_map(|e| e.get("id").cloned())
                .collect();
            if !ids.is_empty() {
                change_list(out, "topics", |topics| topics.insert(0, json!({"topic_id": "", "ids": ids})));
            }
        })
    }),
    bug(KIND, "unresolved-is-lost", "throws replacements of unknown messages away", |a, r| {
        output_of(a, r, |out| set(out, "unresolved", json!([])))
    }),
    bug(KIND, "one-bad-message-spoils-all", "refuses a sequence with a message that does not decode", |a, r| {
        let spoilt = matches!(&r, Answer::Ok(out) if out.get("ignored").and_then(Value::as_array).is_some_and(|l| l.iter().any(|i| i.get("id").is_some_and(Value::is_null))));
        if a.op == OP && spoilt { super::bug::refuse("seeded: one does not decode") } else { r }
    }),
];

const OP: &str = "content/thread";

fn world(asked: Asked<'_>, right: Answer, change: impl FnOnce(&mut Value)) -> Answer {
    if asked.op == OP { asked.changed(change) } else { right }
}

fn output_of(asked: Asked<'_>, right: Answer, change: impl FnOnce(&mut Value)) -> Answer {
    if asked.op == OP { output(right, change) } else { right }
}

fn messages(asked: Asked<'_>, right: Answer, change: impl FnOnce(&mut Vec<Value>)) -> Answer {
    world(asked, right, |w| change_list(w, "messages", change))
}

/// Changes the octets of every message that decodes.
fn octets(asked: Asked<'_>, right: Answer, change: impl Fn(&mut Node)) -> Answer {
    messages(asked, right, |list| {
        for message in list {
            let octets =
                message.get("cbor").and_then(Value::as_str).and_then(|h| hex::decode(h).ok()).unwrap_or_default();
            if let Some((mut node, _)) = Node::parse(&octets) {
                change(&mut node);
                set(message, "cbor", json!(hex::encode(&node.octets())));
            }
        }
    })
}

/// Leaves such messages out.
fn without(asked: Asked<'_>, right: Answer, such: impl Fn(&Node) -> bool) -> Answer {
    messages(asked, right, |list| {
        list.retain(|m| {
            let octets = m.get("cbor").and_then(Value::as_str).and_then(|h| hex::decode(h).ok()).unwrap_or_default();
            !Node::parse(&octets).is_some_and(|(node, _)| such(&node))
        });
    })
}

fn replaces(message: &Node) -> bool {
    message.children.get(1).is_some_and(|r| r.major == 2)
}

fn null_part(message: &Node) -> bool {
    message.children.get(6).is_some_and(|b| b.children.len() == 3)
}

/// Gives every sender the leave that the policy gives few.
fn policy(asked: Asked<'_>, right: Answer, who: &str) -> Answer {
    world(asked, right, |w| {
        let senders: Vec<Value> = items(w, "messages").iter().filter_map(|m| m.get("sender_uri").cloned()).collect();
        let mut policy = w.get("policy").filter(|p| p.is_object()).cloned().unwrap_or_else(|| json!({}));
        set(&mut policy, who, json!(senders));
        set(w, "policy", policy);
    })
}

fn entries(asked: Asked<'_>, right: Answer, change: impl Fn(&mut Value)) -> Answer {
    output_of(asked, right, |out| change_list(out, "messages", |entries| entries.iter_mut().for_each(change)))
}

fn status(asked: Asked<'_>, right: Answer, from: &str, to: &str) -> Answer {
    entries(asked, right, |e| {
        if let Some(reply) = e.get_mut("in_reply_to").filter(|r| r.get("status").is_some_and(|s| s == from)) {
            set(reply, "status", json!(to));
        }
    })
}

/// Changes each message that was edited, knowing its latest version.
fn latest(asked: Asked<'_>, right: Answer, change: impl Fn(&mut Value, &Value)) -> Answer {
    let room = asked.input.get("room_uri").cloned().unwrap_or(Value::Null);
    let said = items(asked.input, "messages");
    let message = |id: &Value| {
        said.iter().find_map(|m| {
            let (cbor, sender) = (m.get("cbor")?, m.get("sender_uri")?);
            let named =
                Reference.answer("content/message-id", &json!({"cbor": cbor, "sender_uri": sender, "room_uri": room}));
            let Answer::Ok(named) = named else { return None };
            let Answer::Ok(decoded) = Reference.answer("content/decode", &json!({"cbor": cbor})) else { return None };
            if named.get("message_id") == Some(id) { decoded.get("message").cloned() } else { None }
        })
    };
    entries(asked, right, |entry| {
        let versions = items(entry, "versions");
        if versions.len() > 1
            && let Some(latest) = versions.last().and_then(message)
        {
            change(entry, &latest);
        }
    })
}

/// The items of a member that is an array.
fn items(value: &Value, member: &str) -> Vec<Value> {
    value.get(member).and_then(Value::as_array).cloned().unwrap_or_default()
}

fn change_list(value: &mut Value, member: &str, change: impl FnOnce(&mut Vec<Value>)) {
    if let Some(list) = value.get_mut(member).and_then(Value::as_array_mut) {
        change(list);
    }
}
