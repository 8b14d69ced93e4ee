use super::record::{Implementation, Record, digest};
use mimicheck::vector::{Case, File, Witness};
use std::collections::BTreeMap;

/// Writes down in the files who confirms what. A case that has changed since it was asked counts as not asked.
pub fn apply(record: &Record, files: &mut [File]) {
    for group in files.iter_mut().flat_map(|file| &mut file.groups) {
        let count = |entry: &Implementation| {
            let confirmed = group.cases.iter().filter(|c| says(&entry.confirms, c)).count();
            let refuted = group.cases.iter().filter(|c| says(&entry.refutes, c)).count();
            let (name, version) = (entry.name.clone(), entry.version.clone());
            Witness { name, version, confirmed, of: confirmed + refuted }
        };
        group.witnesses = record.implementations.iter().map(count).filter(|w| w.of > 0).collect();
        for case in &mut group.cases {
            case.unconfirmed = !record.implementations.iter().any(|entry| says(&entry.confirms, case));
        }
    }
}

/// Whether the case, as it is now, is among them.
fn says(of: &BTreeMap<String, String>, case: &Case) -> bool {
    of.get(&case.id).is_some_and(|then| *then == digest(case))
}

#[cfg(test)]
mod tests {
    use super::*;
    use mimicheck::vector::families;

    fn entry(cases: &[Case], confirmed: usize) -> Implementation {
        let of = |cases: &[Case]| cases.iter().map(|c| (c.id.clone(), digest(c))).collect();
        Implementation {
            name: "other".into(),
            version: "1".into(),
            language: String::new(),
            asked: cases.len(),
            confirms: of(&cases[..confirmed]),
            refutes: of(&cases[confirmed..]),
        }
    }

    fn files() -> Vec<File> {
        let mut file = (families::ALL[0].generate)();
        file.groups.truncate(1);
        file.groups[0].cases.truncate(4);
        assert_eq!(file.groups[0].cases.len(), 4);
        vec![file]
    }

    fn unconfirmed(files: &[File]) -> Vec<bool> {
        files[0].cases().map(|c| c.unconfirmed).collect()
    }

    #[test]
    fn confirmations_are_counted_and_the_rest_is_unconfirmed() {
        let mut files = files();
        let record = Record { implementations: vec![entry(&files[0].groups[0].cases[..3], 2)] };
        apply(&record, &mut files);
        let witness = Witness { name: "other".into(), version: "1".into(), confirmed: 2, of: 3 };
        assert_eq!(files[0].groups[0].witnesses, [witness]);
        assert_eq!(unconfirmed(&files), [false, false, true, true]);
        apply(&Record::default(), &mut files);
        assert!(files[0].groups[0].witnesses.is_empty());
        assert_eq!(unconfirmed(&files), [true; 4]);
    }

    #[test]
    fn a_changed_case_loses_its_confirmation() {
        let mut files = files();
        let record = Record { implementations: vec![entry(&files[0].groups[0].cases, 4)] };
        files[0].groups[0].cases[1].input["cbor"] = "00".into();
        files[0].groups[0].cases[2].expect.because = Some("another".into());
        files[0].groups[0].cases[3].comment = "not what was asked".into();
        apply(&record, &mut files);
        assert_eq!(unconfirmed(&files), [false, true, true, false]);
        assert_eq!((files[0].groups[0].witnesses[0].confirmed, files[0].groups[0].witnesses[0].of), (2, 2));
    }

    #[test]
    fn differences_name_what_was_lost_and_gained() {
        let cases = &files()[0].groups[0].cases;
        let mut record = Record::default();
        record.put(entry(cases, 3));
        assert!(record.differences(&entry(cases, 3)).is_empty());
        let lost = record.differences(&entry(cases, 2));
        assert!(lost.iter().any(|l| l.contains("lost confirmation of") && l.contains(&cases[2].id)), "{lost:?}");
        let gained = record.differences(&entry(cases, 4));
        assert!(gained.iter().any(|l| l.contains("gained confirmation of") && l.contains(&cases[3].id)), "{gained:?}");
        assert_eq!(Record::default().differences(&entry(cases, 3)), ["other: is not in the record"]);
    }
}
