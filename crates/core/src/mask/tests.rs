//! What stays of a text, and what goes.

use proptest::prelude::*;

use super::*;

mod lost;

#[test]
fn ordinary_sentences_stay() {
    for text in [
        "Başarılı İşlem",
        "Basarili islem",
        "Token geçersiz.",
        "TOKEN_IS_NOT_VALID",
        "ERROR_CALLED_OTP_SERVICE_ONE_MORE_TIME_BEFORE_TIMEOUT_EXPIRED",
        "3D Secure gerekli (kod 12).",
        "paytr_token gonderilmedi veya gecersiz",
        "en az 100 TL, en çok 3 taksit",
        "3D-Secure gerekli",
        "ERR_3D_FAILED",
        "HATA_3D_GEÇERSİZ",
        // Thirty-one letters are more bytes.
        "çöğüşıçöğüşıçöğüşıçöğüşıçöğüşıç",
        "RetrievalReferenceNumber gerekli",
        "Telefon/GSM/e-posta/adres",
    ] {
        assert_eq!(masked(text, &["QWER", "s-1", "sepet-elma"]), text);
    }
}

#[test]
fn numbers_addresses_codes_and_tokens_go() {
    for (text, expected) in [
        ("GSM 5550000042 hatalı", "GSM +90 555 *** ** 42 hatalı"),
        ("+90 (555) 000-00-42.", "+90 555 *** ** 42."),
        ("tel 0212 555 00 42, tamam", "tel ***, tamam"),
        ("555/000/00/42", "***"),
        ("555,000_00:42", "***"),
        ("555–000‑00][42", "***"),
        ("kod 1234 yanlış", "kod *** yanlış"),
        ("kod 1,2,3,4", "kod ***"),
        ("kod ART2 yanlış", "kod *** yanlış"),
        ("kod@ART2", "***"),
        (
            "musteri@example.com bulunamadı",
            "m***@example.com bulunamadı",
        ),
        ("<musteri@example.com>", "<m***@example.com>"),
        ("müşteri@örnek.com yok", "m***@örnek.com yok"),
        ("şule@example.com", "ş***@example.com"),
        ("kod ŞİFRE42", "kod ***"),
        ("token 67a40b720d564a878dd46579b3d2eff3", "token ***"),
        ("6489433e-f36b-1410-825e-001264113a90 yok", "*** yok"),
        ("anahtar: abcdefghijklmnopqrstuvwxyzABCDEFG", "anahtar: ***"),
        (
            "musteri@example.com,diger@example.com",
            "m***@example.com,d***@example.com",
        ),
        (
            "https://x/?email=a@b.com&token=67a40b72",
            "https://x/?e***@b.com&***",
        ),
        ("@ . .@.", "@ . ***."),
        ("kart 5406 6700 0000 0009 geçersiz", "kart *** geçersiz"),
    ] {
        assert_eq!(masked(text, &[]), expected);
    }
}

#[test]
fn disguises_do_not_help() {
    for text in [
        "555\u{1}0000042",
        "555\u{200b}000\u{200b}00\u{200b}42",
        "５５５００００００４２",
        "٥٥٥٠٠٠٠٠٤٢",
    ] {
        let shown = masked(text, &[]);
        assert!(
            !shown
                .chars()
                .any(|c| c.is_numeric() && !"+90 555 42".contains(c)),
            "{shown}"
        );
        assert!(shown.contains('*'), "{shown}");
    }
}

