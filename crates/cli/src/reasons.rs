//! The library's own reasons, in Turkish. The library says them in English; what is not here, and
//! what a provider says, stays as it is.

use onay::Error;

use crate::language::Words;

/// The reason in Turkish, where it is one of the library's.
pub(crate) fn turkish(reason: &str) -> &str {
    let found = KNOWN.iter().find(|(english, _)| *english == reason);
    found.map_or(reason, |(_, turkish)| turkish)
}

/// Why, in both languages, without the provider and the field.
pub(crate) fn words(error: &Error) -> Words {
    let reason = error.message().unwrap_or_default();
    Words::new(turkish(reason), reason)
}

#[rustfmt::skip]
const KNOWN: &[(&str, &str)] = &[
    // Settings.
    ("is not set", "tanımlı değil"),
    ("is not set: name one, or a base URL", "tanımlı değil: bir ortam ya da adres belirtin"),
    ("is none of the environments, such as test, live or sandbox", "bilinen bir ortam değil; örneğin test, live ya da sandbox olmalı"),
    ("is empty", "boş"),
    ("holds a blank, a newline or another character that no key holds", "boşluk, satır sonu ya da anahtarda bulunamayacak başka bir karakter içeriyor"),
    ("is the browser's key (pbk_…); the secret key begins with sck_", "tarayıcıda kullanılan anahtar (pbk_…); gizli anahtar sck_ ile başlar"),
    ("holds a blank, a newline or what is no character", "boşluk, satır sonu ya da geçersiz bir karakter içeriyor"),
    ("is not an absolute URL", "tam bir adres (URL) değil"),
    ("is plain http; only a loopback address may be", "düz http; buna yalnızca bu bilgisayarın kendi adresinde izin verilir"),
    ("is neither https nor http", "ne https ne http"),
    ("holds a user name or a password", "kullanıcı adı ya da parola içeriyor"),
    ("holds a query or a fragment", "sorgu (?…) ya da parça (#…) içeriyor"),
    ("is the live service, but the environment is not live", "canlı servisin adresi, ama ortam live değil"),
    // What the command line itself says.
    ("is live: real messages would go out; add --live if that is meant", "canlı ortam: gerçek mesajlar gider; istediğiniz buysa --live ekleyin"),
    ("is not an http address, or holds a user name", "http adresi değil ya da kullanıcı adı içeriyor"),
    ("names a key and its _FILE: one will do", "hem anahtar hem _FILE değişkeni tanımlı: biri yeter"),
    ("comes from stdin, and so does a key: one of them has to come from elsewhere", "stdin'den okunuyor, bir anahtar da: birini başka yerden verin"),
    ("cannot be read", "okunamıyor"),
    ("is longer than 4,096 bytes", "4.096 bayttan uzun"),
    ("is neither https nor http to a loopback address", "ne https ne de bu bilgisayara giden http"),
    ("is no URL", "adres (URL) değil"),
    ("no sandbox answers; is `onay sandbox serve` running there?", "yanıt veren bir sandbox yok; orada `onay sandbox serve` çalışıyor mu?"),
    // Numbers, addresses, codes, links.
    ("is not a Turkish number", "Türkiye numarası değil"),
    ("is not a Turkish mobile number: ten digits wanted", "Türkiye cep telefonu numarası değil: on hane olmalı"),
    ("is not a mobile number: it has to begin with 5", "cep telefonu numarası değil: 5 ile başlamalı"),
    ("holds a character that no phone number has", "telefon numarasında bulunamayacak bir karakter içeriyor"),
    ("has no @", "@ içermiyor"),
    ("has no proper domain after the @", "@ işaretinden sonra geçerli bir alan adı yok"),
    ("has no proper name before the @", "@ işaretinden önce geçerli bir ad yok"),
    ("is longer than 1,024 bytes", "1.024 bayttan uzun"),
    ("holds a blank or a control character", "boşluk ya da denetim karakteri içeriyor"),
    ("are not from 1 to 10", "1 ile 10 arasında değil"),
    ("has not from 4 to 200 characters", "4 ile 200 karakter arasında değil"),
    ("has too many digits", "çok fazla hane içeriyor"),
    ("is zero", "sıfır"),
    ("is none of TL, EUR, USD, GBP, RUB", "TL, EUR, USD, GBP, RUB değerlerinden biri değil"),
    ("is not from 1 to 12", "1 ile 12 arasında değil"),
    ("is no YYYY-MM-DD HH:MM:SS", "YYYY-AA-GG SS:DD:SS biçiminde değil"),
    ("is less than min_count", "min_count değerinden küçük"),
    ("is a loopback address, which only a sandbox can reach", "bu bilgisayarın kendi adresi; ona yalnızca sandbox ulaşabilir"),
    // Connections.
    ("the host name is unknown", "sunucu adı bilinmiyor"),
    ("no connection in time", "süresi içinde bağlantı kurulamadı"),
    ("the server cannot be reached", "sunucuya ulaşılamıyor"),
    ("no answer in time", "süresi içinde yanıt gelmedi"),
    ("the connection broke before an answer came", "yanıt gelmeden bağlantı koptu"),
    ("time ran out while the answer was read", "yanıt okunurken süre doldu"),
    ("the connection broke while the answer was read", "yanıt okunurken bağlantı koptu"),
    // Answers and callbacks.
    ("the signature is not this merchant's", "imza bu mağazanın değil"),
    ("the payment is no success", "ödeme başarılı değil"),
    ("is missing or empty", "eksik ya da boş"),
    ("holds a field twice", "bir alanı iki kez içeriyor"),
    ("the answer is not the JSON that was expected", "yanıt beklenen JSON değil"),
    ("the answer is too long", "yanıt çok uzun"),
    ("the answer is not HTTP", "yanıt HTTP değil"),
    ("the provider answered with a redirect, which is not followed", "sağlayıcı başka bir adrese yönlendirdi; yönlendirmeler izlenmez"),
    ("3-D Secure is wanted instead of a code", "kod yerine 3-D Secure isteniyor"),
];

#[cfg(test)]
mod tests {
    use onay::http::BaseUrl;
    use onay::paynet::SecretKey;
    use onay::{EmailAddress, Gsm, OtpCode};

    use super::*;

    #[test]
    fn what_the_library_says_is_known_to_the_letter() {
        let errors: Vec<Error> = [
            SecretKey::parse("").err(),
            SecretKey::parse("pbk_test").err(),
            SecretKey::parse("sck_test\n").err(),
            BaseUrl::parse("x").err(),
            BaseUrl::parse("http://example.com").err(),
            BaseUrl::parse("https://example.com?x").err(),
            BaseUrl::parse("https://a@example.com").err(),
            BaseUrl::parse("https://example.com/ ").err(),
            BaseUrl::parse("ftp://example.com").err(),
            Gsm::parse("0212 000 00 42").err(),
            Gsm::parse("0555").err(),
            Gsm::parse("+49 151 00000042").err(),
            Gsm::parse("x").err(),
            EmailAddress::parse("nobody").err(),
            OtpCode::parse("a b").err(),
            onay::paynet::Paynet::builder().build().err(),
        ]
        .into_iter()
        .flatten()
        .collect();
        assert_eq!(errors.len(), 16);
        for error in errors {
            let reason = error.message().expect("a reason");
            assert_ne!(turkish(reason), reason);
        }
        assert_eq!(turkish("bekleyin"), "bekleyin");
    }
}
