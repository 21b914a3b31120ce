//! `cargo xtask new-provider NAME`: a provider's crate, copied from the example provider of `crates/http`.

use std::path::Path;

use xshell::{Shell, cmd};

use crate::Outcome;

/// Each file of the example, and where it goes in the new crate.
const FILES: [(&str, &str); 2] = [
    ("crates/http/examples/pigeon/provider.rs", "src/lib.rs"),
    (
        "crates/http/tests/pigeon/conformance.rs",
        "tests/conformance.rs",
    ),
];

/// Writes the crate and prints what comes next.
pub(crate) fn run(shell: &Shell, name: &str) -> Outcome {
    let folder = Path::new("crates").join(name);
    write(
        shell,
        name,
        &folder,
        "{ workspace = true",
        "[lints]\nworkspace = true\n",
    )?;
    cmd!(shell, "cargo fmt -p onay-{name}").run()?;
    eprintln!(
        "crates/{name} speaks the example's dialect and passes `cargo test -p onay-{name}`. Next:\n\
         - write the provider's own dialect, in the files that crates/paynet has: config, client, wire, code, verdict\n\
         - give it a description, a README, links to the licences and a feature of the facade, as crates/paynet has them\n\
         The guide: crates/all/src/guide/writing_a_provider.md"
    );
    Ok(())
}

/// `cargo xtask lint new-provider`: a new crate outside the workspace compiles and passes the conformance suite.
pub(crate) fn try_it(shell: &Shell) -> Outcome {
    let folder = shell.current_dir().join("target/new-provider/acme-pay");
    shell.remove_path(&folder)?;
    write(
        shell,
        "acme-pay",
        &folder,
        "{ path = \"../../../crates/FOLDER\"",
        "[workspace]\n",
    )?;
    shell.copy_file("Cargo.lock", &folder)?;
    let _target = shell.push_env("CARGO_TARGET_DIR", shell.current_dir().join("target"));
    let _folder = shell.push_dir(folder);
    Ok(cmd!(shell, "cargo test --offline --quiet").run()?)
}

/// `dependency` is how the manifest begins to name a crate of this project.
fn write(shell: &Shell, name: &str, folder: &Path, dependency: &str, table: &str) -> Outcome {
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_name {
        return Err(format!("{name:?} is no name such as acme-pay").into());
    }
    if shell.path_exists(folder) {
        return Err(format!("{} exists", folder.display()).into());
    }
    let type_name: String = name
        .split('-')
        .flat_map(|word| word.chars().enumerate())
        .map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c })
        .collect();
    let module = name.replace('-', "_");
    let fill = |text: &str| {
        text.replace("crate::provider::", &format!("onay_{module}::"))
            .replace("pub(crate) ", "")
            .replace("x-pigeon-key", &format!("x-{name}-key"))
            .replace("\"pigeon\"", &format!("\"{name}\""))
            .replace("pigeon", &module)
            .replace("Pigeon", &type_name)
    };
    for (from, to) in FILES {
        shell.write_file(folder.join(to), fill(&shell.read_file(from)?))?;
    }
    let ours = |folder: &str| dependency.replace("FOLDER", folder);
    let (core, http, testkit) = (ours("core"), ours("http"), ours("testkit"));
    let manifest = format!(
        "[package]\nname = \"onay-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{table}\n\
         [dependencies]\nonay-core = {core} }}\nonay-http = {http}, features = [\"rustls\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\n\
         [dev-dependencies]\nonay-testkit = {testkit} }}\n\n\
         [package.metadata.onay]\nprovider = true\n"
    );
    Ok(shell.write_file(folder.join("Cargo.toml"), manifest)?)
}
