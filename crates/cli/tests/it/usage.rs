//! A command line that makes no sense: what is wrong is said, what was typed is not repeated.

use crate::support::run;

const CANARIES: [&str; 9] = [
    "5551234567",
    "123456",
    "sck_test_canarykey",
    "AB12CD",
    "musteri@example.com",
    "--0555",
    "kanaryaparola",
    "--kanarya-parola",
    "sen-kanarya",
];

#[test]
fn nothing_that_was_typed_is_repeated() {
    for canary in CANARIES {
        let to = format!("--to={canary}");
        let code = format!("--code={canary}");
        for arguments in [
            vec!["otp", "verify", canary],
            vec!["otp", canary],
            vec![canary],
            vec!["otp", "verify", "--code", canary, canary],
            vec!["otp", "send", "--provider", canary],
            vec!["otp", "send", "--provider", "paynet", "--to", canary],
            vec!["otp", "send", &to, &to],
            vec!["otp", "send", &code],
            vec![
                "masterpass",
                "verify",
                "--token",
                canary,
                "--code",
                canary,
                "--code",
                canary,
            ],
            vec!["link", "create", "--min-count", canary],
            vec![
                "link",
                "create",
                "--product",
                "--email",
                canary,
                "--name",
                canary,
                "--price",
                canary,
            ],
            vec!["sandbox", "wait", "--timeout-ms", canary],
            vec!["sandbox", "serve", "--listen", canary],
            vec!["sandbox", "fault", "set", canary],
            vec!["sandbox", "clock", "advance", canary, canary],
            vec!["explain", canary],
            vec!["explain", "paynet", canary],
            vec!["explain", "paynet", "5", canary],
            vec!["explain", "--kind", canary],
            vec!["--lang", canary, "demo"],
            vec!["--color", canary, "demo"],
            vec!["completions", canary],
        ] {
            for json in [false, true] {
                let mut arguments = arguments.clone();
                if json {
                    arguments.push("--json");
                }
                let refused = run(&arguments, &[]);
                assert_eq!(refused.code, 2, "{arguments:?}: {refused:?}");
                assert_eq!(refused.stdout, "", "{arguments:?}");
                assert!(
                    !refused.stderr.contains(canary),
                    "{arguments:?}: {}",
                    refused.stderr
                );
                if json {
                    assert_eq!(refused.error()["kind"], "invalid_input");
                } else {
                    assert!(refused.stderr.starts_with("error: "), "{}", refused.stderr);
                    assert!(refused.stderr.contains("next: "), "{}", refused.stderr);
                }
            }
        }
    }
}

#[test]
fn what_is_wrong_is_said() {
    for (arguments, said) in [
        (
            vec![
                "otp",
                "send",
                "--provider",
                "paynet",
                "--to",
                "0555 000 00 42",
            ],
            "missing: --session <SESSION>",
        ),
        (
            vec!["otp", "send", "--session"],
            "--session <SESSION>: its value is missing",
        ),
        (
            vec!["otp", "sned"],
            "there is no such command: sned; did you mean send?",
        ),
        (
            vec!["demoo"],
            "there is no such command: demoo; did you mean demo, doctor?",
        ),
        (
            vec!["otp", "send", "--provider", "paywall"],
            "has to be one of: paynet; Masterpass: onay masterpass --help",
        ),
        (
            vec!["otp", "send", "--provider", "payent"],
            "'payent' is not known, it has to be one of: paynet",
        ),
        (
            vec!["demo", "--lnag", "tr"],
            "there is no option --lnag; did you mean --lang?",
        ),
        (
            vec!["sandbox", "wait", "--timeout-ms", "200000"],
            "--timeout-ms <MS>: has to be a whole number from 0 to 120000",
        ),
        (
            vec!["sandbox", "wait", "--otp", "--json"],
            "--otp: cannot be used with --json",
        ),
        (
            vec!["otp", "send", "--to", "1", "--to", "2"],
            "--to <GSM>: is given twice",
        ),
        (
            vec!["otp", "send", "--to", "0555", "000"],
            "quote values that contain blanks",
        ),
        (
            vec!["demo", "-q", "-v"],
            "--quiet cannot be used with --verbose",
        ),
        (
            vec!["-q", "demo", "-v"],
            "--quiet cannot be used with --verbose",
        ),
    ] {
        let refused = run(&arguments, &[]);
        assert_eq!(
            (refused.code, refused.stdout.as_str()),
            (2, ""),
            "{arguments:?}"
        );
        assert!(
            refused.stderr.contains(said),
            "{said} in {}",
            refused.stderr
        );
    }
}

