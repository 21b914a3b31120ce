//! `cargo xtask mutants`: whether the tests notice when the code that decides is changed.
//!
//! cargo-mutants changes one thing at a time and runs the crate's tests. That takes long, so it is
//! for releases. `--bless` writes what came of it into the guide. Nothing is left out.

use serde_json::Value;
use xshell::{Shell, cmd};

use crate::{Outcome, tools, workspace};

const WRITTEN: &str = "target/mutants";
const GUIDE: &str = "crates/all/src/guide/evidence/mutants.md";

/// What is changed: a name, the crate, its files, and the features that its tests want.
struct Area {
    name: &'static str,
    package: &'static str,
    files: &'static [&'static str],
    features: Option<&'static str>,
}

const AREAS: [Area; 8] = [
    area("core", "onay-core", &["crates/core/src/**"], Some("serde")),
    area(
        "token",
        "onay-paytr-link",
        &["crates/paytr-link/src/token.rs"],
        None,
    ),
    area(
        "callback",
        "onay-paytr-link",
        &[
            "crates/paytr-link/src/callback.rs",
            "crates/paytr-link/src/fields.rs",
        ],
        None,
    ),
    area(
        "verdict of Paynet",
        "onay-paynet",
        &["crates/paynet/src/verdict.rs"],
        None,
    ),
    area(
        "verdict of Paywall",
        "onay-paywall-masterpass",
        &["crates/paywall-masterpass/src/verdict.rs"],
        None,
    ),
    area(
        "verdict of PayTR",
        "onay-paytr-link",
        &["crates/paytr-link/src/verdict.rs"],
        None,
    ),
    area(
        "HTTP's decisions",
        "onay-http",
        &["crates/http/src/verdict.rs", "crates/http/src/classify.rs"],
        None,
    ),
    area(
        "guard's rules",
        "onay-guard",
        &["crates/guard/src/rules.rs"],
        Some("testing"),
    ),
];

/// What the areas are called.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    AREAS.iter().map(|area| area.name)
}

const fn area(
    name: &'static str,
    package: &'static str,
    files: &'static [&'static str],
    features: Option<&'static str>,
) -> Area {
    Area {
        name,
        package,
        files,
        features,
    }
}

/// `[--bless] [AREA]`; an area is named by a part of its name. Only what was run newly is new: the
/// others are told as they were run last.
pub(crate) fn run(shell: &Shell, arguments: &[&str]) -> Outcome {
    let (bless, wanted) = match arguments {
        [] => (false, ""),
        ["--bless"] => (true, ""),
        ["--bless", wanted] => (true, *wanted),
        [wanted] if !wanted.starts_with('-') => (false, *wanted),
        _ => return Err("cargo xtask mutants [--bless] [AREA]".into()),
    };
    let chosen: Vec<&Area> = AREAS
        .iter()
        .filter(|area| area.name.contains(wanted))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = names().collect();
        return Err(format!("no area is called {wanted}; there are {}", names.join(", ")).into());
    }
    for area in chosen {
        eprintln!("mutants: {}", area.name);
        mutate(shell, area)?;
    }
    let table = table(shell)?;
    eprintln!("{table}");
    if bless {
        shell.write_file(GUIDE, &table)?;
    }
    Ok(())
}

/// Leaves what came of it below `target/mutants`. Mutants that the tests missed are no failure of the
/// run: the table tells of them.
fn mutate(shell: &Shell, area: &Area) -> Outcome {
    let program = tools::MUTANTS.program(shell)?;
    let output = folder(area);
    shell.remove_path(&output)?;
    shell.create_dir(&output)?;
    let package = area.package;
    let files = area.files.iter().flat_map(|file| ["--file", file]);
    let features = area
        .features
        .into_iter()
        .flat_map(|name| ["--features", name]);
    let how = [
        "--jobs",
        "1",
        "--test-tool",
        "nextest",
        "--no-shuffle",
        "--colors",
        "never",
    ];
    // One folder for what every copy of the tree builds: the dependencies are built once.
    let _built = shell.push_env(
        "CARGO_TARGET_DIR",
        workspace::root().join(WRITTEN).join("build"),
    );
    let _quick = shell.push_env("BOLERO_RANDOM_ITERATIONS", "200");
    let status = cmd!(
        shell,
        "{program} mutants {how...} --output {output} --package {package} --test-package {package} {files...} {features...}"
    )
    .ignore_status()
    .output()?
    .status;
    // 2 and 3: some were missed, some ran out of time.
    match status.code() {
        Some(0 | 2 | 3) => Ok(()),
        code => Err(format!("cargo-mutants ended with {code:?}; see {output}").into()),
    }
}

fn table(shell: &Shell) -> Result<String, Box<dyn std::error::Error>> {
    let mut table = "Made by `cargo xtask mutants --bless`.\n\n\
         | what was changed | crate | mutants | caught | missed | does not compile | ran out of time |\n\
         |---|---|---|---|---|---|---|\n"
        .to_owned();
    let mut missed = Vec::new();
    for area in &AREAS {
        let file = format!("{}/mutants.out/outcomes.json", folder(area));
        let Ok(text) = shell.read_file(&file) else {
            table += &format!("| {} | {} | not run | | | | |\n", area.name, area.package);
            continue;
        };
        let outcomes: Value = serde_json::from_str(&text)?;
        let [total, caught, not_caught, unviable, timeout] =
            ["total_mutants", "caught", "missed", "unviable", "timeout"].map(|field| {
                outcomes
                    .get(field)
                    .and_then(Value::as_u64)
                    .unwrap_or_default()
            });
        table += &format!(
            "| {} | {} | {total} | {caught} | {not_caught} | {unviable} | {timeout} |\n",
            area.name, area.package
        );
        let list = format!("{}/mutants.out/missed.txt", folder(area));
        missed.extend(shell.read_file(list)?.lines().map(str::to_owned));
    }
    if !missed.is_empty() {
        table += "\nMissed:\n\n";
        for mutant in missed {
            table += &format!("- `{mutant}`\n");
        }
    }
    Ok(table)
}

fn folder(area: &Area) -> String {
    format!(
        "{WRITTEN}/{}",
        area.name.replace(|c: char| !c.is_alphanumeric(), "-")
    )
}
