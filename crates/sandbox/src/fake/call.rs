//! `Call` is a request to a fake, read to its end.

use std::borrow::Cow;

use axum::extract::Request;
use axum::http::request::Parts;
use serde_json::{Map, Value};

use super::service::{Bodies, Operation, Service};
use crate::body::{self, BodyProblem};
use crate::form;
use crate::mask::masked;

/// A call to a provider.
#[derive(Debug)]
pub struct Call {
    head: Parts,
    operation: Option<&'static Operation>,
    parameters: Vec<String>,
    body: Result<Value, BodyProblem>,
}

impl Call {
    /// Reads a request to a service. Slashes that were doubled count once, as at the originals.
    pub(crate) async fn read(service: &'static Service, request: Request) -> Self {
        let (head, body) = request.into_parts();
        let bytes = body::whole(body).await;
        let path = single_slashes(head.uri.path());
        let path = path
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(service.provider.as_str()));
        let (operation, parameters) = path.and_then(|path| service.at(path)).unzip();
        let is_form = match service.bodies {
            Bodies::Json => false,
            Bodies::Forms => true,
            Bodies::JsonOrForms => form::is_declared(&head.headers),
        };
        let mut body = if is_form {
            form::read(&head.headers, bytes).await
        } else {
            body::json(&head.headers, bytes.as_deref())
        };
        if let (true, Ok(Value::Object(fields))) = (service.any_case, &mut body) {
            *fields = in_known_case(service, std::mem::take(fields));
        }
        Self {
            head,
            operation,
            parameters: parameters.unwrap_or_default(),
            body,
        }
    }

    /// The operation that the path names, by its name on the wire.
    pub fn operation(&self) -> Option<&'static str> {
        self.operation.map(|operation| operation.name)
    }

    /// The segments of the path that stand for `{}` in the operation's, in their order.
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// The method, in capitals.
    pub fn method(&self) -> &str {
        self.head.method.as_str()
    }

    /// The query, without its question mark.
    pub fn query(&self) -> Option<&str> {
        self.head.uri.query()
    }

    /// A header, of which what is not UTF-8 is replaced.
    pub fn header(&self, name: &str) -> Option<Cow<'_, str>> {
        let value = self.head.headers.get(name)?;
        Some(String::from_utf8_lossy(value.as_bytes()))
    }

    /// The fields of the body.
    ///
    /// # Errors
    ///
    /// What is wrong with the body, where it has none.
    pub fn fields(&self) -> Result<&Map<String, Value>, BodyProblem> {
        let body = self.body.as_ref().map_err(BodyProblem::clone)?;
        body.as_object().ok_or(BodyProblem::NoObject)
    }

    pub(crate) fn headers(&self) -> &axum::http::HeaderMap {
        &self.head.headers
    }

    pub(crate) fn described(&self) -> Option<&'static Operation> {
        self.operation
    }

    /// What the journal keeps of the body.
    pub(crate) fn masked(&self, service: &Service) -> Map<String, Value> {
        let body = self.body.as_ref().ok();
        body.map(|body| masked(body, service.journal))
            .unwrap_or_default()
    }
}

fn single_slashes(path: &str) -> String {
    let mut single = String::with_capacity(path.len());
    for sign in path.chars() {
        if sign != '/' || !single.ends_with('/') {
            single.push(sign);
        }
    }
    single
}

/// The same fields under the names that the journal knows, in any case. One that is there
/// in its own case counts before others.
fn in_known_case(service: &Service, fields: Map<String, Value>) -> Map<String, Value> {
    let mut known = Map::new();
    let mut others = Vec::new();
    for (name, value) in fields {
        if service.journal.iter().any(|(own, _)| *own == name) {
            known.insert(name, value);
        } else {
            others.push((name, value));
        }
    }
    for (name, value) in others {
        let mut names = service.journal.iter();
        let own = names.find(|(own, _)| own.eq_ignore_ascii_case(&name));
        let name = own.map_or(name, |(own, _)| (*own).to_owned());
        known.entry(name).or_insert(value);
    }
    known
}
