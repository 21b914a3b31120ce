//! `onay sandbox`: faults from a shell, and what `serve` is told.

use serde_json::{Value, json};

use crate::support::{KEY, Run, SEND, Served, run};

fn fault(served: &Served, rest: &[&str]) -> Run {
    let arguments = [&["sandbox", "fault"], rest].concat();
    run(&arguments, &served.environment())
}

fn send(served: &Served) -> Run {
    run(&[&["otp"], SEND.as_slice()].concat(), &served.environment())
}

#[test]
fn a_fault_is_set_listed_felt_and_cleared() {
    let served = Served::start();
    let set = [
        "set",
        "accept_then_cut",
        "--provider",
        "paynet",
        "--operation",
        "send_otp",
        "--times",
        "1",
        "--json",
    ];
    let rule = json!({
        "id": 1, "provider": "paynet", "operation": "send_otp", "tenant": null, "times": 1,
        "chance": null, "fault": {"kind": "accept_then_cut"},
    });
    assert_eq!(fault(&served, &set).document(), json!({"rules": [rule]}));
    let more = [
        "set", "status", "--code", "503", "--times", "2", "--add", "--json",
    ];
    let both = fault(&served, &more).document();
    assert_eq!(both["rules"][0], rule);
    assert_eq!(
        both["rules"][1]["fault"],
        json!({"kind": "status", "code": 503})
    );
    assert_eq!(fault(&served, &["list", "--json"]).document(), both);
    let human = fault(&served, &["list"]);
    assert_eq!(
        human.stdout,
        "#1 accept_then_cut  paynet send_otp, the next call\n\
         #2 status code=503  any call, the next 2 calls\n"
    );
    fault(&served, &["set", "html", "--add"]);
    let without = fault(&served, &["clear", "--id", "3", "--json"]).document();
    assert_eq!(without, both);
    let gone = fault(&served, &["clear", "--id", "3"]);
    assert_eq!(gone.stdout, "");
    assert!(
        gone.code != 0 && gone.stderr.contains("no such rule"),
        "{}",
        gone.stderr
    );

    let cut = send(&served);
    assert_eq!((cut.code, &cut.error()["kind"]), (6, &json!("interrupted")));
    assert_eq!(cut.error()["delivery"], "maybe_sent");
    let messages = run(&["sandbox", "messages", "--json"], &served.environment()).document();
    assert_eq!(
        messages["messages"].as_array().map(Vec::len),
        Some(1),
        "and it was"
    );
    let upstream = send(&served);
    assert_eq!(
        (upstream.code, &upstream.error()["kind"]),
        (6, &json!("upstream"))
    );

    assert_eq!(
        fault(&served, &["clear", "--json"]).document(),
        json!({"rules": []})
    );
    assert_eq!(fault(&served, &["list"]).stdout, "no faults\n");
    assert_eq!(send(&served).code, 5, "the first one is still running");
}

#[test]
fn every_kind_can_be_set() {
    let served = Served::start();
    for (rest, expected) in [
        (
            vec!["delay", "--ms", "5"],
            json!({"kind": "delay", "ms": 5}),
        ),
        (
            vec!["status", "--code", "502"],
            json!({"kind": "status", "code": 502}),
        ),
        (
            vec!["refuse", "--code", "7"],
            json!({"kind": "refuse", "code": "7"}),
        ),
        (vec!["accept_then_cut"], json!({"kind": "accept_then_cut"})),
        (vec!["cut_before_read"], json!({"kind": "cut_before_read"})),
        (
            vec!["truncate", "--bytes", "0"],
            json!({"kind": "truncate", "bytes": 0}),
        ),
        (vec!["html"], json!({"kind": "html"})),
        (vec!["empty"], json!({"kind": "empty"})),
        (
            vec!["drip", "--ms-per-byte", "1"],
            json!({"kind": "drip", "ms_per_byte": 1}),
        ),
        (vec!["unknown_code"], json!({"kind": "unknown_code"})),
        (vec!["rotate_token"], json!({"kind": "rotate_token"})),
        (vec!["renew_session"], json!({"kind": "renew_session"})),
    ] {
        let set = fault(&served, &[&["set"], rest.as_slice(), &["--json"]].concat());
        assert_eq!(set.document()["rules"][0]["fault"], expected);
    }
}

