//! Settings from the environment, secrets also from files or stdin: never from an argument.

use std::collections::BTreeMap;
use std::io::Read;

use onay::http::{HttpClient, Variables};
use onay::{Error, ErrorKind, OtpCode, Reason, Secret, Subject};
use reqwest::{NoProxy, Proxy, Url};

use crate::arguments::{CallOptions, Live};

/// Longer than any key, far shorter than a file that is named by mistake.
const MAX_BYTES: usize = 4096;

/// Why nothing goes to the live environment by accident.
pub(crate) const LIVE: Reason = Reason::new(
    "live_without_flag",
    "is live: real messages would go out; add --live if that is meant",
    "canlı ortam: gerçek mesajlar gider; istediğiniz buysa --live ekleyin",
);
const SET_TWICE: Reason = Reason::new(
    "set_twice",
    "is set beside the variable that holds the key itself: one will do",
    "anahtarın kendisini tutan değişkenin yanında tanımlı: biri yeter",
);
const STDIN_TWICE: Reason = Reason::new(
    "stdin_twice",
    "comes from stdin, and so does a key: one of them has to come from elsewhere",
    "stdin'den okunuyor, bir anahtar da: birini başka yerden verin",
);
const NOT_READ: Reason = Reason::new("not_read", "cannot be read", "okunamıyor");
const TOO_LONG: Reason = Reason::new(
    "too_long",
    "is longer than 4,096 bytes",
    "4.096 bayttan uzun",
);

const NO_PROXY_URL: Reason = Reason::new(
    "not_a_proxy",
    "is no http or https address of a proxy",
    "bir vekil sunucunun (proxy) http veya https adresi değil",
);
const PROXY_SECRET: Reason = Reason::new(
    "proxy_password_in_argument",
    "holds a user name or password, which an argument shows to everybody on this machine: use ONAY_PROXY",
    "kullanıcı adı veya parola içeriyor; komut satırındakini bu makinedeki herkes görür: ONAY_PROXY kullanın",
);

/// Calls to these never go by a proxy.
const LOOPBACK: &str = "localhost,127.0.0.0/8,::1";

/// A secret is `name`, or the content of the file that `file` names; `-` is stdin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeyVariable {
    pub(crate) name: &'static str,
    pub(crate) file: &'static str,
}

impl KeyVariable {
    fn read(self) -> Result<Option<String>, Error> {
        let direct = Variables::of_process(self.name);
        match (direct, Variables::of_process(self.file)) {
            (direct, None) => Ok(direct),
            (None, Some(file)) => content(&file, Subject::Variable(self.file)).map(Some),
            (Some(_), Some(_)) => Err(Error::config_variable(self.file, SET_TWICE)),
        }
    }
}

macro_rules! keys {
    ($($name:literal),+) => {
        &[$(KeyVariable { name: $name, file: concat!($name, "_FILE") }),+]
    };
}

pub(crate) const PAYNET: &[KeyVariable] = keys!["PAYNET_SECRET_KEY"];
pub(crate) const PAYWALL: &[KeyVariable] = keys!["PAYWALL_PRIVATE_KEY", "PAYWALL_PRIVATE_CLIENT"];
pub(crate) const PAYTR: &[KeyVariable] = keys!["PAYTR_MERCHANT_KEY", "PAYTR_MERCHANT_SALT"];

