//! What the flags of this family mean.

use crate::vector::families::build::NoteRow;

const AEAD: &str = "RFC 5116";

pub(super) const NOTES: &[NoteRow] = &[
    (
        "aead",
        "Decryption fails for what was rightly encrypted: tag expected elsewhere, empty content, additional data.",
        "Attachments of other implementations cannot be opened.",
        "4.5:aes-128-gcm",
        &[AEAD],
    ),
    (
        "authentication",
        "The tag or the additional data is not checked.",
        "Whoever stores the content changes it unnoticed.",
        "4.5:key-nonce-aad-match",
        &[AEAD],
    ),
    (
        "key-and-nonce-length",
        "The algorithm follows the length of the key, a key is cut, or GCM takes any nonce.",
        "Another algorithm than announced is in use, with other bounds of security.",
        "4.5:key-nonce-aad-match",
        &["RFC 5116 section 5.1"],
    ),
    (
        "unencrypted",
        "Content that is not encrypted is run through a cipher, or leftover keys are not noticed.",
        "Private content is uploaded in the clear unnoticed.",
        "4.5:enc-alg-zero",
        &[],
    ),
    (
        "aead-number",
        "An unknown algorithm number is cut to fewer bits, or taken for none.",
        "Ciphertext is shown as content.",
        "4.5:unknown-aead",
        &["IANA AEAD algorithms"],
    ),
    (
        "content-hash",
        "The hash is not checked, is checked by prefix, or covers other octets.",
        "Whoever stores the content replaces it unnoticed.",
        "4.5:content-hash-checked",
        &["RFC 6920"],
    ),
    (
        "hash-algorithm",
        "Every hash is taken for SHA-256, or an unknown algorithm for a hash that fits.",
        "Honest content is refused, or unchecked content is shown.",
        "4.5:content-hash-checked",
        &["IANA named information hash algorithms"],
    ),
    (
        "size",
        "Zero is taken for an empty content, or the size is not held against what was fetched.",
        "Honest content is refused, or memory is filled.",
        "4.5:size-zero-unknown",
        &[],
    ),
    (
        "external-expiry",
        "Zero is taken for the year 1970, seconds for milliseconds, or expiry is not looked at.",
        "Valid content is not fetched, or what replaced it at its URL is.",
        "4.5:expired-content",
        &[],
    ),
    (
        "which-part",
        "Parts are counted from one, in another order, or without groups.",
        "Another part is fetched than the one referred to.",
        "4.4:part-index-depth-first",
        &["appendix B.3"],
    ),
    (
        "url-scheme",
        "Content from a URL that is neither http nor https is treated otherwise.",
        "Content is lost, or fetched in ways that nobody expects.",
        "7.1:other-url-schemes",
        &[],
    ),
];
