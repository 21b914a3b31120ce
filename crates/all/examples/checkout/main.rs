//! A shop with two ways to pay: a card with a one-time code (Paynet), a payment link by SMS (PayTR).
//!
//! `cargo run -p onay --features full --example checkout`, then open the address that it prints. A
//! sandbox runs inside: nothing is sent and no money moves. Messages arrive in its inbox.

#![expect(clippy::print_stdout, reason = "it says where it is")]
#![expect(clippy::print_stderr, reason = "its log")]

mod page;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Router};
use onay::guard::{Guarded, MemoryStore, PaymentBook, Receipt};
use onay::http::run_to_end;
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{
    CALLBACK_REPLY, CreatedLink, Credentials, Currency, Money, PaytrLink, ProductLink,
    verify_callback,
};
use onay::{
    Error, ErrorKind, LinkNotice, LinkNotifier, NextStep, OtpChallenge, OtpCode, OtpSender,
    OtpVerifier, PhoneNumber, SessionId, Wait,
};
use onay_sandbox::Sandbox;
use serde::Deserialize;
use tokio::sync::{Mutex, oneshot};

/// What the order costs, in kuruş.
const TOTAL: u64 = 91_350;
const STYLE: &str = include_str!("style.css");

struct Shop {
    /// One message per number and wait, however many requests, tabs or visitors ask for one.
    otp: Guarded<Paynet, MemoryStore>,
    paytr: PaytrLink,
    /// Which callbacks were dealt with: one payment ships once.
    payments: PaymentBook<MemoryStore>,
    credentials: Credentials,
    address: String,
    inbox: String,
    /// By the customer's cookie, and by the number that PayTR knows. A real shop has a database.
    orders: Mutex<HashMap<String, Shared>>,
    _open: oneshot::Sender<()>,
}

/// Locked during a call to a provider: two requests for one order never call at once.
type Shared = Arc<Mutex<Order>>;

/// It stays in the shop: the challenge names the session and the full number.
#[derive(Default)]
struct Order {
    /// All have one length, because PayTR's signature does not say where it ends.
    number: String,
    sessions: u32,
    card: Option<OtpChallenge>,
    link: Option<CreatedLink>,
    /// PayTR makes none, or one may exist whose address was lost.
    has_no_link: bool,
    /// How it was paid.
    paid: Option<&'static str>,
    notice: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::start().await?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("http://{}", listener.local_addr()?);
    let inbox = sandbox.inbox_url();
    println!("Shop:  {address}/\nInbox: {inbox}");

    // For the real providers: `.environment(Environment::Live)`, and keys from your settings.
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_checkout")?)
        .base_url(sandbox.paynet_url().parse()?)
        .build()?;
    let credentials =
        Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt")?;
    let paytr = PaytrLink::builder()
        .credentials(credentials.clone())
        .base_url(sandbox.paytr_url().parse()?)
        .build()?;
    // A shop on many machines takes `RedisStore`, and one on real time `MemoryStore::new()`: here
    // it follows the sandbox's clock, which its page can move.
    let clock = sandbox.clock();
    let store = MemoryStore::with_clock(move || clock.since_epoch());
    let otp = Guarded::builder(paynet, store.clone())
        .scope("paynet")
        .secret(b"from your settings, the same on every machine")
        .limit(10, Duration::from_secs(24 * 60 * 60))
        .build()?;

    let (open, closed) = oneshot::channel();
    let shop = Arc::new(Shop {
        otp,
        paytr,
        payments: PaymentBook::new(store, "paytr"),
        credentials,
        address,
        inbox,
        orders: Mutex::default(),
        _open: open,
    });
    let style = ([(header::CONTENT_TYPE, "text/css")], STYLE);
    let app = Router::new()
        .route("/", get(page::show).post(press))
        .route("/callback", post(callback))
        .route("/style.css", get(|| async move { style }))
        .with_state(shop);
    let server = axum::serve(listener, app).with_graceful_shutdown(async {
        let _ = tokio::signal::ctrl_c().await;
    });
    server.await?;
    // A call whose customer left may still run. It holds the shop, and the last one drops it.
    let _ = closed.await;
    Ok(())
}

/// A button of the page, and what was typed beside it.
#[derive(Deserialize)]
struct Pressed {
    button: String,
    #[serde(default)]
    typed: String,
}

