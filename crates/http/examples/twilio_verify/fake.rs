//! Twilio Verify v2 in a sandbox: a fake that sends, checks and limits as Twilio's documentation says.

use std::time::{Duration, SystemTime};

use onay_sandbox::Provider;
use onay_sandbox::fake::{
    Bodies, Bounded, Call, Context, Decision, Demand, Fake, Mask, MobileNumber, Operation,
    Outgoing, Random, Response, Role, Service, State, Tenant,
};
use serde_json::{Value, json};

/// Known by its host, as the built-in fakes are, and by the client's name.
const PROVIDER: Provider = Provider::new("verify").with_aliases(&["twilio-verify"]);

const START: &str = "Verifications";
const CHECK: &str = "VerificationCheck";
const OPERATIONS: &[Operation] = &[
    Operation::new(START, "/Services/{}/Verifications", Role::Sends).serving(&["send_otp"]),
    Operation::new(CHECK, "/Services/{}/VerificationCheck", Role::Checks).serving(&["verify_otp"]),
];

const FIDELITY: &str = "\
| operation | behaviour | grade | page |
|---|---|---|---|
| `Verifications` | Another start sends the same code, five times | documented | https://www.twilio.com/docs/verify/api |
| `VerificationCheck` | A wrong code stays pending; the sixth check is refused | documented | https://www.twilio.com/docs/verify/api |
| `VerificationCheck` | What is approved or late is gone | documented | https://www.twilio.com/docs/verify/api |
| every | Any account and token are accepted | assumed | |
";

static SERVICE: Service = Service::new(PROVIDER, "Twilio Verify", OPERATIONS)
    .with_bodies(Bodies::Forms)
    .with_journal(&[("To", Mask::Number), ("Code", Mask::Hidden)])
    .with_fidelity(FIDELITY);

/// How long a code is good, and how often it is sent and checked.
const LIFE: Duration = Duration::from_secs(10 * 60);
const MOST: usize = 5;

/// An HTTP status and Twilio's code.
type Refusal = (u16, u32);
const NO_KEYS: Refusal = (401, 20003);
const GONE: Refusal = (404, 20404);
const NO_NUMBER: Refusal = (400, 60200);
const CHECKED_TOO_OFTEN: Refusal = (429, 60202);
const SENT_TOO_OFTEN: Refusal = (429, 60203);

/// The fake. A sandbox takes it with `Sandbox::builder().fake(TwilioFake)`.
#[derive(Debug)]
pub struct TwilioFake;

/// What it remembers of one account.
#[derive(Debug)]
pub struct Verifications {
    random: Random,
    by_sid: Bounded<String, Verification>,
    /// The latest of each number.
    sids: Bounded<String, String>,
}

#[derive(Clone, Debug)]
struct Verification {
    sid: String,
    to: String,
    code: String,
    until: SystemTime,
    starts: usize,
    checks: usize,
    is_approved: bool,
}

impl State for Verifications {
    fn kept(&self) -> usize {
        self.by_sid.len()
    }

    fn oldest(&self) -> Option<u64> {
        self.by_sid.oldest()
    }

    fn drop_oldest(&mut self) {
        self.by_sid.drop_oldest();
    }
}

impl Verifications {
    fn start(&mut self, to: &str, now: SystemTime) -> Result<Verification, Refusal> {
        if !to.starts_with('+') {
            return Err(NO_NUMBER);
        }
        let earlier = self.sids.get(to).and_then(|sid| self.by_sid.get(sid));
        let earlier = earlier.filter(|it| now < it.until && !it.is_approved);
        let mut verification = earlier.cloned().unwrap_or_else(|| Verification {
            sid: format!("VE{}", self.random.hex(32)),
            to: to.to_owned(),
            code: self.random.digits(6),
            until: now + LIFE,
            starts: 0,
            checks: 0,
            is_approved: false,
        });
        if verification.starts == MOST {
            return Err(SENT_TOO_OFTEN);
        }
        verification.starts += 1;
        let sid = verification.sid.clone();
        self.sids.put(to.to_owned(), sid.clone());
        self.by_sid.put(sid, verification.clone());
        Ok(verification)
    }

    fn check(&mut self, call: &Call, now: SystemTime) -> Result<Verification, Refusal> {
        let sid = match field(call, "VerificationSid") {
            "" => self.sids.get(field(call, "To")).cloned(),
            sid => Some(sid.to_owned()),
        };
        let verification = sid.and_then(|sid| self.by_sid.get_mut(&sid));
        let verification = verification.filter(|it| now < it.until && !it.is_approved);
        let verification = verification.ok_or(GONE)?;
        if verification.checks == MOST {
            return Err(CHECKED_TOO_OFTEN);
        }
        verification.checks += 1;
        verification.is_approved = verification.code == field(call, "Code");
        Ok(verification.clone())
    }
}

impl Fake for TwilioFake {
    type State = Verifications;

    fn service(&self) -> &'static Service {
        &SERVICE
    }

    fn tenant(&self, call: &Call) -> Option<Tenant> {
        Some(Tenant::of_credentials(&call.header("authorization")?))
    }

    fn state(&self, random: Random) -> Verifications {
        Verifications {
            random,
            by_sid: Bounded::default(),
            sids: Bounded::default(),
        }
    }

    fn number(&self, call: &Call, state: Option<&Verifications>) -> Option<MobileNumber> {
        let started = state.and_then(|state| state.by_sid.get(field(call, "VerificationSid")));
        MobileNumber::any_spelling(started.map_or(field(call, "To"), |it| &it.to))
    }

    fn decide(&self, call: &Call, context: &mut Context<'_, Verifications>) -> Decision {
        let now = context.now();
        if let Demand::Refuse(code) = context.demand() {
            return refused((400, code.parse().unwrap_or_default()));
        }
        let Some(verifications) = context.state() else {
            return refused(NO_KEYS).with_doctor("Basic credentials are missing");
        };
        match call.operation() {
            Some(START) => match verifications.start(field(call, "To"), now) {
                Ok(started) => {
                    let text = format!("Your verification code is: {}", started.code);
                    let message = Outgoing::sms(&started.to, text).with_otp(&started.code);
                    context.send(message.expiring(started.until));
                    Decision::accepted(Response::json(201, &described(&started)))
                }
                Err(refusal) => refused(refusal),
            },
            Some(_) => match verifications.check(call, now) {
                Ok(checked) if checked.is_approved => {
                    Decision::accepted(Response::json(200, &described(&checked)))
                }
                Ok(checked) => Decision::refused(Response::json(200, &described(&checked)))
                    .with_doctor("the code is wrong"),
                Err(refusal) => refused(refusal),
            },
            None => refused(GONE).with_doctor("Twilio Verify has no such path"),
        }
    }
}

fn described(verification: &Verification) -> Value {
    let Verification {
        sid,
        to,
        is_approved,
        ..
    } = verification;
    let status = if *is_approved { "approved" } else { "pending" };
    json!({"sid": sid, "to": to, "channel": "sms", "status": status, "valid": is_approved})
}

fn refused((status, code): Refusal) -> Decision {
    let body = json!({"code": code, "message": "refused by the sandbox", "status": status});
    Decision::refused(Response::json(status, &body))
}

fn field<'call>(call: &'call Call, name: &str) -> &'call str {
    let fields = call.fields().ok();
    fields
        .and_then(|fields| fields.get(name)?.as_str())
        .unwrap_or_default()
}
