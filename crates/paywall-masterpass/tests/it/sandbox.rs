//! The client against the sandbox: the whole way, and every way in which it can go wrong.

use std::time::Duration;

use onay_core::{Dispatch, Error, ErrorKind, OtpChallenge, OtpSender, OtpVerifier};
use onay_paywall_masterpass::{AccountLink, OtpPurpose, PaywallMasterpass};
use onay_sandbox::Sandbox;

use crate::support::{code, open_session, paywall, printable, token};

/// A minute, after which a resend is allowed.
const MINUTE: Duration = Duration::from_secs(60);

struct Scene {
    sandbox: Sandbox,
    paywall: PaywallMasterpass,
    link: AccountLink,
}

impl Scene {
    /// A session is open, an account is being linked, and its code is in the inbox.
    async fn set() -> Self {
        let sandbox = Sandbox::start().await.expect("a sandbox");
        let paywall = paywall(&sandbox.paywall_url());
        let request = open_session();
        let opened = paywall.open_session(&request).await.expect("opened");
        assert!(opened.expiry().expect("an expiry").remaining_now() > MINUTE);
        let link = paywall
            .link_account(&opened.account_link())
            .await
            .expect("linked");
        Self {
            sandbox,
            paywall,
            link,
        }
    }

    fn challenge(&self) -> &OtpChallenge {
        self.link.challenge()
    }

    /// The code in the newest message.
    fn delivered(&self) -> String {
        let messages = self.sandbox.messages();
        assert_eq!(messages[0].to(), "+905550000042");
        messages[0].otp().expect("a code").to_owned()
    }

    async fn verify(&self, challenge: &OtpChallenge, typed: &str) -> Result<(), Error> {
        let verified = self.paywall.verify_otp(challenge, &code(typed)).await;
        verified.map(drop)
    }
}

fn refusal<T: std::fmt::Debug>(result: Result<T, Error>) -> (ErrorKind, Dispatch) {
    let error = result.expect_err("refused");
    (error.kind(), error.dispatch())
}

#[tokio::test]
async fn the_code_approves_once() {
    let scene = Scene::set().await;
    let typed = scene.delivered();
    scene
        .verify(scene.challenge(), &typed)
        .await
        .expect("approved");
    let again = scene.verify(scene.challenge(), &typed).await;
    assert_eq!(refusal(again), (ErrorKind::Expired, Dispatch::Refused));
}

#[tokio::test]
async fn a_resend_gives_a_new_token_and_a_new_code_and_kills_the_old_ones() {
    let scene = Scene::set().await;
    let first = scene.delivered();
    let early = scene.paywall.send_otp(scene.challenge()).await;
    assert_eq!(refusal(early), (ErrorKind::TooSoon, Dispatch::Refused));
    assert_eq!(scene.sandbox.messages().len(), 1, "no second message");

    scene.sandbox.advance(MINUTE);
    let sent = scene
        .paywall
        .send_otp(scene.challenge())
        .await
        .expect("sent");
    assert_ne!(sent.challenge().token(), scene.challenge().token());
    assert_eq!(scene.sandbox.messages().len(), 2);
    let old = scene
        .verify(scene.challenge(), &first)
        .await
        .expect_err("dead");
    assert!(matches!(
        old.kind(),
        ErrorKind::Expired | ErrorKind::Refused
    ));
    assert!(old.code().is_some());
    scene
        .verify(sent.challenge(), &scene.delivered())
        .await
        .expect("approved");
}

#[tokio::test]
async fn a_wrong_code_can_be_typed_again_but_not_for_ever() {
    let scene = Scene::set().await;
    let error = scene
        .verify(scene.challenge(), "WRONG")
        .await
        .expect_err("wrong");
    assert_eq!(error.kind(), ErrorKind::WrongCode);
    assert_eq!(error.challenge(), Some(scene.challenge()));
    for _ in 0..2 {
        scene
            .verify(scene.challenge(), "WRONG")
            .await
            .expect_err("wrong");
    }
    let right = scene.verify(scene.challenge(), &scene.delivered()).await;
    assert_ne!(refusal(right).0, ErrorKind::WrongCode);
}

#[tokio::test]
async fn resends_have_a_limit() {
    let scene = Scene::set().await;
    let mut challenge = scene.challenge().clone();
    for round in 0.. {
        scene.sandbox.advance(MINUTE);
        match scene.paywall.send_otp(&challenge).await {
            Ok(sent) => challenge = sent.into_challenge(),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::LimitReached);
                assert_eq!(scene.sandbox.messages().len(), round + 1);
                return;
            }
        }
    }
}

#[tokio::test]
async fn a_late_code_has_expired() {
    let scene = Scene::set().await;
    scene.sandbox.advance(Duration::from_secs(181));
    let late = scene.verify(scene.challenge(), &scene.delivered()).await;
    assert_eq!(refusal(late), (ErrorKind::Expired, Dispatch::Refused));
}

#[tokio::test]
async fn a_renewed_session_is_handed_on_after_a_yes_and_after_a_no() {
    let scene = Scene::set().await;
    let session = scene.challenge().session().expose().to_owned();
    scene.sandbox.renew_session(&session).expect("known");
    let error = scene
        .verify(scene.challenge(), "WRONG")
        .await
        .expect_err("wrong");
    let next = error.challenge().expect("the new session").clone();
    assert_ne!(next.session(), scene.challenge().session());
    assert_eq!(next.token(), scene.challenge().token());

    let known = scene.sandbox.renew_session(next.session().expose());
    known.expect("known");
    scene.sandbox.advance(MINUTE);
    let sent = scene.paywall.send_otp(&next).await.expect("sent");
    assert_ne!(sent.challenge().session(), next.session());
    scene
        .verify(sent.challenge(), &scene.delivered())
        .await
        .expect("approved");
}

#[tokio::test]
async fn the_purpose_and_the_token_have_to_fit() {
    let scene = Scene::set().await;
    let (session, typed) = (scene.challenge().session().clone(), scene.delivered());
    let link = scene.challenge().token().expect("a token").clone();
    let forgotten = OtpPurpose::Transaction.challenge(session.clone(), link);
    let error = scene
        .verify(&forgotten, &typed)
        .await
        .expect_err("not a link");
    assert_eq!(error.kind(), ErrorKind::Refused);
    let strange = OtpPurpose::AccountLink.challenge(session, token(&"0".repeat(32)));
    let error = scene
        .verify(&strange, &typed)
        .await
        .expect_err("no such token");
    assert_eq!(printable(&error), Some("TOKEN_IS_NOT_VALID"));
}
