//! `cargo xtask test`: every test there is.

use xshell::{Shell, cmd};

use crate::{Outcome, packages};

/// Beyond the defaults; TLS stays rustls, as users have it. The others get runs of their own.
pub(crate) const FEATURES: &str =
    "onay/full,onay/guard-redis,onay/serde,onay-core/serde,onay-guard/redis,onay-guard/testing";
const OTHER_TLS: [&str; 2] = ["native-tls", "rustls-ring"];

pub(crate) fn run(shell: &Shell) -> Outcome {
    packages::ensure(
        shell,
        &[
            ("cc", "gcc"),
            ("pkg-config", "pkg-config"),
            ("lib:openssl", "libssl-dev"),
        ],
    )?;
    // For the published PayTR client that is tried against the sandbox, for the sandbox's pages as a
    // browser shows them, and for the guard's store.
    packages::offer(
        shell,
        &[
            ("node", "nodejs"),
            ("npm", "npm"),
            ("chromium", "chromium"),
            ("chromedriver", "chromium-driver"),
            ("redis-server", "redis-server"),
            // It holds the sandbox's description against the sandbox. Debian's Python comes without
            // what makes an environment of one's own.
            ("python3 -m ensurepip", "python3-venv"),
        ],
    )?;
    let features = FEATURES;
    let nextest = cmd!(shell, "cargo nextest --version")
        .quiet()
        .ignore_stderr()
        .read()
        .is_ok();
    let http = ["-p", "onay-http", "--no-default-features", "--features"];
    if nextest {
        cmd!(
            shell,
            "cargo nextest run --locked --workspace --features {features}"
        )
        .run()?;
        for tls in OTHER_TLS {
            cmd!(shell, "cargo nextest run --locked {http...} {tls}").run()?;
        }
    } else {
        eprintln!("cargo-nextest is not there; the tests run with cargo test, a little slower");
        let targets = ["--lib", "--bins", "--tests", "--examples"];
        cmd!(
            shell,
            "cargo test --locked --workspace --features {features} {targets...}"
        )
        .run()?;
        for tls in OTHER_TLS {
            cmd!(shell, "cargo test --locked {http...} {tls} {targets...}").run()?;
        }
    }
    // nextest runs no documentation tests.
    cmd!(
        shell,
        "cargo test --locked --workspace --features {features} --doc"
    )
    .run()?;
    Ok(())
}
