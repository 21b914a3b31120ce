//! The examples that tell a story and end.

use crate::support::example;

/// What an example prints, once it has ended well.
fn story(name: &str, arguments: &[&str]) -> String {
    let output = example(name).args(arguments).output().expect("it runs");
    let told = String::from_utf8(output.stdout).expect("text");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}{complaints}");
    assert_eq!(complaints, "");
    told
}

/// Each of these stands in a line, in this order.
fn assert_lines(told: &str, wanted: &[&str]) {
    let mut lines = told.lines();
    for line in wanted {
        assert!(lines.any(|told| told.contains(line)), "{line}\n{told}");
    }
}

#[test]
fn blocking() {
    let told = story("blocking", &[]);
    assert_lines(
        &told,
        &["on its way to +90 555 *** ** 42", "kodunuz", "Approved."],
    );
}

/// What the checkout prints whichever provider it has.
const SAME: [&str; 6] = [
    "asks for another, too soon",
    "Refused: too soon",
    "Another code was sent.",
    "mistypes it",
    "Refused: wrong code",
    "Approved.",
];

#[test]
fn swap_providers_paynet() {
    let told = story("swap_providers", &["paynet"]);
    assert_lines(&told, &["[paynet] The session is ours", "A code was sent."]);
    assert_lines(&told, &SAME);
}

#[test]
fn swap_providers_masterpass() {
    let told = story("swap_providers", &["masterpass"]);
    assert_lines(&told, &["opened a session", "sent the first code"]);
    assert_lines(&told, &SAME);
}

#[test]
fn swap_providers_wants_to_be_told_which() {
    let output = example("swap_providers").output().expect("it runs");
    assert!(!output.status.success());
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(complaints.contains("paynet or masterpass"), "{complaints}");
}
