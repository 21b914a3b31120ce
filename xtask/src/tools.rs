//! Cargo tools at a pinned version, under `target`, so that nobody's own are touched.

use std::path::PathBuf;

use xshell::{Shell, cmd};

use crate::workspace;

/// A tool from crates.io.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(crate) const DENY: Tool = Tool {
    name: "cargo-deny",
    version: "0.20.2",
};

pub(crate) const HACK: Tool = Tool {
    name: "cargo-hack",
    version: "0.6.46",
};

pub(crate) const MACHETE: Tool = Tool {
    name: "cargo-machete",
    version: "0.9.2",
};

pub(crate) const MUTANTS: Tool = Tool {
    name: "cargo-mutants",
    version: "27.1.0",
};

pub(crate) const PUBLIC_API: Tool = Tool {
    name: "cargo-public-api",
    version: "0.52.0",
};

/// Takes minutes to build, so only a release asks for it.
pub(crate) const SEMVER_CHECKS: Tool = Tool {
    name: "cargo-semver-checks",
    version: "0.51.0",
};

impl Tool {
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

    /// Whether the program is there already.
    #[cfg(test)]
    pub(crate) fn is_built(&self) -> bool {
        self.root().join("bin").join(self.name).exists()
    }

    fn root(&self) -> PathBuf {
        let folder = format!("{}-{}", self.name, self.version);
        workspace::root().join("target").join("tools").join(folder)
    }
}
