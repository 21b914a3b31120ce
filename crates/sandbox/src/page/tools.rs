//! `render` shows the tools beside the stream as HTML: the clock, faults and magic numbers.

use super::html::Markup;
use super::language::{Language, Words};
use crate::fake::Operation;
use crate::magic::{MagicNumber, NUMBERS};
use crate::registry::Registry;

const TOOLS: &str = include_str!("tools.html");
const OPTION: &str = include_str!("option.html");
const GROUP: &str = include_str!("group.html");
const PLACE: &str = include_str!("place.html");
const MAGIC: &str = include_str!("magic.html");

/// Everything beside the stream, with the time as it is now. Magic numbers that are switched off are
/// not shown; the script still reads their words.
pub(super) fn render(
    language: Language,
    registry: &Registry,
    (now, now_shown): (&str, &str),
    has_magic: bool,
) -> Markup {
    let words = language.words();
    let mut values = vec![
        ("now", Markup::text(now)),
        ("now_shown", Markup::text(now_shown)),
        ("providers", providers(registry)),
        ("operations", all_operations(registry)),
        ("kinds", kinds(words)),
        (
            "magic_hidden",
            Markup::text(if has_magic { "" } else { "hidden" }),
        ),
        (
            "magic_rows",
            NUMBERS.iter().map(|row| magic(language, row)).collect(),
        ),
    ];
    let named = words.named().into_iter();
    values.extend(named.map(|(name, word)| (name, Markup::text(word))));
    Markup::filled(TOOLS, &values)
}

fn providers(registry: &Registry) -> Markup {
    let services = registry.services();
    services
        .map(|service| option(service.provider.as_str(), service.label))
        .collect()
}

fn all_operations(registry: &Registry) -> Markup {
    let groups = registry.services().map(|service| {
        let places = service.operations.iter().map(place);
        let names = service.operation_names().into_iter();
        let names = names.skip(service.operations.len());
        let options = places.chain(names.map(|name| option(name, name))).collect();
        Markup::filled(
            GROUP,
            &[
                ("provider", Markup::text(service.provider.as_str())),
                ("label", Markup::text(service.label)),
                ("options", options),
            ],
        )
    });
    groups.collect()
}

/// An operation, with the names that mean it too and the faults that only it knows.
fn place(operation: &Operation) -> Markup {
    Markup::filled(
        PLACE,
        &[
            ("value", Markup::text(operation.name)),
            ("serves", Markup::text(&operation.serves.join(" "))),
            ("faults", Markup::text(&operation.own_faults.join(" "))),
        ],
    )
}

/// Every kind of fault, in the order of the documentation.
fn kinds(words: &Words) -> Markup {
    let kinds = words.named().into_iter();
    let kinds = kinds.filter_map(|(name, word)| Some((name.strip_prefix("kind_")?, word)));
    kinds
        .map(|(kind, word)| option(kind, &format!("{word} · {kind}")))
        .collect()
}

fn option(value: &str, label: &str) -> Markup {
    Markup::filled(
        OPTION,
        &[
            ("value", Markup::text(value)),
            ("label", Markup::text(label)),
        ],
    )
}

fn magic(language: Language, row: &MagicNumber) -> Markup {
    let says = match language {
        Language::English => row.english,
        Language::Turkish => row.turkish,
    };
    Markup::filled(
        MAGIC,
        &[
            ("pattern", Markup::text(&row.pattern())),
            ("says", Markup::text(says)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_every_kind_can_be_set_at_every_operation() {
        let registry = crate::fakes::registry();
        let shown = render(Language::Turkish, &registry, ("", ""), true).into_string();
        let rules = include_str!("../fault/json.rs");
        let read = rules.split_once("let (detail, fault)").expect("found").1;
        let read = read.split_once("_ => return Err").expect("found").0;
        let kinds: Vec<_> = read
            .lines()
            .filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" => ("))
            .map(|(kind, _)| kind)
            .collect();
        assert_eq!(kinds.len(), 12);
        let operations = registry
            .services()
            .flat_map(crate::fake::Service::operation_names);
        for value in kinds.into_iter().chain(operations) {
            assert!(
                shown.contains(&format!("<option value=\"{value}\"")),
                "{value}"
            );
        }
        assert!(shown.contains("0555 000 97 xx"));
        assert!(shown.contains("gönderim reddedilir"));
    }
}
