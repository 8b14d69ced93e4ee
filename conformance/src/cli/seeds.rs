use crate::exit::Exit;
use crate::project::Failure;
use mimicheck::fuzzing::oracles::{WIRE_STRUCTURES, judged_cases};
use mimicheck::fuzzing::{TARGETS, target};
use mimicheck::protocol::MlsMessage;
use mimicheck::vector::{Case, File, Group, forge};
use mimicheck::wire::{hex, tls::Reader};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every case gives a seed, named after it; equal seeds are written once. Names and texts of the vectors, and the
/// heads of CBOR items, make the dictionary DIR.dict. Then: cargo +nightly fuzz run TARGET -- -dict=DIR.dict
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Fuzz target, as listed by cargo fuzz list
    #[arg(value_name = "TARGET")]
    target: String,
    /// Folder for the seeds, e.g. fuzz/corpus/TARGET, where cargo fuzz looks for them
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

pub(super) fn run(args: &Args, root: Option<&Path>) -> Result<Exit, Failure> {
    if target(&args.target).is_none() {
        let names: Vec<_> = TARGETS.iter().map(|t| t.name).collect();
        return Err(Failure::usage(format!("no fuzz target {}; there are {}", args.target, names.join(", "))));
    }
    let files = super::project(root)?.load_vectors()?;
    if files.is_empty() {
        return Err(Failure::usage("vectors/ holds no vectors; run `mimicheck generate` first"));
    }
    let json_input = matches!(args.target.as_str(), "adapter_answer" | "vector_file");
    let mut seeds = BTreeMap::new();
    for (name, seed) in inputs(&args.target, &files)?.into_iter().filter(|(_, seed)| seed.len() <= LARGEST) {
        seeds.entry(seed).or_insert(name);
    }
    fs::create_dir_all(&args.dir).map_err(|e| fault(&args.dir, &e))?;
    for (seed, name) in &seeds {
        write(&args.dir.join(name.replace('/', "-")), seed)?;
    }
    let mut path = args.dir.clone().into_os_string();
    path.push(".dict");
    let words = dictionary(&files, json_input);
    write(Path::new(&path), words.join("\n").as_bytes())?;
    anstream::println!(
        "{}: {} seeds in {}, {} words in {}",
        args.target,
        seeds.len(),
        args.dir.display(),
        words.len(),
        Path::new(&path).display()
    );
    Ok(Exit::Ok)
}

fn fault(path: &Path, e: &std::io::Error) -> Failure {
    Failure::usage(format!("{}: {e}", path.display()))
}

fn write(path: &Path, octets: &[u8]) -> Result<(), Failure> {
    fs::write(path, octets).map_err(|e| fault(path, &e))
}

/// A fuzz engine tries inputs as large as its largest seed, and is slow with large ones.
const LARGEST: usize = 4096;

/// Name and octets of each seed.
fn inputs(target: &str, files: &[File]) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let cases = || files.iter().flat_map(File::cases).enumerate();
    match target {
        "adapter_answer" => {
            // Each step of a case has an id of its own.
            let cases = judged_cases().iter().enumerate();
            Ok(cases.map(|(id, case)| (format!("{}-{id}", case.id), answer(id, case))).collect())
        }
        "client_messages" => Ok(spoken()),
        "commit_bytes" | "engines_agree" => Ok(told()),
        "room_requests" => Ok(asked()),
        "tree_open" => Ok(served()),
        "tree_patch" => Ok(patches()),
        "fork_world" => Ok(stories()),
        "commit_faults" => Ok(faults()),
        "mls_decode" => Ok(cases().flat_map(|(_, case)| messages(case)).collect()),
        "wire_decode" => Ok(cases().flat_map(|(_, case)| structures(case)).collect()),
        "vector_file" => files
            .iter()
            .flat_map(|file| file.cases().map(move |case| (file, case)))
            .map(|(file, case)| Ok((case.id.clone(), alone(file, case)?)))
            .collect(),
        _ => Ok(cases()
            .filter_map(|(_, case)| Some((case.id.clone(), hex::decode(case.input.get("cbor")?.as_str()?).ok()?)))
            .collect()),
    }
}

