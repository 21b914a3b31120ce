//! A shop with two ways to pay: card with a one-time password, and a payment link by SMS.
//!
//! `cargo run -p onay --features full --example checkout`, then open the address that it prints.
//! Messages land in the inbox beside it: nothing is sent and nothing is paid. `SHOP_LISTEN` gives
//! the shop another address than a free port of 127.0.0.1; `SHOP_PAYNET` and `SHOP_PAYTR` are
//! other servers than the sandbox in the providers' place, to see what a broken one does to a customer.

mod card;
mod conversations;
mod link;
mod notice;
mod order;
mod origin;
mod page;
mod shop;
mod stop;
mod time;
mod visit;

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use axum::Router;
use axum::routing::{get, post};
use onay::guard::{Guarded, MemoryStore};
use onay::paynet::{Paynet, SecretKey};
use onay::paytr_link::{Credentials, PaytrLink};
use onay_sandbox::Sandbox;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use crate::shop::Shop;

#[tokio::main]
#[expect(clippy::print_stdout, reason = "an example tells where it is")]
async fn main() -> Result<(), Box<dyn Error>> {
    let told_to_stop = stop::word_to_stop()?;
    let sandbox = Arc::new(Sandbox::start().await?);
    let listen = std::env::var("SHOP_LISTEN").unwrap_or_else(|_| "127.0.0.1:0".to_owned());
    let listener = TcpListener::bind(listen).await?;
    let address = format!("http://{}", listener.local_addr()?);

    // Against the real providers, `.environment(Environment::Live)` and keys that are no constants.
    let paynet_address = std::env::var("SHOP_PAYNET").unwrap_or_else(|_| sandbox.paynet_url());
    let paynet = Paynet::builder()
        .secret_key(SecretKey::parse("sck_test_checkout")?)
        .base_url(paynet_address.parse()?)
        .build()?;
    let paytr_address = std::env::var("SHOP_PAYTR").unwrap_or_else(|_| sandbox.paytr_url());
    let credentials =
        Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt")?;
    let paytr = PaytrLink::builder()
        .credentials(credentials.clone())
        .base_url(paytr_address.parse()?)
        .build()?;

    let (open, closed) = oneshot::channel();
    let shop = Arc::new(Shop::new(
        Arc::new(guard(paynet, &sandbox)?),
        paytr,
        credentials,
        format!("{address}/callback"),
        sandbox.inbox_url(),
        open,
    ));
    println!("Shop:  {address}/");
    println!("Inbox: {}", sandbox.inbox_url());
    axum::serve(listener, routes(shop))
        .with_graceful_shutdown(told_to_stop)
        .await?;
    // Every request has its answer. But a call whose customer has left may still be under way, and
    // its message too: each of them holds the shop, and the shop is gone with the last one.
    let _ = closed.await;
    Ok(())
}

/// One code per number and wait, whatever tab, visitor or session asks.
///
/// A shop on many machines puts `RedisStore` here, and a secret that all of them know.
fn guard(
    paynet: Paynet,
    sandbox: &Arc<Sandbox>,
) -> Result<Guarded<Paynet, MemoryStore>, Box<dyn Error>> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret)?;
    // The sandbox's time can be moved on, and then the guard's has to follow. Real time needs no
    // `with_clock`.
    let clock = Arc::clone(sandbox);
    let now = move || clock.now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let guarded = Guarded::builder(paynet, MemoryStore::with_clock(now))
        .scope("paynet")
        .secret(&secret)
        .limit(10, Duration::from_secs(24 * 60 * 60))
        .build()?;
    Ok(guarded)
}

fn routes(shop: Arc<Shop>) -> Router {
    let pages = Router::new()
        .route("/", get(order::show))
        .route("/again", post(order::again))
        .route("/card", get(card::show).post(card::begin))
        .route("/card/resend", post(card::resend))
        .route("/card/verify", post(card::verify))
        .route("/link", get(link::show).post(link::begin))
        .route("/link/another", post(link::another))
        .route("/paid", get(order::paid))
        .route("/shop.css", get(page::style))
        .route("/countdown.js", get(page::countdown))
        .layer(axum::middleware::from_fn(origin::own_pages_only));
    // PayTR is another site, and shows who it is by its signature.
    pages
        .route("/callback", post(link::callback))
        .layer(axum::middleware::map_response(page::with_headers))
        .with_state(shop)
}
