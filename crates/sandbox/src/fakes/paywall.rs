//! `Paywall` fakes Paywall's Masterpass.

mod answer;
mod doctor;
mod exception;
mod fidelity;
mod identifier;
mod operation;
mod otps;
mod renewal;
mod request;
mod session;
mod step;

use self::answer::Response;
use self::doctor::Problem;
use self::fidelity::{FIDELITY, LINK, RESEND, SESSION, VERIFY};
use self::operation::Operation as Step;
use self::otps::Otps;
use self::request::Fields;
use self::session::Entered;
use self::step::step;
use crate::addresses::Addresses;
use crate::builder::SandboxBuilder;
use crate::fake::{
    Call, Context, Decision, Demand, Fake, MobileNumber, Operation, Outgoing, Random, Role,
    Service, Tenant,
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

/// A call that is refused, in the session that it came to, if it came to one.
struct Refused {
    problem: Problem,
    entered: Option<Entered>,
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        Self {
            problem,
            entered: None,
        }
    }
}

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
        let operation = Step::named(call.operation()?);
        match Fields::read(operation, call.fields().ok()?).ok()? {
            Fields::Session { .. } => None,
            Fields::Within { session, .. } => state?.sessions.phone(session),
        }
    }

    fn decide(&self, call: &Call, context: &mut Context<'_, Otps>) -> Decision {
        let operation = call.operation().map(Step::named);
        let (response, problem) = match decide(call, operation, context) {
            Ok((response, message)) => {
                if let Some(message) = message {
                    context.send(message);
                }
                (response, None)
            }
            Err(Refused { problem, entered }) => (
                problem.response(operation, entered.as_ref()),
                Some(problem.to_string()),
            ),
        };
        Decision::of(
            response.is_yes(),
            response.answer(),
            response.masked(),
            problem,
        )
    }
}

/// What Paywall looks at, in its order.
fn decide(
    call: &Call,
    operation: Option<Step>,
    context: &mut Context<'_, Otps>,
) -> Result<(Response, Option<Outgoing>), Refused> {
    let operation = operation.ok_or(Problem::UnknownPath)?;
    let now = context.timestamp();
    let demand = context.demand();
    if let Demand::Refuse(code) = demand {
        let entered = context.state().and_then(|room| {
            let session = call.fields().ok()?.get("SessionId")?.as_str()?;
            room.sessions
                .enter(session, &mut room.identifiers, now)
                .ok()
        });
        let response = Response::refused_with(operation, entered.as_ref(), code);
        return Ok((response, None));
    }
    if call.method() != "POST" {
        return Err(Problem::Method.into());
    }
    request::tenant(call)?;
    let room = context.state().ok_or(Problem::NoKey("apikeyprivate"))?;
    let fields = Fields::read(operation, call.fields().map_err(Problem::from)?)?;
    let (session, asked) = match fields {
        Fields::Session { phone } => {
            let opened = room.sessions.open(phone, &mut room.identifiers, now);
            return Ok((Response::opened(opened), None));
        }
        Fields::Within { session, asked } => (session, asked),
    };
    if demand == Demand::RenewSession {
        room.sessions.renew(session);
    }
    let entered = room.sessions.enter(session, &mut room.identifiers, now);
    let entered = entered.map_err(Problem::Session)?;
    let rotates = demand == Demand::RotateToken;
    step(room, &entered, &asked, now, rotates).map_err(|problem| Refused {
        problem: Problem::Token(problem),
        entered: Some(entered),
    })
}
