//! Secrets, labels and contexts, with keys that another implementation computed: RFC 9420 sections 8 and 8.5 written
//! down with Python's `hmac` and `hashlib`, which share no code with this library.

use super::OP;
use crate::vector::families::build::{accept, group};
use crate::vector::{Case, Group, Verdict};
use crate::wire::hex;
use serde_json::json;
use sha2::{Digest, Sha256};

pub(super) fn groups() -> Vec<Group> {
    vec![group("known keys", known()), group("what the draft leaves open", open())]
}

/// The label of the profile, written down once more.
const D: &str = "mimi delivery partition key";

enum Secret {
    /// The octets 0, 1, 2 …
    Run,
    /// The same octet all over.
    Of(u8),
}

#[allow(clippy::too_many_arguments, reason = "a row of a table")]
fn row(
    name: &str,
    comment: &str,
    flag: &str,
    suite: u16,
    secret: Secret,
    label: &str,
    context: &[u8],
    key: &str,
    masked: &str,
) -> Case {
    let secret: Vec<u8> = (0..u8::try_from(masked.len() / 2).unwrap_or(u8::MAX))
        .map(|place| if let Secret::Of(octet) = secret { octet } else { place })
        .collect();
    let input = json!({"cipher_suite": suite, "exporter_secret": hex::encode(&secret), "label": label,
        "context": hex::encode(context)});
    let out = json!({"partition_key": key, "masked_partition_key": masked});
    accept(name, comment, &[flag], &["rfc9420:8.5:exporter", "4.4:masked-partition-key"], OP, input, out)
}

/// The case of this name once more, under another name and open to other readings.
fn again(of: &str, name: &str, comment: &str, flag: &str, rule: &str, readings: [&str; 2]) -> Option<Case> {
    let mut case = known().into_iter().find(|case| case.id == of)?;
    name.clone_into(&mut case.id);
    comment.clone_into(&mut case.comment);
    case.flags = vec![flag.to_owned()];
    case.requirements = vec![rule.to_owned()];
    Some(case.contested(&readings.map(|reading| (Verdict::Accept, reading))))
}

fn open() -> Vec<Case> {
    let cases = [
        again(
            "suite-1",
            "default-label",
            "The profile's label and its empty context, suite 1.",
            "default",
            "3:exporter-label",
            [
                "The label is `mimi delivery partition key`, the context is empty (docs/spec/delivery.md).",
                "The draft names neither; any label and context that all members of a group share would do.",
            ],
        ),
        again(
            "context-group",
            "default-context-group",
            "The profile's label, with the group's id as context.",
            "default",
            "3:exporter-context",
            [
                "The operation takes what context it is given; that of the profile is empty.",
                "The group's id is the natural context of a group's keys.",
            ],
        ),
        again(
            "suite-7",
            "mask-sha-384",
            "The mask of suite 7: SHA-384.",
            "mask",
            "4.4:mask-hash",
            [
                "`Hash` is that of the group's cipher suite, as in RFC 9420.",
                "`Hash` is one function for all groups, since the hub need not know a group's suite.",
            ],
        ),
        again(
            "secret-ones",
            "mask-without-length",
            "The mask is the hash of the key's 16 octets.",
            "mask",
            "4.4:mask-input",
            [
                "`Hash(partition_key)` is the hash of the 16 octets.",
                "`Hash(partition_key)` is the hash of the key's encoding, which has a length if PartitionKey is a vector.",
            ],
        ),
    ];
    cases.into_iter().flatten().collect()
}

