//! Claimed lengths and nesting cost nothing: memory and stack stay in proportion to the input.
#![allow(clippy::unwrap_used)]

use mimicheck::content::Document;
use mimicheck::reason::content as reason;
use mimicheck::vector::forge::uint;
use peak_alloc::PeakAlloc;
use std::sync::{Mutex, MutexGuard};

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The allocator counts for all threads: one test at a time.
fn alone() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap()
}

/// The most octets that were allocated at once while this ran, beyond what there was before.
fn peak<T>(run: impl FnOnce() -> T) -> (T, usize) {
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let value = run();
    (value, ALLOCATOR.peak_usage().saturating_sub(before))
}

/// Octets before the extensions map.
fn prefix() -> Vec<u8> {
    let mut octets = vec![0x87, 0x50];
    octets.extend([7; 16]);
    octets.extend([0xf6, 0x40, 0xf6, 0xf6]);
    octets
}

fn with_extensions(octets: impl IntoIterator<Item = u8>) -> Vec<u8> {
    prefix().into_iter().chain(octets).collect()
}

fn with_body(octets: impl IntoIterator<Item = u8>) -> Vec<u8> {
    with_extensions([0xa0].into_iter().chain(octets))
}

/// A head in the shortest form.
fn claim(major: u8, argument: usize) -> Vec<u8> {
    let mut head = uint(u64::try_from(argument).unwrap()).octets();
    *head.first_mut().unwrap() |= major << 5;
    head
}

/// Inputs of about `n` octets, each hostile in another way: claims beyond the input, claims that are just plausible,
/// as many items as fit, and nesting.
fn hostile(n: usize) -> Vec<(&'static str, Vec<u8>)> {
    let null_part = [0x83, 0x01, 0x60, 0x00];
    let multi = |count: usize| [vec![0x85, 0x01, 0x60, 0x03, 0x02], claim(4, count)].concat();
    let entries = (0..n / 6).flat_map(|i| [claim(0, 0x10000 + i), vec![0xf6]].concat());
    vec![
        ("arrays in arrays", vec![0x81; n]),
        ("maps in maps", vec![0xa1; n]),
        ("tags in tags", vec![0xc1; n]),
        ("zeros", vec![0; n]),
        ("breaks", vec![0xff; n]),
        ("arrays in an extension", with_extensions([0xa1, 0x03].into_iter().chain(vec![0x81; n]))),
        ("tags in an extension", with_extensions([0xa1, 0x03].into_iter().chain(vec![0xc1; n]))),
        ("a map of 2^32 - 1 entries", with_extensions(claim(5, 0xffff_ffff).into_iter().chain(vec![0; n]))),
        ("as many extensions as fit", with_extensions(claim(5, n / 6).into_iter().chain(entries))),
        ("a plausible map of nothing", with_extensions(claim(5, n / 2).into_iter().chain(vec![0xf6; n]))),
        (
            "2^32 - 1 items in an extension",
            with_extensions([0xa1, 3].into_iter().chain(claim(4, 0xffff_ffff)).chain(vec![0; n])),
        ),
        ("2^32 - 1 parts", with_body(multi(0xffff_ffff).into_iter().chain(vec![0x83; n]))),
        ("as many parts as fit", with_body(multi(n / 4).into_iter().chain(null_part.repeat(n / 4)))),
        ("parts of parts that claim more", with_body(multi(n / 10).repeat(n / 10))),
        ("a salt of 2^32 - 1 octets", [vec![0x87], claim(2, 0xffff_ffff), vec![0; n]].concat()),
    ]
}

/// A part has at most 64 octets in memory and takes at least 4; a vector that grows exists once more at twice its size.
const OCTETS_OF_MEMORY_EACH: usize = 3 * 64 / 4;

#[test]
fn memory_is_in_proportion_to_the_input() {
    let _turn = alone();
    for n in [1_000, 30_000, 1_000_000] {
        for (what, octets) in hostile(n) {
            let (_, peak) = peak(|| drop(Document::decode(&octets)));
            let allowed = OCTETS_OF_MEMORY_EACH * octets.len();
            assert!(peak <= allowed, "{what}: {peak} octets allocated for {} of input", octets.len());
        }
    }
}

#[test]
fn what_fits_is_accepted_and_counted() {
    let _turn = alone();
    let hostile = hostile(30_000);
    let (_, parts) = hostile.iter().find(|(what, _)| *what == "as many parts as fit").unwrap();
    let (document, peak) = peak(|| Document::decode(parts).map(|d| d.message().body.children().len()));
    assert_eq!(document.unwrap(), 7_500);
    assert!(peak > 7_500 * 8, "the counter sees {peak} octets");
}

/// Most of a debug build's frames would not fit in this stack.
#[test]
fn nesting_needs_no_stack() {
    let _turn = alone();
    let run = || {
        for (what, octets) in hostile(1_000_000) {
            let result = Document::decode(&octets).map(|_| ());
            if what.contains("in arrays") || what.contains("in maps") || what.contains("in tags") {
                assert!(result.is_err(), "{what}");
            }
        }
        let deep = with_extensions([0xa1, 0x03].into_iter().chain(vec![0x81; 1_000_000]));
        assert_eq!(Document::decode(&deep).map(|_| ()).unwrap_err().reason, reason::EXTENSION_TOO_DEEP);
    };
    std::thread::Builder::new().stack_size(64 * 1024).spawn(run).unwrap().join().unwrap();
}
