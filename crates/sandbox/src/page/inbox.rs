//! The inbox as HTML.

use std::net::SocketAddr;

use super::html::Markup;
use super::language::Language;
use super::stream::Item;
use super::{item, tools};
use crate::addresses::USUAL_ADDRESS;
use crate::istanbul;
use crate::world::World;

const PAGE: &str = include_str!("inbox.html");
const EMPTY: &str = include_str!("empty.html");

/// The whole page with these items, in their order.
pub(super) fn render(
    language: Language,
    address: SocketAddr,
    world: &World,
    items: &[Item<'_>],
) -> String {
    let clock = &world.clock;
    let words = language.words();
    let now = clock.now(None);
    let (now, now_shown) = (now.to_string(), istanbul::format(now, "%Y-%m-%d %H:%M:%S"));
    let shown = items
        .iter()
        .map(|item| item::render(language, clock, world.registry(), item));
    let hidden = |is_hidden| Markup::text(if is_hidden { "hidden" } else { "" });
    let mut values = vec![
        ("language", Markup::text(language.tag())),
        ("words", script_words(language)),
        ("items", shown.collect()),
        ("stream_hidden", hidden(items.is_empty())),
        ("empty", empty(language, address, hidden(!items.is_empty()))),
        (
            "tools_panel",
            tools::render(
                language,
                world.registry(),
                (&now, &now_shown),
                world.has_magic_numbers(),
            ),
        ),
        ("blank", item::blank(words)),
    ];
    let named = words.named().into_iter();
    values.extend(named.map(|(name, word)| (name, Markup::text(word))));
    Markup::filled(PAGE, &values).into_string()
}

/// The words for the page's script, which has none of its own.
fn script_words(language: Language) -> Markup {
    let named = language.words().named().into_iter();
    let named = named.map(|(name, word)| (name.to_owned(), word.into()));
    let words = serde_json::Value::Object(named.collect());
    Markup::text(&words.to_string())
}

fn empty(language: Language, address: SocketAddr, is_hidden: Markup) -> Markup {
    // Clients know the usual address by themselves.
    let base_url = if address == USUAL_ADDRESS {
        String::new()
    } else {
        format!(" \\\n  PAYNET_BASE_URL=http://{address}/paynet")
    };
    let mut values = vec![
        ("empty_hidden", is_hidden),
        ("address", Markup::text(&address.to_string())),
        ("base_url", Markup::text(&base_url)),
    ];
    let named = language.words().named().into_iter();
    values.extend(named.map(|(name, word)| (name, Markup::text(word))));
    Markup::filled(EMPTY, &values)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::message::tests::content;
    use crate::message::{Content, Message};
    use crate::world::Setup;

    fn page(messages: &[Message]) -> String {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 8027));
        let items: Vec<_> = super::super::stream::merged(messages.iter(), std::iter::empty());
        let world = World::new(Setup::default()).expect("a world");
        render(Language::English, address, &world, &items)
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut hostile = content("sck_test_demo", "+905550000042");
        let script = "<script>alert(1)</script>\"'{{now}}\u{202e}";
        hostile.text = script.repeat(500);
        hostile.otp = Some(script.to_owned());
        hostile.to = script.to_owned();
        let page = page(&[Message::new(1, hostile)]);
        assert_eq!(page.matches("<script").count(), 1, "its own");
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;{{now}}"));
    }

    #[test]
    fn every_place_of_the_templates_is_filled() {
        let without_code = Content {
            otp: None,
            link: Some("http://127.0.0.1:8027/paytr/link/NB2Zlz3".to_owned()),
            expires_at: None,
            ..content("sck_test_demo", "+905550000042")
        };
        let full = Message::new(1, content("sck_test_demo", "+905550000042"));
        for page in [page(&[]), page(&[full, Message::new(2, without_code)])] {
            assert!(!page.contains("{{") && !page.contains("}}"));
        }
    }

    #[test]
    fn an_old_code_is_shown_as_expired() {
        let page = page(&[Message::new(1, content("sck_test_demo", "+905550000042"))]);
        assert!(page.contains(r#"expiry-label">expired at<"#));
        assert!(page.contains("03:00:00"));
    }
}