fn known() -> Vec<Case> {
    vec![
        row(
            "suite-1",
            "Cipher suite 1; label and context as in the profile.",
            "suite",
            1,
            Secret::Run,
            D,
            &[],
            "30f58753c9a4381094f2d20f46fb3588",
            "7389634375fe6b8c000c6431def0f0c3d93722f511acd672ce24976d0d624bfb",
        ),
        row(
            "suite-2",
            "Cipher suite 2; label and context as in the profile.",
            "suite",
            2,
            Secret::Run,
            D,
            &[],
            "30f58753c9a4381094f2d20f46fb3588",
            "7389634375fe6b8c000c6431def0f0c3d93722f511acd672ce24976d0d624bfb",
        ),
        row(
            "suite-3",
            "Cipher suite 3; label and context as in the profile.",
            "suite",
            3,
            Secret::Run,
            D,
            &[],
            "30f58753c9a4381094f2d20f46fb3588",
            "7389634375fe6b8c000c6431def0f0c3d93722f511acd672ce24976d0d624bfb",
        ),
        row(
            "suite-4",
            "Cipher suite 4; label and context as in the profile.",
            "suite",
            4,
            Secret::Run,
            D,
            &[],
            "19c5bc29c179f4461ce24b6b1a9d6a79",
            "2ec56cc4bf04154e11b6958cb7408c240f458b1a2f7c055f0517012346b98f3b9e34b0b33aedbb2b576d00ece037eb1416b0f4e1a939807fabb6aa9a4a24afb1",
        ),
        row(
            "suite-5",
            "Cipher suite 5; label and context as in the profile.",
            "suite",
            5,
            Secret::Run,
            D,
            &[],
            "19c5bc29c179f4461ce24b6b1a9d6a79",
            "2ec56cc4bf04154e11b6958cb7408c240f458b1a2f7c055f0517012346b98f3b9e34b0b33aedbb2b576d00ece037eb1416b0f4e1a939807fabb6aa9a4a24afb1",
        ),
        row(
            "suite-6",
            "Cipher suite 6; label and context as in the profile.",
            "suite",
            6,
            Secret::Run,
            D,
            &[],
            "19c5bc29c179f4461ce24b6b1a9d6a79",
            "2ec56cc4bf04154e11b6958cb7408c240f458b1a2f7c055f0517012346b98f3b9e34b0b33aedbb2b576d00ece037eb1416b0f4e1a939807fabb6aa9a4a24afb1",
        ),
        row(
            "suite-7",
            "Cipher suite 7; label and context as in the profile.",
            "suite",
            7,
            Secret::Run,
            D,
            &[],
            "e818af964147d4e7a9c9e4de874ee314",
            "2314dc608f0a602eae4f054c71d885f45b223e85051df688654c5c0506db93e0cad07e6bfaea11c62f8323e78b0c3e2c",
        ),
        row(
            "suite-79",
            "Cipher suite 79; label and context as in the profile.",
            "suite",
            79,
            Secret::Run,
            D,
            &[],
            "30f58753c9a4381094f2d20f46fb3588",
            "7389634375fe6b8c000c6431def0f0c3d93722f511acd672ce24976d0d624bfb",
        ),
        row(
            "secret-zero",
            "A secret of zeros.",
            "suite",
            1,
            Secret::Of(0),
            D,
            &[],
            "fd77c8acec799e462e3b0e4690ddf870",
            "b69f94fe51ce704f52cdcc141df4d38b5b5d9a06c477a3ff6f52292f4fa930b4",
        ),
        row(
            "secret-ones",
            "A secret of ones.",
            "suite",
            7,
            Secret::Of(0xff),
            D,
            &[],
            "3a10d88eeab83bc4bb262583d3f252d1",
            "8bc72c5a401efabd5825b60da9b7ed70718b50c95491d1f9776b9837a75eb8633f271f4db6c13e9f72bfcae23a7e5027",
        ),
        row(
            "label-empty",
            "An empty label.",
            "label",
            1,
            Secret::Run,
            "",
            &[],
            "99b2336fafbfef684fc0515e46602c4f",
            "3d2d83fc255e81414215026c4329c206ca92e7d8063e8f4ac47aec3b732f037b",
        ),
        row(
            "label-other",
            "Another label.",
            "label",
            1,
            Secret::Run,
            "partition key",
            &[],
            "ec75595655399dac9999a7d88d841d23",
            "c882f872e325940c2d30904b277acaebc4f9f61ccbf0a08dfe9eefff91e9ffaf",
        ),
        row(
            "label-case",
            "A label that differs in one letter's case.",
            "label",
            1,
            Secret::Run,
            "MIMI delivery partition key",
            &[],
            "680f47a282d2cae2140b8ca1e432bda5",
            "57987bcfe7c2e6abf45e8a4a041e54e898b835ebc63b9d05d5bdd49ea07594c5",
        ),
        row(
            "label-prefix-twice",
            "A label that begins with the prefix that every label gets.",
            "label",
            1,
            Secret::Run,
            "MLS 1.0 mimi delivery partition key",
            &[],
            "f0a20e9d8ade6244ce16b806f5ddd2c1",
            "fb7d2839cb9895b8d5a38386bf4acf84c17c801aa44930d68e93bcc51d2be6c2",
        ),
        row(
            "label-55",
            "A label of 55 octets: with its prefix 63, whose length takes one octet.",
            "label",
            1,
            Secret::Run,
            &"l".repeat(55),
            &[],
            "31ed994d79b71449b60d253e51a529cd",
            "efd3819399991ff7e12ff5554c8f08f00c53c49948ff4b472b87f875705779a5",
        ),
        row(
            "label-56",
            "A label of 56 octets: with its prefix 64, whose length takes two octets.",
            "label",
            1,
            Secret::Run,
            &"l".repeat(56),
            &[],
            "4835d4858c3c03c9f73b51036903ecb3",
            "ad2ad1455645fa66798fdc328c5060481893419ecbabf932ac9d939802840c44",
        ),
        row(
            "label-247",
            "A label of 247 octets: with its prefix 255.",
            "label",
            1,
            Secret::Run,
            &"l".repeat(247),
            &[],
            "3f6352b2b51fb36392e7a197d7619d09",
            "f1762f81cf3c0de1a73e131034c8648667a863a8a45e34cf312ee4e1bbe35d05",
        ),
        row(
            "label-248",
            "A label of 248 octets: with its prefix 256.",
            "label",
            1,
            Secret::Run,
            &"l".repeat(248),
            &[],
            "6f354679d5eb40168685b9adf4a2c7fc",
            "2b6497d7c9c8ac886d9894ffe7ec0a4c164f7ba08a68f9fa968b921706cc4352",
        ),
        row(
            "label-utf-8",
            "A label that is not ASCII; its octets are those of UTF-8.",
            "label",
            1,
            Secret::Run,
            "cl\u{e9} de partition \u{2764}",
            &[],
            "c92f22f3d1fc0933e81a99c71d287beb",
            "4d8105764177b5257aeaa4678f8716a96681ffc648781737d4ff53c6afe9ae6d",
        ),
        row(
            "label-nul",
            "A label with a character U+0000 in it.",
            "label",
            1,
            Secret::Run,
            "mimi\u{0}delivery",
            &[],
            "5056635a10f28cea5248a3f588cc9345",
            "79a848ee40e02ef3b6bd1c256be023e8d7675bbfd925c7ac27d1c75f9eb55200",
        ),
        row(
            "label-white-space",
            "A label with white space around it.",
            "label",
            1,
            Secret::Run,
            " mimi delivery partition key ",
            &[],
            "ce268fb7001f01c659764b3c60343fd8",
            "0d3b5f6c5e8928be283d07b1a517c9b2835fc1e0ca52cfd98c56e48ac260ecc4",
        ),
        row(
            "context-one",
            "A context of one octet 0.",
            "context",
            1,
            Secret::Run,
            D,
            &[0],
            "7211dc7ea0d8caa5eedb6daec8b6e022",
            "53742bdaa36aaa73f46715ebc06e26861d7bb988dfadb4db96497c56a1183200",
        ),
        row(
            "context-group",
            "A group id as context.",
            "context",
            1,
            Secret::Run,
            D,
            b"group",
            "8b785aaed7ca09039cb80fbee08eae22",
            "9d3d60d4a2d7fea8912834776fda273c2dfc15002b69285511fbd342345eaa28",
        ),
        row(
            "context-64",
            "A context of 64 octets.",
            "context",
            1,
            Secret::Run,
            D,
            &[0xc0; 64],
            "be6a889720067dfdae41e288bb856342",
            "cf90294113cf10efd0a006b1040c5f2d68d5552c8bbf3423f5fe5bca8eaba84b",
        ),
        row(
            "context-1000",
            "A context of 1000 octets.",
            "context",
            1,
            Secret::Run,
            D,
            &[0xc1; 1000],
            "6605095cc8f69adf3ba868bf6a2b5ed6",
            "478cf947dd62071793c007b79cdf7f3bd610a90b8ee9c7c23c2d4fb691d7549b",
        ),
        row(
            "context-hash-of-nothing",
            "A context that is the hash of the empty one.",
            "context",
            1,
            Secret::Run,
            D,
            &Sha256::digest([]),
            "70c9631b54300335c90d661a452f4061",
            "c03a70f10bb86dec396bd7d160baef3779fec5d717bd3bf36ab91fc410b04e96",
        ),
        row(
            "context-suite-5",
            "A context, with SHA-512.",
            "context",
            5,
            Secret::Run,
            D,
            b"group",
            "584d83a074f1dd01e892ba5f04a9e55e",
            "a4a98821353bed11141ecb35363774d3ece9ac1e0cd9e3555e08916c2e105d72eee73ff0bdd0dd1f96debf2b0bdcda307d76affbf88c06099ea13175d4f815c8",
        ),
        row(
            "context-suite-7",
            "A context, with SHA-384.",
            "context",
            7,
            Secret::Run,
            D,
            b"group",
            "78392014460b25892e0c415714e991f7",
            "9e8eb9aebf6572f767a92b06891a1851e8df4871ade7ec90dd99a6f23cbcf043b3f797600a9f3939a730676fc4a80c07",
        ),
    ]
}
