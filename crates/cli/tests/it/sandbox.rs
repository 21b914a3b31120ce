//! `onay sandbox`: faults from a shell, the journal, and what `serve` is told.

use serde_json::{Value, json};

use crate::support::{KEY, Run, SEND, Served, onay, paytr, run, run_json};

fn fault(served: &Served, line: &str) -> Run {
    run(&format!("sandbox fault {line}"), &served.environment())
}

fn send(served: &Served) -> Run {
    run_json(SEND, &served.environment())
}

#[test]
fn a_fault_is_set_listed_felt_and_cleared() {
    let served = Served::start();
    let rules = |line: &str| fault(&served, &format!("{line} --json")).document();
    let rule = json!({
        "id": 1, "provider": "paynet", "operation": "send_otp", "tenant": null, "times": 1,
        "chance": null, "fault": {"kind": "accept_then_cut"},
    });
    let set = "set accept_then_cut --provider paynet --operation send_otp --times 1";
    assert_eq!(rules(set), json!({"rules": [rule]}));
    let both = rules("set status --code 503 --times 2 --add");
    assert_eq!(both["rules"][0], rule);
    assert_eq!(
        both["rules"][1]["fault"],
        json!({"kind": "status", "code": 503})
    );
    assert_eq!(rules("list"), both);
    assert_eq!(
        fault(&served, "list").stdout,
        "#1 accept_then_cut  paynet send_otp, the next call\n\
         #2 status code=503  any call, the next 2 calls\n"
    );
    fault(&served, "set html --add");
    assert_eq!(rules("clear --id 3"), both);
    fault(&served, "clear --id 3").says(2, &["no such rule"]);

    let cut = send(&served);
    assert_eq!((cut.code, &cut.error()["kind"]), (6, &json!("interrupted")));
    assert_eq!(cut.error()["dispatch"], "maybe_sent");
    let messages = run_json("sandbox messages", &served.environment()).document();
    let messages = messages["messages"].as_array().map(Vec::len);
    assert_eq!(messages, Some(1), "and it was");
    let upstream = send(&served).error();
    assert_eq!(upstream["kind"], "upstream");

    assert_eq!(rules("clear"), json!({"rules": []}));
    assert_eq!(fault(&served, "list").stdout, "no faults\n");
    assert_eq!(send(&served).code, 5, "the first one is still running");
}

#[test]
fn every_kind_can_be_set() {
    let served = Served::start();
    for (kind, expected) in [
        ("delay --ms 5", json!({"kind": "delay", "ms": 5})),
        ("status --code 502", json!({"kind": "status", "code": 502})),
        ("refuse --code 7", json!({"kind": "refuse", "code": "7"})),
        (
            "truncate --bytes 0",
            json!({"kind": "truncate", "bytes": 0}),
        ),
        (
            "drip --ms-per-byte 1",
            json!({"kind": "drip", "ms_per_byte": 1}),
        ),
        ("renew_session", json!({"kind": "renew_session"})),
    ] {
        let set = fault(&served, &format!("set {kind} --json"));
        assert_eq!(set.document()["rules"][0]["fault"], expected);
    }
}

#[test]
fn what_cannot_be_is_2() {
    let served = Served::start();
    for (line, named) in [
        ("set explode", "has to be one of: delay"),
        ("set trunkate", "'trunkate' is not known"),
        ("set delay", "--ms"),
        ("set status --code ok", "fault.code"),
        ("set html --ms 2", "fault.kind"),
        ("", "onay sandbox fault"),
    ] {
        let refused = fault(&served, line);
        refused.says(2, &[named]);
        assert_eq!(refused.stdout, "");
        assert!(!refused.stderr.contains("rules["), "{}", refused.stderr);
    }
}

/// The sandbox says them in English; a sentence that it words anew needs its row in the locale.
#[test]
fn what_the_sandbox_refuses_is_said_in_turkish() {
    let served = Served::start();
    for (line, said) in [
        ("set refuse --code 0", "bir başarı kodu"),
        ("set refuse --code a!", "1 ile 64 arasında harf"),
        ("set truncate --bytes 65537", "0 ile 65536 arasında olmalı"),
        ("clear --id 3", "böyle bir kural yok"),
    ] {
        fault(&served, &format!("{line} --lang tr")).says(2, &[said]);
    }
}

