//! `cargo xtask new-provider NAME --dialect DIALECT [--into FOLDER]`: a provider's crate, in this workspace or outside of it.

use std::path::{Path, PathBuf};

use xshell::{Shell, cmd};

use crate::{Outcome, workspace};

/// How a provider says no, which decides what its code looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    /// Codes in JSON, under HTTP 200.
    Codes,
    /// REST statuses, with the code of an error in JSON.
    Rest,
}

/// A crate to write.
struct Crate<'a> {
    name: &'a str,
    dialect: Dialect,
    /// Where it goes; in the workspace, where none is named.
    folder: Option<PathBuf>,
}

const CODES: &str = include_str!("new_provider/codes.rs.txt");
const CODES_TEST: &str = include_str!("new_provider/codes_conformance.rs.txt");
const REST: &str = "crates/http/examples/twilio_verify/provider.rs";
/// Of the example, and where they go.
const REST_TESTS: [(&str, &str); 3] = [
    ("tests/twilio_verify/conformance.rs", "conformance.rs"),
    ("tests/twilio_verify/sandbox.rs", "sandbox.rs"),
    ("examples/twilio_verify/fake.rs", "fake.rs"),
];
const REST_MAIN: &str = "\
//! Acme passes the conformance suite and meets its own fake in a sandbox.

#![allow(clippy::expect_used, missing_docs, reason = \"tests fail by panicking\")]

mod conformance;
pub mod fake;
mod sandbox;

#[test]
fn it_conforms() {
    conformance::suite().assert();
}
";

/// Writes the crate and prints what comes next.
pub(crate) fn run(shell: &Shell, name: &str, options: &[&str]) -> Outcome {
    let made = read(name, options)?;
    let (dialect, folder) = write(shell, &made)?;
    let manifest = folder.join("Cargo.toml");
    cmd!(shell, "cargo fmt --manifest-path {manifest}").run()?;
    let folder = folder.display();
    eprintln!(
        "{folder} speaks {dialect} and passes `cargo test` there. Next:\n\
         - write the provider's own dialect; beyond one file, in the files that crates/paynet has: config, client, wire, code, verdict\n\
         - let the tests in tests/it speak it too\n\
         - give it a description, a README and licences; in this workspace a feature of the facade too, as crates/paynet has it\n\
         The guide: crates/all/src/guide/writing_a_provider.md"
    );
    Ok(())
}

/// `cargo xtask lint new-provider`: a new crate outside the workspace compiles and passes the conformance suite, in each dialect.
pub(crate) fn try_it(shell: &Shell) -> Outcome {
    let root = shell.current_dir();
    for dialect in [Dialect::Codes, Dialect::Rest] {
        let folder = root.join("target/new-provider/acme-pay");
        shell.remove_path(&folder)?;
        let made = Crate {
            name: "acme-pay",
            dialect,
            folder: Some(folder.clone()),
        };
        write(shell, &made)?;
        shell.copy_file("Cargo.lock", &folder)?;
        let _target = shell.push_env("CARGO_TARGET_DIR", root.join("target"));
        let _folder = shell.push_dir(folder);
        cmd!(shell, "cargo test --offline --quiet").run()?;
    }
    Ok(())
}

fn read<'a>(name: &'a str, options: &[&str]) -> Result<Crate<'a>, Box<dyn std::error::Error>> {
    let (dialect, folder) = match options {
        ["--dialect", dialect] => (*dialect, None),
        // As the caller's shell means it, and not from the top of the workspace.
        ["--dialect", dialect, "--into", folder] => (*dialect, Some(std::path::absolute(folder)?)),
        _ => ("", None),
    };
    let dialect = match dialect {
        "codes" => Dialect::Codes,
        "rest" => Dialect::Rest,
        _ => {
            return Err("which dialect does the provider speak? --dialect codes (codes in JSON under HTTP 200) or \
                        --dialect rest (REST statuses)"
                .into());
        }
    };
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_name {
        return Err(format!("{name:?} is no name such as acme-pay").into());
    }
    Ok(Crate {
        name,
        dialect,
        folder,
    })
}

