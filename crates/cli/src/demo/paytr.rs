//! A payment link through PayTR: created, sent, paid, and the callback believed only when signed.

use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::StatusCode;
use axum::routing::post;
use onay::http::BaseUrl;
use onay::paytr_link::{
    CALLBACK_REPLY, Credentials, Environment, PaytrLink, ProductLink, verify_callback,
};
use onay::{EmailAddress, ErrorKind, LinkNotice, LinkNotifier, PhoneNumber};
use onay_sandbox::Sandbox;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::Story;
use crate::failure::Failure;
use crate::language::{Texts, Words};
use crate::output::unexpected;

pub(super) async fn tell(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    let texts = story.texts;
    story.title(texts.demo_paytr())?;
    let credentials =
        Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt")?;
    let paytr = PaytrLink::builder()
        .credentials(credentials.clone())
        .environment(Environment::Sandbox)
        .base_url(BaseUrl::parse(&sandbox.paytr_url())?)
        .build()?;
    let mut shop = Shop::open(credentials.clone()).await?;

    story.step(texts.demo_paytr_create())?;
    let product = ProductLink::new("Çiçek buketi", "14.45 TL".parse()?, 1)?;
    let product = product.callback(&shop.callback, "ORDER0001")?;
    let link = paytr.create(product).await?;
    story.yes("create", texts.demo_paytr_created(link.id().to_string()))?;

    let phone = PhoneNumber::parse("0555 000 00 42")?;
    story.step(texts.demo_paytr_send(phone.masked().to_string()))?;
    let by_sms = LinkNotice::new(link.id().clone(), phone);
    paytr.notify(&by_sms).await?;
    let email = EmailAddress::parse("musteri@example.com")?;
    let by_email = LinkNotice::new(link.id().clone(), email);
    paytr.notify(&by_email).await?;
    story.yes("notify", texts.demo_paytr_sent())?;
    let messages = sandbox.messages();
    for message in messages.iter().rev() {
        story.phone(message.text())?;
    }

    story.step(texts.demo_paytr_pays())?;
    sandbox.pay(link.id().as_str()).await?;
    let callback = shop.called().await?;
    let payment = verify_callback(&callback, &credentials)?;
    let paid = texts.demo_paytr_paid(payment.callback_id(), payment.total_amount());
    story.yes("verify_callback", paid)?;

    story.step(texts.demo_paytr_forges())?;
    let forged = String::from_utf8_lossy(&callback).replace("total_amount=1445", "total_amount=1");
    let forged = verify_callback(forged.as_bytes(), &credentials);
    let text = texts.demo_paytr_forged();
    story.no("verify_callback", forged, ErrorKind::Credentials, text)?;

    story.step(texts.demo_paytr_delete())?;
    paytr.delete(std::slice::from_ref(link.id())).await?;
    let gone = paytr.notify(&by_sms).await;
    let text = texts.demo_paytr_gone();
    story.no("notify", gone, ErrorKind::Refused, text)
}

/// The shop's own server, as far as PayTR sees it.
struct Shop {
    callback: String,
    callbacks: mpsc::UnboundedReceiver<Bytes>,
}

impl Shop {
    async fn open(credentials: Credentials) -> Result<Self, Failure> {
        let failed = |error| unexpected(&error);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (sender, callbacks) = mpsc::unbounded_channel();
        let receive = |body: Bytes| async move {
            let verified = verify_callback(&body, &credentials);
            // It fails where the demo has ended.
            let _ = sender.send(body);
            match verified {
                Ok(_) => (StatusCode::OK, CALLBACK_REPLY),
                Err(_) => (StatusCode::BAD_REQUEST, "no"),
            }
        };
        let router = Router::new().route("/callback", post(receive));
        // It ends with the demo.
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self {
            callback: format!("http://{address}/callback"),
            callbacks,
        })
    }

    async fn called(&mut self) -> Result<Bytes, Failure> {
        let callback = tokio::time::timeout(Duration::from_secs(5), self.callbacks.recv());
        let callback = callback.await.ok().flatten();
        callback.ok_or_else(|| Failure::Unexpected(Words::of(Texts::demo_no_callback)))
    }
}
