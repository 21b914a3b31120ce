//! What is said next names what is really there: a variable, an option, a command.

use onay_testkit::{Behaviour, SocketServer};

use crate::support::{KEY, Run, Served, run, run_with_stdin};

const SEND: [&str; 6] = ["otp", "send", "--to", "05550000042", "--session", "s-1"];

const PAYTR: [(&str, &str); 4] = [
    ("PAYTR_ENV", "sandbox"),
    ("PAYTR_MERCHANT_ID", "123456"),
    ("PAYTR_MERCHANT_KEY", "K3yForTests-0001"),
    ("PAYTR_MERCHANT_SALT", "S4ltForTests-001"),
];

fn says(run: &Run, code: i32, said: &[&str]) {
    assert_eq!(run.code, code, "{run:?}");
    for said in said {
        assert!(run.stderr.contains(said), "{said} in {}", run.stderr);
    }
}

#[test]
fn the_variable_that_is_wrong_is_named() {
    let missing = [
        ("PAYNET_ENV", "test"),
        ("PAYNET_SECRET_KEY_FILE", "/nonexist"),
    ];
    let next = "next: correct PAYNET_SECRET_KEY_FILE;";
    says(
        &run(&SEND, &missing),
        2,
        &["PAYNET_SECRET_KEY_FILE cannot be read", next],
    );
    let both = [missing[0], missing[1], ("PAYNET_SECRET_KEY", KEY)];
    says(&run(&SEND, &both), 2, &["one will do", next]);
    let live = [("PAYNET_ENV", "live"), ("PAYNET_SECRET_KEY", KEY)];
    says(
        &run(&SEND, &live),
        2,
        &["next: add --live, or set another PAYNET_ENV"],
    );
    let turkish = run(&[&SEND[..], &["--lang", "tr"]].concat(), &live);
    says(
        &turkish,
        2,
        &["şimdi: --live ekleyin ya da başka bir PAYNET_ENV seçin"],
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_paytr_token_leads_to_a_command() {
    let refusal = r#"{"status":"failed","err_msg":"paytr_token gecersiz"}"#;
    let server = SocketServer::start(Behaviour::json(refusal)).await;
    let url = server.url();
    let environment = [&PAYTR[..], &[("PAYTR_BASE_URL", url.as_str())]].concat();
    for language in ["en", "tr"] {
        let sms = [
            "link",
            "sms",
            "--id",
            "A",
            "--to",
            "05550000042",
            "--lang",
            language,
        ];
        let refused = run(&sms, &environment);
        says(&refused, 4, &["`onay token explain`"]);
        let table = run(&["explain", "paytr", "--lang", language], &[]).stdout;
        for said in [refused.stderr, table] {
            assert!(!said.contains("explain_token"), "{said}");
        }
    }
}

#[test]
fn where_no_message_is_concerned_none_is_spoken_of() {
    let nobody = ["sandbox", "messages", "--url", "http://127.0.0.1:9"];
    let forged = "hash=k14%2FbsJpS8jmNObpZ%2FRIKnFSauBL57oP6AB%2FHeVVIEA%3D&callback_id=ORDER0001&merchant_oid=PT123456789&status=success&total_amount=1";
    let verify = ["callback", "verify"];
    let bytes =
        "this is not what PayTR posted, byte for byte, or the key or salt is another merchant's";
    let empty = run_with_stdin(&verify, &PAYTR, "");
    says(
        &empty,
        2,
        &["stdin is empty", "next: give the body on stdin"],
    );
    let runs = [
        (run(&nobody, &[]), 7, "next: check the address"),
        (run_with_stdin(&verify, &PAYTR, forged), 4, bytes),
        (
            run_with_stdin(&verify, &PAYTR, "hash=x&callback_id=1"),
            2,
            "this is not what PayTR posted, byte for byte\n",
        ),
        (empty, 2, "stdin"),
        (run(&verify, &[]), 2, "PAYTR_MERCHANT_ID"),
    ];
    for (run, code, next) in runs {
        says(&run, code, &[next]);
        assert!(!run.stderr.contains("went out"), "{}", run.stderr);
    }
    let turkish = [&verify[..], &["--lang", "tr"]].concat();
    let turkish = run_with_stdin(&turkish, &PAYTR, forged);
    says(&turkish, 4, &["imza bu mağazanın değil", "baytı baytına"]);
    assert!(
        !turkish.stderr.contains("mesaj gitmedi"),
        "{}",
        turkish.stderr
    );
}

#[test]
fn a_forgotten_account_link_is_asked_for() {
    let served = Served::start();
    let environment = [
        ("PAYWALL_ENV", "sandbox"),
        ("PAYWALL_BASE_URL", served.paywall()),
        ("PAYWALL_PRIVATE_KEY", "test-key"),
        ("PAYWALL_PRIVATE_CLIENT", "test-client"),
    ];
    let call = |arguments: &[&str]| run(&[arguments, &["--json"]].concat(), &environment);
    let customer = ["--reference", "r", "--user", "u", "--to", "05550000042"];
    let opened = call(&[&["masterpass", "session"], &customer[..]].concat()).document();
    let session = opened["challenge"]["session"].as_str().expect("a session");
    let linked = call(&["masterpass", "link", "--session", session]).document();
    let (session, token) = (
        &linked["challenge"]["session"],
        &linked["challenge"]["token"],
    );
    let verify = [
        "masterpass",
        "verify",
        "--session",
        session.as_str().expect("a session"),
        "--token",
        token.as_str().expect("a token"),
        "--code",
        "123456",
    ];
    let hint = "Did `onay masterpass link` send the code? Then add --account-link.";
    let forgotten = run(&verify, &environment);
    says(&forgotten, forgotten.code, &["VALIDATION_FAILED", hint]);
    let given = run(&[&verify[..], &["--account-link"]].concat(), &environment);
    assert!(!given.stderr.contains(hint), "{}", given.stderr);
    let turkish = run(&[&verify[..], &["--lang", "tr"]].concat(), &environment);
    let hint = "O zaman --account-link ekleyin.";
    says(&turkish, forgotten.code, &[hint]);
}

#[test]
fn a_hint_in_turkish_is_turkish_to_its_end() {
    let served = Served::start();
    let environment = [
        ("LANG", "tr_TR.UTF-8"),
        ("PAYWALL_ENV", "sandbox"),
        ("PAYWALL_BASE_URL", served.paywall()),
        ("PAYWALL_PRIVATE_KEY", "test-key"),
        ("PAYWALL_PRIVATE_CLIENT", "test-client"),
    ];
    let customer = ["--reference", "r", "--user", "u", "--to", "05550000042"];
    let open = [&["masterpass", "session", "--json"], &customer[..]].concat();
    let opened = run(&open, &environment).document();
    let session = opened["challenge"]["session"].as_str().expect("a session");
    let linked = run(&["masterpass", "link", "--session", session], &environment);
    assert!(linked.stdout.contains("--code KOD"), "{}", linked.stdout);
    let demo = run(&["demo"], &environment).stdout;
    assert!(demo.contains("sağlayıcıları taklit ediyor"), "{demo}");
    let assumed = run(&["explain", "paynet"], &environment).stdout;
    assert!(!assumed.contains("Bu okuma"), "{assumed}");
    let host: String = served.addresses["inbox"]
        .as_str()
        .expect("an address")
        .to_owned();
    let host = host.trim_start_matches("http://").trim_end_matches('/');
    let taken = run(&["sandbox", "serve", "--listen", host], &environment);
    assert_eq!(taken.code, 1, "{taken:?}");
    for said in [
        "dolu: orada başka bir program dinliyor",
        "bir sandbox ise onu kullanın: onay sandbox messages",
    ] {
        assert!(taken.stderr.contains(said), "{}", taken.stderr);
    }
}

#[test]
fn where_the_sandbox_refused_its_journal_is_named() {
    let served = Served::start();
    let mut environment = served.environment();
    environment[1].1 = "sck_live_demo";
    let journal = "`onay sandbox journal` says what was wrong with the call";
    says(&run(&SEND, &environment), 4, &[journal]);
    let turkish = "`onay sandbox journal` çağrıda neyin yanlış olduğunu söyler";
    let in_turkish = [&SEND[..], &["--lang", "tr"]].concat();
    says(&run(&in_turkish, &environment), 4, &[turkish]);
    let unknown = [
        "otp",
        "verify",
        "--to",
        "05550000042",
        "--session",
        "nobody",
        "--code",
        "AB12CD",
    ];
    says(&run(&unknown, &served.environment()), 3, &[journal]);
    // Its words say all there is to know of a wait.
    assert_eq!(run(&SEND, &served.environment()).code, 0);
    let early = run(&SEND, &served.environment());
    says(&early, 5, &["next: "]);
    assert!(!early.stderr.contains("journal"), "{}", early.stderr);
}

#[test]
fn a_provider_has_the_same_names_everywhere() {
    let served = Served::start();
    let environment = served.environment();
    for names in [
        &["paynet"][..],
        &["paywall", "masterpass", "paywall-masterpass"],
        &["paytr", "paytr-link"],
    ] {
        let mut tables = Vec::new();
        for name in names {
            tables.push(run(&["explain", name, "--json"], &[]).document());
            let provider = ["--provider", name, "--json"];
            let sandbox = |words: &[&str]| {
                run(&[&["sandbox"], words, &provider[..]].concat(), &environment).document()
            };
            sandbox(&["messages"]);
            sandbox(&["journal"]);
            let rules = sandbox(&["fault", "set", "empty"]);
            assert_eq!(rules["rules"][0]["provider"], names[0]);
        }
        tables.dedup();
        assert_eq!(tables.len(), 1, "{names:?}");
    }
}

#[test]
fn a_tenant_may_stand_behind_the_command_too() {
    let served = Served::start();
    let environment = served.environment();
    assert_eq!(run(&SEND, &environment).code, 0);
    let messages = run(&["sandbox", "messages", "--json"], &environment).document();
    let tenant = messages["messages"][0]["tenant"]
        .as_str()
        .expect("a tenant");
    let advance = [
        "sandbox", "clock", "advance", "10", "--tenant", tenant, "--json",
    ];
    let ahead = |document: &serde_json::Value| document["offset_seconds"].as_f64();
    assert_eq!(ahead(&run(&advance, &environment).document()), Some(10.0));
    let before = [
        "sandbox", "clock", "--tenant", tenant, "advance", "5", "--json",
    ];
    assert_eq!(ahead(&run(&before, &environment).document()), Some(15.0));
    let all = run(&["sandbox", "clock", "--json"], &environment).document();
    assert_eq!(ahead(&all), Some(0.0));
}
