//! The report, for people.

use super::Report;
use super::clock::Clock;
use super::network::Reached;
use super::provider::Examined;
use super::setting::Setting;
use crate::failure::Failure;
use crate::language::{Language, Texts, Words};
use crate::output::{Output, bad, good, quiet, strong};
use crate::terminal::plain;

const BEGIN: &str = "  onay demo
  onay sandbox serve
  export PAYNET_ENV=sandbox PAYNET_SECRET_KEY=sck_test_demo
  onay otp send --provider paynet --to '0555 000 00 42' --session order-1";

pub(super) fn human(report: &Report, output: &Output) -> String {
    let (language, texts) = (output.language(), output.texts());
    let mut parts: Vec<String> = report
        .providers
        .iter()
        .map(|examined| provider(examined, language))
        .collect();
    parts.push(proxy(report, language));
    parts.push(sandbox(report, language));
    if let Some(read) = &report.clock {
        parts.push(clock(read, language));
    }
    if !report.providers.iter().any(|it| it.configured) {
        parts.push(format!("{}\n{BEGIN}", texts.doctor_begin()));
        if report.network {
            parts.push(texts.doctor_no_host());
        }
    }
    parts.push(verdict(report, texts));
    parts.join("\n\n")
}

fn verdict(report: &Report, texts: &Texts) -> String {
    match report.exit_code() {
        0 if report.providers.iter().any(|one| !one.warnings.is_empty()) => {
            strong(texts.doctor_warned())
        }
        0 => good(texts.doctor_fine()),
        7 => bad(texts.doctor_unreachable()),
        _ => bad(texts.doctor_wrong()),
    }
}

fn provider(examined: &Examined, language: Language) -> String {
    let texts = language.texts();
    let name = strong(examined.provider);
    if !examined.configured {
        return format!("{name}  {}", quiet(texts.doctor_unconfigured()));
    }
    let mut said = name;
    let mut row = |name: &str, value: String| said += &format!("\n  {name:<24}{value}");
    for setting in &examined.settings {
        row(setting.name, value(setting, texts));
    }
    let address = match &examined.base_url {
        Some(address) => plain(address).into_owned(),
        None => texts.doctor_no_address(),
    };
    row(&texts.doctor_address(), address);
    if let Some(reached) = &examined.network {
        row(&texts.doctor_network(), network(reached, language));
    }
    let mut list = |words: &[Words], sign: &str| {
        for one in words {
            said += &format!("\n  {sign} {}", plain(one.in_language(language)));
        }
    };
    list(&examined.mistakes, &bad("✗"));
    list(&examined.warnings, &strong("!"));
    list(&examined.notes, &quiet("·"));
    said
}

fn value(setting: &Setting, texts: &Texts) -> String {
    let origin = match (setting.from, &setting.file) {
        (None, _) if !setting.set => return texts.setting_unset(),
        (None, _) => return texts.setting_unreadable(),
        (Some("stdin"), _) => return texts.setting_stdin(),
        (_, Some(file)) => texts.setting_file(plain(file)),
        (_, None) => texts.setting_environment(),
    };
    let length = texts.setting_length(setting.length.unwrap_or_default());
    match setting.shown.as_deref().map(plain) {
        // A prefix alone; everything else is shown whole.
        Some(shown) if shown.ends_with('…') => format!("{shown} ({length}, {origin})"),
        Some(shown) => format!("{shown} ({origin})"),
        None => format!("{length} ({origin})"),
    }
}

fn network(reached: &Reached, language: Language) -> String {
    let host = format!("{}:{}", plain(&reached.host), reached.port);
    if let Some(problem) = &reached.problem {
        let problem = plain(problem.in_language(language));
        return format!("{} {problem}", bad(host));
    }
    let ms = reached.took.as_millis().to_string();
    format!("{} {}", good(host), language.texts().network_open(ms))
}

fn proxy(report: &Report, language: Language) -> String {
    let texts = language.texts();
    let said = match &report.proxy.named {
        Ok(named) => named
            .as_deref()
            .map_or_else(|| texts.doctor_no_proxy(), str::to_owned),
        Err(failure) => format!("\n  {} {}", bad("✗"), plain(&failure.headline(language))),
    };
    let mut said = format!("{}  {said}", strong(texts.doctor_proxy()));
    let sign = quiet("·");
    if report.network && report.proxy.url().is_some() {
        said += &format!("\n  {sign} {}", texts.doctor_proxy_reached());
    }
    if !report.proxy.ignored.is_empty() {
        let ignored = texts.doctor_proxy_ignored(report.proxy.ignored.join(", "));
        said += &format!("\n  {sign} {ignored}");
    }
    said
}

fn sandbox(report: &Report, language: Language) -> String {
    let said = match &report.sandbox {
        Ok(url) => plain(url.trim_end_matches('/')).into_owned(),
        Err(failure) => format!("\n  {} {}", bad("✗"), plain(&failure.headline(language))),
    };
    let texts = language.texts();
    format!("{}  {} {said}", strong("sandbox"), texts.doctor_sandbox())
}

fn clock(read: &Result<Clock, Failure>, language: Language) -> String {
    let texts = language.texts();
    let title = strong(texts.doctor_clock());
    let clock = match read {
        Ok(clock) => clock,
        Err(failure) => {
            let cause = failure.causes().pop().map(|cause| format!(" ({cause})"));
            let why = failure.headline(language) + &cause.unwrap_or_default();
            return format!("{title}  {} {}", bad("✗"), plain(&why));
        }
    };
    let (by, against) = (
        clock.server_ahead_seconds.unsigned_abs(),
        plain(&clock.against),
    );
    let compared = match (clock.agrees, clock.server_ahead_seconds > 0) {
        (true, _) => texts.clock_agrees(against),
        (false, true) => texts.clock_behind(by, against),
        (false, false) => texts.clock_ahead(by, against),
    };
    let mut said = format!("{title}  {compared}");
    if clock.is_sandbox && !clock.agrees {
        said += &format!("\n  {}", texts.clock_virtual());
    }
    let used = texts.clock_used().replace('\n', "\n  ");
    said + &format!("\n  {}", quiet(used))
}
