//! Traces say what was decided, and hold nothing personal.

use std::time::Duration;

use onay_core::{ErrorKind, OtpSender};
use onay_guard::MemoryStore;
use onay_testkit::TraceCapture;

use crate::support::{Fate, Provider, builder, challenge, gone, seconds};

#[tokio::test]
async fn each_decision_is_one_event_with_its_scope() {
    let capture = TraceCapture::start();
    let guarded = builder(Provider::default(), MemoryStore::new())
        .limit(1, seconds(24 * 3600))
        .minimum_wait(Duration::from_millis(1))
        .build()
        .expect("a guard");
    let challenge = challenge("canary-session", "0555 000 00 42").for_caller("canary-caller");
    guarded.send_otp(&challenge).await.expect("sent");
    let away = builder(Provider::default(), gone(Fate::Unavailable));
    let away = away.build().expect("a guard");
    away.send_otp(&challenge).await.expect_err("refused");
    while guarded.send_otp(&challenge).await.expect_err("held").kind() == ErrorKind::TooSoon {
        tokio::task::yield_now().await;
    }
    let text = capture.text();
    for outcome in ["allowed", "limit", "store_failed"] {
        assert!(text.contains(&format!("outcome=\"{outcome}\"")), "{text}");
    }
    assert!(text.contains("scope=\"tests\""), "{text}");
    let debug = format!("{guarded:?}");
    for setting in ["scope: \"tests\"", "minimum_wait: 1ms"] {
        assert!(debug.contains(setting), "{debug}");
    }
    let shown = format!("{text}{debug}");
    for secret in ["canary", "5550000042", "a secret of the tests"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[cfg(feature = "redis")]
mod redis {
    use super::*;
    use crate::redis_server::any_redis;
    use onay_guard::RedisStore;
    use onay_testkit::printed;

    #[tokio::test]
    async fn a_store_that_may_no_longer_ask_names_no_user_and_says_that_it_is_the_store() {
        let Some(server) = any_redis() else { return };
        let all = ["on", ">canary", "~*", "+@all"];
        server.ask(&[&["acl", "setuser", "canary-user"], &all[..]].concat());
        let url = format!("redis://canary-user:canary@{}", server.host());
        let store = RedisStore::builder(url).connect().await.expect("a store");
        let guarded = builder(Provider::default(), store);
        let guarded = guarded.build().expect("a guard");
        server.ask(&["acl", "setuser", "canary-user", "-@all"]);
        let capture = TraceCapture::start();
        let refused = guarded.send_otp(&challenge("a", "0555 000 00 42")).await;
        let error = refused.expect_err("refused");
        assert_eq!(error.kind(), ErrorKind::Unreachable);
        assert_eq!(error.provider(), None);
        let said = format!("{}{}", printed(&error), capture.text());
        for part in ["the guard's store", "scope=\"tests\"", "NOPERM"] {
            assert!(said.contains(part), "{said}");
        }
        assert!(!said.contains("canary"), "{said}");
    }
}
