//! A fake that this crate does not know: in the shapes of Twilio Verify, far shorter.

use std::collections::HashMap;

use onay_sandbox::fake::{
    Answer, Bodies, Call, Context, Decision, Demand, Fake, Mask, MobileNumber, Operation, Outgoing,
    Random, Role, Service, State, Tenant,
};
use onay_sandbox::{Fault, FaultRule, Outcome, Provider, Sandbox, SandboxError};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

const PROVIDER: Provider = Provider::new("verify").with_aliases(&["twilio-verify"]);

const START: Operation = Operation::new(
    "Verifications",
    "/v2/Services/{}/Verifications",
    Role::Sends,
)
.serving(&["send_otp"]);
const CHECK: Operation = Operation::new(
    "VerificationCheck",
    "/v2/Services/{}/VerificationCheck",
    Role::Checks,
)
.serving(&["verify_otp"]);
const OPERATIONS: &[Operation] = &[START, CHECK];
const ROWS: &str = "| every | All that this test needs | assumed | |";

static SERVICE: Service = Service::new(PROVIDER, "Verify", OPERATIONS)
    .with_bodies(Bodies::Forms)
    .with_journal(&[("To", Mask::Number), ("Code", Mask::Hidden)])
    .with_fidelity(ROWS);

#[derive(Debug)]
struct Verify;

#[derive(Debug)]
struct Codes {
    random: Random,
    of_number: HashMap<String, String>,
}

impl State for Codes {
    fn kept(&self) -> usize {
        self.of_number.len()
    }
}

fn field<'call>(call: &'call Call, name: &str) -> &'call str {
    let fields = call.fields().ok();
    fields
        .and_then(|fields| fields.get(name)?.as_str())
        .unwrap_or_default()
}

impl Fake for Verify {
    type State = Codes;

    fn service(&self) -> &'static Service {
        &SERVICE
    }

    fn tenant(&self, call: &Call) -> Option<Tenant> {
        Some(Tenant::of_credentials(&call.header("authorization")?))
    }

    fn state(&self, random: Random) -> Codes {
        Codes {
            random,
            of_number: HashMap::new(),
        }
    }

    fn number(&self, call: &Call, _state: Option<&Codes>) -> Option<MobileNumber> {
        MobileNumber::any_spelling(field(call, "To"))
    }

    fn decide(&self, call: &Call, context: &mut Context<'_, Codes>) -> Decision {
        if let Demand::Refuse(code) = context.demand() {
            return Decision::refused(Answer::json(400, &json!({"code": code})));
        }
        let Some(codes) = context.state() else {
            return Decision::refused(Answer::json(401, &json!({"code": 20003})));
        };
        let to = field(call, "To").to_owned();
        assert_ne!(to, "panic", "on purpose");
        match call.operation() {
            Some("Verifications") => {
                let code = codes.random.digits(6);
                codes.of_number.insert(to.clone(), code.clone());
                let service = call.parameters()[0].clone();
                context.send(Outgoing::sms(to, format!("Kod: {code}")).with_otp(code));
                let answer = json!({"service_sid": service, "status": "pending"});
                Decision::accepted(Answer::json(201, &answer))
            }
            Some(_) => {
                let is_right = codes
                    .of_number
                    .get(&to)
                    .is_some_and(|it| it == field(call, "Code"));
                let answer = json!({"status": if is_right { "approved" } else { "pending" }});
                let answer = Answer::json(200, &answer);
                if is_right {
                    return Decision::accepted(answer);
                }
                Decision::refused(answer).with_doctor("the code is wrong")
            }
            None => Decision::refused(Answer::json(404, &json!({"code": 20404}))),
        }
    }
}

async fn sandbox() -> Sandbox {
    let sandbox = Sandbox::builder().fake(Verify).start().await;
    sandbox.expect("a sandbox")
}

fn call(sandbox: &Sandbox, operation: &str, form: &[(&str, &str)]) -> RequestBuilder {
    let url = sandbox.base_url("twilio-verify").expect("a fake");
    Client::new()
        .post(format!("{url}/v2/Services/VA1/{operation}"))
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
    let started = answered(call(&sandbox, "Verifications", &to)).await;
    assert_eq!(
        started,
        (201, json!({"service_sid": "VA1", "status": "pending"}))
    );
    let message = sandbox.messages().remove(0);
    assert_eq!(message.provider(), PROVIDER);
    assert_eq!(message.operation(), Some("Verifications"));
    let code = message.otp().expect("a code");
    let check = |code| [("To", "+905550000042"), ("Code", code)];
    let wrong = answered(call(&sandbox, "VerificationCheck", &check("1"))).await;
    assert_eq!(wrong.1["status"], "pending");
    let right = answered(call(&sandbox, "VerificationCheck", &check(code))).await;
    assert_eq!(right.1["status"], "approved");

    let journal = sandbox.journal();
    assert_eq!(journal[1].doctor(), Some("the code is wrong"));
    assert_eq!(journal[0].serves(), ["verify_otp"]);
    let page = reqwest::get(sandbox.inbox_url()).await.expect("a page");
    let page = page.text().await.expect("text");
    assert!(page.contains(">Verify<") && page.contains("+90 555 *** ** 42"));
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
    assert_eq!(refused, (400, json!({"code": "60203"})));
    let magic = [("To", "+905550009600")];
    let struck = call(&sandbox, "Verifications", &magic).send().await;
    assert_eq!(struck.expect("an answer").status(), 503);
    let unknown = FaultRule::new(Fault::Html)
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
    let to = [("To", "panic")];
    let (status, _) = answered(call(&sandbox, "Verifications", &to)).await;
    assert_eq!(status, 500);
    let entry = sandbox.journal().remove(0);
    assert_eq!(
        (entry.provider(), entry.outcome()),
        (PROVIDER, Outcome::Unhandled)
    );
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
    let twice = Sandbox::builder().fake(Verify).fake(Verify).start().await;
    assert!(matches!(
        twice,
        Err(SandboxError::InvalidFake { name: "verify" })
    ));
}
