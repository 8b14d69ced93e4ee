use super::select;
use crate::builtin;
use crate::exit::Exit;
use crate::project::Failure;
use clap::ValueEnum;
use mimicheck::adapter::Implementation;
use mimicheck::adapter::reference::Reference;
use mimicheck::mls::hostile::Fault;
use mimicheck::reason;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

const EXAMPLES: &str = "\
Examples:
  mimicheck list families
  mimicheck list cases --run 'content/decode/nan-*'
  mimicheck list reasons --json
  mimicheck list faults                      what a scenario's `sabotage` can do to a commit";

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// What to list
    #[arg(value_enum, default_value = "families")]
    what: What,
    /// As JSON, one object an entry
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    cases: select::Options,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    Cases,
    Families,
    Flags,
    Reasons,
    Ops,
    Adapters,
    Notes,
    Faults,
}

/// An entry: its name, the columns after it, and all of it as JSON.
struct Row {
    name: String,
    text: String,
    json: Value,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    let rows = match args.what {
        What::Reasons => reasons(),
        What::Ops => ops(),
        What::Adapters => adapters(),
        What::Faults => faults(),
        What::Cases | What::Families | What::Flags | What::Notes => from_cases(args, root)?,
    };
    let mut out = anstream::stdout().lock();
    let width = rows.iter().map(|r| r.name.chars().count()).max().unwrap_or(0).min(60);
    for row in rows {
        let line = if args.json { row.json.to_string() } else { format!("{:width$}  {}", row.name, row.text) };
        if writeln!(out, "{}", line.trim_end()).is_err() {
            // Whoever reads has seen enough.
            break;
        }
    }
    Ok(Exit::Ok)
}

fn from_cases(args: &Args, root: Option<&Path>) -> Result<Vec<Row>, Failure> {
    let cases = args.cases.cases(&super::project(root)?, &select::Order { seed: None })?;
    if matches!(args.what, What::Cases) {
        return Ok(cases.jobs.iter().map(|job| case(&job.case, &job.family)).collect());
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for job in &cases.jobs {
        if matches!(args.what, What::Families) {
            *counts.entry(&job.family).or_default() += 1;
        } else {
            for flag in &job.case.flags {
                *counts.entry(flag).or_default() += 1;
            }
        }
    }
    let notes = |flag: &str| {
        let of_selected = cases.files.iter().filter(|f| cases.jobs.iter().any(|j| *j.family == *f.family));
        of_selected.filter_map(|f| f.notes.get(flag).map(|note| (f.family.clone(), note.clone()))).collect::<Vec<_>>()
    };
    let rows = counts.iter().flat_map(|(name, count)| match args.what {
        What::Notes => notes(name)
            .into_iter()
            .map(|(family, note)| Row {
                name: format!("{family} {name}"),
                text: format!("{} → {} ({})", note.bug, note.effect, note.requirement),
                json: json!({"family": family, "flag": name, "note": note}),
            })
            .collect(),
        _ => vec![Row {
            name: (*name).to_owned(),
            text: format!("{count} cases"),
            json: json!({"name": name, "cases": count}),
        }],
    });
    Ok(rows.collect())
}

fn case(case: &mimicheck::vector::Case, family: &str) -> Row {
    let contested = if case.contested.is_some() { " [contested]" } else { "" };
    Row {
        name: case.id.clone(),
        text: format!("{}{contested}", case.comment),
        json: json!({"id": case.id, "family": family, "op": case.op, "level": case.level, "about": case.about,
            "flags": case.flags, "requirements": case.requirements, "verdict": case.expect.verdict,
            "contested": case.contested.is_some(), "comment": case.comment}),
    }
}

fn reasons() -> Vec<Row> {
    let row = |r: reason::Reason| Row {
        name: r.code().to_owned(),
        text: r.text().to_owned(),
        json: json!({"reason": r.code(), "text": r.text(), "requirement": r.requirement(),
            "blame": format!("{:?}", r.blame()).to_lowercase()}),
    };
    reason::all().map(row).collect()
}

fn ops() -> Vec<Row> {
    let row = |op: String| Row { text: String::new(), json: json!({"op": op}), name: op };
    Reference.hello().ops.into_iter().map(row).collect()
}

fn faults() -> Vec<Row> {
    let row = |fault: Fault| Row {
        name: fault.name().to_owned(),
        text: fault.says().to_owned(),
        json: json!({"fault": fault.name(), "text": fault.says(), "requirement": fault.requirement(),
            "technique": format!("{:?}", fault.technique()).to_lowercase(),
            "affects": format!("{:?}", fault.affects()).to_lowercase(),
            "reasons": fault.reasons().iter().map(|reason| reason.code()).collect::<Vec<_>>()}),
    };
    Fault::all().map(row).collect()
}

fn adapters() -> Vec<Row> {
    let row = |b: &builtin::Builtin| Row {
        name: b.parameter.map_or_else(|| b.name.to_owned(), |p| format!("{}:{p}", b.name)),
        text: b.about.to_owned(),
        json: json!({"adapter": b.name, "parameter": b.parameter, "about": b.about}),
    };
    builtin::ALL.iter().map(row).collect()
}