#[test]
fn what_cannot_be_is_2() {
    let served = Served::start();
    for (rest, named) in [
        (vec!["set", "explode"], "has to be one of: delay"),
        (vec!["set", "trunkate"], "'trunkate' is not known"),
        (vec!["set", "delay"], "--ms"),
        (vec!["set", "refuse"], "--code"),
        (vec!["set", "delay", "--ms", "120001"], "fault.ms"),
        (vec!["set", "status", "--code", "ok"], "fault.code"),
        (vec!["set", "html", "--chance", "2"], "chance"),
        (vec!["set", "html", "--ms", "2"], "fault.kind"),
        (vec!["set", "html", "--operation", "callback"], "operation"),
        (
            vec!["set", "rotate_token", "--provider", "paynet"],
            "fault.kind",
        ),
        (vec![], "onay sandbox fault"),
    ] {
        let refused = fault(&served, &rest);
        assert_eq!(refused.code, 2, "{rest:?}");
        assert_eq!(refused.stdout, "");
        assert!(
            refused.stderr.contains(named),
            "{rest:?}: {}",
            refused.stderr
        );
        assert!(!refused.stderr.contains("rules["), "{}", refused.stderr);
    }
}

#[test]
fn the_help_lists_every_operation_that_a_fault_can_strike() {
    let served = Served::start();
    let help = fault(&served, &["set", "--help"]).stdout;
    let (_, listed) = help.split_once("Operations:\n").expect("the operations");
    let mut operations = 0;
    for line in listed.lines().take_while(|line| !line.is_empty()) {
        let (provider, names) = line.trim().split_once(' ').expect("names");
        for name in names.trim().split(", ") {
            let one = ["--provider", provider, "--operation", name, "--json"];
            let set = fault(&served, &[&["set", "empty"], &one[..]].concat());
            assert_eq!(set.document()["rules"][0]["operation"], name);
            operations += 1;
        }
    }
    let contract = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../sandbox/src/api/openapi.json"
    );
    let contract = std::fs::read_to_string(contract).expect("the contract");
    let contract: Value = serde_json::from_str(&contract).expect("JSON");
    let of_any = "/components/schemas/FaultRule/oneOf/3/properties/operation/enum";
    let known = contract.pointer(of_any).and_then(Value::as_array);
    // All of them, and null.
    assert_eq!(operations + 1, known.expect("operations").len());
}

#[test]
fn every_fault_command_has_examples_of_its_own() {
    let served = Served::start();
    for command in ["set", "list", "clear"] {
        let help = fault(&served, &[command, "--help"]).stdout;
        let examples = help.lines().filter(|line| line.starts_with("  onay "));
        let own = format!("  onay sandbox fault {command}");
        for example in examples {
            assert!(example.starts_with(&own), "{example}");
        }
    }
}

#[test]
fn times_are_told_to_the_second() {
    let served = Served::start();
    send(&served).document();
    let told =
        |arguments: &[&str]| run(&[&["sandbox"], arguments].concat(), &served.environment()).stdout;
    for arguments in [&["messages"][..], &["wait"], &["journal"], &["clock"]] {
        let human = told(arguments);
        let time = human.split_whitespace().find(|word| word.ends_with('Z'));
        let time = time.unwrap_or_else(|| panic!("a time in {human}"));
        assert_eq!(time.len(), "2026-11-21T10:03:00Z".len(), "{human}");
    }
    assert!(told(&["clock"]).contains("Z (0 s ahead)"));
}

#[test]
fn every_command_shows_how_it_is_used() {
    for command in ["serve", "messages", "wait", "clock", "fault", "reset"] {
        let help = run(&["sandbox", command, "--help"], &[]);
        assert_eq!(help.code, 0);
        let example = format!("Examples:\n  onay sandbox {command}");
        assert!(help.stdout.contains(&example), "{}", help.stdout);
    }
}

