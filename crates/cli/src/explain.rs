//! `onay explain`: a provider's code, its whole table, or a kind of error.

mod kind;

use onay::{Bilingual, ErrorKind};
use serde_json::{Value, json};

use crate::arguments::{CodeTable, ExplainArguments};
use crate::failure::{Failure, exit_code};
use crate::kinds::{self, said};
use crate::language::{Language, Words};
use crate::output::{Output, QUIET, STRONG};
use crate::tables::{Reading, Row};

pub(crate) fn run(arguments: &ExplainArguments, output: &Output) -> Result<(), Failure> {
    let language = output.language();
    match (&arguments.kind, arguments.provider, &arguments.code) {
        (Some(name), _, _) => kind::explain(name, output),
        (None, Some(provider), Some(code)) => {
            let row = provider.find(code).ok_or_else(|| unknown(provider, code))?;
            output.result(whole(&row, language), &document(provider, &[row]))
        }
        (None, Some(provider), None) => {
            let rows = provider.rows();
            output.result(table(provider, &rows, language), &document(provider, &rows))
        }
        (None, None, _) => Err(Failure::Usage(Words::new(
            "sağlayıcı eksik",
            "a provider is missing",
        ))),
    }
}

/// Nothing found is a failure: a script that asks for a code wants to know.
fn unknown(provider: CodeTable, code: &str) -> Failure {
    let name = provider.as_str();
    let mut known = provider.rows().into_iter().map(|row| row.code);
    let near = known.find(|known| known.eq_ignore_ascii_case(code.trim()));
    let (turkish, english) = match near {
        Some(near) => (
            format!("; şunu mu demek istediniz: {near}?"),
            format!("; did you mean {near}?"),
        ),
        None => (".".to_owned(), ".".to_owned()),
    };
    Failure::NotInTable(
        Words::new(
            format!(
                "bu kod {name} tablosunda yok{turkish} Tabloda olmayan bir kod olduğu gibi saklanır ve refused (ret) olarak okunur"
            ),
            format!(
                "this code is not in the table of {name}{english} A code that is in no table is kept verbatim and read as refused"
            ),
        ),
        name,
    )
}

/// One row, explained in both languages: whoever looks a code up may have to pass it on.
fn whole(row: &Row, language: Language) -> String {
    let mut said = format!("{}\n", title(row));
    for reading in &row.readings {
        said += &format!("  {}\n", reading_words(reading, language));
    }
    if row.assumed == Some(true) {
        let assumed = language.of(
            "Bu yorum bir varsayımdır: bu çağrılarda ne anlama geldiği belgelenmemiş.",
            "This reading is assumed: nobody documents what it means for these calls.",
        );
        said += &format!("  {QUIET}{assumed}{QUIET:#}\n");
    }
    let explanation = row.explanation;
    let turkish = format!(
        "\n  tr  {}\n      {}",
        explanation.meaning().turkish(),
        explanation.advice().turkish()
    );
    let english = format!(
        "\n  en  {}\n      {}",
        explanation.meaning().english(),
        explanation.advice().english()
    );
    said + &language.of(turkish.clone() + &english, english + &turkish)
}

/// One line for each code: the code, the kinds it is read as, what it means.
fn table(provider: CodeTable, rows: &[Row], language: Language) -> String {
    let kinds: Vec<String> = rows.iter().map(|row| kinds_of(row, language)).collect();
    let width = |texts: &mut dyn Iterator<Item = &str>| {
        texts
            .map(|text| text.chars().count())
            .max()
            .unwrap_or_default()
    };
    // A few names are very long; the others keep their columns close.
    let code_width = width(&mut rows.iter().map(|row| row.code)).min(28);
    let kind_width = width(&mut kinds.iter().map(String::as_str));
    let mut said = String::new();
    for (row, kinds) in rows.iter().zip(&kinds) {
        let meaning = said_of(row, language);
        said += &format!(
            "{STRONG}{:<code_width$}{STRONG:#}  {kinds:<kind_width$}  {meaning}\n",
            row.code
        );
    }
    let name = provider.as_str();
    let more = language.of(
        format!("`onay explain {name} KOD` daha fazlasını söyler: ne yapmalı, çıkış kodu"),
        format!("`onay explain {name} CODE` tells more: what to do, and the exit code"),
    );
    format!("{said}\n{QUIET}{more}{QUIET:#}")
}

fn said_of(row: &Row, language: Language) -> String {
    let meaning = said(row.explanation.meaning(), language);
    if row.assumed != Some(true) {
        return meaning.to_owned();
    }
    let assumed = language.of("varsayım", "assumed");
    format!("{meaning} {QUIET}({assumed}){QUIET:#}")
}

/// Every kind once, in the order of the operations.
fn kinds_of(row: &Row, language: Language) -> String {
    let mut kinds: Vec<&str> = Vec::new();
    for reading in &row.readings {
        let kind = reading
            .kind
            .map_or(language.of("evet", "yes"), ErrorKind::as_str);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds.join("/")
}

fn title(row: &Row) -> String {
    let name = row.name.map(|name| format!(" {name}")).unwrap_or_default();
    format!(
        "{STRONG}{} {}{STRONG:#}{name}",
        row.provider.as_str(),
        row.code
    )
}

fn reading_words(reading: &Reading, language: Language) -> String {
    let operation = match reading.operation {
        Some(operation) => format!("{operation:<10}"),
        None => String::new(),
    };
    let Some(kind) = reading.kind else {
        return operation + language.of("evet", "yes");
    };
    let delivery = kind.usual_delivery();
    let delivery_words = said(kinds::delivery(delivery), language);
    let exit = language.of("çıkış kodu", "exit code");
    format!(
        "{operation}{} ({delivery_words}, {exit} {})",
        kind.as_str(),
        exit_code(kind, delivery)
    )
}

fn document(provider: CodeTable, rows: &[Row]) -> Value {
    let codes: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "code": row.code,
                "name": row.name,
                "readings": row.readings.iter().map(reading_document).collect::<Vec<_>>(),
                "assumed": row.assumed,
                "meaning": both(row.explanation.meaning()),
                "advice": both(row.explanation.advice()),
            })
        })
        .collect();
    json!({ "operation": "explain", "provider": provider.as_str(), "codes": codes })
}

fn reading_document(reading: &Reading) -> Value {
    let delivery = reading.kind.map(ErrorKind::usual_delivery);
    json!({
        "operation": reading.operation,
        "kind": reading.kind.map(ErrorKind::as_str),
        "delivery": delivery.map(onay::Delivery::as_str),
        "exit_code": reading.kind.zip(delivery).map_or(0, |(kind, delivery)| exit_code(kind, delivery)),
    })
}

fn both(words: Bilingual) -> Value {
    json!({ "tr": words.turkish(), "en": words.english() })
}
