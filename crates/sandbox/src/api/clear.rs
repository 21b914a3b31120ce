//! `DELETE` of what was kept, of everybody or of one tenant.

use axum::http::StatusCode;
use serde::Deserialize;

use crate::state::Shared;
use crate::tenant::TenantId;
use crate::world::World;

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
