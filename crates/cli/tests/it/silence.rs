//! What a provider wrote goes to the person at the terminal who made the call, or where it was asked for: nowhere else.

use std::error::Error as _;
use std::fmt::Debug;

use onay::http::BaseUrl;
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink, ProductLink};
use onay::paywall_masterpass::{
    Keys, OpenSession, OtpPurpose, PaywallMasterpass, ReferenceCode, UserId,
};
use onay::{
    Error, LinkNotice, LinkNotifier, OtpChallenge, OtpCode, OtpSender, OtpToken, OtpVerifier,
    PhoneNumber, SessionId,
};
use onay_testkit::{Behaviour, SocketServer, TraceCapture, printed};
use serde_json::{Value, json};

use crate::support::{SEND, Variables, paynet, paytr, paywall, rows, run};

/// A customer's name, card and identity number, which no request held.
const NEVER_SENT: [&str; 3] = ["Kanarya Örnek", "4111 1111 1111 1111", "10000000146"];

/// Each of them plain, parted by tags, quoted-printable and spaced.
fn quoting() -> String {
    let each = |text: &str, write: fn(char) -> String| text.chars().map(write).collect::<String>();
    let spellings = NEVER_SENT.map(|text| {
        let tagged = each(text, |c| format!("<b>{c}</b>"));
        let bytes = text.bytes().map(|byte| format!("={byte:02X}"));
        let spaced = each(text, |c| format!("{c} "));
        format!("{text}; {tagged}; {}; {spaced}", bytes.collect::<String>())
    });
    spellings.join("; ")
}