/// Each message of a scene as it is, cut in two ways, and followed by another.
fn spoken() -> Vec<(String, Vec<u8>)> {
    let mut found = vec![];
    for (framing, which) in
        [0_u8, 1, 6, 7].into_iter().flat_map(|framing| (0..16_u8).map(move |which| (framing, which)))
    {
        let name = format!("{framing}-{which}");
        found.push((format!("{name}-as-it-is"), vec![framing, which, 0]));
        found.push((format!("{name}-at-the-end"), vec![framing, which, 1, 0x80, 3, 1, which, 0]));
        found.push((format!("{name}-in-the-middle"), vec![framing, which, 1, 0, 90, 0x80, which.wrapping_add(1), 0]));
        found.push((format!("{name}-changed"), vec![framing, which, 7, 1, 2, 3, which, which, 7, 7, 7, 7, 7]));
    }
    found
}

/// Each commit of a scene as it is, changed in each way, and followed by another; and KeyPackages.
fn told() -> Vec<(String, Vec<u8>)> {
    let mut found = vec![];
    // Both members, with the hub and without, and encrypted.
    for (first, which) in [0, 24, 64, 7].into_iter().flat_map(|first| (0..12_u8).map(move |which| (first, which))) {
        for how in 0..16_u8 {
            let change = [which.wrapping_add(1), 0, how.wrapping_mul(13), which, 8];
            let octets = [&[first, which, how][..], &change, &change, &[which, 0]].concat();
            found.push((format!("{first}-{which}-{how}"), octets));
        }
    }
    found
        .extend((0..=u8::MAX).map(|place| (format!("key-package-{place}"), vec![67, 0, place % 64, place, place / 2])));
    found
}

/// Each request to a room as it is, changed in each way, and followed by another.
fn asked() -> Vec<(String, Vec<u8>)> {
    let mut found = vec![];
    for (which, how) in (0..27_u8).flat_map(|which| (0..16_u8).map(move |how| (which, how))) {
        let change = [which.wrapping_add(1), 0, how.wrapping_mul(13), which, 8];
        let octets = [&[which, how][..], &change, &change, &[which.wrapping_add(how), 0]].concat();
        found.push((format!("room-{which}-{how}"), octets));
    }
    found
}

/// The tree of each epoch as it is, and each edit at each place.
fn served() -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<_> = (0..8_u8).map(|which| (format!("tree-{which}"), vec![which, 0])).collect();
    for (which, kind) in [2_u8, 3, 5].into_iter().flat_map(|which| (0..16_u8).map(move |kind| (which, kind))) {
        for place in 0..8_u8 {
            let octets = vec![which, 0, place, kind, kind.wrapping_mul(37).wrapping_add(place)];
            found.push((format!("tree-{which}-{kind}-{place}"), octets));
        }
    }
    found
}

/// The patch of each epoch as it is, changed in each way, and followed by another.
fn patches() -> Vec<(String, Vec<u8>)> {
    let mut found = vec![];
    for (which, how) in (0..8_u8).flat_map(|which| (0..16_u8).map(move |how| (which, how))) {
        for flags in [0, 0x40, 0x80] {
            let change = [which, how.wrapping_mul(29), 8];
            found.push((
                format!("patch-{which}-{how}-{flags}"),
                [&[which, how | flags][..], &change, &[which, 0]].concat(),
            ));
        }
    }
    found
}

