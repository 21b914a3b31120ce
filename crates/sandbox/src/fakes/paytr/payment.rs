//! Paying by a link, and the callback that tells the merchant.

use std::net::IpAddr;

use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{Method, Request, StatusCode, Uri};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::fidelity::CALLBACK_PATIENCE;
use super::link::{Link, LinkProblem};
use super::signature::callback_hash;
use crate::form;
use crate::paid::{CallbackAnswer, Paid};
use crate::state::Shared;
use crate::tenant::TenantId;
use crate::world::World;

/// The longest answer to a callback that is read, in bytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// How many characters of the answer are kept.
const ANSWER_KEPT: usize = 1_000;

/// Pays by a link, and tells the merchant if the link says where.
pub(crate) async fn pay(shared: &Shared, id: &str) -> Result<Paid, LinkProblem> {
    let (tenant, mut paid, form) = charge(&mut shared.world(), id)?;
    if let Some((link, form)) = form {
        let answer = timeout(CALLBACK_PATIENCE, post(&link, form)).await;
        let answer = answer.unwrap_or_else(|_| {
            let patience = CALLBACK_PATIENCE.as_secs();
            Err(format!("no answer came within {patience} seconds"))
        });
        paid.callback = Some(answer.unwrap_or_else(|error| CallbackAnswer {
            error: Some(error),
            ..CallbackAnswer::default()
        }));
    }
    // The merchant may have left, or the link, while the callback was under way.
    let mut world = shared.world();
    let links = world.paytr.known_mut(&tenant);
    if let Some(link) = links.and_then(|links| links.get_mut(id)) {
        link.last_paid = Some(paid.clone());
    }
    drop(world);
    Ok(paid)
}

type Charged = (TenantId, Paid, Option<(String, String)>);

/// Counts the payment, and writes the callback that tells of it: where it goes, and the form.
fn charge(world: &mut World, id: &str) -> Result<Charged, LinkProblem> {
    let tenant = world.tenant_of_link(id).ok_or(LinkProblem::Unknown)?;
    let now = world.clock.now(Some(&tenant));
    let links = world.paytr.of(&tenant);
    let link = links.get_mut(id).ok_or(LinkProblem::Unknown)?;
    link.payable(now)?;
    link.payments += 1;
    let link = link.clone();
    let merchant_oid = links.next_order();
    let form = callback_form(world, &tenant, &link, &merchant_oid);
    let paid = Paid {
        merchant_oid,
        callback: None,
    };
    Ok((tenant, paid, form))
}

fn callback_form(
    world: &World,
    tenant: &TenantId,
    link: &Link,
    merchant_oid: &str,
) -> Option<(String, String)> {
    let callback = link.callback.as_ref()?;
    let merchant = world.merchants.get(tenant.name())?;
    let amount = link.price.to_string();
    let hash = callback_hash(merchant, &callback.id, merchant_oid, "success", &amount);
    let form = form::encode(&[
        ("hash", &hash),
        ("merchant_oid", merchant_oid),
        ("status", "success"),
        ("total_amount", &amount),
        ("payment_amount", &amount),
        ("payment_type", "card"),
        ("currency", link.currency),
        ("callback_id", &callback.id),
        ("merchant_id", merchant.id()),
        ("test_mode", "1"),
    ]);
    Some((callback.link.clone(), form))
}

/// Posts a callback, or says in plain English why no answer came.
async fn post(link: &str, form: String) -> Result<CallbackAnswer, String> {
    let unreachable = || "callback_link is no address".to_owned();
    let uri: Uri = link.parse().map_err(|_| unreachable())?;
    let authority = uri.authority().ok_or_else(unreachable)?;
    if uri.scheme_str() != Some("http") || !is_loopback(authority.host()) {
        return Err(
            "nothing was posted: the sandbox posts callbacks to http:// on loopback alone"
                .to_owned(),
        );
    }
    let host = authority.host().trim_matches(['[', ']']);
    let port = authority.port_u16().unwrap_or(80);
    let stream = TcpStream::connect((host, port))
        .await
        .map_err(|error| format!("cannot connect to {authority}: {error}"))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(|error| error.to_string())?;
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(HOST, authority.as_str())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .map_err(|error| error.to_string())?;
    let exchange = async {
        let answer = sender.send_request(request).await;
        let (head, body) = answer.map_err(|error| error.to_string())?.into_parts();
        let body = to_bytes(Body::new(body), LONGEST_ANSWER).await;
        Ok((head.status, body.map_err(|error| error.to_string())?))
    };
    let mut exchange = std::pin::pin!(exchange);
    let broken = |error: String| format!("the answer did not come: {error}");
    let answered = tokio::select! {
        biased;
        answered = &mut exchange => answered,
        // It ends early where it closes after the answer, which is then there to be read.
        _ = connection => exchange.await,
    };
    let (status, body) = answered.map_err(broken)?;
    Ok(CallbackAnswer {
        status: Some(status.as_u16()),
        accepted: status == StatusCode::OK && body.as_ref() == b"OK",
        body: Some(
            String::from_utf8_lossy(&body)
                .chars()
                .take(ANSWER_KEPT)
                .collect(),
        ),
        error: None,
    })
}

/// Whether a host of a URL is this machine.
pub(super) fn is_loopback(host: &str) -> bool {
    let ip = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || ip.is_ok_and(|ip| ip.is_loopback())
}