/// The text without tags, blanks and signs, quoted-printable decoded.
fn bare(text: &str) -> String {
    let text = text.replace("<b>", "").replace("</b>", "");
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let hex = part.get(..2);
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        bytes.extend(byte);
        bytes.extend(part.bytes().skip(if byte.is_some() { 2 } else { 0 }));
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How often each of them is in a text, in whichever spelling.
fn found(text: &str) -> [usize; 3] {
    let text = bare(text);
    NEVER_SENT.map(|one| text.matches(&bare(one)).count())
}

/// The answers of each provider, with `@` in every field that it fills as it likes: the commands that get them, and what
/// each exits with.
const ANSWERS: &str = r#"
    otp send => 6 => {"code":"@","message":"@","type":"@","otp_expire":"@"}
    otp send => 4 => {"code":7,"message":"@","type":"@","otp_expire":"@"}
    otp send => 3 => {"code":"4111111111111111","message":"@"}
    otp send => 0 => {"code":0,"message":"@","otp_expire":"@"}
    otp verify => 6 => {"code":100,"result_code":"@","message":"@"}
    masterpass session => 0 => {"Result":true,"ErrorCode":0,"Message":"@","Body":{"SessionId":"s-1","SessionExpiryDate":"@"}}
    masterpass session => 3 => {"Result":false,"ErrorCode":"@","ErrorMessage":"@","Message":"@"}
    masterpass link => 0 => {"Result":true,"Message":"@","Body":{"Masterpass":{"Result":{"ResponseCode":"5001","Token":"t-2","Description":"@","CardIssuerName":"@","MaskedPan":"@","CardUniqueNumber":"@","RetrievalReferenceNumber":"@"},"StatusCode":200}}}
    masterpass resend => 6 => {"Result":true,"Message":"@","Body":{"Masterpass":{"Result":null,"Exception":{"Code":"@","Level":"@","Message":"@"},"StatusCode":400}}}
    masterpass verify => 6 => {"Result":true,"Body":{"Masterpass":{"Result":{"ResponseCode":"@","Description":"@"},"StatusCode":200}}}
    link create => 3 => {"status":"error","err_no":"@","err_msg":"@","reason":"@"}
    link create => 6 => {"status":"@","err_msg":"@","reason":"@"}
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

/// The server of an answer, its `@` filled in.
async fn answering(answer: &str) -> SocketServer {
    let quoted = json!(quoting()).to_string();
    let answer = answer.replace("\"@\"", &quoted);
    SocketServer::start(Behaviour::answer(200, "application/json", &answer)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pipe_gets_nothing_of_it_unless_it_is_asked_for() {
    assert_eq!(found(&quoting()), [4; 3], "every spelling is found");
    for [command, code, answer] in rows(ANSWERS) {
        let code: i32 = code.parse().expect("a number");
        let server = answering(answer).await;
        let url = server.url();
        let mut environment = environment(command, &url);
        environment.push(("RUST_LOG", "trace"));
        for more in [
            "--lang en",
            "--lang tr",
            "--lang en --json",
            "--lang tr --json",
        ] {
            let said = run(&format!("{} {more}", line(command)), &environment);
            assert_eq!(said.code, code, "{command} {more} {answer}: {said:?}");
            assert!(said.stderr.contains("onay.call"), "traced: {said:?}");
            let printed = said.printed();
            assert_eq!(found(&printed), [0; 3], "{command} {more}: {printed}");
            // Nor what was sent: keys and the number.
            for part in [
                "<b>",
                "=34=31",
                "4 1 1 1",
                "Kanarya",
                "canary",
                "5550000042",
            ] {
                assert!(
                    !printed.contains(part),
                    "{command} {more}: {part} in {printed}"
                );
            }
            if code != 0 && more.ends_with("--json") {
                let last = said.stderr.lines().last().expect("a line");
                let error: Value = serde_json::from_str(last).expect("the error comes last");
                assert!(error["error"]["kind"].is_string());
            }
            if code != 0 {
                let asked = format!("{} {more} --show-provider-text", line(command));
                let shown = run(&asked, &environment).printed();
                assert!(found(&shown).iter().all(|count| *count >= 4), "{shown}");
            }
        }
    }
}

/// What a program prints of a call, whichever way it ended.
async fn library(command: &str, base: &str) -> Result<String, Error> {
    fn shown(value: impl Debug) -> String {
        format!("{value:?} {value:#?}")
    }
    let base: BaseUrl = base.parse()?;
    let phone = PhoneNumber::parse("05550000042")?;
    let session = SessionId::parse("s-1")?;
    let code = OtpCode::parse("AB12CD")?;
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_demo")?)
        .base_url(base.clone())
        .build()?;
    let paywall = PaywallMasterpass::builder()
        .keys(Keys::parse("test-key", "test-client")?)
        .base_url(base.clone())
        .build()?;
    let paytr = PaytrLink::builder()
        .credentials(Credentials::parse("123456", "test-key", "test-salt")?)
        .base_url(base)
        .build()?;
    let known = OtpChallenge::for_phone(session.clone(), phone);
    let tokened = OtpPurpose::Transaction.challenge(session.clone(), OtpToken::parse("t-1")?);
    Ok(match command {
        "otp send" => shown(paynet.send_otp(&known).await?),
        "otp verify" => shown(paynet.verify_otp(&known, &code).await?),
        "masterpass session" => {
            let request = OpenSession::new(ReferenceCode::parse("r")?, UserId::parse("u")?, phone);
            shown(paywall.open_session(&request).await?)
        }
        "masterpass link" => {
            let challenge = PaywallMasterpass::account_link(session, None);
            shown(paywall.link_account(&challenge).await?)
        }
        "masterpass resend" => shown(paywall.send_otp(&tokened).await?),
        "masterpass verify" => shown(paywall.verify_otp(&tokened, &code).await?),
        "link create" => {
            let product = ProductLink::new("Çiçek", "14.45 TL".parse()?, 1)?;
            shown(paytr.create(product).await?)
        }
        _ => {
            let notice = LinkNotice::new(onay::LinkId::parse("A")?, phone);
            shown(paytr.notify(&notice).await?)
        }
    })
}

#[tokio::test]
async fn no_value_no_error_no_cause_and_no_trace_shows_it() {
    for [command, code, answer] in rows(ANSWERS) {
        let code: i32 = code.parse().expect("a number");
        let server = answering(answer).await;
        let capture = TraceCapture::start();
        let result = library(command, &server.url()).await;
        assert_eq!(result.is_ok(), code == 0, "{command} {answer}");
        let said = match &result {
            Ok(said) => said.clone(),
            Err(error) => {
                let cause = error.source().map(printed).unwrap_or_default();
                let turkish = error.message(onay::Language::Turkish);
                format!("{} {error:#?} {turkish} {cause}", printed(error))
            }
        };
        let traced = capture.text();
        assert!(traced.contains("onay.call"), "{traced}");
        for text in [said, traced] {
            assert_eq!(found(&text), [0; 3], "{command}: {text}");
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