async fn press(
    State(shop): State<Arc<Shop>>,
    headers: HeaderMap,
    Form(Pressed { button, typed }): Form<Pressed>,
) -> Response {
    if !is_own_form(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let (Some(order), false) = (shop.order_of(&headers).await, button == "again") else {
        return shop.open().await;
    };
    // axum drops this handler when the customer closes the tab. The call ends all the same, and the
    // order and the log know how.
    let call = run_to_end(async move {
        let mut order = order.lock().await;
        let result = match button.as_str() {
            _ if order.paid.is_some() => Ok(()),
            "card" => order.send_code(&shop, &typed).await,
            "verify" => order.verify_code(&shop, &typed).await,
            "link" => order.send_link(&shop, &typed).await,
            _ => Ok(()),
        };
        // An error holds no code, no key and no full number.
        result.inspect_err(|error| eprintln!("{error}"))
    });
    let _ = call.await;
    Redirect::to("/").into_response()
}

impl Order {
    /// Anybody can type any number. A public shop also counts by address:
    /// `OtpChallenge::for_caller`, and `caller_limit` of the guard.
    async fn send_code(&mut self, shop: &Shop, typed: &str) -> Result<(), Error> {
        let phone = match &self.card {
            Some(known) if typed.is_empty() => known.phone().copied(),
            _ => Some(self.number(typed)?),
        };
        let challenge = match (&self.card, phone) {
            (Some(known), phone) if known.phone() == phone.as_ref() => known.clone(),
            (_, Some(phone)) => {
                // A session is for one number: the provider may check a code by its session alone.
                self.sessions += 1;
                let session = SessionId::parse(&format!("{}-{}", self.number, self.sessions))?;
                OtpChallenge::for_phone(session, phone)
            }
            _ => return Ok(()),
        };
        match shop.otp.send_otp(&challenge).await {
            Ok(sent) => {
                // The guard names its wait where the provider names none.
                let wait = sent.resend().map_or(0, seconds);
                self.notice =
                    format!("SMS gönderildi. {wait} saniye içinde gelmezse yenisini isteyin.");
                self.card = Some(sent.into_challenge());
                Ok(())
            }
            Err(error) => self.failed(error, challenge),
        }
    }

    async fn verify_code(&mut self, shop: &Shop, typed: &str) -> Result<(), Error> {
        let (Ok(code), Some(card)) = (OtpCode::parse(typed), self.card.clone()) else {
            return Ok(());
        };
        // `Ok` is an approved code and nothing else.
        if let Err(error) = shop.otp.verify_otp(&card, &code).await {
            return self.failed(error, card);
        }
        // A real shop charges the card here. The link must not be paid as well.
        self.paid = Some("Kartınızla ödediniz.");
        match &self.link {
            Some(link) => shop.paytr.delete(&[link.id().clone()]).await.map(drop),
            None => Ok(()),
        }
    }

    async fn send_link(&mut self, shop: &Shop, typed: &str) -> Result<(), Error> {
        let phone = self.number(typed)?;
        if self.link.is_some() || self.has_no_link {
            return Ok(());
        }
        let product = ProductLink::new("Şakayık buketi", Money::new(TOTAL, Currency::Tl)?, 1)?
            .max_count(1)?
            .callback(&format!("{}/callback", shop.address), &self.number)?;
        let link = match shop.paytr.create(product).await {
            Ok(link) => link,
            Err(error) => return self.link_failed(error),
        };
        let notice = LinkNotice::new(link.id().clone(), phone);
        let sent = shop.paytr.notify(&notice).await;
        // The page shows the link too, so a lost SMS needs no second one.
        self.link = Some(link);
        sent.map(drop)
    }

    fn number(&mut self, typed: &str) -> Result<PhoneNumber, Error> {
        PhoneNumber::parse(typed).inspect_err(|error| {
            // The reason is the library's own sentence: it repeats nothing of what was typed.
            let reason = error
                .reason()
                .map_or("okunamadı", |reason| reason.turkish());
            self.notice = format!("Cep telefonu numarası {reason}. Örnek: 0555 000 00 42");
        })
    }

    /// What the customer does next, after a call about a code.
    fn failed(&mut self, error: Error, challenge: OtpChallenge) -> Result<(), Error> {
        // A refusal can renew the challenge.
        let newest = error.challenge().cloned().unwrap_or(challenge);
        self.notice = match error.next_step() {
            NextStep::AskAgain => {
                self.card = Some(newest);
                "Kod onaylanmadı. Lütfen yeniden deneyin.".into()
            }
            // The customer has a code, or may have one: ask for it, and send no other.
            NextStep::AwaitCode(_) => {
                self.card = Some(newest);
                "Yanıt gecikti. SMS ile gelen kodu girin.".into()
            }
            // Nothing went out, and no code of this order is out: no field for one.
            NextStep::Retry(Some(wait)) => {
                format!("Yeni kod {} saniye sonra istenebilir.", seconds(&wait))
            }
            NextStep::Retry(None) => "Bağlantı kurulamadı. Lütfen yeniden deneyin.".into(),
            NextStep::StartOver => {
                self.card = None;
                "Bu kod artık geçerli değil. Yeni bir kod isteyin.".into()
            }
            _ => "Olmadı. Lütfen diğer ödeme yöntemini deneyin.".into(),
        };
        Err(error)
    }

    /// What the customer does next, when there is no link.
    fn link_failed(&mut self, error: Error) -> Result<(), Error> {
        self.notice = if matches!(error.next_step(), NextStep::Retry(_)) {
            "Bağlantı kurulamadı. Lütfen yeniden deneyin.".into()
        } else {
            // The link may exist all the same, and a second one could be paid too.
            self.has_no_link = true;
            "Olmadı. Lütfen diğer ödeme yöntemini deneyin.".into()
        };
        Err(error)
    }
}

/// What a page counts down: the last second is not over yet.
fn seconds(wait: &Wait) -> u64 {
    wait.remaining_now().as_secs() + 1
}

/// PayTR calls until it reads this.
const OK: (StatusCode, &str) = (StatusCode::OK, CALLBACK_REPLY);

/// PayTR reports a payment. Anybody can post here; only PayTR can sign.
async fn callback(State(shop): State<Arc<Shop>>, body: Bytes) -> (StatusCode, &'static str) {
    let paid = match verify_callback(&body, &shop.credentials) {
        Ok(paid) => paid,
        // Signed, and not a success.
        Err(error) if error.kind() == ErrorKind::Refused => return OK,
        Err(_) => return (StatusCode::BAD_REQUEST, "not signed"),
    };
    let Some(order) = shop.orders.lock().await.get(paid.callback_id()).cloned() else {
        // Not `OK`, so PayTR calls again.
        return (StatusCode::SERVICE_UNAVAILABLE, "unknown order");
    };
    // One payment can be reported twice, at the same moment too. The order ships once.
    let entry = match shop.payments.receive(&paid.idempotency_key()).await {
        Ok(Receipt::First(entry)) => entry,
        Ok(Receipt::Done) => return OK,
        _ => return (StatusCode::SERVICE_UNAVAILABLE, "in progress"),
    };
    let mut order = order.lock().await;
    if order.paid.is_some() {
        eprintln!("{}: paid twice, give it back", order.number);
    } else if paid.total_amount() < TOTAL {
        eprintln!("{}: paid too little", order.number);
    } else {
        // A live shop ships nothing in test mode; every payment of the sandbox is in it.
        order.paid = Some("Ödeme bağlantısı ile ödediniz.");
    }
    match entry.done().await {
        Ok(()) => OK,
        // PayTR calls again. With a database, note the payment in the order's own transaction.
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "not noted"),
    }
}

