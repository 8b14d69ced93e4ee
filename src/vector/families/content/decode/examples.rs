//! The draft's examples (chapter 5, appendix B), rebuilt from the values of their fields.

use super::rows::decoded;
use crate::vector::Group;
use crate::vector::families::build::group;
use crate::vector::forge::{Expiration, Extension, External, Message, Part, Semantics, text};

/// One example of the draft.
#[derive(Clone, Copy)]
pub(in crate::vector::families) struct Example {
    /// Its name in the draft's repository.
    pub name: &'static str,
    /// What it shows.
    pub what: &'static str,
    /// Requirements, divided by spaces.
    pub rules: &'static str,
    /// The sender in its extensions; the room is [`ROOM`].
    pub sender: &'static str,
    /// What is in it.
    pub message: fn() -> Message,
}

/// All of them, in the order of the draft.
pub(in crate::vector::families) const EXAMPLES: &[Example] = &[
    Example {
        name: "original",
        what: "An original message.",
        rules: "5.1:original-example",
        sender: ALICE,
        message: original,
    },
    Example { name: "reply", what: "A reply.", rules: "5.2:reply-carries-original-id", sender: BOB, message: reply },
    Example { name: "reaction", what: "A reaction.", rules: "5.3:reaction-form", sender: CATHY, message: reaction },
    Example {
        name: "mention",
        what: "A mention in Markdown.",
        rules: "4.4:content-type-is-media-type",
        sender: CATHY,
        message: mention,
    },
    Example {
        name: "mention-html",
        what: "A mention in HTML.",
        rules: "4.4:content-type-is-media-type",
        sender: CATHY,
        message: mention_html,
    },
    Example { name: "edit", what: "An edit.", rules: "5.5:edit-names-first", sender: BOB, message: edit },
    Example { name: "delete", what: "A delete.", rules: "5.6:delete-form", sender: BOB, message: delete },
    Example {
        name: "unlike",
        what: "A reaction taken back.",
        rules: "5.7:unlike-by-delete",
        sender: CATHY,
        message: unlike,
    },
    Example {
        name: "expiring",
        what: "An expiring message.",
        rules: "4.1:expires-absolute-meaning",
        sender: ALICE,
        message: expiring,
    },
    Example {
        name: "attachment",
        what: "An attachment.",
        rules: "4.4:external-part-arity",
        sender: BOB,
        message: attachment,
    },
    Example {
        name: "conferencing",
        what: "A conference.",
        rules: "5.10:session-external",
        sender: ALICE,
        message: conferencing,
    },
    Example {
        name: "multipart-1",
        what: "Two alternatives.",
        rules: "B.1:proprietary-example",
        sender: ALICE,
        message: multipart_1,
    },
    Example {
        name: "multipart-2",
        what: "Three reactions.",
        rules: "B.2:multiple-reactions-example",
        sender: ALICE,
        message: multipart_2,
    },
    Example {
        name: "multipart-3",
        what: "Nested parts.",
        rules: "B.3:nested-example-indices",
        sender: ALICE,
        message: multipart_3,
    },
];

pub(super) fn groups() -> Vec<Group> {
    let case = |example: &Example| {
        let rules = format!("3.1:examples-match-schema {}", example.rules);
        let (name, comment) = (format!("example-{}", example.name), format!("The draft's example: {}", example.what));
        decoded(&name, &comment, "example", &rules, &(example.message)())
    };
    vec![group("the draft's examples", EXAMPLES.iter().map(case))]
}

const ALICE: &str = "mimi://example.com/u/alice-smith";
const BOB: &str = "mimi://example.com/u/bob-jones";
const CATHY: &str = "mimi://example.com/u/cathy-washington";
/// The room of every example.
pub(in crate::vector::families) const ROOM: &str = "mimi://example.com/r/engineering_team";
const GFM: &str = "text/markdown;variant=GFM-MIMI";
const HTML: &str = "text/html;charset=utf-8";
const PLAIN: &str = "text/plain;charset=utf-8";

const ORIGINAL_ID: Halves = (0x017c_e548_3740_4c36_96e0_c747_b985_cb17, 0x2716_d0ed_0a3d_249c_a63a_ce7d_82a0_96f4);
const REPLY_ID: Halves = (0x0153_5497_3c2b_65ca_937b_f1e0_35ae_53a5, 0xab80_e947_afa4_3d46_920d_4202_e5cc_0b27);
const REACTION_ID: Halves = (0x0158_c428_8911_e50a_8f6b_e3f4_7746_b668, 0x2f10_fd91_bc8c_0555_7aa5_89a3_157a_ff68);

/// The two halves of a message id or a hash.
type Halves = (u128, u128);

fn id((upper, lower): Halves) -> Option<Vec<u8>> {
    Some([upper.to_be_bytes(), lower.to_be_bytes()].concat())
}

fn message(salt: u128, sender: &str, body: Part) -> Message {
    let extensions = vec![Extension::new(1, text(sender)), Extension::new(2, text(ROOM))];
    Message { extensions, ..Message::new(salt.to_be_bytes(), body) }
}

fn original() -> Message {
    let text = "Hi everyone, we just shipped release 2.0. __Good  work__!";
    message(0x5eed_9406_c254_5547_ab6f_09f2_0a18_b003, ALICE, Part::single(GFM, text))
}

fn reply() -> Message {
    let body = Part::single(GFM, "Right on! _Congratulations_ 'all!");
    Message { in_reply_to: id(ORIGINAL_ID), ..message(0x11a4_58c7_3b8d_d2cf_404d_b4b3_78b8_fe4d, BOB, body) }
}

fn reaction() -> Message {
    let body = Part::single(PLAIN, "\u{2764}").disposition(2);
    Message { in_reply_to: id(ORIGINAL_ID), ..message(0xd37b_c0e6_a8b4_f04e_9e63_8237_5f58_7bf6, CATHY, body) }
}

