//! `onay doctor`: what is set, what is wrong, and never a key.

use onay_testkit::{Behaviour, ClosedPort, SocketServer};
use serde_json::{Value, json};

use crate::support::{KEY, Run, Served, Variables, paynet, run, run_json, run_with_stdin};

fn doctor(environment: &[(&str, &str)], more: &str) -> Run {
    run(&format!("doctor {more}"), environment)
}

/// The report, with any exit code: it is on stdout, and nothing on stderr.
fn report(environment: &[(&str, &str)], more: &str) -> Value {
    let run = doctor(environment, &format!("--json {more}"));
    assert_eq!(run.stderr, "");
    let document: Value = serde_json::from_str(&run.stdout).expect("one document");
    assert_eq!(document["exit_code"], run.code);
    document
}

const RIGHT: [(&str, &str); 9] = [
    ("PAYNET_ENV", "test"),
    ("PAYNET_SECRET_KEY", KEY),
    ("PAYWALL_ENV", "live-turkey"),
    ("PAYWALL_PRIVATE_KEY", "test-canary-key"),
    ("PAYWALL_PRIVATE_CLIENT", "test-canary-client"),
    ("PAYTR_ENV", "sandbox"),
    ("PAYTR_MERCHANT_ID", "100001"),
    ("PAYTR_MERCHANT_KEY", "test-canary-merchant"),
    ("PAYTR_MERCHANT_SALT", "test-canary-salt"),
];

#[test]
fn nothing_configured_is_0_with_how_to_begin() {
    let commands = "  onay demo\n  onay sandbox serve\n";
    let english = doctor(&[], "");
    english.says(0, &["No provider is configured yet", commands]);
    assert_eq!(english.stderr, "");
    doctor(&[], "--lang tr").says(0, &["Henüz hiçbir sağlayıcı", commands]);
    for provider in report(&[], "")["providers"].as_array().expect("providers") {
        assert_eq!(provider["configured"], false);
        assert_eq!(provider["mistakes"], json!([]));
    }
    doctor(&[], "--network").says(0, &["There is no host to reach"]);
}

#[test]
fn what_is_right_is_0_and_shown_masked() {
    let document = report(&RIGHT, "");
    assert_eq!(document["exit_code"], 0, "{document}");
    let paynet = &document["providers"][0];
    assert_eq!(paynet["base_url"], "https://pts-api.paynet.com.tr");
    assert_eq!(
        paynet["settings"][2],
        json!({"name": "PAYNET_SECRET_KEY", "set": true, "from": "environment", "file": null,
                "shown": "sck_…", "length": KEY.len()})
    );
    assert!(paynet["notes"].to_string().contains("static IP"));
    let paywall = &document["providers"][1];
    assert_eq!(paywall["live"], true);
    assert_eq!(paywall["base_url"], "https://payment-api.paywall.com.tr");
    assert!(paywall["notes"].to_string().contains("--live"));
    assert_eq!(paywall["settings"][2]["shown"], Value::Null);
    let paytr = &document["providers"][2];
    assert_eq!(paytr["settings"][2]["shown"], "100001");
    assert!(!document.to_string().contains("canary"));
    for language in ["en", "tr"] {
        let human = doctor(&RIGHT, &format!("--lang {language}"));
        human.says(0, &["sck_… (18 "]);
        assert!(!human.stdout.contains("canary"), "{}", human.stdout);
    }
}

#[test]
fn a_sandbox_that_is_named_by_its_host_is_shown() {
    let url = "http://onay-sandbox:8027/paynet";
    let mut environment = paynet(url);
    let refused = report(&environment, "");
    assert_eq!(refused["exit_code"], 2);
    assert_eq!(refused["providers"][0]["base_url"], Value::Null);
    environment.push(("ONAY_SANDBOX_HOSTS", "other, onay-sandbox"));
    let document = report(&environment, "");
    assert_eq!(document["exit_code"], 0, "{document}");
    let paynet = &document["providers"][0];
    assert_eq!(paynet["base_url"], url);
    assert_eq!(paynet["settings"][1]["shown"], url);
}

