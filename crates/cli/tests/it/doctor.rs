//! `onay doctor`: what is set, what is wrong, and never a key.

use onay_testkit::{Behaviour, ClosedPort, SocketServer};
use serde_json::{Value, json};

use crate::support::{KEY, Run, Served, run, run_with_stdin};

pub(crate) fn doctor(environment: &[(&str, &str)], more: &[&str]) -> Run {
    run(&[&["doctor"], more].concat(), environment)
}

/// The report, whatever the exit code: it is on stdout, and nothing on stderr.
pub(crate) fn report(environment: &[(&str, &str)], more: &[&str]) -> Value {
    let run = doctor(environment, &[&["--json"], more].concat());
    assert_eq!(run.stderr, "");
    let document: Value = serde_json::from_str(&run.stdout).expect("one document");
    assert_eq!(document["exit_code"], run.code);
    document
}

const RIGHT: [(&str, &str); 8] = [
    ("PAYNET_ENV", "test"),
    ("PAYNET_SECRET_KEY", KEY),
    ("PAYWALL_ENV", "live-turkey"),
    ("PAYWALL_PRIVATE_KEY", "test-canary-key"),
    ("PAYWALL_PRIVATE_CLIENT", "test-canary-client"),
    ("PAYTR_ENV", "sandbox"),
    ("PAYTR_MERCHANT_ID", "100001"),
    ("PAYTR_MERCHANT_KEY", "test-canary-merchant"),
];

#[test]
fn nothing_configured_is_0_with_how_to_begin() {
    for (language, begin) in [
        ("en", "No provider is configured yet"),
        ("tr", "Henüz hiçbir sağlayıcı"),
    ] {
        let empty = doctor(&[], &["--lang", language]);
        assert_eq!((empty.code, empty.stderr.as_str()), (0, ""));
        assert!(empty.stdout.contains(begin), "{}", empty.stdout);
        assert!(empty.stdout.contains("  onay demo\n  onay sandbox serve\n"));
    }
    let document = report(&[], &[]);
    assert_eq!(document["exit_code"], 0);
    for provider in document["providers"].as_array().expect("providers") {
        assert_eq!(provider["configured"], false);
        assert_eq!(provider["mistakes"], json!([]));
    }
    let network = doctor(&[], &["--network"]);
    assert_eq!(network.code, 0, "there is no host to reach");
}

