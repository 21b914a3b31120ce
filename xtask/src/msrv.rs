//! `cargo xtask msrv`: the published crates, checked with the oldest Rust that Cargo.toml names.

use xshell::{Shell, cmd};

use crate::{Outcome, workspace};

/// Builds the published crates with the oldest Rust.
pub(crate) fn run(shell: &Shell) -> Outcome {
    let rustc = compiler(shell)?;
    let version = cmd!(shell, "{rustc} --version").quiet().read()?;
    let _rustc = shell.push_env("RUSTC", rustc);
    let _folder = shell.push_env("CARGO_TARGET_DIR", "target/msrv");
    let published = ["onay", "onay-testkit", "onay-sandbox", "onay-cli"];
    let packages = published.iter().flat_map(|name| ["-p", name]);
    cmd!(
        shell,
        "cargo check --locked {packages...} --features onay/full,onay/guard-redis,onay/serde"
    )
    .run()?;
    eprintln!("checked with {version}");
    Ok(())
}

/// The compiler that `ONAY_MSRV_RUSTC` names, or the toolchain of that version if rustup has it.
pub(crate) fn compiler(shell: &Shell) -> Result<String, Box<dyn std::error::Error>> {
    let metadata = workspace::metadata(shell, false)?;
    let core = workspace::packages(&metadata)
        .iter()
        .find(|package| workspace::text(package, "name") == "onay-core")
        .ok_or("onay-core is not in the workspace")?;
    let wanted = workspace::text(core, "rust_version");
    let rustc = match std::env::var("ONAY_MSRV_RUSTC") {
        Ok(path) => path,
        Err(_) => cmd!(shell, "rustup which rustc --toolchain {wanted}")
            .quiet()
            .ignore_stderr()
            .read()
            .map_err(|_| {
                format!(
                    "no rustc {wanted} here: name one in ONAY_MSRV_RUSTC, or install it with rustup"
                )
            })?,
    };
    let version = cmd!(shell, "{rustc} --version").quiet().read()?;
    if !version.contains(&format!("rustc {wanted}.")) {
        return Err(format!("{rustc} is {version}, but Cargo.toml names {wanted}").into());
    }
    Ok(rustc)
}
