//! The calls through Onay's traits, as a merchant's back end holds them.

use std::sync::Arc;

use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink};
use onay::paywall_masterpass::{Keys, OtpPurpose, PaywallMasterpass};
use onay::{
    Gsm, LinkId, LinkNotifier, LinkRecipient, OtpChallenge, OtpSender, OtpToken, SessionId,
};

use super::Client;
use crate::calls::{self, Failure};

pub(super) struct Otp {
    sender: Arc<dyn OtpSender>,
    challenge: OtpChallenge,
}

pub(super) struct Link {
    notifier: Arc<dyn LinkNotifier>,
    id: LinkId,
    recipient: LinkRecipient,
}

pub(super) fn paynet(server: &str) -> Result<Otp, Failure> {
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse(calls::SECRET_KEY)?)
        .base_url(server.parse()?)
        .build()?;
    let session = SessionId::parse(calls::SEND_OTP.otp_session_id)?;
    Ok(Otp {
        sender: Arc::new(paynet),
        challenge: OtpChallenge::for_gsm(session, Gsm::parse(calls::SEND_OTP.user_gsm)?),
    })
}

pub(super) fn masterpass(server: &str) -> Result<Otp, Failure> {
    let masterpass = PaywallMasterpass::builder()
        .keys(Keys::parse(calls::PRIVATE_KEY, calls::PRIVATE_CLIENT)?)
        .base_url(server.parse()?)
        .build()?;
    let session = SessionId::parse(calls::RESEND.session_id)?;
    let token = OtpToken::parse(calls::RESEND.otp_token)?;
    Ok(Otp {
        sender: Arc::new(masterpass),
        challenge: OtpPurpose::Transaction.challenge(session, token),
    })
}

pub(super) fn paytr(server: &str) -> Result<Link, Failure> {
    let credentials = Credentials::parse(
        calls::MERCHANT_ID,
        calls::MERCHANT_KEY,
        calls::MERCHANT_SALT,
    )?;
    let paytr = PaytrLink::builder()
        .credentials(credentials)
        .base_url(server.parse()?)
        .debug_on(true)
        .build()?;
    Ok(Link {
        notifier: Arc::new(paytr),
        id: LinkId::parse(calls::LINK)?,
        recipient: LinkRecipient::Sms(Gsm::parse(calls::LINK_PHONE)?),
    })
}

impl Client for Otp {
    async fn call(&self) -> Result<(), Failure> {
        // `Ok` is the provider's success and nothing else.
        self.sender.send_otp(&self.challenge).await?;
        Ok(())
    }
}

impl Client for Link {
    async fn call(&self) -> Result<(), Failure> {
        self.notifier.notify(&self.id, &self.recipient).await?;
        Ok(())
    }
}
