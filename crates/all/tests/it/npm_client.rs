//! A published PayTR client for Node, unchanged, against the sandbox.

use std::path::PathBuf;
use std::process::Command;

use onay_sandbox::Sandbox;
use serde_json::Value;

use crate::npm;

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
    let Some(folder) = npm::installed("paytr", &["client.js"]) else {
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