/// The settings of one provider, each read once, shown nowhere and wiped when dropped.
#[derive(Debug)]
pub(crate) struct Settings(BTreeMap<&'static str, Secret>);

impl Settings {
    /// Reads the plain settings, the first of which names the environment, and the secrets.
    ///
    /// Live has to be meant: every environment whose name begins with `live` takes `--live` on top.
    /// A name that is no environment is left to the provider, which refuses it.
    pub(crate) fn read(
        plain: &[&'static str],
        secrets: &[KeyVariable],
        live: Live,
    ) -> Result<Self, Error> {
        let mut values = BTreeMap::new();
        for name in plain.iter().chain(&["ONAY_SANDBOX_HOSTS"]) {
            if let Some(value) = Variables::of_process(name) {
                values.insert(*name, Secret::new(value));
            }
        }
        for secret in secrets {
            if let Some(value) = secret.read()? {
                values.insert(secret.name, Secret::new(value));
            }
        }
        let environment = plain.first().copied().unwrap_or_default();
        let named = values.get(environment).map(Secret::expose);
        if named.is_some_and(|named| named.starts_with("live")) && !live.live {
            return Err(Error::config_variable(environment, LIVE));
        }
        Ok(Self(values))
    }

    pub(crate) fn lookup(&self, name: &str) -> Option<String> {
        self.0.get(name).map(|value| value.expose().to_owned())
    }
}

/// The proxy that `ONAY_PROXY` names.
pub(crate) fn proxy() -> Result<Option<Url>, Error> {
    let named = Variables::of_process("ONAY_PROXY").filter(|text| !text.is_empty());
    let wrong = || Error::config_variable("ONAY_PROXY", NO_PROXY_URL);
    named
        .map(|text| proxy_url(&text).ok_or_else(wrong))
        .transpose()
}

/// A client that calls by way of the proxy that was asked for; absent where none was. The variables that other programs
/// read are never looked at: an OTP goes where it was told to.
pub(crate) fn proxied(options: &CallOptions) -> Result<Option<HttpClient>, Error> {
    let given = options.proxy.as_deref().map(|text| {
        let url = proxy_url(text).ok_or(NO_PROXY_URL);
        let url = url.and_then(|url| match (url.username(), url.password()) {
            ("", None) => Ok(url),
            _ => Err(PROXY_SECRET),
        });
        url.map_err(|reason| Error::config("proxy", reason))
    });
    let Some(url) = given.map_or_else(proxy, |given| given.map(Some))? else {
        return Ok(None);
    };
    let wrong = |_| Error::config("proxy", NO_PROXY_URL);
    let proxy = Proxy::all(url).map_err(wrong)?;
    let proxy = proxy.no_proxy(NoProxy::from_string(LOOPBACK));
    let handed_in = reqwest::Client::builder().proxy(proxy);
    HttpClient::builder().reqwest(handed_in).build().map(Some)
}

fn proxy_url(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let is_proxy = matches!(url.scheme(), "http" | "https") && url.has_host();
    is_proxy.then_some(url)
}

/// The code that the customer typed: as given, or from stdin where `-` is given.
pub(crate) fn code(text: &str) -> Result<OtpCode, Error> {
    if text != "-" {
        return OtpCode::parse(text);
    }
    let mut variables = std::env::vars_os();
    if variables.any(|(name, value)| name.to_string_lossy().ends_with("_FILE") && value == "-") {
        return Err(Error::config("code", STDIN_TWICE));
    }
    OtpCode::parse(Secret::new(content("-", Subject::Argument("code"))?).expose())
}

/// All of stdin, for a command that reads its input there.
pub(crate) fn input() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let limit = 64 * 1024;
    let read = std::io::stdin().take(limit).read_to_end(&mut bytes);
    read.map_err(|error| Error::config("stdin", NOT_READ).with_source(error))?;
    Ok(bytes)
}

/// The content of a file or of stdin, without the newline at its end. Where it cannot be had, the
/// error names the `subject` that asked for it.
pub(crate) fn content(file: &str, subject: Subject) -> Result<String, Error> {
    let refused = |reason| {
        let error = Error::new(ErrorKind::Config).with_subject(subject);
        error.with_reason(reason)
    };
    let unreadable = |error| refused(NOT_READ).with_source(error);
    let mut reader: Box<dyn Read> = match file {
        "-" => Box::new(std::io::stdin()),
        file => Box::new(std::fs::File::open(file).map_err(unreadable)?),
    };
    // As large as it can get: what grows leaves copies of a key behind.
    let mut text = String::with_capacity(MAX_BYTES + 1);
    let limit = MAX_BYTES as u64 + 1;
    let read = reader.by_ref().take(limit).read_to_string(&mut text);
    if read.map_err(unreadable)? > MAX_BYTES {
        return Err(refused(TOO_LONG));
    }
    let end = text.trim_end_matches(['\n', '\r']).len();
    text.truncate(end);
    Ok(text)
}
