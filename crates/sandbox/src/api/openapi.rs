//! `description` is the test API for machines: what the handlers say of themselves, with the providers
//! that are faked here.

use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::OpenApi;

use super::input::LONGEST_LIST;
use crate::fake::{Operation, Service};
use crate::fault::kind::{KINDS, Kind};
use crate::registry::Registry;

const ABOUT: &str = "The sandbox fakes providers; nothing is really sent. This is its own API, not that of \
    the providers. It answers on loopback and under the names it was started with; a request by a web page \
    of another site is refused, and what changes something is refused from any web page but its own. A body \
    needs the content type application/json. A path that is not here is 404, a method that is not here 405 \
    with an Allow header, both with the body `Error`.";

/// A fault, and the calls that it strikes; null or left out means any. Operations are named as on the
/// wire, or by the method of a trait that they serve.
#[derive(ToSchema)]
#[schema(as = FaultRule)]
pub(super) struct RuleSchema {}

/// The secrets of a PayTR merchant.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Secrets)]
#[expect(dead_code, reason = "a fake reads its own")]
pub(super) struct Secrets {
    #[schema(
        min_length = 1,
        max_length = 256,
        pattern = r"^[^\s\x00-\x1f\x7f-\x9f]+$"
    )]
    merchant_key: String,
    #[schema(
        min_length = 1,
        max_length = 256,
        pattern = r"^[^\s\x00-\x1f\x7f-\x9f]+$"
    )]
    merchant_salt: String,
}

/// What one call writes and another reads. Its parts are those of the lists of this API; `tenants` also
/// has what each fake remembers, whose form is its own.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = World)]
#[expect(dead_code, reason = "it is read and written part by part")]
pub(super) struct WorldSchema {
    version: u32,
    #[schema(format = DateTime)]
    now: String,
    #[schema(value_type = Vec<Object>)]
    tenants: Vec<Value>,
    #[schema(value_type = Vec<Object>)]
    messages: Vec<Value>,
    #[schema(value_type = Vec<Object>)]
    calls: Vec<Value>,
    #[schema(value_type = Vec<Object>)]
    callbacks: Vec<Value>,
    #[schema(value_type = Vec<Object>)]
    faults: Vec<Value>,
}

/// The description with all that its parts have in common.
pub(crate) fn description(described: &OpenApi, registry: &Registry) -> Value {
    // Never fails: it is written to memory.
    let mut whole = serde_json::to_value(described).unwrap_or_default();
    let services: Vec<_> = registry.services().collect();
    put(
        &mut whole,
        "/info",
        json!({
            "title": "Onay sandbox: test API",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        }),
    );
    put(
        &mut whole,
        "/servers",
        json!([{"url": "/", "description": "The sandbox that serves this document."}]),
    );
    put(
        &mut whole,
        "/paths/~1api~1v1~1openapi.json",
        json!({"get": {
            "operationId": "describe",
            "tags": ["insight"],
            "summary": "This document.",
            "responses": {"200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"type": "object"}}}}},
        }}),
    );
    let (common, rules) = rules(&services);
    put(&mut whole, "/components/schemas/Fault", common);
    put(&mut whole, "/components/schemas/FaultRule/oneOf", rules);
    let paths = whole.get_mut("paths").and_then(Value::as_object_mut);
    for (path, operations) in paths.into_iter().flatten() {
        let operations = operations.as_object_mut().into_iter().flatten();
        for (_, operation) in operations.filter(|_| path.starts_with("/api/")) {
            complete(path, operation, &services);
        }
    }
    whole
}

/// Says of a call what is so of every one alike: how it is refused, and what its parameters may be.
fn complete(path: &str, operation: &mut Value, services: &[&Service]) {
    let parameters = operation
        .get_mut("parameters")
        .and_then(Value::as_array_mut);
    let mut has_query = false;
    for parameter in parameters.into_iter().flatten() {
        if parameter.get("in") != Some(&"query".into()) {
            continue;
        }
        has_query = true;
        let name = parameter
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        if let Some((description, schema)) = parameter_schema(name, services) {
            put(parameter, "/description", description.into());
            put(parameter, "/schema", schema);
        }
    }
    let has_body = operation.get("requestBody").is_some();
    let mut refusals = vec![(
        "403",
        "The Host is not the sandbox's own, or a web page from elsewhere asks.",
    )];
    if has_query || has_body {
        refusals.push((
            "400",
            "The request is not as described here; the message names the field.",
        ));
    }
    if path.contains('{') {
        refusals.push(("404", "There is no such thing, or no longer."));
    }
    if has_body {
        refusals.push(("413", "The body was cut off, too slow or too long."));
        refusals.push((
            "415",
            "The body has another content type than application/json.",
        ));
    }
    for (status, description) in refusals {
        let schema = json!({"$ref": "#/components/schemas/Error"});
        let refusal = json!({"description": description, "content": {"application/json": {"schema": schema}}});
        put(operation, &format!("/responses/{status}"), refusal);
    }
}

fn parameter_schema(name: &str, services: &[&Service]) -> Option<(&'static str, Value)> {
    let number = r"^[ ().+-]*((0[ ().+-]*0[ ().+-]*)?9[ ().+-]*0[ ().+-]*|0[ ().+-]*)?5([ ().+-]*[0-9]){9}[ ().+-]*$";
    let address = r"^[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$";
    Some(match name {
        "provider" => (
            "Only of this provider, or of the host of this crate.",
            json!({"enum": names(services)}),
        ),
        "tenant" => (
            "Only of the tenant of this name.",
            json!({"type": "string"}),
        ),
        "to" => (
            "Only to this mobile number, in any usual spelling, or to this e-mail address, exactly.",
            json!({"anyOf": [
                {"type": "string", "pattern": number},
                {"type": "string", "pattern": address, "maxLength": 100},
            ]}),
        ),
        "limit" => (
            "At most so many; 100 where it is left out.",
            json!({"type": "integer", "minimum": 1, "maximum": LONGEST_LIST}),
        ),
        "timeout_ms" => (
            "How long to wait, in milliseconds of real time; 30000 where it is left out.",
            json!({"type": "integer", "minimum": 0, "maximum": 120_000}),
        ),
        "after" => (
            "Only what is newer than the message or event of this number. For events, the Last-Event-ID \
             header comes before it.",
            json!({"type": "integer", "minimum": 0, "maximum": u64::MAX}),
        ),
        _ => return None,
    })
}

fn names(services: &[&Service]) -> Vec<&'static str> {
    let names = services.iter().map(|it| it.provider.as_str());
    let aliases = services.iter().flat_map(|it| it.provider.aliases());
    names.chain(aliases.copied()).collect()
}

