//! The exact bytes of all four calls, and what never becomes one.

use onay_core::{EmailAddress, ErrorKind, LinkId, LinkNotifier, PhoneNumber};
use onay_paytr_link::{CollectionLink, Environment};
use onay_testkit::ClosedPort;

use crate::support::{answering, builder, email, link, notice, paytr, phone, product, subject};

const YES: &str =
    r#"{"status":"success","id":"NB2Zlz3","link":"https://www.paytr.com/link/NB2Zlz3"}"#;

#[tokio::test]
async fn every_call_is_byte_for_byte_what_the_official_samples_send() {
    let (paytr, server) = answering(YES).await;
    let collection = CollectionLink::new(
        "Fatura 2024/17",
        "350 TL".parse().expect("a price"),
        email(),
    );
    let collection = collection
        .and_then(|link| link.max_installment(6))
        .expect("a collection");
    paytr.notify(&notice(phone())).await.expect("accepted");
    paytr.notify(&notice(email())).await.expect("accepted");
    paytr
        .delete(&[link(), LinkId::parse("xNK7erZ").expect("a link")])
        .await
        .expect("deleted");
    paytr.create(product()).await.expect("created");
    paytr.create(collection).await.expect("created");
    let sent: Vec<(String, String)> = server
        .requests()
        .iter()
        .map(|request| {
            assert_eq!(
                request.header("content-type"),
                Some("application/x-www-form-urlencoded")
            );
            (request.line.clone(), request.text())
        })
        .collect();
    let post = |call: &str| format!("POST /odeme/api/link/{call} HTTP/1.1");
    let expected = [
        (
            post("send-sms"),
            "merchant_id=123456&id=NB2Zlz3&cell_phone=05551234567&debug_on=1&paytr_token=i1i6HmTzhx96RyqZVq5AFMotWHrKSqZRQT%2FAVfcfL94%3D",
        ),
        (
            post("send-email"),
            "merchant_id=123456&id=NB2Zlz3&email=musteri%40example.com&debug_on=1&paytr_token=fi4OI7RdqqbxHk7ne1FJQEP95EeBAZUsz%2BcblhGtXek%3D",
        ),
        (
            post("delete"),
            "merchant_id=123456&id=NB2Zlz3%2CxNK7erZ&debug_on=1&paytr_token=fKC3SxaVWi2AxGVA%2BNHsJkCi0IX65zO15v5h89WTCWo%3D",
        ),
        (
            post("create"),
            "merchant_id=123456&name=%C3%87i%C3%A7ek+%C5%9E%C3%B6leni+%C4%B0%C4%9Fde&price=1445&currency=TL&max_installment=1&link_type=product&lang=tr&min_count=1&email=&expiry_date=&max_count=&callback_link=&callback_id=&debug_on=1&get_qr=0&paytr_token=Iz%2FCqXkmxlx%2BSQQuvkirFid2rzEvNAYqMrVfkYWZwD4%3D",
        ),
        (
            post("create"),
            "merchant_id=123456&name=Fatura+2024%2F17&price=35000&currency=TL&max_installment=6&link_type=collection&lang=tr&min_count=&email=musteri%40example.com&expiry_date=&max_count=&callback_link=&callback_id=&debug_on=1&get_qr=0&paytr_token=Wq0O%2B%2BnMBmGP5KJtAKnN%2Bm8bGhzvOg86u4%2FY6rcCQwU%3D",
        ),
    ];
    assert_eq!(sent.len(), expected.len());
    for (sent, (line, body)) in sent.iter().zip(&expected) {
        assert_eq!((&sent.0, sent.1.as_str()), (line, *body));
    }
}

#[tokio::test]
async fn every_option_is_posted_where_it_belongs() {
    let (paytr, server) = answering(YES).await;
    let product = product()
        .max_count(20)
        .and_then(|link| link.expires_at("2026-12-31 23:59:59"))
        .and_then(|link| link.callback("http://127.0.0.1:8080/paid", "ORDER1"))
        .expect("a product");
    paytr.create(product).await.expect("created");
    let body = server.requests()[0].text();
    for part in [
        "&expiry_date=2026-12-31+23%3A59%3A59&max_count=20&",
        "&callback_link=http%3A%2F%2F127.0.0.1%3A8080%2Fpaid&callback_id=ORDER1&",
        "&debug_on=1&get_qr=0&paytr_token=",
    ] {
        assert!(body.contains(part), "{part} in {body}");
    }
}

#[tokio::test]
async fn what_paytr_would_not_take_never_leaves() {
    let (paytr, server) = answering(YES).await;
    let foreign = PhoneNumber::parse("+49 1512 3456789").expect("a number");
    let turkish = EmailAddress::parse("müşteri@example.com").expect("an address");
    for (recipient, argument) in [(notice(foreign), "phone"), (notice(turkish), "email")] {
        let error = paytr.notify(&recipient).await.expect_err(argument);
        assert_eq!(error.kind(), ErrorKind::Unsupported);
        assert_eq!(subject(&error), Some(argument));
        assert!(error.operation().is_some());
    }
    let comma = LinkId::parse("NB2Zlz3,xNK7erZ").expect("a link");
    let eleven = vec![link(); 11];
    for (error, field) in [
        (
            paytr.send_sms(&comma, &phone()).await.expect_err("comma"),
            "link",
        ),
        (paytr.delete(&[]).await.expect_err("none"), "links"),
        (paytr.delete(&eleven).await.expect_err("eleven"), "links"),
    ] {
        assert_eq!(
            (error.kind(), subject(&error)),
            (ErrorKind::InvalidInput, Some(field))
        );
    }
    assert_eq!(server.connections(), 0);
    // A loopback address hears of no payment but the sandbox's.
    let paytr = self::paytr("https://no-such-host.invalid");
    let product = product().callback("http://127.0.0.1:8080/paid", "ORDER1");
    let error = paytr.create(product.expect("a product")).await;
    assert_eq!(subject(&error.expect_err("refused")), Some("callback_link"));
    // A sandbox behind TLS is on this machine too.
    let closed = ClosedPort::take();
    let paytr = self::paytr(&closed.url().replacen("http:", "https:", 1));
    for to in ["http://127.0.0.1:8080/paid", "https://[::1]:8443/paid"] {
        let product = self::product().callback(to, "ORDER1").expect(to);
        let error = paytr.create(product).await.expect_err("no server is there");
        assert_eq!(error.kind(), ErrorKind::Unreachable, "{to}: {error}");
    }
}

#[tokio::test]
async fn the_last_environment_decides_whether_errors_are_explained() {
    use Environment::{Live, Sandbox, Test};

    let (_, server) = answering(YES).await;
    let cases: [(&[Environment], Option<bool>, &str); 8] = [
        (&[Test], None, "1"),
        (&[Sandbox], None, "1"),
        (&[Live], None, "0"),
        (&[Test, Live], None, "0"),
        (&[Live, Test], None, "1"),
        (&[], None, "0"),
        (&[Live], Some(true), "1"),
        (&[Test], Some(false), "0"),
    ];
    for (environments, told, expected) in cases {
        let mut builder = builder(&server.url());
        if let Some(told) = told {
            builder = builder.debug_on(told);
        }
        let builder = environments.iter().fold(builder, |builder, environment| {
            builder.environment(*environment)
        });
        let paytr = builder.build().expect("built");
        paytr.send_sms(&link(), &phone()).await.expect("accepted");
        let sent = server.requests().pop().expect("a request").text();
        let field = format!("&debug_on={expected}&");
        assert!(sent.contains(&field), "{environments:?} {told:?}: {sent}");
    }
}
