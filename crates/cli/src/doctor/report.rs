//! The report, for people.

use super::Report;
use super::clock::Clock;
use super::network::Reached;
use super::provider::Examined;
use super::setting::{Origin, Setting};
use crate::failure::Failure;
use crate::language::{Language, Words};
use crate::output::{BAD, GOOD, Output, QUIET, STRONG};
use crate::terminal::plain;

const BEGIN: &str = "  onay demo
  onay sandbox serve
  export PAYNET_ENV=sandbox PAYNET_SECRET_KEY=sck_test_demo
  onay otp send --provider paynet --to '0555 000 00 42' --session order-1";

pub(super) fn human(report: &Report, output: &Output) -> String {
    let language = output.language();
    let mut parts: Vec<String> = report
        .providers
        .iter()
        .map(|examined| provider(examined, language))
        .collect();
    parts.push(sandbox(report, language));
    if let Some(read) = &report.clock {
        parts.push(clock(read, language));
    }
    let is_configured = report.providers.iter().any(Examined::is_configured);
    if !is_configured {
        let nothing = language.of(
            "Henüz hiçbir sağlayıcı ayarlanmamış. Hesap açmadan başlamak için:",
            "No provider is configured yet. To begin without any account:",
        );
        parts.push(format!("{nothing}\n{BEGIN}"));
    }
    if report.network && !is_configured {
        let nothing = language.of(
            "Ulaşılacak bir sunucu yok: önce bir sağlayıcı ayarlayın.",
            "There is no host to reach: configure a provider first.",
        );
        parts.push(nothing.to_owned());
    }
    parts.push(verdict(report, language));
    parts.join("\n\n")
}

fn verdict(report: &Report, language: Language) -> String {
    match report.exit_code() {
        0 if report.providers.iter().any(|one| !one.warnings.is_empty()) => {
            let warned = language.of(
                "yanlış bir ayar yok; ! ile gösterilen uyarıya bakın",
                "nothing is set wrongly; mind the warning marked with !",
            );
            format!("{STRONG}{warned}{STRONG:#}")
        }
        0 => {
            let fine = language.of("sorun bulunmadı", "nothing is wrong");
            format!("{GOOD}{fine}{GOOD:#}")
        }
        7 => {
            let far = language.of("ulaşılamayan bir sunucu var", "a host cannot be reached");
            format!("{BAD}{far}{BAD:#}")
        }
        _ => {
            let wrong = language.of(
                "düzeltilmesi gereken bir şey var",
                "there is something to correct",
            );
            format!("{BAD}{wrong}{BAD:#}")
        }
    }
}

fn provider(examined: &Examined, language: Language) -> String {
    let name = examined.provider;
    if !examined.is_configured() {
        let none = language.of("ayarlanmamış", "not configured");
        return format!("{STRONG}{name}{STRONG:#}  {QUIET}{none}{QUIET:#}");
    }
    let mut said = format!("{STRONG}{name}{STRONG:#}");
    for setting in &examined.settings {
        said += &format!("\n  {:<24}{}", setting.name, value(setting, language));
    }
    let calls = language.of("çağrılan adres", "calls go to");
    let nowhere = language.of("belli değil", "unknown");
    let address = plain(examined.address.as_deref().unwrap_or(nowhere));
    said += &format!("\n  {calls:<24}{address}");
    if let Some(reached) = &examined.reached {
        let network = language.of("ağ", "network");
        said += &format!("\n  {network:<24}{}", network_words(reached, language));
    }
    let mut list = |words: &[Words], sign: &str| {
        for one in words {
            said += &format!("\n  {sign} {}", plain(one.in_language(language)));
        }
    };
    list(&examined.mistakes, &format!("{BAD}✗{BAD:#}"));
    list(&examined.warnings, &format!("{STRONG}!{STRONG:#}"));
    list(&examined.notes, &format!("{QUIET}·{QUIET:#}"));
    said
}

