//! PayTR Link, faked: its routes, and the way of a call from the request to the answer.

mod answer;
mod doctor;
pub(crate) mod explain;
mod fidelity;
mod link;
mod merchant;
mod payment;
mod request;
mod signature;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::response::Response;
use jiff::Timestamp;

use self::answer::{Answer, UNKNOWN_CODE};
use self::doctor::Problem;
use self::explain::{Finding, Secrets, explain};
pub(crate) use self::fidelity::{FIDELITY, SMS};
pub(crate) use self::link::{Link, LinkProblem, Links};
pub(crate) use self::merchant::{Merchant, Merchants};
pub(crate) use self::payment::pay;
use self::request::Posted;
use crate::addresses::reached;
use crate::conduct::{Asked, Decided, Twist, conduct};
use crate::exchange::{Received, below, calling};
use crate::message::{Channel, Content};
use crate::provider::Provider;
use crate::state::Shared;
use crate::tenant::TenantId;
use crate::world::World;

/// The operations that a fault can strike.
pub(crate) const OPERATIONS: &[&str] = &[fidelity::CREATE, SMS, fidelity::EMAIL, fidelity::DELETE];

/// `/paytr` and all that stands below it, except for the page of a link.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    let calls = Router::new()
        .route("/create", calling(take, Some(Operation::Create)))
        .route("/send-sms", calling(take, Some(Operation::Sms)))
        .route("/send-email", calling(take, Some(Operation::Email)))
        .route("/delete", calling(take, Some(Operation::Delete)));
    let link = Router::new().nest("/odeme/api/link", calls);
    below("/paytr", link, calling(take, None))
}

/// Where a link is opened.
pub(crate) fn link_url(address: SocketAddr, id: &str) -> String {
    format!("http://{}/paytr/link/{id}", reached(address))
}

/// The tenant that a merchant is.
pub(crate) fn tenant(merchant_id: &str) -> TenantId {
    TenantId::named(Provider::Paytr, merchant_id)
}

#[derive(Clone, Copy, Debug)]
enum Operation {
    Create,
    Sms,
    Email,
    Delete,
}

impl Operation {
    fn as_str(self) -> &'static str {
        match self {
            Self::Create => fidelity::CREATE,
            Self::Sms => SMS,
            Self::Email => fidelity::EMAIL,
            Self::Delete => fidelity::DELETE,
        }
    }
}

/// An answer, and what the doctor has to say about it.
struct Outcome {
    answer: Answer,
    doctor: Option<String>,
}

impl From<Answer> for Outcome {
    fn from(answer: Answer) -> Self {
        Self {
            answer,
            doctor: None,
        }
    }
}

impl From<Problem> for Outcome {
    fn from(problem: Problem) -> Self {
        Self {
            answer: problem.answer(),
            doctor: Some(problem.to_string()),
        }
    }
}

/// Reads a call and answers it.
async fn take(shared: Arc<Shared>, operation: Option<Operation>, request: Request) -> Response {
    let received = Received::read_form(request).await;
    let merchant = merchant(&shared.world(), &received);
    let tenant = merchant.as_ref().ok().map(|it| tenant(it.id()));
    let checked = checked(operation, &received, merchant.as_ref());
    let number = match &checked {
        Ok((Operation::Sms, posted)) => posted.cell_phone().ok(),
        _ => None,
    };
    let asked = Asked {
        provider: Provider::Paytr,
        operation: operation.map(Operation::as_str),
        tenant: tenant.clone(),
        number,
        request: received.masked(request::MASKS),
    };
    conduct(&shared, &received.wire(), asked, |world, now, twist| {
        let outcome = match twist {
            Twist::Refuse(code) => Answer::refusal_with_number(code).into(),
            Twist::UnknownCode => Answer::refusal_with_number(UNKNOWN_CODE).into(),
            Twist::None | Twist::RotateToken | Twist::RenewSession => checked
                .and_then(|(operation, posted)| {
                    let tenant = tenant.as_ref().ok_or(Problem::UnknownMerchant)?;
                    decide(world, operation, tenant, posted, shared.address(), now)
                })
                .unwrap_or_else(Outcome::from),
        };
        Decided {
            accepted: outcome.answer.is_success(),
            body: outcome.answer.masked(),
            doctor: outcome.doctor,
            answer: outcome.answer.respond(now),
        }
    })
    .await
}

