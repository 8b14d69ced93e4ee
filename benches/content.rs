//! The content codec against others, in one run: medians over interleaved rounds, and ratios to the targets. Nothing is
//! asserted: the machine decides the figures, the ratios are what to look at.
//! `cargo bench --bench content [-- decode|encode|linear|vectors]`

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::as_conversions, clippy::indexing_slicing, missing_docs)]

mod codecs;

use codecs::{ciborium_typed, minicbor_typed};
use mimicheck::adapter::{Implementation, reference::Reference};
use mimicheck::content::Document;
use mimicheck::vector::{Case, Dialect, File, Outcome, Profile, families, forge, judge};
use mimicheck::wire::hex;
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 31;
const REPEATS: u32 = 200;

/// What is timed, by name.
type Timed<'a> = (&'static str, Box<dyn Fn() + 'a>);

/// Nanoseconds for one call: the median over the rounds, in each of which every one has its turn.
fn medians(timed: &[Timed<'_>], rounds: usize, repeats: u32) -> Vec<f64> {
    let mut samples = vec![vec![]; timed.len()];
    for _ in 0..rounds {
        for ((_, run), samples) in timed.iter().zip(&mut samples) {
            let start = Instant::now();
            (0..repeats).for_each(|_| run());
            samples.push(start.elapsed().as_nanos() as f64 / f64::from(repeats));
        }
    }
    samples.iter_mut().map(|s| median(s)).collect()
}

fn median(samples: &mut [f64]) -> f64 {
    samples.sort_by(f64::total_cmp);
    samples[samples.len() / 2]
}

fn cases() -> Vec<Case> {
    let files: Vec<File> = families::ALL.iter().map(|f| (f.generate)()).collect();
    files.iter().flat_map(File::cases).cloned().collect()
}

/// The octets of the draft's examples.
fn published() -> Vec<Vec<u8>> {
    let examples = cases().into_iter().filter(|c| c.id.starts_with("content/decode/example-"));
    let found: Vec<_> = examples.map(|c| hex::decode(c.input["cbor"].as_str().unwrap()).unwrap()).collect();
    assert_eq!(found.len(), 14, "the draft prints 14 examples");
    found
}

fn decoders(octets: &[u8]) -> Vec<Timed<'_>> {
    let strict = cbor_core::DecodeOptions::new().recursion_limit(16).length_limit(4096).oom_mitigation(65536);
    vec![
        ("mimicheck, strict", Box::new(move || drop(black_box(Document::decode(black_box(octets)).unwrap())))),
        (
            "minicbor typed, unchecked",
            Box::new(move || drop(black_box(minicbor_typed::decode(black_box(octets)).unwrap()))),
        ),
        (
            "minicbor, tokens",
            Box::new(move || {
                minicbor::decode::Tokenizer::new(black_box(octets)).for_each(|t| _ = black_box(t.unwrap()));
            }),
        ),
        ("minicbor, skip", Box::new(move || minicbor::Decoder::new(black_box(octets)).skip().unwrap())),
        ("cbor-core, strict", Box::new(move || drop(black_box(strict.decode(black_box(octets)).unwrap())))),
        (
            "ciborium, value",
            Box::new(move || {
                drop(black_box(ciborium::from_reader::<ciborium::Value, _>(black_box(octets)).unwrap()));
            }),
        ),
    ]
}

/// Mean over the messages of the medians, in the order of the names.
fn mean_of_medians(of_each_message: &[Vec<f64>]) -> Vec<f64> {
    let count = of_each_message.len() as f64;
    (0..of_each_message[0].len()).map(|i| of_each_message.iter().map(|m| m[i]).sum::<f64>() / count).collect()
}

fn table(title: &str, names: &[&str], means: &[f64]) {
    println!("\n{title:<52} {:>9} {:>12}", "ns", "of the first");
    for (name, mean) in names.iter().zip(means) {
        println!("  {name:<50} {mean:>9.0} {:>11.2}x", mean / means[0]);
    }
}

