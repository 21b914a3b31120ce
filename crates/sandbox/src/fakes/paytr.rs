//! `Paytr` fakes PayTR Link.

pub(crate) mod explain;
mod fidelity;
mod link;
mod merchant;
mod page;
mod paying;
pub(crate) mod payment;
mod qr;
mod request;
mod response;
mod signature;
mod words;

use std::sync::{Mutex, PoisonError};

use self::explain::{Finding, Secrets, SignedCall, explain};
use self::fidelity::{CREATE, DELETE, EMAIL, FIDELITY, SMS};
use self::link::{Link, LinkProblem, Links};
use self::merchant::{Merchant, Merchants};
use self::request::Posted;
use self::response::Response;
use crate::addresses::Addresses;
use crate::builder::SandboxBuilder;
use crate::fake::{
    Bodies, Call, Context, Decision, Demand, Fake, MobileNumber, Operation, Outgoing, Random, Role,
    Service, Tenant,
};
use crate::message::Channel;
use crate::provider::Provider;
use crate::sandbox::Sandbox;

impl Provider {
    /// PayTR, payment links.
    pub const PAYTR: Self = Self::new("paytr").with_aliases(&["paytr-link"]);
}

const OPERATIONS: &[Operation] = &[
    Operation::new(CREATE, "/odeme/api/link/create", Role::Other),
    Operation::new(SMS, "/odeme/api/link/send-sms", Role::Sends).serving(&["notify"]),
    Operation::new(EMAIL, "/odeme/api/link/send-email", Role::Sends).serving(&["notify"]),
    Operation::new(DELETE, "/odeme/api/link/delete", Role::Other),
];

static SERVICE: Service = Service {
    success_codes: &["0"],
    ..Service::new(Provider::PAYTR, "PayTR", OPERATIONS)
        .with_bodies(Bodies::Forms)
        .with_journal(request::MASKS)
        .with_fidelity(FIDELITY)
};

/// Adds the fake to a sandbox.
pub(super) fn add(builder: SandboxBuilder) -> SandboxBuilder {
    builder.fake(Paytr::default()).extras(paying::extras())
}

impl Sandbox {
    /// What a PayTR client takes for PayTR's base URL: `http://127.0.0.1:PORT/paytr`.
    pub fn paytr_url(&self) -> String {
        self.base_url("paytr").unwrap_or_default()
    }
}

impl Addresses {
    /// What a PayTR client takes for PayTR's base URL.
    pub fn paytr(&self) -> &str {
        self.base_url("paytr").unwrap_or_default()
    }
}

/// The fake. Its merchants are known before they call, so it keeps them itself.
#[derive(Debug, Default)]
struct Paytr {
    merchants: Mutex<Merchants>,
}

impl Paytr {
    fn with_merchants<T>(&self, does: impl FnOnce(&mut Merchants) -> T) -> T {
        let merchants = self.merchants.lock();
        does(&mut merchants.unwrap_or_else(PoisonError::into_inner))
    }
}

impl Fake for Paytr {
    type State = Links;

    fn service(&self) -> &'static Service {
        &SERVICE
    }

    fn tenant(&self, call: &Call) -> Option<Tenant> {
        let merchant = self.with_merchants(|merchants| merchant(merchants, call));
        Some(Tenant::named(&merchant.ok()?.id))
    }

    fn state(&self, random: Random) -> Links {
        Links::new(random.into_rng())
    }

    fn import(&self, state: serde_json::Value) -> Option<Links> {
        serde_json::from_value(state).ok()
    }

    fn number(&self, call: &Call, _state: Option<&Links>) -> Option<MobileNumber> {
        let merchant = self.with_merchants(|merchants| merchant(merchants, call).ok())?;
        let posted = Posted(call.fields().ok()?);
        let is_meant = call.operation() == Some(SMS)
            && call.method() == "POST"
            && is_signed(&merchant, posted, SignedCall::SendSms);
        is_meant.then(|| posted.cell_phone().ok()).flatten()
    }

    fn decide(&self, call: &Call, context: &mut Context<'_, Links>) -> Decision {
        if let Demand::Refuse(code) = context.demand() {
            return Response::refusal_with_number(code).decision();
        }
        let merchant = self.with_merchants(|merchants| merchant(merchants, call));
        let decided = checked(call, merchant)
            .and_then(|(operation, posted)| decide(operation, posted, context));
        decided.unwrap_or_else(|refused| refused).decision()
    }

    fn register(
        &self,
        name: &str,
        secrets: &serde_json::Map<String, serde_json::Value>,
    ) -> Option<Result<Tenant, String>> {
        let merchant = Merchant::read(name, secrets);
        Some(merchant.map(|merchant| {
            self.with_merchants(|merchants| merchants.register(merchant));
            Tenant::named(name)
        }))
    }

    fn reset(&self) {
        self.with_merchants(|merchants| *merchants = Merchants::default());
    }
}

