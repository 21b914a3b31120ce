//! `onay explain`: the provider crates' tables, row by row, and the kinds.

use onay::{paynet, paytr_link, paywall_masterpass};
use serde_json::{Value, json};

use crate::support::{Run, run};

fn explain(line: &str) -> Run {
    run(&format!("explain {line}"), &[])
}

fn codes(provider: &str) -> Vec<Value> {
    let document = explain(&format!("{provider} --json")).document();
    document["codes"].as_array().expect("codes").clone()
}

#[test]
fn the_tables_are_those_of_the_provider_crates() {
    for (names, table) in [
        (["paynet", "paynet"], &paynet::CODES),
        (
            ["masterpass", "paywall-masterpass"],
            &paywall_masterpass::CODES,
        ),
        (["paytr", "paytr-link"], &paytr_link::CODES),
    ] {
        let [shown, alias] = names.map(codes);
        assert_eq!(shown, alias, "an alias");
        assert_eq!(shown.len(), table.rows().len());
        for (shown, row) in shown.iter().zip(table.rows()) {
            assert_eq!(shown["code"], row.code());
            assert_eq!(shown["name"], row.name());
            assert_eq!(shown["assumed"], row.is_assumed());
            assert_eq!(shown["grade"] == "assumed", row.is_assumed());
            assert_eq!(shown["meaning"]["tr"], row.explanation().turkish());
            assert_eq!(shown["meaning"]["en"], row.explanation().english());
            assert_eq!(shown["advice"]["tr"], row.advice().turkish());
            assert_eq!(shown["advice"]["en"], row.advice().english());
        }
    }
}

#[test]
fn the_table_has_a_line_for_each_code_and_a_code_has_both_languages() {
    for provider in ["paynet", "masterpass", "paytr"] {
        let table = explain(provider);
        table.says(0, &[" CODE` tells more"]);
        let rows = codes(provider);
        assert_eq!(table.stdout.lines().count(), rows.len() + 2);
        for (row, line) in rows.iter().zip(table.stdout.lines()) {
            let text = |place: &str| row.pointer(place).and_then(Value::as_str).expect(place);
            assert!(line.starts_with(&format!("{} ", text("/code"))), "{line}");
            assert!(line.contains(text("/meaning/en")), "{line}");
            assert_eq!(
                line.ends_with(" (assumed)"),
                row["assumed"] == true,
                "{line}"
            );
        }
        let row = &rows[0];
        let code = row["code"].as_str().expect("a code");
        let alone = explain(&format!("{provider} '{code}' --json")).document();
        assert_eq!(alone["codes"], json!([row]));
        let human = explain(&format!("{provider} '{code}'"));
        for place in ["/meaning/tr", "/meaning/en", "/advice/tr", "/advice/en"] {
            human.says(
                0,
                &[row.pointer(place).and_then(Value::as_str).expect(place)],
            );
        }
    }
}

#[test]
fn a_row_says_how_it_is_read() {
    let row = explain("paynet 5").stdout;
    assert!(
        row.contains("send_otp     too_soon (the provider refused, exit code 5)"),
        "{row}"
    );
    assert!(row.contains("assumed"), "{row}");
    assert!(!explain("paynet 7").stdout.contains("assumed"));
    let sentence = explain("paytr 'İşlem başarısız. Geçersiz id.'");
    sentence.says(0, &["There is no link of this id."]);
    explain("masterpass 0000 --lang tr").says(0, &["evet"]);
}

#[test]
fn a_code_that_is_not_there_is_2_and_not_repeated() {
    for provider in ["paynet", "masterpass", "paytr"] {
        let unknown = explain(&format!("{provider} 4711"));
        unknown.says(2, &["is kept and read as refused", "next: `onay explain "]);
        assert_eq!(unknown.stdout, "");
        assert!(!unknown.stderr.contains("4711"), "{}", unknown.stderr);
        let json = explain(&format!("{provider} 4711 --json"));
        assert_eq!(json.error()["kind"], "invalid_input");
        assert_eq!(json.error()["dispatch"], Value::Null);
    }
    let near = explain("masterpass ' otp_is_not_valid'");
    near.says(2, &["did you mean OTP_IS_NOT_VALID?"]);
}

#[test]
fn a_code_is_read_by_operation() {
    let five = explain("paynet 5 --json").document();
    let readings = five["codes"][0]["readings"].as_array().expect("readings");
    let read: Vec<_> = readings
        .iter()
        .map(|one| (&one["operation"], &one["kind"], &one["exit_code"]))
        .collect();
    let send = (&json!("send_otp"), &json!("too_soon"), &json!(5));
    assert!(read.contains(&send), "{five}");
    let (refused, three) = (json!("refused"), json!(3));
    assert!(read.iter().any(|one| (one.1, one.2) == (&refused, &three)));
}

#[test]
fn a_kind_is_explained_with_its_codes() {
    let too_soon = explain("--kind too_soon --json").document();
    assert_eq!(
        (&too_soon["exit_code"], &too_soon["dispatch"]),
        (&json!(5), &json!("refused"))
    );
    assert_eq!(
        too_soon["codes"][0],
        json!({"provider": "paynet", "code": "5", "operations": ["send_otp"]})
    );
    let human = explain("--kind too_soon");
    for part in ["meaning", "advice", "customer"] {
        human.says(
            0,
            &[
                too_soon[part]["en"].as_str().expect("English"),
                "paynet 5 (send_otp)",
            ],
        );
    }
    human.says(
        0,
        &["(refused); a guard's own refusal: no message went out (not_sent)"],
    );
    for line in ["--kind nonsense", "paynet --kind too_soon", ""] {
        assert_eq!(explain(line).code, 2, "{line}");
    }
}
