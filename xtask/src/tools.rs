//! Cargo tools at a pinned version, installed under `target` so that the user's own are left alone.

use std::path::PathBuf;

use xshell::{PushEnv, Shell, cmd};

use crate::workspace;

/// A tool from crates.io.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(crate) const DENY: Tool = Tool::new("cargo-deny", "0.20.2");
pub(crate) const HACK: Tool = Tool::new("cargo-hack", "0.6.46");
pub(crate) const MACHETE: Tool = Tool::new("cargo-machete", "0.9.2");
pub(crate) const MUTANTS: Tool = Tool::new("cargo-mutants", "27.1.0");
pub(crate) const PUBLIC_API: Tool = Tool::new("cargo-public-api", "0.52.0");
pub(crate) const MINIMAL_VERSIONS: Tool = Tool::new("cargo-minimal-versions", "0.1.38");

/// Takes minutes to build, so only a release needs it.
pub(crate) const SEMVER_CHECKS: Tool = Tool::new("cargo-semver-checks", "0.51.0");

impl Tool {
    const fn new(name: &'static str, version: &'static str) -> Self {
        Self { name, version }
    }

    /// The tool's program, built on the first use.
    pub(crate) fn program(&self, shell: &Shell) -> Result<PathBuf, Box<dyn std::error::Error>> {
        let Self { name, version } = self;
        let root = self.root();
        let program = root.join("bin").join(name);
        if !program.exists() {
            eprintln!("building {name} {version}");
            cmd!(
                shell,
                "cargo install {name} --version {version} --locked --debug --quiet --root {root}"
            )
            .run()?;
        }
        Ok(program)
    }

    /// The folder of the tool's program at the head of `PATH`, for tools that call each other through Cargo.
    pub(crate) fn on_path<'s>(
        &self,
        shell: &'s Shell,
    ) -> Result<PushEnv<'s>, Box<dyn std::error::Error>> {
        let program = self.program(shell)?;
        let mut paths: Vec<PathBuf> = program.parent().map(PathBuf::from).into_iter().collect();
        paths.extend(std::env::split_paths(&shell.var("PATH")?));
        Ok(shell.push_env("PATH", std::env::join_paths(paths)?))
    }

    fn root(&self) -> PathBuf {
        let folder = format!("{}-{}", self.name, self.version);
        workspace::root().join("target").join("tools").join(folder)
    }
}
