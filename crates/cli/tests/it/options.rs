//! Every option of every command that takes no value it is given: the option is named.

use std::collections::BTreeSet;

use crate::support::run;

const ENVIRONMENT: [(&str, &str); 11] = [
    ("PAYNET_ENV", "sandbox"),
    ("PAYNET_BASE_URL", "http://127.0.0.1:9"),
    ("PAYNET_SECRET_KEY", "sck_test_key"),
    ("PAYWALL_ENV", "sandbox"),
    ("PAYWALL_BASE_URL", "http://127.0.0.1:9"),
    ("PAYWALL_PRIVATE_KEY", "test-key"),
    ("PAYWALL_PRIVATE_CLIENT", "test-client"),
    ("PAYTR_ENV", "sandbox"),
    ("PAYTR_MERCHANT_ID", "100001"),
    ("PAYTR_MERCHANT_KEY", "test-key"),
    ("PAYTR_MERCHANT_SALT", "test-salt"),
];

const GSM: &str = "05550000042";

/// A command, its arguments that are right, and the values that its options refuse.
type Refused = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

const REFUSED: &[Refused] = &[
    (
        "otp send",
        &["--to", GSM, "--session", "s"],
        &[("--provider", "nope"), ("--to", "x"), ("--session", "")],
    ),
    (
        "otp verify",
        &["--to", GSM, "--session", "s", "--code", "123456"],
        &[
            ("--provider", "nope"),
            ("--to", "x"),
            ("--session", ""),
            ("--code", ""),
            ("--code", "-"),
        ],
    ),
    (
        "masterpass session",
        &["--reference", "r", "--user", "u", "--to", GSM],
        &[("--reference", ""), ("--user", ""), ("--to", "x")],
    ),
    ("masterpass link", &["--session", "s"], &[("--session", "")]),
    (
        "masterpass resend",
        &["--session", "s", "--token", "t"],
        &[("--session", ""), ("--token", "")],
    ),
    (
        "masterpass verify",
        &["--session", "s", "--token", "t", "--code", "1"],
        &[
            ("--session", ""),
            ("--token", ""),
            ("--code", ""),
            ("--code", "123456789012345678901"),
        ],
    ),
    (
        "link create",
        &["--name", "abcd", "--price", "1", "--product"],
        &[
            ("--name", "abc"),
            ("--price", "x"),
            ("--price", "-1"),
            ("--price", "0"),
            ("--currency", "XYZ"),
            ("--min-count", "x"),
            ("--min-count", "-1"),
            ("--min-count", "0"),
            ("--max-count", "x"),
            ("--max-count", "-1"),
            ("--max-count", "0"),
            ("--max-installment", "x"),
            ("--max-installment", "-1"),
            ("--max-installment", "13"),
            ("--expires-at", "yarın"),
        ],
    ),
    (
        "link create",
        &[
            "--name",
            "abcd",
            "--price",
            "1",
            "--product",
            "--callback-link",
            "https://example.com/",
            "--callback-id",
            "A1",
        ],
        &[
            ("--callback-link", "nope"),
            ("--callback-link", "http://localhost/"),
            ("--callback-id", "a b"),
        ],
    ),
    (
        "link create",
        &[
            "--name",
            "abcd",
            "--price",
            "1",
            "--collection",
            "--email",
            "musteri@example.com",
        ],
        &[("--email", "bad")],
    ),
    (
        "link sms",
        &["--id", "A", "--to", GSM],
        &[("--id", ""), ("--to", "x")],
    ),
    (
        "link email",
        &["--id", "A", "--to", "musteri@example.com"],
        &[("--id", ""), ("--id", "A,B"), ("--to", "bad")],
    ),
    ("link delete", &["--id", "A"], &[("--id", "")]),
    (
        "callback trigger",
        &[
            "--to",
            "http://127.0.0.1:9/",
            "--callback-id",
            "A",
            "--price",
            "1",
        ],
        &[("--to", "nowhere"), ("--price", "x"), ("--price", "-1")],
    ),
    (
        "token explain",
        &["--call", "send-sms", "--id", "A", "--to", GSM],
        &[("--call", "nope"), ("--to", "0212")],
    ),
    (
        "token explain",
        &[
            "--call",
            "send-email",
            "--id",
            "A",
            "--to",
            "musteri@example.com",
        ],
        &[("--to", "bad")],
    ),
    (
        "token explain",
        &["--call", "create-product", "--name", "abcd", "--price", "1"],
        &[("--price", "x"), ("--price", "-1"), ("--currency", "XYZ")],
    ),
    (
        "sandbox serve",
        &[],
        &[
            ("--listen", "foo"),
            ("--allow-host", "a b"),
            ("--seed", "x"),
            ("--seed", "-1"),
            ("--paytr-merchant", "no-such-file"),
        ],
    ),
    (
        "sandbox messages",
        &[],
        &[
            ("--url", "bad"),
            ("--provider", "nope"),
            ("--limit", "x"),
            ("--limit", "-1"),
        ],
    ),
    (
        "sandbox wait",
        &[],
        &[
            ("--url", "bad"),
            ("--provider", "nope"),
            ("--after", "-1"),
            ("--timeout-ms", "-1"),
            ("--timeout-ms", "200000"),
        ],
    ),
    (
        "sandbox journal",
        &[],
        &[("--url", "bad"), ("--provider", "nope"), ("--limit", "-1")],
    ),
    ("sandbox clock", &[], &[("--url", "bad")]),
    ("sandbox clock advance", &["1"], &[("--url", "bad")]),
    ("sandbox reset", &[], &[("--url", "bad")]),
    ("sandbox fault list", &[], &[("--url", "bad")]),
    (
        "sandbox fault clear",
        &[],
        &[("--url", "bad"), ("--id", "x"), ("--id", "-1")],
    ),
    (
        "sandbox fault set",
        &["delay", "--ms", "1"],
        &[
            ("--url", "bad"),
            ("--ms", "x"),
            ("--ms", "-1"),
            ("--ms-per-byte", "-1"),
            ("--bytes", "-1"),
            ("--provider", "nope"),
            ("--times", "-1"),
            ("--chance", "x"),
        ],
    ),
    ("explain", &[], &[("--kind", "nope")]),
    (
        "doctor",
        &[],
        &[("--clock", "bad"), ("--lang", "xx"), ("--color", "nope")],
    ),
    ("man", &[], &[("--into", "/dev/null/man")]),
];

