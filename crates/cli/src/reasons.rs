//! The library's own reasons, in Turkish. The library says them in English; what is not here, and
//! what a provider says, stays as it is.

use onay::Error;
use onay_sandbox::SandboxError;

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
    ("is none of test, live-turkey, live-global and sandbox", "bilinen bir ortam değil: test, live-turkey, live-global ya da sandbox olmalı"),
    ("is the sandbox's and known to everyone, but the environment is live", "sandbox'ın herkesçe bilinen değeri, ama ortam canlı"),
    ("is the sandbox's and known to everyone, but the address is a live service's", "sandbox'ın herkesçe bilinen değeri, ama adres canlı bir servisin"),
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
    ("is set beside the variable that holds the key itself: one will do", "anahtarın kendisini tutan değişkenin yanında tanımlı: biri yeter"),
    ("comes from stdin, and so does a key: one of them has to come from elsewhere", "stdin'den okunuyor, bir anahtar da: birini başka yerden verin"),
    ("cannot be read", "okunamıyor"),
    ("is longer than 4,096 bytes", "4.096 bayttan uzun"),
    ("is neither https nor http to a loopback address", "ne https ne de bu bilgisayara giden http"),
    ("is no URL", "adres (URL) değil"),
    ("no sandbox answers; is `onay sandbox serve` running there?", "yanıt veren bir sandbox yok; orada `onay sandbox serve` çalışıyor mu?"),
    // Numbers, addresses, codes, links.
    ("is not a Turkish number", "Türkiye numarası değil"),
    ("is not a Turkish mobile number such as 0555 000 00 42", "Türkiye cep telefonu numarası değil; örneğin 0555 000 00 42"),
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
    ("are not set", "tanımlı değil"),
    ("cannot be a key", "anahtar olamaz"),
    ("could not be built", "kurulamadı"),
    ("is longer than 254 bytes", "254 bayttan uzun"),
    ("holds a character that no ordinary address has", "olağan bir adreste bulunmayan bir karakter içeriyor"),
    ("is longer than 100 characters", "100 karakterden uzun"),
    ("is longer than 20 characters", "20 karakterden uzun"),
    ("holds a comma, which separates ids", "virgül içeriyor; virgül id'leri ayırır"),
    ("holds a control character", "denetim karakteri içeriyor"),
    ("holds a letter outside ASCII", "ASCII dışında bir harf içeriyor"),
    ("is not an amount such as 14.45: at most two decimals, no thousands separator", "geçerli bir tutar değil: en çok iki ondalık basamak, binlik ayırıcı yok; örneğin 14.45"),
    ("is not from 1 to 64 letters and digits", "1 ile 64 arasında harf ve rakamdan oluşmuyor"),
    ("holds what no URL holds", "bir adreste (URL) bulunamayacak bir karakter içeriyor"),
    ("is no http or https URL", "http ya da https adresi değil"),
    ("is localhost, which PayTR cannot reach; for the sandbox write 127.0.0.1", "localhost; PayTR ona ulaşamaz, sandbox için 127.0.0.1 yazın"),
    ("is no address that can be called", "çağrılabilecek bir adres değil"),
    ("holds a port", "port içeriyor"),
    ("is no amount in minor units", "kuruş cinsinden bir tutar değil"),
    ("is hex; PayTR sends base64", "hex; PayTR base64 gönderir"),
    ("is base64 without its padding", "sonundaki = işareti eksik bir base64"),
    ("is no base64 of 32 bytes", "32 baytlık bir base64 değil"),
    ("is longer than 16 KiB", "16 KiB'den uzun"),
    ("has more than 64 fields", "64'ten çok alan içeriyor"),
    ("holds bad percent-encoding", "bozuk bir yüzde kodlaması içeriyor"),
    ("holds what is not UTF-8", "UTF-8 olmayan baytlar içeriyor"),
    ("the answer is empty", "yanıt boş"),
    ("the answer is HTML or XML, not JSON", "yanıt JSON değil, HTML ya da XML"),
    ("the answer is no JSON object", "yanıt bir JSON nesnesi değil"),
    ("the HTTP status is none", "HTTP durum kodu geçersiz"),
    ("the provider says yes, HTTP says no", "sağlayıcı evet diyor, HTTP hayır diyor"),
    ("the call did not run to its end", "çağrı sonuna kadar sürmedi"),
    ("the answer has no return code", "yanıtta dönüş kodu yok"),
    ("the return code is damaged", "dönüş kodu bozuk"),
    ("the return codes contradict each other", "dönüş kodları birbiriyle çelişiyor"),
    ("the return code says yes, the type says no", "dönüş kodu evet diyor, type alanı hayır diyor"),
    ("the link has no id", "linkin id'si yok"),
    ("the answer has no status", "yanıtta status alanı yok"),
    ("the status says yes, the reason says no", "status alanı evet diyor, sebep alanı hayır diyor"),
    ("the answer names none of the links", "yanıt, linklerin hiçbirini anmıyor"),
    ("the status says no, but all the links are named as deleted", "status alanı hayır diyor, ama yanıta göre linklerin hepsi silinmiş"),
    ("the status is none of success, error, failed", "status alanı success, error, failed değerlerinden biri değil"),
    ("no code was asked for, or it has no token", "kod istenmemiş ya da kodun token'ı yok"),
    ("there is no session in the answer", "yanıtta oturum yok"),
    ("the answer is malformed in places", "yanıtın bazı yerleri bozuk"),
    ("the outer verdict contradicts itself", "dıştaki sonuç kendisiyle çelişiyor"),
    ("the answer has no verdict", "yanıtta sonuç yok"),
    ("the answer has no inner verdict", "yanıtta içteki sonuç yok"),
    ("the inner verdict has no result", "içteki sonuçta result alanı yok"),
    ("the inner verdict has no response code", "içteki sonuçta yanıt kodu yok"),
    ("the response code is damaged", "yanıt kodu bozuk"),
    ("the inner verdict says yes, the outer one says no", "içteki sonuç evet diyor, dıştaki hayır diyor"),
    ("the inner verdict has no status code", "içteki sonuçta durum kodu yok"),
    ("the inner verdict contradicts itself", "içteki sonuç kendisiyle çelişiyor"),
    ("IsVerified is neither true nor false", "IsVerified alanı ne true ne false"),
    ("the outer verdict is neither true nor false", "dıştaki sonuç ne true ne false"),
    ("the inner verdict says yes, the outer error code says no", "içteki sonuç evet diyor, dıştaki hata kodu hayır diyor"),
    ("the inner status code is damaged", "içteki durum kodu bozuk"),
    ("the exception's code is damaged", "istisnanın (Exception) kodu bozuk"),
    ("the response code says yes, the exception says no", "yanıt kodu evet diyor, istisna (Exception) hayır diyor"),
    ("the response code says yes, the inner status says no", "yanıt kodu evet diyor, içteki durum hayır diyor"),
    // The mistakes behind a wrong token.
    ("hex instead of base64", "base64 yerine hex"),
    ("base64 of the hex text instead of the raw bytes", "ham baytların değil, hex metnin base64'ü"),
    ("+ in the token arrived as a blank: it was not percent-encoded", "token içindeki + boşluk olarak ulaşmış: yüzde kodlaması yapılmamış"),
    ("blanks or a newline around the token", "token'ın başında ya da sonunda boşluk veya satır sonu var"),
    ("base64 without its padding", "sonundaki = işareti eksik base64"),
    ("base64 in its URL-safe alphabet", "URL alfabesiyle yazılmış base64"),
    ("merchant_salt left out", "merchant_salt eklenmemiş"),
    ("merchant_salt appended twice", "merchant_salt iki kez eklenmiş"),
    ("callback_id left out", "callback_id eklenmemiş"),
    ("merchant_id before id", "merchant_id, id'den önce gelmiş"),
    ("the right parts in another order", "parçalar doğru, sıraları yanlış"),
    ("merchant_key and merchant_salt swapped", "merchant_key ile merchant_salt yer değiştirmiş"),
    ("merchant_key with a newline at its end", "merchant_key'in sonunda satır sonu var"),
    ("merchant_salt with a newline at its end", "merchant_salt'ın sonunda satır sonu var"),
    ("merchant_key with a carriage return and a newline at its end", "merchant_key'in sonunda satır başı (CR) ve satır sonu var"),
    ("merchant_key with a blank at its end", "merchant_key'in sonunda boşluk var"),
    ("merchant_salt with a blank at its end", "merchant_salt'ın sonunda boşluk var"),
    // The sandbox in this process.
    ("merchant_id has 1 to 64 letters and digits", "merchant_id 1 ile 64 arasında harf ve rakamdan oluşur"),
    ("merchant_key has 1 to 256 characters, without blanks or line breaks", "merchant_key 1 ile 256 karakter arasındadır; boşluk ve satır sonu içermez"),
    ("merchant_salt has 1 to 256 characters, without blanks or line breaks", "merchant_salt 1 ile 256 karakter arasındadır; boşluk ve satır sonu içermez"),
];