/// What the crate speaks, and where it is.
fn write(
    shell: &Shell,
    made: &Crate<'_>,
) -> Result<(&'static str, PathBuf), Box<dyn std::error::Error>> {
    let Crate { name, dialect, .. } = made;
    let in_workspace = Path::new("crates").join(name);
    let folder = made.folder.clone().unwrap_or(in_workspace);
    if shell.path_exists(&folder) {
        return Err(format!("{} exists", folder.display()).into());
    }
    let spoken = match dialect {
        Dialect::Codes => "an invented dialect of codes",
        Dialect::Rest => "Twilio Verify's dialect",
    };
    let (source, tests) = match dialect {
        Dialect::Codes => (CODES.to_owned(), vec![("main.rs", CODES_TEST.to_owned())]),
        Dialect::Rest => {
            let mut tests = vec![("main.rs", REST_MAIN.to_owned())];
            for (from, to) in REST_TESTS {
                let test = shell.read_file(Path::new("crates/http").join(from))?;
                tests.push((to, outside(&test)));
            }
            (shell.read_file(REST)?, tests)
        }
    };
    shell.write_file(folder.join("src/lib.rs"), named(&source, name, *dialect))?;
    for (file, test) in tests {
        let file = folder.join("tests/it").join(file);
        shell.write_file(file, named(&test, name, *dialect))?;
    }
    shell.write_file(folder.join("Cargo.toml"), manifest(made))?;
    Ok((spoken, folder))
}

/// A test of the example as one of another crate, which has no choice of TLS to make.
fn outside(test: &str) -> String {
    let is_choice = |line: &&str| {
        ["rustls-ring", "rustls::"]
            .iter()
            .any(|sign| line.contains(sign))
    };
    let lines = test.lines().filter(|line| !is_choice(line));
    let whole: String = lines.flat_map(|line| [line, "\n"]).collect();
    whole.replace("crate::provider::", "onay_twilio_verify::")
}

/// The example under another name.
fn named(text: &str, name: &str, dialect: Dialect) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    let type_name: String = name.split('-').map(capital).collect();
    let module = name.replace('-', "_");
    match dialect {
        Dialect::Codes => text
            .replace("onay_acme", &format!("onay_{module}"))
            .replace("\"acme\"", &format!("\"{name}\""))
            .replace("Acme", &type_name)
            .replace("fn acme", &format!("fn {module}"))
            .replace("(acme", &format!("({module}")),
        Dialect::Rest => text
            .replace("onay_twilio_verify", &format!("onay_{module}"))
            .replace("\"twilio-verify\"", &format!("\"{name}\""))
            .replace("TwilioVerify", &type_name)
            .replace("TwilioFake", &format!("{type_name}Fake"))
            .replace("//! Acme", &format!("//! {type_name}")),
    }
}

fn manifest(made: &Crate<'_>) -> String {
    let name = made.name;
    let root = workspace::root();
    let is_member = made.folder.is_none();
    let table = if is_member {
        "[lints]\nworkspace = true\n"
    } else {
        "[workspace]\n"
    };
    let ours = |folder: &str| {
        if is_member {
            return "{ workspace = true".to_owned();
        }
        // By path until the crates are published.
        let path = root.join("crates").join(folder);
        format!("{{ path = {:?}", path.display().to_string())
    };
    let (core, http) = (ours("core"), ours("http"));
    let (sandbox, testkit) = (ours("sandbox"), ours("testkit"));
    let serde = match made.dialect {
        Dialect::Codes => "serde = { version = \"1\", features = [\"derive\"] }\n",
        Dialect::Rest => "",
    };
    let story = match made.dialect {
        Dialect::Codes => String::new(),
        Dialect::Rest => format!(
            "onay-sandbox = {sandbox} }}\nserde_json = \"1\"\n\
             tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
        ),
    };
    format!(
        "[package]\nname = \"onay-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{table}\n\
         [dependencies]\nonay-core = {core} }}\nonay-http = {http}, features = [\"rustls\"] }}\n{serde}\n\
         [dev-dependencies]\nonay-testkit = {testkit}, features = [\"tls\"] }}\n{story}\n\
         [package.metadata.onay]\nprovider = true\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dialect_is_asked_for() {
        for options in [
            &[][..],
            &["--dialect"],
            &["--dialect", "soap"],
            &["--into", "x"],
        ] {
            let asked = read("acme-pay", options)
                .err()
                .expect("a question")
                .to_string();
            assert!(asked.contains("--dialect rest"), "{asked}");
        }
        let renamed = named(
            "use onay_twilio_verify::TwilioVerify;",
            "acme-pay",
            Dialect::Rest,
        );
        assert_eq!(renamed, "use onay_acme_pay::AcmePay;");
        let made = read("acme-pay", &["--dialect", "rest", "--into", "x"]).expect("a crate");
        assert_eq!(made.dialect, Dialect::Rest);
        for name in ["", "Acme", "1-acme", "acme_pay"] {
            assert!(read(name, &["--dialect", "codes"]).is_err(), "{name}");
        }
    }
}