/// The merchant whom a call names.
fn merchant(world: &World, received: &Received) -> Result<Merchant, Problem> {
    match Posted(received.fields()?).text("merchant_id") {
        "" => Err(Problem::NoMerchant),
        id => {
            let merchant = world.merchants.get(id).cloned();
            merchant.ok_or(Problem::UnknownMerchant)
        }
    }
}

/// What PayTR looks at before it looks at any link or field, in its order.
fn checked<'body>(
    operation: Option<Operation>,
    received: &'body Received,
    merchant: Result<&Merchant, &Problem>,
) -> Result<(Operation, Posted<'body>), Problem> {
    let operation = operation.ok_or(Problem::UnknownPath)?;
    if received.head.method != Method::POST {
        return Err(Problem::Method);
    }
    let merchant = merchant.map_err(Problem::clone)?;
    let posted = Posted(received.fields()?);
    let call = posted.signed_call(operation)?;
    let token = posted.text("paytr_token");
    if token.is_empty() {
        return Err(Problem::NoToken);
    }
    let secrets = Secrets {
        key: merchant.key(),
        salt: merchant.salt(),
    };
    let texts: Vec<_> = call.fields().iter().map(|name| posted.text(name)).collect();
    if signature::is_right(merchant, &texts, token) {
        return Ok((operation, posted));
    }
    let word = match explain(secrets, call, &posted.texts(), token) {
        Finding::Mistake(mistake) if mistake.id() == "field_missing" => mistake.to_string(),
        Finding::Mistake(mistake) | Finding::Unknown(mistake) => {
            format!("paytr_token is wrong: {mistake}")
        }
        // Compared as bytes it is not: written in another way than base64 does.
        Finding::Right => "paytr_token is wrong".to_owned(),
    };
    Err(Problem::Token(word))
}

/// What PayTR does for a call whose token is right.
fn decide(
    world: &mut World,
    operation: Operation,
    tenant: &TenantId,
    posted: Posted<'_>,
    address: SocketAddr,
    now: Timestamp,
) -> Result<Outcome, Problem> {
    let links = world.paytr.of(tenant);
    let (to, channel) = match operation {
        Operation::Create => {
            let id = links.create(posted.new_link(now)?);
            return Ok(Answer::created(&id, &link_url(address, &id)).into());
        }
        Operation::Delete => return Ok(delete(links, &posted.ids()?)),
        Operation::Sms => (posted.cell_phone()?.to_string(), Channel::Sms),
        Operation::Email => (posted.email()?.to_owned(), Channel::Email),
    };
    let id = posted.id()?;
    let link = links.usable(id, now)?.clone();
    let url = link_url(address, id);
    world.inbox.deliver(Content {
        provider: Provider::Paytr,
        channel,
        tenant: tenant.clone(),
        to,
        text: text(&link, &url),
        otp: None,
        link: Some(url),
        created_at: now,
        expires_at: link.expires_at,
    });
    Ok(Answer::success().into())
}

fn delete(links: &mut Links, ids: &[&str]) -> Outcome {
    let (mut deleted, mut failed, mut problem) = (Vec::new(), Vec::new(), None);
    for id in ids.iter().copied() {
        match links.delete(id) {
            Ok(()) => deleted.push(id),
            Err(why) => {
                failed.push(id);
                problem = Some(why);
            }
        }
    }
    let word = problem.map(|problem| match ids {
        [_] => problem.as_str(),
        _ => doctor::NOT_ALL_DELETED,
    });
    Outcome {
        answer: Answer::deleted(deleted, failed),
        doctor: word.map(str::to_owned),
    }
}

fn text(link: &Link, url: &str) -> String {
    format!(
        "{} için {} tutarındaki ödemenizi bu bağlantıdan yapabilirsiniz: {url}",
        link.name,
        link.shown_price()
    )
}
