//! Turkish and English, quiet and verbose, colours, and what to do next.

use serde_json::Value;

use crate::support::{SEND, Served, paynet, rows, run, run_json};

/// Commands one after another, what each exits with, and what it says.
const TURKISH: &str = "
    sandbox journal => 0 => henüz hiçbir çağrı gelmedi
    sandbox messages => 0 => mesaj yok
    otp send --to 05550000042 --session s => 0 => kabul edildi: +90 555 *** ** 42 için bir kod; yenisi 3 dk
    otp verify --to 05550000042 --session s --code CODE => 0 => onaylandı: +90 555 *** ** 42
    sandbox journal => 0 => paynet check_otp  kabul edildi, HTTP 200
    sandbox journal => 0 => gönderdiği mesaj: #1
    sandbox fault list => 0 => hata kuralı yok
    sandbox fault set delay --ms 120001 => 2 => sandbox diyor ki: fault.ms 1 ile 120000 arasında olmalı
    sandbox fault set html --operation callback => 2 => operation bilinmiyor; bilinenler: paynet: send_otp
    sandbox fault set html --times 2 => 0 => #1 html  her çağrı, sonraki 2 çağrı
    sandbox fault clear => 0 => hata kuralı yok
    sandbox fault set html --code 100 => 2 => fault.code 200 ile 599 arasında bir HTTP durum kodu olmalı ya da verilmemeli
    sandbox fault set html --code 403 --operation verify_otp => 0 => #2 html code=403
    otp verify --to 05550000042 --session s --code 1 => 6 => kod denetlenmiş ve kullanılmış olabilir (unreadable)
    sandbox fault clear => 0 => hata kuralı yok
    sandbox clock => 0 => (0 sn ileride)
    sandbox wait --after 99 --timeout-ms 10 => 8 => 10 ms içinde mesaj gelmedi
    token explain --call delete --id A --expect AAAA => 3 => beklenen token yanlış: bilinen hatalardan hiçbiri değil
    callback trigger --callback-id A1 --price 1 --to http://127.0.0.1:9/ => 7 => şimdi: adresi kontrol edin
";

/// The results of every command that has some, each on what the ones before have left.
#[test]
fn results_are_said_in_turkish() {
    let served = Served::start();
    let mut environment = served.environment();
    environment.push(("LANG", "tr_TR.UTF-8"));
    let said = |line: &str, code, said: &[&str]| {
        let run = run(line, &environment);
        run.says(code, said);
        run.stdout
    };
    let after = |text: &str, start: &str| -> String {
        let rest = text.split_once(start).expect(start).1;
        rest.split([',', ';', ' ', '\n'])
            .next()
            .expect("a word")
            .to_owned()
    };
    for [line, code, turkish] in rows(TURKISH) {
        let otp = run("sandbox wait --otp --timeout-ms 0", &environment).stdout;
        let code = code.parse().expect("a number");
        said(&line.replace("CODE", otp.trim()), code, &[turkish]);
    }
    let created = said(
        "link create --name Çiçek --price 14.45 --product",
        0,
        &["oluşturuldu: "],
    );
    let id = after(&created, "oluşturuldu: ");
    let sms = format!("link sms --id {id} --to '0555 000 00 42'");
    said(&sms, 0, &["ulaşıp ulaşmadığı bildirilmez"]);
    said(&format!("link delete --id {id}"), 0, &["silindi: "]);
    said(&sms, 3, &["Bu id ile bir bağlantı yok."]);
    let open = "masterpass session --reference r --user u --to '0555 000 00 42'";
    let opened = said(open, 0, &["açıldı: oturum ", "; süresi "]);
    let session = after(&opened, "oturum ");
    let linked = [
        "kodu kartın bankası gönderiyor",
        "doğrulamak için: onay",
        "--code KOD",
    ];
    said(&format!("masterpass link --session {session}"), 0, &linked);
    let taken = served.address("listen").trim_start_matches("http://");
    let taken = format!("sandbox serve --listen {taken}");
    let said_of_it = [
        "dolu: orada başka bir program dinliyor",
        "bir sandbox ise onu kullanın: onay sandbox messages",
    ];
    said(&taken, 1, &said_of_it);
    said("sandbox reset", 0, &["sandbox baştaki haline döndü"]);
}