/// Settings with one mistake, and the variable that has it: named, with no value repeated.
#[test]
fn every_mistake_is_2_and_named() {
    let key = |key| vec![("PAYNET_ENV", "test"), ("PAYNET_SECRET_KEY", key)];
    let address = |base| [key(KEY), vec![("PAYNET_BASE_URL", base)]].concat();
    let mistakes: [(Variables<'_>, &str); 8] = [
        (key("pbk_test_canary"), "PAYNET_SECRET_KEY"),
        (vec![("PAYNET_SECRET_KEY", KEY)], "PAYNET_ENV"),
        (
            vec![("PAYNET_SECRET_KEY", KEY), ("PAYNET_ENV", "canary")],
            "PAYNET_ENV",
        ),
        (address("https://example.com?canary"), "PAYNET_BASE_URL"),
        (
            [key(KEY), vec![("PAYNET_SECRET_KEY_FILE", "canary")]].concat(),
            "PAYNET_SECRET_KEY",
        ),
        (
            vec![
                ("PAYNET_ENV", "test"),
                ("PAYNET_SECRET_KEY_FILE", "sck_canary"),
            ],
            "PAYNET_SECRET_KEY_FILE",
        ),
        (
            vec![("PAYWALL_ENV", "test"), ("PAYWALL_PRIVATE_KEY", "canary")],
            "PAYWALL_PRIVATE_CLIENT",
        ),
        (
            vec![("ONAY_SANDBOX_URL", "http://me:canary@127.0.0.1")],
            "sandbox_url",
        ),
    ];
    for (environment, variable) in mistakes {
        let document = report(&environment, "");
        assert_eq!(document["exit_code"], 2, "{environment:?}: {document}");
        let document = document.to_string();
        assert!(document.contains(variable), "{document}");
        let human = doctor(&environment, "--lang tr");
        assert_eq!(human.code, 2);
        let mut mistakes = human.stdout.lines().filter(|line| line.contains('✗'));
        assert!(mistakes.any(|line| line.contains(variable)), "{human:?}");
        for printed in [document, human.stdout] {
            assert!(!printed.contains("canary"), "{printed}");
        }
    }
}

#[test]
fn all_mistakes_are_named_at_once() {
    let all = [
        ("PAYTR_ENV", "x"),
        ("PAYTR_MERCHANT_ID", "1 2"),
        ("PAYTR_MERCHANT_KEY", "a b"),
        ("PAYTR_BASE_URL", "x"),
    ];
    let document = report(&all, "");
    let mistakes = document["providers"][2]["mistakes"].as_array();
    let named = mistakes.expect("mistakes").iter();
    let mut named: Vec<&str> = named
        .filter_map(|mistake| mistake.as_str()?.split(':').next())
        .collect();
    named.sort_unstable();
    let variables = [
        "BASE_URL",
        "ENV",
        "MERCHANT_ID",
        "MERCHANT_KEY",
        "MERCHANT_SALT",
    ];
    assert_eq!(named, variables.map(|name| format!("PAYTR_{name}")));
}

#[cfg(unix)]
#[test]
fn a_file_that_everybody_can_read_is_a_warning() {
    use std::os::unix::fs::PermissionsExt;

    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), format!("{KEY}\n")).expect("written");
    let name = file.path().to_str().expect("a name");
    let environment = [("PAYNET_ENV", "sandbox"), ("PAYNET_SECRET_KEY_FILE", name)];
    for (mode, warnings) in [(0o600, 0), (0o640, 0), (0o644, 1)] {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(file.path(), permissions).expect("set");
        let document = report(&environment, "");
        assert_eq!(document["exit_code"], 0, "a warning is no mistake");
        assert!(!document.to_string().contains("canary"));
        let paynet = &document["providers"][0];
        let warned = paynet["warnings"].as_array().map(Vec::len);
        assert_eq!(warned, Some(warnings), "{mode:o}");
        let key = &paynet["settings"][2];
        assert_eq!((&key["from"], &key["file"]), (&json!("file"), &json!(name)));
        assert_eq!(key["length"], KEY.len(), "without its newline");
    }
}

