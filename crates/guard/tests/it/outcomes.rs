//! Any sequence of outcomes, cancelled calls and clock jumps sends one message per wait, and locks
//! no customer out for longer than that.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use onay_core::{Error, ErrorKind, OtpChallenge, OtpSender, OtpSent, Wait, async_trait};
use proptest::prelude::*;

use crate::support::{Clock, builder, challenge, held_seconds, seconds};

const MINIMUM: Duration = Duration::from_secs(30);
const LONGEST_CALL: Duration = Duration::from_secs(40);
const UNSURE: Duration = Duration::from_secs(90);
const PAUSE: Duration = Duration::from_secs(5);
const HOUR: u64 = 3600;

#[derive(Clone, Copy, Debug)]
enum Outcome {
    Sent(Option<Duration>),
    NotSent,
    MaybeSent,
    Refused(Option<Duration>),
    Cancelled,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// The store's clock goes on.
    Pass(Duration),
    /// Somebody presses the button, and the call takes this long.
    Press(usize, Outcome, Duration),
}

/// Does what it was told last, by a clock that is an hour off.
#[derive(Clone, Debug)]
struct Provider {
    next: Arc<Mutex<(Outcome, Duration)>>,
    calls: Arc<Mutex<usize>>,
    clock: Clock,
}

#[async_trait]
impl OtpSender for Provider {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let (outcome, took) = *self.next.lock().expect("not poisoned");
        *self.calls.lock().expect("not poisoned") += 1;
        self.clock.advance(took);
        let sent = OtpSent::new(challenge.clone());
        match outcome {
            Outcome::Sent(None) => Ok(sent),
            Outcome::Sent(Some(wait)) => {
                let off = if took.as_secs() % 2 == 0 { HOUR } else { 0 };
                let at = SystemTime::now() + wait + seconds(HOUR) - seconds(2 * off);
                Ok(sent.with_resend(Wait::new(Instant::now(), wait).with_time(at)))
            }
            Outcome::NotSent => Err(Error::new(ErrorKind::Unreachable)),
            Outcome::MaybeSent => Err(Error::new(ErrorKind::Interrupted)),
            Outcome::Refused(None) => Err(Error::new(ErrorKind::Refused)),
            Outcome::Refused(Some(wait)) => {
                let wait = Wait::new(Instant::now(), wait);
                Err(Error::new(ErrorKind::TooSoon).with_wait(wait))
            }
            Outcome::Cancelled => std::future::pending().await,
        }
    }
}

fn outcomes() -> impl Strategy<Value = Outcome> {
    let wait = || (0..400_u64).prop_map(Duration::from_secs);
    prop_oneof![
        prop::option::of(wait()).prop_map(Outcome::Sent),
        Just(Outcome::NotSent),
        Just(Outcome::MaybeSent),
        prop::option::of(wait()).prop_map(Outcome::Refused),
        Just(Outcome::Cancelled),
    ]
}

fn steps() -> impl Strategy<Value = Step> {
    let passes = prop_oneof![0..90_u64, Just(HOUR)].prop_map(|s| Step::Pass(seconds(s)));
    // Now and then a call outlives what it was held for.
    let took = prop_oneof![9 => 0..40_u64, 1 => 80..100_u64].prop_map(Duration::from_secs);
    let press =
        (0..3_usize, outcomes(), took).prop_map(|(who, how, took)| Step::Press(who, how, took));
    prop_oneof![2 => passes, 3 => press]
}

/// What has to be true of one recipient.
#[derive(Clone, Copy, Default)]
struct Promise {
    /// Before this nothing may go out: a message did, or may have.
    silent_until: Duration,
    /// From this on something has to go out.
    free_at: Duration,
}

/// A moment's worth; with `ONAY_SOAK` set, half a minute's.
fn cases() -> u32 {
    match std::env::var_os("ONAY_SOAK") {
        Some(_) => 4_000,
        None => 200,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn one_message_per_wait_and_nobody_locked_out(steps in prop::collection::vec(steps(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(play(&steps));
    }
}

async fn play(steps: &[Step]) {
    let clock = Clock::default();
    let provider = Provider {
        next: Arc::new(Mutex::new((Outcome::NotSent, Duration::ZERO))),
        calls: Arc::default(),
        clock: clock.clone(),
    };
    let guarded = builder(provider.clone(), clock.store())
        .minimum_wait(MINIMUM)
        .unsure_wait(UNSURE)
        .longest_call(LONGEST_CALL)
        .build()
        .expect("a guard");
    let mut promises = [Promise::default(); 3];
    for (at, step) in steps.iter().enumerate() {
        let (who, outcome, took) = match *step {
            Step::Pass(time) => {
                clock.advance(time);
                continue;
            }
            Step::Press(who, outcome, took) => (who, outcome, took),
        };
        *provider.next.lock().expect("not poisoned") = (outcome, took);
        let before = *provider.calls.lock().expect("not poisoned");
        let (pressed, promise) = (clock.now(), &mut promises[who]);
        // A session for every press: the number alone counts.
        let challenge = challenge(&format!("s-{at}"), &format!("0555 000 00 4{who}"));
        let answer = tokio::select! {
            biased;
            answer = guarded.send_otp(&challenge) => Some(answer),
            () = tokio::task::yield_now() => None,
        };
        let was_called = *provider.calls.lock().expect("not poisoned") > before;
        assert_eq!(was_called, pressed >= promise.free_at, "at step {at}");
        if !was_called {
            let wait = held_seconds(answer.expect("an answer"), ErrorKind::TooSoon);
            assert_eq!(pressed + wait, promise.free_at, "at step {at}");
            continue;
        }
        let ended = clock.now();
        let wait = match outcome {
            Outcome::Sent(wait) => wait.unwrap_or_default().max(MINIMUM),
            Outcome::MaybeSent => UNSURE,
            Outcome::NotSent => Duration::ZERO,
            Outcome::Refused(wait) => wait.unwrap_or_default().max(PAUSE),
            Outcome::Cancelled => (pressed + UNSURE).saturating_sub(ended),
        };
        let is_possible = !matches!(outcome, Outcome::NotSent | Outcome::Refused(_));
        if is_possible {
            assert!(
                pressed >= promise.silent_until,
                "a second message at step {at}"
            );
            promise.silent_until = ended + wait;
        }
        promise.free_at = ended + wait;
    }
}
