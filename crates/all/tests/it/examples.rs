//! The examples, run as a reader runs them, and the README's program, which is one of them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use onay_sandbox::Sandbox;

/// An example that was built along with this test.
pub(crate) fn example(name: &str) -> Command {
    let test = std::env::current_exe().expect("a path");
    let profile = test.ancestors().nth(2).expect("target/PROFILE/deps/TEST");
    let mut path: PathBuf = profile.join("examples").join(name);
    path.set_extension(std::env::consts::EXE_EXTENSION);
    assert!(
        path.exists(),
        "{name} is not built; `--test it` alone builds no examples: cargo build -p onay --features full --examples"
    );
    Command::new(path)
}

#[test]
fn the_readmes_show_the_example() {
    let (_, program) = include_str!("../../examples/readme.rs")
        .split_once("\n\n")
        .expect("a first line and a program");
    // The English one stands outside of this package, so they are read when the test runs.
    for readme in ["../../README.md", "README.tr.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(readme);
        let text = std::fs::read_to_string(path).expect(readme);
        let shown = text.contains(&format!("```rust,no_run\n{program}```"));
        assert!(shown, "{readme}");
    }
}

/// What the README's program prints and how it ends, when this is typed in place of the code.
async fn readme(typed: impl FnOnce(String) -> String) -> (String, Option<i32>) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let mut child = example("readme")
        .env("PAYNET_ENV", "sandbox")
        .env("PAYNET_SECRET_KEY", "sck_test_demo")
        .env("PAYNET_BASE_URL", sandbox.paynet_url())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let message = sandbox
        .wait_for_message("0555 000 00 42", Duration::from_secs(20))
        .await
        .expect("a message");
    let typed = typed(message.otp().expect("a code").to_owned());
    let mut stdin = child.stdin.take().expect("stdin");
    stdin.write_all(typed.as_bytes()).expect("typed");
    drop(stdin);
    let output = tokio::task::spawn_blocking(|| child.wait_with_output())
        .await
        .expect("joined")
        .expect("ended");
    let told = String::from_utf8(output.stdout).expect("text");
    let last = told.lines().last().unwrap_or_default().to_owned();
    (last, output.status.code())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_readmes_program_ends_as_the_customer_answered() {
    let approved = readme(|code| format!("{code}\n")).await;
    assert_eq!(approved, ("approved".to_owned(), Some(0)));
    let wrong = readme(|_| "ZZZ9\n".to_owned()).await;
    assert_eq!(wrong, ("please try again".to_owned(), Some(1)));
    let (_, nothing) = readme(|_| String::new()).await;
    assert_eq!(nothing, Some(1));
}

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
fn swap_providers() {
    for (name, begins) in [
        ("paynet", "[paynet] The session is ours"),
        ("masterpass", "opened a session"),
    ] {
        let told = story("swap_providers", &[name]);
        assert_lines(&told, &[begins, "A code was sent."]);
        assert_lines(&told, &SAME);
    }
}

#[test]
fn swap_providers_wants_to_be_told_which() {
    let output = example("swap_providers").output().expect("it runs");
    assert!(!output.status.success());
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(complaints.contains("paynet or masterpass"), "{complaints}");
}