/// Puts a value at a pointer whose parent is there.
fn put(whole: &mut Value, pointer: &str, value: Value) {
    let (parent, field) = pointer.rsplit_once('/').unwrap_or_default();
    let parent = whole.pointer_mut(parent).and_then(Value::as_object_mut);
    if let Some(fields) = parent {
        fields.insert(field.replace("~1", "/"), value);
    }
}

/// The faults that every operation knows; and a rule for each provider, for any, and for each fault that
/// only some operations know.
fn rules(services: &[&Service]) -> (Value, Value) {
    let operations = || services.iter().flat_map(|service| service.operations);
    let is_own = |kind: &&Kind| operations().any(|it| it.own_faults.contains(&kind.name));
    let (own, common): (Vec<_>, Vec<_>) = KINDS.iter().partition(is_own);
    let schema = |kind: &&Kind| kind.schema(services);
    let common = json!({"oneOf": common.iter().map(schema).collect::<Vec<_>>()});
    let fault = json!({"$ref": "#/components/schemas/Fault"});
    let of_one = services.iter().map(|service| {
        let provider = json!({"enum": names(&[service])});
        let mut rule = rule(service.label, &provider, service.operations, &fault);
        put(&mut rule, "/required", json!(["provider", "fault"]));
        rule
    });
    let any = rule(
        "any provider",
        &json!({"type": "null"}),
        operations(),
        &fault,
    );
    let own = own.iter().map(|kind| {
        let has_it = |it: &&Operation| it.own_faults.contains(&kind.name);
        let of = services.iter();
        let of = of.filter(|service| service.operations.iter().any(|it| has_it(&it)));
        let providers = of.map(|it| Some(it.provider.as_str())).chain([None]);
        let provider = json!({"enum": providers.collect::<Vec<_>>()});
        rule(
            kind.name,
            &provider,
            operations().filter(has_it),
            &schema(kind),
        )
    });
    (common, of_one.chain([any]).chain(own).collect())
}

fn rule(
    title: &str,
    provider: &Value,
    operations: impl IntoIterator<Item = &'static Operation>,
    fault: &Value,
) -> Value {
    let (names, served): (Vec<_>, Vec<_>) = operations
        .into_iter()
        .map(|it| (it.name, it.serves))
        .unzip();
    let mut known: Vec<Option<&str>> = Vec::new();
    for name in names.into_iter().chain(served.concat()).map(Some) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known.push(None);
    json!({
        "title": title,
        "type": "object",
        "required": ["fault"],
        "properties": {
            "id": {"type": ["integer", "null"], "minimum": 0, "maximum": u64::MAX},
            "provider": provider,
            "operation": {"enum": known},
            "tenant": {"type": ["string", "null"], "pattern": "^[A-Za-z0-9_.-]{1,64}$"},
            "times": {"type": ["integer", "null"], "minimum": 1, "maximum": 1_000_000},
            "chance": {"type": ["number", "null"], "exclusiveMinimum": 0, "maximum": 1},
            "fault": fault,
        },
        "additionalProperties": false,
    })
}