/// The mistake behind a wrong token, in Turkish.
pub(crate) fn mistake(english: &str) -> String {
    let parts = english
        .split_once(" signed as ")
        .and_then(|(name, rest)| Some((name, rest.split_once(", posted as ")?)));
    match parts {
        Some((name, (signed, posted))) => {
            format!("{name} {signed} olarak imzalanmış, {posted} olarak gönderilmiş")
        }
        None => turkish(english).to_owned(),
    }
}

/// What a running sandbox has against a command, in Turkish where it is one of the known.
pub(crate) fn of_sandbox(english: &str) -> String {
    let known = OF_SANDBOX.iter().find_map(|(text, turkish)| {
        let field = english.strip_suffix(text)?;
        Some(format!("{field}{turkish}"))
    });
    known.unwrap_or_else(|| english.to_owned())
}

/// Each stands behind the name of a field, or alone.
#[rustfmt::skip]
const OF_SANDBOX: &[(&str, &str)] = &[
    ("is none of the provider's; see /api/v1/openapi.json for their names", "bu sağlayıcının işlemlerinden biri değil; adları `onay sandbox fault set --help` gösterir"),
    ("has to be the name of a tenant, 1 to 64 letters, digits and hyphens", "bir tenant adı olmalı: 1 ile 64 arasında harf, rakam ve tire"),
    ("has to be 1 to 1000000, or absent", "1 ile 1000000 arasında olmalı ya da verilmemeli"),
    ("has to be above 0 and at most 1, or absent", "0'dan büyük ve en çok 1 olmalı ya da verilmemeli"),
    ("has to be 1 to 120000, which is two minutes", "1 ile 120000 arasında olmalı (iki dakika)"),
    ("has to be 1 to 10000", "1 ile 10000 arasında olmalı"),
    ("has to be an HTTP status from 300 to 599", "300 ile 599 arasında bir HTTP durum kodu olmalı"),
    ("has to be 0 to 65536", "0 ile 65536 arasında olmalı"),
    ("has to be 1 to 64 letters, digits, underscores, hyphens and dots", "1 ile 64 arasında harf, rakam, alt çizgi, tire ve nokta olmalı"),
    ("is a code of success; nobody refuses with it", "bir başarı kodu; kimse onunla reddetmez"),
    ("there is no such rule, or no longer", "böyle bir kural yok ya da artık yok"),
    ("there are as many rules for faults as are kept, which is 100", "tutulabilecek kadar hata kuralı var: 100"),
];

/// Why a sandbox in this process failed, in Turkish.
pub(crate) fn sandbox(error: &SandboxError) -> String {
    match error {
        SandboxError::AddressTaken { address } => format!(
            "{address} dolu: orada başka bir program dinliyor; onu durdurun ya da başka bir adres seçin"
        ),
        SandboxError::Listen { address, .. } => format!("{address} dinlenemiyor"),
        SandboxError::NoMessage { .. } => "süresi içinde uyan bir mesaj gelmedi".to_owned(),
        SandboxError::NotANumber => "ne Türkiye cep telefonu numarası ne e-posta adresi".to_owned(),
        SandboxError::InvalidMerchant { problem } => turkish(problem).to_owned(),
        SandboxError::InvalidHost => {
            "sunucu adı değil: harf, rakam, tire, alt çizgi ve nokta; port olmadan".to_owned()
        }
        SandboxError::Signal(_) => "durdurma sinyali dinlenemiyor".to_owned(),
        SandboxError::Announce(_) => "adresler yazdırılamıyor".to_owned(),
        // The rest cannot come from what `onay` asks of a sandbox.
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests;
