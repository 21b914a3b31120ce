//! A command line that cannot be read: what is wrong is said, what was typed is not repeated. And help.

use crate::support::{Run, onay, rows, run};

/// Command lines that are refused, each with `@` where a secret may have been typed by mistake.
const WITH_A_SECRET: [&str; 22] = [
    "otp verify @",
    "otp @",
    "@",
    "otp verify --code @ @",
    "otp send --provider @",
    "otp send --provider paynet --to @",
    "otp send --to=@ --to=@",
    "otp send --code=@",
    "masterpass verify --token @ --code @ --code @",
    "link create --min-count @",
    "link create --product --email @ --name @ --price @",
    "sandbox wait --timeout-ms @",
    "sandbox serve --listen @",
    "sandbox fault set @",
    "sandbox clock advance @ @",
    "explain @",
    "explain paynet @",
    "explain paynet 5 @",
    "explain --kind @",
    "--lang @ demo",
    "--color @ demo",
    "completions @",
];

#[test]
fn nothing_that_was_typed_is_repeated() {
    for secret in [
        "5551234567",
        "sck_test_canarykey",
        "musteri@example.com",
        "--kanarya-parola",
        "sen-kanarya",
    ] {
        for line in WITH_A_SECRET {
            let line = line.replace('@', secret);
            let human = run(&line, &[]);
            human.says(2, &["error: ", "next: "]);
            assert!(!human.printed().contains(secret), "{line}: {human:?}");
            if !secret.starts_with("sck_") {
                continue;
            }
            let json = run(&format!("{line} --json"), &[]);
            assert_eq!(json.error()["kind"], "invalid_input");
            assert!(!json.printed().contains(secret), "{line}: {json:?}");
        }
    }
}

/// Command lines that are refused, with what is said.
const WRONG: &str = r"
    otp send --provider paynet --to '0555 000 00 42' => missing: --session <SESSION>
    token explain --call callback => missing: --callback-id <CALLBACK_ID>; --merchant-oid <MERCHANT_OID>; --total-amount
    link create --name abcd --price 1 => missing: one of --product, --collection
    otp send --session => --session <SESSION>: its value is missing
    otp => a command is missing
    otp sned => there is no such command: sned; did you mean send?
    demoo => there is no such command: demoo; did you mean demo?
    opt => there is no such command: opt; did you mean otp?
    sandbox mess => there is no such command; did you mean messages?
    otp send --provider paywall => has to be one of: paynet; Masterpass: onay masterpass --help
    otp send --provider payent => 'payent' is not known, it has to be one of: paynet
    demo --lnag tr => there is no option --lnag; did you mean --lang?
    demo --x => an unknown option
    sandbox wait --timeout-ms 200000 => --timeout-ms <MS>: has to be a whole number from 0 to 120000
    sandbox clock advance -5 => <SECONDS>: has to be a whole number, 0 or above
    sandbox serve --listen foo => has to be ADDRESS:PORT or a port
    sandbox fault set html --chance x => has to be a number above 0 and at most 1
    link create --product --collection --name abcd --price 1 => --product: cannot be used with --collection
    otp send --to 1 --to 2 => --to <NUMBER>: is given twice
    otp send --to 0555 000 => quote values that contain blanks
    demo --json=1 => --json: takes another number of values
    -q demo -v => --quiet cannot be used with --verbose
";

#[test]
fn what_is_wrong_is_said() {
    for [line, said] in rows(WRONG) {
        let english = run(&format!("{line} --lang en"), &[]);
        english.says(2, &["error: ", said]);
        assert_eq!(english.stdout, "", "{line}");
        let turkish = run(&format!("{line} --lang tr"), &[]);
        turkish.says(2, &["hata: "]);
        assert!(!turkish.stderr.contains(said), "{turkish:?}");
    }
    let refused = run("demo --lnag tr --lang tr", &[]);
    refused.says(
        2,
        &["böyle bir seçenek yok: --lnag; şunu mu demek istediniz: --lang?"],
    );
}

