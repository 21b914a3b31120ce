//! `Paynet` fakes Paynet's card OTP.

mod code;
mod fidelity;
mod otps;
mod request;
mod response;

use axum::http::StatusCode;

use self::fidelity::{CHECK, FIDELITY, LIFETIME, SEND};
use self::otps::{Checked, Key, Otps, Sent};
use self::request::Fields;
use self::response::{Format, Response};
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
        let response = match context.demand() {
            Demand::Refuse(code) => Response::refusal(code),
            _ => decide(call, context).unwrap_or_else(|refused| refused),
        };
        response.decision(Format::wanted(call.headers()))
    }
}

/// What Paynet looks at, in its order.
fn decide(call: &Call, context: &mut Context<'_, Otps>) -> Result<Response, Response> {
    let Some(operation) = call.operation() else {
        return Err(Response::error(StatusCode::NOT_FOUND).with_doctor(
            "there is nothing at this path: the base URL ends in /paynet, \
             and /v1/card/send_otp or /v1/card/check_otp follows",
        ));
    };
    if call.method() != "POST" {
        let response = Response::error(StatusCode::METHOD_NOT_ALLOWED);
        return Err(response.with_doctor("the method is not POST; Paynet takes POST alone"));
    }
    request::tenant(call)?;
    let fields = Fields::read(call.fields()?)?;
    let key = Key::new(fields.session, fields.number);
    let now = context.timestamp();
    if operation == CHECK {
        let code = fields.code()?;
        let checked = context.state().map(|state| state.check(&key, code, now));
        return Ok(checked_response(checked.unwrap_or(Checked::NeverSent)));
    }
    match context.state().map(|state| state.send(key, now)) {
        Some(Sent::New { code, expires_at }) => {
            let text = sms_text(&code);
            let message = Outgoing::sms(fields.number.to_string(), text).with_otp(code);
            context.send(message.expiring(expires_at.into()));
            Ok(Response::with_expiry(code::SUCCESSFUL, expires_at))
        }
        Some(Sent::StillRunning { expires_at }) => {
            let response = Response::with_expiry(code::DUPLICATE_DATA, expires_at);
            Err(response.with_doctor(
                "an OTP of this session and number is still running; \
                 wait until otp_expire before the next",
            ))
        }
        // Never so: a tenant that is known has a state.
        None => Err(Response::unauthorized("the key is not known")),
    }
}

fn checked_response(checked: Checked) -> Response {
    let (code, word) = match checked {
        Checked::Right => return Response::plain(code::SUCCESSFUL),
        Checked::Wrong {
            in_case_alone: false,
        } => (code::UNSUCCESSFUL, "the code is wrong"),
        Checked::Wrong {
            in_case_alone: true,
        } => (
            code::UNSUCCESSFUL,
            "the code differs in upper and lower case alone; send it verbatim",
        ),
        Checked::TooManyWrong => (
            code::NO_PROCESS,
            "too many wrong codes came before; \
             not even the right one counts until a new OTP is sent",
        ),
        Checked::Used => (code::NO_DATA, "the code was right, but it was used before"),
        Checked::Expired => (code::NO_DATA, "the OTP has run out, by the virtual clock"),
        Checked::NeverSent => (
            code::NO_DATA,
            "no OTP was sent for this session and number under this key",
        ),
    };
    Response::plain(code).with_doctor(word)
}

fn sms_text(code: &str) -> String {
    let minutes = LIFETIME.as_secs() / 60;
    format!(
        "Kart kaydetme onay kodunuz: {code}. \
         Kod {minutes} dakika geçerlidir, kimseyle paylaşmayınız."
    )
}
