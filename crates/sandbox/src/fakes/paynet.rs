//! `Paynet` fakes Paynet's card OTP.

mod answer;
mod code;
mod doctor;
mod fidelity;
mod otps;
mod request;

use self::answer::{Format, Response};
use self::code::ReturnCode;
use self::doctor::Problem;
use self::fidelity::{CHECK, FIDELITY, LIFETIME, SEND};
use self::otps::{Checked, Key, Otps, Sent};
use self::request::Fields;
use crate::addresses::Addresses;
use crate::builder::SandboxBuilder;
use crate::fake::{
    Bodies, Call, Context, Decision, Demand, Fake, MobileNumber, Operation, Outgoing, Random, Role,
    Service, Tenant,
};
use crate::provider::Provider;
use crate::sandbox::Sandbox;

impl Provider {
    /// Paynet, card OTP.
    pub const PAYNET: Self = Self::new("paynet");
}

const OPERATIONS: &[Operation] = &[
    Operation::new(SEND, "/v1/card/send_otp", Role::Sends).serving(&["send_otp"]),
    Operation::new(CHECK, "/v1/card/check_otp", Role::Checks).serving(&["verify_otp"]),
];

/// What makes a first message come.
const FIRST_CALL: [&str; 2] = [
    "export PAYNET_ENV=sandbox PAYNET_SECRET_KEY=sck_test_demo \\\n  \
     PAYNET_BASE_URL={url}\n\
     onay otp send --provider paynet --to '0555 000 00 42' --session first",
    "curl {url}/v1/card/send_otp \\\n  \
     -H 'Authorization: Basic sck_test_demo' \\\n  \
     -H 'Content-Type: application/json' \\\n  \
     -H 'Accept: application/json' \\\n  \
     -d '{\"user_gsm\":\"5550000042\",\"otp_session_id\":\"first\"}'",
];

static SERVICE: Service = Service {
    first_call: Some(FIRST_CALL),
    any_case: false,
    success_codes: &["0", "100"],
    refused_code: "1",
    expired_code: "12",
    ..Service::new(Provider::PAYNET, "Paynet", OPERATIONS)
        .with_bodies(Bodies::JsonOrForms)
        .with_journal(request::MASKS)
        .with_fidelity(FIDELITY)
};

/// Adds the fake to a sandbox.
pub(super) fn add(builder: SandboxBuilder) -> SandboxBuilder {
    builder.fake(Paynet)
}

impl Sandbox {
    /// What a Paynet client takes for Paynet's base URL: `http://127.0.0.1:PORT/paynet`.
    pub fn paynet_url(&self) -> String {
        self.base_url("paynet").unwrap_or_default()
    }
}

impl Addresses {
    /// What a Paynet client takes for Paynet's base URL.
    pub fn paynet(&self) -> &str {
        self.base_url("paynet").unwrap_or_default()
    }
}

#[derive(Debug)]
struct Paynet;

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

impl Fake for Paynet {
    type State = Otps;

    fn service(&self) -> &'static Service {
        &SERVICE
    }

    fn tenant(&self, call: &Call) -> Option<Tenant> {
        request::tenant(call).ok()
    }

    fn state(&self, random: Random) -> Otps {
        Otps::new(random.into_rng())
    }

    fn import(&self, state: serde_json::Value) -> Option<Otps> {
        serde_json::from_value(state).ok()
    }

    fn number(&self, call: &Call, _state: Option<&Otps>) -> Option<MobileNumber> {
        request::tenant(call).ok()?;
        let fields = Fields::read(call.fields().ok()?).ok()?;
        Some(fields.number)
    }

    fn decide(&self, call: &Call, context: &mut Context<'_, Otps>) -> Decision {
        let format = Format::wanted(call.headers());
        let outcome = match context.demand() {
            Demand::Refuse(code) => Response::refusal(code).into(),
            _ => decide(call, context).unwrap_or_else(Outcome::from),
        };
        let word = || (format == Format::Xml).then(|| doctor::XML_ANSWER.to_owned());
        let response = outcome.response;
        Decision::of(
            response.is_success(),
            response.answer(format),
            response.body(),
            outcome.doctor.or_else(word),
        )
    }
}

/// What Paynet looks at, in its order.
fn decide(call: &Call, context: &mut Context<'_, Otps>) -> Result<Outcome, Problem> {
    let operation = call.operation().ok_or(Problem::UnknownPath)?;
    if call.method() != "POST" {
        return Err(Problem::Method);
    }
    request::tenant(call)?;
    let fields = Fields::read(call.fields()?)?;
    match operation {
        SEND => Ok(send(context, &fields)),
        _ => Ok(check(context, &fields, fields.code()?)),
    }
}

fn send(context: &mut Context<'_, Otps>, fields: &Fields<'_>) -> Outcome {
    let key = Key::new(fields.session, fields.number);
    let now = context.timestamp();
    match context.state().map(|state| state.send(key, now)) {
        Some(Sent::New { code, expires_at }) => {
            let text = sms_text(&code);
            let message = Outgoing::sms(fields.number.to_string(), text).with_otp(code);
            context.send(message.expiring(expires_at.into()));
            Response::with_expiry(ReturnCode::Successful, expires_at).into()
        }
        Some(Sent::StillRunning { expires_at }) => Outcome {
            response: Response::with_expiry(ReturnCode::DuplicateData, expires_at),
            doctor: Some(doctor::STILL_RUNNING.to_owned()),
        },
        None => Problem::KeyUnknown.into(),
    }
}

fn check(context: &mut Context<'_, Otps>, fields: &Fields<'_>, code: &str) -> Outcome {
    let key = Key::new(fields.session, fields.number);
    let now = context.timestamp();
    let checked = context.state().map(|state| state.check(&key, code, now));
    let checked = checked.unwrap_or(Checked::NeverSent);
    let code = match checked {
        Checked::Right => ReturnCode::Successful,
        Checked::Wrong { .. } => ReturnCode::Unsuccessful,
        Checked::TooManyWrong => ReturnCode::NoProcess,
        Checked::Used | Checked::Expired | Checked::NeverSent => ReturnCode::NoData,
    };
    Outcome {
        response: Response::plain(code),
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