/// What may happen to a group: everybody commits at once, all say something, somebody is deceived, joins anew.
fn stories() -> Vec<(String, Vec<u8>)> {
    let mut found = vec![];
    for setting in 0..4_u8 {
        for deceived in 0..8_u8 {
            let steps =
                [0, 0, 4, 1, 0, 2, 12, 3, 22, 0, 22, 0, 8, 1, 22, 3, 18, deceived, deceived, 15, deceived, 22, 0];
            found.push((format!("{setting}-deceived-{deceived}"), [&[setting][..], &steps].concat()));
        }
        let removal = [14, 8, 0, 1, 4, 2, 22, 1, 16, 0, 17, 0, 8, 3, 22, 0, 22, 0];
        found.push((format!("{setting}-removal"), [&[setting][..], &removal].concat()));
    }
    found
}

/// Each fault by itself, and one after another.
fn faults() -> Vec<(String, Vec<u8>)> {
    let all = mimicheck::mls::hostile::Fault::all().count();
    let faults = (0..4_u8).flat_map(|setting| (0..all).map(move |fault| (setting, fault)));
    let seed = |(setting, fault): (u8, usize)| {
        let fault = u8::try_from(fault).unwrap_or_default();
        let before = [0, 1, 4, 2, 22, 0, 8, 1, 22, 0, 12, 2];
        // Two in a row, in one setting each.
        let two = [&[fault % 4, fault][..], &before, &[fault.wrapping_add(7)]].concat();
        let two = (setting == 0).then(|| (format!("{fault}-and-more"), two));
        two.into_iter().chain([(format!("{setting}-{fault}"), vec![setting, fault])])
    };
    faults.flat_map(seed).collect()
}

/// What a case gives as octets of an MLSMessage, whatever it calls it.
fn messages(case: &Case) -> Vec<(String, Vec<u8>)> {
    let mut found = vec![];
    let mut rest = vec![&case.input];
    while let Some(value) = rest.pop() {
        match value {
            Value::String(text) => {
                let octets = hex::decode(text).ok().filter(|octets| octets.starts_with(&[0, 1, 0]));
                found.extend(octets.map(|octets| (format!("{}-{}", case.id, found.len()), octets)));
            }
            Value::Array(items) => rest.extend(items),
            Value::Object(members) => rest.extend(members.values()),
            _ => {}
        }
    }
    found
}

/// The octets of a case of `delivery/decode` or `room/decode`, after the octet that chooses the structure; and the message at their
/// front as one.
fn structures(case: &Case) -> Vec<(String, Vec<u8>)> {
    let text = |name| case.input.get(name).and_then(Value::as_str);
    let area = if case.op.starts_with("room/") { "room/" } else { "" };
    let number = |name: &str| WIRE_STRUCTURES.iter().position(|(n, _)| *n == name).and_then(|n| u8::try_from(n).ok());
    let octets = text("octets").and_then(|octets| hex::decode(octets).ok());
    let (Some(octets), Some(which)) = (octets, text("structure").and_then(|name| number(&format!("{area}{name}"))))
    else {
        return vec![];
    };
    let mut found = vec![(case.id.clone(), [vec![which], octets.clone()].concat())];
    if let (Ok(message), Some(which)) = (MlsMessage::read(&mut Reader::new(&octets)), number("MLSMessage")) {
        found.push((format!("{}-message", case.id), [&[which], message.octets()].concat()));
    }
    found
}

/// The answer that a case expects. The id says which case it is for.
fn answer(id: usize, case: &Case) -> Vec<u8> {
    let expect = &case.expect;
    let line = match (&expect.out, &expect.reason) {
        (Some(out), _) => json!({"id": id, "ok": out}),
        (None, Some(reason)) => json!({"id": id, "reject": {"reason": reason, "offset": expect.offset}}),
        (None, None) => json!({"id": id, "ok": {}}),
    };
    line.to_string().into_bytes()
}

/// The file with nothing but one case in it.
fn alone(file: &File, case: &Case) -> Result<Vec<u8>, Failure> {
    let group = file.groups.iter().find(|g| g.cases.contains(case));
    let groups = group.map(|g| Group { cases: vec![case.clone()], ..g.clone() });
    let alone = File { groups: groups.into_iter().collect(), ..file.clone() };
    alone.canonical().map(String::into_bytes).map_err(Failure::harness)
}