#[test]
fn what_the_caller_names_goes_in_whatever_spelling() {
    let hidden = ["sepet-elma", "QWER", "QWERTY", "Ilık", "s-1", "", "a"];
    for (text, expected) in [
        ("oturum sepet-elma yok", "oturum *** yok"),
        ("oturum SEPET-ELMA yok", "oturum *** yok"),
        ("oturum sepet elma yok", "oturum *** yok"),
        ("oturum se\u{0}pet-el\u{200d}ma yok", "oturum *** yok"),
        ("kod qwer", "kod ***"),
        ("kod Q W E R.", "kod ***."),
        ("kod QW\nER", "kod ***"),
        ("oturum S-1 yok", "oturum *** yok"),
        ("sepet-elmasepet-elma", "******"),
        ("oturum sepetelma ve SEPET-ELMA", "oturum *** ve ***"),
        ("kod QWERTY", "kod ***"),
        ("ılık ILIK İLİK ilik", "*** *** *** ***"),
        ("se\u{3164}pet-elma", "***"),
        ("Basic c2VwZXQtZWxtYQ==", "Basic ***=="),
        ("oturum=%73%65%70%65%74%2D%65%6C%6D%61", "oturum=***"),
        ("73657065742d656c6d61", "***"),
        ("sepet%2Delma.", "***."),
    ] {
        assert_eq!(masked(text, &hidden), expected, "{text:?}");
        assert!(holds(text, &hidden));
    }
    assert!(!holds("oturum yok", &hidden));
}

#[test]
fn whatever_an_encoder_escapes_it_goes() {
    let hidden = [
        "ali.veli@example.com",
        "sepet-elma/armut",
        "çilek-elma",
        "s-1",
    ];
    for (text, expected) in [
        (
            "alici ali.veli%40example.com bulunamadi",
            "alici *** bulunamadi",
        ),
        ("ali%2Eveli%40example%2ecom", "***"),
        ("%61li.veli%2540example.com", "***"),
        ("oturum sepet-elma%2Farmut yok", "oturum *** yok"),
        ("oturum sepet+elma/armut yok", "oturum *** yok"),
        ("%C3%A7ilek-elma %c3%87%C4%B0LEK%2Delma", "*** ***"),
        // Latin-1, and a sign between that shows nothing.
        ("%E7ilek%E2%80%8B%E3%85%A4elma", "***"),
        ("s%2D1 yok", "*** yok"),
        ("%%73-1 yok", "%*** yok"),
    ] {
        assert_eq!(masked(text, &hidden), expected, "{text:?}");
        assert!(holds(text, &hidden), "{text:?}");
    }
    assert_eq!(masked("iki+üç yok", &["iki üç"]), "*** yok");
    assert_eq!(masked("ü+ö yok", &["ü ö"]), "*** yok");
    for text in ["yüzde %20 indirim", "%40", "100% ali"] {
        assert_eq!(masked(text, &hidden), text);
        assert!(!holds(text, &hidden), "{text:?}");
    }
}

