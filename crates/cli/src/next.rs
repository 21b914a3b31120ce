//! What to do now, after a failure: the code table's advice, or that of the kind.

use onay::http::Variables;
use onay::{Delivery, Error, ErrorKind};
use onay_sandbox::SandboxError;

use crate::failure::{Failure, Place, causes};
use crate::kinds::{self, said};
use crate::language::Language;
use crate::{address, settings, tables};

/// The next step, in one sentence.
pub(crate) fn step(failure: &Failure, language: Language) -> Option<String> {
    let fixed = match failure {
        Failure::Call(error) => return Some(after_call(error, language)),
        Failure::At(error, place) => return Some(at(error, *place, language)),
        Failure::NotPrinted(_) => (
            "çağrıyı yinelemeyin: sağlayıcı evet dedi, mesaj yolda olabilir",
            "do not repeat the call: it was answered with a yes, and a message may be on its way",
        ),
        Failure::NotInTable(_, provider) => {
            return Some(language.of(
                format!("`onay explain {provider}` bütün tabloyu gösterir; kodu sağlayıcıya sorun"),
                format!("`onay explain {provider}` shows the whole table; ask the provider about the code"),
            ));
        }
        Failure::WaitedInVain(_) => (
            "`onay sandbox journal` hangi çağrıların geldiğini ve neyin yanlış olduğunu gösterir",
            "`onay sandbox journal` shows which calls came, and what was wrong with them",
        ),
        Failure::SandboxRefused(_) => (
            "komutu düzeltin; aynı komutun --help çıktısı örnekler verir",
            "correct the command; its --help has examples",
        ),
        Failure::Sandbox(SandboxError::AddressTaken { .. }) => (
            "başka bir adres seçin: --listen 127.0.0.1:0 boş bir port bulur; orada dinleyen bir sandbox ise onu kullanın: onay sandbox messages",
            "choose another address: --listen 127.0.0.1:0 finds a free port; if it is a sandbox, use it: onay sandbox messages",
        ),
        Failure::Sandbox(SandboxError::Listen { .. }) => (
            "başka bir adres seçin: --listen 127.0.0.1:0 boş bir port bulur",
            "choose another address: --listen 127.0.0.1:0 finds a free port",
        ),
        Failure::Sandbox(SandboxError::InvalidHost) => {
            ("--allow-host değerini düzeltin", "correct --allow-host")
        }
        Failure::Sandbox(SandboxError::InvalidMerchant { .. }) => (
            "--paytr-merchant ile verilen dosyayı düzeltin",
            "correct the file of --paytr-merchant",
        ),
        Failure::Usage(_) => (
            "aynı komutun --help çıktısı neyin nasıl verileceğini gösterir",
            "the command's --help shows what it takes",
        ),
        Failure::Sandbox(_) => (
            "`onay sandbox serve --help` neyin nasıl verileceğini gösterir",
            "`onay sandbox serve --help` shows what it takes",
        ),
        Failure::Unexpected(_) => (
            "nedeni belli değilse -vv ile yeniden çalıştırın",
            "if it is not clear why, run it again with -vv",
        ),
        Failure::CallbackNotTaken(_) => (
            "önce sunucunuz bildirimi işledi mi, ona bakın: yeniden çalıştırmak imzalı bir \"ödendi\" daha gönderir",
            "look first whether your server handled the callback: to run this again posts another signed \"paid\"",
        ),
        Failure::Reported(_) => return None,
    };
    Some(language.of(fixed.0, fixed.1).to_owned())
}

/// Where the command line knows more than the library.
fn at(error: &Error, place: Place, language: Language) -> String {
    match (place, error.kind()) {
        (Place::Option(option), ErrorKind::InvalidInput) => correct(option, language),
        (Place::NoMessage | Place::Callback, ErrorKind::InvalidInput)
            if error.field() == Some("stdin") =>
        {
            language
                .of(
                    "girdiyi stdin'den verin: onay callback verify < body.txt",
                    "hand the body in on stdin: onay callback verify < body.txt",
                )
                .to_owned()
        }
        (Place::Callback, ErrorKind::InvalidInput) => language
            .of(
                "bu, PayTR'nin gönderdiği gövdenin baytı baytına aynısı değil",
                "this is not what PayTR posted, byte for byte",
            )
            .to_owned(),
        (Place::Callback, ErrorKind::Credentials) => language
            .of(
                "bu, PayTR'nin gönderdiği gövdenin baytı baytına aynısı değil; ya da anahtar (merchant_key) veya salt (merchant_salt) başka bir mağazanın",
                "this is not what PayTR posted, byte for byte, or the key or salt is another merchant's",
            )
            .to_owned(),
        (Place::Callback, ErrorKind::Refused) => language
            .of(
                "imza doğru ama ödeme alınmadı: bu sipariş için bir şey göndermeyin",
                "the signature is right, and nothing was paid: ship nothing for it",
            )
            .to_owned(),
        (Place::NoMessage, ErrorKind::InvalidInput) => {
            let option = option_of(error.field().unwrap_or("value"));
            language.of(
                format!("{option} değerini düzeltip yeniden deneyin"),
                format!("correct {option} and run it again"),
            )
        }
        (Place::NoAccountLink, _) => {
            let advice = after_call(error, language);
            let hint = language.of(
                "Kodu `onay masterpass link` mi gönderdi? O zaman --account-link ekleyin.",
                "Did `onay masterpass link` send the code? Then add --account-link.",
            );
            format!("{}. {hint}", advice.trim_end_matches('.'))
        }
        _ => after_call(error, language),
    }
}

