//! The types of the provider crates.

use onay::paynet::{Paynet, ReturnCode, SecretKey};
use onay::paytr_link::{
    Currency, Language, NewLink, PaytrLink, Reason, Signed, TokenFinding, explain_token,
    verify_callback,
};
use onay::paywall_masterpass::{CodeSender, OtpPurpose, PaywallMasterpass, ResponseCode};
use onay::{OtpVerifier, paynet, paytr_link, paywall_masterpass};
use onay_testkit::{Behaviour, SocketServer};

use super::super::Failed;
use super::super::answers::PATIENT;
use super::Shown;
use crate::every_call::{
    Call, Clients, by_token, code, collection, credentials, email, gsm, keys, link, open_session,
    price, product, session, values,
};

pub(super) async fn show(shown: &mut Shown) -> Result<(), Failed> {
    let nowhere = Clients::of("http://127.0.0.1:9", PATIENT)?;
    let key = SecretKey::parse(values::PAYNET_KEY)?;
    shown.add("onay_paynet::Environment", &paynet::Environment::Live);
    shown.add("onay_paynet::Paynet", &nowhere.paynet);
    shown.add(
        "onay_paynet::PaynetBuilder",
        &Paynet::builder().secret_key(key.clone()),
    );
    shown.add("onay_paynet::SecretKey", &key);
    shown.add("onay_paynet::ReturnCode", &ReturnCode::ALL);
    masterpass(shown, &nowhere).await?;
    paytr(shown, &nowhere)?;
    links(shown).await
}

async fn masterpass(shown: &mut Shown, nowhere: &Clients) -> Result<(), Failed> {
    let builder = PaywallMasterpass::builder().keys(keys()?);
    shown.add("onay_paywall_masterpass::CodeSender", &CodeSender::Bank);
    let environment = paywall_masterpass::Environment::LiveTurkey;
    shown.add("onay_paywall_masterpass::Environment", &environment);
    shown.add(
        "onay_paywall_masterpass::OtpPurpose",
        &OtpPurpose::AccountLink,
    );
    shown.add("onay_paywall_masterpass::Keys", &keys()?);
    shown.add("onay_paywall_masterpass::OpenSession", &open_session()?);
    shown.add(
        "onay_paywall_masterpass::PaywallMasterpass",
        &nowhere.paywall,
    );
    shown.add(
        "onay_paywall_masterpass::PaywallMasterpassBuilder",
        &builder,
    );
    shown.add("onay_paywall_masterpass::ResponseCode", &ResponseCode::ALL);
    let quoted = super::words::all_values();
    let answering = |call: Call| {
        let yes = call
            .yes()
            .replace("t-2", values::TOKEN)
            .replace("s-2", values::SESSION);
        let quoting = format!(
            r#""MaskedPan":"{quoted}","CardIssuerName":"{quoted}","CardUniqueNumber":"{quoted}","RetrievalReferenceNumber":"{quoted}","ResponseCode""#
        );
        SocketServer::start(Behaviour::json(&yes.replace(r#""ResponseCode""#, &quoting)))
    };
    let server = answering(Call::PaywallSession).await;
    let opened = client(&server)?.open_session(&open_session()?).await?;
    shown.add("onay_paywall_masterpass::SessionOpened", &opened);
    let server = answering(Call::PaywallLink).await;
    let linked = client(&server)?.link_account(&session()?).await?;
    shown.add("onay_paywall_masterpass::AccountLink", &linked);
    let resent = client(&server)?.resend(&by_token()?).await?;
    shown.add("onay_paywall_masterpass::Resent", &resent);
    let server = answering(Call::PaywallVerify).await;
    let verified = client(&server)?.verify(&by_token()?, &code()?).await?;
    shown.add("onay_paywall_masterpass::Verified", &verified);
    client(&server)?.verify_otp(&by_token()?, &code()?).await?;
    Ok(())
}

fn client(server: &SocketServer) -> Result<PaywallMasterpass, Failed> {
    Ok(Clients::of(&server.url(), PATIENT)?.paywall)
}

fn paytr(shown: &mut Shown, nowhere: &Clients) -> Result<(), Failed> {
    let credentials = credentials()?;
    let builder = PaytrLink::builder().credentials(credentials.clone());
    shown.add("onay_paytr_link::Currency", &Currency::Tl);
    shown.add(
        "onay_paytr_link::Environment",
        &paytr_link::Environment::Live,
    );
    shown.add("onay_paytr_link::Language", &Language::Turkish);
    shown.add("onay_paytr_link::Money", &price()?);
    shown.add("onay_paytr_link::Reason", &Reason::ALL);
    shown.add("onay_paytr_link::Credentials", &credentials);
    shown.add("onay_paytr_link::PaytrLink", &nowhere.paytr);
    shown.add("onay_paytr_link::PaytrLinkBuilder", &builder);
    let (email, gsm, link) = (email()?, gsm()?, link()?);
    let sms = Signed::SendSms {
        id: link.as_str(),
        cell_phone: gsm.domestic(),
    };
    let mail = Signed::SendEmail {
        id: link.as_str(),
        email: email.as_str(),
    };
    shown.add("onay_paytr_link::Signed", &[sms, mail]);
    // The token over the number as it is not posted: a mistake with a name.
    let mistaken = Signed::SendSms {
        id: link.as_str(),
        cell_phone: gsm.national(),
    };
    let finding = explain_token(&credentials, &sms, &mistaken.token(&credentials));
    shown.add("onay_paytr_link::TokenFinding", &finding);
    match &finding {
        TokenFinding::Mistake(mistake) => shown.add("onay_paytr_link::Mistake", mistake),
        other => return Err(format!("no mistake, but {other:?}").into()),
    }
    let callback = Signed::Callback {
        callback_id: "callback7",
        merchant_oid: "PT1",
        status: "success",
        total_amount: "1445",
    };
    let hash = super::super::canary::encoded(&callback.token(&credentials));
    let all = super::super::canary::encoded(&super::words::all_values());
    let form = format!(
        "hash={hash}&callback_id=callback7&merchant_oid=PT1&status=success&total_amount=1445&payment_type={all}&currency={all}&merchant_id={all}&payment_amount={all}"
    );
    let payment = verify_callback(form.as_bytes(), &credentials)?;
    shown.add("onay_paytr_link::Payment", &payment);
    shown.add("onay_paytr_link::UnsignedFields", payment.unsigned());
    Ok(())
}

async fn links(shown: &mut Shown) -> Result<(), Failed> {
    shown.add("onay_paytr_link::ProductLink", &product()?);
    shown.add("onay_paytr_link::CollectionLink", &collection()?);
    shown.add("onay_paytr_link::NewLink", &NewLink::from(collection()?));
    let server = SocketServer::start(Behaviour::json(Call::PaytrProduct.yes())).await;
    let created = Clients::of(&server.url(), PATIENT)?
        .paytr
        .create(product()?)
        .await?;
    shown.add("onay_paytr_link::CreatedLink", &created);
    let server = SocketServer::start(Behaviour::json(Call::PaytrDelete.yes())).await;
    let deleted = Clients::of(&server.url(), PATIENT)?
        .paytr
        .delete(&[link()?])
        .await?;
    shown.add("onay_paytr_link::Deleted", &deleted);
    Ok(())
}
