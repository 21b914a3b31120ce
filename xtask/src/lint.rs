//! `cargo xtask lint`: everything that can be said without running the code.

use xshell::{Shell, cmd};

use crate::{
    Outcome, advisories, api, minimal, msrv, new_provider, packages, picture, tidy, tools, trees,
    workspace,
};

type Step = (&'static str, fn(&Shell) -> Outcome);

const STEPS: [Step; 13] = [
    ("fmt", format),
    ("clippy", clippy),
    ("docs", docs),
    ("deny", deny),
    ("machete", machete),
    ("features", features),
    ("minimal", minimal::run),
    ("trees", trees::run),
    ("api", api::compare),
    ("picture", picture::compare),
    ("tidy", tidy::run),
    ("new-provider", new_provider::try_it),
    ("msrv", msrv),
];

pub(crate) fn run(shell: &Shell, only: Option<&str>) -> Outcome {
    let chosen: Vec<_> = STEPS
        .into_iter()
        .filter(|(name, _)| only.is_none_or(|only| only == *name))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = names().collect();
        return Err(format!("no such lint; there are {}", names.join(", ")).into());
    }
    for (name, step) in chosen {
        eprintln!("lint: {name}");
        step(shell)?;
    }
    Ok(())
}

/// What the lints are called.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    STEPS.into_iter().map(|(name, _)| name)
}

fn format(shell: &Shell) -> Outcome {
    Ok(cmd!(shell, "cargo fmt --all --check").run()?)
}

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
    for tls in [&[][..], &["--all-targets", "--features", "rustls-ring"]] {
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

fn deny(shell: &Shell) -> Outcome {
    let program = tools::DENY.program(shell)?;
    cmd!(
        shell,
        "{program} --all-features check --hide-inclusion-graph licenses bans sources"
    )
    .run()?;
    advisories::run(shell)
}

/// Dependencies that nothing uses.
fn machete(shell: &Shell) -> Outcome {
    let program = tools::MACHETE.program(shell)?;
    Ok(cmd!(shell, "{program} crates xtask").run()?)
}

/// Every combination of features that differs from all others: hundreds taken blindly, about a hundred so. `default`
/// is `rustls`, `full` is every provider and the guard. What several TLS features together mean is decided in
/// onay-http, and TLS to Redis in onay-guard; the facade's code knows nothing of either, so there they
/// need not meet every choice of providers.
const POWERSETS: [&str; 4] = [
    "-p onay-core -p onay-http PROVIDERS --skip default",
    "-p onay-guard",
    "-p onay --skip default,full,rustls,rustls-ring,native-tls,guard-redis-rustls",
    "-p onay --features full --include-features rustls,rustls-ring,native-tls,guard-redis-rustls",
];

fn features(shell: &Shell) -> Outcome {
    let program = tools::HACK.program(shell)?;
    let _strict = shell.push_env("RUSTFLAGS", "-D warnings");
    // Flags of their own get a folder of their own: nothing else is built anew because of them.
    let _folder = shell.push_env("CARGO_TARGET_DIR", "target/features");
    let check = ["hack", "check", "--no-dev-deps", "--feature-powerset"];
    let providers = workspace::provider_names(shell)?;
    let providers: Vec<String> = providers
        .iter()
        .map(|name| format!("-p onay-{name}"))
        .collect();
    for chosen in POWERSETS {
        let chosen = chosen.replace("PROVIDERS", &providers.join(" "));
        let chosen = chosen.split_whitespace();
        cmd!(shell, "{program} {check...} {chosen...}").run()?;
    }
    Ok(())
}

/// The oldest Rust, where it is to be had.
fn msrv(shell: &Shell) -> Outcome {
    if msrv::compiler(shell).is_err() {
        eprintln!("SKIPPED: the oldest Rust is not here; `cargo xtask msrv` says how to name it");
        return Ok(());
    }
    msrv::run(shell)
}
