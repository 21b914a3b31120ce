//! What is dropped is gone: the process reads its own memory where a value stood.

#![cfg(target_os = "linux")]
#![expect(clippy::expect_used, reason = "tests fail by panicking")]

use std::fs::File;
use std::os::unix::fs::FileExt;

use onay_core::{OtpChallenge, OtpCode, OtpToken, Secret, SessionId};

/// The allocator writes into the beginning of what was freed.
const ALLOCATORS: usize = 32;
/// The longest code.
const LENGTH: usize = 64;

/// What stands where the text of a value stood, after the value was dropped.
fn after_drop<T>(value: T, text: impl Fn(&T) -> &str) -> Vec<u8> {
    // Nothing is allocated between the drop and the reading.
    let memory = File::open("/proc/self/mem").expect("this process");
    let mut found = vec![1; LENGTH - ALLOCATORS];
    assert_eq!(text(&value), letters());
    let place = text(&value).as_ptr() as usize + ALLOCATORS;
    drop(value);
    memory
        .read_exact_at(&mut found, place as u64)
        .expect("memory");
    found
}

fn letters() -> String {
    "k".repeat(LENGTH)
}

fn token_of(challenge: &OtpChallenge) -> &str {
    challenge.token().map_or("", OtpToken::expose)
}

#[test]
fn every_secret_word_is_wiped() {
    let wiped = vec![0; LENGTH - ALLOCATORS];
    let text = letters();
    let secret = Secret::new(text.as_str());
    assert_eq!(after_drop(secret, Secret::expose), wiped);
    // A text that is taken over, spare room and all.
    let mut roomy = String::with_capacity(LENGTH * 2);
    roomy.push_str(&text);
    assert_eq!(after_drop(Secret::new(roomy), Secret::expose), wiped);
    let code = OtpCode::parse(&text).expect("a code");
    assert_eq!(after_drop(code, OtpCode::expose), wiped);
    let token = OtpToken::parse(&text).expect("a token");
    assert_eq!(after_drop(token.clone(), OtpToken::expose), wiped);
    let session = SessionId::parse(&text).expect("a session");
    assert_eq!(after_drop(session.clone(), SessionId::expose), wiped);
    let challenge = OtpChallenge::new(session.clone()).with_token(token.clone());
    assert_eq!(after_drop(challenge, |kept| kept.session().expose()), wiped);
    let challenge = OtpChallenge::new(session).with_token(token);
    assert_eq!(after_drop(challenge, token_of), wiped);
}

#[test]
fn a_plain_text_is_still_there() {
    let found = after_drop(letters(), String::as_str);
    assert_eq!(found, letters().as_bytes().get(ALLOCATORS..).expect("long"));
}
