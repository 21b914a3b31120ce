//! The stories that a guard is for: tabs, bots that open sessions, and a code that is sent again.

use std::sync::Arc;

use onay_core::{
    EmailAddress, Error, ErrorKind, NextStep, OtpChallenge, OtpSender, OtpSent, OtpToken,
    async_trait,
};

use crate::support::{
    Clock, Provider, builder, challenge, held, held_seconds, phone, seconds, session, whole,
};

#[tokio::test]
async fn fifty_account_links_to_one_number_are_one_sms_and_the_caller_counts() {
    let provider = Provider::default();
    let guarded = builder(provider.clone(), Clock::default().store())
        .caller_limit(3, seconds(3600))
        .build()
        .expect("a guard");
    let sender: Arc<dyn OtpSender> = Arc::new(guarded);
    let link = |number: usize, recipient: &str| {
        // As Masterpass opens one: a session, a number, and no token yet.
        let opened = OtpChallenge::new(session(&format!("session-{number}")));
        opened
            .with_recipient(phone(recipient))
            .for_caller("203.0.113.7")
    };
    for number in 0..50 {
        let sent = sender.send_otp(&link(number, "0555 000 00 42")).await;
        assert_eq!(sent.is_ok(), number == 0);
    }
    assert_eq!(provider.calls(), 1);
    for (number, other) in [(51, "0555 000 00 43"), (52, "0555 000 00 44")] {
        sender.send_otp(&link(number, other)).await.expect("sent");
    }
    let fourth = sender.send_otp(&link(53, "0555 000 00 45")).await;
    let wait = held_seconds(fourth, ErrorKind::LimitReached);
    assert_eq!(wait, seconds(3600));
    let another = link(53, "0555 000 00 45").for_caller("203.0.113.8");
    sender.send_otp(&another).await.expect("sent");
    assert_eq!(provider.calls(), 4);
}

/// Sends the first code to a challenge without a token, and to one with the newest token another,
/// as long as the token lives.
#[derive(Debug)]
struct Rotating {
    clock: Clock,
}

#[async_trait]
impl OtpSender for Rotating {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        let now = self.clock.now().as_secs();
        if let Some(token) = challenge.token() {
            let made: u64 = token.expose().parse().expect("a token of this provider");
            if now >= made + 180 {
                return Err(Error::new(ErrorKind::Expired));
            }
        }
        let token = OtpToken::parse(&now.to_string()).expect("a token");
        Ok(OtpSent::new(challenge.clone().with_token(token)))
    }
}

#[tokio::test]
async fn the_first_code_and_a_resend_both_pass_the_guard_while_the_token_lives() {
    for recipient in [true, false] {
        let clock = Clock::default();
        let provider = Rotating {
            clock: clock.clone(),
        };
        let guarded = builder(provider, clock.store()).build().expect("a guard");
        let mut opened = OtpChallenge::new(session("opened"));
        if recipient {
            opened = opened.with_recipient(phone("0555 000 00 42"));
        }
        let first = guarded.send_otp(&opened).await.expect("sent");
        let button = first.resend().expect("a wait").remaining_now();
        assert_eq!(whole(button), seconds(60));
        let early = guarded.send_otp(first.challenge()).await;
        let error = early.expect_err("held back");
        assert!(matches!(error.next_step(), NextStep::Retry(Some(_))));
        clock.advance(seconds(60));
        let second = guarded.send_otp(first.challenge()).await.expect("sent");
        assert_ne!(second.challenge().token(), first.challenge().token());
    }
}

#[tokio::test]
async fn a_renewed_session_is_held_too() {
    #[derive(Debug)]
    struct Renewing;

    #[async_trait]
    impl OtpSender for Renewing {
        async fn send_otp(&self, _: &OtpChallenge) -> Result<OtpSent, Error> {
            let token = OtpToken::parse("2").expect("a token");
            Ok(OtpSent::new(
                OtpChallenge::new(session("new")).with_token(token),
            ))
        }
    }

    let with = |text, token| {
        let token = OtpToken::parse(token).expect("a token");
        OtpChallenge::new(session(text)).with_token(token)
    };
    let guarded = builder(Renewing, Clock::default().store());
    let guarded = guarded.build().expect("a guard");
    guarded.send_otp(&with("old", "1")).await.expect("sent");
    for held_back in [with("new", "2"), with("old", "3")] {
        held(guarded.send_otp(&held_back).await, ErrorKind::TooSoon);
    }
}

#[tokio::test]
async fn a_call_of_the_merchants_own_shares_the_recipients_slot_and_limits() {
    let clock = Clock::default();
    let guarded = builder(Provider::default(), clock.store())
        .limit(3, seconds(3600))
        .caller_limit(1, seconds(3600))
        .build()
        .expect("a guard");
    let number = phone("0555 000 00 42");
    let recipient = number.into();
    let done = guarded
        .run(&recipient, "203.0.113.7", async { Ok(7) })
        .await;
    assert_eq!(done.expect("done"), 7);
    let early = guarded.send_otp(&challenge("a", "0555 000 00 42")).await;
    assert_eq!(held_seconds(early, ErrorKind::TooSoon), seconds(60));
    clock.advance(seconds(60));
    let again = guarded
        .run(&recipient, "203.0.113.7", async { Ok(()) })
        .await;
    held(again, ErrorKind::LimitReached);
    // A message that may be out: the error says for how long the recipient is held.
    let lost = guarded.run(&recipient, None, async {
        Err::<(), _>(Error::new(ErrorKind::Interrupted))
    });
    let error = lost.await.expect_err("as written");
    assert_eq!(error.kind(), ErrorKind::Interrupted);
    let wait = error.wait().expect("a wait").remaining_now();
    assert_eq!(whole(wait), seconds(180));
    // What never left is free at once, and not counted.
    let address = EmailAddress::parse("musteri@example.com").expect("an address");
    let recipient = address.into();
    for _ in 0..5 {
        let failed = guarded.run(&recipient, None, async {
            Err::<(), _>(Error::new(ErrorKind::Unreachable))
        });
        let error = failed.await.expect_err("as written");
        assert_eq!(error.kind(), ErrorKind::Unreachable);
        assert!(error.wait().is_none());
    }
    guarded
        .run(&recipient, None, async { Ok(()) })
        .await
        .expect("done");
}
