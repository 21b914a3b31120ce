//! A challenge that one process stored goes on in another.

use std::env;
use std::process::{Command, Output};

use onay::paynet::{Paynet, SecretKey};
use onay::paywall_masterpass::{Keys, OpenSession, PaywallMasterpass, ReferenceCode, UserId};
use onay::{Error, OtpChallenge, OtpCode, OtpProvider, PhoneNumber, SessionId};
use onay_sandbox::Sandbox;

/// What the second process is told.
const PROVIDER: &str = "ONAY_TEST_PROVIDER";
const URL: &str = "ONAY_TEST_URL";
const STORED: &str = "ONAY_TEST_STORED";
const TYPED: &str = "ONAY_TEST_TYPED";

fn paynet(url: &str) -> Result<Paynet, Error> {
    let key = SecretKey::parse("sck_test_canarykey")?;
    Paynet::builder()
        .secret_key(key)
        .base_url(url.parse()?)
        .build()
}

fn paywall(url: &str) -> Result<PaywallMasterpass, Error> {
    let keys = Keys::parse("test-canarykey", "test-canaryclient")?;
    PaywallMasterpass::builder()
        .keys(keys)
        .base_url(url.parse()?)
        .build()
}

fn phone() -> PhoneNumber {
    PhoneNumber::parse("0555 000 00 42").expect("a number")
}

/// The first process sends and stores; a second one, which knows nothing else, checks.
async fn goes_on(
    name: &str,
    url: &str,
    provider: &dyn OtpProvider,
    begun: OtpChallenge,
    sandbox: &Sandbox,
) {
    let begun = begun.for_caller("canarycaller");
    let sent = provider.send_otp(&begun).await.expect("sent");
    let stored = serde_json::to_string(sent.challenge()).expect("stored");
    assert!(!stored.contains("canary"), "no caller and no key: {stored}");
    let messages = sandbox.messages();
    let right = messages[0].otp().expect("a code").to_owned();
    let second = |typed: &str| {
        let mut command = Command::new(env::current_exe().expect("a path"));
        command.args(["--exact", "two_processes::the_second_process"]);
        command.env(PROVIDER, name).env(URL, url);
        command.env(STORED, &stored).env(TYPED, typed);
        tokio::task::spawn_blocking(move || command.output().expect("it runs"))
    };
    let says = |output: &Output| String::from_utf8_lossy(&output.stdout).into_owned();
    let wrong = second("WRONG").await.expect("joined");
    assert!(says(&wrong).contains("wrong code"), "{wrong:?}");
    let approved = second(&right).await.expect("joined");
    assert!(says(&approved).contains("1 passed"), "{approved:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paynets_challenge_goes_on_in_another_process() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let url = sandbox.paynet_url();
    let session = SessionId::parse("order-1").expect("a session");
    let begun = OtpChallenge::for_phone(session, phone());
    let paynet = paynet(&url).expect("built");
    goes_on("paynet", &url, &paynet, begun, &sandbox).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn masterpass_challenge_goes_on_in_another_process() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let url = sandbox.paywall_url();
    let paywall = paywall(&url).expect("built");
    let reference = ReferenceCode::parse("order-1").expect("a reference");
    let user = UserId::parse("user-1").expect("a user");
    let request = OpenSession::new(reference, user, phone());
    let opened = paywall.open_session(&request).await.expect("opened");
    goes_on(
        "masterpass",
        &url,
        &paywall,
        opened.account_link(),
        &sandbox,
    )
    .await;
}

/// What the second process does. Among the other tests it is told nothing, and is over at once.
#[tokio::test]
async fn the_second_process() {
    let (Ok(stored), Ok(typed), Ok(url)) = (env::var(STORED), env::var(TYPED), env::var(URL))
    else {
        return;
    };
    let challenge: OtpChallenge = serde_json::from_str(&stored).expect("a challenge");
    let code = OtpCode::parse(&typed).expect("a code");
    let provider: Box<dyn OtpProvider> = match env::var(PROVIDER).as_deref() {
        Ok("paynet") => Box::new(paynet(&url).expect("built")),
        _ => Box::new(paywall(&url).expect("built")),
    };
    let checked = provider.verify_otp(&challenge, &code).await;
    assert!(checked.is_ok(), "{}", checked.map(drop).expect_err("a no"));
}
