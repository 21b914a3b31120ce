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
use crate::magic::{self, MagicNumber};
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
        let last = world.inbox.last_id();
        // After the decision, since a call that is struck may be refused by itself too.
        let words = struck.as_ref().map(|struck| struck.doctor(last > before));
        let words: Vec<_> = decided.doctor.into_iter().chain(words).collect();
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

/// A fault that strikes a call, and the number that has it, where no rule does.
struct Struck {
    fault: Fault,
    magic: Option<&'static MagicNumber>,
}

impl Struck {
    /// What the doctor says about it, which depends on whether a message went out.
    fn doctor(&self, sent: bool) -> String {
        match self.magic {
            Some(magic) => magic.doctor(sent),
            None => format!("a fault was asked for: {}", self.fault.kind()),
        }
    }
}

fn strike(world: &mut World, asked: &Asked) -> Option<Struck> {
    let target = Target {
        provider: asked.provider,
        operation: asked.operation?,
        tenant: asked.tenant.as_ref(),
    };
    if let Some(fault) = world.strike(target) {
        return Some(Struck { fault, magic: None });
    }
    if !world.has_magic_numbers() {
        return None;
    }
    let (magic, fault) = magic::strike(target, asked.number?)?;
    Some(Struck {
        fault,
        magic: Some(magic),
    })
}

/// Writes a call down that is not let in, since a web page from elsewhere sends it.
pub(crate) fn turn_away(shared: &Shared, provider: Provider, status: StatusCode) {
    let mut world = shared.world();
    let at = world.enter(None);
    let doctor = "a browser says that a web page from elsewhere sends this call; \
                  a provider is called by a server, so it is refused";
    world.leave(Call {
        at,
        provider,
        tenant: None,
        operation: None,
        outcome: Outcome::Refused,
        request: Map::new(),
        answer: Answered {
            status: Some(status.as_u16()),
            body: Map::new(),
        },
        fault: None,
        doctor: Some(doctor.to_owned()),
        message: None,
    });
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
