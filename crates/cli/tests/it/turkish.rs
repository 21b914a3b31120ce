//! The demo and the results of the commands, in Turkish.

use crate::support::{Served, run};

#[test]
fn the_demo_is_told_in_turkish() {
    let told = run(&["demo", "--lang", "tr"], &[]);
    assert_eq!((told.code, told.stderr.as_str()), (0, ""));
    for said in [
        "Paynet ile kart OTP",
        "5. sekme: koruma Paynet'e hiçbir şey sormuyor",
        "onaylandı; hesap bağlandı",
        "credentials (mağaza kabul etmedi): imza PayTR'nin değil",
        "3 dk",
    ] {
        assert!(told.stdout.contains(said), "{said} in {}", told.stdout);
    }
    for english in ["accepted", "approved", "The ", "inbox"] {
        assert!(
            !told.stdout.contains(english),
            "{english} in {}",
            told.stdout
        );
    }
}

#[test]
fn results_are_said_in_turkish() {
    let served = Served::start();
    let environment = served.environment();
    let turkish = |arguments: &[&str]| {
        let run = run(&[arguments, &["--lang", "tr"]].concat(), &environment);
        format!("{}{}", run.stdout, run.stderr)
    };
    let otp = [
        "--provider",
        "paynet",
        "--to",
        "0555 000 00 42",
        "--session",
        "s-1",
    ];
    assert!(turkish(&["sandbox", "journal"]).contains("henüz hiçbir çağrı gelmedi"));
    assert!(turkish(&["sandbox", "messages"]).contains("mesaj yok"));
    assert!(
        turkish(&[&["otp", "send"], &otp[..]].concat()).contains("kabul edildi: +90 555 *** ** 42")
    );
    let code = run(&["sandbox", "wait", "--otp"], &environment).stdout;
    let verify = [&["otp", "verify", "--code", code.trim()], &otp[..]].concat();
    assert!(turkish(&verify).contains("onaylandı"));
    assert!(turkish(&["sandbox", "fault", "list"]).contains("hata kuralı yok"));
    let late = turkish(&["sandbox", "fault", "set", "delay", "--ms", "120001"]);
    assert!(
        late.contains("sandbox diyor ki: fault.ms 1 ile 120000 arasında olmalı"),
        "{late}"
    );
    let other = ["sandbox", "fault", "set", "html", "--operation", "callback"];
    let other = turkish(&other);
    assert!(other.contains("operation bu sağlayıcının işlemlerinden biri değil"));
    assert!(turkish(&["sandbox", "clock"]).contains("sn ileride"));
    assert!(
        turkish(&["sandbox", "wait", "--after", "99", "--timeout-ms", "10"])
            .contains("10 ms içinde mesaj gelmedi")
    );
    assert!(turkish(&["sandbox", "reset"]).contains("sandbox baştaki haline döndü"));
}

#[test]
fn links_and_tokens_are_said_in_turkish() {
    let served = Served::start();
    let environment = [
        ("LANG", "tr_TR.UTF-8"),
        ("PAYTR_ENV", "sandbox"),
        (
            "PAYTR_BASE_URL",
            served.addresses["paytr"].as_str().expect("an address"),
        ),
        ("PAYTR_MERCHANT_ID", "100001"),
        ("PAYTR_MERCHANT_KEY", "sandbox-merchant-key"),
        ("PAYTR_MERCHANT_SALT", "sandbox-merchant-salt"),
        ("PAYWALL_ENV", "sandbox"),
        ("PAYWALL_BASE_URL", served.paywall()),
        ("PAYWALL_PRIVATE_KEY", "test-key"),
        ("PAYWALL_PRIVATE_CLIENT", "test-client"),
    ];
    let said = |arguments: &[&str]| {
        let run = run(arguments, &environment);
        (run.code, format!("{}{}", run.stdout, run.stderr))
    };
    let create = [
        "link",
        "create",
        "--name",
        "Çiçek",
        "--price",
        "14.45",
        "--product",
    ];
    let (code, created) = said(&create);
    assert_eq!(code, 0);
    assert!(created.starts_with("oluşturuldu: "), "{created}");
    let id = created
        .trim_start_matches("oluşturuldu: ")
        .split(',')
        .next()
        .expect("an id");
    let (code, sent) = said(&["link", "sms", "--id", id, "--to", "0555 000 00 42"]);
    assert!(
        code == 0 && sent.contains("ulaşıp ulaşmadığı bildirilmez"),
        "{sent}"
    );
    let (code, deleted) = said(&["link", "delete", "--id", id]);
    assert!(code == 0 && deleted.starts_with("silindi: "), "{deleted}");
    let (code, gone) = said(&["link", "sms", "--id", id, "--to", "0555 000 00 42"]);
    assert!(
        code == 3 && gone.contains("Bu id ile bir link yok."),
        "{gone}"
    );
    let token = [
        "token", "explain", "--call", "delete", "--id", "NB2Zlz3", "--expect", "AAAA",
    ];
    let (code, explained) = said(&token);
    assert!(
        code == 3 && explained.contains("beklenen token yanlış"),
        "{explained}"
    );
    let trigger = [
        "callback",
        "trigger",
        "--callback-id",
        "A1",
        "--price",
        "1",
        "--to",
    ];
    let (code, nobody) = said(&[&trigger[..], &["http://127.0.0.1:9/"]].concat());
    assert!(
        code == 7 && nobody.contains("şimdi: adresi kontrol edin"),
        "{nobody}"
    );
    let customer = ["--reference", "r", "--user", "u", "--to", "0555 000 00 42"];
    let (code, opened) = said(&[&["masterpass", "session"], &customer[..]].concat());
    assert!(
        code == 0 && opened.starts_with("açıldı: oturum "),
        "{opened}"
    );
    let session = opened
        .trim_start_matches("açıldı: oturum ")
        .split(';')
        .next();
    let (code, linked) = said(&["masterpass", "link", "--session", session.expect("one")]);
    assert!(
        code == 0 && linked.contains("kodu kartın bankası gönderiyor"),
        "{linked}"
    );
}
