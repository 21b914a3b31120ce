//! `onay demo`: the product's face.

use crate::support::run;

#[test]
fn the_story_is_told_and_ends_well() {
    let told = run(&["demo"], &[]);
    assert_eq!(told.code, 0, "{told:?}");
    assert_eq!(told.stderr, "");
    for said in [
        "+90 555 *** ** 42",
        "Kart kaydetme onay kodunuz",
        "tab 5: the guard asks Paynet nothing",
        "Masterpass hesabınızı bağlamak için",
        "too_soon",
        "wrong_code",
        "approved",
        "expired",
    ] {
        assert!(told.stdout.contains(said), "{said} in {}", told.stdout);
    }
    assert!(!told.stdout.contains("sck_"), "no key");
    assert!(
        !told.stdout.contains('\u{1b}'),
        "no colour where no terminal is"
    );
}

#[test]
fn quiet_leaves_the_end_alone() {
    for (language, end) in [
        ("en", "done: 23 responses, each as it should be\n"),
        ("tr", "tamam: 23 yanıtın hepsi beklendiği gibi\n"),
    ] {
        let told = run(&["-q", "demo", "--lang", language], &[]);
        assert_eq!((told.code, told.stderr.as_str()), (0, ""));
        assert_eq!(told.stdout, end);
    }
}

#[test]
fn colours_are_there_when_asked_for() {
    assert!(
        run(&["demo", "--color", "always"], &[])
            .stdout
            .contains('\u{1b}')
    );
    let never = run(&["demo", "--color", "never"], &[]);
    assert!(!never.stdout.contains('\u{1b}'));
}

#[test]
fn the_story_is_one_json_document() {
    let document = run(&["demo", "--json"], &[]).document();
    assert_eq!(document["operation"], "demo");
    let steps = document["steps"].as_array().expect("steps");
    let outcomes: Vec<&str> = steps
        .iter()
        .map(|step| step["outcome"].as_str().expect("an outcome"))
        .collect();
    let paynet = [
        "ok",
        "too_soon",
        "wrong_code",
        "ok",
        "expired",
        "ok",
        "expired",
    ];
    let guard = ["ok", "too_soon", "too_soon", "too_soon", "too_soon", "ok"];
    let masterpass = ["ok", "too_soon", "ok", "expired", "ok"];
    let paytr = ["ok", "ok", "ok", "credentials", "refused"];
    assert_eq!(
        outcomes,
        [&paynet[..], &guard, &masterpass, &paytr].concat()
    );
}