impl Shop {
    /// A new order, and the cookie to find it by. (On https, add `Secure`.)
    async fn open(&self) -> Response {
        let [Ok(one), Ok(two), Ok(three)] = [(); 3].map(|()| getrandom::u64()) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let (mut order, cookie) = (Order::default(), format!("order={one:016x}{two:016x}"));
        order.number += &format!("S{:010X}", three >> 24);
        let set = format!("{cookie}; Path=/; HttpOnly; SameSite=Lax");
        let (number, order) = (order.number.clone(), Arc::new(Mutex::new(order)));
        let names = [(cookie, order.clone()), (number, order)];
        self.orders.lock().await.extend(names);
        ([(header::SET_COOKIE, set)], Redirect::to("/")).into_response()
    }

    async fn order_of(&self, headers: &HeaderMap) -> Option<Shared> {
        let mut cookies = headers.get(header::COOKIE)?.to_str().ok()?.split("; ");
        let cookie = cookies.find(|cookie| cookie.starts_with("order="))?;
        self.orders.lock().await.get(cookie).cloned()
    }
}

/// Whether the shop's own page posts. `SameSite` alone lets in other shops of the same domain.
fn is_own_form(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name)?.to_str().ok();
    let origin = text(header::ORIGIN).and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, origin)| text(header::HOST) == Some(origin))
}
