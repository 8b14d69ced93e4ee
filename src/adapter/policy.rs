//! Room policy as `conformance/README.md` writes it.

use super::input::{
    BadInput, Result, array, bad, boolean, member, octets as octets_of, optional, optional_uint, text, texts, uint,
};
use crate::policy::{
    Actor, Base, Capability, Change, Claim, Field, Known, Listing, Participants, Policy, Preauthorized, Proposal,
    Proposed, Role, RoleIndex, Span, User, Who,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// `POLICY`.
pub(in crate::adapter) fn policy(input: &Value) -> Result<Policy> {
    let preauthorized = match optional(input, "preauthorized") {
        None => vec![],
        Some(_) => entries(array(input, "preauthorized")?)?,
    };
    let base = optional(input, "base").map_or(Ok(Base::default()), base)?;
    Ok(Policy { roles: roles(array(input, "roles")?)?, preauthorized, base })
}

/// What somebody is told of a room: the input of `client/policy`.
pub(in crate::adapter) fn known(input: &Value) -> Result<Known> {
    let policy = optional(input, "policy").map_or_else(|| Ok(Policy::default()), self::policy)?;
    let list = match optional(input, "participants") {
        None => vec![],
        Some(_) => participants(input)?.into_iter().collect(),
    };
    let owner = |client: &Value| Ok((octets_of(client, "identity")?, octets(client, "user")?));
    let owners = array(input, "clients")?.iter().map(owner).collect::<Result<_>>()?;
    Ok(Known { policy, list, owners, ..Known::default() })
}

fn roles(list: &[Value]) -> Result<Vec<Role>> {
    list.iter().map(role).collect()
}

fn role(input: &Value) -> Result<Role> {
    let names = text(input, "capabilities")?.split_whitespace();
    let mut changes: BTreeMap<RoleIndex, BTreeSet<RoleIndex>> = BTreeMap::new();
    for change in optional(input, "changes").map_or(Ok(""), |_| text(input, "changes"))?.split_whitespace() {
        let Some((from, to)) = change.split_once('>') else {
            return bad("changes", "holds something that is no change");
        };
        let to: BTreeSet<RoleIndex> = to.split(',').map(number).collect::<Result<_>>()?;
        changes.entry(number(from)?).or_default().extend(to);
    }
    Ok(Role {
        index: index(input, "role")?,
        name: optional(input, "name").map_or(Ok(""), |_| text(input, "name"))?.to_owned(),
        capabilities: names.map(|name| Capability::named(name).unwrap_or(Capability::OTHER)).collect(),
        participants: span(input, "participants")?,
        active: span(input, "active")?,
        changes,
    })
}

fn span(input: &Value, name: &str) -> Result<Span> {
    let Some(given) = optional(input, name) else { return Ok(Span::default()) };
    Ok(Span { least: small(given, "least")?.unwrap_or(0), most: small(given, "most")? })
}

fn small(input: &Value, name: &str) -> Result<Option<u32>> {
    optional_uint(input, name)?.map(|n| u32::try_from(n).or_else(|_| bad(name, "is beyond 2^32 - 1"))).transpose()
}

fn index(input: &Value, name: &str) -> Result<RoleIndex> {
    u32::try_from(uint(input, name)?).or_else(|_| bad(name, "is beyond 2^32 - 1"))
}

fn number(text: &str) -> Result<RoleIndex> {
    text.parse().map_err(|_| BadInput(format!("{text} is no role")))
}

fn entries(list: &[Value]) -> Result<Vec<Preauthorized>> {
    list.iter().map(|e| Ok(Preauthorized { claims: claims(e)?, role: index(e, "role")? })).collect()
}

/// Pairs of texts; none when absent.
fn claims(input: &Value) -> Result<BTreeSet<Claim>> {
    if optional(input, "claims").is_none() {
        return Ok(BTreeSet::new());
    }
    let pair = |value: &Value| match value.as_array().map(Vec::as_slice) {
        Some([Value::String(id), Value::String(value)]) => Ok((id.clone(), value.clone())),
        _ => bad("claims", "holds something that is not a pair of texts"),
    };
    array(input, "claims")?.iter().map(pair).collect()
}

fn base(input: &Value) -> Result<Base> {
    let flag = |name, otherwise| optional(input, name).map_or(Ok(otherwise), |_| boolean(input, name));
    Ok(Base {
        fixed_membership: flag("fixed_membership", false)?,
        multi_device: flag("multi_device", true)?,
        max_clients: small(input, "max_clients")?,
        max_users: small(input, "max_users")?,
    })
}

fn octets(input: &Value, name: &str) -> Result<Vec<u8>> {
    Ok(text(input, name)?.as_bytes().to_vec())
}

fn pairs(input: &Value, name: &str) -> Result<Vec<(User, RoleIndex)>> {
    if optional(input, name).is_none() {
        return Ok(vec![]);
    }
    array(input, name)?.iter().map(|pair| Ok((octets(pair, "user")?, index(pair, "role")?))).collect()
}

/// `participants`: the list. One user twice is no list.
pub(in crate::adapter) fn participants(input: &Value) -> Result<BTreeMap<User, RoleIndex>> {
    member(input, "participants")?;
    let list = pairs(input, "participants")?;
    let roles: BTreeMap<User, RoleIndex> = list.iter().cloned().collect();
    if roles.len() < list.len() { bad("participants", "names a user twice") } else { Ok(roles) }
}

/// `participants` and `clients`.
pub(in crate::adapter) fn people(input: &Value) -> Result<Participants> {
    let mut clients = BTreeMap::new();
    for client in array(input, "clients")? {
        if clients.insert(octets(client, "client")?, octets(client, "user")?).is_some() {
            return bad("clients", "names a client twice");
        }
    }
    Ok(Participants { roles: participants(input)?, clients, otherwise: None })
}

/// `ACTOR`.
pub(in crate::adapter) fn actor(input: &Value) -> Result<Actor> {
    let who = match text(input, "as")? {
        "member" => Who::Member(octets(input, "client")?),
        "joiner" => Who::Joiner(octets(input, "client")?, octets(input, "user")?),
        "external" => Who::External(octets(input, "name")?),
        _ => return bad("as", "is neither member, joiner nor external"),
    };
    Ok(Actor { who, claims: claims(input)? })
}

/// `CHANGE` of this actor.
pub(in crate::adapter) fn change(input: &Value, actor: &Actor) -> Result<Change> {
    if optional(input, "commit").is_none() {
        return Ok(Change::Message);
    }
    array(input, "commit")?.iter().map(|p| proposed(p, actor)).collect::<Result<_>>().map(Change::Commit)
}

fn proposed(input: &Value, committer: &Actor) -> Result<Proposed> {
    let by = optional(input, "by").map_or_else(|| Ok(committer.clone()), self::actor)?;
    let proposal = match text(input, "kind")? {
        "add" => Proposal::Add(octets(input, "client")?, octets(input, "user")?),
        "remove" => Proposal::Remove(octets(input, "client")?),
        "self-remove" => Proposal::SelfRemove,
        "update" | "psk" | "group-context-extensions" => Proposal::Plain,
        "reinit" => Proposal::ReInit,
        "participants" => Proposal::List(Listing {
            changed: pairs(input, "changed")?,
            removed: users(input)?,
            added: pairs(input, "added")?,
        }),
        "roles" => Proposal::Roles(roles(array(input, "roles")?)?),
        "preauthorized" => Proposal::Preauthorized(entries(array(input, "preauthorized")?)?),
        "base" => Proposal::Base(base(member(input, "base")?)?),
        "metadata" => Proposal::Metadata(fields(input)?),
        _ => return bad("kind", "is no proposal that is judged"),
    };
    Ok(Proposed { by, proposal })
}

fn users(input: &Value) -> Result<Vec<User>> {
    if optional(input, "removed").is_none() {
        return Ok(vec![]);
    }
    let users: Vec<&str> = texts(input, "removed")?;
    Ok(users.into_iter().map(|user| user.as_bytes().to_vec()).collect())
}

fn fields(input: &Value) -> Result<BTreeSet<Field>> {
    let names: Vec<&str> = texts(input, "fields")?;
    let field = |name: &str| {
        Ok(match name {
            "name" => Field::Name,
            "description" => Field::Description,
            "avatar" => Field::Avatar,
            "subject" => Field::Subject,
            "mood" => Field::Mood,
            _ => return bad("fields", "names no field of the metadata"),
        })
    };
    names.into_iter().map(field).collect()
}
