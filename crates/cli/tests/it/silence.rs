//! What a provider wrote goes to the person at the terminal who made the call, or where it was asked for: nowhere else.
//! That no value, error or trace of a library shows it, each provider's conformance test proves.

use onay_testkit::{Behaviour, SocketServer};
use serde_json::{Value, json};

use crate::support::{SEND, Variables, paynet, paytr, paywall, rows, run};

/// A customer's name, card and identity number, which no request held, as providers quote them.
const NEVER_SENT: [&str; 3] = ["Kanarya Örnek", "4111 1111 1111 1111", "10000000146"];

/// The answers of each provider, with `@` in every field that it fills as it likes: the commands that get them, and what
/// each exits with.
const ANSWERS: &str = r#"
    otp send => 6 => {"code":"@","message":"@","type":"@","otp_expire":"@"}
    otp send => 3 => {"code":"4111111111111111","message":"@"}
    otp send => 0 => {"code":0,"message":"@","otp_expire":"@"}
    otp verify => 6 => {"code":100,"result_code":"@","message":"@"}
    masterpass session => 0 => {"Result":true,"ErrorCode":0,"Message":"@","Body":{"SessionId":"s-1","SessionExpiryDate":"@"}}
    masterpass session => 3 => {"Result":false,"ErrorCode":"@","ErrorMessage":"@","Message":"@"}
    masterpass link => 0 => {"Result":true,"Message":"@","Body":{"Masterpass":{"Result":{"ResponseCode":"5001","Token":"t-2","Description":"@","CardIssuerName":"@","MaskedPan":"@","CardUniqueNumber":"@","RetrievalReferenceNumber":"@"},"StatusCode":200}}}
    masterpass resend => 6 => {"Result":true,"Message":"@","Body":{"Masterpass":{"Result":null,"Exception":{"Code":"@","Level":"@","Message":"@"},"StatusCode":400}}}
    masterpass verify => 6 => {"Result":true,"Body":{"Masterpass":{"Result":{"ResponseCode":"@","Description":"@"},"StatusCode":200}}}
    link create => 3 => {"status":"error","err_no":"@","err_msg":"@","reason":"@"}
    link sms => 3 => {"status":"failed","reason":"@","err_msg":"@"}
"#;

fn line(command: &str) -> String {
    let more = match command {
        "otp send" => "--to 05550000042 --session s-1",
        "otp verify" => "--to 05550000042 --session s-1 --code AB12CD",
        "masterpass session" => "--reference r --user u --to 05550000042",
        "masterpass link" => "--session s-1",
        "masterpass resend" => "--session s-1 --token t-1",
        "masterpass verify" => "--session s-1 --token t-1 --code 123456",
        "link create" => "--name Çiçek --price 14.45 --product",
        _ => "--id A --to 05550000042",
    };
    format!("{command} {more}")
}

fn environment<'a>(command: &str, base: &'a str) -> Variables<'a> {
    match command.split(' ').next() {
        Some("otp") => paynet(base),
        Some("masterpass") => paywall(base),
        _ => paytr(base),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pipe_gets_nothing_of_it_unless_it_is_asked_for() {
    let quoting = json!(NEVER_SENT.join("; ")).to_string();
    for [command, code, answer] in rows(ANSWERS) {
        let code: i32 = code.parse().expect("a number");
        let answer = answer.replace("\"@\"", &quoting);
        let server = SocketServer::start(Behaviour::json(&answer)).await;
        let url = server.url();
        let mut environment = environment(command, &url);
        environment.push(("RUST_LOG", "trace"));
        for more in ["--lang en", "--lang tr", "--json"] {
            let said = run(&format!("{} {more}", line(command)), &environment);
            assert_eq!(said.code, code, "{command} {more} {answer}: {said:?}");
            assert!(said.stderr.contains("onay.call"), "traced: {said:?}");
            let printed = said.printed();
            // Nor what was sent: keys and the number.
            for part in NEVER_SENT.iter().chain(&["canary", "5550000042"]) {
                assert!(!printed.contains(part), "{command} {more}: {printed}");
            }
            if code == 0 {
                continue;
            }
            if more == "--json" {
                let last = said.stderr.lines().last().expect("a line");
                let error: Value = serde_json::from_str(last).expect("the error comes last");
                assert!(error["error"]["kind"].is_string());
            }
            let asked = format!("{} {more} --show-provider-text", line(command));
            let shown = run(&asked, &environment).printed();
            assert!(
                NEVER_SENT.iter().any(|part| shown.contains(part)),
                "{shown}"
            );
        }
    }
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_a_terminal_it_is_shown_escaped() {
    let text = "Sayın Kanarya Örnek \u{1b}[2J\u{202e}";
    let answer = json!({ "code": "A-17", "message": text }).to_string();
    let server = SocketServer::start(Behaviour::json(&answer)).await;
    let url = server.url();
    for (language, said) in [("en", "the provider wrote: "), ("tr", "sağlayıcı")] {
        let send = format!("{SEND} --lang {language}");
        let screen = at_a_terminal(&send, &paynet(&url));
        assert!(screen.contains(said), "{screen}");
        assert!(
            screen.contains(r"Sayın Kanarya Örnek \u{1b}[2J\u{202e}"),
            "{screen}"
        );
        for raw in ["\u{1b}[2J", "\u{202e}", "\u{7}"] {
            assert!(!screen.contains(raw), "{screen:?}");
        }
        let json = at_a_terminal(&format!("{send} --json"), &paynet(&url));
        assert!(!json.contains("Kanarya"), "a document may be kept: {json}");
    }
}

/// What a person sees who runs it at a terminal.
#[cfg(unix)]
fn at_a_terminal(line: &str, environment: &[(&str, &str)]) -> String {
    use std::fs::{File, OpenOptions};
    use std::io::Read;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&master).expect("ours");
    unlockpt(&master).expect("unlocked");
    let name = ptsname(&master, Vec::new()).expect("a name");
    let screen = name.to_str().expect("a path");
    let screen = || OpenOptions::new().read(true).write(true).open(screen);
    let mut command = crate::support::onay(line, environment);
    let child = command
        .stdin(screen().expect("opened"))
        .stdout(screen().expect("opened"))
        .stderr(screen().expect("opened"))
        .spawn();
    // It holds the terminal open.
    drop(command);
    let mut seen = Vec::new();
    // Once the program has ended, Linux says that the terminal is gone.
    let _ = File::from(master).read_to_end(&mut seen);
    assert!(
        child
            .expect("started")
            .wait()
            .expect("ended")
            .code()
            .is_some()
    );
    String::from_utf8(seen).expect("UTF-8")
}
