//! The client against the sandbox: created, sent, paid, proven, deleted.

use onay_core::{Dispatch, ErrorKind, LinkId, LinkNotice, LinkNotifier, WebAddress};
use onay_paytr_link::{CollectionLink, Credentials, PaytrLink, verify_callback};
use onay_sandbox::Sandbox;
use onay_testkit::{Behaviour, SocketServer};

use crate::support::{email, phone, product};

fn credentials() -> Credentials {
    Credentials::parse("100001", "sandbox-merchant-key", "sandbox-merchant-salt")
        .expect("credentials")
}

fn paytr(sandbox: &Sandbox, credentials: Credentials) -> PaytrLink {
    PaytrLink::builder()
        .credentials(credentials)
        .base_url(sandbox.paytr_url().parse().expect("a base URL"))
        .debug_on(true)
        .build()
        .expect("built")
}

#[tokio::test]
async fn a_link_is_created_sent_paid_and_proven() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let paytr = paytr(&sandbox, credentials());
    let shop = SocketServer::start(Behaviour::answer(200, "text/plain", "OK")).await;
    let product = product().callback(&format!("{}/paid", shop.url()), "ORDER0001");
    let link = paytr
        .create(product.expect("a product"))
        .await
        .expect("created");
    let url = link.url().map(WebAddress::as_str).expect("an address");
    assert!(url.ends_with(link.id().as_str()), "{url}");

    paytr
        .notify(&LinkNotice::new(link.id().clone(), phone()))
        .await
        .expect("accepted");
    paytr
        .notify(&LinkNotice::new(link.id().clone(), email()))
        .await
        .expect("accepted");
    let messages = sandbox.messages();
    let to: Vec<&str> = messages.iter().map(onay_sandbox::Message::to).collect();
    assert_eq!(to, ["musteri@example.com", "+905551234567"]);
    assert!(messages.iter().all(|message| message.link() == Some(url)));

    let paid = sandbox.pay(link.id().as_str()).await.expect("paid");
    let told = shop.requests().pop().expect("a callback");
    let payment = verify_callback(&told.body, &credentials()).expect("signed");
    assert_eq!(payment.callback_id(), "ORDER0001");
    assert_eq!(payment.merchant_oid(), paid.merchant_oid());
    assert_eq!(payment.total_amount(), 1445);
    assert!(payment.unsigned().test_mode());
    let changed = told
        .text()
        .replace("total_amount=1445", "total_amount=1446");
    let error = verify_callback(changed.as_bytes(), &credentials()).expect_err("changed");
    assert_eq!(error.kind(), ErrorKind::Credentials);
}

#[tokio::test]
async fn a_deleted_or_unknown_link_is_refused() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let paytr = paytr(&sandbox, credentials());
    let link = paytr.create(product()).await.expect("created");
    let strange = LinkId::parse("AAAAAAA").expect("a link");
    let result = paytr
        .delete(&[link.id().clone(), strange.clone()])
        .await
        .expect("done");
    assert_eq!(result.deleted(), std::slice::from_ref(link.id()));
    assert_eq!(result.failed(), std::slice::from_ref(&strange));
    for id in [link.id(), &strange] {
        let error = paytr
            .send_sms(id, &phone())
            .await
            .expect_err("no such link");
        assert_eq!(
            (error.kind(), error.dispatch()),
            (ErrorKind::Refused, Dispatch::Refused)
        );
    }
    assert!(sandbox.messages().is_empty());
}

#[tokio::test]
async fn a_merchant_of_ones_own_and_a_collection_work_too() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    sandbox
        .register_paytr_merchant("200002", "K3yForTests-0001", "S4ltForTests-001")
        .expect("registered");
    let own = Credentials::parse("200002", "K3yForTests-0001", "S4ltForTests-001");
    let paytr = paytr(&sandbox, own.expect("credentials"));
    let price = "350 TL".parse().expect("a price");
    let collection = CollectionLink::new("Fatura 2026/17", price, email()).expect("a collection");
    let link = paytr.create(collection).await.expect("created");
    paytr
        .send_email(link.id(), &email())
        .await
        .expect("accepted");
    assert_eq!(sandbox.messages()[0].tenant(), "200002");
}
