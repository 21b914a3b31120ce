//! Every option of every command that takes no value it is given: the option is named, and the reason is said in both
//! languages.

use crate::support::{paynet, paytr, paywall, rows, run};

/// Command lines that are right, and the options with a value that each refuses.
const REFUSED: &str = r"
    otp send --to 05550000042 --session s => --provider nope; --to x; --session ''; --proxy nowhere; --proxy http://me:pw@127.0.0.1
    otp verify --to 05550000042 --session s --code 123456 => --provider nope; --to x; --session ''; --code ''; --code -; --proxy x
    masterpass session --reference r --user u --to 05550000042 => --reference ''; --user ''; --to x; --proxy x
    masterpass link --session s --to 05550000042 => --session ''; --to x; --proxy x
    masterpass resend --session s --token t => --session ''; --token ''; --proxy x
    masterpass verify --session s --token t --code 1 => --session ''; --token ''; --code ''; --code 123456789012345678901; --proxy x
    link create --name abcd --price 1 --product => --name abc; --price x; --price 9€; --price -1; --price 0; --currency XYZ; --min-count x
    link create --name abcd --price 1 --product => --min-count -1; --min-count 0; --max-count x; --max-count -1; --max-count 0
    link create --name abcd --price 1 --product => --max-installment x; --max-installment -1; --max-installment 13; --expires-at yarın
    link create --name abcd --price 1 --product --callback-link https://example.com/ --callback-id A1 => --callback-link nope; --callback-link http://localhost/; --callback-id 'a b'
    link create --name abcd --price 1 --collection --email musteri@example.com => --email bad; --proxy x
    link sms --id A --to 05550000042 => --id ''; --to x; --proxy x
    link email --id A --to musteri@example.com => --id ''; --id A,B; --to bad; --proxy x
    link delete --id A => --id ''; --proxy x
    callback resend => --id x; --id -1; --url bad
    sandbox export => --url bad
    sandbox import - => --url bad
    callback trigger --to http://127.0.0.1:9/ --callback-id A --price 1 => --to nowhere; --price x; --price -1
    token explain --call send-sms --id A --to 05550000042 => --call nope; --to 0212
    token explain --call send-email --id A --to musteri@example.com => --to bad
    token explain --call create-product --name abcd --price 1 => --price x; --price -1; --currency XYZ
    sandbox serve => --listen foo; --allow-host 'a b'; --callback-host 'a b'; --seed x; --seed -1; --paytr-merchant no-such-file; --story no-such-file
    sandbox messages => --url bad; --provider nope; --limit x; --limit -1
    sandbox wait => --url bad; --provider nope; --after -1; --timeout-ms -1; --timeout-ms 200000
    sandbox journal => --url bad; --provider nope; --limit -1
    sandbox clock => --url bad
    sandbox clock advance 1 => --url bad
    sandbox reset => --url bad
    sandbox fault list => --url bad
    sandbox fault clear => --url bad; --id x; --id -1
    sandbox fault set delay --ms 1 => --url bad; --ms x; --ms -1; --ms-per-byte -1; --bytes -1; --provider nope; --times -1
    sandbox fault set delay --ms 1 => --chance x
    explain => --kind nope
    doctor => --clock bad; --lang xx; --color nope
    man => --into /dev/null/man
";

/// The same line with another value of an option.
fn with(line: &str, option: &str) -> String {
    let name = option.split(' ').next().expect("a name");
    match line.split_once(&format!(" {name} ")) {
        Some((before, rest)) => {
            let after = rest.split_once(' ').map_or("", |(_, after)| after);
            format!("{before} {option} {after}")
        }
        None => format!("{line} {option}"),
    }
}

#[test]
fn a_refused_value_names_its_option_and_the_reason() {
    let nobody = "http://127.0.0.1:9";
    let environment = [paynet(nobody), paywall(nobody), paytr(nobody)].concat();
    for [line, options] in rows(REFUSED) {
        for option in options.split("; ") {
            let line = with(line, option);
            let name = option.split(' ').next().expect("a name");
            let english = run(&line, &environment);
            english.says(2, &[name]);
            if name == "--lang" {
                continue;
            }
            let turkish = run(&format!("{line} --lang tr"), &environment);
            turkish.says(2, &[name]);
            // `doctor` reports on stdout. Without what is alike in both: the option.
            let first = english.stderr.lines().next().unwrap_or_default();
            let reason = first.strip_prefix("error: ").unwrap_or_default();
            let reason = reason.split_once(' ').map_or("", |(_, reason)| reason);
            let is_translated = reason.is_empty() || !turkish.stderr.contains(reason);
            assert!(is_translated, "{line}: {reason} in {turkish:?}");
        }
    }
}