#[test]
fn what_is_said_is_turkish_where_that_is_spoken() {
    let turkish = run(&["otp", "send", "--lang", "tr"], &[]);
    assert!(
        turkish.stderr.starts_with("hata: eksik: --to"),
        "{}",
        turkish.stderr
    );
    assert!(
        turkish.stderr.ends_with("şimdi: onay otp send --help\n"),
        "{}",
        turkish.stderr
    );
    let usage = "\n\nKullanım: onay otp send [SEÇENEKLER] --to <GSM> --session <SESSION>\n\n";
    assert!(turkish.stderr.contains(usage), "{}", turkish.stderr);
    let listen = run(
        &["sandbox", "serve", "--listen", "foo", "--lang", "tr"],
        &[],
    );
    assert!(
        listen.stderr.contains("ADRES:PORT olmalı") && !listen.stderr.contains("Where"),
        "{}",
        listen.stderr
    );
    let help = run(&["token", "explain", "--help"], &[]).stdout;
    assert!(help.contains("3 the expected one is wrong"), "{help}");
    let locale = run(&["otp", "sned"], &[("LANG", "tr_TR.UTF-8")]);
    assert!(
        locale.stderr.starts_with("hata: böyle bir komut yok"),
        "{}",
        locale.stderr
    );
}

#[test]
fn a_usage_line_names_what_has_to_be_there_and_no_more() {
    for more in [
        &["--lang", "en"][..],
        &["--color", "never"],
        &["--quiet", "--live"],
    ] {
        let refused = run(&[&["otp", "send"], more].concat(), &[]).stderr;
        let usage = "\n\nUsage: onay otp send [OPTIONS] --to <GSM> --session <SESSION>\n\n";
        assert!(refused.contains(usage), "{more:?}: {refused}");
    }
    let group = run(&["sandbox", "fualt"], &[]).stderr;
    assert!(
        group.contains("\nUsage: onay sandbox [OPTIONS] <COMMAND>\n"),
        "{group}"
    );
}

#[test]
fn what_is_missing_or_out_of_range_is_said() {
    for (arguments, said) in [
        (
            vec!["link", "create", "--name", "abcd", "--price", "1"],
            "missing: one of --product, --collection",
        ),
        (
            vec!["token", "explain", "--call", "send-sms"],
            "missing: --id <ID>; --to <TO>",
        ),
        (
            vec!["token", "explain", "--call", "callback"],
            "missing: --callback-id <CALLBACK_ID>; --merchant-oid <MERCHANT_OID>; --total-amount",
        ),
        (
            vec!["token", "explain", "--call", "create-collection"],
            "missing: --to <TO>; --name <NAME>; --price <PRICE>",
        ),
        (
            vec!["sandbox", "clock", "advance", "-5"],
            "<SECONDS>: has to be a whole number, 0 or above",
        ),
        (
            vec!["sandbox", "serve", "--listen", "foo"],
            "has to be ADDRESS:PORT, such as 127.0.0.1:8027",
        ),
    ] {
        let refused = run(&arguments, &[]);
        assert_eq!(refused.code, 2, "{arguments:?}");
        assert!(
            refused.stderr.contains(said),
            "{said} in {}",
            refused.stderr
        );
    }
}

#[test]
fn help_says_what_a_stranger_needs() {
    let help = run(&["--help"], &[]);
    assert_eq!((help.code, help.stderr.as_str()), (0, ""));
    for said in [
        "Exit codes:",
        "--lang",
        "the sandbox's doctor",
        "NO_COLOR",
        "onay explain paynet 5",
    ] {
        assert!(help.stdout.contains(said), "{said} in {}", help.stdout);
    }
    let locale = [("LANG", "tr_TR.UTF-8")];
    for turkish in [
        run(&["--help"], &locale),
        run(&["--lang", "tr", "help"], &[]),
        run(&["-h", "--lang=tr"], &[]),
    ] {
        assert_eq!((turkish.code, turkish.stderr.as_str()), (0, ""));
        for said in [
            "Kullanım: onay [SEÇENEKLER] <KOMUT>",
            "Komutlar:",
            "Her komutta:",
            "Örnekler:",
            "Çıkış kodları:",
            "  onay doctor                # neyin ayarlı olduğu",
        ] {
            assert!(turkish.stdout.contains(said), "{}", turkish.stdout);
        }
    }
    let alone = run(&["otp"], &locale);
    assert_eq!((alone.code, alone.stdout.as_str()), (2, ""));
    assert!(
        alone
            .stderr
            .contains("Kullanım: onay otp [SEÇENEKLER] <KOMUT>")
    );
    let below = run(&["help", "sandbox", "clock"], &locale).stdout;
    assert!(below.contains("Sandbox'ın saatini gösterir"), "{below}");
    let version = run(&["--version"], &locale).stdout;
    assert_eq!(version, run(&["--version"], &[]).stdout);
    let english = run(&["--help", "--lang", "en"], &locale).stdout;
    assert_eq!(english, help.stdout);
    for page in [&["man"][..], &["completions", "bash"]] {
        assert_eq!(run(page, &locale).stdout, run(page, &[]).stdout);
    }
    let colored = run(&["--color", "always", "--help"], &locale);
    assert!(colored.stdout.contains('\u{1b}'), "in Turkish as well");
    let colored = run(&["--color", "always", "--help"], &[]);
    assert!(
        colored.stdout.contains('\u{1b}'),
        "clap's own colours obey too"
    );
    let forced = run(&["--color", "never", "--help"], &[("CLICOLOR_FORCE", "1")]);
    assert!(!forced.stdout.contains('\u{1b}'));
}
