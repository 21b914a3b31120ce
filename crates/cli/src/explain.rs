//! `onay explain`: a provider's code, its whole table, or a kind of error.

use onay::{Dispatch, ErrorKind};
use serde_json::{Value, json};

use crate::arguments::ExplainArguments;
use crate::failure::{Failure, exit_code};
use crate::language::{Language, Texts, Words};
use crate::output::{Output, quiet, strong};
use crate::provider::ProviderName;
use crate::tables::{Reading, Row};

pub(crate) fn run(arguments: &ExplainArguments, output: &Output) -> Result<(), Failure> {
    let language = output.language();
    match (&arguments.kind, arguments.provider, &arguments.code) {
        (Some(name), _, _) => kind(name, output),
        (None, Some(provider), Some(code)) => {
            let row = provider.find(code).ok_or_else(|| unknown(provider, code))?;
            output.result(whole(&row, language), &document(provider, &[row]))
        }
        (None, Some(provider), None) => {
            let rows = provider.rows();
            output.result(table(provider, &rows, language), &document(provider, &rows))
        }
        (None, None, _) => Err(Failure::Usage(Words::of(Texts::explain_no_provider))),
    }
}

/// Nothing found is a failure: a script that asks for a code wants to know.
fn unknown(provider: ProviderName, code: &str) -> Failure {
    let name = provider.as_str();
    let mut known = provider.rows().into_iter().map(|row| row.code.code());
    let near = known.find(|known| known.eq_ignore_ascii_case(code.trim()));
    let words = Words::of(|texts| match near {
        Some(near) => texts.explain_unknown_near(name, near),
        None => texts.explain_unknown(name),
    });
    Failure::NotInTable(words, name)
}

/// One row in both languages: the reader may have to pass it on.
fn whole(row: &Row, language: Language) -> String {
    let texts = language.texts();
    let title = format!("{} {}", row.provider.as_str(), row.code.code());
    let mut said = format!("{} {}\n", strong(title), row.code.name());
    for reading in &row.readings() {
        said += &format!("  {}\n", reading_words(reading, language));
    }
    if row.code.is_assumed() {
        said += &format!("  {}\n", quiet(texts.explain_assumed()));
    }
    let in_both = match language {
        Language::Turkish => [Language::Turkish, Language::English],
        Language::English => [Language::English, Language::Turkish],
    };
    for language in in_both {
        let name = match language {
            Language::Turkish => "tr",
            Language::English => "en",
        };
        let meaning = row.code.explanation().text(language.of_library());
        let advice = row.code.advice().text(language.of_library());
        said += &format!("\n  {name}  {meaning}\n      {advice}");
    }
    said
}

fn reading_words(reading: &Reading, language: Language) -> String {
    let texts = language.texts();
    let operation = reading
        .operation
        .map(|operation| format!("{operation:<13}"));
    let operation = operation.unwrap_or_default();
    let Some(kind) = reading.kind.and_then(|kind| kind.parse::<ErrorKind>().ok()) else {
        return operation + &texts.explain_yes();
    };
    let dispatch = kind.usual_dispatch().text(language.of_library());
    let (kind, exit) = (kind.as_str(), texts.explain_exit_code());
    format!(
        "{operation}{kind} ({dispatch}, {exit} {})",
        reading.exit_code
    )
}

/// One line for each code: the code, the kinds it is read as, what it means.
fn table(provider: ProviderName, rows: &[Row], language: Language) -> String {
    let texts = language.texts();
    let kinds: Vec<String> = rows.iter().map(|row| kinds_of(row, texts)).collect();
    let width = |texts: &mut dyn Iterator<Item = &str>| {
        texts
            .map(|text| text.chars().count())
            .max()
            .unwrap_or_default()
    };
    // A few names are very long; the others keep their columns close.
    let code_width = width(&mut rows.iter().map(|row| row.code.code())).min(28);
    let kind_width = width(&mut kinds.iter().map(String::as_str));
    let mut said = String::new();
    for (row, kinds) in rows.iter().zip(&kinds) {
        let code = strong(format_args!("{:<code_width$}", row.code.code()));
        let meaning = row.code.explanation().text(language.of_library());
        said += &format!("{code}  {kinds:<kind_width$}  {meaning}");
        if row.code.is_assumed() {
            said += &format!(" {}", quiet(texts.explain_assumed_mark()));
        }
        said.push('\n');
    }
    format!("{said}\n{}", quiet(texts.explain_more(provider.as_str())))
}