fn mention() -> Message {
    let text = "Kudos to [@Alice Smith](mimi://example.com/u/alice-smith) for making the release happen!";
    let salt = 0x04f2_90e2_15d0_f82d_1750_bfa8_b7dc_089d;
    Message { in_reply_to: id(ORIGINAL_ID), ..message(salt, CATHY, Part::single(GFM, text)) }
}

fn mention_html() -> Message {
    let text =
        "<p>Kudos to <a href=\"mimi://example.com/u/alice-smith\">@Alice Smith</a> for making the release happen!</p>";
    let salt = 0x15d9_705f_d5bf_5e02_b0af_47c8_5f8b_98fe;
    Message { in_reply_to: id(ORIGINAL_ID), ..message(salt, CATHY, Part::single(HTML, text)) }
}

fn edit() -> Message {
    let body = Part::single(GFM, "Right on! _Congratulations_ y'all!");
    let message = message(0xb8c2_e6d8_800e_cf45_df39_be6c_45f4_c042, BOB, body);
    Message { replaces: id(REPLY_ID), in_reply_to: id(ORIGINAL_ID), ..message }
}

fn delete() -> Message {
    let message = message(0x0a59_0d73_b2c7_761c_3916_8be5_ebf7_f2e6, BOB, Part::null());
    Message { replaces: id(REPLY_ID), in_reply_to: id(ORIGINAL_ID), ..message }
}

fn unlike() -> Message {
    let message = message(0xc5ba_86dc_9fd2_72e5_8ca5_2ec8_05b7_9199, CATHY, Part::null().disposition(2));
    Message { replaces: id(REACTION_ID), in_reply_to: id(ORIGINAL_ID), ..message }
}

fn expiring() -> Message {
    let text = "__*VPN GOING DOWN*__ I'm rebooting the VPN in ten minutes unless anyone objects.";
    let message = message(0x33be_993e_b39f_418f_9295_afc2_ae16_0d2d, ALICE, Part::single(GFM, text));
    Message { expires: Some(Expiration { relative: false, time: 1_644_390_004 }), ..message }
}

fn attachment() -> Message {
    let hash: Halves = (0x9ab1_7a8c_f089_0baa_ae7e_e016_c731_2fcc, 0x080b_a464_9838_9458_ee44_f027_6e78_3163);
    let nonce = 0xc86c_f2c3_3f21_527d_1dd7_6f5b_u128.to_be_bytes();
    let external = External {
        content_type: "video/mp4".into(),
        url: "https://example.com/storage/8ksB4bSrrRE.mp4".into(),
        size: 708_234_961,
        enc_alg: 1,
        key: 0x2139_9320_958a_6f4c_745d_de67_0d95_e0d8_u128.to_be_bytes().to_vec(),
        nonce: nonce.into_iter().skip(4).collect(),
        hash_alg: 1,
        content_hash: [hash.0.to_be_bytes(), hash.1.to_be_bytes()].concat(),
        description: "2 hours of key signing video".into(),
        filename: "bigfile.mp4".into(),
        ..External::default()
    };
    let body = Part::external(external).disposition(6).language("en");
    message(0x18fa_c637_1e4e_53f1_aeaf_8a01_3155_c166, BOB, body)
}

fn conferencing() -> Message {
    let external = External {
        url: "https://example.com/join/12345".into(),
        description: "Join the Foo 118 conference".into(),
        ..External::default()
    };
    let body = Part::external(external).disposition(7);
    Message { topic_id: b"Foo 118".to_vec(), ..message(0x678a_c6cd_54de_049c_3e96_65cd_2124_70fa, ALICE, body) }
}

fn multipart_1() -> Message {
    let fancy = 0x00dc_861e_baa7_18fd_7c3c_a159_f71a_2001_u128.to_be_bytes();
    let parts = [
        Part::single(GFM, "# Welcome!"),
        Part::single("application/vnd.examplevendor-fancy-im-message", fancy.into_iter().skip(1).collect::<Vec<_>>()),
    ];
    message(0x261c_953e_178a_f653_fe3d_4264_1b91_d814, ALICE, Part::multi(Semantics::ChooseOne, parts))
}

fn multipart_2() -> Message {
    let reactions = ["\u{2764}", "\u{1f973}", "\u{1f91e}"].map(|emoji| Part::single(PLAIN, emoji).disposition(2));
    let body = Part::multi(Semantics::ProcessAll, reactions).disposition(2);
    message(0x8528_dc2d_92e4_f194_4d62_0429_07ab_94d0, ALICE, body)
}

fn multipart_3() -> Message {
    let version = |index: u8, media_type: &str, image: u128| {
        let page = |language: &str, title: &str, alt: &str| {
            let html = format!(
                "<html><body><h1>{title}</h1>\n<img src=\"cid:{index}@local.invalid\" alt=\"{alt}\"/>\n</body></html>"
            );
            Part::single(HTML, html).language(language)
        };
        let pages = [page("en", "Welcome!", "Welcome image"), page("fr", "Bienvenue!", "Image bienvenue")];
        let image = Part::single(media_type, image.to_be_bytes()).disposition(4);
        Part::multi(Semantics::ProcessAll, [Part::multi(Semantics::ChooseOne, pages), image])
    };
    let versions = [
        version(5, "image/gif", 0xdc86_1eba_a718_fd7c_3ca1_59f7_1a20_01a7),
        version(10, "image/png", 0xfa44_4237_451a_05a7_2bb0_f670_37cc_1669),
    ];
    message(0xb836_2793_168d_18c0_49b8_82d4_642a_2274, ALICE, Part::multi(Semantics::ChooseOne, versions))
}
