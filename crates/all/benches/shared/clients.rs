//! The four clients that are compared.

use std::sync::Arc;

use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink};
use onay::paywall_masterpass::{Keys, OtpPurpose, PaywallMasterpass};
use onay::{
    Dispatch, Error, LinkId, LinkNotice, LinkNotifier, OtpChallenge, OtpSender, OtpToken,
    PhoneNumber, SessionId,
};
use reqwest::Url;
use reqwest::header::{HeaderName, HeaderValue};

use super::Failure;
use super::by_hand::{self, RawHyper, headers, reqwest_with_timeouts};
use super::wire::{self, Operation};

/// Their names in code and in the guide.
pub(crate) const CLIENTS: [(&str, &str); 4] = [
    ("onay", "Onay, through `Arc<dyn …>`"),
    ("by_hand", "reqwest by hand, as its documentation teaches"),
    ("bare", "bare reqwest: prepared bytes in, bytes out"),
    ("raw_hyper", "raw hyper-util, serde both ways"),
];

/// A client that is ready: what is made once has been made.
#[derive(Debug)]
pub(crate) enum Client {
    Otp(Arc<dyn OtpSender>, OtpChallenge),
    Link(Arc<dyn LinkNotifier>, LinkNotice),
    ByHand(reqwest::Client, String, &'static Operation),
    Bare(
        reqwest::Client,
        Url,
        Vec<(HeaderName, HeaderValue)>,
        &'static Operation,
    ),
    RawHyper(Box<RawHyper>),
}

impl Client {
    pub(crate) fn new(name: &str, operation: &str, server: &str) -> Result<Self, Failure> {
        let operation = Operation::find(operation)?;
        let url = format!("{server}{}", operation.path);
        Ok(match name {
            "onay" => onay(operation, server)?,
            "by_hand" => Self::ByHand(reqwest_with_timeouts()?, url, operation),
            "bare" => Self::Bare(
                reqwest_with_timeouts()?,
                url.parse()?,
                headers(operation),
                operation,
            ),
            "raw_hyper" => Self::RawHyper(Box::new(RawHyper::new(server, operation)?)),
            _ => return Err(format!("there is no client {name}").into()),
        })
    }

    /// Makes the call: `true` is the provider's success, `false` its refusal, and all else an error.
    pub(crate) async fn call(&self) -> Result<bool, Failure> {
        match self {
            Self::Otp(sender, challenge) => judge(sender.send_otp(challenge).await),
            Self::Link(notifier, notice) => judge(notifier.notify(notice).await),
            Self::ByHand(client, url, operation) => {
                by_hand::call(client.post(url), operation.name).await
            }
            Self::Bare(client, url, headers, operation) => {
                by_hand::bare(client, url, headers, operation).await
            }
            Self::RawHyper(client) => client.call().await,
        }
    }
}

fn onay(operation: &Operation, server: &str) -> Result<Client, Failure> {
    Ok(match operation.name {
        "send_otp" => {
            let paynet = Paynet::builder()
                .secret_key(SecretKey::parse(wire::SECRET_KEY)?)
                .base_url(server.parse()?)
                .build()?;
            let session = SessionId::parse(wire::SEND_OTP.otp_session_id)?;
            let phone = PhoneNumber::parse(wire::SEND_OTP.user_gsm)?;
            Client::Otp(Arc::new(paynet), OtpChallenge::for_phone(session, phone))
        }
        "resend" => {
            let masterpass = PaywallMasterpass::builder()
                .keys(Keys::parse(wire::PRIVATE_KEY, wire::PRIVATE_CLIENT)?)
                .base_url(server.parse()?)
                .build()?;
            let session = SessionId::parse(wire::RESEND.session_id)?;
            let token = OtpToken::parse(wire::RESEND.otp_token)?;
            Client::Otp(
                Arc::new(masterpass),
                OtpPurpose::Transaction.challenge(session, token),
            )
        }
        _ => {
            let paytr = PaytrLink::builder()
                .credentials(credentials()?)
                .base_url(server.parse()?)
                .debug_on(true)
                .build()?;
            let phone = PhoneNumber::parse(wire::LINK_PHONE)?;
            let notice = LinkNotice::new(LinkId::parse(wire::LINK)?, phone);
            Client::Link(Arc::new(paytr), notice)
        }
    })
}

/// PayTR's, for the token and the callback as well.
pub(crate) fn credentials() -> Result<Credentials, Failure> {
    let (id, key, salt) = (wire::MERCHANT_ID, wire::MERCHANT_KEY, wire::MERCHANT_SALT);
    Ok(Credentials::parse(id, key, salt)?)
}

fn judge<T>(result: Result<T, Error>) -> Result<bool, Failure> {
    match result {
        Ok(_) => Ok(true),
        Err(error) if error.dispatch() == Dispatch::Refused => Ok(false),
        Err(error) => Err(error.into()),
    }
}
