//! `cargo xtask lint`: everything that can be checked without running a test.

use xshell::{Shell, cmd};

use crate::{Outcome, Step, new_provider, packages, tidy, tools, trees, versions, workspace};

pub(crate) const STEPS: [Step; 9] = [
    ("fmt", |shell| {
        Ok(cmd!(shell, "cargo fmt --all --check").run()?)
    }),
    ("clippy", clippy),
    ("docs", docs),
    ("features", features),
    ("trees", trees::run),
    ("rust-version", versions::run),
    ("tidy", tidy::run),
    ("new-provider", new_provider::try_it),
    ("deny", deny),
];

fn clippy(shell: &Shell) -> Outcome {
    packages::ensure(
        shell,
        &[("pkg-config", "pkg-config"), ("lib:openssl", "libssl-dev")],
    )?;
    let deny = ["--", "-D", "warnings"];
    cmd!(
        shell,
        "cargo clippy --locked --workspace --all-targets --all-features {deny...}"
    )
    .run()?;
    // What is compiled only without a feature: of several TLS features the first one wins.
    for tls in [&[][..], &["--features", "rustls-ring"]] {
        cmd!(
            shell,
            "cargo clippy --locked -p onay-http --no-default-features {tls...} {deny...}"
        )
        .run()?;
    }
    Ok(())
}

fn docs(shell: &Shell) -> Outcome {
    let _strict = shell.push_env("RUSTDOCFLAGS", "-D warnings");
    Ok(cmd!(
        shell,
        "cargo doc --locked --workspace --no-deps --all-features"
    )
    .run()?)
}

/// The facade with each of its features alone, and the libraries without any. `cargo xtask soak features` tries every set.
fn features(shell: &Shell) -> Outcome {
    let bare = ["--no-default-features", "-p"];
    for library in ["onay-core", "onay-guard", "onay-sandbox", "onay-testkit"] {
        cmd!(shell, "cargo check --locked {bare...} {library}").run()?;
    }
    let mut sets = ["", "guard", "serde", "paytr-link-axum"]
        .map(String::from)
        .to_vec();
    sets.extend(workspace::providers(shell)?);
    for set in sets {
        cmd!(
            shell,
            "cargo check --locked {bare...} onay --features {set}"
        )
        .run()?;
    }
    Ok(())
}

fn deny(shell: &Shell) -> Outcome {
    let program = tools::DENY.program(shell)?;
    let check = ["--all-features", "check", "--hide-inclusion-graph"];
    cmd!(shell, "{program} {check...} licenses bans sources").run()?;
    if cmd!(shell, "{program} fetch db")
        .quiet()
        .ignore_stderr()
        .run()
        .is_err()
    {
        eprintln!("SKIPPED: security advisories; the database of rustsec.org cannot be fetched");
        return Ok(());
    }
    Ok(cmd!(shell, "{program} {check...} advisories").run()?)
}