/// Of the options it names those that have to be there, and none that was given.
#[test]
fn a_refused_command_line_is_answered_with_its_usage() {
    let usage = "Usage: onay otp send [OPTIONS] --to <NUMBER> --session <SESSION>";
    let english = format!("\n\n{usage}\n\nnext: onay otp send --help\n");
    for more in ["", "--lang en", "--color never", "--quiet --live"] {
        run(&format!("otp send {more}"), &[]).says(2, &[&english]);
    }
    let usage = "Kullanım: onay otp send [SEÇENEKLER] --to <NUMBER> --session <SESSION>";
    let turkish = format!("\n\n{usage}\n\nşimdi: onay otp send --help\n");
    run("otp send --lang tr", &[]).says(2, &["hata: eksik: --to", &turkish]);
    let group = "\nUsage: onay sandbox [OPTIONS] <COMMAND>\n";
    run("sandbox fualt", &[]).says(2, &[group]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_value_that_is_no_text_is_refused_and_a_path_need_not_be() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = tempfile::tempdir().expect("a folder");
    let name = OsStr::from_bytes(b"\xff");
    let mut send = onay("otp send --session s --to", &[]);
    let refused = send.arg(name).output().expect("ran");
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(said.starts_with("error: a value is not UTF-8"), "{said}");
    let mut man = onay("man --into", &[]);
    let written = man.arg(folder.path().join(name)).output().expect("ran");
    assert_eq!(written.status.code(), Some(0), "{written:?}");
    assert!(folder.path().join(name).join("onay.1").exists());
}

const TURKISH: [(&str, &str); 1] = [("LANG", "tr_TR.UTF-8")];

#[test]
fn help_is_in_the_language_that_is_spoken() {
    let english = [
        "Usage: onay [OPTIONS] <COMMAND>",
        "Exit codes:",
        "--lang",
        "the sandbox's doctor",
        "NO_COLOR",
        "onay explain paynet 5",
    ];
    let turkish = [
        "Kullanım: onay [SEÇENEKLER] <KOMUT>",
        "Komutlar:",
        "Seçenekler:",
        "Her komutta:",
        "[varsayılan: auto] [olası değerler:",
        "Örnekler:",
        "Çıkış kodları:",
        "  onay doctor                # hangi ayarlar tanımlı",
    ];
    let runs = |lines: &[&str], environment: &[(&str, &str)]| -> Vec<Run> {
        lines.iter().map(|line| run(line, environment)).collect()
    };
    for help in runs(&["--help", "help", "-h", "--help --lang EN"], &[]) {
        help.says(0, &english);
    }
    run("--help --lang en", &TURKISH).says(0, &english);
    let lines = ["--lang tr help", "-h --lang=tr", "--help --lang TR"];
    let asked = runs(&lines, &[]);
    for help in asked.into_iter().chain([run("--help", &TURKISH)]) {
        help.says(0, &turkish);
        assert_eq!(help.stderr, "");
    }
    run("otp", &TURKISH).says(2, &["Kullanım: onay otp [SEÇENEKLER] <KOMUT>"]);
    run("help sandbox clock", &TURKISH).says(0, &["Sandbox'ın saatini gösterir", "[KOMUT]"]);
    run("help explain", &TURKISH).says(0, &["Argümanlar:\n  [PROVIDER]  Kimin kodu"]);
    for page in ["man", "completions bash", "--version"] {
        assert_eq!(run(page, &TURKISH).stdout, run(page, &[]).stdout);
    }
}

#[test]
fn help_has_colours_where_they_are_asked_for() {
    for environment in [&TURKISH[..], &[]] {
        let colored = run("--color always --help", environment);
        assert!(colored.stdout.contains('\u{1b}'), "{colored:?}");
    }
    let forced = run("--color never --help", &[("CLICOLOR_FORCE", "1")]);
    assert!(!forced.stdout.contains('\u{1b}'));
}
