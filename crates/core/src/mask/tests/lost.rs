//! What goes although it was escaped in part, misread or lost in part.

use proptest::prelude::*;

use super::super::{holds, masked};

#[test]
fn a_value_with_escapes_of_its_own_goes_escaped_in_part() {
    let url = "https://shop.example.com/?a=%2Fb&sepet=elmali";
    for (value, text, expected) in [
        (
            "%20 indirim: Ayşe & Ali",
            "urun %20 indirim: Ayşe &amp; Ali yok",
            "urun %20 *** yok",
        ),
        (
            "%20 indirim: Ayşe & Ali",
            r"urun %20 indirim: Ay\u015fe & Ali yok",
            "urun %20 *** yok",
        ),
        (r"Qw\nerty&uiop", r"key Qw\nerty&amp;uiop", "key ***"),
        (r"Qw\nertyuiop", r"key Qw\nertyuiop", "key ***"),
        (url, &url.replace('&', "&amp;"), "***"),
        (url, &url.replace('/', r"\/"), "***"),
        // Its escapes are escapes of escapes, and so are those of the text.
        (
            "%2520 indirim & Ali",
            "%2520 indirim &amp;amp; Ali yok",
            "%*** *** yok",
        ),
        // Three letters are left of it.
        ("%41%42%43", "kod &#65;%42%43 yok", "kod *** yok"),
    ] {
        assert_eq!(masked(text, &[value]), expected, "{text}");
        assert!(holds(text, &[value]), "{text}");
    }
    // What its escapes leave is looked for only where a text has escapes as well.
    for (value, text) in [
        ("%20 indirim", "indirim uygulanmaz"),
        ("%20 indirim: Ayşe & Ali", "yüzde %20 indirim"),
        ("%2520 indirim", "%41 indirim"),
        ("%201", "%411 taksit 1"),
    ] {
        assert_eq!(masked(text, &[value]), text);
        assert!(!holds(text, &[value]), "{text}");
    }
}

#[test]
fn digits_of_other_scripts_are_alike_on_both_sides() {
    let hidden = ["120 m² depo, Ayşe Yılmaz", "ş²1"];
    for (text, expected) in [
        ("120 m&#178; depo, Ay&#351;e Y&#305;lmaz yok", "*** yok"),
        ("120 m² depo, Ayşe Yılmaz yok", "*** yok"),
        ("120 m%C2%B2 depo, Ay%C5%9Fe Y%C4%B1lmaz yok", "*** yok"),
        (
            "120 m\u{fffd} depo, Ay\u{fffd}e Y\u{fffd}lmaz yok",
            "*** yok",
        ),
        ("120 mÂ² depo, AyÅŸe YÄ±lmaz yok", "*** yok"),
        ("ş&#178;1 yok", "*** yok"),
    ] {
        assert_eq!(masked(text, &hidden), expected, "{text}");
        assert!(holds(text, &hidden), "{text}");
    }
    assert_eq!(masked("12 m² depo yok", &hidden), "12 m* depo yok");
    assert_eq!(masked("m&#178; yok", &hidden), "m&#178; yok");
}

#[test]
fn a_value_goes_although_letters_were_lost_or_misread() {
    let hidden = [
        "Çağrı Yılmaz",
        "Çiçek Şöleni İğde",
        "Søren Kierkegård",
        "Željko Šimić",
        "Ali – Gülşen’in",
        "Ayşe",
        "Işık",
        "Özden (Çınar)",
    ];
    for (text, expected) in [
        (
            "ad: \u{fffd}i\u{fffd}ek \u{fffd}\u{fffd}leni \u{fffd}\u{fffd}de yok",
            "ad: *** yok",
        ),
        (
            "sayin \u{fffd}a\u{fffd}r\u{fffd} Y\u{fffd}lmaz",
            "sayin ***",
        ),
        ("sayin ?A?R? Y?LMAZ yok", "sayin *** yok"),
        ("sayin Ça?r? - Y?lmaz yok", "sayin *** yok"),
        ("sayin Ça%3Fr%3F+Y%3Flmaz yok", "sayin *** yok"),
        ("sayin %C7a%F0r%FD Y%FDlmaz yok", "sayin *** yok"),
        // Turkish read as Latin-1, and UTF-8 as an alphabet of Windows and of ISO.
        ("sayin Çaðrý Yýlmaz", "sayin ***"),
        ("sayin Ã‡aÄŸrÄ± YÄ±lmaz", "sayin ***"),
        ("sayin Ã\u{87}aÄ\u{9f}rÄ± YÄ±lmaz", "sayin ***"),
        ("sayin Ã&#135;aÄ&#8203;&#159;rÄ± YÄ±lmaz", "sayin ***"),
        ("sayin Ça?r? Y?l&#7;ma&#8203;z yok", "sayin *** yok"),
        ("S&oslash;ren Kierkeg&aring;rd yok", "*** yok"),
        ("&Zcaron;eljko &Scaron;imi&cacute; yok", "*** yok"),
        ("Ali ? G?l?en?in yok", "*** yok"),
        (r"\u{c7}a\u{11f}r\u{131} Y\u{131}lmaz yok", "*** yok"),
        ("&Ccedil;a&gbreve;r&inodot; Y&inodot;lmaz", "***"),
        ("I&scedil;&inodot;k yok", "*** yok"),
        ("Ay&#351;e yok", "*** yok"),
        (
            "?zden&nbsp;&#160; ?inar, ?zden ??nar yok",
            "?zden&nbsp;&#160; ?inar, *** yok",
        ),
    ] {
        assert_eq!(masked(text, &hidden), expected, "{text}");
        assert!(holds(text, &hidden), "{text}");
    }
}

