//! `/api/v1/openapi.json` describes this API for machines, with the providers that are faked here.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};

use crate::fake::{Operation, Service};
use crate::registry::Registry;
use crate::state::Shared;

/// Everything but what depends on the fakes.
const DESCRIPTION: &str = include_str!("openapi.json");

pub(super) async fn show(State(shared): State<Arc<Shared>>) -> Json<Value> {
    Json(description(shared.registry()))
}

fn description(registry: &Registry) -> Value {
    // It is JSON: a test reads it.
    let mut description: Value = serde_json::from_str(DESCRIPTION).unwrap_or_default();
    let services: Vec<_> = registry.services().collect();
    let names = services.iter().map(|it| it.provider.as_str());
    let aliases = services.iter().flat_map(|it| it.provider.aliases());
    let all: Vec<_> = names.clone().chain(aliases.copied()).collect();
    let names: Vec<_> = names.collect();
    for (place, value) in [
        ("/components/schemas/Provider/enum", json!(names)),
        ("/components/schemas/ProviderName/enum", json!(all)),
        ("/components/schemas/FaultRule/oneOf", rules(&services)),
    ] {
        let (parent, field) = place.rsplit_once('/').unwrap_or_default();
        let parent = description.pointer_mut(parent);
        if let Some(fields) = parent.and_then(Value::as_object_mut) {
            fields.insert(field.to_owned(), value);
        }
    }
    description
}

/// A rule for each provider, for any, and for each fault that only some operations know.
fn rules(services: &[&Service]) -> Value {
    let of_one = services.iter().map(|service| {
        let mut names = vec![service.provider.as_str()];
        names.extend(service.provider.aliases());
        let provider = json!({"enum": names});
        let operations: Vec<_> = service.operations.iter().collect();
        rule(service.label, &provider, true, &operations, "Fault")
    });
    let operations = || services.iter().flat_map(|service| service.operations);
    let any = rule(
        "any provider",
        &json!({"type": "null"}),
        false,
        &operations().collect::<Vec<_>>(),
        "Fault",
    );
    let own = [
        ("rotate_token", "RotateToken"),
        ("renew_session", "RenewSession"),
    ];
    let own = own.into_iter().filter_map(|(kind, schema)| {
        let is_known = |operation: &&'static Operation| operation.own_faults.contains(&kind);
        let known: Vec<_> = operations().filter(is_known).collect();
        let of = services
            .iter()
            .filter(|it| it.operations.iter().any(|it| is_known(&it)));
        let mut providers: Vec<_> = of.map(|it| json!(it.provider.as_str())).collect();
        providers.push(Value::Null);
        let provider = json!({"enum": providers});
        (!known.is_empty()).then(|| rule(kind, &provider, false, &known, schema))
    });
    let own: Vec<_> = own.collect();
    of_one.chain([any]).chain(own).collect()
}

fn rule(
    title: &str,
    provider: &Value,
    is_named: bool,
    operations: &[&'static Operation],
    fault: &str,
) -> Value {
    let mut names: Vec<Value> = Vec::new();
    let all = operations.iter().map(|it| it.name);
    for name in all.chain(operations.iter().flat_map(|it| it.serves.iter().copied())) {
        if !names.contains(&name.into()) {
            names.push(name.into());
        }
    }
    names.push(Value::Null);
    let schema = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let mut properties: Map<String, Value> = ["id", "tenant", "times", "chance"]
        .into_iter()
        .zip(["RuleId", "RuleTenant", "RuleTimes", "RuleChance"])
        .map(|(field, name)| (field.to_owned(), schema(name)))
        .collect();
    properties.insert("provider".to_owned(), provider.clone());
    properties.insert("operation".to_owned(), json!({"enum": names}));
    properties.insert("fault".to_owned(), schema(fault));
    let required = if is_named {
        json!(["provider", "fault"])
    } else {
        json!(["fault"])
    };
    json!({
        "title": title,
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::api::paths;

    fn description() -> Value {
        let description = super::description(&crate::fakes::registry());
        assert!(description.is_object());
        description
    }

    #[test]
    fn every_path_is_described_and_no_other() {
        let served = paths().map(|(path, _)| format!("/api/v1{path}"));
        let others = [
            "/livez",
            "/readyz",
            "/api/v1/links/{id}/pay",
            "/api/v1/sessions/renew",
        ];
        let others = others.map(str::to_owned);
        let served: BTreeSet<String> = served.into_iter().chain(others).collect();
        let described = description()["paths"].as_object().cloned();
        let described: BTreeSet<String> = described
            .expect("an object")
            .into_iter()
            .map(|(path, _)| path)
            .collect();
        assert_eq!(described, served);
    }
}
