//! `cargo xtask lint new-provider`: makes a provider in a copy of the workspace, sees that its tests ask for what is not
//! written and for nothing else, writes it, and sees them pass.

use std::path::{Path, PathBuf};

use xshell::{Shell, cmd};

use super::{Result, make};
use crate::{Outcome, tidy};

/// Always the same place, so that what was built there once is built.
const COPY: &str = "target/new-provider";

/// Never the folder of the original: Cargo would take what it built of the copy for the original's, and an edit of that
/// for none.
const BUILT: &str = "target/new-provider-built";

/// What the report of a provider that is not written says, among other things.
const ASKED_FOR: [&str; 9] = [
    "test conformance::acme_pay_conforms ... FAILED",
    "test conformance::unwritten::nothing_is_left_to_write ... FAILED",
    "only_yes_is_ok: ",
    "-> Acme Pay's yes: SENT and VERIFIED in tests/it/conformance.rs are its answers",
    "answered Unreadable, saying \"the answer has no return code\", instead of Ok",
    "kind_and_delivery: ",
    "codes_kept: ",
    "Acme Pay is not written yet: put what the provider documents",
    "src/wire.rs:10: pub(crate) const SEND_OTP",
];

/// An imaginary dialect: what stands in the crate, and what somebody who knows the provider writes instead.
const WRITTEN: [(&str, &[(&str, &str)]); 4] = [
    (
        "src/wire.rs",
        &[
            ("not written yet: the field of the number", "to"),
            ("not written yet: the field of the session", "order"),
            (
                "not written yet: the field of the code that was typed",
                "otp",
            ),
            (
                "not written yet: the field that says yes or no, by a code",
                "result",
            ),
            (
                "not written yet: the field of the text beside the code",
                "text",
            ),
            (
                "not written yet: the field of the wait in seconds, if there is one",
                "wait",
            ),
        ],
    ),
    (
        "tests/it/requests.rs",
        &[
            ("not written yet: the field of the number", "to"),
            ("not written yet: the field of the session", "order"),
            (
                "not written yet: the field of the code that was typed",
                "otp",
            ),
        ],
    ),
    (
        "src/code.rs",
        &[
            ("not written yet: the code of a yes", "00"),
            ("not written yet: the code of a wrong key", "01"),
            (
                "not written yet: the code of a message asked for too soon",
                "02",
            ),
            ("not written yet: the code of a wrong code", "03"),
            ("not written yet: the code of an expired code", "04"),
        ],
    ),
    (
        "tests/it/conformance.rs",
        &[
            (
                r#"{"not written yet":"Acme Pay's yes: sent"}"#,
                r#"{"result":"00"}"#,
            ),
            (
                r#"{"not written yet":"Acme Pay's yes: verified"}"#,
                r#"{"result":"00"}"#,
            ),
            (
                r#"{"not written yet":"Acme Pay's no: wrong key"}"#,
                r#"{"result":"01"}"#,
            ),
            (
                r#"{"not written yet":"Acme Pay's no: too soon"}"#,
                r#"{"result":"02"}"#,
            ),
            (
                r#""not written yet":"Acme Pay's no: wrong code""#,
                r#""result":"03""#,
            ),
            (
                "not written yet: the field of the text beside the code",
                "text",
            ),
            (
                r#"{"not written yet":"Acme Pay's no: expired"}"#,
                r#"{"result":"04"}"#,
            ),
            (
                r#"{"not written yet":"Acme Pay's no: a code nobody knows"}"#,
                r#"{"result":"99"}"#,
            ),
            (
                r#"{"not written yet":"Acme Pay's answer without a code"}"#,
                r#"{"text":"00"}"#,
            ),
        ],
    ),
];
/// The codes of the refusals, in the order of the samples.
const CODES: [&str; 5] = ["01", "02", "03", "04", "99"];

pub(crate) fn run(shell: &Shell) -> Outcome {
    let original = shell.current_dir();
    let _cargo = shell.push_env("CARGO_TARGET_DIR", original.join(BUILT));
    let _plain = shell.push_env("CARGO_TERM_COLOR", "never");
    let copy = copied(shell, &original)?;
    let _folder = shell.push_dir(&copy);
    // Its own repository: the chores ask git which files there are.
    cmd!(shell, "git init --quiet").run()?;
    make(shell, "acme-pay")?;
    let again = make(shell, "acme-pay").err().map(|error| error.to_string());
    if !again.is_some_and(|why| why.contains("has that name")) {
        return Err("a provider was made over another".into());
    }
    cmd!(shell, "cargo fmt --all --check").run()?;
    let deny = ["--", "-D", "warnings"];
    cmd!(
        shell,
        "cargo clippy --locked -p onay-acme-pay --all-targets {deny...}"
    )
    .run()?;
    cmd!(
        shell,
        "cargo clippy --locked -p onay --features acme-pay {deny...}"
    )
    .run()?;
    tidy::run(shell)?;
    asks(shell)?;
    write(shell)?;
    cmd!(shell, "cargo test --quiet --locked -p onay-acme-pay").run()?;
    tidy::run(shell)?;
    leaks(shell)
}

