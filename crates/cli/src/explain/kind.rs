//! `onay explain --kind`: what a kind of error means, whoever's it is.

use onay::ErrorKind;
use serde_json::{Value, json};

use super::both;
use crate::arguments::CodeTable;
use crate::failure::{Failure, exit_code};
use crate::kinds::{self, said};
use crate::language::{Language, Words};
use crate::output::{Output, STRONG};
use crate::tables::Row;

pub(super) fn explain(name: &str, output: &Output) -> Result<(), Failure> {
    let unknown = |_| Failure::Usage(Words::new("böyle bir tür yok", "there is no such kind"));
    let kind: ErrorKind = name.parse().map_err(unknown)?;
    let rows: Vec<Row> = CodeTable::ALL
        .into_iter()
        .flat_map(CodeTable::rows)
        .filter(|row| row.means(kind))
        .collect();
    let language = output.language();
    output.result(human(kind, &rows, language), &document(kind, &rows))
}

fn human(kind: ErrorKind, rows: &[Row], language: Language) -> String {
    let words = kinds::words(kind);
    let delivery = kind.usual_delivery();
    let line = |turkish: &str, english: &str, text: &str| {
        format!("\n  {:<13}{text}", language.of(turkish, english))
    };
    let exit = exit_code(kind, delivery).to_string();
    let mut human = format!(
        "{STRONG}{}{STRONG:#}: {}",
        kind.as_str(),
        said(words.name, language)
    );
    human += &line("anlamı", "means", said(words.meaning, language));
    let delivery = format!(
        "{} ({})",
        said(kinds::delivery(delivery), language),
        delivery.as_str()
    );
    human += &line("gönderim", "delivery", &delivery);
    human += &line("çıkış kodu", "exit code", &exit);
    human += &line("yapılacak", "what to do", said(words.advice, language));
    human += &line("müşteriye", "customer", said(words.customer, language));
    let codes: Vec<String> = rows
        .iter()
        .map(|row| {
            let operations = operations(row, kind);
            let only = match operations.as_slice() {
                [one] if row.readings.len() > 1 => format!(" ({one})"),
                _ => String::new(),
            };
            format!("{} {}{only}", row.provider.as_str(), row.code)
        })
        .collect();
    if codes.is_empty() {
        let none = language.of(
            "hiçbiri: bu türü sağlayıcının kodu değil, onay'ın kendisi belirler",
            "none: it is told by onay itself and not by a provider's code",
        );
        return human + &line("kodlar", "codes", none);
    }
    human + &line("kodlar", "codes", &codes.join("\n               "))
}

fn operations(row: &Row, kind: ErrorKind) -> Vec<&'static str> {
    let matching = row
        .readings
        .iter()
        .filter(|reading| reading.kind == Some(kind));
    matching.filter_map(|reading| reading.operation).collect()
}

fn document(kind: ErrorKind, rows: &[Row]) -> Value {
    let words = kinds::words(kind);
    let delivery = kind.usual_delivery();
    let codes: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "provider": row.provider.as_str(),
                "code": row.code,
                "operations": operations(row, kind),
            })
        })
        .collect();
    json!({
        "operation": "explain",
        "kind": kind.as_str(),
        "delivery": delivery.as_str(),
        "exit_code": exit_code(kind, delivery),
        "meaning": both(words.meaning),
        "advice": both(words.advice),
        "customer": both(words.customer),
        "codes": codes,
    })
}
