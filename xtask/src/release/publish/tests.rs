//! A publication to a registry on loopback that fails on the way, with the real Cargo.

mod loopback;

use self::loopback::Registry;
use super::super::scratch::Scratch;
use super::super::{passed, prepare};
use super::{Options, ensure_still_at, ensure_tag, run, tags};

const ALL: [&str; 4] = [
    "onay-core 0.1.0",
    "onay-paynet 0.1.0",
    "onay 0.1.0",
    "onay-cli 0.1.0",
];

fn prepared(registry: &Registry) -> Scratch {
    let scratch = Scratch::new();
    let shell = &scratch.shell;
    shell.set_var("CARGO_REGISTRIES_TEST_INDEX", registry.index());
    shell.set_var("CARGO_REGISTRIES_TEST_TOKEN", "test-token");
    shell.set_var("NO_PROXY", "127.0.0.1");
    let options = prepare::Options::parse(&[]).expect("are options");
    prepare::run(shell, &options).expect("is prepared");
    scratch.commit("Release");
    check(&scratch);
    scratch
}

/// As if a full check had passed: a real one builds for minutes.
fn check(scratch: &Scratch) {
    let commit = passed::begin(&scratch.shell).expect("a commit");
    passed::write(&scratch.shell, &commit).expect("is written");
}

fn publish(scratch: &Scratch, options: &[&str]) -> Result<(), String> {
    let mut arguments = vec!["--registry", "test"];
    arguments.extend(options);
    let options = Options::parse(&arguments).expect("are options");
    run(&scratch.shell, &options).map_err(|error| error.to_string())
}

#[test]
fn a_publication_that_stopped_goes_on_where_it_stopped() {
    let registry = Registry::start();
    let scratch = prepared(&registry);
    publish(&scratch, &[]).expect("says what it would do");
    assert!(registry.asked().is_empty() && scratch.tags().is_empty());

    registry.refuse_upload(2);
    publish(&scratch, &["--execute"]).expect_err("is refused");
    assert_eq!(registry.asked(), ALL[..2], "nothing after a refusal");
    assert_eq!(registry.taken(), ALL[..1]);
    assert_eq!(scratch.tags(), ["onay-core-v0.1.0"]);

    publish(&scratch, &["--execute"]).expect("goes on");
    assert_eq!(registry.taken(), ALL);
    assert_eq!(
        registry.asked().len(),
        ALL.len() + 1,
        "nothing twice but the refused one"
    );
    let mut tags = ALL.map(|it| it.replace(' ', "-v"));
    tags.sort_unstable();
    assert_eq!(scratch.tags(), tags);

    publish(&scratch, &["--execute"]).expect("has nothing to do");
    assert_eq!(registry.asked().len(), ALL.len() + 1);
}

#[test]
fn what_is_committed_meanwhile_is_neither_published_nor_tagged() {
    let scratch = Scratch::new();
    let shell = &scratch.shell;
    let head = tags::commit(shell, "HEAD").expect("a commit");
    ensure_still_at(shell, &head).expect("is there");
    scratch.write("crates/paynet/src/lib.rs", "//! Changed.\n");
    scratch.commit("Meanwhile");
    let error = ensure_still_at(shell, &head).expect_err("is elsewhere");
    assert!(error.to_string().contains(&head), "{error}");
    ensure_tag(shell, "onay-core-v0.1.0", &head).expect("is tagged");
    assert_eq!(tags::commit(shell, "onay-core-v0.1.0"), Some(head));
}

#[test]
fn what_is_not_ready_is_not_published() {
    let registry = Registry::start();
    let scratch = prepared(&registry);
    scratch.run("git tag onay-core-v0.1.0");
    scratch.write("README.md", "Another commit.\n");
    let error = publish(&scratch, &["--execute"]).expect_err("is not clean");
    assert!(error.contains("not clean"), "{error}");
    scratch.commit("Another");
    let error = publish(&scratch, &["--execute"]).expect_err("is another commit");
    assert!(error.contains("no full check has passed"), "{error}");
    publish(&scratch, &[]).expect_err("the tag is elsewhere, which a plan says too");
    check(&scratch);
    let error = publish(&scratch, &["--execute"]).expect_err("has a tag elsewhere");
    assert!(
        error.contains("onay-core-v0.1.0 is at another commit"),
        "{error}"
    );
    scratch.write("crates/core/src/lib.rs", "//! More.\n");
    scratch.commit("A change");
    let error = publish(&scratch, &["--execute"]).expect_err("is not prepared");
    assert!(error.contains("release prepare"), "{error}");
    assert!(registry.asked().is_empty());
}

#[test]
fn without_a_full_check_nothing_leaves() {
    let registry = Registry::start();
    let scratch = prepared(&registry);
    passed::begin(&scratch.shell).expect("a check that did not end");
    let error = publish(&scratch, &["--execute"]).expect_err("was not checked");
    assert!(error.contains("cargo xtask release check"), "{error}");
    assert!(registry.asked().is_empty() && scratch.tags().is_empty());
    publish(&scratch, &[]).expect("says what it would do");
}

#[test]
fn without_a_repository_nothing_goes_to_crates_io() {
    let registry = Registry::start();
    let scratch = prepared(&registry);
    let options = Options::parse(&["--execute"]).expect("are options");
    let error = run(&scratch.shell, &options).expect_err("has no repository");
    let error = error.to_string();
    assert!(error.contains("no repository address is known"), "{error}");
    assert!(scratch.tags().is_empty());
}

#[test]
fn a_registry_that_does_not_answer_is_not_an_empty_one() {
    let registry = Registry::start();
    let scratch = prepared(&registry);
    registry.break_down();
    scratch.shell.set_var("CARGO_NET_RETRY", "0");
    let error = publish(&scratch, &["--execute"]).expect_err("cannot be asked");
    assert!(
        error.contains("does not say whether it has onay-core@0.1.0"),
        "{error}"
    );
    assert!(registry.asked().is_empty());
}
