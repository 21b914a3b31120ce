//! `/api/v1/openapi.json`: this API, described for machines.

use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;

const DESCRIPTION: &str = include_str!("openapi.json");

pub(super) async fn show() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/json")], DESCRIPTION)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::api::paths;

    fn description() -> Value {
        serde_json::from_str(DESCRIPTION).expect("JSON")
    }

    #[test]
    fn every_path_is_described_and_no_other() {
        let served = paths().map(|(path, _)| format!("/api/v1{path}"));
        let health = ["/livez", "/readyz"].map(str::to_owned);
        let served: BTreeSet<String> = served.into_iter().chain(health).collect();
        let described = description()["paths"].as_object().cloned();
        let described: BTreeSet<String> = described
            .expect("an object")
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        assert_eq!(described, served);
    }
}
