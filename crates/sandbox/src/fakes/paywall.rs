//! `Paywall` fakes Paywall's Masterpass.

mod doctor;
mod exception;
mod fidelity;
mod identifier;
mod otps;
mod renewal;
mod request;
mod response;
mod session;
mod step;

use axum::http::StatusCode;

use self::doctor::Problem;
use self::fidelity::{FIDELITY, LINK, RESEND, SESSION, VERIFY};
use self::otps::Otps;
use self::request::Fields;
use self::response::Response;
use self::session::Entered;
use self::step::step;
use crate::addresses::Addresses;
use crate::builder::SandboxBuilder;
use crate::fake::{
    Call, Context, Decision, Demand, Fake, MobileNumber, Operation, Random, Role, Service, Tenant,
};
use crate::provider::Provider;
use crate::sandbox::Sandbox;

impl Provider {
    /// Paywall, Masterpass OTP.
    pub const PAYWALL: Self = Self::new("paywall").with_aliases(&["paywall-masterpass"]);
}

const ROTATE: &str = "rotate_token";
const RENEW: &str = "renew_session";

const OPERATIONS: &[Operation] = &[
    Operation::new(SESSION, "/api/paywall/masterpass/session", Role::Other)
        .serving(&["open_session"]),
    Operation::new(LINK, "/api/paywall/masterpass/merchant/link", Role::Sends)
        .serving(&["send_otp"])
        .with_faults(&[RENEW]),
    Operation::new(RESEND, "/api/paywall/masterpass/otp/resend", Role::Sends)
        .serving(&["send_otp"])
        .with_faults(&[RENEW, ROTATE]),
    Operation::new(VERIFY, "/api/paywall/masterpass/otp/verify", Role::Checks)
        .serving(&["verify_otp"])
        .with_faults(&[RENEW, ROTATE]),
];

static SERVICE: Service = Service {
    any_case: true,
    success_codes: &["0000", "5001", "5008"],
    refused_code: "BANK_DOES_NOT_SUPPORT_OTP",
    expired_code: "TOKEN_HAS_EXPIRED",
    unknown_code: "SANDBOX_UNKNOWN_CODE",
    ..Service::new(Provider::PAYWALL, "Paywall", OPERATIONS)
        .with_journal(request::MASKS)
        .with_fidelity(FIDELITY)
};

/// Adds the fake to a sandbox.
pub(super) fn add(builder: SandboxBuilder) -> SandboxBuilder {
    builder.fake(Paywall).extras(renewal::extras())
}

impl Sandbox {
    /// What a Paywall client takes for Paywall's base URL: `http://127.0.0.1:PORT/paywall`.
    pub fn paywall_url(&self) -> String {
        self.base_url("paywall").unwrap_or_default()
    }
}

impl Addresses {
    /// What a Paywall client takes for Paywall's base URL.
    pub fn paywall(&self) -> &str {
        self.base_url("paywall").unwrap_or_default()
    }
}

#[derive(Debug)]
struct Paywall;

impl Fake for Paywall {
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

    fn number(&self, call: &Call, state: Option<&Otps>) -> Option<MobileNumber> {
        match Fields::read(call.operation()?, call.fields().ok()?).ok()? {
            Fields::Session { .. } => None,
            Fields::Within { session, .. } => state?.sessions.phone(session),
        }
    }

    fn decide(&self, call: &Call, context: &mut Context<'_, Otps>) -> Decision {
        let mut entered = None;
        let decided = decide(call, context, &mut entered);
        let (response, doctor) = decided.map_or_else(
            |problem| {
                let response = match (problem.refusal, call.operation()) {
                    (Ok(it), Some(operation)) => Response::refused(operation, entered.as_ref(), it),
                    (Ok(_), None) => Response::turned_away(StatusCode::NOT_FOUND),
                    (Err(status), _) => Response::turned_away(status),
                };
                (response, Some(problem.doctor.into_owned()))
            },
            |response| (response, None),
        );
        response.decision(doctor)
    }
}

/// What Paywall looks at, in its order. Notes the session that the call came to, if it came to one.
fn decide(
    call: &Call,
    context: &mut Context<'_, Otps>,
    came_to: &mut Option<Entered>,
) -> Result<Response, Problem> {
    let operation = call.operation().ok_or_else(|| {
        let doctor = "there is nothing at this path: the base URL ends in /paywall, and \
                      /api/paywall/masterpass follows with /session, /merchant/link, /otp/resend or \
                      /otp/verify";
        Problem::turned_away(StatusCode::NOT_FOUND, doctor)
    })?;
    let now = context.timestamp();
    let demand = context.demand();
    if let Demand::Refuse(code) = demand {
        let entered = context.state().and_then(|otps| {
            let session = call.fields().ok()?.get("SessionId")?.as_str()?;
            let entered = otps.sessions.enter(session, &mut otps.identifiers, now);
            entered.ok()
        });
        return Ok(Response::refused(operation, entered.as_ref(), code));
    }
    if call.method() != "POST" {
        let doctor = "the method is not POST; all that is faked of Paywall takes POST alone";
        return Err(Problem::turned_away(StatusCode::METHOD_NOT_ALLOWED, doctor));
    }
    request::tenant(call)?;
    let otps = context.state().ok_or_else(|| {
        // Never so: a tenant that is known has a state.
        Problem::turned_away(StatusCode::UNAUTHORIZED, "the keys are not known")
    })?;
    let (session, asked) = match Fields::read(operation, call.fields()?)? {
        Fields::Session { phone } => {
            let opened = otps.sessions.open(phone, &mut otps.identifiers, now);
            return Ok(Response::opened(opened));
        }
        Fields::Within { session, asked } => (session, asked),
    };
    if demand == Demand::RenewSession {
        otps.sessions.renew(session);
    }
    let entered = otps.sessions.enter(session, &mut otps.identifiers, now)?;
    let entered = came_to.insert(entered);
    let rotates = demand == Demand::RotateToken;
    let (response, message) = step(otps, entered, &asked, now, rotates)?;
    if let Some(message) = message {
        context.send(message);
    }
    Ok(response)
}
