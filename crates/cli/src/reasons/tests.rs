//! The library's own sources say what has to be translated.

use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// The sources that hold names or tables instead of reasons.
const OTHER_FILES: [&str; 4] = ["kind.rs", "delivery.rs", "code.rs", "trace.rs"];

/// What no command can bring about, and texts that are no reasons.
const UNREACHABLE: &[&str] = &[
    // A challenge that was stored; `onay` stores none.
    "names a number and a token: one will do",
    "not a stored OtpChallenge",
    "carries a note of another provider",
    // A challenge or a recipient of another kind than the command makes.
    "names no number; Paynet wants one",
    "names no token; Masterpass wants one",
    "is neither a number nor an address",
    // What a provider crate itself hands to the HTTP client.
    "has to begin with a slash and to hold no query",
    "makes no URL together with the path",
    "cannot be written as JSON",
    "is outside what is allowed",
    "is not the name of a header",
    "contains a character that is not allowed in a header value",
    // Builds that this program is not.
    "is https, but this build has no TLS feature switched on",
    "is built from a reqwest builder, and with rustls-ring its TLS settings take effect only after the process has installed a rustls provider",
    "could not be built: no TLS to be had",
    "rustls-ring is the one that can fail",
    // Money::from_str; the command line gives the currency apart.
    "has no currency, such as 14.45 TL",
    // Causes, which follow "because", and words of Debug.
    "it ends too early",
    "it is malformed",
    "a value is of another type",
    "it could not be read",
    "the call has ended before its body was asked for",
    "an object",
    "the fields are PayTR's own, by PayTR's names",
    // Wire values.
    "application/json; charset=UTF-8",
    "0000-00-00 00:00:00",
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        let is_source = path.extension().is_some_and(|extension| extension == "rs");
        let is_other =
            !is_source || name.starts_with("fuzz") || name.starts_with("__") || name == "tests.rs";
        match path.is_dir() {
            true if name == "tests" => {}
            true => sources(&path, found),
            false if is_other || OTHER_FILES.contains(&name.as_ref()) => {}
            false => found.push(path),
        }
    }
}

/// The literals of a source that hold a blank and nothing to fill in, outside comments and tests.
fn sentences(source: &str) -> Vec<String> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let lines = code.lines().filter(|line| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with("#[doc")
    });
    let code = lines.collect::<Vec<_>>().join("\n");
    let code = code.replace("'\"'", "").replace("\\\"", "'");
    let literals = code.split('"').skip(1).step_by(2);
    let whole = literals.map(|literal| {
        let parts = literal.split("\\\n").map(str::trim_start);
        parts.collect::<String>()
    });
    whole
        .filter(|text| text.trim().contains(' ') && !text.contains(['{', '\n']))
        .collect()
}

#[test]
fn every_reason_in_the_library_is_translated() {
    let mut files = Vec::new();
    for name in ["core", "http", "paynet", "paywall-masterpass", "paytr-link"] {
        let folder = format!("{}/../{name}/src", env!("CARGO_MANIFEST_DIR"));
        sources(Path::new(&folder), &mut files);
    }
    let (mut untranslated, mut seen) = (Vec::new(), Vec::new());
    for file in files {
        for text in sentences(&fs::read_to_string(&file).expect("a source")) {
            if turkish(&text) == text && !UNREACHABLE.contains(&text.as_str()) {
                untranslated.push(format!("{}: {text}", file.display()));
            }
            seen.push(text);
        }
    }
    assert!(untranslated.is_empty(), "{untranslated:#?}");
    for listed in UNREACHABLE {
        assert!(
            seen.iter().any(|text| text == listed),
            "no longer said: {listed}"
        );
    }
    // A text that is said no more, or that the scan does not see.
    for name in ["cli/src", "sandbox/src/paytr"] {
        let folder = format!("{}/../{name}", env!("CARGO_MANIFEST_DIR"));
        let mut files = Vec::new();
        sources(Path::new(&folder), &mut files);
        files.retain(|file| !file.ends_with("reasons.rs"));
        for file in files {
            seen.extend(sentences(&fs::read_to_string(&file).expect("a source")));
        }
    }
    for (known, _) in KNOWN {
        assert!(seen.iter().any(|text| text == known), "not seen: {known}");
    }
}

#[test]
fn what_a_provider_says_stays_as_it_is() {
    assert_eq!(turkish("bekleyin"), "bekleyin");
}

#[test]
fn a_mistake_is_named_in_turkish_with_its_values() {
    let said = mistake("price signed as 14.45, posted as 1445");
    assert_eq!(
        said,
        "price 14.45 olarak imzalanmış, 1445 olarak gönderilmiş"
    );
    assert_eq!(
        mistake("merchant_salt left out"),
        "merchant_salt eklenmemiş"
    );
}

#[test]
fn a_sandbox_fails_in_turkish() {
    let address = "127.0.0.1:8027".parse().expect("an address");
    let taken = sandbox(&SandboxError::AddressTaken { address });
    assert!(taken.contains("127.0.0.1:8027 dolu"), "{taken}");
    let problem = "merchant_id has 1 to 64 letters and digits";
    let merchant = sandbox(&SandboxError::InvalidMerchant { problem });
    assert!(merchant.contains("harf ve rakam"), "{merchant}");
}

#[test]
fn what_a_running_sandbox_says_is_translated_as_it_says_it() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../sandbox/src");
    let mut said = Vec::new();
    for name in ["fault/check.rs", "api/error.rs", "api/faults.rs"] {
        let source = Path::new(folder).join(name);
        said.extend(sentences(&fs::read_to_string(source).expect("a source")));
    }
    for (english, _) in OF_SANDBOX {
        assert!(said.iter().any(|text| text == english), "{english}");
    }
    let ranges = said.iter().filter(|text| text.starts_with("has to be "));
    for range in ranges {
        assert_ne!(&of_sandbox(range), range, "no Turkish for it");
    }
    assert_eq!(of_sandbox("fault.kind unheard of"), "fault.kind unheard of");
}
