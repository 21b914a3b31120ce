//! A program as a process of its own: what it is told, and what it writes to stdout and stderr.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::super::Failed;
use crate::child;
use crate::every_call::values;

/// The two streams of one or of many runs.
#[derive(Default)]
pub(in crate::silence) struct Printed {
    pub(in crate::silence) stdout: String,
    pub(in crate::silence) stderr: String,
}

impl Printed {
    pub(super) fn add(&mut self, other: &Self) {
        self.stdout += &other.stdout;
        self.stderr += &other.stderr;
    }
}

/// A setting and its value.
pub(super) type Setting = (&'static str, String);

/// Every setting, with the providers at `base`.
pub(super) fn settings(base: &str) -> Vec<Setting> {
    let mut settings = places(base);
    settings.extend(KEYS.map(|(name, key)| (name, key.to_owned())));
    settings
}

/// Where the providers are, and who the merchant is; no key.
pub(super) fn places(base: &str) -> Vec<Setting> {
    [
        ("PAYNET_ENV", "sandbox"),
        ("PAYNET_BASE_URL", base),
        ("PAYWALL_ENV", "sandbox"),
        ("PAYWALL_BASE_URL", base),
        ("PAYTR_ENV", "sandbox"),
        ("PAYTR_BASE_URL", base),
        ("PAYTR_MERCHANT_ID", values::MERCHANT_ID),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// The keys, by the names of their settings.
pub(super) const KEYS: [(&str, &str); 5] = [
    ("PAYNET_SECRET_KEY", values::PAYNET_KEY),
    ("PAYWALL_PRIVATE_KEY", values::PAYWALL_KEY),
    ("PAYWALL_PRIVATE_CLIENT", values::PAYWALL_CLIENT),
    ("PAYTR_MERCHANT_KEY", values::PAYTR_KEY),
    ("PAYTR_MERCHANT_SALT", values::PAYTR_SALT),
];

/// One run of `onay` against the server at `base`, as verbose as can be.
pub(super) async fn run(arguments: &[&str], base: &str, stdin: &str) -> Result<Printed, Failed> {
    let mut settings = settings(base);
    settings.push(("RUST_LOG", "trace".to_owned()));
    run_with(arguments, settings, stdin).await
}

/// One run of `onay` with these settings and no other.
pub(super) async fn run_with(
    arguments: &[&str],
    settings: Vec<Setting>,
    stdin: &str,
) -> Result<Printed, Failed> {
    let mut command = Command::new(binary()?);
    command.args(arguments).env_clear().envs(settings);
    printed(command, stdin).await
}

/// A careless program, which prints to both streams what it reads.
pub(in crate::silence) async fn careless(stdin: &str) -> Result<Printed, Failed> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args([child::ARGUMENT, child::ECHO]).env_clear();
    printed(command, stdin).await
}

async fn printed(mut command: Command, stdin: &str) -> Result<Printed, Failed> {
    let stdin = stdin.to_owned();
    // The server answers on this thread.
    tokio::task::spawn_blocking(move || {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut input) = child.stdin.take() {
            // A program that needs no stdin may be gone already.
            let _ = input.write_all(stdin.as_bytes());
        }
        let output = child.wait_with_output()?;
        Ok(Printed {
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    })
    .await?
}

/// The binary that was built along with this one.
fn binary() -> Result<PathBuf, Failed> {
    let here = std::env::current_exe()?;
    let path = here.with_file_name(format!("onay{}", std::env::consts::EXE_SUFFIX));
    if Path::exists(&path) {
        return Ok(path);
    }
    Err("the command line is not built: cargo build -p onay-cli".into())
}
