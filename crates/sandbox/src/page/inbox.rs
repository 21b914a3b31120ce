//! `render` is the inbox page as HTML.

use std::net::SocketAddr;

use super::html::Markup;
use super::item::{self, Look};
use super::language::Language;
use super::listing::Listing;
use super::tools;
use crate::istanbul;
use crate::registry::Registry;
use crate::world::World;

const PAGE: &str = include_str!("inbox.html");
const EMPTY: &str = include_str!("empty.html");

/// The whole page with what is listed, in its order.
pub(super) fn render(
    language: Language,
    address: SocketAddr,
    world: &World,
    listing: &Listing<'_>,
    find: &str,
    is_narrow: bool,
) -> String {
    let words = language.words();
    let now = world.clock.now(None);
    let (now, now_shown) = (now.to_string(), istanbul::format(now, "%Y-%m-%d %H:%M:%S"));
    let look = Look::of(language, world);
    let shown = listing.items.iter().map(|item| item::render(&look, item));
    let hidden = |is_hidden| Markup::text(if is_hidden { "hidden" } else { "" });
    let is_empty = listing.items.is_empty();
    let is_searched = is_narrow && listing.has_any;
    let count = words
        .shown_of
        .replace("{shown}", &listing.items.len().to_string())
        .replace("{count}", &listing.count.to_string());
    let mut values = vec![
        ("language", Markup::text(language.tag())),
        ("words", script_words(language)),
        ("items", shown.collect()),
        (
            "count_shown",
            Markup::text(if is_empty { "" } else { &count }),
        ),
        ("stream_hidden", hidden(is_empty)),
        ("older_hidden", hidden(!listing.has_older)),
        ("nothing_hidden", hidden(!(is_empty && is_searched))),
        ("find_value", Markup::text(find)),
        ("version", Markup::text(env!("CARGO_PKG_VERSION"))),
        (
            "empty",
            empty(
                language,
                address,
                world.registry(),
                hidden(!is_empty || is_searched),
            ),
        ),
        (
            "tools_panel",
            tools::render(
                language,
                world.registry(),
                (&now, &now_shown),
                world.has_magic_numbers(),
            ),
        ),
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

fn empty(
    language: Language,
    address: SocketAddr,
    registry: &Registry,
    is_hidden: Markup,
) -> Markup {
    // The first provider that says how.
    let mut services = registry.services();
    let first = services.find_map(|service| Some((service.provider, service.first_call?)));
    let [command, call] = first.map_or_else(Default::default, |(provider, texts)| {
        let url = format!("http://{address}/{provider}");
        texts.map(|text| text.replace("{url}", &url))
    });
    let mut values = vec![
        ("empty_hidden", is_hidden),
        ("first_command", Markup::text(&command)),
        ("first_call", Markup::text(&call)),
    ];
    let named = language.words().named().into_iter();
    values.extend(named.map(|(name, word)| (name, Markup::text(word))));
    Markup::filled(EMPTY, &values)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::message::Content;
    use crate::message::tests::content;
    use crate::page::find::Wanted;
    use crate::world::Setup;

    fn page(messages: Vec<Content>) -> String {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 8027));
        let mut world = World::new(Setup::default()).expect("a world");
        for content in messages {
            world.inbox.deliver(content);
        }
        let listing = Listing::of(&world, &Wanted::default(), None);
        render(Language::English, address, &world, &listing, "", false)
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut hostile = content("sck_test_demo", "+905550000042");
        let script = "<script>alert(1)</script>\"'{{now}}\u{202e}";
        hostile.text = script.repeat(500);
        hostile.otp = Some(script.to_owned());
        hostile.to = script.to_owned();
        let page = page(vec![hostile]);
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
        let full = content("sck_test_demo", "+905550000042");
        for page in [page(Vec::new()), page(vec![full, without_code])] {
            assert!(!page.contains("{{") && !page.contains("}}"));
        }
    }

    #[test]
    fn an_old_code_is_shown_as_expired() {
        let page = page(vec![content("sck_test_demo", "+905550000042")]);
        assert!(page.contains(r#"expiry-label">expired at<"#));
        assert!(page.contains("03:00:00"));
    }
}
