//! `send` posts a callback once, and `run` posts again what is due on the virtual clock.

use std::sync::Arc;
use std::time::Duration;

use crate::callbacks::post::post;
use crate::callbacks::{CALLBACK, CallbackResponse};
use crate::journal::{Answered, Call, Outcome};
use crate::shared::Shared;
use crate::world::World;

/// How the doctor begins where a merchant's answer does not count.
pub(crate) const NOT_OK: &str = "the merchant's answer is not exactly OK: ";

/// The longest that is slept before looking again.
const LONGEST_REST: Duration = Duration::from_secs(3_600);

/// Posts a callback now and writes down what was answered. Absent where it is not kept any more, or
/// is under way.
///
/// It comes to its end even where this future is dropped: a browser that closes, or a client that
/// gives up, must not leave a callback that counts as under way and is never repeated.
pub(crate) async fn send(shared: &Arc<Shared>, id: u64) -> Option<CallbackResponse> {
    let begun = {
        let mut world = shared.world();
        world.callbacks.get_mut(id)?.begin()
    };
    let (url, form) = begun?;
    let shared = Arc::clone(shared);
    let posted = tokio::spawn(async move {
        let answer = post(&url, form, shared.callback_hosts()).await;
        write_down(&mut shared.world(), id, &answer);
        shared.clock_moved();
        answer
    });
    posted.await.ok()
}

/// Posts again what is due, for as long as the sandbox lives.
pub(crate) async fn run(shared: Arc<Shared>) {
    loop {
        let moved = shared.clock_moves();
        let (due, rest) = next(&shared.world());
        for id in due {
            let shared = Arc::clone(&shared);
            tokio::spawn(async move { send(&shared, id).await });
        }
        tokio::select! {
            () = shared.stopped() => return,
            () = moved => {}
            () = tokio::time::sleep(rest) => {}
        }
    }
}

/// What is due now, and how long nothing else is. Virtual time goes as fast as real time.
fn next(world: &World) -> (Vec<u64>, Duration) {
    let mut due = Vec::new();
    let mut rest = LONGEST_REST;
    for (id, at, tenant) in world.callbacks.due() {
        let left = at.duration_since(world.clock.now(Some(tenant)));
        match Duration::try_from(left) {
            Ok(left) if !left.is_zero() => rest = rest.min(left),
            _ => due.push(id),
        }
    }
    (due, rest)
}

fn write_down(world: &mut World, id: u64, answer: &CallbackResponse) {
    let Some(callback) = world.callbacks.get_mut(id) else {
        return;
    };
    let (provider, tenant) = (callback.new.provider, callback.new.tenant.clone());
    let now = world.clock.now(Some(&tenant));
    let shown = callback.new.shown.clone();
    callback.answered(answer.clone(), now);
    let outcome = match (answer.is_accepted(), answer.status()) {
        (true, _) => Outcome::Accepted,
        (false, Some(_)) => Outcome::Refused,
        (false, None) => Outcome::Unhandled,
    };
    let text = answer.shown().map(|text| ("text".to_owned(), text.into()));
    world.record(Call {
        tenant: Some(tenant),
        operation: Some(CALLBACK),
        request: shown,
        answer: Answered {
            status: answer.status(),
            body: text.into_iter().collect(),
        },
        doctor: doctor(answer),
        callback: Some(id),
        ..Call::new(now, provider, outcome)
    });
}

fn doctor(answer: &CallbackResponse) -> Option<String> {
    let cause = answer
        .cause()
        .map(|cause| format!("{NOT_OK}{}", cause.english()));
    cause.or_else(|| answer.error().map(str::to_owned))
}