fn value(setting: &Setting, language: Language) -> String {
    let from = match &setting.origin {
        Origin::Unset => return language.of("tanımlı değil", "not set").to_owned(),
        Origin::Stdin => {
            return language
                .of("stdin'den gelecek, okunmadı", "comes from stdin, not read")
                .to_owned();
        }
        Origin::Nowhere => return language.of("okunamadı", "could not be read").to_owned(),
        Origin::Environment => language
            .of("ortam değişkeninden", "from the environment")
            .to_owned(),
        Origin::File(file) => {
            let file = plain(file);
            language.of(
                format!("{file} dosyasından"),
                format!("from the file {file}"),
            )
        }
    };
    let length = setting.length.unwrap_or_default();
    let characters = if length == 1 {
        "character"
    } else {
        "characters"
    };
    let length = language.of(
        format!("{length} karakter"),
        format!("{length} {characters}"),
    );
    match setting.shown.as_deref().map(plain) {
        // A prefix alone; everything else is shown whole.
        Some(shown) if shown.ends_with('…') => format!("{shown} ({length}, {from})"),
        Some(shown) => format!("{shown} ({from})"),
        None => format!("{length} ({from})"),
    }
}

fn network_words(reached: &Reached, language: Language) -> String {
    let place = format!("{}:{}", plain(&reached.host), reached.port);
    if let Some(problem) = &reached.problem {
        return format!(
            "{BAD}{place}{BAD:#} {}",
            plain(problem.in_language(language))
        );
    }
    let ms = reached.took.unwrap_or_default().as_millis();
    let open = language.of(
        format!("TCP bağlantısı {ms} ms içinde kuruldu; HTTP isteği gönderilmedi"),
        format!("TCP connection in {ms} ms; no HTTP request was sent"),
    );
    format!("{GOOD}{place}{GOOD:#} {open}")
}

fn sandbox(report: &Report, language: Language) -> String {
    let said = match &report.sandbox {
        Ok(url) => plain(url.trim_end_matches('/')).into_owned(),
        Err(failure) => format!("\n  {BAD}✗{BAD:#} {}", plain(&failure.headline(language))),
    };
    let place = language.of(
        "çalışan sandbox burada aranır:",
        "a running sandbox is looked for at",
    );
    format!("{STRONG}sandbox{STRONG:#}  {place} {said}")
}

fn clock(read: &Result<Clock, Failure>, language: Language) -> String {
    let title = language.of("saat", "clock");
    let title = format!("{STRONG}{title}{STRONG:#}");
    let clock = match read {
        Ok(clock) => clock,
        Err(failure) => {
            let why = failure.headline(language);
            let cause = deepest(failure).map(|cause| format!(" ({cause})"));
            let why = why + &cause.unwrap_or_default();
            return format!("{title}  {BAD}✗{BAD:#} {}", plain(&why));
        }
    };
    let Clock {
        against,
        ahead_seconds,
        ..
    } = clock;
    let (by, against) = (ahead_seconds.unsigned_abs(), plain(against));
    let compared = match (clock.agrees(), *ahead_seconds > 0) {
        (true, _) => language.of(
            format!("bu bilgisayarın saati {against} ile aynı"),
            format!("this machine agrees with {against}"),
        ),
        (false, true) => language.of(
            format!("bu bilgisayar {against} saatinden {by} sn geride"),
            format!("this machine is {by} s behind {against}"),
        ),
        (false, false) => language.of(
            format!("bu bilgisayar {against} saatinden {by} sn ileride"),
            format!("this machine is {by} s ahead of {against}"),
        ),
    };
    let mut said = format!("{title}  {compared}");
    if clock.is_sandbox && !clock.agrees() {
        let moved = language.of(
            "sandbox saati sanaldır: `onay sandbox clock advance` ilerletir, `onay sandbox reset` geri alır",
            "the sandbox's clock is virtual: `onay sandbox clock advance` moves it, `onay sandbox reset` sets it back",
        );
        said += &format!("\n  {moved}");
    }
    let used = language.of(
        "İmzalarda ve token'larda saat yoktur. Bu bilgisayarın saati TLS sertifikaları denetlenirken ve yanıtında Date\n  başlığı olmayan bir sağlayıcının bekleme süresi hesaplanırken kullanılır; expires_at ve resend_after sağlayıcının saatidir.",
        "No signature and no token holds a time. This machine's clock counts where TLS certificates are checked, and where a\n  provider's answer has no Date header to count a wait from; expires_at and resend_after are the provider's times.",
    );
    said + &format!("\n  {QUIET}{used}{QUIET:#}")
}

/// What it came down to.
fn deepest(failure: &Failure) -> Option<String> {
    let Failure::Call(error) = failure else {
        return None;
    };
    let mut cause = std::error::Error::source(error)?;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    Some(cause.to_string())
}