fn decoding(messages: &[Vec<u8>]) {
    let names: Vec<_> = decoders(&messages[0]).iter().map(|(name, _)| *name).collect();
    let each: Vec<_> = messages.iter().map(|octets| medians(&decoders(octets), ROUNDS, REPEATS)).collect();
    let means = mean_of_medians(&each);
    table("decode, mean over the 14 published messages", &names, &means);
    println!("  target: ciborium value at least 4.00x: {:.2}x", means[5] / means[0]);
    println!("  target: minicbor typed at least 1.00x: {:.2}x", means[1] / means[0]);
}

fn encoding(messages: &[Vec<u8>]) {
    let mut each = vec![];
    for octets in messages {
        let document = Document::decode(octets).unwrap();
        let typed = ciborium_typed::Message::new(document.message());
        assert_eq!(&typed.encode(), octets, "both encode the same");
        let timed: [Timed<'_>; 2] = [
            ("mimicheck, checked", Box::new(|| drop(black_box(document.message().encode().unwrap())))),
            ("ciborium typed", Box::new(|| drop(black_box(typed.encode())))),
        ];
        each.push(medians(&timed, ROUNDS, REPEATS));
    }
    let means = mean_of_medians(&each);
    table("encode, mean over the 14 published messages", &["mimicheck, checked", "ciborium typed"], &means);
    println!("  target: ciborium typed at least 1.00x: {:.2}x", means[1] / means[0]);
}

/// About `n` octets that keep a decoder busy to the end.
fn hostile(n: usize) -> Vec<(&'static str, Vec<u8>)> {
    use forge::{Body, Extension, Message, Part, Semantics, array, bytes, map, null, uint};
    let with = |value| Message { extensions: vec![Extension::new(3, value)], ..Message::new([7; 16], Part::null()) };
    let of = |body| Message::new([7; 16], body);
    let single = |content: Vec<u8>| of(Part::single("text/plain", content));
    let many = (0..n / 7).map(|i| Extension::new(0x1_0000 + i as i64, null())).collect();
    vec![
        ("one string", single(vec![b'a'; n]).item().octets()),
        ("items in an extension", with(array((0..n).map(|_| null()))).item().octets()),
        ("keys in an extension", with(map((0..n / 6).map(|i| (uint(0x1_0000 + i as u64), null())))).item().octets()),
        ("octet strings in an extension", with(array((0..n / 2).map(|_| bytes([7])))).item().octets()),
        ("extensions", Message { extensions: many, ..of(Part::null()) }.item().octets()),
        ("parts", of(Part::new(1, Body::Multi(Semantics::ProcessAll, vec![Part::null(); n / 4]))).item().octets()),
        ("arrays in arrays, refused", vec![0x81; n]),
    ]
}

fn linearity() {
    const SIZES: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];
    println!("\n{:<36} {}", "decode of hostile input, ns an octet", SIZES.map(|n| format!("{n:>12}")).concat());
    let kinds: Vec<_> = hostile(100).into_iter().map(|(name, _)| name).collect();
    let inputs = SIZES.map(hostile);
    for (kind, name) in kinds.iter().enumerate() {
        let cells = inputs.each_ref().map(|sized| {
            let octets = &sized[kind].1;
            let timed: Timed<'_> = (name, Box::new(|| drop(black_box(Document::decode(black_box(octets))))));
            let repeats = (1_000_000 / octets.len()).max(1) as u32;
            format!("{:>12.3}", medians(&[timed], 9, repeats)[0] / octets.len() as f64)
        });
        println!("  {name:<34} {}", cells.concat());
    }
}

fn every_vector() {
    let cases = cases();
    let check = || {
        let dialect = Dialect { reasons: true, offsets: true };
        let outcome = |c: &Case| judge(c, &Reference.answer(&c.op, &c.input), dialect, Profile::Strict);
        black_box(cases.iter().filter(|c| outcome(c) == Outcome::Pass).count());
    };
    let timed: Timed<'_> = ("vectors", Box::new(check));
    let ns = medians(&[timed], 5, 1)[0];
    println!("\ncheck of all {} vectors on one core: {:.1} ms", cases.len(), ns / 1e6);
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let messages = published();
    let sections: [(&str, &dyn Fn()); 4] = [
        ("decode", &|| decoding(&messages)),
        ("encode", &|| encoding(&messages)),
        ("linear", &linearity),
        ("vectors", &every_vector),
    ];
    for (name, section) in sections {
        if wanted.is_empty() || wanted.iter().any(|w| w == name) {
            section();
        }
    }
}
