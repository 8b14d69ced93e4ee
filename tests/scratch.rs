#![cfg(feature = "fuzzing")]
use mimicheck::entropy::Seed;
use mimicheck::fuzzing::{target};
use std::collections::BTreeMap;
#[test]
fn world() {
    let mut stream = Seed::new(&std::env::var("SCRATCH").unwrap_or("x".into())).stream("scratch");
    let mut said: BTreeMap<String,(u32,String)> = BTreeMap::new();
    let n = std::env::var("N").map_or(300, |n| n.parse().unwrap());
    for n in 0..n {
        let octets = stream.octets(10 + (n % 10) * 6);
        if let Err(e) = (target("fork_world").unwrap().check)(&octets) {
            let short: String = e.chars().filter(|c| !c.is_ascii_digit()).take(160).collect();
            let s = said.entry(short).or_insert((0, mimicheck::wire::hex::encode(&octets)));
            if s.1.len() > octets.len() * 2 { s.1 = mimicheck::wire::hex::encode(&octets); }
            s.0 += 1;
        }
    }
    for (s,(n, o)) in &said { println!("{n:5} {s} [{o}]"); }
}
