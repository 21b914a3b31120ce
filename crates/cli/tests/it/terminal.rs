//! What a provider, a sandbox, a file name or the environment says reaches no terminal raw, and no
//! shell unquoted.

use onay_testkit::{Behaviour, SocketServer};

use crate::support::{KEY, Run, paytr, paywall, run};

/// Sets a window's title, clears the screen, turns the writing around, hides.
const EVIL: &str = r"\u001b]0;x\u0007\u001b[2J\u009b2J\u202e\u200b";

/// The styles of `onay` itself are escapes too, but none of these.
fn assert_harmless(run: &Run) {
    let printed = run.printed();
    for raw in [
        "\u{1b}]",
        "\u{1b}[2J",
        "\u{7}",
        "\u{9b}",
        "\u{202e}",
        "\u{200b}",
    ] {
        assert!(!printed.contains(raw), "{raw:?} in {printed:?}");
    }
}

/// Harmless, and told all the same.
fn assert_shown(run: &Run) {
    assert_harmless(run);
    let printed = run.printed();
    assert!(printed.contains(r"\u{1b}["), "shown, not lost: {printed}");
    assert!(printed.contains(r"\u{202e}"), "shown, not lost: {printed}");
}

fn with_colors(line: &str, environment: &[(&str, &str)]) -> Run {
    run(&format!("--color always {line}"), environment)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_address_of_a_link() {
    let yes =
        format!(r#"{{"status":"success","id":"NB2Zlz3","link":"https://example.com/{EVIL}"}}"#);
    let server = SocketServer::start(Behaviour::json(&yes)).await;
    let base = server.url();
    let create = "link create --name Çiçek --price 14.45 --product";
    let created = with_colors(create, &paytr(&base));
    assert_eq!(created.code, 0, "{created:?}");
    assert_harmless(&created);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_to_go_on_with_can_be_pasted() {
    let answer = r#"{"Result":true,"Body":{"Session":{"SessionRenewed":true,"SessionId":"s2;touch$IFS/x"},
        "Masterpass":{"Result":{"ResponseCode":"5001","Token":"t2;$(id)'`id`"},"StatusCode":200}}}"#;
    let server = SocketServer::start(Behaviour::json(answer)).await;
    let base = server.url();
    let verify = "masterpass verify --session s-1 --token t-1 --code 424242";
    let said = with_colors(verify, &paywall(&base));
    let printed = said.printed();
    let arguments = r"--session 's2;touch$IFS/x' --token 't2;$(id)'\''`id`'";
    assert!(printed.contains(arguments), "{printed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sandbox() {
    let message = format!(
        r#"{{"id":"{EVIL}","provider":"{EVIL}","to":"{EVIL}","created_at":"{EVIL}","tenant":"{EVIL}",
            "text":"{EVIL}","otp":"{EVIL}","operation":"{EVIL}","outcome":"{EVIL}","doctor":"{EVIL}",
            "chance":"{EVIL}","fault":{{"kind":"{EVIL}","{EVIL}":"{EVIL}"}},"now":"{EVIL}"}}"#
    );
    let lists = format!(
        r#"{{"messages":[{message}],"calls":[{message}],"rules":[{message}],"now":"{EVIL}"}}"#
    );
    let refused = format!(r#"{{"error":{{"message":"{EVIL}"}}}}"#);
    for (line, answer) in [
        ("sandbox messages", Behaviour::json(&lists)),
        ("sandbox journal", Behaviour::json(&lists)),
        ("sandbox fault list", Behaviour::json(&lists)),
        ("sandbox clock", Behaviour::json(&lists)),
        ("sandbox wait", Behaviour::json(&message)),
        ("sandbox wait --otp", Behaviour::json(&message)),
        (
            "sandbox messages",
            Behaviour::answer(400, "application/json", &refused),
        ),
        (
            "sandbox messages",
            Behaviour::answer(500, "application/json", &refused),
        ),
    ] {
        let server = SocketServer::start(answer).await;
        let base = server.url();
        let said = with_colors(line, &[("ONAY_SANDBOX_URL", &base)]);
        assert_shown(&said);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_without_end_is_no_sandboxs() {
    let server = SocketServer::start(Behaviour::Endless).await;
    let base = server.url();
    let said = with_colors("sandbox journal", &[("ONAY_SANDBOX_URL", &base)]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.stderr.contains("its response is too long"), "{said:?}");
}

#[cfg(unix)]
#[test]
fn names_of_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = "\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}2J\u{202e}\u{200b}";
    let file = folder.path().join(name);
    let file = file.to_str().expect("a name");

    let missing = format!("sandbox serve --paytr-merchant {file}");
    let missing = with_colors(&missing, &[]);
    assert_eq!(missing.code, 2);
    assert_shown(&missing);

    std::fs::write(file, KEY).expect("written");
    let environment = [("PAYNET_ENV", "test"), ("PAYNET_SECRET_KEY_FILE", file)];
    assert_shown(&with_colors("doctor", &environment));
    assert_shown(&with_colors(&format!("man --into {file}"), &[]));
}
