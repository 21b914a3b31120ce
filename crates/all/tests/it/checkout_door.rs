//! The shop of the checkout example: whom it lets in, and whom it forgets.

use reqwest::{StatusCode, header};

use crate::shop::{Shop, assert_says, cookie_of};

const PHONE: (&str, &str) = ("phone", "0555 000 00 42");

#[tokio::test]
async fn a_form_on_another_site_does_nothing() {
    let shop = Shop::open().await;
    let own = shop.address.as_str();
    let elsewhere: [&[(&str, &str)]; 7] = [
        &[],
        &[("origin", "https://example.com")],
        &[("origin", "null")],
        &[("origin", own), ("sec-fetch-site", "cross-site")],
        &[("origin", own), ("sec-fetch-site", "same-site")],
        &[("sec-fetch-site", "none")],
        &[("sec-fetch-site", "")],
    ];
    for path in [
        "/again",
        "/card",
        "/card/resend",
        "/card/verify",
        "/link",
        "/link/another",
    ] {
        for headers in elsewhere {
            let mut request = shop.form(path).form(&[PHONE, ("code", "AAA1")]);
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let answer = request.send().await.expect("an answer");
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{path} {headers:?}");
            assert_eq!(cookie_of(&answer), None);
        }
    }
    assert_eq!(shop.inbox().await.len(), 0);
}

#[tokio::test]
async fn a_browser_that_says_same_origin_is_let_in() {
    let shop = Shop::open().await;
    let request = shop.form("/card").header("sec-fetch-site", "same-origin");
    // Some referrer policies hide this one.
    let request = request.header(header::ORIGIN, "null").form(&[PHONE]);
    let answer = request.send().await.expect("an answer");
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(shop.inbox().await.len(), 1);
}

#[tokio::test]
async fn a_new_order_is_for_whoever_has_paid() {
    let mut shop = Shop::open().await;
    // A browser that keeps each answer to itself, so that a cookie is seen.
    let policy = reqwest::redirect::Policy::none();
    let browser = reqwest::Client::builder().no_proxy().redirect(policy);
    shop.submit("/card", &[PHONE]).await;
    let code = shop.code().await;
    shop.browser = browser.build().expect("a client");
    let again = || async {
        let form = shop.form("/again").header(header::ORIGIN, &shop.address);
        cookie_of(&form.send().await.expect("an answer"))
    };
    assert_eq!(again().await, None);
    let verify = shop.form("/card/verify").form(&[("code", &code)]);
    let verify = verify.header(header::ORIGIN, &shop.address);
    verify.send().await.expect("an answer");
    assert_ne!(again().await, None);
}

#[tokio::test]
async fn whoever_only_looks_is_forgotten_when_many_do() {
    let shop = Shop::open().await;
    shop.submit("/card", &[PHONE]).await;
    let looked = shop.new_cookie().await;
    assert_eq!(shop.cookie_instead_of(&looked).await, None);
    for _ in 0..1000 {
        shop.new_cookie().await;
    }
    assert_ne!(shop.cookie_instead_of(&looked).await, None);
    assert_eq!(shop.cookie_instead_of(shop.cookie()).await, None);
    assert_says(&shop.open_page("/card").await, "name=\"code\"");
}
