//! The shop of the checkout example, when two things happen at once or an answer gets lost.

use std::time::Duration;

use onay_testkit::{Behaviour, ClosedPort, ReceivedRequest, SocketServer};
use serde_json::json;

use crate::shop::{Shop, assert_says};

const PHONE: (&str, &str) = ("phone", "0555 000 00 42");
const CODE: (&str, &str) = ("code", "AAA1");
/// Yes to a code that is asked for, and to one that is checked.
const PAYNET_YES: &str = r#"{"code":0,"message":"ok"}"#;
const PAYTR_YES: &str = r#"{"status":"success","id":"L1","link":"https://example.com/L1"}"#;

/// This answer with so much time before it that everything else comes in between.
fn slowly(json: &str) -> Behaviour {
    let Behaviour::Answer(bytes) = Behaviour::json(json) else {
        panic!("an answer");
    };
    Behaviour::Drip(bytes, Duration::from_millis(3))
}

/// How many requests went to a path that ends so.
fn calls(server: &SocketServer, path: &str) -> usize {
    let wanted = format!("/{path} ");
    let requests = server.requests();
    let calls = requests.iter().filter(|call| call.line.contains(&wanted));
    calls.count()
}

async fn until_called(server: &SocketServer, path: &str) {
    for _ in 0..500 {
        if calls(server, path) > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("{path} was not called");
}

fn session(request: &ReceivedRequest) -> String {
    let body: serde_json::Value = serde_json::from_slice(&request.body).expect("JSON");
    let session = body.pointer("/otp_session_id").and_then(|id| id.as_str());
    session.expect("a session").to_owned()
}

#[tokio::test]
async fn a_double_click_asks_once_and_checks_once() {
    let paynet = SocketServer::start(slowly(PAYNET_YES)).await;
    let shop = Shop::open_with_paynet(&paynet.url()).await;
    let (one, other) = tokio::join!(
        shop.submit("/card", &[PHONE]),
        shop.submit("/card", &[PHONE])
    );
    assert_eq!(calls(&paynet, "send_otp"), 1);
    assert!([one, other].iter().any(|page| page.contains("işleniyor")));

    let (one, other) = tokio::join!(
        shop.submit("/card/verify", &[CODE]),
        shop.submit("/card/verify", &[CODE])
    );
    assert_eq!(calls(&paynet, "check_otp"), 1);
    assert!([&one, &other].iter().any(|page| page.contains("işleniyor")));
    assert!(
        [&one, &other]
            .iter()
            .any(|page| page.contains("Kartınızla"))
    );
}

#[tokio::test]
async fn nothing_is_asked_for_once_the_order_is_paid() {
    let paynet = SocketServer::start(Behaviour::json(PAYNET_YES)).await;
    let shop = Shop::open_with_paynet(&paynet.url()).await;
    shop.submit("/card", &[PHONE]).await;
    let page = shop.submit("/card/verify", &[CODE]).await;
    assert_says(&page, "Kartınızla ödediniz.");
    for (path, form) in [
        ("/card", PHONE),
        ("/card", ("phone", "0555 000 00 43")),
        ("/card/resend", PHONE),
        ("/card/verify", CODE),
        ("/link", PHONE),
        ("/link/another", PHONE),
    ] {
        assert_says(&shop.submit(path, &[form]).await, "Kartınızla ödediniz.");
    }
    assert_eq!(paynet.requests().len(), 2);
    assert_eq!(shop.inbox().await.len(), 0);
}

#[tokio::test]
async fn each_number_has_a_session_of_its_own_and_keeps_it() {
    let paynet = SocketServer::start(Behaviour::json(PAYNET_YES)).await;
    let shop = Shop::open_with_paynet(&paynet.url()).await;
    for end in ["42", "43", "44", "42"] {
        let phone = format!("0555 000 00 {end}");
        shop.submit("/card", &[("phone", &phone)]).await;
        // This Paynet names no wait, so the guard's own minute holds.
        let minute = json!({ "seconds": 60 });
        shop.tell_sandbox("clock/advance", minute).await;
    }
    let sessions: Vec<String> = paynet.requests().iter().map(session).collect();
    let [first, second, third, again] = sessions.as_slice() else {
        panic!("{sessions:?}");
    };
    assert!(first != second && second != third && third != first);
    assert_eq!(first, again, "whoever comes back goes on where they were");
}

#[tokio::test]
async fn a_link_that_may_be_lost_is_made_again_when_the_customer_says_so() {
    let paytr =
        SocketServer::start_script([Behaviour::CloseAfterRequest, Behaviour::json(PAYTR_YES)])
            .await;
    let shop = Shop::open_with_paytr(&paytr.url()).await;
    for _ in 0..2 {
        let page = shop.submit("/link", &[PHONE]).await;
        assert_says(&page, "oluşturulmuş olabilir");
        assert_says(&page, "action=\"/link/another\"");
    }
    assert_eq!(calls(&paytr, "create"), 1);

    let page = shop.submit("/link/another", &[]).await;
    assert_says(&page, "https://example.com/L1");
    // There is one now, so there is no other.
    shop.submit("/link/another", &[]).await;
    assert_eq!(calls(&paytr, "create"), 2);
    assert_eq!(calls(&paytr, "send-sms"), 1);
}

#[tokio::test]
async fn a_link_that_was_certainly_not_made_is_forgotten() {
    let nobody = ClosedPort::take();
    let shop = Shop::open_with_paytr(&nobody.url()).await;
    let page = shop.submit("/link", &[PHONE]).await;
    assert_says(&page, "Ödeme bağlantısı oluşturulamadı.");
}

#[tokio::test]
async fn a_link_that_comes_after_the_card_was_approved_goes_again() {
    let paytr = SocketServer::start(slowly(PAYTR_YES)).await;
    let shop = Shop::open_with_paytr(&paytr.url()).await;
    tokio::join!(
        async {
            let page = shop.submit("/link", &[PHONE]).await;
            assert_says(&page, "Kartınızla ödediniz.");
        },
        async {
            until_called(&paytr, "create").await;
            assert_says(&shop.open_page("/link").await, "işleniyor");
            shop.submit("/card", &[PHONE]).await;
            let code = shop.code().await;
            shop.submit("/card/verify", &[("code", &code)]).await;
            assert_eq!(calls(&paytr, "delete"), 0, "there is nothing to delete yet");
        }
    );
    assert_eq!(calls(&paytr, "delete"), 1);
    assert_eq!(calls(&paytr, "send-sms"), 0);
}

#[tokio::test]
async fn a_card_that_is_approved_while_the_link_is_being_sent_deletes_it() {
    // The next call shall come over a connection of its own, which is a slow one.
    let created = format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{PAYTR_YES}",
        PAYTR_YES.len()
    );
    let script = [
        Behaviour::AnswerAndClose(created.into_bytes()),
        slowly(PAYTR_YES),
    ];
    let paytr = SocketServer::start_script(script).await;
    let shop = Shop::open_with_paytr(&paytr.url()).await;
    tokio::join!(shop.submit("/link", &[PHONE]), async {
        until_called(&paytr, "send-sms").await;
        shop.submit("/card", &[PHONE]).await;
        let code = shop.code().await;
        shop.submit("/card/verify", &[("code", &code)]).await;
    });
    assert_eq!(calls(&paytr, "delete"), 1);
}

/// A call whose customer has left is in nobody's request, and still has to be heard to its end.
#[cfg(unix)]
#[tokio::test]
async fn a_shop_that_is_told_to_stop_hears_the_provider_first() {
    let paynet = SocketServer::start(slowly(r#"{"code":1,"message":"no"}"#)).await;
    let shop = Shop::open_with_paynet(&paynet.url()).await;
    tokio::select! {
        _ = shop.submit("/card", &[PHONE]) => panic!("it takes longer than that"),
        () = until_called(&paynet, "send_otp") => {}
    }
    let ended = shop.stop().await;
    assert!(ended.status.success(), "{}", ended.status);
    let told = String::from_utf8(ended.stderr).expect("text");
    assert!(told.contains("paynet"), "the answer is in the log: {told}");
}
