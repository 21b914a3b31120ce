//! What is said next names what is really there: a variable, an option, a command.

use onay_testkit::{Behaviour, SocketServer};

use crate::support::{KEY, SEND, Served, paytr, run, run_json, run_with_stdin};

#[test]
fn the_variable_that_is_wrong_is_named() {
    let missing = [
        ("PAYNET_ENV", "test"),
        ("PAYNET_SECRET_KEY_FILE", "/nonexist"),
    ];
    let next = "next: correct PAYNET_SECRET_KEY_FILE;";
    let unreadable = "PAYNET_SECRET_KEY_FILE cannot be read";
    run(SEND, &missing).says(2, &[unreadable, next]);
    let unset = [("PAYNET_SECRET_KEY", KEY)];
    run(SEND, &unset).says(2, &["next: set PAYNET_ENV;"]);
    run(SEND, &missing[..1]).says(2, &["next: set PAYNET_SECRET_KEY;"]);
    let both = [missing[0], missing[1], ("PAYNET_SECRET_KEY", KEY)];
    run(SEND, &both).says(2, &["one will do", next]);
}

#[test]
fn where_no_message_is_concerned_none_is_spoken_of() {
    let environment = paytr("http://127.0.0.1:9");
    let verify = |body| run_with_stdin("callback verify", &environment, body);
    let forged = "hash=k14%2FbsJpS8jmNObpZ%2FRIKnFSauBL57oP6AB%2FHeVVIEA%3D&callback_id=ORDER0001&merchant_oid=PT123456789&status=success&total_amount=1";
    let altered = "this is not what PayTR posted, byte for byte";
    let unsigned = format!("{altered}, or the key or salt is another merchant's");
    for (run, code, said) in [
        (
            run("sandbox messages --url http://127.0.0.1:9", &[]),
            7,
            "next: check the address",
        ),
        (verify(forged), 4, unsigned.as_str()),
        (verify("hash=x&callback_id=1"), 2, altered),
        (
            verify(""),
            2,
            "stdin is empty\nnext: give the body on stdin",
        ),
        (run("callback verify", &[]), 2, "PAYTR_MERCHANT_ID"),
    ] {
        run.says(code, &[said]);
        assert!(!run.stderr.contains("went out"), "{}", run.stderr);
    }
    let turkish = run_with_stdin("callback verify --lang tr", &environment, forged);
    turkish.says(4, &["imza bu mağazanın değil", "baytı baytına"]);
    assert!(!turkish.stderr.contains("mesaj gitmedi"), "{turkish:?}");
}

#[test]
fn a_forgotten_account_link_is_asked_for() {
    let served = Served::start();
    let environment = served.environment();
    let open = "masterpass session --reference r --user u --to 05550000042";
    let opened = run_json(open, &environment).document();
    let session = opened["challenge"]["session"].as_str().expect("a session");
    let link = format!("masterpass link --session {session}");
    let linked = run_json(&link, &environment).document();
    let (session, token) = (
        linked["challenge"]["session"].as_str().expect("a session"),
        linked["challenge"]["token"].as_str().expect("a token"),
    );
    let verify = format!("masterpass verify --session {session} --token {token} --code 123456");
    let hint = "Did `onay masterpass link` send the code? Then add --account-link.";
    let forgotten = run(&verify, &environment);
    forgotten.says(3, &["VALIDATION_FAILED", hint]);
    let given = run(&format!("{verify} --account-link"), &environment);
    assert!(!given.stderr.contains(hint), "{}", given.stderr);
}

#[test]
fn where_the_sandbox_refused_its_journal_is_named() {
    let served = Served::start();
    let environment = served.environment();
    let mut live = environment.clone();
    live.push(("PAYNET_SECRET_KEY", "sck_live_demo"));
    let journal = "`onay sandbox journal` says what was wrong with the call";
    run(SEND, &live).says(4, &[journal]);
    let unknown = "otp verify --to 05550000042 --session nobody --code AB12CD";
    run(unknown, &environment).says(3, &[journal]);
    // Its words say all there is to know of a wait.
    assert_eq!(run(SEND, &environment).code, 0);
    let early = run(SEND, &environment);
    early.says(5, &["next: "]);
    assert!(!early.stderr.contains("journal"), "{}", early.stderr);
}

#[test]
fn a_tenant_may_be_named_behind_the_command_too() {
    let served = Served::start();
    let environment = served.environment();
    assert_eq!(run(SEND, &environment).code, 0);
    let messages = run_json("sandbox messages", &environment).document();
    let tenant = messages["messages"][0]["tenant"]
        .as_str()
        .expect("a tenant");
    for (line, ahead) in [
        (format!("sandbox clock advance 10 --tenant {tenant}"), 10.0),
        (format!("sandbox clock --tenant {tenant} advance 5"), 15.0),
        ("sandbox clock".to_owned(), 0.0),
    ] {
        let clock = run_json(&line, &environment).document();
        assert_eq!(clock["offset_seconds"].as_f64(), Some(ahead), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_paytr_token_leads_to_a_command() {
    let refusal = r#"{"status":"failed","err_msg":"paytr_token gecersiz"}"#;
    let server = SocketServer::start(Behaviour::json(refusal)).await;
    for language in ["en", "tr"] {
        let sms = format!("link sms --id A --to 05550000042 --lang {language}");
        run(&sms, &paytr(&server.url())).says(4, &["`onay token explain`"]);
    }
}
