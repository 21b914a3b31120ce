//! Every operation of every provider: how to call it, and its yes.

use std::future::Future;
use std::pin::Pin;

use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink, ProductLink};
use onay::paywall_masterpass::{Keys, OpenSession, OtpPurpose, PaywallMasterpass};
use onay::{
    EmailAddress, Error, Gsm, LinkId, LinkNotifier, LinkRecipient, OtpChallenge, OtpCode,
    OtpSender, OtpToken, OtpVerifier, SessionId,
};

use super::target::Target;

pub(super) type Calling = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// One operation. The name of a call goes out with it, so that a server can tell calls apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    pub(super) provider: &'static str,
    pub(super) name: &'static str,
    /// The provider's answer that means yes.
    pub(super) yes: &'static str,
    pub(super) call: fn(Target, String) -> Calling,
}

const PAYNET_YES: &str = r#"{"code":0,"message":"Başarılı İşlem"}"#;
const SESSION_YES: &str =
    r#"{"Result":true,"ErrorCode":0,"Message":"","Body":{"SessionId":"test-session"}}"#;
const CODE_YES: &str = r#"{"Result":true,"ErrorCode":0,"Message":"","Body":{"Session":{"SessionRenewed":false,"SessionId":"test-session"},"Masterpass":{"Result":{"ResponseCode":"5001","Token":"test-token"},"Exception":null,"StatusCode":200}}}"#;
const VERIFY_YES: &str = r#"{"Result":true,"ErrorCode":0,"Message":"","Body":{"Session":{"SessionRenewed":false,"SessionId":"test-session"},"Masterpass":{"Result":{"ResponseCode":"0000"},"Exception":null,"StatusCode":200}}}"#;
const CREATE_YES: &str =
    r#"{"status":"success","id":"NB2Zlz3","link":"https://www.paytr.com/link/NB2Zlz3"}"#;
const PAYTR_YES: &str = r#"{"status":"success"}"#;

/// In the order of the guide.
pub(super) const ALL: [Operation; 10] = [
    paynet("send_otp", |target, name| {
        Box::pin(async move {
            let challenge = OtpChallenge::for_gsm(SessionId::parse(&name)?, gsm()?);
            open_paynet(&target)?.send_otp(&challenge).await.map(drop)
        })
    }),
    paynet("verify_otp", |target, name| {
        Box::pin(async move {
            let challenge = OtpChallenge::for_gsm(SessionId::parse(&name)?, gsm()?);
            let paynet = open_paynet(&target)?;
            paynet.verify_otp(&challenge, &code()?).await.map(drop)
        })
    }),
    masterpass("open_session", SESSION_YES, |target, name| {
        Box::pin(async move {
            let request = OpenSession::new(&name, "test-user", gsm()?);
            open_masterpass(&target)?
                .open_session(&request)
                .await
                .map(drop)
        })
    }),
    masterpass("link_account", CODE_YES, |target, name| {
        Box::pin(async move {
            let session = SessionId::parse(&name)?;
            open_masterpass(&target)?
                .link_account(&session)
                .await
                .map(drop)
        })
    }),
    masterpass("send_otp", CODE_YES, |target, name| {
        Box::pin(async move {
            let challenge = challenge(&name)?;
            open_masterpass(&target)?
                .send_otp(&challenge)
                .await
                .map(drop)
        })
    }),
    masterpass("verify_otp", VERIFY_YES, |target, name| {
        Box::pin(async move {
            let masterpass = open_masterpass(&target)?;
            let verified = masterpass.verify_otp(&challenge(&name)?, &code()?).await;
            verified.map(drop)
        })
    }),
    paytr("create", CREATE_YES, |target, name| {
        Box::pin(async move {
            let product = ProductLink::new(&name, "14.45 TL".parse()?, 1)?;
            open_paytr(&target)?.create(product).await.map(drop)
        })
    }),
    paytr("notify by SMS", PAYTR_YES, |target, name| {
        Box::pin(async move { notify(&target, &name, gsm()?.into()).await })
    }),
    paytr("notify by e-mail", PAYTR_YES, |target, name| {
        Box::pin(async move {
            let address = EmailAddress::parse("musteri@example.com")?;
            notify(&target, &name, LinkRecipient::Email(address)).await
        })
    }),
    paytr("delete", PAYTR_YES, |target, name| {
        Box::pin(async move {
            let link = LinkId::parse(&name)?;
            open_paytr(&target)?.delete(&[link]).await.map(drop)
        })
    }),
];

type Call = fn(Target, String) -> Calling;

const fn paynet(name: &'static str, call: Call) -> Operation {
    Operation {
        provider: "Paynet",
        name,
        yes: PAYNET_YES,
        call,
    }
}

const fn masterpass(name: &'static str, yes: &'static str, call: Call) -> Operation {
    Operation {
        provider: "Masterpass",
        name,
        yes,
        call,
    }
}

const fn paytr(name: &'static str, yes: &'static str, call: Call) -> Operation {
    Operation {
        provider: "PayTR",
        name,
        yes,
        call,
    }
}

fn open_paynet(target: &Target) -> Result<Paynet, Error> {
    Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_prove")?)
        .base_url(target.base_url.parse()?)
        .http_client(target.http.clone())
        .build()
}

fn open_masterpass(target: &Target) -> Result<PaywallMasterpass, Error> {
    PaywallMasterpass::builder()
        .keys(Keys::parse("test-private-key", "test-private-client")?)
        .base_url(target.base_url.parse()?)
        .http_client(target.http.clone())
        .build()
}

fn open_paytr(target: &Target) -> Result<PaytrLink, Error> {
    PaytrLink::builder()
        .credentials(Credentials::parse(
            "123456",
            "test-key-0001",
            "test-salt-001",
        )?)
        .base_url(target.base_url.parse()?)
        .http_client(target.http.clone())
        .build()
}

async fn notify(target: &Target, name: &str, recipient: LinkRecipient) -> Result<(), Error> {
    let link = LinkId::parse(name)?;
    open_paytr(target)?
        .notify(&link, &recipient)
        .await
        .map(drop)
}

fn challenge(name: &str) -> Result<OtpChallenge, Error> {
    let token = OtpToken::parse("test-token")?;
    Ok(OtpPurpose::Transaction.challenge(SessionId::parse(name)?, token))
}

fn gsm() -> Result<Gsm, Error> {
    Gsm::parse("0555 000 00 42")
}

fn code() -> Result<OtpCode, Error> {
    OtpCode::parse("123456")
}