#[test]
fn the_locale_decides_and_lang_wins() {
    let turkish = |line: &str, variables: &[(&str, &str)]| {
        run(line, variables).stdout.contains("ayarlanmamış")
    };
    let locale = [("LANG", "tr_TR.UTF-8")];
    assert!(turkish("doctor", &locale));
    assert!(!turkish("doctor", &[]));
    assert!(!turkish("doctor --lang en", &locale));
    assert!(!turkish("doctor --lang EN", &locale));
    assert!(turkish("--lang TR doctor", &[("LANG", "en_US.UTF-8")]));
    assert!(!turkish("doctor", &[locale[0], ("LC_ALL", "C.UTF-8")]));
    assert!(turkish("doctor", &[locale[0], ("LC_ALL", "")]));
    let messages = [("LANG", "en_US.UTF-8"), ("LC_MESSAGES", "tr_CY")];
    assert!(turkish("doctor", &messages));
}

#[test]
fn json_is_the_same_in_both_languages() {
    let served = Served::start();
    let environment = served.environment();
    for line in [
        "explain paynet",
        "explain --kind expired",
        "explain paynet nope",
        "doctor",
        "otp send",
        "otp send --to 0212 --session s",
        "sandbox clock --tenant nobody",
        "sandbox wait --timeout-ms x",
        "sandbox wait --timeout-ms 10",
        "sandbox journal",
        "sandbox serve --paytr-merchant no-such-file",
    ] {
        let [english, turkish] = ["en", "tr"].map(|language| {
            let run = run_json(&format!("{line} --lang {language}"), &environment);
            (run.code, run.stdout, run.stderr)
        });
        assert_eq!(english, turkish, "{line}");
    }
}

#[test]
fn verbose_traces_our_own_and_rust_log_wins() {
    let served = Served::start();
    let traced = |more: &str, rust_log: Option<&str>| {
        let mut environment = served.environment();
        environment.extend(rust_log.map(|filter| ("RUST_LOG", filter)));
        let run = run(&format!("{SEND} {more}"), &environment);
        for secret in ["canary", "000 00 42"] {
            assert!(!run.stderr.contains(secret), "{}", run.stderr);
        }
        run.stderr
    };
    assert_eq!(traced("--quiet", None), "");
    assert!(traced("-v", None).contains("onay.call"));
    for line in traced("-vv", None)
        .lines()
        .filter(|line| line.contains(" DEBUG ") || line.contains(" TRACE "))
    {
        assert!(line.contains("onay"), "our own alone: {line}");
    }
    for (filter, is_traced) in [("", true), (" ", true), ("off", false)] {
        let traced = traced("-v", Some(filter));
        assert_eq!(traced.contains("onay.call"), is_traced, "{filter:?}");
    }
    let unreachable = run_json(&format!("-v {SEND}"), &paynet("http://127.0.0.1:9"));
    let last = unreachable.stderr.lines().last().expect("a line");
    let error: Value = serde_json::from_str(last).expect("the error is the last line");
    assert_eq!(error["error"]["kind"], "unreachable");
}

#[test]
fn quiet_prints_the_result_alone() {
    let served = Served::start();
    let sent = run(&format!("{SEND} -q"), &served.environment());
    assert_eq!((sent.code, sent.stderr.as_str()), (0, ""));
    assert!(sent.stdout.starts_with("accepted"), "{}", sent.stdout);
}

#[test]
fn colours_are_asked_for_in_every_usual_way() {
    let colored =
        |line: &str, variables: &[(&str, &str)]| run(line, variables).stdout.contains('\u{1b}');
    let explain = "explain paynet 5";
    let forced = ("CLICOLOR_FORCE", "1");
    assert!(!colored(explain, &[]), "no terminal");
    assert!(colored(explain, &[forced]));
    assert!(!colored(explain, &[forced, ("NO_COLOR", "1")]));
    let always = "explain paynet 5 --color always";
    assert!(colored(always, &[("NO_COLOR", "1")]), "the flag wins");
    assert!(!colored("explain paynet 5 --color never", &[forced]));
}