#[test]
fn the_operations_that_the_help_lists_can_be_struck() {
    let served = Served::start();
    let help = fault(&served, "set --help").stdout;
    let (_, listed) = help.split_once("Operations:\n").expect("the operations");
    let mut operations = 0;
    for line in listed.lines().take_while(|line| !line.is_empty()) {
        let (provider, names) = line.trim().split_once(' ').expect("names");
        for name in names.trim().split(", ") {
            let one = format!("set empty --provider {provider} --operation {name} --json");
            let set = fault(&served, &one).document();
            assert_eq!(set["rules"][0]["operation"], name);
            operations += 1;
        }
    }
    assert!(operations > 9, "{operations}");
    // And a trait's name, which means two calls here.
    fault(&served, "set empty --provider paywall --operation send_otp").says(0, &["send_otp"]);
}

#[test]
fn times_are_told_to_the_second() {
    let served = Served::start();
    send(&served).document();
    let told = |line: &str| run(&format!("sandbox {line}"), &served.environment()).stdout;
    for line in ["messages", "wait", "journal", "clock"] {
        let human = told(line);
        let time = human.split_whitespace().find(|word| word.ends_with('Z'));
        let time = time.unwrap_or_else(|| panic!("a time in {human}"));
        assert_eq!(time.len(), "2026-11-21T10:03:00Z".len(), "{human}");
    }
    assert!(told("clock").contains("Z (0 s ahead)"));
}

#[test]
fn serve_takes_a_seed_names_and_merchants() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("written");
        file.to_str().expect("text").to_owned()
    };
    let merchant =
        json!({"merchant_id": "200002", "merchant_key": "anahtar", "merchant_salt": "tuz"});
    let merchant = write("merchant.json", &merchant.to_string());
    let more = format!("--seed 42 --allow-host onay --paytr-merchant {merchant}");
    let code = || -> Value {
        let served = Served::start_with(&more);
        send(&served).document();
        let mut environment = paytr(served.address("paytr"));
        environment.extend([
            ("PAYTR_MERCHANT_ID", "200002"),
            ("PAYTR_MERCHANT_KEY", "anahtar"),
            ("PAYTR_MERCHANT_SALT", "tuz"),
        ]);
        let create = "link create --name Masa --price 14.45 --currency TL --product --min-count 1";
        assert_eq!(run(create, &environment).code, 0);
        let message = run_json("sandbox wait", &served.environment()).document();
        message["otp"].clone()
    };
    let first = code();
    assert!(first.is_string());
    assert_eq!(first, code(), "the seed repeats it");

    let magic = |more: &str| {
        let served = Served::start_with(more);
        let send = SEND.replace("0555 000 00 42", "0555 000 90 00");
        run(&send, &served.environment()).code
    };
    assert_ne!(magic(""), 0);
    assert_eq!(magic("--no-magic-numbers"), 0);

    let bad = write(
        "bad.json",
        r#"{"merchant_id": "1", "merchant_key": "canary"}"#,
    );
    for more in [
        "--paytr-merchant no-such-file",
        &format!("--paytr-merchant {bad}"),
        "--allow-host http://onay",
    ] {
        let refused = run_json(&format!("sandbox serve {more}"), &[]);
        assert_eq!(refused.code, 2, "{more}: {refused:?}");
        assert_eq!(refused.error()["kind"], "invalid_input", "{more}");
        assert!(!refused.stderr.contains("canary"), "{refused:?}");
    }
}