/// Every kind once, in the order of the operations.
fn kinds_of(row: &Row, texts: &Texts) -> String {
    let mut kinds: Vec<String> = Vec::new();
    for reading in row.readings() {
        let kind = reading.kind.map(str::to_owned);
        let kind = kind.unwrap_or_else(|| texts.explain_yes());
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds.join("/")
}

fn document(provider: ProviderName, rows: &[Row]) -> Value {
    let codes: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "code": row.code.code(),
                "name": row.code.name(),
                "readings": row.readings(),
                "grade": row.grade(),
                "assumed": row.code.is_assumed(),
                "meaning": Words::from(row.code.explanation()).document(),
                "advice": Words::from(row.code.advice()).document(),
            })
        })
        .collect();
    json!({ "operation": "explain", "provider": provider.as_str(), "codes": codes })
}

/// What a kind of error means, and which codes of all providers are of it.
fn kind(name: &str, output: &Output) -> Result<(), Failure> {
    let unknown = |_| Failure::Usage(Words::of(Texts::explain_no_kind));
    let kind: ErrorKind = name.parse().map_err(unknown)?;
    let rows: Vec<Row> = ProviderName::ALL
        .into_iter()
        .flat_map(ProviderName::rows)
        .filter(|row| row.means(kind))
        .collect();
    output.result(
        kind_words(kind, &rows, output.language()),
        &kind_document(kind, &rows),
    )
}

fn kind_words(kind: ErrorKind, rows: &[Row], language: Language) -> String {
    let texts = language.texts();
    let name = kind.as_str();
    let dispatch = kind.usual_dispatch();
    let mut sent = dispatch_words(dispatch, language);
    if matches!(kind, ErrorKind::TooSoon | ErrorKind::LimitReached) {
        let unsent = dispatch_words(Dispatch::NotSent, language);
        sent = texts.explain_dispatch_of_guard(sent, unsent);
    }
    let codes: Vec<String> = rows
        .iter()
        .map(|row| {
            let operations = operations(row, kind);
            let only = match operations.as_slice() {
                [one] if row.readings().len() > 1 => format!(" ({one})"),
                _ => String::new(),
            };
            format!("{} {}{only}", row.provider.as_str(), row.code.code())
        })
        .collect();
    let codes = match codes.as_slice() {
        [] => texts.explain_no_codes(),
        codes => codes.join("\n               "),
    };
    let mut said = format!("{}: {}", strong(name), kind.text(language.of_library()));
    for (label, text) in [
        (texts.explain_means(), texts.kind_meaning(name)),
        (texts.explain_dispatch(), sent),
        (
            texts.explain_exit_code(),
            exit_code(kind, dispatch).to_string(),
        ),
        (texts.explain_advice(), texts.kind_advice(name)),
        (texts.explain_customer(), texts.kind_customer(name)),
        (texts.explain_codes(), codes),
    ] {
        said += &format!("\n  {label:<13}{text}");
    }
    said
}

/// `no message went out (not_sent)`
fn dispatch_words(dispatch: Dispatch, language: Language) -> String {
    let said = dispatch.text(language.of_library());
    format!("{said} ({})", dispatch.as_str())
}

fn operations(row: &Row, kind: ErrorKind) -> Vec<&'static str> {
    let matching = row.readings().into_iter();
    let matching = matching.filter(|reading| reading.kind == Some(kind.as_str()));
    matching.filter_map(|reading| reading.operation).collect()
}

fn kind_document(kind: ErrorKind, rows: &[Row]) -> Value {
    let name = kind.as_str();
    let dispatch = kind.usual_dispatch();
    let codes: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "provider": row.provider.as_str(),
                "code": row.code.code(),
                "operations": operations(row, kind),
            })
        })
        .collect();
    json!({
        "operation": "explain",
        "kind": name,
        "dispatch": dispatch.as_str(),
        "exit_code": exit_code(kind, dispatch),
        "meaning": Words::of(|texts| texts.kind_meaning(name)).document(),
        "advice": Words::of(|texts| texts.kind_advice(name)).document(),
        "customer": Words::of(|texts| texts.kind_customer(name)).document(),
        "codes": codes,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words_of_its_own() {
        for language in [Language::Turkish, Language::English] {
            let texts = language.texts();
            let words = |name| [texts.kind_meaning(name), texts.kind_advice(name)];
            let unknown = words("unknown");
            for kind in ErrorKind::ALL {
                for (own, unknown) in words(kind.as_str()).iter().zip(&unknown) {
                    assert_ne!(own, unknown, "{kind:?}");
                }
            }
        }
    }
}