/// Options that take any text, or whose text only the sandbox or the provider can judge.
const ANY_TEXT: &[(&str, &[&str])] = &[
    ("callback trigger", &["--callback-id", "--merchant-oid"]),
    (
        "token explain",
        &[
            "--expect",
            "--id",
            "--name",
            "--max-installment",
            "--link-lang",
            "--min-count",
            "--callback-id",
            "--merchant-oid",
            "--status",
            "--total-amount",
        ],
    ),
    ("sandbox messages", &["--to", "--tenant"]),
    ("sandbox wait", &["--to", "--tenant"]),
    ("sandbox journal", &["--tenant"]),
    ("sandbox clock", &["--tenant"]),
    ("sandbox clock advance", &["--tenant"]),
    ("sandbox fault set", &["--code", "--operation", "--tenant"]),
];

fn with<'a>(command: &'a str, right: &[&'a str], option: &'a str, value: &'a str) -> Vec<&'a str> {
    let mut arguments: Vec<&str> = command.split(' ').chain(right.iter().copied()).collect();
    match arguments.iter().position(|word| *word == option) {
        Some(place) => arguments[place + 1] = value,
        None => arguments.extend([option, value]),
    }
    arguments
}

#[test]
fn a_refused_value_names_its_option() {
    for (command, right, refused) in REFUSED {
        for (option, value) in *refused {
            for language in ["en", "tr"] {
                let mut arguments = with(command, right, option, value);
                if *option != "--lang" {
                    arguments.extend(["--lang", language]);
                }
                let run = run(&arguments, &ENVIRONMENT);
                assert_eq!(run.code, 2, "{arguments:?}: {run:?}");
                let said = format!("{}{}", run.stdout, run.stderr);
                assert!(said.contains(option), "{arguments:?}: {said}");
            }
        }
    }
}

/// The options with a value, as a command's help lists them.
fn options(command: &str) -> BTreeSet<String> {
    let arguments: Vec<&str> = command.split(' ').chain(["--help"]).collect();
    let help = run(&arguments, &[]).stdout;
    let lines = help.lines().map(str::trim_start);
    let lines = lines.map(|line| line.strip_prefix("-q, ").unwrap_or(line));
    let options = lines.filter(|line| line.starts_with("--"));
    let options = options.filter_map(|line| line.split_once([' ', '[']));
    let options = options.filter(|(_, rest)| rest.trim_start().starts_with(['<', '[']));
    options.map(|(option, _)| option.to_owned()).collect()
}

#[test]
fn no_option_is_forgotten() {
    let commands: BTreeSet<&str> = REFUSED.iter().map(|(command, _, _)| *command).collect();
    assert!(commands.len() > 20);
    let mut seen = 0;
    for command in commands {
        let judged = REFUSED.iter().filter(|(name, _, _)| *name == command);
        let mut known: BTreeSet<&str> = judged
            .flat_map(|(_, _, refused)| refused.iter().map(|(option, _)| *option))
            .collect();
        let any = ANY_TEXT.iter().filter(|(name, _)| *name == command);
        known.extend(any.flat_map(|(_, options)| *options));
        // They stand with every command, and doctor's line above tries them.
        known.extend(["--lang", "--color"]);
        for option in options(command) {
            assert!(known.contains(option.as_str()), "{command} {option}");
            seen += 1;
        }
    }
    assert!(seen > 100, "{seen} options");
}
