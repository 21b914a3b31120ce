//! Paying by a link: the merchant hears of it, and its own code believes it.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use onay::paytr_link::{CALLBACK_REPLY, Payment, verify_callback};
use onay_sandbox::Sandbox;
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::browser::Browser;
use crate::clients::{KEY, SALT, merchant, sent_link};
use crate::page::Page;

type Heard = mpsc::UnboundedSender<Payment>;

async fn callback(State(heard): State<Arc<Heard>>, body: Bytes) -> &'static str {
    match verify_callback(&body, &merchant(KEY, SALT)) {
        Ok(payment) => {
            let _ = heard.send(payment);
            CALLBACK_REPLY
        }
        Err(_) => "no",
    }
}

/// A shop that hears of payments at `/callback`.
pub(crate) async fn shop() -> (String, mpsc::UnboundedReceiver<Payment>) {
    let (heard, payments) = mpsc::unbounded_channel();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
    let address = listener.local_addr().expect("an address");
    let routes = Router::new()
        .route("/callback", post(callback))
        .with_state(Arc::new(heard));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (format!("http://{address}/callback"), payments)
}

pub(crate) async fn pays(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let (address, mut payments) = shop().await;
    sent_link(&sandbox, &address).await;
    let page = Page::open(browser, &sandbox).await;
    page.click("open-link").await;
    page.until("open", "at('price').textContent.includes('14')")
        .await;
    assert_eq!(page.text("name").await, "Kırmızı bisiklet");
    page.click("decline").await;
    page.until("declined", "at('declined')").await;
    assert!(
        payments.try_recv().is_err(),
        "nothing is told of what was not paid"
    );
    page.click("pay").await;
    page.until("paid", "at('verdict')").await;
    let payment = payments.recv().await.expect("a payment");
    assert_eq!(payment.callback_id(), "order1");
    assert_eq!(payment.total_amount(), 1_445);
    assert_eq!(page.text("merchant-oid").await, payment.merchant_oid());
    assert_eq!(page.text("callback-body").await, CALLBACK_REPLY);
    page.has_no_complaints().await;
}
