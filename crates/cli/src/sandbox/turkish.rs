//! The sandbox's own sentences in Turkish: it says them in English alone. One that is unknown here stays as it is.

use onay_sandbox::SandboxError;

const TABLE: &str = include_str!("../../locales/sandbox.tr.tsv");

/// Sentences that end with names.
const BEFORE_NAMES: [(&str, &str); 3] = [
    (
        "operation is not known; there is ",
        "operation bilinmiyor; bilinenler: ",
    ),
    (
        "fault.kind has to be one of ",
        "fault.kind şunlardan biri olmalı: ",
    ),
    (
        "fault has a field that is not known; known are ",
        "fault içinde bilinmeyen bir alan var; bilinenler: ",
    ),
];

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.lines().filter_map(|line| line.split_once('\t'))
}

fn turkish(english: &str) -> &str {
    let found = rows().find(|(known, _)| *known == english);
    found.map_or(english, |(_, turkish)| turkish)
}

/// What a running sandbox has against a command.
pub(crate) fn of_running(english: &str) -> String {
    // The names behind it are the same in every language.
    for (known, turkish) in BEFORE_NAMES {
        if let Some((start, names)) = english.split_once(known) {
            return format!("{start}{turkish}{names}");
        }
    }
    let known = rows().find_map(|(known, turkish)| {
        let start = english.strip_suffix(known.strip_prefix('…')?)?;
        Some(format!("{start}{}", turkish.strip_prefix('…')?))
    });
    known.unwrap_or_else(|| turkish(english).to_owned())
}

/// Why a sandbox in this process failed.
pub(crate) fn of_error(error: &SandboxError) -> String {
    match error {
        SandboxError::AddressTaken { address } => format!(
            "{address} dolu: orada başka bir program dinliyor; onu durdurun ya da başka bir adres seçin"
        ),
        SandboxError::Listen { address, .. } => format!("{address} dinlenemiyor"),
        SandboxError::NoMessage { .. } => "süresi içinde uyan bir mesaj gelmedi".to_owned(),
        SandboxError::InvalidMerchant { problem } => turkish(problem).to_owned(),
        SandboxError::InvalidStory { problem } => of_running(problem),
        SandboxError::InvalidHost => {
            "sunucu adı değil: harf, rakam, tire, alt çizgi ve nokta; port olmadan".to_owned()
        }
        SandboxError::Signal(_) => "durdurma sinyali dinlenemiyor".to_owned(),
        SandboxError::Announce(_) => "adresler yazdırılamıyor".to_owned(),
        // The rest cannot come from what `onay` asks of a sandbox.
        other => other.to_string(),
    }
}
