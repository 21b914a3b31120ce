//! `take` answers a call to a fake: it applies faults, has the fake decide and writes the journal.

use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::extract::Request;
use axum::http::header::DATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;
use serde_json::{Map, Value, json};

use crate::connections::ConnectionHandle;
use crate::fake::{self, AnyFake, Asked, Call, Decision, Demand, Outgoing};
use crate::fault::Fault;
use crate::faults::Target;
use crate::journal::{self, Answered, Outcome};
use crate::magic::{self, MagicNumber};
use crate::provider::Provider;
use crate::shared::Shared;
use crate::spoil::spoil;
use crate::tenant::TenantId;
use crate::world::World;

/// Lets a fake decide a call, as far as a fault lets it come to that.
pub(crate) async fn take(shared: &Shared, fake: &dyn AnyFake, request: Request) -> Response {
    let wire = ConnectionHandle::of(request.extensions());
    let call = Call::read(fake.service(), request).await;
    let url = shared.base_url(fake.service().provider);
    let (response, struck) = {
        let mut world = shared.world();
        let site = (url.as_str(), shared.callback_hosts());
        decided(&mut world, fake, &call, site)
    };
    match struck {
        Some(struck) => spoil(response, &struck.fault, &wire).await,
        None => response,
    }
}

/// Decides a call, at a URL and with the hosts that may be called back.
fn decided(
    world: &mut World,
    fake: &dyn AnyFake,
    call: &Call,
    (url, callback_hosts): (&str, &[String]),
) -> (Response, Option<Struck>) {
    let provider = fake.service().provider;
    let tenant = caught(|| fake.tenant(call)).flatten();
    let tenant = tenant.map(|tenant| TenantId::at(provider, tenant));
    let now = world.admit(tenant.as_ref());
    let struck = strike(world, fake, call, tenant.as_ref());
    let fault = struck.as_ref().map(|struck| &struck.fault);
    let (decision, sent) = if is_looked_at(fault) {
        let asked = Asked {
            now,
            demand: demand(fault, fake.service().unknown_code),
            url,
            callback_hosts,
        };
        decide(world, fake, call, tenant.as_ref(), asked)
    } else {
        let nothing = fake::Response::text(StatusCode::OK.as_u16(), "text/plain", "");
        (Some(Decision::refused(nothing)), Vec::new())
    };
    let is_decided = decision.is_some() && is_looked_at(fault);
    let decision = decision.unwrap_or_else(panicked);
    let mut last = None;
    for message in sent {
        last = world.deliver(provider, tenant.as_ref(), call.operation(), message, now);
    }
    // After the decision, since a call that is struck may be refused by itself too.
    let words = struck.as_ref().map(|struck| struck.doctor(last.is_some()));
    let words: Vec<_> = decision.doctor.into_iter().chain(words).collect();
    let outcome = match (decision.accepted, is_decided) {
        (true, _) => Outcome::Accepted,
        (false, true) => Outcome::Refused,
        (false, false) => Outcome::Unhandled,
    };
    world.record(journal::Call {
        tenant,
        operation: call.operation(),
        serves: call.described().map_or(&[], |operation| operation.serves),
        request: call.masked(fake.service()),
        answer: answered(fault, decision.response.status(), decision.shown),
        fault: fault.map(Fault::kind),
        doctor: (!words.is_empty()).then(|| words.join("; ")),
        message: last,
        ..journal::Call::new(now, provider, outcome)
    });
    (dated(decision.response.into_response(), now), struck)
}

/// What the fake decides; absent where it panicked, and what it remembered of the tenant with it.
fn decide(
    world: &mut World,
    fake: &dyn AnyFake,
    call: &Call,
    tenant: Option<&TenantId>,
    asked: Asked<'_>,
) -> (Option<Decision>, Vec<Outgoing>) {
    let states = &mut world.states;
    let decided = caught(|| {
        let state = tenant.map(|tenant| states.open(fake, tenant));
        fake.decide(call, state, asked)
    });
    if let (None, Some(tenant)) = (&decided, tenant) {
        states.forget(tenant);
    }
    let (decision, sent) = decided.unzip();
    (decision, sent.unwrap_or_default())
}

fn panicked() -> Decision {
    let status = StatusCode::INTERNAL_SERVER_ERROR.as_u16();
    Decision::refused(fake::Response::json(
        status,
        &json!({"error": "the fake panicked"}),
    ))
    .with_doctor("the fake panicked: see what it wrote to stderr; it begins anew for this tenant")
}

/// What came of it, unless it panicked.
fn caught<T>(does: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(does)).ok()
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

fn strike(
    world: &mut World,
    fake: &dyn AnyFake,
    call: &Call,
    tenant: Option<&TenantId>,
) -> Option<Struck> {
    let operation = call.described()?;
    let target = Target {
        provider: fake.service().provider,
        operation,
        tenant,
    };
    if let Some(fault) = world.strike(target) {
        return Some(Struck { fault, magic: None });
    }
    if !world.has_magic_numbers() {
        return None;
    }
    let state = tenant.and_then(|tenant| world.states.known(tenant));
    let number = caught(|| fake.number(call, state)).flatten();
    let (magic, fault) = magic::strike(fake.service(), operation.role, number?)?;
    Some(Struck {
        fault,
        magic: Some(magic),
    })
}

/// Writes a call down that is not let in, since a web page from elsewhere sends it.
pub(crate) fn turn_away(shared: &Shared, provider: Provider, status: StatusCode) {
    let mut world = shared.world();
    let at = world.admit(None);
    let doctor = "a browser says that a web page from elsewhere sends this call; \
                  a provider is called by a server, so it is refused";
    world.record(journal::Call {
        answer: Answered {
            status: Some(status.as_u16()),
            body: Map::new(),
        },
        doctor: Some(doctor.to_owned()),
        ..journal::Call::new(at, provider, Outcome::Refused)
    });
}

fn is_looked_at(fault: Option<&Fault>) -> bool {
    !matches!(fault, Some(Fault::Status(_) | Fault::CutBeforeRead))
}

fn demand<'fault>(fault: Option<&'fault Fault>, unknown_code: &'fault str) -> Demand<'fault> {
    match fault {
        Some(Fault::Refuse(code)) => Demand::Refuse(code),
        Some(Fault::UnknownCode) => Demand::Refuse(unknown_code),
        Some(Fault::RotateToken) => Demand::RotateToken,
        Some(Fault::RenewSession) => Demand::RenewSession,
        _ => Demand::None,
    }
}

/// What the journal keeps of the response: nothing where the connection is cut.
fn answered(fault: Option<&Fault>, status: u16, body: Map<String, Value>) -> Answered {
    let (status, body) = match fault {
        Some(Fault::AcceptThenCut | Fault::CutBeforeRead) => (None, Map::new()),
        Some(fault) if fault.status().is_some() => {
            (fault.status().map(|it| it.as_u16()), Map::new())
        }
        _ => (Some(status), body),
    };
    Answered { status, body }
}

/// Dates a response with the virtual time, which clients judge the times in it against.
fn dated(mut response: Response, now: Timestamp) -> Response {
    if let Some(date) = http_date(now) {
        response.headers_mut().insert(DATE, date);
    }
    response
}

fn http_date(time: Timestamp) -> Option<HeaderValue> {
    let date = DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&time)
        .ok()?;
    HeaderValue::try_from(date).ok()
}
