//! `routes` is the inbox page: rendered here, read without JavaScript and without a network, and live
//! with it.

mod assets;
mod find;
mod inbox;
mod item;
mod language;
mod listing;
mod live;
mod stream;

use std::sync::Arc;

use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use serde::Deserialize;

pub(crate) use self::assets::{HEADERS, NOT_KEPT};
use self::find::Wanted;
pub(crate) use self::language::{Language, words};
use self::listing::Listing;
use crate::addresses::reached;
use crate::shared::Shared;
use crate::world::World;

/// The page and what it needs.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(page))
        .route("/page/items", get(live::items))
        .route("/page/events", get(live::events))
        .merge(assets::routes())
}

#[derive(Default, Deserialize)]
struct PageQuery {
    lang: Option<String>,
    tenant: Option<String>,
    /// What is looked for.
    q: Option<String>,
    show: Option<String>,
    /// The key of one item, to be shown alone.
    item: Option<String>,
    /// The key of the item behind which the list goes on.
    behind: Option<String>,
    /// The last event that was heard.
    after: Option<u64>,
}

impl PageQuery {
    /// A query that cannot be read is no reason to withhold the inbox.
    fn read(query: Result<Query<Self>, QueryRejection>) -> Self {
        query.map(|Query(query)| query).unwrap_or_default()
    }

    /// What is listed, and whether more than a tenant was asked for.
    fn listed<'world>(&self, world: &'world World) -> (Listing<'world>, bool) {
        let (tenant, show) = (self.tenant.as_deref(), self.show.as_deref());
        let wanted = Wanted::new(tenant, show, self.q.as_deref());
        let listing = match self.item.as_deref() {
            Some(key) => Listing::only(world, key),
            None => Listing::of(world, &wanted, self.behind.as_deref()),
        };
        (listing, wanted.is_narrow() || self.item.is_some())
    }
}

async fn page(
    State(shared): State<Arc<Shared>>,
    query: Result<Query<PageQuery>, QueryRejection>,
    headers: HeaderMap,
) -> impl IntoResponse {
    let query = PageQuery::read(query);
    let language = Language::wanted(query.lang.as_deref(), &headers);
    let page = {
        let world = shared.world();
        let (listing, is_narrow) = query.listed(&world);
        let find = query.q.as_deref().unwrap_or_default();
        let address = reached(shared.address());
        inbox::render(language, address, &world, &listing, find, is_narrow)
    };
    (HEADERS, [NOT_KEPT], Html(page))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    /// Every `data-testid` that a template names.
    fn hooks() -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let files = std::fs::read_dir(folder).expect("a folder");
        let paths = files.map(|file| file.expect("a file").path());
        let texts = paths.map(|path| std::fs::read_to_string(path).expect("a template"));
        let named = |text: String| -> Vec<String> {
            let rest = text.split("data-testid=\"").skip(1);
            let names = rest.filter_map(|rest| rest.split('"').next().map(str::to_owned));
            names.filter(|name| !name.starts_with("{%")).collect()
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