#[test]
fn the_journal_says_what_came_and_what_was_wrong() {
    let served = Served::start();
    let journal = |more: &str| run(&format!("sandbox journal {more}"), &served.environment());
    assert_eq!(journal("").stdout, "no calls yet\n");
    assert_eq!(journal("--json").document(), json!({"calls": []}));
    send(&served).document();
    assert_eq!(send(&served).code, 5);
    fault(&served, "set accept_then_cut --times 1");
    let other = SEND.replace("s-1", "s-2");
    assert_eq!(run(&other, &served.environment()).code, 6);

    let document = journal("--json").document();
    let calls = document["calls"].as_array().expect("calls");
    let outcomes: Vec<&Value> = calls.iter().map(|call| &call["outcome"]).collect();
    assert_eq!(
        outcomes,
        ["accepted", "refused", "accepted"],
        "newest first"
    );
    assert_eq!(calls[0]["fault"], "accept_then_cut");
    let human = journal("");
    assert_eq!(human.stderr, "");
    human.says(
        0,
        &[
            "#2 paynet send_otp  refused, HTTP 200",
            "what was wrong: ",
            "fault on purpose: accept_then_cut",
            "it sent message #1",
        ],
    );
    for secret in [KEY, "5550000042", "000 00 42"] {
        let printed = format!("{}{document}", human.stdout);
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
    let one = journal("--limit 1 --provider paynet --json").document();
    assert_eq!(one["calls"], json!([calls[0]]));
    let none = journal("--provider paytr --json").document();
    assert_eq!(none, json!({"calls": []}));
}

#[test]
fn a_command_runs_beside_a_sandbox_of_its_own() {
    let path = std::env::var("PATH").expect("a path");
    let environment = [
        ("PATH", path.as_str()),
        ("PAYNET_ENV", "live"),
        ("PAYNET_SECRET_KEY_FILE", "/no/such/file"),
    ];
    let onay = env!("CARGO_BIN_EXE_onay");
    let send = SEND.replace('\'', "\"");
    let both = run(
        &format!("sandbox exec -- sh -c '{onay} {send} --json && {onay} sandbox messages --json'"),
        &environment,
    );
    both.says(
        0,
        &["\"operation\":\"send_otp\"", "\"to\":\"+905550000042\""],
    );
    run("sandbox exec -- sh -c 'exit 7'", &environment).says(7, &[]);
    run("sandbox exec -- sh -c 'kill -9 $$'", &environment).says(137, &[]);
    let missing = run("sandbox exec no-such-command", &environment);
    missing.says(2, &["no-such-command"]);
    run("sandbox exec", &environment).says(2, &["COMMAND"]);
}

#[test]
fn it_listens_where_people_say() {
    let served = Served::start_with("--listen localhost:0 --callback-host shop");
    let address = served.address("listen");
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    let refused = run("sandbox serve --listen shop", &[]);
    refused.says(2, &["has to be ADDRESS:PORT or a port"]);
    let taken = address.trim_start_matches("http://");
    let taken = run(&format!("sandbox serve --listen {taken}"), &[]);
    taken.says(1, &["is taken", "--listen 127.0.0.1:0 finds a free port"]);
    let host = run("sandbox serve --listen 0 --callback-host http://shop", &[]);
    host.says(2, &["correct --allow-host or --callback-host"]);
    let environment = served.environment();
    let number = run_json("sandbox wait --to 123", &environment);
    assert_eq!(
        (number.code, &number.error()["dispatch"]),
        (2, &Value::Null)
    );
    for (name, service) in [
        ("masterpass", "paywall"),
        ("paywall-masterpass", "paywall"),
        ("paytr-link", "paytr"),
    ] {
        let set = format!("sandbox fault set empty --provider {name}");
        let rules = run_json(&set, &environment).document();
        assert_eq!(rules["rules"][0]["provider"], service);
    }
}

#[cfg(unix)]
#[test]
fn a_command_ends_with_its_sandbox_on_sigterm() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};

    let path = std::env::var("PATH").expect("a path");
    let line = "sandbox exec -- sh -c 'echo started; exec sleep 60'";
    let mut child = onay(line, &[("PATH", path.as_str())])
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut started = String::new();
    let mut stdout = BufReader::new(child.stdout.take().expect("stdout"));
    stdout.read_line(&mut started).expect("a line");
    let terminated = Command::new("kill").arg(child.id().to_string()).status();
    assert!(terminated.expect("ran").success());
    assert_eq!(child.wait().expect("ended").code(), Some(137));
    // The command held stdout open; it is gone.
    assert_eq!(stdout.read_line(&mut started).expect("the end"), 0);
}
