//! What gets which version, on small workspaces in git.

use super::super::scratch::Scratch;
use super::{Options, run};

const FIRST: [&str; 4] = [
    "onay-core 0.1.0",
    "onay-paynet 0.1.0",
    "onay 0.1.0",
    "onay-cli 0.1.0",
];

/// Released as it stands.
fn released() -> Scratch {
    let scratch = Scratch::new();
    prepare(&scratch, &[]).expect("is a first release");
    scratch.commit("Release");
    scratch.tag_all();
    scratch
}

fn prepare(scratch: &Scratch, options: &[&str]) -> Result<(), String> {
    let mut arguments = vec!["--date", "2026-03-04"];
    arguments.extend(options);
    let options = Options::parse(&arguments).expect("are options");
    run(&scratch.shell, &options).map_err(|error| error.to_string())
}

#[test]
fn a_first_release_is_written_down_once_and_keeps_the_versions() {
    let scratch = Scratch::new();
    prepare(&scratch, &[]).expect("is prepared");
    assert_eq!(scratch.versions(), FIRST);
    assert_eq!(scratch.changed(), ["CHANGELOG.md"]);
    let text = scratch.read("CHANGELOG.md");
    assert_eq!(
        text,
        "# Changelog\n\n## [Unreleased]\n\n## [onay 0.1.0] - 2026-03-04\n\n\
         Released: onay-core 0.1.0, onay-paynet 0.1.0, onay 0.1.0, onay-cli 0.1.0.\n\n- All.\n"
    );
    prepare(&scratch, &[]).expect("has nothing left to do");
    assert_eq!(scratch.read("CHANGELOG.md"), text);
}

#[test]
fn nothing_that_users_get_changed_so_nothing_is_written() {
    let scratch = released();
    scratch.write("crates/core/tests/it/main.rs", "//! A test.\n");
    scratch.commit("A test");
    prepare(&scratch, &[]).expect("is good");
    assert!(scratch.changed().is_empty());
}

#[test]
fn a_change_in_a_provider_releases_it_the_facade_and_the_program() {
    let scratch = released();
    scratch.write("crates/paynet/src/code.rs", "//! Not in git yet.\n");
    scratch.note("A better word.");
    prepare(&scratch, &["--plan"]).expect("is planned");
    let changed = ["CHANGELOG.md", "crates/paynet/src/code.rs"];
    assert_eq!(scratch.changed(), changed, "a plan writes nothing");
    prepare(&scratch, &[]).expect("is prepared");
    assert_eq!(
        scratch.versions(),
        [
            "onay-core 0.1.0",
            "onay-paynet 0.1.1",
            "onay 0.1.1",
            "onay-cli 0.1.1",
        ]
    );
    let requirements = scratch.read("Cargo.toml");
    for (folder, version) in [("core", "0.1.0"), ("paynet", "0.1.1"), ("all", "0.1.1")] {
        let requirement = format!("path = \"crates/{folder}\", version = \"{version}\"");
        assert!(requirements.contains(&requirement), "{requirements}");
    }
    let heading = "## [onay 0.1.1] - 2026-03-04\n\nReleased: onay-paynet 0.1.1, onay 0.1.1, onay-cli 0.1.1.\n\n- A better word.\n\n## [onay 0.1.0]";
    assert!(scratch.read("CHANGELOG.md").contains(heading));
    scratch.run("cargo metadata --format-version 1 --offline --locked");
    let prepared = scratch.changed();
    scratch.commit("Release");
    prepare(&scratch, &[]).expect("is prepared already");
    assert!(scratch.changed().is_empty(), "{prepared:?}");
}

#[test]
fn a_line_gone_from_the_core_breaks_all_that_name_it() {
    let scratch = released();
    scratch.write("crates/core/public-api.txt", "one\n");
    scratch.write("crates/core/src/lib.rs", "//! A smaller test.\n");
    scratch.note("Two is gone.");
    prepare(&scratch, &[]).expect("is prepared");
    assert_eq!(
        scratch.versions(),
        [
            "onay-core 0.2.0",
            "onay-paynet 0.2.0",
            "onay 0.2.0",
            "onay-cli 0.1.1",
        ]
    );
    let shown = scratch.read("crates/cli/README.md");
    assert!(
        shown.contains("onay = { version = \"0.2\" }\nonay-core = \"0.2\""),
        "{shown}"
    );
}

#[test]
fn what_another_document_shows_of_a_release_releases_nobody() {
    let scratch = released();
    scratch.note("Asked for.");
    prepare(&scratch, &["--level", "onay=breaking"]).expect("is prepared");
    assert_eq!(
        scratch.versions()[1..3],
        ["onay-paynet 0.1.0", "onay 0.2.0"]
    );
    let shown = scratch.read("crates/paynet/README.md");
    assert!(
        shown.contains("onay = { version = \"0.2\" }\nonay-core = \"0.1\""),
        "{shown}"
    );
    scratch.commit("Release");
    prepare(&scratch, &["--level", "onay=breaking"]).expect("is prepared already");
    assert!(scratch.changed().is_empty());
}

#[test]
fn a_newer_rust_is_a_second_number_for_everybody() {
    let scratch = released();
    scratch.replace("Cargo.toml", "1.85", "1.86");
    scratch.note("Rust 1.86.");
    prepare(&scratch, &[]).expect("is prepared");
    assert!(scratch.versions().iter().all(|it| it.ends_with(" 0.2.0")));
}

#[test]
fn a_release_is_told_to_users() {
    let scratch = released();
    scratch.write("crates/paynet/src/lib.rs", "//! Another.\n");
    let error = prepare(&scratch, &[]).expect_err("has no notes");
    assert!(error.contains("Unreleased"), "{error}");
    assert_eq!(scratch.changed(), ["crates/paynet/src/lib.rs"]);
}

#[test]
fn a_level_can_be_asked_for_where_more_is_known() {
    let scratch = released();
    scratch.write("crates/paynet/src/lib.rs", "//! Another.\n");
    scratch.note("A code means something else.");
    let error = prepare(&scratch, &["--level", "onay-payne=breaking"]);
    assert_eq!(error, Err("onay-payne is not a published crate".to_owned()));
    prepare(&scratch, &["--level", "onay-paynet=breaking"]).expect("is prepared");
    let versions = scratch.versions();
    assert_eq!(versions[1], "onay-paynet 0.2.0");
    assert_eq!(versions[2], "onay 0.2.0");
}

#[test]
fn options_that_mean_nothing_are_refused() {
    for options in [
        &["--plans"][..],
        &["--date"],
        &["--date", "tomorrow"],
        &["--level", "onay"],
        &["--level", "onay=large"],
    ] {
        assert!(Options::parse(options).is_err(), "{options:?}");
    }
}