#[test]
fn what_only_shares_letters_with_a_name_stays() {
    let hidden = [
        "Güler",
        "Gülşen",
        "Şener",
        "Çetin",
        "Şenler",
        "Ünlü",
        "Çelikler",
        "Ayşe",
        "Doğan",
        "Öznur",
    ];
    for text in [
        "Bilgiler hatalı, enerji yok",
        "gülen yüzler, gelen paketler",
        "ödemeyenler üyelikler",
        "ürünü etine göre seçiniz",
        "onay çekildi",
        "kod onay?",
        "kodu iyi anla",
        "&Uuml;ye giri&#351;i gerekli",
    ] {
        let stays = masked(text, &hidden);
        assert!(!stays.contains("***"), "{stays}");
        assert!(!holds(text, &hidden), "{text}");
    }
}

#[test]
fn numbers_addresses_and_tokens_go_escaped_too() {
    for (text, expected) in [
        (
            "numara 555&nbsp;000&nbsp;00&nbsp;42, posta ali.veli&#64;example.com",
            "numara ***, posta ***",
        ),
        ("posta ali.veli&commat;example.com yok", "posta *** yok"),
        ("posta ali.veli%40example.com, yok", "posta ***, yok"),
        ("posta ali.veli%2540example.com yok", "posta *** yok"),
        (r"posta ali.veli\u0040example.com yok", "posta *** yok"),
        (r"posta ali\u{40}example.com yok", "posta *** yok"),
        ("posta &#351;ule@example.com yok", "posta *** yok"),
        ("posta:ali@example%2Ecom&kod:12", "posta:***&kod:12"),
        (r"no 555\t000\t00\t42 yok", "no *** yok"),
        ("no 555&#8203;000&#8203;00&#8203;42 yok", "no *** yok"),
        ("no 555%E3%85%A4000%E3%85%A400%E3%85%A442 yok", "no *** yok"),
        ("posta ali%E2%80%8Bveli@example.com yok", "posta *** yok"),
        ("no %35%35%35 000 00 42 yok", "no *** yok"),
        ("no 1&nbsp;2&nbsp;3&nbsp;4 yok", "no *** yok"),
        // Of another script.
        ("no %EF%BC%95%EF%BC%95%EF%BC%95%EF%BC%90 yok", "no *** yok"),
        ("kod A%52T2 yok", "kod *** yok"),
        ("kod &#x41;&#x52;&#x54;&#x32; yok", "kod *** yok"),
        // Without an escape it is masked as ever.
        (
            "<b>5550000042</b>&nbsp;musteri@example.com",
            "<b>+90 555 *** ** 42</b>&nbsp;m***@example.com",
        ),
    ] {
        assert_eq!(masked(text, &[]), expected);
    }
    for text in [
        "yüzde %20 indirim, %40 ve %50",
        "1&nbsp;2&nbsp;3 taksit",
        "Ge&ccedil;ersiz i&#351;lem, l&uuml;tfen tekrar deneyin.",
        r"Hata:\n kod 12\t yok",
        "ERR&#95;3D",
    ] {
        assert_eq!(masked(text, &[]), text);
    }
}

proptest! {
    #[test]
    fn whatever_became_of_its_letters_a_name_is_found(
        name in "[a-z]{4}[a-zçğıöşü &./]{2,20}[a-zçğıöşü]",
        lost in prop::sample::select(vec!["?", "\u{fffd}", "ý", "Ä±", "&frac34;", "%F0", "\\u{15f}"]),
    ) {
        let text: String = name
            .chars()
            .map(|c| if c.is_ascii() { c.to_string() } else { lost.to_owned() })
            .collect();
        prop_assert!(holds(&format!("sayın {text} yok"), &[&name]), "{}", text);
    }
}
