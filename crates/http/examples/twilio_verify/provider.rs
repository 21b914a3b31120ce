//! Twilio Verify v2: a provider in one file, written from Twilio's documentation and never called live.
//!
//! It shows what a provider of your own takes, with nothing but the public `onay-core` and `onay-http`. The guide
//! `onay::guide::writing_a_provider` walks through it, and `cargo xtask new-provider` begins with a copy of it.
//!
//! Twilio answers in REST statuses: 201 and 200 with a verification, anything else with `{"code":60203,"message":"…"}`.
//! A check names the verification by its id (`sid`) and not by its number: by the number alone the code of one order
//! would approve another order of the same customer.

use std::time::Duration;

use onay_core::{
    CodeRow, CodeTable, Error, ErrorKind, Meaning, Operation, OtpChallenge, OtpCode, OtpSender,
    OtpSent, OtpToken, OtpVerified, OtpVerifier, ProviderText, Reason, async_trait,
};
use onay_http::{
    BaseUrl, Endpoint, Field, HttpClient, Key, Object, Profile, Response, Service, Site, Verdict,
};

const PROVIDER: &str = "twilio-verify";

const LIVE: Site = Site::live("live", "https://verify.twilio.com/v2");
static PROFILE: Profile = Profile::new(PROVIDER, &[LIVE]);

/// How long a code is good; a start before that sends the same code again.
const LIFE: Duration = Duration::from_secs(10 * 60);

/// What the documented codes mean. Each is certain: the request was refused.
static CODES: CodeTable = CodeTable::new(&[
    refusal("20003", "authenticate", ErrorKind::Credentials),
    refusal("20404", "not found", ErrorKind::Refused)
        .in_operation(&[(Operation::VERIFY_OTP, Meaning::No(ErrorKind::Expired))]),
    refusal("20429", "too many requests", ErrorKind::TooSoon),
    refusal("60200", "invalid parameter", ErrorKind::Refused),
    refusal("60202", "max check attempts", ErrorKind::LimitReached),
    refusal("60203", "max send attempts", ErrorKind::LimitReached),
    refusal("60410", "prefix blocked", ErrorKind::Refused),
]);

const fn refusal(code: &'static str, name: &'static str, kind: ErrorKind) -> CodeRow {
    CodeRow::new(code, name, Meaning::No(kind)).certain()
}

const NOT_SET: Reason = Reason::new("not_set", "is not set", "tanımlı değil");
const NOT_AN_ID: Reason = Reason::new(
    "not_an_id",
    "is no id of Twilio",
    "bir Twilio kimliği değil",
);
const NO_PHONE: Reason = Reason::new("no_phone", "names no number", "bir numara içermiyor");
const NO_SID: Reason = Reason::new("no_sid", "names no verification", "bir doğrulama içermiyor");
const NO_STATUS: Reason = Reason::new(
    "no_status",
    "the response has neither a status nor a code",
    "yanıtta ne durum ne kod var",
);
const UNKNOWN: Reason = Reason::new(
    "unknown_status",
    "the response is none of the documented ones",
    "yanıt, belgelenenlerden biri değil",
);

/// A client of Twilio Verify: two prepared calls.
#[derive(Clone, Debug)]
pub struct TwilioVerify {
    start: Endpoint,
    check: Endpoint,
}

/// Builds a [`TwilioVerify`].
#[derive(Clone, Debug)]
#[must_use]
pub struct TwilioVerifyBuilder {
    account: Option<Account>,
    service: Service,
}

/// Who calls, and for which of the account's services.
#[derive(Clone, Debug)]
pub struct Account {
    sid: String,
    token: Key,
    service: String,
}

impl Account {
    /// The account's id (`AC…`), its token, and the id of the Verify service (`VA…`).
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config): an id that does not have its form, or a token with blanks in it.
    pub fn parse(sid: &str, token: &str, service: &str) -> Result<Self, Error> {
        for (argument, id, prefix) in [("sid", sid, "AC"), ("service", service, "VA")] {
            let digits = id.strip_prefix(prefix).unwrap_or_default();
            if digits.len() != 32 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                return Err(Error::config(argument, NOT_AN_ID).with_provider(PROVIDER));
            }
        }
        let token = Key::parse("token", token).map_err(|error| error.with_provider(PROVIDER))?;
        let (sid, service) = (sid.to_owned(), service.to_owned());
        Ok(Self {
            sid,
            token,
            service,
        })
    }
}

impl TwilioVerify {
    /// Begins to build a client.
    pub fn builder() -> TwilioVerifyBuilder {
        TwilioVerifyBuilder {
            account: None,
            service: Service::new(&PROFILE),
        }
    }
}

impl TwilioVerifyBuilder {
    /// Who calls.
    pub fn account(mut self, account: Account) -> Self {
        self.account = Some(account);
        self
    }

