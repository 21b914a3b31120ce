//! Rules for faults: what is typed, which have their turn, and what is said of them.

use onay_sandbox::{Fault, FaultRule, Sandbox};
use serde_json::json;

use crate::browser::Browser;
use crate::clients::{NUMBER, send};
use crate::page::Page;

pub(crate) async fn says_what_was_mistyped(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let page = Page::open_at(browser, &sandbox, "/?lang=tr").await;
    page.says("at('fault-setter').open = true").await;
    let told = |field: &str, word: &str| {
        format!(
            "at('{field}').matches(':focus[aria-invalid]') \
             && at('{field}').getAttribute('aria-describedby') === at('fault-problem').id \
             && at('fault-problem').textContent.includes('{word}')"
        )
    };
    for detail in ["üç", "0", "1e3", "999999"] {
        page.fill("fault-detail", detail).await;
        page.click("set-fault").await;
        page.until(detail, &told("fault-detail", "bir tam sayı girin"))
            .await;
    }
    page.fill("fault-detail", "10").await;
    page.until("excused", "!document.querySelector('[aria-invalid]')")
        .await;
    page.fill("fault-amount", "").await;
    page.click("set-fault").await;
    page.until("none", &told("fault-amount", "1000000")).await;
    page.choose("fault-often", "chance").await;
    for amount in ["üç", "%0", "101", "Infinity", "10%%"] {
        page.fill("fault-amount", amount).await;
        page.click("set-fault").await;
        page.until(amount, &told("fault-amount", "bir yüzde girin"))
            .await;
    }
    assert!(sandbox.faults().is_empty());
    for (place, amount) in ["%10", "10%", "% 10", "10,5", "10"].into_iter().enumerate() {
        page.fill("fault-amount", amount).await;
        page.click("set-fault").await;
        page.until(amount, &format!("all('rule').length === {}", place + 1))
            .await;
    }
    let shown = "all('rule').map((one) => /[0-9.]+ %/.exec(one.textContent)[0]).join()";
    assert_eq!(
        page.says(shown).await,
        json!("10 %,10 %,10 %,10.5 %,10 %"),
        "none without an end"
    );
}

pub(crate) async fn marks_what_never_strikes(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let send = |fault| FaultRule::new(fault).operation("send_otp");
    for rule in [
        send(Fault::Html(200)).chance(0.5),
        send(Fault::Empty).times(3),
        FaultRule::new(Fault::RenewSession),
        send(Fault::Html(200)),
        send(Fault::Status(503)),
        FaultRule::new(Fault::UnknownCode),
        FaultRule::new(Fault::RotateToken),
        FaultRule::new(Fault::Empty).tenant("paynet-0000000000000000"),
    ] {
        sandbox.fault(rule).expect("a rule");
    }
    let page = Page::open(browser, &sandbox).await;
    page.until("all", "all('rule').length === 8").await;
    let never = "all('rule').map((one) => Number(one.dataset.reached === 'never')).join('')";
    assert_eq!(page.says(never).await, json!("00001011"));
    let says = "all('rule')[4].textContent.includes('Never fires')";
    assert_eq!(page.says(says).await, json!(true));
    page.has_no_complaints().await;
}

pub(crate) async fn speaks_turkish_of_faults(browser: Browser) {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let page = Page::open_at(browser, &sandbox, "/?lang=tr").await;
    let once = FaultRule::new(Fault::Status(503)).times(1);
    sandbox.fault(once).expect("a rule");
    let _ = send(&sandbox, "s-1", NUMBER).await;
    let _ = send(&sandbox, "s-2", "0555 000 96 01").await;
    let _ = send(&sandbox, "s-3", NUMBER).await;
    let _ = send(&sandbox, "s-3", NUMBER).await;
    let said = "JSON.stringify(all('doctor-line').filter((one) => one.checkVisibility())\
                .map((one) => [one.querySelector('strong').textContent, \
                one.lastElementChild.lang, one.lastElementChild.textContent.slice(0, 27)]))";
    // The English of a provider's own refusal is not repeated here.
    let said_so = format!(
        "(() => {{ const said = JSON.parse({said}); return said.length === 3 \
         && said[0].slice(0, 2).join() === 'Neden (İngilizce),en' \
         && said[1].join() === 'Neden,tr,Sihirli numara 0555 000 96 ' \
         && said[2].join() === 'Neden,tr,Eklenen hata: HTTP durumu, '; }})()"
    );
    // As it comes, and as it is rendered.
    page.until("live", &said_so).await;
    let read = reqwest::Client::builder().no_proxy().build();
    let read = read
        .expect("a client")
        .get(format!("{}/?lang=tr", sandbox.url()));
    let html = read.send().await.expect("a page");
    let html = html.text().await.expect("a page");
    assert!(html.contains("Sihirli numara 0555 000 96 xx: hiçbir şey gitmez"));
    assert!(html.contains("Eklenen hata: HTTP durumu, gövdesiz"));
    assert!(html.contains("<strong>Neden (İngilizce)</strong> <span lang=\"en\""));
    page.has_no_complaints().await;
}