#[test]
fn what_html_and_json_escape_goes() {
    let hidden = [
        "sepet+elma",
        "Ali & Veli Yılmaz",
        "Ayşe'nin siparişi",
        "a&b",
        "Q\"WER",
        "ali@example.com",
    ];
    for (text, expected) in [
        ("deger Ali &amp; Veli Yılmaz yok", "deger *** yok"),
        ("Ali &amp;amp; Veli Y&#305;lmaz", "***"),
        ("ALI &AMP; VELI Y&#x131;LMAZ.", "***."),
        ("Ayşe&#039;nin siparişi", "***"),
        ("Ay&scedil;e&apos;nin sipari&#351;i", "***"),
        ("sepet&#43;elma sepet&#x2B;elma", "*** ***"),
        ("sepet&plus;elma &#115;epet&hellip;elm&#97;", "*** ***"),
        ("a&amp;b yok", "*** yok"),
        ("ali&commat;example&period;com", "***"),
        (r"oturum sepet\u002Belma yok", "oturum *** yok"),
        (r"oturum sepet\\u002belma yok", "oturum *** yok"),
        (r#"{"ad":"Ali \u0026 Veli Y\u0131lmaz"}"#, r#"{"ad":"***"}"#),
        (r#"{"kod":"Q\"WER"}"#, r#"{"kod":"***"}"#),
        (r"ali@example\u002ecom ali\x40example.com", "*** ***"),
        ("ad=Ali+%26+Veli+Y%u0131lmaz", "ad=***"),
        ("ad=Ali+%26amp%3B+Veli+Y%C4%B1lmaz", "ad=***"),
        (r"sepet\nelma", "***"),
    ] {
        assert_eq!(masked(text, &hidden), expected, "{text:?}");
        assert!(holds(text, &hidden), "{text:?}");
    }
    for text in ["R&D; Ar-Ge", "&amp;", r"C:\users\x", "%u0131", "a & b"] {
        assert!(!holds(text, &hidden), "{text:?}");
    }
}

#[test]
fn a_value_goes_without_its_accents_too() {
    let hidden = ["Çağrı Yılmaz", "ş-1"];
    for (text, expected) in [
        ("sayin CAGRI YILMAZ", "sayin ***"),
        ("sayin Cag\u{306}ri Yilmaz", "sayin ***"),
        ("sayin C\u{327}ağrı YILMAZ", "sayin ***"),
        ("sayin C%CC%A7a%C4%9Fri yilmaz", "sayin ***"),
        ("oturum s\u{327}-1 yok", "oturum *** yok"),
        ("oturum s-1 yok", "oturum *** yok"),
    ] {
        assert_eq!(masked(text, &hidden), expected, "{text:?}");
    }
    assert_eq!(
        masked("sayın Cagri Yilmaz", &["C\u{327}ağrı Yılmaz"]),
        "sayın ***"
    );
    // Of these, one letter is left.
    assert_eq!(masked("a b", &["a\u{301}\u{302}\u{303}"]), "a b");
}

/// What shows nothing may be escaped itself.
#[test]
fn a_short_value_goes_with_what_shows_nothing_in_it() {
    for text in ["s%E2%80%8B-1", "s%00-1", "s&#8203;-1", r"s\u0007-1"] {
        assert_eq!(masked(text, &["s-1"]), "***", "{text:?}");
    }
    for text in ["s%20-1", "s.-1"] {
        assert!(!holds(text, &["s-1"]), "{text:?}");
    }
}

#[test]
fn short_codes_go_in_base64_too() {
    for (text, hidden, expected) in [
        ("kod Pj4+", ">>>", "kod ***"),
        ("kod Pj4-", ">>>", "kod ***"),
        // As mail breaks it.
        ("kod UV\r\ndF", "QWE", "kod ***"),
        ("kod UV.dF", "QWE", "kod ***"),
        ("kod eFFXRVI", "QWER", "kod e***"),
        ("kod UVdF", "QWE", "kod ***"),
        // base64 of "xQWE", of "xyQWE" and of "xyQWEz".
        ("kod eFFXRQ==", "QWE", "kod e***=="),
        ("kod eHlRV0U=", "QWE", "kod eH***="),
        ("kod eHlRV0V6", "QWE", "kod eH***6"),
        // The alphabet of addresses.
        ("kod Pz8_", "???", "kod ***"),
    ] {
        assert_eq!(masked(text, &[hidden]), expected, "{text:?}");
        assert!(holds(text, &[hidden]));
    }
    let codes = ["QWE", "ART", "qwe", "123", "0000", "Abc1", "KOD", "ZZZZ"];
    for text in [
        "Başarılı İşlem, sipariş onaylandı",
        "Basarili islem: musteri telefonu dogrulandi",
        "RetrievalReferenceNumber gerekli",
        "paytr_token gonderilmedi veya gecersiz",
    ] {
        assert_eq!(masked(text, &codes), text);
    }
}

#[test]
fn a_value_that_the_bound_cuts_goes_too() {
    let key = "abcdefghijklmnop";
    let (begin, end) = key.split_at(15);
    for gap in [" ", ".", "/ "] {
        let filled = |count: usize| gap.repeat(count / gap.len());
        // The last letter of the second key is behind the bound.
        let one = format!("{begin}{}{end}", filled(MOST_CHARS / 2));
        let two = format!("{one}{}{key}", filled(MOST_CHARS - one.len() - 15));
        // The whole text is the beginning of one key.
        let far = format!("{begin}{}{end}", filled(MOST_CHARS + 100));
        let escaped = format!("{begin}{}%70", filled(MOST_CHARS - 16));
        for text in [&one, &two, &far, &escaped] {
            let shown = masked(text, &[key]);
            assert!(!shown.contains("abc"), "{shown:?}");
            assert!(shown.starts_with("***"), "{shown:?}");
            assert!(holds(text, &[key]));
        }
    }
    // A word without an end may be anything.
    let endless = format!("{key}{}", "a".repeat(MOST_CHARS));
    assert_eq!(masked(&endless, &[key]), "***");
    assert!(holds(&endless, &[key]));
    // Nor does half an address, half a number or half an escape.
    for word in [
        "musteri@example.com",
        "5550000042",
        "mu&#351;teri",
        "mu\\u015fteri",
        "mu\\u{15f}teri",
        "mu%C5%9Fteri",
    ] {
        for before in 0..word.len() {
            let text = format!("{}{word}", " ".repeat(MOST_CHARS - before));
            let shown = masked(&text, &[]);
            assert!(!shown.contains("mu") && !shown.contains("555"), "{shown}");
        }
    }
    assert_eq!(masked(&" ".repeat(MOST_CHARS), &[key]), "");
}

/// Three letters stand one after the other in any sentence.
#[test]
fn a_value_of_three_letters_is_looked_for_as_it_stands() {
    assert_eq!(masked("kod ABC yok", &["abc"]), "kod *** yok");
    assert_eq!(masked("a b c, ab-c", &["abc"]), "a b c, ab-c");
    assert_eq!(masked("a b c d", &["abcd"]), "***");
}

#[test]
fn a_value_at_the_cut_goes_whole() {
    let text = format!("{}sepet-elma", " ".repeat(MAX_CHARS * 4 - 4));
    assert_eq!(masked(&text, &["sepet-elma"]), "***");
}

#[test]
fn one_line_and_bounded() {
    assert_eq!(masked("bir\r\niki\u{1b}[31m\tüç\0", &[]), "bir iki[31m üç");
    let long = masked(&"çok ".repeat(10_000), &[]);
    assert_eq!(long.chars().count(), MAX_CHARS + 1);
    assert_eq!(masked("son \u{10ffff} harf", &[]), "son \u{10ffff} harf");
}

proptest! {
    #[test]
    fn a_mobile_number_never_survives(
        before in "[a-zçğıöşü .,:]{0,20}",
        rest in "[0-9]{9}",
        after in "[a-zçğıöşü .,:]{0,20}",
    ) {
        let shown = masked(&format!("{before}5{rest}{after}"), &[]);
        let national = format!("5{rest}");
        prop_assert!(!shown.contains(&national), "{}", shown);
    }

    #[test]
    fn a_named_value_never_survives(
        before in "\\PC{0,30}",
        value in "[a-z]{4,12}",
        after in "\\PC{0,30}",
    ) {
        let shown = masked(&format!("{before}{value}{after}"), &[&value]);
        prop_assert!(!shown.contains(&value), "{}", shown);
    }

    #[test]
    fn whichever_characters_are_escaped_a_value_is_found(
        value in "[a-zA-Zçğış@./ &'+-]{5,20}",
        escaped in prop::collection::vec(0_u8..7, 20),
    ) {
        prop_assume!(value.chars().filter(|c| c.is_alphanumeric()).count() > 3);
        let text: String = value.chars().zip(escaped).map(|(c, how)| escape(c, how)).collect();
        prop_assert!(holds(&format!("oturum={text}&"), &[&value]), "{}", text);
    }

    #[test]
    fn any_text_is_one_bounded_line(text in "\\PC{0,600}", value in "\\PC{0,8}") {
        let shown = masked(&text, &[&value]);
        prop_assert!(shown.chars().count() <= MAX_CHARS + 1);
        prop_assert!(!shown.chars().any(char::is_control));
    }
}

/// A character as it is, or escaped in one of several ways, or twice.
fn escape(c: char, how: u8) -> String {
    let percent = match how {
        0 => return c.to_string(),
        1 => "%",
        2 => "%25",
        3 => return format!("&#{};", u32::from(c)),
        4 => return format!("&amp;#x{:x};", u32::from(c)),
        5 => return format!("\\u{:04X}", u32::from(c)),
        _ => return format!("%5Cu{:04x}", u32::from(c)),
    };
    let mut bytes = [0; 4];
    let bytes = c.encode_utf8(&mut bytes).bytes();
    bytes.fold(String::new(), |escaped, byte| {
        escaped + &format!("{percent}{byte:02X}")
    })
}
