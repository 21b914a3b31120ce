//! `pay` pays by a link, and has the callback posted that tells the merchant.

use std::sync::Arc;

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Paytr;
use super::fidelity::{CALLBACK_MASKS, REPEATS};
use super::link::{Link, LinkProblem, Links, Payment};
use super::merchant::Merchant;
use super::signature::callback_hash;
use crate::callback_sender;
use crate::callbacks::{CallbackResponse, NewCallback};
use crate::form;
use crate::mask::masked;
use crate::provider::Provider;
use crate::shared::Shared;
use crate::tenant::TenantId;
use crate::world::World;

/// A payment by link, and what the merchant answered to its callback.
///
/// Serialises as the test API writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Paid {
    pub(super) merchant_oid: String,
    /// The number of the callback.
    pub(super) callback_number: Option<u64>,
    pub(super) callback: Option<CallbackResponse>,
}

impl Paid {
    /// The number of the order, as the callback named it.
    pub fn merchant_oid(&self) -> &str {
        &self.merchant_oid
    }

    /// The number of the callback, by which it is sent again; absent where the link has no
    /// `callback_link`.
    pub fn callback_number(&self) -> Option<u64> {
        self.callback_number
    }

    /// What the merchant answered to the callback the first time; absent where the link has no
    /// `callback_link`.
    pub fn callback(&self) -> Option<&CallbackResponse> {
        self.callback.as_ref()
    }
}

/// Pays by a link, and tells the merchant if the link says where.
pub(super) async fn pay(shared: &Arc<Shared>, id: &str) -> Result<Paid, LinkProblem> {
    let payment = charge(shared, id)?;
    let callback = match payment.callback {
        Some(number) => callback_sender::send(shared, number).await,
        None => None,
    };
    Ok(Paid {
        merchant_oid: payment.merchant_oid,
        callback_number: payment.callback,
        callback,
    })
}

/// Counts the payment, and writes the callback that tells of it.
fn charge(shared: &Shared, id: &str) -> Result<Payment, LinkProblem> {
    let fake = shared.registry().get::<Paytr>();
    let mut world = shared.world();
    let (tenant, _) = found(&mut world, id).ok_or(LinkProblem::Unknown)?;
    let now = world.clock.now(Some(&tenant));
    let merchant = fake
        .and_then(|fake| fake.with_merchants(|merchants| merchants.get(tenant.name()).cloned()));
    let World {
        states, callbacks, ..
    } = &mut *world;
    let links = states.get::<Links>(&tenant).ok_or(LinkProblem::Unknown)?;
    links.get(id).ok_or(LinkProblem::Unknown)?.payable(now)?;
    let merchant_oid = links.next_order();
    let link = links.get_mut(id).ok_or(LinkProblem::Unknown)?;
    link.payments = link.payments.saturating_add(1);
    let callback = merchant.and_then(|merchant| callback(&merchant, &tenant, link, &merchant_oid));
    let payment = Payment {
        merchant_oid,
        callback: callback.map(|callback| callbacks.add(callback)),
    };
    link.last_payment = Some(payment.clone());
    let url = super::link_url(&shared.base_url(Provider::PAYTR), id);
    world.mark_paid(&tenant, &url, now);
    Ok(payment)
}

/// The merchant who has a link of this id, and the link.
pub(super) fn found(world: &mut World, id: &str) -> Option<(TenantId, Link)> {
    let mut all = world.states.all::<Links>();
    all.find_map(|(tenant, links)| Some((tenant.clone(), links.get(id)?.clone())))
}

fn callback(
    merchant: &Merchant,
    tenant: &TenantId,
    link: &Link,
    merchant_oid: &str,
) -> Option<NewCallback> {
    let callback = link.callback.as_ref()?;
    let amount = link.price.to_string();
    let hash = callback_hash(merchant, &callback.id, merchant_oid, "success", &amount);
    let fields = [
        ("hash", hash.as_str()),
        ("merchant_oid", merchant_oid),
        ("status", "success"),
        ("total_amount", &amount),
        ("payment_amount", &amount),
        ("payment_type", "card"),
        ("currency", &link.currency),
        ("callback_id", &callback.id),
        ("merchant_id", &merchant.id),
        ("test_mode", "1"),
    ];
    let named = fields
        .iter()
        .map(|(name, text)| ((*name).to_owned(), Value::from(*text)));
    let all: Map<String, Value> = named.collect();
    Some(NewCallback {
        provider: Provider::PAYTR,
        tenant: tenant.clone(),
        reference: merchant_oid.to_owned(),
        url: callback.link.clone(),
        form: form::encode(&fields),
        shown: masked(&Value::Object(all), CALLBACK_MASKS),
        schedule: REPEATS,
    })
}
