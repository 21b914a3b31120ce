//! `render` is the inbox page as HTML.

use std::net::SocketAddr;

use askama::Template;
use jiff::Timestamp;

use super::item::{Look, View};
use super::language::{Language, Words};
use super::listing::Listing;
use crate::fake::Service;
use crate::fault::kind::KINDS;
use crate::istanbul;
use crate::magic::NUMBERS;
use crate::registry::Registry;
use crate::world::World;

#[derive(Template)]
#[template(path = "inbox.html")]
struct Page<'world> {
    language: Language,
    words: &'static Words,
    /// The same for the page's script, which has none of its own.
    script_words: String,
    version: &'static str,
    /// What is looked for.
    find: &'world str,
    listing: &'world Listing<'world>,
    items: Vec<View<'world>>,
    is_empty: bool,
    is_searched: bool,
    count: String,
    /// What makes a first message come: by command, and by `curl`.
    first: [String; 2],
    now: Timestamp,
    now_shown: String,
    services: Vec<&'static Service>,
    has_magic: bool,
}

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
    let look = Look::of(language, world);
    let items: Vec<_> = listing.items.iter().map(|item| look.at(item)).collect();
    let page = Page {
        language,
        words,
        script_words: words.as_json(),
        version: env!("CARGO_PKG_VERSION"),
        find,
        is_empty: items.is_empty(),
        is_searched: is_narrow && listing.has_any,
        count: words.count(items.len(), listing.count),
        items,
        listing,
        first: first(address, world.registry()),
        now,
        now_shown: istanbul::format(now, "%Y-%m-%d %H:%M:%S"),
        services: world.registry().services().collect(),
        has_magic: world.has_magic_numbers(),
    };
    // Never fails: it is written to memory.
    page.render().unwrap_or_default()
}

/// What the first provider says that says how.
fn first(address: SocketAddr, registry: &Registry) -> [String; 2] {
    let mut services = registry.services();
    let first = services.find_map(|service| Some((service.provider, service.first_call?)));
    first.map_or_else(Default::default, |(provider, texts)| {
        let url = format!("http://{address}/{provider}");
        texts.map(|text| text.replace("{url}", &url))
    })
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::message::Content;
    use crate::message::tests::content;
    use crate::page::find::Wanted;
    use crate::world::Setup;

    fn page(language: Language, messages: Vec<Content>) -> String {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 8027));
        let registry = crate::fakes::registry();
        let setup = Setup {
            registry,
            ..Setup::default()
        };
        let mut world = World::new(setup.into()).expect("a world");
        for content in messages {
            world.inbox.deliver(content);
        }
        let listing = Listing::of(&world, &Wanted::default(), None);
        render(language, address, &world, &listing, "", false)
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut hostile = content("sck_test_demo", "+905550000042");
        let script = "<script>alert(1)</script>\"'{{now}}\u{202e}";
        hostile.text = script.repeat(500);
        hostile.otp = Some(script.to_owned());
        hostile.to = script.to_owned();
        let page = page(Language::English, vec![hostile]);
        assert_eq!(page.matches("<script").count(), 1, "its own");
        assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;{{now}}"));
    }

    #[test]
    fn a_fault_of_every_kind_can_be_set_at_every_operation() {
        let page = page(Language::Turkish, Vec::new());
        let registry = crate::fakes::registry();
        let operations = registry.services().flat_map(Service::operation_names);
        let kinds = KINDS.iter().map(|kind| kind.name);
        for value in kinds.chain(operations) {
            assert!(
                page.contains(&format!("<option value=\"{value}\"")),
                "{value}"
            );
        }
        assert!(
            KINDS
                .iter()
                .all(|kind| Language::Turkish.words().kind(kind.name).is_some())
        );
        assert!(page.contains("0555 000 97 xx") && page.contains("gönderim reddedilir"));
    }
}