#[test]
fn what_is_right_is_0_and_shown_masked() {
    let mut environment = RIGHT.to_vec();
    environment.push(("PAYTR_MERCHANT_SALT", "test-canary-salt"));
    let document = report(&environment, &[]);
    assert_eq!(document["exit_code"], 0, "{document}");
    let paynet = &document["providers"][0];
    assert_eq!(paynet["base_url"], "https://pts-api.paynet.com.tr");
    let key = &paynet["settings"][2];
    assert_eq!(
        key,
        &json!({"name": "PAYNET_SECRET_KEY", "set": true, "from": "environment", "file": null,
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
    for language in ["en", "tr"] {
        let human = doctor(&environment, &["--lang", language]);
        assert_eq!(human.code, 0);
        assert!(human.stdout.contains("sck_… (18 "), "{}", human.stdout);
        assert!(!human.stdout.contains("canary"), "{}", human.stdout);
    }
    assert!(!document.to_string().contains("canary"));
}

type Variables = &'static [(&'static str, &'static str)];

/// Settings with one mistake, and the variable that has it.
const MISTAKES: [(Variables, &str); 15] = [
    (
        &[
            ("PAYNET_SECRET_KEY", "pbk_test_canary"),
            ("PAYNET_ENV", "test"),
        ],
        "PAYNET_SECRET_KEY",
    ),
    (
        &[
            ("PAYNET_SECRET_KEY", "sck_canary\n"),
            ("PAYNET_ENV", "test"),
        ],
        "PAYNET_SECRET_KEY",
    ),
    (
        &[("PAYNET_SECRET_KEY", "sck canary"), ("PAYNET_ENV", "test")],
        "PAYNET_SECRET_KEY",
    ),
    (
        &[("PAYNET_SECRET_KEY", ""), ("PAYNET_ENV", "test")],
        "PAYNET_SECRET_KEY",
    ),
    (&[("PAYNET_ENV", "test")], "PAYNET_SECRET_KEY"),
    (&[("PAYNET_SECRET_KEY", KEY)], "PAYNET_ENV"),
    (
        &[("PAYNET_SECRET_KEY", KEY), ("PAYNET_ENV", "canary")],
        "PAYNET_ENV",
    ),
    (
        &[
            RIGHT[0],
            RIGHT[1],
            ("PAYNET_BASE_URL", "https://example.com?canary"),
        ],
        "PAYNET_BASE_URL",
    ),
    (
        &[
            RIGHT[0],
            RIGHT[1],
            ("PAYNET_BASE_URL", "http://canary.example.com"),
        ],
        "PAYNET_BASE_URL",
    ),
    (
        &[
            RIGHT[0],
            RIGHT[1],
            ("PAYNET_BASE_URL", "https://api.paynet.com.tr"),
        ],
        "PAYNET_BASE_URL",
    ),
    (
        &[RIGHT[0], RIGHT[1], ("PAYNET_SECRET_KEY_FILE", "canary")],
        "PAYNET_SECRET_KEY",
    ),
    (
        &[RIGHT[0], ("PAYNET_SECRET_KEY_FILE", "sck_canary")],
        "PAYNET_SECRET_KEY_FILE",
    ),
    (
        &[("PAYWALL_ENV", "test"), ("PAYWALL_PRIVATE_KEY", "canary")],
        "PAYWALL_PRIVATE_CLIENT",
    ),
    (&[("PAYTR_MERCHANT_ID", "canary 1")], "PAYTR_MERCHANT_ID"),
    (
        &[("ONAY_SANDBOX_URL", "http://me:canary@127.0.0.1")],
        "sandbox_url",
    ),
];

/// Each mistake is named by its variable, all of them at once, and no value is repeated.
#[test]
fn every_mistake_is_2_and_named() {
    for (environment, variable) in MISTAKES {
        let document = report(environment, &[]);
        assert_eq!(document["exit_code"], 2, "{environment:?}: {document}");
        assert!(document.to_string().contains(variable), "{document}");
        for language in ["en", "tr"] {
            let human = doctor(environment, &["--lang", language]);
            assert_eq!(human.code, 2);
            let mistakes: Vec<&str> = human
                .stdout
                .lines()
                .filter(|line| line.contains('✗'))
                .collect();
            assert!(
                mistakes.iter().any(|line| line.contains(variable)),
                "{}",
                human.stdout
            );
            assert!(!human.stdout.contains("canary"), "{}", human.stdout);
        }
        assert!(!document.to_string().contains("canary"), "{document}");
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
    let document = report(&all, &[]);
    let mistakes = document["providers"][2]["mistakes"]
        .as_array()
        .expect("mistakes");
    let named: Vec<&str> = mistakes
        .iter()
        .filter_map(|mistake| mistake.as_str()?.split(':').next())
        .collect();
    for variable in [
        "PAYTR_ENV",
        "PAYTR_MERCHANT_ID",
        "PAYTR_MERCHANT_KEY",
        "PAYTR_MERCHANT_SALT",
        "PAYTR_BASE_URL",
    ] {
        assert!(named.contains(&variable), "{variable} in {named:?}");
    }
    assert_eq!(named.len(), 5, "{named:?}");
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
        let document = report(&environment, &[]);
        let paynet = &document["providers"][0];
        assert_eq!(document["exit_code"], 0, "a warning is no mistake");
        assert_eq!(
            paynet["warnings"].as_array().map(Vec::len),
            Some(warnings),
            "{mode:o}"
        );
        assert_eq!(paynet["settings"][2]["from"], "file");
        assert_eq!(paynet["settings"][2]["file"], name);
        assert_eq!(
            paynet["settings"][2]["length"],
            KEY.len(),
            "without its newline"
        );
        assert!(!document.to_string().contains("canary"));
    }
}

#[test]
fn stdin_is_named_and_not_read() {
    let environment = [("PAYNET_ENV", "sandbox"), ("PAYNET_SECRET_KEY_FILE", "-")];
    let run = run_with_stdin(&["doctor", "--json"], &environment, "pbk_canary");
    let document = run.document();
    let paynet = &document["providers"][0];
    assert_eq!(paynet["settings"][2]["from"], "stdin");
    assert!(paynet["notes"].to_string().contains("not checked"));
    let wrong = [("PAYNET_ENV", "nowhere"), ("PAYNET_SECRET_KEY_FILE", "-")];
    assert_eq!(doctor(&wrong, &[]).code, 2, "the rest is judged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_network_is_touched_only_when_asked_and_without_a_request() {
    let server = SocketServer::start(Behaviour::json("{}")).await;
    let url = server.url();
    let at = |base: &str, more: &[&str]| {
        let environment = [
            ("PAYNET_ENV", "sandbox"),
            ("PAYNET_SECRET_KEY", KEY),
            ("PAYNET_BASE_URL", base),
        ];
        report(&environment, more)
    };
    let offline = at(&url, &[]);
    assert_eq!(offline["providers"][0]["network"], Value::Null);
    assert_eq!(server.connections(), 0);
    let online = at(&url, &["--network"]);
    assert_eq!(online["exit_code"], 0);
    assert_eq!(online["providers"][0]["network"]["connected"], true);
    assert_eq!(online["providers"][1]["network"], Value::Null);
    assert_eq!(server.requests().len(), 0, "no HTTP request");

    let nobody = ClosedPort::take();
    for base in [nobody.url(), "https://no-such-host.invalid".to_owned()] {
        let far = at(&base, &["--network"]);
        assert_eq!(far["exit_code"], 7, "{far}");
        let network = &far["providers"][0]["network"];
        assert_eq!(network["connected"], false);
        assert!(network["problem"].is_string());
    }
    let mistaken = [
        ("PAYNET_ENV", "sandbox"),
        ("PAYNET_SECRET_KEY", "pbk_x"),
        ("PAYNET_BASE_URL", &nobody.url()),
    ];
    assert_eq!(
        report(&mistaken, &["--network"])["exit_code"],
        2,
        "the mistake comes first"
    );
    for (language, said) in [
        ("en", "no TCP connection"),
        ("tr", "TCP bağlantısı kurulamadı"),
    ] {
        let right = [mistaken[0], ("PAYNET_SECRET_KEY", KEY), mistaken[2]];
        let human = doctor(&right, &["--network", "--lang", language]);
        assert_eq!(human.code, 7);
        assert!(human.stdout.contains(said), "{}", human.stdout);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_is_compared_with_a_server() {
    let dated = |date: &str| {
        let head = format!("HTTP/1.1 200 OK\r\n{date}content-length: 0\r\n\r\n");
        Behaviour::AnswerAndClose(head.into_bytes())
    };
    let long_ago = SocketServer::start(dated("date: Sun, 06 Nov 1994 08:49:37 GMT\r\n")).await;
    let asked = report(&[], &["--clock", &long_ago.url()]);
    let clock = &asked["clock"];
    assert_eq!(asked["exit_code"], 0, "no setting is wrong");
    assert_eq!(clock["agrees"], false);
    assert_eq!(clock["time"], "1994-11-06T08:49:37Z");
    assert!(clock["server_ahead_seconds"].as_i64().expect("seconds") < -900_000_000);
    let human = doctor(&[], &["--clock", &long_ago.url(), "--lang", "tr"]);
    assert!(human.stdout.contains("saatinden"), "{}", human.stdout);

    let undated = SocketServer::start(dated("")).await;
    assert_eq!(report(&[], &["--clock", &undated.url()])["exit_code"], 1);
    let nobody = ClosedPort::take();
    assert_eq!(report(&[], &["--clock", &nobody.url()])["exit_code"], 7);
    assert_eq!(report(&[], &["--clock", "nonsense"])["exit_code"], 2);
    let secret = report(&[], &["--clock", "http://me:canary@127.0.0.1"]);
    assert_eq!(secret["exit_code"], 2);
    assert!(!secret.to_string().contains("canary"));
}

#[test]
fn the_clock_is_compared_with_the_running_sandbox() {
    let served = Served::start();
    let url = served.addresses["listen"].as_str().expect("an address");
    let environment = [("ONAY_SANDBOX_URL", url)];
    let clock = |more: &[&str]| report(&environment, more)["clock"].clone();
    assert_eq!(clock(&[]), Value::Null);
    assert_eq!(clock(&["--clock"])["agrees"], true);
    run(
        &["sandbox", "clock", "advance", "181", "--json"],
        &environment,
    )
    .document();
    let moved = clock(&["--clock"]);
    assert_eq!(
        (&moved["agrees"], &moved["is_sandbox"]),
        (&json!(false), &json!(true))
    );
    let ahead = moved["server_ahead_seconds"].as_i64().expect("seconds");
    assert!((181..190).contains(&ahead), "{ahead}");
    let human = doctor(&environment, &["--clock"]);
    assert!(human.stdout.contains("s behind"), "{}", human.stdout);
}

#[test]
fn what_is_easily_taken_for_granted_is_noted() {
    let paytr = |language| {
        let environment = [
            ("PAYTR_ENV", "test"),
            ("PAYTR_MERCHANT_ID", "123456"),
            ("PAYTR_MERCHANT_KEY", "k"),
            ("PAYTR_MERCHANT_SALT", "test-salt"),
        ];
        run(&["doctor", "--lang", language], &environment).stdout
    };
    let english = paytr("en");
    assert!(
        english.contains("PayTR has no test host: the shop's own setting decides"),
        "{english}"
    );
    assert!(english.contains("1 character ("), "{english}");
    assert!(english.contains("9 characters ("), "{english}");
    assert!(paytr("tr").contains("PayTR'nin test sunucusu yok"));
    let paynet = |environment, key| {
        let environment = [("PAYNET_ENV", environment), ("PAYNET_SECRET_KEY", key)];
        let report = run(&["doctor"], &environment);
        assert_eq!(report.code, 0, "{report:?}");
        report
            .stdout
            .contains("! PAYNET_SECRET_KEY: the sandbox takes only keys that begin with sck_test_")
    };
    assert!(paynet("sandbox", "sck_live_demo"));
    assert!(!paynet("sandbox", "sck_test_demo"));
    assert!(!paynet("test", "sck_other_demo"));
}
