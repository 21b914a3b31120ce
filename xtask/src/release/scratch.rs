//! A small workspace in a folder of its own, with a core, a provider, the facade and a program, for the tests.

use std::path::Path;

use tempfile::TempDir;
use xshell::{Shell, cmd};

use super::member;
use crate::workspace;

pub(super) struct Scratch {
    pub(super) shell: Shell,
    folder: TempDir,
}

/// Each with what it is built with.
const CRATES: [(&str, &str, &[&str]); 4] = [
    ("core", "onay-core", &[]),
    ("paynet", "onay-paynet", &["onay-core"]),
    ("all", "onay", &["onay-core", "onay-paynet"]),
    ("cli", "onay-cli", &["onay"]),
];

impl Scratch {
    /// Committed, without tags; what the crates need of each other they need from the registry `test`.
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let shell = Shell::new().expect("a shell");
        shell.change_dir(folder.path());
        let scratch = Self { shell, folder };
        // Nothing of the machine's own Cargo is read or filled.
        scratch.shell.set_var("CARGO_HOME", scratch.aside("cargo"));
        scratch
            .shell
            .set_var("CARGO_TARGET_DIR", scratch.aside("target"));
        scratch
            .shell
            .set_var("CARGO_REGISTRIES_TEST_INDEX", "sparse+http://127.0.0.1:9/");
        scratch.write_workspace();
        scratch.run("git init --quiet --initial-branch main");
        scratch.run("cargo generate-lockfile --quiet --offline");
        scratch.commit("All");
        scratch
    }

    pub(super) fn write(&self, file: &str, text: &str) {
        self.shell.write_file(file, text).expect("is written");
    }

    pub(super) fn read(&self, file: &str) -> String {
        self.shell.read_file(file).expect("is there")
    }

    /// Puts the second text where the first is.
    pub(super) fn replace(&self, file: &str, old: &str, new: &str) {
        let text = self.read(file);
        assert!(text.contains(old), "{file} holds {old}: {text}");
        self.write(file, &text.replace(old, new));
    }

    /// A line that waits for the next release.
    pub(super) fn note(&self, line: &str) {
        let heading = "## [Unreleased]\n";
        self.replace("CHANGELOG.md", heading, &format!("{heading}\n- {line}\n"));
    }

    pub(super) fn commit(&self, message: &str) {
        let as_tester = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        self.run("git add --all");
        cmd!(
            self.shell,
            "git {as_tester...} commit --quiet --message {message}"
        )
        .quiet()
        .run()
        .expect("is committed");
    }

    /// As if everything were published as it stands.
    pub(super) fn tag_all(&self) {
        for version in self.versions() {
            let tag = version.replace(' ', "-v");
            self.run(&format!("git tag {tag}"));
        }
    }

    pub(super) fn tags(&self) -> Vec<String> {
        self.run("git tag").lines().map(str::to_owned).collect()
    }

    /// `onay-core 0.1.0` and so on, each after what it needs.
    pub(super) fn versions(&self) -> Vec<String> {
        let metadata = workspace::metadata(&self.shell, false).expect("is a workspace");
        let members = member::published(&metadata).expect("has an order");
        members
            .iter()
            .map(|member| format!("{} {}", member.name, member.version))
            .collect()
    }

    /// Which files differ from the last commit.
    pub(super) fn changed(&self) -> Vec<String> {
        let files = self.run("git status --porcelain");
        files
            .lines()
            .filter_map(|line| Some(line.get(3..)?.to_owned()))
            .collect()
    }

    pub(super) fn run(&self, command: &str) -> String {
        let mut words = command.split(' ');
        let program = words.next().expect("a program");
        let command = cmd!(self.shell, "{program} {words...}").quiet();
        command
            .read()
            .expect("is good")
            .trim_start_matches('\n')
            .to_owned()
    }

    fn aside(&self, name: &str) -> String {
        let aside = self.folder.path().join(".git").join(name);
        aside.to_string_lossy().into_owned()
    }

    fn write_workspace(&self) {
        let top = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .expect("a top");
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            let text = self.shell.read_file(top.join(licence)).expect("is there");
            self.write(licence, &text);
            for (folder, ..) in CRATES {
                self.write(&format!("crates/{folder}/{licence}"), &text);
            }
        }
        let dependencies: Vec<String> = CRATES
            .iter()
            // Nobody is built with a program.
            .filter(|(_, name, _)| *name != "onay-cli")
            .map(|(folder, name, _)| {
                format!(
                    "{name} = {{ path = \"crates/{folder}\", version = \"0.1.0\", registry = \"test\" }}\n"
                )
            })
            .collect();
        let dependencies = dependencies.concat();
        self.write(
            "Cargo.toml",
            &format!(
                "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n\
                 [workspace.package]\nedition = \"2024\"\nrust-version = \"1.85\"\nlicense = \"MIT\"\n\n\
                 [workspace.dependencies]\n{dependencies}"
            ),
        );
        self.write(".gitignore", "/target\n");
        self.write("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n\n- All.\n");
        for (folder, name, built_with) in CRATES {
            let dependencies: Vec<String> = built_with
                .iter()
                .map(|it| format!("{it} = {{ workspace = true }}\n"))
                .collect();
            let dependencies = dependencies.concat();
            let kind = if folder == "paynet" {
                "\n[package.metadata.onay]\nprovider = true\n"
            } else {
                ""
            };
            self.write(
                &format!("crates/{folder}/Cargo.toml"),
                &format!(
                    "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\ndescription = \"A test.\"\n\
                     edition.workspace = true\nrust-version.workspace = true\nlicense.workspace = true\n\
                     keywords = [\"otp\"]\ncategories = [\"finance\"]\nexclude = [\"public-api.txt\"]\n\n\
                     [dependencies]\n{dependencies}{kind}"
                ),
            );
            self.write(
                &format!("crates/{folder}/README.md"),
                "A test.\n\n```toml\nonay = { version = \"0.1\" }\nonay-core = \"0.1\"\n```\n",
            );
            if name == "onay-cli" {
                self.write("crates/cli/src/main.rs", "fn main() {}\n");
            } else {
                self.write(&format!("crates/{folder}/src/lib.rs"), "//! A test.\n");
                self.write(&format!("crates/{folder}/public-api.txt"), "one\ntwo\n");
            }
        }
    }
}
