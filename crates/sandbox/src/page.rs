//! The inbox page and those of payment links: rendered here, read without JavaScript and without a
//! network, and live with it.

mod assets;
mod html;
mod inbox;
mod item;
mod language;
mod manners;
mod stream;
mod tools;

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use serde::Deserialize;

pub(crate) use self::html::Markup;
pub(crate) use self::language::Language;
pub(crate) use self::manners::{MANNERS, NOT_KEPT};
use crate::addresses::reached;
use crate::journal::Call;
use crate::message::MessageFilter;
use crate::state::Shared;
use crate::tenant::TenantId;

/// How many items the page shows.
const ITEMS_SHOWN: usize = 200;

/// The page and what it needs.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new().route("/", get(page)).merge(assets::routes())
}

#[derive(Default, Deserialize)]
struct PageQuery {
    lang: Option<String>,
    tenant: Option<String>,
}

async fn page(
    State(shared): State<Arc<Shared>>,
    query: Result<Query<PageQuery>, QueryRejection>,
    headers: HeaderMap,
) -> impl IntoResponse {
    // A query that cannot be read is no reason to withhold the inbox.
    let query = query.map(|Query(query)| query).unwrap_or_default();
    let language = Language::wanted(query.lang.as_deref(), &headers);
    let tenant = query.tenant.as_deref().filter(|name| !name.is_empty());
    let page = {
        let world = shared.world();
        let mut filter = MessageFilter::new();
        if let Some(tenant) = tenant {
            filter = filter.tenant(tenant);
        }
        let of_tenant = |call: &Call| {
            let name = call.tenant.as_ref().map(TenantId::name);
            tenant.is_none() || tenant == name
        };
        let calls = world.journal.newest_first();
        let calls = calls.filter(|entry| of_tenant(entry.call()));
        let mut items = stream::merged(
            world.inbox.newest_first(&filter).take(ITEMS_SHOWN),
            calls.take(ITEMS_SHOWN),
        );
        items.truncate(ITEMS_SHOWN);
        inbox::render(language, reached(shared.address()), &world, &items)
    };
    (MANNERS, [NOT_KEPT], Html(page))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Every `data-testid` that a template names.
    fn hooks() -> BTreeSet<String> {
        let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/page");
        let files = std::fs::read_dir(templates).expect("a folder");
        let html = files
            .map(|file| file.expect("a file").path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "html"));
        let texts = html.map(|path| std::fs::read_to_string(path).expect("a template"));
        let named = |text: String| -> Vec<String> {
            let rest = text.split("data-testid=\"").skip(1);
            let names = rest.filter_map(|rest| rest.split('"').next().map(str::to_owned));
            names.filter(|name| !name.starts_with("{{")).collect()
        };
        texts.flat_map(named).collect()
    }

    #[test]
    fn every_hook_is_documented() {
        let documentation = include_str!("lib.rs");
        let hooks = hooks();
        assert!(hooks.len() > 60, "{hooks:?}");
        let missing: Vec<_> = hooks
            .iter()
            .filter(|hook| !documentation.contains(&format!("`{hook}`")))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