/// libFuzzer uses no longer word.
const LONGEST: usize = 64;

/// In libFuzzer's format, one quoted word a line, sorted.
fn dictionary(files: &[File], json_input: bool) -> Vec<String> {
    let mut texts = BTreeSet::new();
    for case in files.iter().flat_map(File::cases) {
        values(&json!([case.input, case.expect]), &mut texts);
        if json_input {
            names(&json!(case), &mut texts);
        }
    }
    let word = |text: &String| match json_input {
        true => Value::from(text.as_str()).to_string().into_bytes(),
        false => forge::text(text).octets(),
    };
    let mut words: BTreeSet<Vec<u8>> = texts.iter().map(word).collect();
    if !json_input {
        words.extend(heads());
    }
    words.iter().filter(|w| w.len() <= LONGEST).map(|w| quoted(w)).collect()
}

/// Texts that are not hex.
fn values(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if hex::decode(text).is_err() => {
            found.insert(text.clone());
        }
        Value::Array(items) => items.iter().for_each(|item| values(item, found)),
        Value::Object(members) => members.values().for_each(|item| values(item, found)),
        _ => {}
    }
}

/// Names of members.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        Value::Object(members) => {
            for (name, item) in members {
                found.insert(name.clone());
                names(item, found);
            }
        }
        _ => {}
    }
}

/// Every major type with arguments on both sides of each width, and what no deterministic document has.
fn heads() -> Vec<Vec<u8>> {
    let arguments = [0, 1, 23, 24, 255, 256, 65_535, 65_536, (1 << 32) - 1, 1 << 32, (1 << 53) - 1, 1 << 53, u64::MAX];
    let mut found = vec![];
    for major in 0..7u8 {
        for argument in arguments {
            let mut head = forge::uint(argument).octets();
            if let Some(initial) = head.first_mut() {
                *initial |= major << 5;
            }
            found.push(head);
        }
        found.push(vec![major << 5 | 0x1f]);
        found.push(vec![major << 5 | 0x18, 0x17]);
    }
    found.extend(
        [forge::half(0x7e00), forge::half(0x7c01), forge::single(0x3f80_0000), forge::double(1)].map(|i| i.octets()),
    );
    found.extend([0xf4, 0xf5, 0xf6, 0xf7, 0xff].map(|octet| vec![octet]));
    found.extend([2, 3].map(|sign| forge::tag(sign, forge::bytes([1; 9])).octets()));
    found
}

fn quoted(word: &[u8]) -> String {
    let inner: String = word
        .iter()
        .map(|octet| match octet {
            b' ' | b'!' | b'#'..=b'[' | b']'..=b'~' => char::from(*octet).to_string(),
            _ => format!("\\x{octet:02X}"),
        })
        .collect();
    format!("\"{inner}\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::vector::families;

    fn files() -> Vec<File> {
        families::ALL.iter().map(|f| (f.generate)()).collect()
    }

    #[test]
    fn every_target_has_seeds_and_each_seed_holds() {
        let files = files();
        for target in TARGETS {
            let seeds = inputs(target.name, &files).unwrap();
            assert!(!seeds.is_empty(), "{}", target.name);
            for (name, seed) in seeds {
                assert_eq!((target.check)(&seed), Ok(()), "{}: {name}", target.name);
            }
        }
    }

    #[test]
    fn dictionaries_are_quoted() {
        for json_input in [false, true] {
            let words = dictionary(&files(), json_input);
            assert!(words.len() > 20);
            for word in words {
                let inner = word.strip_prefix('"').and_then(|w| w.strip_suffix('"')).unwrap();
                assert!(!inner.is_empty() && inner.is_ascii() && !inner.contains('"'), "{word}");
            }
        }
        assert_eq!(quoted(&[0x61, 0x22, 0x5c, 0x00]), r#""a\x22\x5C\x00""#);
    }
}
