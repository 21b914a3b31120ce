//! Paynet, faked: its routes, and the way of a call from the request to the answer.

mod answer;
mod code;
mod conversation;
mod doctor;
mod fidelity;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::response::Response;
use jiff::Timestamp;

use self::answer::{Answer, Format};
use self::code::ReturnCode;
pub(crate) use self::conversation::Conversations;
use self::conversation::{Checked, Key, Sent};
use self::doctor::Problem;
pub(crate) use self::fidelity::FIDELITY;
use self::fidelity::LIFETIME;
use self::request::Fields;
use crate::exchange::{Received, below, calling};
use crate::journal::{Answered, Call};
use crate::message::{Channel, Content};
use crate::provider::Provider;
use crate::state::{Shared, World};
use crate::tenant::TenantId;

/// `/paynet` and all that stands below it.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    let calls = Router::new()
        .route("/v1/card/send_otp", calling(take, Some(Operation::Send)))
        .route("/v1/card/check_otp", calling(take, Some(Operation::Check)));
    below("/paynet", calls, calling(take, None))
}

#[derive(Clone, Copy, Debug)]
enum Operation {
    Send,
    Check,
}

impl Operation {
    fn as_str(self) -> &'static str {
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
async fn take(shared: Arc<Shared>, operation: Option<Operation>, request: Request) -> Response {
    let received = Received::read(request).await;
    let tenant = request::tenant(&received.head.headers);
    let format = Format::wanted(&received.head.headers);

    let mut world = shared.world();
    let now = world.enter(tenant.as_ref().ok());
    let outcome = decide(&mut world, operation, &received, tenant.as_ref(), now)
        .unwrap_or_else(Outcome::from);
    let doctor = outcome
        .doctor
        .or_else(|| (format == Format::Xml).then(|| doctor::XML_ANSWER.to_owned()));
    world.leave(Call {
        at: now,
        provider: Provider::Paynet,
        tenant: tenant.ok(),
        operation: operation.map(Operation::as_str),
        request: received.masked(request::MASKS),
        answer: Answered {
            status: outcome.answer.status.as_u16(),
            body: outcome.answer.body(),
        },
        doctor,
    });
    drop(world);
    outcome.answer.respond(format, now)
}

/// What Paynet looks at, in its order.
fn decide(
    world: &mut World,
    operation: Option<Operation>,
    received: &Received,
    tenant: Result<&TenantId, &Problem>,
    now: Timestamp,
) -> Result<Outcome, Problem> {
    let operation = operation.ok_or(Problem::UnknownPath)?;
    if received.head.method != Method::POST {
        return Err(Problem::Method);
    }
    let tenant = tenant.map_err(Problem::clone)?;
    let fields = Fields::read(received.fields()?)?;
    match operation {
        Operation::Send => Ok(send(world, tenant, &fields, now)),
        Operation::Check => Ok(check(world, tenant, &fields, fields.code()?, now)),
    }
}

fn send(world: &mut World, tenant: &TenantId, fields: &Fields<'_>, now: Timestamp) -> Outcome {
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
    tenant: &TenantId,
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
