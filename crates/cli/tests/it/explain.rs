//! `onay explain`: the provider crates' tables, row by row, and the kinds.

use onay::{ErrorKind, Meaning, Operation, paynet, paytr_link, paywall_masterpass};
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
    for (shown, row) in codes("paynet").iter().zip(paynet::CODES.rows()) {
        let readings = shown["readings"].as_array().expect("readings");
        let operations = [Operation::SEND_OTP, Operation::VERIFY_OTP];
        for (place, operation) in operations.into_iter().enumerate() {
            let kind = match row.meaning(operation) {
                Meaning::No(kind) => json!(kind.as_str()),
                _ => Value::Null,
            };
            // One reading is that of every operation.
            let reading = readings.get(place).or(readings.first());
            assert_eq!(reading.expect("a reading")["kind"], kind);
        }
    }
}

#[test]
fn every_code_is_found_alone_and_for_people() {
    for provider in ["paynet", "masterpass", "paytr"] {
        let table = explain(provider);
        assert_eq!(table.code, 0);
        assert!(table.stdout.contains(" CODE` tells more"), "{table:?}");
        assert_eq!(table.stdout.lines().count(), codes(provider).len() + 2);
        for row in codes(provider) {
            let code = row["code"].as_str().expect("a code");
            let alone = explain(&format!("{provider} '{code}' --json")).document();
            assert_eq!(alone["codes"], json!([row]));
            let human = explain(&format!("{provider} '{code}'"));
            for place in ["/meaning/tr", "/meaning/en", "/advice/tr", "/advice/en"] {
                let said = row.pointer(place).and_then(Value::as_str).expect(place);
                assert!(human.stdout.contains(said), "{said} in {}", human.stdout);
            }
            let mut lines = table.stdout.lines();
            let line = lines.find(|line| line.starts_with(&format!("{code} ")));
            let line = line.unwrap_or_else(|| panic!("{code} in {}", table.stdout));
            let meaning = row["meaning"]["en"].as_str().expect("a meaning");
            assert!(line.contains(meaning), "{line}");
            for reading in row["readings"].as_array().expect("readings") {
                let kind = reading["kind"].as_str().unwrap_or("yes");
                assert!(line.contains(kind), "{line}");
            }
            let is_assumed = row["assumed"] == true;
            assert_eq!(line.ends_with(" (assumed)"), is_assumed, "{line}");
            assert!(!human.stdout.contains('\u{1b}'));
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
fn every_kind_is_explained_with_its_codes() {
    for kind in ErrorKind::ALL {
        let name = kind.as_str();
        let document = explain(&format!("--kind {name} --json")).document();
        assert_eq!(document["kind"], name);
        assert_eq!(document["dispatch"], kind.usual_dispatch().as_str());
        let codes = document["codes"].as_array().expect("codes");
        let paynet = paynet::CODES.rows().iter().filter(|row| {
            let operations = [Operation::SEND_OTP, Operation::VERIFY_OTP];
            operations
                .map(|one| row.meaning(one))
                .contains(&Meaning::No(*kind))
        });
        let shown = codes.iter().filter(|code| code["provider"] == "paynet");
        assert_eq!(shown.count(), paynet.count(), "{name}");
        let human = explain(&format!("--kind {name}")).stdout;
        for part in ["meaning", "advice", "customer"] {
            let said = document[part]["en"].as_str().expect("English");
            assert!(human.contains(said), "{said} in {human}");
        }
        for code in codes {
            let code = code["code"].as_str().expect("a code");
            assert!(human.contains(code), "{code} in {human}");
        }
    }
    let too_soon = explain("--kind too_soon --json").document();
    assert_eq!(too_soon["exit_code"], 5);
    assert_eq!(
        too_soon["codes"][0],
        json!({"provider": "paynet", "code": "5", "operations": ["send_otp"]})
    );
    for line in ["--kind nonsense", "paynet --kind too_soon", ""] {
        assert_eq!(explain(line).code, 2, "{line}");
    }
}