fn correct(option: &str, language: Language) -> String {
    language.of(
        format!("{option} değerini düzeltip yeniden deneyin; hiçbir şey gönderilmedi"),
        format!("correct {option} and run it again; nothing went out"),
    )
}

fn after_call(error: &Error, language: Language) -> String {
    let advice = advice(error, language);
    // Codes that are wrong or too early say so themselves; of these the sandbox knows more.
    let is_refused = error.delivery() == Delivery::Refused
        && matches!(
            error.kind(),
            ErrorKind::Credentials | ErrorKind::Refused | ErrorKind::Expired
        );
    let provider = error.provider().unwrap_or_default();
    if !is_refused || !address::calls_a_sandbox(provider, Variables::of_process) {
        return advice;
    }
    let journal = language.of(
        "`onay sandbox journal` çağrıda neyin yanlış olduğunu söyler",
        "`onay sandbox journal` says what was wrong with the call",
    );
    match advice.strip_suffix('.') {
        Some(_) => format!("{advice} {journal}."),
        None => format!("{advice}; {journal}"),
    }
}

fn advice(error: &Error, language: Language) -> String {
    // Whatever else is known: first it has to be found out whether the customer has the message.
    if error.delivery() == Delivery::MaybeSent {
        return maybe_sent(error, language).to_owned();
    }
    if let Some(row) = tables::row_of(error) {
        return said(row.explanation.advice(), language).to_owned();
    }
    match error.kind() {
        ErrorKind::TooSoon => too_soon(error, language),
        ErrorKind::Credentials => credentials(error.provider(), language),
        ErrorKind::Config => config(error, language),
        ErrorKind::InvalidInput => {
            let option = option_of(error.field().unwrap_or("value"));
            correct(option, language)
        }
        ErrorKind::Unreachable if error.provider().is_none() => language
            .of(
                "adresi kontrol edin; orada dinleyen bir program çalışıyor olmalı",
                "check the address: a program has to be listening there",
            )
            .to_owned(),
        ErrorKind::Unreachable => unreachable(error, language).to_owned(),
        ErrorKind::Refused => refused(error, language),
        kind => said(kinds::words(kind).advice, language).to_owned(),
    }
}

fn unreachable(error: &Error, language: Language) -> &'static str {
    if is_about_a_certificate(error) {
        return language.of(
            "istek yola çıkmadı: sunucunun sertifikası kabul edilmedi. Sertifikanın süresi dolmuş olabilir, onu veren bu bilgisayarda tanınmıyor olabilir ya da bu bilgisayarın saati yanlıştır: önce saate ve tarihe bakın",
            "the request never left: the server's certificate was not accepted. It may have expired, its issuer may be unknown to this machine, or this machine's clock is wrong: look at its date and time first",
        );
    }
    let provider = error.provider().unwrap_or_default();
    if address::calls_a_sandbox(provider, Variables::of_process) {
        return language.of(
            "`onay sandbox serve` çalışıyor olmalı; o zaman yeniden göndermek güvenlidir. `onay doctor --network` sunucuya ulaşılıp ulaşılmadığını gösterir",
            "`onay sandbox serve` has to be running; then sending again is safe. `onay doctor --network` shows whether the host can be reached",
        );
    }
    language.of(
        "yeniden göndermek güvenlidir; `onay doctor --network` sunucuya ulaşılıp ulaşılmadığını gösterir",
        "sending again is safe; `onay doctor --network` shows whether the host can be reached",
    )
}

/// TLS libraries have types of their own for it, and this word in common.
fn is_about_a_certificate(error: &Error) -> bool {
    causes(error)
        .iter()
        .any(|cause| cause.contains("certificate"))
}

fn maybe_sent(error: &Error, language: Language) -> &'static str {
    if error.provider().is_none() {
        return language.of(
            "yeniden göndermeden önce bildirimin sunucunuza ulaşıp ulaşmadığına bakın",
            "look whether the callback reached your server before you send it again",
        );
    }
    // Of whatever kind it is: what an interrupted call asks for.
    said(kinds::words(ErrorKind::Interrupted).advice, language)
}

fn too_soon(error: &Error, language: Language) -> String {
    match error.retry_after().map(|after| language.wait(after)) {
        Some(after) => language.of(
            format!("{after} bekleyip yeniden gönderin; bu arada müşteri elindeki kodu girebilir"),
            format!(
                "send again in {after}; meanwhile the customer can type the code that was sent"
            ),
        ),
        None => said(kinds::words(ErrorKind::TooSoon).advice, language).to_owned(),
    }
}

