//! Paynet, faked: its routes, and the way of a call from the request to the answer.

mod answer;
mod code;
mod conversation;
mod doctor;
mod fidelity;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::Response;
use axum::routing::any;
use jiff::Timestamp;
use serde_json::Value;

use self::answer::{Answer, Format};
use self::code::ReturnCode;
pub(crate) use self::conversation::Memory;
use self::conversation::{Checked, Key, Sent};
use self::doctor::Problem;
pub(crate) use self::fidelity::FIDELITY;
use self::fidelity::LIFETIME;
use self::request::Fields;
use crate::journal::{Answered, Call};
use crate::message::{Channel, Content};
use crate::provider::Provider;
use crate::server::BODY_LIMIT;
use crate::state::{Shared, World};
use crate::tenant::TenantName;

/// `/paynet` and all that stands below it.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    let calls = Router::new()
        .route("/v1/card/send_otp", any(send_otp))
        .route("/v1/card/check_otp", any(check_otp))
        .fallback(unknown_path);
    Router::new()
        .nest("/paynet", calls)
        // Nesting leaves this one path out.
        .route("/paynet/", any(unknown_path))
}

async fn send_otp(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    take(&shared, Some(Operation::Send), request).await
}

async fn check_otp(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    take(&shared, Some(Operation::Check), request).await
}

async fn unknown_path(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    take(&shared, None, request).await
}

#[derive(Clone, Copy, Debug)]
enum Operation {
    Send,
    Check,
}

impl Operation {
    fn name(self) -> &'static str {
        match self {
            Self::Send => fidelity::SEND,
            Self::Check => fidelity::CHECK,
        }
    }
}

/// An answer, and what the doctor has to say about it.
struct Outcome {
    answer: Answer,
    doctor: Option<String>,
}

impl From<Problem> for Outcome {
    fn from(problem: Problem) -> Self {
        Self {
            answer: problem.answer(),
            doctor: Some(problem.to_string()),
        }
    }
}

/// Reads a call, answers it and writes it into the journal.
async fn take(shared: &Shared, operation: Option<Operation>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, BODY_LIMIT).await.ok();
    let body = request::json(&head.headers, body.as_deref());
    let tenant = request::tenant(&head.headers);
    let format = Format::wanted(&head.headers);

    let mut world = shared.world();
    if let Ok(tenant) = &tenant {
        world.open_tenant(Provider::Paynet, tenant);
    }
    let now = world.clock.now(tenant.as_ref().ok());
    let outcome = decide(
        &mut world,
        operation,
        &head,
        tenant.as_ref(),
        body.as_ref(),
        now,
    )
    .unwrap_or_else(Outcome::from);
    let doctor = outcome
        .doctor
        .or_else(|| (format == Format::Xml).then(|| doctor::XML_ANSWER.to_owned()));
    let call = Call {
        at: now,
        provider: Provider::Paynet,
        tenant: tenant.ok(),
        operation: operation.map(Operation::name),
        request: body.as_ref().map(request::masked).unwrap_or_default(),
        answer: Answered {
            status: outcome.answer.status.as_u16(),
            body: outcome.answer.body(),
        },
        doctor,
    };
    tracing::debug!(
        provider = %call.provider,
        operation = call.operation,
        tenant = call.tenant.as_ref().map(TenantName::as_str),
        status = call.answer.status,
        doctor = call.doctor,
        "a provider was called"
    );
    world.journal.record(call);
    drop(world);
    outcome.answer.respond(format, now)
}

/// What Paynet looks at, in its order.
fn decide(
    world: &mut World,
    operation: Option<Operation>,
    head: &Parts,
    tenant: Result<&TenantName, &Problem>,
    body: Result<&Value, &Problem>,
    now: Timestamp,
) -> Result<Outcome, Problem> {
    let operation = operation.ok_or(Problem::UnknownPath)?;
    if head.method != Method::POST {
        return Err(Problem::Method);
    }
    let tenant = tenant.map_err(Problem::clone)?;
    let fields = Fields::read(body.map_err(Problem::clone)?)?;
    match operation {
        Operation::Send => Ok(send(world, tenant, &fields, now)),
        Operation::Check => Ok(check(world, tenant, &fields, fields.code()?, now)),
    }
}

fn send(world: &mut World, tenant: &TenantName, fields: &Fields<'_>, now: Timestamp) -> Outcome {
    let key = Key::new(fields.session, fields.number);
    match world.paynet.of(tenant).send(key, now) {
        Sent::New { code, expires_at } => {
            world.inbox.deliver(Content {
                provider: Provider::Paynet,
                channel: Channel::Sms,
                tenant: tenant.clone(),
                to: fields.number.to_string(),
                text: sms_text(&code),
                otp: Some(code),
                link: None,
                created_at: now,
                expires_at: Some(expires_at),
            });
            Outcome {
                answer: Answer::with_expiry(ReturnCode::Successful, expires_at),
                doctor: None,
            }
        }
        Sent::StillRunning { expires_at } => Outcome {
            answer: Answer::with_expiry(ReturnCode::DuplicateData, expires_at),
            doctor: Some(doctor::STILL_RUNNING.to_owned()),
        },
    }
}

fn check(
    world: &mut World,
    tenant: &TenantName,
    fields: &Fields<'_>,
    code: &str,
    now: Timestamp,
) -> Outcome {
    let key = Key::new(fields.session, fields.number);
    let checked = world.paynet.of(tenant).check(&key, code, now);
    let answer = match checked {
        Checked::Right => ReturnCode::Successful,
        Checked::Wrong { .. } => ReturnCode::Unsuccessful,
        Checked::TooManyWrong => ReturnCode::NoProcess,
        Checked::Used | Checked::Expired | Checked::NeverSent => ReturnCode::NoData,
    };
    Outcome {
        answer: Answer::plain(answer),
        doctor: doctor::on_code(checked).map(str::to_owned),
    }
}

fn sms_text(code: &str) -> String {
    let minutes = LIFETIME.as_secs() / 60;
    format!(
        "Kart kaydetme onay kodunuz: {code}. \
         Kod {minutes} dakika geçerlidir, kimseyle paylaşmayınız."
    )
}
