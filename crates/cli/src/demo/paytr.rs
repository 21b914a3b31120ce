//! A payment link through PayTR: created, sent, paid, and the callback believed only when signed.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use onay::http::BaseUrl;
use onay::paytr_link::{
    CALLBACK_REPLY, Credentials, Environment, PaytrLink, ProductLink, verify_callback,
};
use onay::{EmailAddress, ErrorKind, Gsm, LinkNotifier, LinkRecipient};
use onay_sandbox::Sandbox;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::story::Story;
use crate::failure::Failure;
use crate::language::Words;
use crate::output::unexpected;

pub(super) async fn tell(sandbox: &Sandbox, story: &mut Story<'_>) -> Result<(), Failure> {
    story.title(
        "PayTR ile ödeme linki: gönderildi, ödendi, kanıtlandı",
        "A payment link through PayTR, sent, paid, and proven",
    )?;
    let credentials =
        Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt")?;
    let paytr = PaytrLink::builder()
        .credentials(credentials.clone())
        .environment(Environment::Sandbox)
        .base_url(BaseUrl::parse(&sandbox.paytr_url())?)
        .build()?;
    let mut shop = Shop::open(credentials.clone()).await?;

    story.step(
        "Mağaza 14,45 TL'lik bir link oluşturuyor",
        "The shop creates a link for 14.45 TL",
    )?;
    let product = ProductLink::new("Çiçek buketi", "14.45 TL".parse()?, 1)?;
    let product = product.callback(&shop.callback, "ORDER0001")?;
    let link = paytr.create(product).await?;
    story.yes(
        "create",
        &format!("oluşturuldu: {}", link.id()),
        &format!("created: {}", link.id()),
    )?;

    let gsm = Gsm::parse("0555 000 00 42")?;
    story.step(
        &format!("Link {gsm} numarasına SMS ile, ayrıca e-posta ile gidiyor"),
        &format!("It goes to {gsm} by SMS, and by e-mail too"),
    )?;
    paytr.notify(link.id(), &LinkRecipient::Sms(gsm)).await?;
    let email = EmailAddress::parse("musteri@example.com")?;
    paytr
        .notify(link.id(), &LinkRecipient::Email(email))
        .await?;
    story.yes(
        "notify",
        "ikisi de kabul edildi; ulaşıp ulaşmadığını PayTR söylemez",
        "accepted, twice; whether it arrived, PayTR does not say",
    )?;
    let messages = sandbox.messages();
    for message in messages.iter().rev() {
        story.phone(message.text())?;
    }

    story.step(
        "Müşteri linki açıp ödüyor; PayTR mağazaya bildirim gönderiyor",
        "The customer opens it and pays; PayTR calls the shop back",
    )?;
    sandbox.pay(link.id().as_str()).await?;
    let told = shop.told().await?;
    let payment = verify_callback(&told, &credentials)?;
    let (id, amount) = (payment.callback_id(), payment.total_amount());
    story.yes(
        "verify_callback",
        &format!("imza doğru: {id} için {amount} kuruş ödendi; mağazanın yanıtı: {CALLBACK_REPLY}"),
        &format!(
            "the signature is right: {id} paid {amount} kuruş; the shop answers {CALLBACK_REPLY}"
        ),
    )?;

    story.step(
        "Biri aynı bildirimi başka bir tutarla gönderiyor",
        "Somebody sends the same callback with another amount",
    )?;
    let forged = String::from_utf8_lossy(&told).replace("total_amount=1445", "total_amount=1");
    let forged = verify_callback(forged.as_bytes(), &credentials);
    story.no(
        "verify_callback",
        forged,
        ErrorKind::Credentials,
        "imza PayTR'nin değil",
        "not PayTR's signature",
    )?;

    story.step(
        "Link siliniyor, sonra bir kez daha gönderiliyor",
        "The link is deleted, and sent once more",
    )?;
    paytr.delete(std::slice::from_ref(link.id())).await?;
    let gone = paytr.notify(link.id(), &LinkRecipient::Sms(gsm)).await;
    story.no(
        "notify",
        gone,
        ErrorKind::Refused,
        "böyle bir link artık yok",
        "there is no such link any more",
    )
}

/// The shop's own server, as far as PayTR sees it.
struct Shop {
    callback: String,
    told: mpsc::UnboundedReceiver<Bytes>,
}

#[derive(Clone)]
struct Desk {
    credentials: Arc<Credentials>,
    told: mpsc::UnboundedSender<Bytes>,
}

impl Shop {
    async fn open(credentials: Credentials) -> Result<Self, Failure> {
        let failed = |error| unexpected(&error);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let (sender, told) = mpsc::unbounded_channel();
        let desk = Desk {
            credentials: Arc::new(credentials),
            told: sender,
        };
        let router = Router::new()
            .route("/callback", post(called))
            .with_state(desk);
        // It ends with the demo.
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self {
            callback: format!("http://{address}/callback"),
            told,
        })
    }

    async fn told(&mut self) -> Result<Bytes, Failure> {
        let told = tokio::time::timeout(Duration::from_secs(5), self.told.recv()).await;
        let told = told.ok().flatten();
        told.ok_or_else(|| Failure::Unexpected(Words::new("bildirim gelmedi", "no callback came")))
    }
}

async fn called(State(desk): State<Desk>, body: Bytes) -> (StatusCode, &'static str) {
    let verified = verify_callback(&body, &desk.credentials);
    // Whoever told the story has ended it.
    let _ = desk.told.send(body);
    match verified {
        Ok(_) => (StatusCode::OK, CALLBACK_REPLY),
        Err(_) => (StatusCode::BAD_REQUEST, "no"),
    }
}