#[test]
fn serve_takes_a_seed_names_and_merchants() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("merchant.json");
    let merchant =
        json!({"merchant_id": "200002", "merchant_key": "anahtar", "merchant_salt": "tuz"});
    std::fs::write(&file, merchant.to_string()).expect("written");
    let file = file.to_str().expect("text");
    let more = [
        "--seed",
        "42",
        "--allow-host",
        "onay",
        "--paytr-merchant",
        file,
    ];
    let code = || -> Value {
        let served = Served::start_with(&more);
        send(&served).document();
        let environment = [
            ("PAYTR_ENV", "sandbox"),
            (
                "PAYTR_BASE_URL",
                served.addresses["paytr"].as_str().expect("text"),
            ),
            ("PAYTR_MERCHANT_ID", "200002"),
            ("PAYTR_MERCHANT_KEY", "anahtar"),
            ("PAYTR_MERCHANT_SALT", "tuz"),
        ];
        let create = "link create --name Masa --price 14.45 --currency TL --product --min-count 1";
        let create: Vec<&str> = create.split(' ').collect();
        assert_eq!(run(&create, &environment).code, 0);
        run(&["sandbox", "wait", "--json"], &served.environment()).document()["otp"].clone()
    };
    let first = code();
    assert!(first.is_string());
    assert_eq!(first, code(), "the seed repeats it");

    let magic = |more: &[&str]| {
        let served = Served::start_with(more);
        let mut send = SEND;
        send[4] = "0555 000 90 00";
        run(&[&["otp"], send.as_slice()].concat(), &served.environment()).code
    };
    assert_ne!(magic(&[]), 0);
    assert_eq!(magic(&["--no-magic-numbers"]), 0);

    let bad = folder.path().join("bad.json");
    std::fs::write(&bad, r#"{"merchant_id": "1", "merchant_key": "canary"}"#).expect("written");
    let bad = bad.to_str().expect("text");
    for (flag, value) in [
        ("--paytr-merchant", "no-such-file"),
        ("--paytr-merchant", bad),
        ("--allow-host", "http://onay"),
        ("--seed", "x"),
    ] {
        let refused = run(&["sandbox", "serve", flag, value, "--json"], &[]);
        assert_eq!(refused.code, 2, "{flag} {value}: {refused:?}");
        assert_eq!(refused.error()["kind"], "invalid_input", "{flag}");
        assert!(!refused.stderr.contains("canary") && !refused.stderr.contains(KEY));
    }
}

#[test]
fn the_journal_says_what_came_and_what_was_wrong() {
    let served = Served::start();
    let journal = |more: &[&str]| {
        let arguments = [&["sandbox", "journal"], more].concat();
        run(&arguments, &served.environment())
    };
    assert_eq!(journal(&[]).stdout, "no calls yet\n");
    assert_eq!(journal(&["--json"]).document(), json!({"calls": []}));
    send(&served).document();
    assert_eq!(send(&served).code, 5);
    fault(&served, &["set", "accept_then_cut", "--times", "1"]);
    let mut other = SEND;
    other[6] = "s-2";
    let cut = run(
        &[&["otp"], other.as_slice()].concat(),
        &served.environment(),
    );
    assert_eq!(cut.code, 6);

    let document = journal(&["--json"]).document();
    let calls = document["calls"].as_array().expect("calls");
    let outcomes: Vec<&Value> = calls.iter().map(|call| &call["outcome"]).collect();
    assert_eq!(
        outcomes,
        ["accepted", "refused", "accepted"],
        "newest first"
    );
    assert_eq!(calls[0]["fault"], "accept_then_cut");
    let human = journal(&[]);
    assert_eq!((human.code, human.stderr.as_str()), (0, ""));
    for said in [
        "#2 paynet send_otp  refused, HTTP 200",
        "what was wrong: ",
        "fault on purpose: accept_then_cut",
        "it sent message #1",
    ] {
        assert!(human.stdout.contains(said), "{said} in {}", human.stdout);
    }
    for secret in [KEY, "5550000042", "000 00 42"] {
        let printed = format!("{}{document}", human.stdout);
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
    let one = journal(&["--limit", "1", "--provider", "paynet", "--json"]).document();
    assert_eq!(one["calls"], json!([calls[0]]));
    let none = journal(&["--provider", "paytr", "--json"]).document();
    assert_eq!(none, json!({"calls": []}));
    let nobody = run(
        &[
            "sandbox",
            "journal",
            "--url",
            "http://127.0.0.1:9",
            "--json",
        ],
        &[],
    );
    assert_eq!(nobody.code, 7);
    assert_eq!(journal(&["--provider", "nobody"]).code, 2);
}
