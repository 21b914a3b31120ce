//! Fakes that this crate does not know: the one of Twilio Verify that the guide brings, and one that panics.

use onay_sandbox::fake::{
    Call, Context, Decision, Fake, Operation, Random, Response, Role, Service, State, Tenant,
};
use onay_sandbox::{Fault, FaultRule, Outcome, Provider, Sandbox, SandboxError};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use self::fake::TwilioFake;

#[expect(unreachable_pub, reason = "it is a file of an example")]
#[path = "../../../http/examples/twilio_verify/fake.rs"]
mod fake;

/// Panics with every call.
#[derive(Debug)]
struct Broken;

impl State for Broken {}

impl Fake for Broken {
    type State = Self;

    fn service(&self) -> &'static Service {
        const OPERATIONS: &[Operation] = &[Operation::new("send", "/send", Role::Sends)];
        const SERVICE: Service = Service::new(Provider::new("broken"), "Broken", OPERATIONS);
        &SERVICE
    }

    fn tenant(&self, _: &Call) -> Option<Tenant> {
        Some(Tenant::of_credentials("test-key"))
    }

    fn state(&self, _: Random) -> Self {
        Self
    }

    fn decide(&self, _: &Call, context: &mut Context<'_, Self>) -> Decision {
        assert!(context.state().is_none(), "on purpose");
        Decision::refused(Response::json(401, &json!({})))
    }
}

async fn sandbox() -> Sandbox {
    let builder = Sandbox::builder().fake(TwilioFake).fake(Broken);
    builder.start().await.expect("a sandbox")
}

fn call(sandbox: &Sandbox, operation: &str, form: &[(&str, &str)]) -> RequestBuilder {
    let url = sandbox.base_url("twilio-verify").expect("a fake");
    Client::new()
        .post(format!("{url}/Services/VA1/{operation}"))
        .header("authorization", "Basic test")
        .form(form)
}

async fn answered(request: RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.expect("an answer");
    (answer.status().as_u16(), answer.json().await.expect("JSON"))
}

#[tokio::test]
async fn a_stranger_has_inbox_journal_doctor_and_page() {
    let sandbox = sandbox().await;
    let to = [("To", "+905550000042")];
    let (status, started) = answered(call(&sandbox, "Verifications", &to)).await;
    assert_eq!((status, &started["status"]), (201, &json!("pending")));
    let message = sandbox.messages().remove(0);
    assert_eq!(message.provider().as_str(), "verify");
    assert_eq!(message.operation(), Some("Verifications"));
    let code = message.otp().expect("a code");
    let sid = started["sid"].as_str().expect("a sid");
    let check = |code| [("VerificationSid", sid), ("Code", code)];
    let wrong = answered(call(&sandbox, "VerificationCheck", &check("1"))).await;
    assert_eq!(wrong.1["status"], "pending");
    let right = answered(call(&sandbox, "VerificationCheck", &check(code))).await;
    assert_eq!(right.1["status"], "approved");

    let journal = sandbox.journal();
    assert_eq!(journal[1].doctor(), Some("the code is wrong"));
    assert_eq!(journal[0].serves(), ["verify_otp"]);
    let page = reqwest::get(sandbox.inbox_url()).await.expect("a page");
    let page = page.text().await.expect("text");
    assert!(page.contains(">Twilio Verify<") && page.contains("+90 555 *** ** 42"));
    let described = reqwest::get(format!("{}/api/v1/openapi.json", sandbox.url())).await;
    let described = described.expect("an answer").text().await.expect("text");
    assert!(described.contains("twilio-verify") && described.contains("VerificationCheck"));
    assert!(sandbox.addresses().base_url("verify").is_some());
}

#[tokio::test]
async fn a_strangers_calls_are_struck_by_rules_and_magic_numbers() {
    let sandbox = sandbox().await;
    let rule = FaultRule::new(Fault::Refuse("60203".to_owned()));
    let rule = rule
        .provider("twilio-verify")
        .operation("send_otp")
        .times(1);
    sandbox.fault(rule).expect("a rule");
    let to = [("To", "+905550000042")];
    let refused = answered(call(&sandbox, "Verifications", &to)).await;
    assert_eq!((refused.0, &refused.1["code"]), (400, &json!(60203)));
    let magic = [("To", "+905550009600")];
    let struck = call(&sandbox, "Verifications", &magic).send().await;
    assert_eq!(struck.expect("an answer").status(), 503);
    let unknown = FaultRule::new(Fault::Html(200))
        .provider("verify")
        .operation("notify");
    let Err(SandboxError::InvalidFault { problem }) = sandbox.fault(unknown) else {
        panic!("no problem");
    };
    assert_eq!(
        problem,
        "operation is not known; there is verify: Verifications, VerificationCheck, send_otp, \
         verify_otp"
    );
}

#[tokio::test]
async fn a_fake_that_panics_hurts_no_other() {
    let sandbox = sandbox().await;
    let url = sandbox.base_url("broken").expect("a fake");
    let call = Client::new().post(format!("{url}/send")).json(&json!({}));
    assert_eq!(call.send().await.expect("an answer").status(), 500);
    let entry = sandbox.journal().remove(0);
    assert_eq!(entry.provider().as_str(), "broken");
    assert_eq!(entry.outcome(), Outcome::Unhandled);
    assert!(
        entry
            .doctor()
            .expect("a word")
            .starts_with("the fake panicked")
    );
    crate::support::Caller::new(&sandbox)
        .send("s", "5550000042")
        .await;
    assert_eq!(sandbox.messages().len(), 1);
}

#[tokio::test]
async fn two_fakes_of_one_name_are_refused() {
    let twice = Sandbox::builder()
        .fake(TwilioFake)
        .fake(TwilioFake)
        .start()
        .await;
    assert!(matches!(
        twice,
        Err(SandboxError::InvalidFake { name: "verify" })
    ));
}
