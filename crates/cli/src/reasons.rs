//! The libraries' own sentences in Turkish: they say them in English alone. What is unknown here, and what a provider
//! says, stays as it is.

use onay::{Error, Gsm};
use onay_sandbox::SandboxError;

use crate::language::{Language, Words};

const TABLE: &str = include_str!("../locales/reasons.tr.tsv");

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|line| line.split_once('\t'))
}

/// The reason in Turkish, where it is one of the library's.
pub(crate) fn turkish(reason: &str) -> &str {
    let found = rows().find(|(english, _)| *english == reason);
    found.map_or(reason, |(_, turkish)| turkish)
}

/// Why, in both languages, without the provider and the field.
pub(crate) fn words(error: &Error) -> Words {
    let reason = error.message().unwrap_or_default();
    Words::new(turkish(reason), reason)
}

/// As the library's `Display`.
pub(crate) fn headline(error: &Error) -> String {
    let mut said = match error.provider() {
        Some(provider) => format!("{provider}: "),
        None => String::new(),
    };
    said += &Language::Turkish.texts().kind_name(error.kind().as_str());
    // A number where a code should be is a customer's.
    let code = error.code().map(|code| match Gsm::parse(code) {
        Err(_) if code.len() <= 80 && code.bytes().all(is_plain) => format!("kod {code}"),
        _ => "kod yazdırılamaz".to_owned(),
    });
    let status = error.http_status().map(|status| format!("HTTP {status}"));
    let response: Vec<String> = code.into_iter().chain(status).collect();
    if !response.is_empty() {
        said += &format!(" ({})", response.join(", "));
    }
    let message = error.message().map(turkish);
    match (error.field(), message) {
        (Some(field), Some(message)) => said + &format!(": {field}: {message}"),
        (None, Some(message)) => said + &format!(": {message}"),
        (_, None) => said,
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

/// The mistake behind a wrong token.
pub(crate) fn mistake(english: &str) -> Words {
    let parts = english
        .split_once(" signed as ")
        .and_then(|(name, rest)| Some((name, rest.split_once(", posted as ")?)));
    let turkish = match parts {
        Some((name, (signed, posted))) => {
            format!("{name} {signed} olarak imzalanmış, {posted} olarak gönderilmiş")
        }
        None => turkish(english).to_owned(),
    };
    Words::new(turkish, english)
}

/// What a running sandbox has against a command.
pub(crate) fn of_sandbox(english: &str) -> String {
    // The names behind it are the same in every language.
    if let Some((start, names)) = english.split_once("operation is not known; there is ") {
        return format!("{start}operation bilinmiyor; bilinenler: {names}");
    }
    let known = rows().find_map(|(known, turkish)| {
        let start = english.strip_suffix(known.strip_prefix('…')?)?;
        Some(format!("{start}{}", turkish.strip_prefix('…')?))
    });
    known.unwrap_or_else(|| turkish(english).to_owned())
}

/// Why a sandbox in this process failed.
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