/// The merchant whom a call names.
fn merchant(merchants: &Merchants, call: &Call) -> Result<Merchant, Response> {
    let id = Posted(call.fields()?).text("merchant_id");
    let unknown = "no merchant of this merchant_id is registered here; the sandbox knows 100001, \
                   and PUT /api/v1/tenants/paytr/MERCHANT_ID registers another one with its key \
                   and salt";
    let doctor = match id {
        "" => "merchant_id is missing or empty",
        _ => unknown,
    };
    let known = merchants.get(id).cloned();
    known.ok_or_else(|| Response::wrong_token(doctor))
}

/// What PayTR looks at before it looks at any link or field, in its order.
fn checked(
    call: &Call,
    merchant: Result<Merchant, Response>,
) -> Result<(&'static str, Posted<'_>), Response> {
    let operation = call.operation().ok_or_else(|| {
        Response::not_found(
            "there is nothing at this path: the base URL ends in /paytr, and \
             /odeme/api/link/ with create, send-sms, send-email or delete follows",
        )
    })?;
    if call.method() != "POST" {
        let doctor = "the method is not POST; PayTR Link takes POST alone";
        return Err(Response::wrong_token(doctor));
    }
    let merchant = merchant?;
    let posted = Posted(call.fields()?);
    let signed = posted.signed_call(operation)?;
    let token = posted.text("paytr_token");
    if token.is_empty() {
        return Err(Response::wrong_token("paytr_token is missing or empty"));
    }
    if is_signed(&merchant, posted, signed) {
        return Ok((operation, posted));
    }
    let secrets = Secrets {
        key: &merchant.key,
        salt: &merchant.salt,
    };
    Err(Response::wrong_token(
        match explain(secrets, signed, &posted.texts(), token) {
            Finding::Mistake(mistake) if mistake.id() == "field_missing" => mistake.to_string(),
            Finding::Mistake(mistake) | Finding::Unknown(mistake) => {
                format!("paytr_token is wrong: {mistake}")
            }
            // Compared as bytes it is not: written in another way than base64 does.
            Finding::Right => "paytr_token is wrong".to_owned(),
        },
    ))
}

/// Whether the token is the merchant's, over what was posted.
fn is_signed(merchant: &Merchant, posted: Posted<'_>, signed: SignedCall) -> bool {
    let names = signed.fields().iter();
    let texts: Vec<_> = names.map(|name| posted.text(name)).collect();
    signature::is_right(merchant, &texts, posted.text("paytr_token"))
}

/// What PayTR does for a call whose token is right.
fn decide(
    operation: &str,
    posted: Posted<'_>,
    context: &mut Context<'_, Links>,
) -> Result<Response, Response> {
    let now = context.timestamp();
    let root = context.url().to_owned();
    let hosts = context.callback_hosts().to_vec();
    // Never absent: a tenant that is known has a state.
    let links = context.state().ok_or(LinkProblem::Unknown)?;
    let (to, channel) = match operation {
        CREATE => {
            let id = links.create(posted.new_link(now, &hosts)?);
            let url = link_url(&root, &id);
            let qr = (posted.text("get_qr") == "1")
                .then(|| qr::png(&url))
                .flatten();
            return Ok(Response::created(&id, &url, qr));
        }
        DELETE => return Ok(delete(links, &posted.ids()?)),
        SMS => (posted.cell_phone()?.to_string(), Channel::Sms),
        _ => (posted.email()?.to_owned(), Channel::Email),
    };
    let id = posted.id()?;
    let link = links.usable(id, now)?;
    let url = link_url(&root, id);
    let mut message = Outgoing::by(channel, to, text(link, &url)).with_link(url);
    message.expires_at = link.expires_at;
    context.send(message);
    Ok(Response::success())
}

/// Where a link is opened.
fn link_url(root: &str, id: &str) -> String {
    format!("{root}/link/{id}")
}

fn delete(links: &mut Links, ids: &[&str]) -> Response {
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
    let response = Response::deleted(deleted, failed);
    match (problem, ids) {
        (None, _) => response,
        (Some(problem), [_]) => response.with_doctor(problem.as_str()),
        (Some(_), _) => response.with_doctor(
            "some of these links never were, or were deleted before: see failed_deletes",
        ),
    }
}

fn text(link: &Link, url: &str) -> String {
    format!(
        "{} için {} tutarındaki ödemenizi bu bağlantıdan yapabilirsiniz: {url}",
        link.name,
        link.shown_price(true)
    )
}
