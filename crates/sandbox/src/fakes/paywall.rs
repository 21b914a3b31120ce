//! Paywall's Masterpass, faked: its routes, and the way of a call from the request to the answer.

mod answer;
mod conversation;
mod doctor;
mod exception;
mod fidelity;
mod identifier;
mod request;
mod session;
mod step;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::Method;
use axum::response::Response;
use jiff::Timestamp;

use self::answer::Answer;
pub(crate) use self::conversation::Conversations;
use self::doctor::Problem;
use self::exception::UNKNOWN_CODE;
pub(crate) use self::fidelity::{FIDELITY, LINK, RESEND, VERIFY};
use self::request::Fields;
use self::session::Entered;
use self::step::step;
use crate::conduct::{Asked as Call, Decided, Twist, conduct};
use crate::exchange::{Received, below, calling};
use crate::number::MobileNumber;
use crate::provider::Provider;
use crate::state::Shared;
use crate::tenant::TenantId;
use crate::world::World;

/// The operations that a fault can strike.
pub(crate) const OPERATIONS: &[&str] = &[fidelity::SESSION, LINK, RESEND, VERIFY];

/// `/paywall` and all that stands below it.
pub(crate) fn routes() -> Router<Arc<Shared>> {
    let calls = Router::new()
        .route("/session", calling(take, Some(Operation::Session)))
        .route("/merchant/link", calling(take, Some(Operation::Link)))
        .route("/otp/resend", calling(take, Some(Operation::Resend)))
        .route("/otp/verify", calling(take, Some(Operation::Verify)));
    let masterpass = Router::new().nest("/api/paywall/masterpass", calls);
    below("/paywall", masterpass, calling(take, None))
}

#[derive(Clone, Copy, Debug)]
enum Operation {
    Session,
    Link,
    Resend,
    Verify,
}

impl Operation {
    fn as_str(self) -> &'static str {
        match self {
            Self::Session => fidelity::SESSION,
            Self::Link => LINK,
            Self::Resend => RESEND,
            Self::Verify => VERIFY,
        }
    }
}

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

/// Reads a call and answers it.
async fn take(shared: Arc<Shared>, operation: Option<Operation>, request: Request) -> Response {
    let received = Received::read(request).await;
    let tenant = request::tenant(&received.head.headers);
    let call = Call {
        provider: Provider::Paywall,
        operation: operation.map(Operation::as_str),
        tenant: tenant.as_ref().ok().cloned(),
        number: number(&shared.world(), operation, &received, tenant.as_ref().ok()),
        request: received.masked(request::MASKS),
    };
    conduct(&shared, &received.wire(), call, |world, now, twist| {
        let decided = decide(world, operation, &received, tenant.as_ref(), now, twist);
        let (answer, problem) = match decided {
            Ok(answer) => (answer, None),
            Err(Refused { problem, entered }) => (
                problem.answer(operation, entered.as_ref()),
                Some(problem.to_string()),
            ),
        };
        Decided {
            accepted: answer.is_yes(),
            body: answer.masked(),
            doctor: problem,
            answer: answer.respond(now),
        }
    })
    .await
}

/// Whom a call within a session is about, if it is good in itself.
fn number(
    world: &World,
    operation: Option<Operation>,
    received: &Received,
    tenant: Option<&TenantId>,
) -> Option<MobileNumber> {
    match Fields::read(operation?, received.fields().ok()?).ok()? {
        Fields::Session { .. } => None,
        Fields::Within { session, .. } => world.paywall.known(tenant?)?.sessions.phone(session),
    }
}

/// What Paywall looks at, in its order.
fn decide(
    world: &mut World,
    operation: Option<Operation>,
    received: &Received,
    tenant: Result<&TenantId, &Problem>,
    now: Timestamp,
    twist: Twist<'_>,
) -> Result<Answer, Refused> {
    let operation = operation.ok_or(Problem::UnknownPath)?;
    let demanded = match twist {
        Twist::Refuse(code) => Some(code),
        Twist::UnknownCode => Some(UNKNOWN_CODE),
        Twist::None | Twist::RotateToken | Twist::RenewSession => None,
    };
    if let Some(code) = demanded {
        let entered = tenant.ok().and_then(|tenant| {
            let session = received.fields().ok()?.get("SessionId")?.as_str()?;
            let room = world.paywall.of(tenant);
            room.sessions
                .enter(session, &mut room.identifiers, now)
                .ok()
        });
        return Ok(Answer::refused_with(operation, entered.as_ref(), code));
    }
    if received.head.method != Method::POST {
        return Err(Problem::Method.into());
    }
    let tenant = tenant.map_err(Problem::clone)?;
    let fields = Fields::read(operation, received.fields().map_err(Problem::from)?)?;
    let room = world.paywall.of(tenant);
    let (session, asked) = match fields {
        Fields::Session { phone } => {
            let opened = room.sessions.open(phone, &mut room.identifiers, now);
            return Ok(Answer::opened(opened));
        }
        Fields::Within { session, asked } => (session, asked),
    };
    if twist == Twist::RenewSession {
        room.sessions.renew(session);
    }
    let entered = room.sessions.enter(session, &mut room.identifiers, now);
    let entered = entered.map_err(Problem::Session)?;
    let rotates = twist == Twist::RotateToken;
    match step(world, tenant, &entered, &asked, now, rotates) {
        Ok(answer) => Ok(answer),
        Err(problem) => Err(Refused {
            problem: Problem::Token(problem),
            entered: Some(entered),
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use serde_json::Map;

    use super::*;
    use crate::journal::{Answered, Call, Outcome};
    use crate::world::{KEPT_IN_ALL, Setup};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    /// Opens a session and starts a conversation in it.
    fn call(world: &mut World, key: &str) -> String {
        let tenant = TenantId::of(Provider::Paywall, key);
        let phone = MobileNumber::international("905550000042").expect("a number");
        world.enter(Some(&tenant));
        let room = world.paywall.of(&tenant);
        let session = room.sessions.open(phone, &mut room.identifiers, NOW).id;
        let entered = room.sessions.enter(&session, &mut room.identifiers, NOW);
        room.start(entered.expect("a session").customer, NOW);
        world.leave(Call {
            at: NOW,
            provider: Provider::Paywall,
            tenant: Some(tenant),
            operation: None,
            outcome: Outcome::Accepted,
            request: Map::new(),
            answer: Answered {
                status: Some(200),
                body: Map::new(),
            },
            fault: None,
            doctor: None,
            message: None,
        });
        session
    }

    #[test]
    fn all_tenants_together_are_bounded() {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let shared = Shared::new(address, Setup::default()).expect("a sandbox");
        let mut world = shared.world();
        let first = call(&mut world, "first");
        let second = call(&mut world, "second");
        for number in 2..KEPT_IN_ALL / 2 {
            let key = format!("key-{}", number % 100);
            call(&mut world, &key);
        }
        assert_eq!(world.paywall.kept(), KEPT_IN_ALL);

        call(&mut world, "last");
        assert_eq!(world.paywall.kept(), KEPT_IN_ALL);
        assert!(!world.renew_session(&first) && world.renew_session(&second));
    }
}
