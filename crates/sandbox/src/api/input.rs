//! `ApiQuery` and `ApiBody` read what the test API is asked, and refuse in its own shape.

use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::ApiError;
use crate::body;
use crate::shared::Shared;
use crate::tenant::TenantId;
use crate::world::World;

/// The longest list that is answered.
pub(super) const LONGEST_LIST: usize = 500;

/// The length of a list without `limit`.
const USUAL_LIST: usize = 100;

/// A query in which every name and every value is known.
pub(super) struct ApiQuery<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for ApiQuery<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let Query(query) = Query::try_from_uri(&parts.uri)
            .map_err(|rejection| ApiError::invalid(rejection.body_text()))?;
        Ok(Self(query))
    }
}

/// Whose things are cleared.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct ClearQuery {
    tenant: Option<String>,
}

impl ClearQuery {
    pub(super) fn carry_out(
        self,
        shared: &Shared,
        clear: fn(&mut World, Option<&TenantId>),
    ) -> StatusCode {
        let mut world = shared.world();
        match self.tenant {
            Some(name) => {
                // A tenant that left took everything along, so of an unknown name there is nothing.
                if let Some(tenant) = world.tenants.named(&name).cloned() {
                    clear(&mut world, Some(&tenant));
                }
            }
            None => clear(&mut world, None),
        }
        StatusCode::NO_CONTENT
    }
}

/// The number in a path. One that cannot be read is of nothing that there is.
pub(super) struct Number(pub(super) u64);

impl<S: Send + Sync> FromRequestParts<S> for Number {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let number = Path::from_request_parts(parts, state).await;
        let nothing = |_| ApiError::not_found("there is nothing of this number");
        number.map(|Path(number)| Self(number)).map_err(nothing)
    }
}

/// A JSON body, whose content type the guard has seen, in which every field is known.
pub(crate) struct ApiBody<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for ApiBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, ApiError> {
        let body = body::whole(request.into_body())
            .await
            .ok_or_else(ApiError::body_too_long)?;
        let mut reader = serde_json::Deserializer::from_slice(&body);
        let invalid = |error: String| ApiError::invalid(error);
        // Names the field that is wrong.
        let body = serde_path_to_error::deserialize(&mut reader);
        let body = body.map_err(|error| invalid(error.to_string()))?;
        reader.end().map_err(|error| invalid(error.to_string()))?;
        Ok(Self(body))
    }
}

/// How many entries a list may have, of what `limit` asks for.
pub(super) fn list_length(limit: Option<usize>) -> Result<usize, ApiError> {
    let limit = limit.unwrap_or(USUAL_LIST);
    (1..=LONGEST_LIST)
        .contains(&limit)
        .then_some(limit)
        .ok_or_else(|| ApiError::invalid(format!("limit is a number from 1 to {LONGEST_LIST}")))
}

/// Refuses a name that no provider here has.
pub(super) fn known_provider(shared: &Shared, name: Option<&str>) -> Result<(), ApiError> {
    let Some(name) = name else {
        return Ok(());
    };
    let known = shared.registry().provider(name);
    known
        .map(|_| ())
        .map_err(|known| ApiError::invalid(format!("provider is {known}")))
}
