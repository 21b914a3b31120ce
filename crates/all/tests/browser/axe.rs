//! axe-core, and what it says of a page.

use serde_json::Value;

use crate::npm;
use crate::page::Page;

/// The script, where npm can fetch it.
pub(crate) fn fetched() -> Option<String> {
    let script = npm::installed("axe", &[])?.join("node_modules/axe-core/axe.min.js");
    Some(std::fs::read_to_string(script).expect("axe-core"))
}

/// That axe finds nothing on the page as it is now.
pub(crate) async fn finds_nothing(page: &Page, axe: &str, what: &str) {
    let script = format!(
        "{axe}
         const done = arguments[arguments.length - 1];
         axe.run(document, {{resultTypes: ['violations']}}).then(
           ({{violations}}) => done(violations.map(({{id, nodes}}) =>
             id + ': ' + nodes.map((node) => node.html + ' ' + node.failureSummary).join(' | '))),
           (error) => done([String(error)]));"
    );
    let found = page.browser.client.execute_async(&script, Vec::new()).await;
    let found = found.unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(found, Value::Array(Vec::new()), "{what}");
}
