//! A published PayTR client for Node, unchanged, against the sandbox.

use std::path::{Path, PathBuf};
use std::process::Command;

use onay_sandbox::Sandbox;
use serde_json::Value;

/// The folder with the client installed; `None`, said loudly, where npm is missing.
#[expect(clippy::print_stderr, reason = "a skipped test says so loudly")]
fn installed() -> Option<PathBuf> {
    let npm = Command::new("npm").arg("--version").output();
    if npm.is_ok_and(|output| output.status.success()) {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/npm");
        let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join("npm");
        std::fs::create_dir_all(&to).expect("a folder");
        for file in ["package.json", "package-lock.json", "client.js"] {
            std::fs::copy(from.join(file), to.join(file)).expect("copied");
        }
        let install = Command::new("npm")
            .args([
                "ci",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--silent",
            ])
            .current_dir(&to)
            .status();
        assert!(
            install.expect("npm runs").success(),
            "npm could not install the client"
        );
        return Some(to);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "npm is missing, and CI must not skip this"
    );
    eprintln!("SKIPPED: npm is not installed, so no published client is tried against the sandbox");
    None
}

/// What came of each call of the client.
async fn run(folder: PathBuf, base: String, salt: &'static str, known: String) -> Value {
    let output = tokio::task::spawn_blocking(move || {
        Command::new("node")
            .args(["client.js", &base, salt, &known])
            .current_dir(folder)
            .output()
    });
    let output = output.await.expect("ran").expect("node runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_works_with_the_right_salt_and_is_refused_with_a_wrong_one() {
    let Some(folder) = installed() else {
        return;
    };
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let base = sandbox.paytr_url();
    let good = run(
        folder.clone(),
        base.clone(),
        "sandbox-merchant-salt",
        String::new(),
    )
    .await;
    for call in ["create", "sms", "email", "remove"] {
        assert_eq!(good[call]["ok"]["status"], "success", "{call}: {good}");
    }
    let id = good["create"]["ok"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let channels: Vec<String> = sandbox
        .messages()
        .iter()
        .map(|m| m.channel().to_string())
        .collect();
    assert_eq!(channels, ["email", "sms"]);
    assert!(
        sandbox.messages()[0]
            .link()
            .is_some_and(|link| link.ends_with(&id))
    );

    let bad = run(folder, base, "another-salt", id).await;
    for call in ["create", "sms", "email", "remove"] {
        let message = bad[call]["error"].as_str().expect(call);
        assert!(message.contains("paytr_token"), "{call}: {message}");
    }
    assert_eq!(sandbox.messages().len(), 2, "nothing more went out");
}