/// Everything but conformance passes, and conformance says what to write.
fn asks(shell: &Shell) -> Outcome {
    let output = cmd!(shell, "cargo test --locked -p onay-acme-pay --no-fail-fast")
        .ignore_status()
        .output()?;
    let told = String::from_utf8_lossy(&output.stdout);
    let others =
        |line: &&str| line.ends_with("... FAILED") && !line.starts_with("test conformance::");
    if let Some(line) = told.lines().find(others) {
        return Err(format!("what is made fails elsewhere than in conformance: {line}").into());
    }
    for sentence in ASKED_FOR {
        if !told.contains(sentence) {
            return Err(format!(
                "a provider that is not written is not told {sentence:?}:\n{told}"
            )
            .into());
        }
    }
    Ok(())
}

/// Takes away what hides the provider's quotations, and sees the suite find them.
fn leaks(shell: &Shell) -> Outcome {
    const CLIENT: &str = "crates/acme-pay/src/client.rs";
    const HIDING: &str = ".hiding(&sent)";
    let text = shell.read_file(CLIENT)?;
    if !text.contains(HIDING) {
        return Err(format!("{CLIENT} does not hold {HIDING}").into());
    }
    shell.write_file(CLIENT, text.replace(HIDING, ".hiding(&sent[..0])"))?;
    let output = cmd!(
        shell,
        "cargo test --quiet --locked -p onay-acme-pay --test it"
    )
    .ignore_status()
    .output()?;
    let told = String::from_utf8_lossy(&output.stdout);
    if output.status.success() || !told.contains("silence: ") {
        return Err(format!("without {HIDING} nothing is said to leak:\n{told}").into());
    }
    Ok(())
}

/// Does what the tests ask for.
fn write(shell: &Shell) -> Outcome {
    let folder = Path::new("crates/acme-pay");
    for (file, changes) in WRITTEN {
        let path = folder.join(file);
        let mut text = shell.read_file(&path)?;
        for (from, to) in changes {
            if !text.contains(from) {
                return Err(format!("{file} does not hold {from:?}").into());
            }
            text = text.replace(from, to);
        }
        for code in CODES {
            text = text.replacen("not written yet: its code", code, 1);
        }
        shell.write_file(path, text)?;
    }
    // What is left is prose, addresses and a header.
    for file in cmd!(shell, "git ls-files --others --exclude-standard")
        .quiet()
        .read()?
        .lines()
    {
        let is_the_search = file.ends_with("unwritten.rs") || file.starts_with("xtask/");
        if is_the_search || shell.path_exists(file) && Path::new(file).is_symlink() {
            continue;
        }
        let Ok(text) = shell.read_file(file) else {
            continue;
        };
        let written = text
            .replace("not-written-yet", "imagined")
            .replace("ot written yet", "ow imagined")
            .replace("henüz yazılmadı", "hayalî");
        if written != text {
            shell.write_file(file, written)?;
        }
    }
    Ok(())
}

/// Every file that is not ignored, as old as it is here, so that Cargo sees which have changed.
fn copied(shell: &Shell, original: &Path) -> Result<PathBuf> {
    let copy = original.join(COPY);
    shell.remove_path(&copy)?;
    let files = cmd!(
        shell,
        "git ls-files -z --cached --others --exclude-standard"
    )
    .quiet()
    .read()?;
    for file in files.split_terminator('\0') {
        let (from, to) = (original.join(file), copy.join(file));
        let Ok(about) = from.symlink_metadata() else {
            continue; // Deleted, and git does not know yet.
        };
        if let Some(folder) = to.parent() {
            shell.create_dir(folder)?;
        }
        #[cfg(unix)]
        if about.is_symlink() {
            std::os::unix::fs::symlink(from.read_link()?, to)?;
            continue;
        }
        std::fs::copy(from, &to)?;
        let copied = std::fs::File::options().write(true).open(to)?;
        copied.set_modified(about.modified()?)?;
    }
    Ok(copy)
}
