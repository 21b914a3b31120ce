//! The way of every call to a fake: in, past the faults, decided, into the journal, and out.

use axum::body::Body;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::exchange::dated;
use crate::fault::Fault;
use crate::faults::Target;
use crate::journal::{Answered, Call, Outcome};
use crate::magic;
use crate::number::MobileNumber;
use crate::provider::Provider;
use crate::spoil::spoil;
use crate::state::Shared;
use crate::tenant::TenantId;
use crate::wire::Wire;
use crate::world::World;

/// What is known of a call before it is decided.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) provider: Provider,
    /// Absent where the path names none.
    pub(crate) operation: Option<&'static str>,
    /// Absent where the credentials were refused.
    pub(crate) tenant: Option<TenantId>,
    /// Whom a call that is good in itself is about.
    pub(crate) number: Option<MobileNumber>,
    /// What the journal keeps of the body.
    pub(crate) request: Map<String, Value>,
}

/// What a fault asks of the fake itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Twist<'fault> {
    None,
    Refuse(&'fault str),
    UnknownCode,
    RotateToken,
    RenewSession,
}

/// What a fake decided.
#[derive(Debug)]
pub(crate) struct Decided {
    /// Whether the provider did what it was asked.
    pub(crate) accepted: bool,
    /// What the journal keeps of the answer.
    pub(crate) body: Map<String, Value>,
    /// The doctor's word, where something was wrong.
    pub(crate) doctor: Option<String>,
    pub(crate) answer: Response,
}

/// Lets the fake decide a call, as far as a fault lets it come to that.
pub(crate) async fn conduct(
    shared: &Shared,
    wire: &Wire,
    asked: Asked,
    decide: impl FnOnce(&mut World, Timestamp, Twist<'_>) -> Decided,
) -> Response {
    let (answer, struck) = {
        let mut world = shared.world();
        let now = world.enter(asked.tenant.as_ref());
        let struck = strike(&mut world, &asked);
        let fault = struck.as_ref().map(|struck| &struck.fault);
        let before = world.inbox.last_id();
        let decided = if is_looked_at(fault) {
            decide(&mut world, now, twist(fault))
        } else {
            Decided {
                accepted: false,
                body: Map::new(),
                doctor: None,
                answer: dated(Response::new(Body::empty()), now),
            }
        };
        let words = struck.as_ref().map(|struck| struck.doctor.clone());
        let words: Vec<_> = decided.doctor.into_iter().chain(words).collect();
        let last = world.inbox.last_id();
        let call = Call {
            at: now,
            provider: asked.provider,
            tenant: asked.tenant,
            operation: asked.operation,
            outcome: match (decided.accepted, is_looked_at(fault)) {
                (true, _) => Outcome::Accepted,
                (false, true) => Outcome::Refused,
                (false, false) => Outcome::Unhandled,
            },
            request: asked.request,
            answer: answered(fault, decided.answer.status(), decided.body),
            fault: fault.map(Fault::kind),
            doctor: (!words.is_empty()).then(|| words.join("; ")),
            message: (last > before).then_some(last),
        };
        world.leave(call);
        (decided.answer, struck)
    };
    match struck {
        Some(struck) => spoil(answer, &struck.fault, wire).await,
        None => answer,
    }
}

/// A fault that strikes a call, and what the doctor says about it.
struct Struck {
    fault: Fault,
    doctor: String,
}

fn strike(world: &mut World, asked: &Asked) -> Option<Struck> {
    let target = Target {
        provider: asked.provider,
        operation: asked.operation?,
        tenant: asked.tenant.as_ref(),
    };
    if let Some(fault) = world.strike(target) {
        let doctor = format!("a fault was asked for: {}", fault.kind());
        return Some(Struck { fault, doctor });
    }
    let (magic, fault) = magic::strike(target, asked.number?)?;
    let (pattern, english) = (magic.pattern(), magic.english);
    let doctor = format!("the number is magic, {pattern}: {english}");
    Some(Struck { fault, doctor })
}

fn is_looked_at(fault: Option<&Fault>) -> bool {
    !matches!(fault, Some(Fault::Status(_) | Fault::CutBeforeRead))
}

fn twist(fault: Option<&Fault>) -> Twist<'_> {
    match fault {
        Some(Fault::Refuse(code)) => Twist::Refuse(code),
        Some(Fault::UnknownCode) => Twist::UnknownCode,
        Some(Fault::RotateToken) => Twist::RotateToken,
        Some(Fault::RenewSession) => Twist::RenewSession,
        _ => Twist::None,
    }
}

/// What leaves: of a connection that is cut, nothing.
fn answered(fault: Option<&Fault>, status: StatusCode, body: Map<String, Value>) -> Answered {
    let (status, body) = match fault {
        Some(Fault::AcceptThenCut | Fault::CutBeforeRead) => (None, Map::new()),
        Some(Fault::Status(code)) => (Some(*code), Map::new()),
        Some(Fault::Html | Fault::Empty) => (Some(StatusCode::OK.as_u16()), Map::new()),
        _ => (Some(status.as_u16()), body),
    };
    Answered { status, body }
}
