//! Turkish and English, quiet and verbose, colours, and what to do next.

use onay_testkit::{Behaviour, ClosedPort, SocketServer};
use serde_json::Value;

use crate::support::{KEY, Run, SEND, Served, run};

/// `otp send` without `--json`.
fn send(base: &str, more: &[&str], variables: &[(&str, &str)]) -> Run {
    let environment = [
        ("PAYNET_ENV", "sandbox"),
        ("PAYNET_SECRET_KEY", KEY),
        ("PAYNET_BASE_URL", base),
    ];
    let human = &SEND[..SEND.len() - 1];
    run(
        &[&["otp"], human, more].concat(),
        &[&environment, variables].concat(),
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_failure_says_what_to_do_next() {
    for (behaviour, code, english, turkish) in [
        (
            Some(Behaviour::json(r#"{"code":5,"message":"bekleyin"}"#)),
            5,
            [
                "too soon to send again",
                "next: When a code is sent: the customer has one",
            ],
            [
                "yeniden göndermek için erken",
                "şimdi: Kod gönderirken: müşteride geçerli",
            ],
        ),
        (
            Some(Behaviour::json(r#"{"code":7}"#)),
            4,
            [
                "credentials not accepted",
                "next: Check the secret key (sck_…)",
            ],
            [
                "kimlik bilgileri kabul edilmedi",
                "şimdi: Gizli anahtarı (sck_…)",
            ],
        ),
        (
            Some(Behaviour::answer(401, "text/html", "")),
            4,
            [
                "the provider refused (credentials)",
                "next: check PAYNET_SECRET_KEY",
            ],
            [
                "sağlayıcı reddetti (credentials)",
                "şimdi: şunları kontrol edin: PAYNET_SECRET_KEY",
            ],
        ),
        (
            Some(Behaviour::json(r#"{"code":"A-17"}"#)),
            3,
            ["(code A-17, HTTP 200)", "next: this code is in no table"],
            ["(kod A-17, HTTP 200)", "şimdi: bu kod tabloda yok"],
        ),
        (
            Some(Behaviour::CloseAfterRequest),
            6,
            [
                "a message may have gone out (interrupted)",
                "next: A message may have gone out: ask the customer",
            ],
            [
                "mesaj gitmiş olabilir (interrupted)",
                "şimdi: Mesaj gitmiş olabilir: yenisini göndermeden",
            ],
        ),
        (
            None, // nobody listens
            7,
            [
                "no message went out (unreachable)",
                "`onay doctor --network`",
            ],
            ["mesaj gitmedi (unreachable)", "`onay doctor --network`"],
        ),
    ] {
        let nobody = ClosedPort::take();
        let server = match behaviour {
            Some(behaviour) => Some(SocketServer::start(behaviour).await),
            None => None,
        };
        let url = server
            .as_ref()
            .map_or_else(|| nobody.url(), SocketServer::url);
        for (language, said) in [("en", english), ("tr", turkish)] {
            let failed = send(&url, &["--lang", language], &[]);
            assert_eq!(
                (failed.code, failed.stdout.as_str()),
                (code, ""),
                "{failed:?}"
            );
            for said in said {
                assert!(failed.stderr.contains(said), "{said} in {}", failed.stderr);
            }
            let last = failed.stderr.lines().last().expect("a line");
            assert!(
                last.starts_with("next: ") || last.starts_with("şimdi: "),
                "{last}"
            );
            let quiet = send(&url, &["--lang", language, "--quiet"], &[]);
            assert_eq!(quiet.code, code);
            assert!(quiet.stderr.contains(said[0]), "errors still");
            assert!(!quiet.stderr.contains("next: ") && !quiet.stderr.contains("şimdi: "));
        }
    }
}

/// A customer's number where a code should be, and a provider's text that quotes one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn turkish_leaks_no_more_than_english() {
    let quoting =
        format!(r#"{{"code":"05550000042","message":"{KEY} 0555 000 00 42 5550000042"}}"#);
    let server = SocketServer::start(Behaviour::json(&quoting)).await;
    for language in ["en", "tr"] {
        let failed = send(&server.url(), &["--lang", language], &[]);
        assert_eq!(failed.code, 3);
        for canary in ["canary", "5550000042", "000 00 42"] {
            assert!(
                !failed.stderr.contains(canary),
                "{canary} in {}",
                failed.stderr
            );
        }
    }
}

#[test]
fn settings_are_refused_in_turkish_too() {
    for (environment, said) in [
        (vec![], "PAYNET_ENV: tanımlı değil"),
        (
            vec![("PAYNET_ENV", "live"), ("PAYNET_SECRET_KEY", KEY)],
            "istediğiniz buysa --live ekleyin",
        ),
        (
            vec![("PAYNET_ENV", "test"), ("PAYNET_SECRET_KEY", "pbk_x")],
            "gizli anahtar sck_ ile başlar",
        ),
    ] {
        let human = &SEND[..SEND.len() - 1];
        let refused = run(&[&["otp"], human, &["--lang", "tr"]].concat(), &environment);
        assert_eq!(refused.code, 2);
        assert!(
            refused.stderr.contains(said),
            "{said} in {}",
            refused.stderr
        );
    }
}

#[test]
fn the_locale_decides_and_lang_wins() {
    let turkish = |arguments: &[&str], variables: &[(&str, &str)]| {
        run(arguments, variables).stdout.contains("ayarlanmamış")
    };
    let locale = [("LANG", "tr_TR.UTF-8")];
    assert!(turkish(&["doctor"], &locale));
    assert!(!turkish(&["doctor"], &[]));
    assert!(!turkish(&["doctor", "--lang", "en"], &locale));
    assert!(turkish(
        &["--lang", "tr", "doctor"],
        &[("LANG", "en_US.UTF-8")]
    ));
    assert!(!turkish(&["doctor"], &[locale[0], ("LC_ALL", "C.UTF-8")]));
}

#[test]
fn json_is_the_same_in_both_languages() {
    let served = Served::start();
    let environment = served.environment();
    for arguments in [
        vec!["explain", "paynet"],
        vec!["explain", "--kind", "expired"],
        vec!["explain", "paynet", "nope"],
        vec!["doctor"],
        vec!["otp", "send"],
        vec![
            "otp",
            "send",
            "--provider",
            "paynet",
            "--to",
            "0212",
            "--session",
            "s",
        ],
        vec!["sandbox", "clock", "--tenant", "nobody"],
        vec!["sandbox", "wait", "--timeout-ms", "10"],
        vec!["sandbox", "journal"],
        vec!["sandbox", "serve", "--paytr-merchant", "no-such-file"],
    ] {
        let [english, turkish] = ["en", "tr"].map(|language| {
            let run = run(
                &[&arguments[..], &["--json", "--lang", language]].concat(),
                &environment,
            );
            (run.code, run.stdout, run.stderr)
        });
        assert_eq!(english, turkish, "{arguments:?}");
    }
}

#[test]
fn verbose_traces_our_own_and_rust_log_wins() {
    let served = Served::start();
    let traced = |more: &[&str], variables: &[(&str, &str)]| {
        let run = send(served.paynet(), more, variables);
        assert!(
            !run.stderr.contains("canary") && !run.stderr.contains("000 00 42"),
            "{}",
            run.stderr
        );
        run.stderr
    };
    assert_eq!(traced(&["--quiet"], &[]), "");
    let debug = traced(&["-v"], &[]);
    assert!(debug.contains("onay.call"), "{debug}");
    for line in traced(&["-vv"], &[])
        .lines()
        .filter(|line| line.contains(" DEBUG ") || line.contains(" TRACE "))
    {
        assert!(line.contains("onay"), "our own alone: {line}");
    }
    assert!(!traced(&["-v"], &[("RUST_LOG", "off")]).contains("onay.call"));
    let json = run(
        &[&["-v", "otp"], SEND.as_slice()].concat(),
        &[
            ("PAYNET_ENV", "sandbox"),
            ("PAYNET_SECRET_KEY", KEY),
            ("PAYNET_BASE_URL", "http://127.0.0.1:9"),
        ],
    );
    let last = json.stderr.lines().last().expect("a line");
    let error: Value = serde_json::from_str(last).expect("the error is the last line");
    assert_eq!(error["error"]["kind"], "unreachable");
}

#[test]
fn quiet_leaves_the_result_alone() {
    let served = Served::start();
    let sent = send(served.paynet(), &["-q"], &[]);
    assert_eq!((sent.code, sent.stderr.as_str()), (0, ""));
    assert!(sent.stdout.starts_with("accepted"), "{}", sent.stdout);
}

#[test]
fn colours_are_asked_for_in_every_usual_way() {
    let colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        run(arguments, variables).stdout.contains('\u{1b}')
    };
    let explain = ["explain", "paynet", "5"];
    assert!(!colored(&explain, &[]), "no terminal");
    assert!(colored(&explain, &[("CLICOLOR_FORCE", "1")]));
    assert!(!colored(
        &explain,
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    let always = ["explain", "paynet", "5", "--color", "always"];
    assert!(colored(&always, &[("NO_COLOR", "1")]), "the flag wins");
    let never = ["explain", "paynet", "5", "--color", "never"];
    assert!(!colored(&never, &[("CLICOLOR_FORCE", "1")]));
}
