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
use self::code::{ReturnCode, UNKNOWN_CODE};
pub(crate) use self::conversation::Conversations;
use self::conversation::{Checked, Key, Sent};
use self::doctor::Problem;
use self::fidelity::LIFETIME;
pub(crate) use self::fidelity::{CHECK, FIDELITY, SEND};
use self::request::Fields;
use crate::conduct::{Asked, Decided, Twist, conduct};
use crate::exchange::{Received, below, calling};
use crate::message::{Channel, Content};
use crate::number::MobileNumber;
use crate::provider::Provider;
use crate::state::Shared;
use crate::tenant::TenantId;
use crate::world::World;

/// The operations that a fault can strike.
pub(crate) const OPERATIONS: &[&str] = &[SEND, CHECK];

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
            Self::Send => SEND,
            Self::Check => CHECK,
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
    let received = Received::read(request).await;
    let tenant = request::tenant(&received.head.headers);
    let format = Format::wanted(&received.head.headers);
    let asked = Asked {
        provider: Provider::Paynet,
        operation: operation.map(Operation::as_str),
        tenant: tenant.as_ref().ok().cloned(),
        number: tenant.as_ref().ok().and_then(|_| number(&received)),
        request: received.masked(request::MASKS),
    };
    conduct(&shared, &received.wire(), asked, |world, now, twist| {
        let outcome = match twist {
            Twist::Refuse(code) => Answer::refusal(code).into(),
            Twist::UnknownCode => Answer::refusal(UNKNOWN_CODE).into(),
            Twist::None | Twist::RotateToken | Twist::RenewSession => {
                decide(world, operation, &received, tenant.as_ref(), now)
                    .unwrap_or_else(Outcome::from)
            }
        };
        let word = || (format == Format::Xml).then(|| doctor::XML_ANSWER.to_owned());
        Decided {
            accepted: outcome.answer.is_success(),
            body: outcome.answer.body(),
            doctor: outcome.doctor.or_else(word),
            answer: outcome.answer.respond(format, now),
        }
    })
    .await
}

/// Whom a call is about, if it says so well.
fn number(received: &Received) -> Option<MobileNumber> {
    let fields = received.fields().ok()?;
    Fields::read(fields).ok().map(|fields| fields.number)
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
            Answer::with_expiry(ReturnCode::Successful, expires_at).into()
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
