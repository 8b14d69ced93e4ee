use super::scene::Scene;
use crate::reason::delivery as reason;
use crate::vector::forge::traffic::key_package;
use crate::vector::{Case, Level};
use serde_json::json;

const MATCHES: &str = "4.1:key-package-matches";
const TOKEN: &str = "4.1:bearer-token";
const ONCE: &str = "rfc9420:10:key-package-once";
const NONE: &[crate::reason::Reason] = &[reason::NO_SUCH_KEY_PACKAGE];
const ANN: (&str, &str) = ("ann", "token of ann");

fn hub(name: &str, comment: &str, rules: &str) -> Scene {
    Scene::empty(name, comment, "key-package", rules, json!({}))
}

pub(super) fn cases() -> Vec<Case> {
    let [one, two, last] = ["one", "two", "last"].map(|name| key_package(1, name.as_bytes()));
    let p256 = key_package(2, b"p256");
    let stored = |name: &str, comment: &str, rules: &str| {
        hub(name, comment, rules).upload(ANN.0, ANN.1, std::slice::from_ref(&one), None)
    };
    let ours = |scene: Scene, octets: &[u8]| scene.take(ANN.0, ANN.1, 1, octets);
    let once = |name: &str, comment: &str| stored(name, comment, ONCE);
    let all = [one.clone(), p256.clone()];
    vec![
        ours(stored("key-package", "What was uploaded, as it is.", MATCHES), &one).end(),
        ours(
            stored("key-package-wrong-token", "Only with the token; the refusal costs nothing.", TOKEN).take_refused(
                (ANN.0, "token of bob"),
                1,
                1,
                NONE,
            ),
            &one,
        )
        .end(),
        ours(
            stored("key-package-empty-token", "No token is no token.", TOKEN).take_refused((ANN.0, ""), 1, 1, NONE),
            &one,
        )
        .end(),
        ours(
            stored("key-package-token-prefix", "Half a token is none.", TOKEN)
                .take_refused((ANN.0, "token of an"), 1, 1, NONE)
                .take_refused((ANN.0, "token of anna"), 1, 1, NONE),
            &one,
        )
        .end(),
        stored("key-package-unknown-user", "A user who is not here.", MATCHES)
            .take_refused(("bob", ANN.1), 1, 1, NONE)
            .end(),
        ours(
            stored("key-package-other-suite", "The cipher suite must match.", MATCHES).take_refused(ANN, 1, 2, NONE),
            &one,
        )
        .end(),
        ours(
            stored("key-package-other-version", "The version must match.", MATCHES).take_refused(ANN, 2, 1, NONE),
            &one,
        )
        .end(),
        hub("key-package-by-suite", "Of two, the one of the suite asked for.", MATCHES)
            .upload(ANN.0, ANN.1, &all, None)
            .take(ANN.0, ANN.1, 2, &p256)
            .take(ANN.0, ANN.1, 1, &one)
            .end(),
        hub("key-package-users-apart", "Users with the same token have their own.", MATCHES)
            .upload("ann", "shared", std::slice::from_ref(&one), None)
            .upload("bob", "shared", std::slice::from_ref(&two), None)
            .take("bob", "shared", 1, &two)
            .take("ann", "shared", 1, &one)
            .end(),
        ours(once("key-package-once", "Nobody gets it after somebody else."), &one)
            .take_refused(ANN, 1, 1, NONE)
            .end()
            .level(Level::Should),
        ours(
            ours(once("key-package-more", "An upload adds to what is left."), &one).upload(
                ANN.0,
                ANN.1,
                std::slice::from_ref(&two),
                None,
            ),
            &two,
        )
        .end()
        .level(Level::Should),
        ours(
            ours(
                ours(
                    hub("key-package-last-resort", "The one of last resort comes last, and again.", ONCE).upload(
                        ANN.0,
                        ANN.1,
                        std::slice::from_ref(&one),
                        Some(&last),
                    ),
                    &one,
                ),
                &last,
            ),
            &last,
        )
        .end()
        .level(Level::Should),
        ours(
            ours(
                hub("key-package-last-resort-not-first", "It is spared while there are others.", ONCE)
                    .upload(ANN.0, ANN.1, &[], Some(&last))
                    .upload(ANN.0, ANN.1, std::slice::from_ref(&one), None),
                &one,
            ),
            &last,
        )
        .end()
        .level(Level::Should),
        hub("key-package-last-resort-by-suite", "It must match as well.", MATCHES)
            .upload(ANN.0, ANN.1, &[], Some(&p256))
            .take_refused(ANN, 1, 1, NONE)
            .take(ANN.0, ANN.1, 2, &p256)
            .end(),
        hub("key-package-one-a-request", "A request costs one KeyPackage and no more.", ONCE)
            .upload(ANN.0, ANN.1, &[one.clone(), two.clone()], None)
            .take_any(ANN, 1, &[&one, &two])
            .take_any(ANN, 1, &[&one, &two])
            .take_refused(ANN, 1, 1, NONE)
            .end()
            .level(Level::Should),
        ours(
            stored("key-package-user-exact", "A user is found by its identifier, octet by octet.", "4.1:user-id")
                .take_refused(("Ann", ANN.1), 1, 1, NONE)
                .take_refused(("ann ", ANN.1), 1, 1, NONE)
                .take_refused(("an", ANN.1), 1, 1, NONE)
                .take_refused(("", ANN.1), 1, 1, NONE),
            &one,
        )
        .end(),
    ]
}
