//! `Paytr` fakes PayTR Link.

mod answer;
mod doctor;
pub(crate) mod explain;
mod fidelity;
mod link;
mod merchant;
mod operation;
mod page;
mod paying;
pub(crate) mod payment;
mod qr;
mod registering;
mod request;
mod signature;
mod words;

use std::sync::{Mutex, PoisonError};

use self::answer::Response;
use self::doctor::Problem;
use self::explain::{Finding, Secrets, SignedCall, explain};
use self::fidelity::{CREATE, DELETE, EMAIL, FIDELITY, SMS};
use self::link::{Link, Links};
use self::merchant::{Merchant, Merchants};
use self::operation::Operation as Step;
use self::request::Posted;
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

/// A response, and what the doctor has to say about it.
struct Outcome {
    response: Response,
    doctor: Option<String>,
}

impl From<Response> for Outcome {
    fn from(response: Response) -> Self {
        Self {
            response,
            doctor: None,
        }
    }
}

impl From<Problem> for Outcome {
    fn from(problem: Problem) -> Self {
        Self {
            response: problem.response(),
            doctor: Some(problem.to_string()),
        }
    }
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
        Some(Tenant::named(merchant.ok()?.id()))
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
        let outcome = if let Demand::Refuse(code) = context.demand() {
            Response::refusal_with_number(code).into()
        } else {
            let merchant = self.with_merchants(|merchants| merchant(merchants, call));
            checked(call, merchant.as_ref())
                .and_then(|(operation, posted)| decide(operation, posted, context))
                .unwrap_or_else(Outcome::from)
        };
        let response = outcome.response;
        Decision::of(
            response.is_success(),
            response.answer(),
            response.masked(),
            outcome.doctor,
        )
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
fn merchant(merchants: &Merchants, call: &Call) -> Result<Merchant, Problem> {
    match Posted(call.fields()?).text("merchant_id") {
        "" => Err(Problem::NoMerchant),
        id => merchants.get(id).cloned().ok_or(Problem::UnknownMerchant),
    }
}

/// What PayTR looks at before it looks at any link or field, in its order.
fn checked<'body>(
    call: &'body Call,
    merchant: Result<&Merchant, &Problem>,
) -> Result<(Step, Posted<'body>), Problem> {
    let operation = Step::named(call.operation().ok_or(Problem::UnknownPath)?);
    if call.method() != "POST" {
        return Err(Problem::Method);
    }
    let merchant = merchant.map_err(Problem::clone)?;
    let posted = Posted(call.fields()?);
    let signed = posted.signed_call(operation)?;
    let token = posted.text("paytr_token");
    if token.is_empty() {
        return Err(Problem::NoToken);
    }
    if is_signed(merchant, posted, signed) {
        return Ok((operation, posted));
    }
    let secrets = Secrets {
        key: merchant.key(),
        salt: merchant.salt(),
    };
    let word = match explain(secrets, signed, &posted.texts(), token) {
        Finding::Mistake(mistake) if mistake.id() == "field_missing" => mistake.to_string(),
        Finding::Mistake(mistake) | Finding::Unknown(mistake) => {
            format!("paytr_token is wrong: {mistake}")
        }
        // Compared as bytes it is not: written in another way than base64 does.
        Finding::Right => "paytr_token is wrong".to_owned(),
    };
    Err(Problem::Token(word))
}

/// Whether the token is the merchant's, over what was posted.
fn is_signed(merchant: &Merchant, posted: Posted<'_>, signed: SignedCall) -> bool {
    let names = signed.fields().iter();
    let texts: Vec<_> = names.map(|name| posted.text(name)).collect();
    signature::is_right(merchant, &texts, posted.text("paytr_token"))
}

/// What PayTR does for a call whose token is right.
fn decide(
    operation: Step,
    posted: Posted<'_>,
    context: &mut Context<'_, Links>,
) -> Result<Outcome, Problem> {
    let now = context.timestamp();
    let root = context.url().to_owned();
    let hosts = context.callback_hosts().to_vec();
    let links = context.state().ok_or(Problem::UnknownMerchant)?;
    let (to, channel) = match operation {
        Step::Create => {
            let id = links.create(posted.new_link(now, &hosts)?);
            let url = link_url(&root, &id);
            let qr = (posted.text("get_qr") == "1")
                .then(|| qr::png(&url))
                .flatten();
            return Ok(Response::created(&id, &url, qr).into());
        }
        Step::Delete => return Ok(delete(links, &posted.ids()?)),
        Step::Sms => (posted.cell_phone()?.to_string(), Channel::Sms),
        Step::Email => (posted.email()?.to_owned(), Channel::Email),
    };
    let id = posted.id()?;
    let link = links.usable(id, now)?;
    let url = link_url(&root, id);
    let mut message = Outgoing::by(channel, to, text(link, &url)).with_link(url);
    message.expires_at = link.expires_at;
    context.send(message);
    Ok(Response::success().into())
}

/// Where a link is opened.
fn link_url(root: &str, id: &str) -> String {
    format!("{root}/link/{id}")
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
        response: Response::deleted(deleted, failed),
        doctor: word.map(str::to_owned),
    }
}

fn text(link: &Link, url: &str) -> String {
    format!(
        "{} için {} tutarındaki ödemenizi bu bağlantıdan yapabilirsiniz: {url}",
        link.name,
        link.shown_price(true)
    )
}