fn credentials(provider: Option<&str>, language: Language) -> String {
    let variables = match provider {
        Some("paynet") => "PAYNET_SECRET_KEY, PAYNET_ENV",
        Some("paywall-masterpass") => "PAYWALL_PRIVATE_KEY, PAYWALL_PRIVATE_CLIENT, PAYWALL_ENV",
        Some("paytr-link") => "PAYTR_MERCHANT_ID, PAYTR_MERCHANT_KEY, PAYTR_MERCHANT_SALT",
        _ => return said(kinds::words(ErrorKind::Credentials).advice, language).to_owned(),
    };
    let address = match provider {
        Some("paynet") => language.of(
            "; sunucunuzun sabit IP adresi Paynet'te kayıtlı olmalı",
            "; your server's static IP has to be registered with Paynet",
        ),
        _ => "",
    };
    language.of(
        format!("şunları kontrol edin: {variables} (`onay doctor`){address}"),
        format!("check {variables} (`onay doctor`){address}"),
    )
}

fn config(error: &Error, language: Language) -> String {
    let field = error.field().unwrap_or("environment");
    let variable = variable(field);
    if error.message() == Some(settings::LIVE) {
        return language.of(
            format!("--live ekleyin ya da başka bir {variable} seçin"),
            format!("add --live, or set another {variable}"),
        );
    }
    language.of(
        format!("{variable} ayarını düzeltin; `onay doctor` neyin tanımlı olduğunu gösterir"),
        format!("correct {variable}; `onay doctor` shows what is set"),
    )
}

/// The variable, or the option, behind the name that an error gives to a setting.
pub(crate) fn variable(field: &str) -> &str {
    match field {
        "sandbox_url" => "ONAY_SANDBOX_URL / --url",
        "code" => "--code",
        other => other,
    }
}

/// The option that gives what the library names.
fn option_of(field: &str) -> &str {
    match field {
        "gsm" | "to" | "email" => "--to",
        "session" => "--session",
        "token" => "--token",
        "code" => "--code",
        "link" | "links" => "--id",
        "name" => "--name",
        "price" => "--price",
        "currency" => "--currency",
        "expiry_date" => "--expires-at",
        "max_installment" => "--max-installment",
        "min_count" => "--min-count",
        "max_count" => "--max-count",
        "callback_id" => "--callback-id",
        "callback_link" => "--callback-link",
        "merchant_oid" => "--merchant-oid",
        "reference" => "--reference",
        "user" => "--user",
        other => other,
    }
}

fn refused(error: &Error, language: Language) -> String {
    match (error.provider(), error.code()) {
        (Some(_), Some(_)) => language
            .of(
                "bu kod tabloda yok; olduğu gibi saklanır ve ret sayılır: sağlayıcıya sorun",
                "this code is in no table; it is kept verbatim and read as refused: ask the provider",
            )
            .to_owned(),
        _ => said(kinds::words(ErrorKind::Refused).advice, language).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(error: Error) -> String {
        step(&Failure::Call(error), Language::English).expect("a step")
    }

    #[test]
    fn the_table_comes_first_then_the_kind() {
        let error = |kind| Error::new(kind).with_provider("paynet");
        let known = english(error(ErrorKind::Credentials).with_code("7"));
        assert!(known.contains("static IP"), "{known}");
        let unknown = english(error(ErrorKind::Refused).with_code("A-17"));
        assert!(unknown.contains("in no table"), "{unknown}");
        let cut = english(error(ErrorKind::Interrupted));
        assert!(cut.contains("ask the customer for the code"), "{cut}");
        let config =
            english(Error::config("PAYNET_SECRET_KEY", "is empty").with_provider("paynet"));
        assert!(config.contains("PAYNET_SECRET_KEY"), "{config}");
        let reach = english(error(ErrorKind::Unreachable));
        assert!(reach.contains("onay doctor --network"), "{reach}");
    }

    #[test]
    fn what_may_have_left_comes_before_the_table() {
        let upstream = Error::new(ErrorKind::Upstream).with_provider("paynet");
        let known = upstream.with_code("10");
        assert!(tables::row_of(&known).is_some());
        let said = english(known);
        assert!(said.contains("ask the customer for the code"), "{said}");
        let own = english(Error::new(ErrorKind::Interrupted));
        assert!(own.contains("whether the callback reached"), "{own}");
    }

    #[test]
    fn every_kind_has_a_next_step_in_both_languages() {
        for kind in ErrorKind::ALL.iter().copied() {
            for provider in ["paynet", "paywall-masterpass", "paytr-link"] {
                let failure = Failure::Call(Error::new(kind).with_provider(provider));
                let turkish = step(&failure, Language::Turkish).expect("a step");
                assert_ne!(Some(turkish), step(&failure, Language::English), "{kind:?}");
            }
        }
    }
}
