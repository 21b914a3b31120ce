//! `cargo xtask soak`: what takes minutes or hours, in its full form. `cargo xtask test` runs the short form.

use xshell::{Shell, cmd};

use crate::{Outcome, Step, packages, test, tools, workspace};

pub(crate) const STEPS: [Step; 8] = [
    ("fuzz", fuzz),
    ("races", races),
    ("alone", alone),
    ("tls", tls),
    ("features", features),
    ("minimal-versions", minimal_versions),
    ("machete", machete),
    ("mutants", mutants),
];

/// Every fuzz target for 20 seconds on random input. `cargo bolero test` runs one under libFuzzer.
fn fuzz(shell: &Shell) -> Outcome {
    let _long = shell.push_env("BOLERO_RANDOM_TEST_TIME_MS", "20000");
    let features = test::FEATURES;
    let how = ["--lib", "fuzz::", "--", "--test-threads", "2"];
    Ok(cmd!(
        shell,
        "cargo test --locked --workspace --features {features} {how...}"
    )
    .run()?)
}

/// The tests that count calls, races or histories, with their full counts: 2,000 calls of each race in the conformance tests.
fn races(shell: &Shell) -> Outcome {
    let _full = shell.push_env("ONAY_SOAK", "1");
    test::nextest(shell, &["--workspace", "--features", test::FEATURES])
}

/// Each provider's tests on their own: in a run of the whole workspace the tests of `onay-http` switch on every feature of
/// reqwest for all.
fn alone(shell: &Shell) -> Outcome {
    for provider in workspace::providers(shell)? {
        let package = format!("onay-{provider}");
        test::nextest(shell, &["-p", &package])?;
    }
    Ok(())
}

/// The HTTP client's tests with the TLS backends that are not the default.
fn tls(shell: &Shell) -> Outcome {
    packages::ensure(
        shell,
        &[("pkg-config", "pkg-config"), ("lib:openssl", "libssl-dev")],
    )?;
    for backend in ["native-tls", "rustls-ring"] {
        let http = ["-p", "onay-http", "--no-default-features", "--features"];
        test::nextest(shell, &[&http[..], &[backend]].concat())?;
    }
    Ok(())
}

/// Every set of features that differs from all others. `default` is `rustls`, `full` is every provider and the guard; the
/// facade's code does not depend on TLS, so there the TLS features need not meet every choice of providers.
fn features(shell: &Shell) -> Outcome {
    let program = tools::HACK.program(shell)?;
    let _strict = shell.push_env("RUSTFLAGS", "-D warnings");
    // Other flags, other folder: nothing else is built anew because of them.
    let _folder = shell.push_env("CARGO_TARGET_DIR", "target/features");
    let providers = workspace::providers(shell)?;
    let providers = providers.iter().map(|name| format!(" -p onay-{name}"));
    let libraries = format!(
        "-p onay-core -p onay-http{} --skip default",
        providers.collect::<String>()
    );
    let tls = "rustls,rustls-ring,native-tls,guard-redis-rustls";
    for set in [
        libraries,
        "-p onay-guard".to_owned(),
        format!("-p onay --skip default,full,{tls}"),
        format!("-p onay --features full --include-features {tls}"),
    ] {
        let set = set.split_whitespace();
        cmd!(
            shell,
            "{program} hack check --no-dev-deps --feature-powerset {set...}"
        )
        .run()?;
    }
    Ok(())
}

/// The published crates with the oldest dependencies that their manifests allow.
fn minimal_versions(shell: &Shell) -> Outcome {
    let _hack = tools::HACK.on_path(shell)?;
    let _tool = tools::MINIMAL_VERSIONS.on_path(shell)?;
    let _folder = shell.push_env("CARGO_TARGET_DIR", "target/minimal-versions");
    Ok(cmd!(
        shell,
        "cargo minimal-versions check --direct --workspace --all-features --ignore-private"
    )
    .run()?)
}

/// Dependencies that nothing uses.
fn machete(shell: &Shell) -> Outcome {
    let program = tools::MACHETE.program(shell)?;
    Ok(cmd!(shell, "{program} crates xtask").run()?)
}

/// Whether the tests notice when one thing in the code that decides is changed: `.cargo/mutants.toml`.
fn mutants(shell: &Shell) -> Outcome {
    let program = tools::MUTANTS.program(shell)?;
    Ok(cmd!(shell, "{program} mutants").run()?)
}
