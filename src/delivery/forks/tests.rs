use super::rule::{Weight, weigh};

#[test]
fn voices_weigh_as_the_page_says() {
    use Weight::{Majority, Open, Undecidable};
    let rows: &[(&[usize], usize, Weight)] = &[
        // Nobody speaks.
        (&[0, 0], 0, Open),
        (&[0, 0], 3, Open),
        // Half are not more than half.
        (&[1, 0], 2, Open),
        (&[1, 0], 3, Open),
        (&[2, 0], 4, Open),
        (&[0, 2], 5, Open),
        // One voice is never enough, also where it is the only one.
        (&[1, 0], 1, Undecidable),
        (&[0, 1], 1, Undecidable),
        (&[2, 0], 2, Majority(0)),
        (&[2, 0], 3, Majority(0)),
        (&[0, 3], 5, Majority(1)),
        (&[0, 0, 4], 4, Majority(2)),
        // Whoever speaks keeps its branch, however few they are.
        (&[1, 1], 2, Undecidable),
        (&[9, 1], 10, Undecidable),
        (&[1, 0, 9], 10, Undecidable),
        (&[1, 1, 1], 9, Undecidable),
        // One voice for two branches speaks for both.
        (&[3, 1], 3, Undecidable),
    ];
    for (claims, voices, weight) in rows {
        assert_eq!(weigh(claims, *voices), *weight, "{claims:?} of {voices}");
    }
}

/// Said once more, in other words, of all small numbers.
#[test]
fn a_majority_is_of_those_who_alone_speak_and_are_more_than_half_and_two() {
    let mut majorities = 0;
    for (a, b, c) in (0..5).flat_map(|a| (0..5).flat_map(move |b| (0..5).map(move |c| (a, b, c)))) {
        for voices in 0..8 {
            let claims: [usize; 3] = [a, b, c];
            for (at, speak) in claims.iter().enumerate() {
                let alone = claims.iter().sum::<usize>() == *speak;
                let wins = alone && *speak >= 2 && *speak > voices / 2;
                assert_eq!(weigh(&claims, voices) == Weight::Majority(at), wins, "{claims:?} of {voices}");
                majorities += usize::from(wins);
            }
        }
    }
    assert!(majorities > 20, "{majorities}");
}
