//! `onay demo`: the product's face.

use crate::support::run;

#[test]
fn the_story_is_told_and_ends_well() {
    for (language, said) in [
        (
            "en",
            [
                "+90 555 *** ** 42",
                "Kart kaydetme onay kodunuz",
                "tab 5: the guard asks Paynet nothing",
                "Masterpass hesabınızı bağlamak için",
                "too_soon (the provider refused, wait 3 min)",
                "approved; the account is linked",
                "credentials (the shop refused it): not PayTR's signature",
            ],
        ),
        (
            "tr",
            [
                "+90 555 *** ** 42",
                "Kart kaydetme onay kodunuz",
                "5. sekme: koruma Paynet'e hiçbir şey sormuyor",
                "Masterpass hesabınızı bağlamak için",
                "too_soon (sağlayıcı reddetti, 3 dk bekleyin)",
                "onaylandı; hesap bağlandı",
                "credentials (mağaza kabul etmedi): imza PayTR'nin değil",
            ],
        ),
    ] {
        let told = run(&format!("demo --lang {language}"), &[]);
        told.says(0, &said);
        assert_eq!(told.stderr, "");
        assert!(!told.stdout.contains("sck_"), "no key");
        assert!(!told.stdout.contains('\u{1b}'), "no terminal, no colour");
        let end = match language {
            "en" => "done: 23 responses, each as it should be\n",
            _ => "tamam: 23 yanıtın hepsi beklendiği gibi\n",
        };
        let quiet = run(&format!("-q demo --lang {language}"), &[]);
        assert_eq!((quiet.code, quiet.stdout.as_str()), (0, end));
        assert_eq!(quiet.stderr, "");
        for english in ["accepted", "approved", "The ", "inbox"] {
            assert_eq!(told.stdout.contains(english), language == "en", "{english}");
        }
    }
}

#[test]
fn the_story_is_one_json_document() {
    let document = run("demo --json", &[]).document();
    assert_eq!(document["operation"], "demo");
    let steps = document["steps"].as_array().expect("steps");
    let outcomes: Vec<&str> = steps
        .iter()
        .map(|step| step["outcome"].as_str().expect("an outcome"))
        .collect();
    let paynet = "ok too_soon wrong_code ok expired ok expired";
    let guard = "ok too_soon too_soon too_soon too_soon ok";
    let masterpass = "ok too_soon ok expired ok";
    let paytr = "ok ok ok credentials refused";
    assert_eq!(
        outcomes.join(" "),
        [paynet, guard, masterpass, paytr].join(" ")
    );
}
