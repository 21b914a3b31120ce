//! Every call of every provider, to be made against a server that answers whatever it likes.

use std::fmt::Debug;
use std::time::Duration;

use onay::http::{BaseUrl, HttpClient};
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{CollectionLink, Credentials, Money, PaytrLink, ProductLink};
use onay::paywall_masterpass::{Keys, OpenSession, OtpPurpose, PaywallMasterpass};
use onay::{
    EmailAddress, Error, Gsm, LinkId, OtpChallenge, OtpCode, OtpSender, OtpToken, OtpVerifier,
    SessionId,
};

/// What the calls are made with. All of it says that it is a test.
pub(crate) mod values {
    pub(crate) const PAYNET_KEY: &str = "sck_test_kanarya/anahtar+1q";
    pub(crate) const PAYWALL_KEY: &str = "test-ozel-kanarya-anahtari";
    pub(crate) const PAYWALL_CLIENT: &str = "test-istemci-kanarya-adi";
    /// No secret: it is posted with every call.
    pub(crate) const MERCHANT_ID: &str = "100077";
    pub(crate) const PAYTR_KEY: &str = "test-kanarya+anahtar/77";
    pub(crate) const PAYTR_SALT: &str = "test-kanarya=tuzu&88";
    pub(crate) const SESSION: &str = "kanarya-oturum-31f7";
    pub(crate) const TOKEN: &str = "kanaryajetonu0f1e2d3c";
    pub(crate) const CODE: &str = "QXWKVZ";
    pub(crate) const NUMBER: &str = "5550007391";
    pub(crate) const EMAIL: &str = "kanarya.kisi@example.com";
    pub(crate) const LINK: &str = "NBkanarya7";
    pub(crate) const PRODUCT: &str = "Mavi kafes";
}

/// One client of each provider.
#[derive(Clone, Debug)]
pub(crate) struct Clients {
    pub(crate) paynet: Paynet,
    pub(crate) paywall: PaywallMasterpass,
    pub(crate) paytr: PaytrLink,
}

impl Clients {
    /// Clients of the server at `base`, whose calls end after `timeout`.
    pub(crate) fn of(base: &str, timeout: Duration) -> Result<Self, Error> {
        Self::over(
            HttpClient::builder().timeout(timeout).build()?,
            &base.parse()?,
        )
    }

    pub(crate) fn over(http: HttpClient, base: &BaseUrl) -> Result<Self, Error> {
        Ok(Self {
            paynet: Paynet::builder()
                .secret_key(SecretKey::parse(values::PAYNET_KEY)?)
                .base_url(base.clone())
                .http_client(http.clone())
                .build()?,
            paywall: PaywallMasterpass::builder()
                .keys(keys()?)
                .base_url(base.clone())
                .http_client(http.clone())
                .build()?,
            paytr: PaytrLink::builder()
                .credentials(credentials()?)
                .base_url(base.clone())
                .http_client(http)
                .build()?,
        })
    }
}

/// A call of a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    PaynetSend,
    PaynetCheck,
    PaywallSession,
    PaywallLink,
    PaywallResend,
    PaywallVerify,
    PaytrProduct,
    PaytrCollection,
    PaytrSms,
    PaytrEmail,
    PaytrDelete,
}

impl Call {
    pub(crate) const ALL: [Self; 11] = [
        Self::PaynetSend,
        Self::PaynetCheck,
        Self::PaywallSession,
        Self::PaywallLink,
        Self::PaywallResend,
        Self::PaywallVerify,
        Self::PaytrProduct,
        Self::PaytrCollection,
        Self::PaytrSms,
        Self::PaytrEmail,
        Self::PaytrDelete,
    ];