#[test]
fn stdin_is_named_and_not_read() {
    let environment = [("PAYNET_ENV", "sandbox"), ("PAYNET_SECRET_KEY_FILE", "-")];
    let document = run_with_stdin("doctor --json", &environment, "pbk_canary").document();
    let paynet = &document["providers"][0];
    assert_eq!(paynet["settings"][2]["from"], "stdin");
    assert!(paynet["notes"].to_string().contains("not checked"));
    let wrong = [("PAYNET_ENV", "nowhere"), environment[1]];
    assert_eq!(doctor(&wrong, "").code, 2, "the rest is judged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_network_is_touched_only_when_asked_and_without_a_request() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let url = server.url();
    let offline = report(&paynet(&url), "");
    assert_eq!(offline["providers"][0]["network"], Value::Null);
    assert_eq!(server.connections(), 0);
    let online = report(&paynet(&url), "--network");
    assert_eq!(online["exit_code"], 0);
    assert_eq!(online["providers"][0]["network"]["connected"], true);
    assert_eq!(online["providers"][1]["network"], Value::Null);
    assert_eq!(server.requests().len(), 0, "no HTTP request");

    let closed = ClosedPort::take();
    for base in [closed.url(), "https://no-such-host.invalid".to_owned()] {
        let far = report(&paynet(&base), "--network");
        assert_eq!(far["exit_code"], 7, "{far}");
        let network = &far["providers"][0]["network"];
        assert_eq!(network["connected"], false);
        assert!(network["problem"].is_string());
    }
    let nobody = closed.url();
    let human = doctor(&paynet(&nobody), "--network --lang tr");
    human.says(7, &["TCP bağlantısı kurulamadı"]);
    let mut mistaken = paynet(&nobody);
    mistaken.push(("PAYNET_SECRET_KEY", "pbk_x"));
    let mistaken = report(&mistaken, "--network");
    assert_eq!(mistaken["exit_code"], 2, "the mistake comes first");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_is_compared_with_a_server() {
    let dated = |date: &str| {
        let head = format!("HTTP/1.1 200 OK\r\n{date}content-length: 0\r\n\r\n");
        Behaviour::AnswerAndClose(head.into_bytes())
    };
    let against = |url: &str| format!("--clock {url}");
    let long_ago = SocketServer::start(dated("date: Sun, 06 Nov 1994 08:49:37 GMT\r\n")).await;
    let asked = report(&[], &against(&long_ago.url()));
    let clock = &asked["clock"];
    assert_eq!(asked["exit_code"], 0, "no setting is wrong");
    assert_eq!(clock["agrees"], false);
    assert_eq!(clock["time"], "1994-11-06T08:49:37Z");
    assert!(clock["server_ahead_seconds"].as_i64().expect("seconds") < -900_000_000);
    let human = format!("--lang tr {}", against(&long_ago.url()));
    doctor(&[], &human).says(0, &["saatinden", "sn ileride"]);

    let undated = SocketServer::start(dated("")).await;
    let closed = ClosedPort::take();
    for (url, code) in [
        (undated.url(), 1),
        (closed.url(), 7),
        ("nonsense".to_owned(), 2),
        ("http://me:canary@127.0.0.1".to_owned(), 2),
    ] {
        let asked = report(&[], &against(&url));
        assert_eq!(asked["exit_code"], code, "{url}");
        let why = asked["clock"]["error"].to_string();
        assert_eq!(why.contains("or holds a user name"), code == 2, "{why}");
        assert!(!asked.to_string().contains("canary"));
    }
}

#[test]
fn the_clock_is_compared_with_the_running_sandbox() {
    let served = Served::start();
    let environment = [("ONAY_SANDBOX_URL", served.address("listen"))];
    let clock = |more: &str| report(&environment, more)["clock"].clone();
    assert_eq!(clock(""), Value::Null);
    assert_eq!(clock("--clock")["agrees"], true);
    run_json("sandbox clock advance 181", &environment).document();
    let moved = clock("--clock");
    assert_eq!(moved["agrees"], false);
    assert_eq!(moved["is_sandbox"], true);
    let ahead = moved["server_ahead_seconds"].as_i64().expect("seconds");
    assert!((181..190).contains(&ahead), "{ahead}");
    doctor(&environment, "--clock").says(0, &["s behind"]);
}

#[test]
fn what_is_easily_taken_for_granted_is_noted() {
    let paytr = [
        ("PAYTR_ENV", "test"),
        ("PAYTR_MERCHANT_ID", "123456"),
        ("PAYTR_MERCHANT_KEY", "k"),
        ("PAYTR_MERCHANT_SALT", "test-salt"),
    ];
    let english = [
        "PayTR has no test host: the shop's own setting decides",
        "1 character (",
        "9 characters (",
    ];
    doctor(&paytr, "").says(0, &english);
    doctor(&paytr, "--lang tr").says(0, &["PayTR'nin test sunucusu yok"]);
    for (environment, key, is_warned) in [
        ("sandbox", "sck_live_demo", true),
        ("sandbox", "sck_test_demo", false),
        ("test", "sck_other_demo", false),
    ] {
        let environment = [("PAYNET_ENV", environment), ("PAYNET_SECRET_KEY", key)];
        let report = doctor(&environment, "");
        assert_eq!(report.code, 0, "{report:?}");
        let warning = "! PAYNET_SECRET_KEY: the sandbox takes only keys that begin with sck_test_";
        assert_eq!(report.stdout.contains(warning), is_warned, "{report:?}");
    }
}

#[test]
fn a_cause_is_said_once() {
    let wrong = [
        ("ONAY_SANDBOX_URL", "nowhere"),
        ("PAYNET_ENV", "test"),
        ("PAYNET_SECRET_KEY", "pbk_x"),
    ];
    for (language, why) in [
        ("en", ["is not an http address", "is the browser's key"]),
        ("tr", ["http adresi değil", "tarayıcı"]),
    ] {
        let said = doctor(&wrong, &format!("--clock --lang {language}")).stdout;
        for why in why {
            assert_eq!(said.matches(why).count(), 1, "{why}: {said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_proxy_of_the_environment_is_ignored_and_one_that_is_named_is_tried() {
    let ignored = [
        ("HTTPS_PROXY", "http://me:canary@127.0.0.1:9"),
        ("all_proxy", "x"),
    ];
    let document = report(&ignored, "");
    assert_eq!(
        document["proxy"],
        json!({"url": null, "mistake": null, "ignored": ["HTTPS_PROXY", "all_proxy"]})
    );
    let said = "HTTPS_PROXY, all_proxy is ignored: a proxy is named by ONAY_PROXY";
    doctor(&ignored, "").says(0, &[said]);
    doctor(&ignored, "--lang tr").says(0, &["HTTPS_PROXY, all_proxy kullanılmıyor"]);

    let proxy = SocketServer::start(Behaviour::json("{}")).await;
    let with_password = proxy.url().replace("http://", "http://me:canary@");
    let mut environment = paynet("https://no-such-host.invalid");
    environment.push(("ONAY_PROXY", &with_password));
    let reached = report(&environment, "--network");
    assert_eq!(reached["proxy"]["url"], proxy.url());
    assert_eq!(
        reached["providers"][0]["network"]["connected"], true,
        "the proxy"
    );
    assert!(!reached.to_string().contains("canary"), "{reached}");
    let wrong = report(&[("ONAY_PROXY", "canary:x")], "");
    assert_eq!(wrong["exit_code"], 2);
    assert!(!wrong.to_string().contains("canary"), "{wrong}");
}
