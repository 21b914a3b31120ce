//! `cargo xtask test`: every test.

use xshell::{Shell, cmd};

use crate::{Outcome, packages};

/// Beyond the defaults; TLS stays rustls, as users have it.
pub(crate) const FEATURES: &str = "onay/full,onay/guard-redis,onay/paytr-link-axum,onay/serde,onay-core/serde,onay-guard/redis-rustls,onay-guard/testing,onay-testkit/tls";

pub(crate) fn run(shell: &Shell) -> Outcome {
    install(shell)?;
    nextest(shell, &["--workspace", "--features", FEATURES])?;
    // nextest runs no documentation tests.
    let features = FEATURES;
    Ok(cmd!(
        shell,
        "cargo test --locked --workspace --features {features} --doc"
    )
    .run()?)
}

/// What the tests build with has to be there; a test that lacks a program says so and is skipped.
fn install(shell: &Shell) -> Outcome {
    packages::ensure(shell, &[("cc", "gcc")])?;
    packages::offer(
        shell,
        &[
            ("node", "nodejs"),
            ("npm", "npm"),
            ("chromium", "chromium"),
            ("chromedriver", "chromium-driver"),
            ("nginx", "nginx-light"),
            ("redis-server", "redis-server"),
            // Debian's Python lacks what creates a virtual environment.
            ("python3 -m ensurepip", "python3-venv"),
        ],
    )
}

/// Runs tests with cargo-nextest, or with `cargo test` where that is missing.
pub(crate) fn nextest(shell: &Shell, arguments: &[&str]) -> Outcome {
    let version = cmd!(shell, "cargo nextest --version")
        .quiet()
        .ignore_stderr();
    if version.read().is_ok() {
        return Ok(cmd!(shell, "cargo nextest run --locked {arguments...}").run()?);
    }
    eprintln!("cargo-nextest is missing; the tests run with cargo test, a little slower");
    let targets = ["--lib", "--bins", "--tests", "--examples"];
    Ok(cmd!(shell, "cargo test --locked {arguments...} {targets...}").run()?)
}