    /// Twilio itself, where every message costs money.
    pub fn live(mut self) -> Self {
        self.service = self.service.with_site(LIVE);
        self
    }

    /// Another server in Twilio's place.
    pub fn base_url(mut self, base: BaseUrl) -> Self {
        self.service = self.service.with_base_url(base);
        self
    }

    /// A client to share with other providers, or with a timeout of one's own.
    pub fn http_client(mut self, client: HttpClient) -> Self {
        self.service = self.service.with_http_client(client);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`Config`](ErrorKind::Config): no account, or neither Twilio nor another server is named.
    pub fn build(self) -> Result<TwilioVerify, Error> {
        let missing = || Error::config("account", NOT_SET).with_provider(PROVIDER);
        let account = self.account.ok_or_else(missing)?;
        let (http, base) = self.service.resolve(&[&account.token])?;
        let endpoint = |operation, call| {
            let path = format!("/Services/{}/{call}", account.service);
            http.endpoint(PROVIDER, operation, &base, &path)
        };
        let start = endpoint(Operation::SEND_OTP, "Verifications")?
            .with_basic_auth(&account.sid, account.token.secret())?;
        let check = endpoint(Operation::VERIFY_OTP, "VerificationCheck")?.with_headers_of(&start);
        Ok(TwilioVerify { start, check })
    }
}

/// Judges a response: an error by its code, a verification by its status.
fn judge(
    response: &Response,
    answer: &Object<'_>,
    operation: Operation,
    by_status: impl Fn(&str) -> Verdict,
) -> Result<(), Error> {
    let (verdict, code) = match (
        answer.code("code", &CODES),
        answer.text("status").as_deref(),
    ) {
        // A verification has no code: a yes beside a no is neither.
        (Field::Value(_), _) if answer.has("sid") => (Verdict::Contradictory(UNKNOWN), None),
        (Field::Value(code), _) => (Verdict::by_code(&code, operation), Some(code)),
        (Field::Absent, Field::Value(status)) => (by_status(status), None),
        (Field::Absent, Field::Absent) => (Verdict::Unclear(NO_STATUS), None),
        (Field::Malformed, _) | (_, Field::Malformed) => (Verdict::Contradictory(UNKNOWN), None),
    };
    response.judge(verdict, || {
        let text = answer.text("message").value();
        (code, text.map(|text| ProviderText::new(&text)))
    })
}

#[async_trait]
impl OtpSender for TwilioVerify {
    async fn send_otp(&self, challenge: &OtpChallenge) -> Result<OtpSent, Error> {
        challenge.check_provider(PROVIDER)?;
        let phone = challenge.phone().ok_or_else(|| unsupported(NO_PHONE))?;
        let form = [("To", phone.e164()), ("Channel", "sms")];
        let read = |response: &Response| {
            let answer = response.object()?;
            let sid = answer.text("sid").value();
            let sid = sid.and_then(|sid| OtpToken::parse(&sid).ok());
            judge(
                response,
                &answer,
                Operation::SEND_OTP,
                |status| match status {
                    "pending" if sid.is_some() => Verdict::Yes,
                    _ => Verdict::Contradictory(UNKNOWN),
                },
            )?;
            let sid = sid.ok_or_else(|| response.unreadable(UNKNOWN))?;
            let next = challenge.clone().with_provider(PROVIDER).with_token(sid);
            Ok(OtpSent::new(next).with_expiry(response.wait(LIFE)))
        };
        self.start.form(form).send(read).await
    }
}

#[async_trait]
impl OtpVerifier for TwilioVerify {
    async fn verify_otp(
        &self,
        challenge: &OtpChallenge,
        code: &OtpCode,
    ) -> Result<OtpVerified, Error> {
        challenge.check_provider(PROVIDER)?;
        let sid = challenge.token().ok_or_else(|| unsupported(NO_SID))?;
        let form = [("VerificationSid", sid.expose()), ("Code", code.expose())];
        let read = |response: &Response| {
            let answer = response.object()?;
            let valid = answer.flag("valid").value();
            judge(response, &answer, Operation::VERIFY_OTP, |status| {
                match (status, valid) {
                    ("approved", Some(true)) => Verdict::Yes,
                    ("pending", Some(false)) => Verdict::No(ErrorKind::WrongCode),
                    ("canceled" | "deleted" | "expired", _) => Verdict::No(ErrorKind::Expired),
                    ("max_attempts_reached", _) => Verdict::No(ErrorKind::LimitReached),
                    ("failed", _) => Verdict::No(ErrorKind::Refused),
                    _ => Verdict::Contradictory(UNKNOWN),
                }
            })?;
            Ok(OtpVerified::new(challenge.clone().with_provider(PROVIDER)))
        };
        self.check.form(form).send(read).await
    }
}

/// Refused before a byte leaves.
fn unsupported(reason: Reason) -> Error {
    Error::unsupported("challenge", reason).with_provider(PROVIDER)
}