    /// The provider's name, and the call's.
    pub(crate) const fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::PaynetSend => ("Paynet", "send_otp"),
            Self::PaynetCheck => ("Paynet", "verify_otp"),
            Self::PaywallSession => ("Masterpass", "open_session"),
            Self::PaywallLink => ("Masterpass", "link_account"),
            Self::PaywallResend => ("Masterpass", "send_otp"),
            Self::PaywallVerify => ("Masterpass", "verify_otp"),
            Self::PaytrProduct => ("PayTR", "create (product)"),
            Self::PaytrCollection => ("PayTR", "create (collection)"),
            Self::PaytrSms => ("PayTR", "send_sms"),
            Self::PaytrEmail => ("PayTR", "send_email"),
            Self::PaytrDelete => ("PayTR", "delete"),
        }
    }

    /// How the address ends that it posts to.
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::PaynetSend => "/send_otp",
            Self::PaynetCheck => "/check_otp",
            Self::PaywallSession => "/session",
            Self::PaywallLink => "/merchant/link",
            Self::PaywallResend => "/otp/resend",
            Self::PaywallVerify => "/otp/verify",
            Self::PaytrProduct | Self::PaytrCollection => "/create",
            Self::PaytrSms => "/send-sms",
            Self::PaytrEmail => "/send-email",
            Self::PaytrDelete => "/delete",
        }
    }

    /// What the provider answers to say yes.
    pub(crate) const fn yes(self) -> &'static str {
        match self {
            Self::PaynetSend => {
                r#"{"code":0,"message":"Basarili","otp_expire":"2017-07-17T15:30:15+03:00"}"#
            }
            Self::PaynetCheck => r#"{"code":0,"message":"Basarili"}"#,
            Self::PaywallSession => {
                r#"{"Result":true,"ErrorCode":0,"Message":"Tamam","Body":{"SessionId":"s-2","SessionExpiryDate":"2017-07-17T15:30:15"}}"#
            }
            Self::PaywallLink | Self::PaywallResend => {
                r#"{"Result":true,"ErrorCode":0,"Message":"Tamam","Body":{"Masterpass":{"Result":{"ResponseCode":"5001","Token":"t-2"},"Exception":null,"StatusCode":200}}}"#
            }
            Self::PaywallVerify => {
                r#"{"Result":true,"ErrorCode":0,"Message":"Tamam","Body":{"Masterpass":{"Result":{"ResponseCode":"0000","IsVerified":true},"Exception":null,"StatusCode":200}}}"#
            }
            Self::PaytrProduct | Self::PaytrCollection => {
                r#"{"status":"success","message":"Tamam","id":"NBkanarya7","link":"https://www.paytr.com/link/NBkanarya7"}"#
            }
            Self::PaytrSms | Self::PaytrEmail => r#"{"status":"success","message":"Tamam"}"#,
            Self::PaytrDelete => {
                r#"{"status":"success","message":"Tamam","success_deletes":["NBkanarya7"]}"#
            }
        }
    }

    /// The field whose value makes the yes, with that value and with one that makes a no.
    pub(crate) const fn verdict(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::PaynetSend | Self::PaynetCheck => ("code", "0", "1"),
            Self::PaywallSession => ("Result", "true", "false"),
            Self::PaywallLink | Self::PaywallResend => ("ResponseCode", r#""5001""#, r#""5010""#),
            Self::PaywallVerify => ("ResponseCode", r#""0000""#, r#""5010""#),
            Self::PaytrProduct
            | Self::PaytrCollection
            | Self::PaytrSms
            | Self::PaytrEmail
            | Self::PaytrDelete => ("status", r#""success""#, r#""error""#),
        }
    }

    /// Makes the call. A yes comes back as what its `Debug` shows.
    pub(crate) async fn make(self, clients: &Clients) -> Result<String, Error> {
        let Clients {
            paynet,
            paywall,
            paytr,
        } = clients;
        match self {
            Self::PaynetSend => shown(paynet.send_otp(&by_number()?).await),
            Self::PaynetCheck => shown(paynet.verify_otp(&by_number()?, &code()?).await),
            Self::PaywallSession => shown(paywall.open_session(&open_session()?).await),
            Self::PaywallLink => shown(paywall.link_account(&session()?).await),
            Self::PaywallResend => shown(paywall.send_otp(&by_token()?).await),
            Self::PaywallVerify => shown(paywall.verify_otp(&by_token()?, &code()?).await),
            Self::PaytrProduct => shown(paytr.create(product()?).await),
            Self::PaytrCollection => shown(paytr.create(collection()?).await),
            Self::PaytrSms => shown(paytr.send_sms(&link()?, &gsm()?).await),
            Self::PaytrEmail => shown(paytr.send_email(&link()?, &email()?).await),
            Self::PaytrDelete => shown(paytr.delete(&[link()?]).await),
        }
    }
}

fn shown<T: Debug>(result: Result<T, Error>) -> Result<String, Error> {
    result.map(|value| format!("{value:?}\n{value:#?}"))
}

pub(crate) fn keys() -> Result<Keys, Error> {
    Keys::parse(values::PAYWALL_KEY, values::PAYWALL_CLIENT)
}

pub(crate) fn credentials() -> Result<Credentials, Error> {
    Credentials::parse(values::MERCHANT_ID, values::PAYTR_KEY, values::PAYTR_SALT)
}

pub(crate) fn session() -> Result<SessionId, Error> {
    SessionId::parse(values::SESSION)
}

pub(crate) fn token() -> Result<OtpToken, Error> {
    OtpToken::parse(values::TOKEN)
}

pub(crate) fn code() -> Result<OtpCode, Error> {
    OtpCode::parse(values::CODE)
}

pub(crate) fn gsm() -> Result<Gsm, Error> {
    Gsm::parse(values::NUMBER)
}

pub(crate) fn email() -> Result<EmailAddress, Error> {
    EmailAddress::parse(values::EMAIL)
}

pub(crate) fn link() -> Result<LinkId, Error> {
    LinkId::parse(values::LINK)
}

pub(crate) fn by_number() -> Result<OtpChallenge, Error> {
    Ok(OtpChallenge::for_gsm(session()?, gsm()?))
}

pub(crate) fn by_token() -> Result<OtpChallenge, Error> {
    Ok(OtpPurpose::AccountLink.challenge(session()?, token()?))
}

pub(crate) fn open_session() -> Result<OpenSession, Error> {
    Ok(OpenSession::new("order-1", "user-1", gsm()?))
}

pub(crate) fn price() -> Result<Money, Error> {
    "14.45 TL".parse()
}

pub(crate) fn product() -> Result<ProductLink, Error> {
    ProductLink::new(values::PRODUCT, price()?, 1)
}

pub(crate) fn collection() -> Result<CollectionLink, Error> {
    CollectionLink::new(values::PRODUCT, price()?, email()?)
}
