//! What the README and the guides promise.

use std::io::Write;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use onay::{Delivery, ErrorKind};
use onay_sandbox::Sandbox;

use crate::support::example;

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_readmes_program_sends_and_verifies() {
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
    let code = format!("{}\n", message.otp().expect("a code"));
    let mut stdin = child.stdin.take().expect("stdin");
    stdin.write_all(code.as_bytes()).expect("typed");
    drop(stdin);
    let output = tokio::task::spawn_blocking(|| child.wait_with_output())
        .await
        .expect("joined")
        .expect("ended");
    assert!(output.status.success());
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("approved\n"));
}

#[test]
fn the_guide_to_errors_has_a_row_for_each_kind() {
    let guide = include_str!("../../src/guide/errors.md");
    for kind in ErrorKind::ALL {
        let row = format!("| `{kind:?}` | `{:?}` |", kind.usual_delivery());
        assert_eq!(guide.matches(&row).count(), 1, "{row}");
    }
    for delivery in [Delivery::NotSent, Delivery::MaybeSent, Delivery::Refused] {
        assert!(
            guide.contains(&format!("| [`{delivery:?}`](")),
            "{delivery:?}"
        );
    }
}
