//! Settings from the environment, secrets also from files or stdin: never from an argument.

use std::collections::BTreeMap;
use std::path::Path;

use onay::http::{HttpClient, Variables};
use onay::{Error, ErrorKind, OtpCode, Reason, Secret, Subject};
use reqwest::{NoProxy, Proxy, Url};

use crate::arguments::{CallOptions, Live};
use crate::input::{self, Unread};
use crate::provider::{KeyVariable, ProviderName};

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
pub(crate) const NOT_READ: Reason = Reason::new("not_read", "cannot be read", "okunamıyor");
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

/// The settings of one provider: its keys, each read once, shown nowhere and wiped when dropped, and what is no secret.
#[derive(Debug)]
pub(crate) struct Settings(BTreeMap<&'static str, Secret>);

impl Settings {
    /// Reads the secrets.
    ///
    /// Live has to be meant: every environment whose name begins with `live` takes `--live` on top.
    /// A name that is no environment is left to the provider, which refuses it.
    pub(crate) fn read(provider: ProviderName, live: Live) -> Result<Self, Error> {
        let mut secrets = BTreeMap::new();
        for key in provider.keys() {
            if let Some(value) = key.read()? {
                secrets.insert(key.name, Secret::new(value));
            }
        }
        let named = Variables::of_process(provider.environment());
        if named.is_some_and(|named| named.starts_with("live")) && !live.live {
            return Err(Error::config_variable(provider.environment(), LIVE));
        }
        Ok(Self(secrets))
    }

    pub(crate) fn lookup(&self, name: &str) -> Option<String> {
        match self.0.get(name) {
            Some(secret) => Some(secret.expose().to_owned()),
            None => Variables::of_process(name),
        }
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

/// The client of a call, by way of the proxy that was asked for. The variables that other programs read are never looked
/// at: an OTP goes where it was told to.
pub(crate) fn client(options: &CallOptions) -> Result<HttpClient, Error> {
    let given = options.proxy.as_deref().map(|text| {
        let url = proxy_url(text).ok_or(NO_PROXY_URL);
        let url = url.and_then(|url| match (url.username(), url.password()) {
            ("", None) => Ok(url),
            _ => Err(PROXY_SECRET),
        });
        url.map_err(|reason| Error::config("proxy", reason))
    });
    let Some(url) = given.map_or_else(proxy, |given| given.map(Some))? else {
        return HttpClient::new();
    };
    let wrong = |_| Error::config("proxy", NO_PROXY_URL);
    let proxy = Proxy::all(url).map_err(wrong)?;
    let proxy = proxy.no_proxy(NoProxy::from_string(LOOPBACK));
    let proxied = reqwest::Client::builder().proxy(proxy);
    HttpClient::builder().reqwest(proxied).build()
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
    let is_stdin = |key: &KeyVariable| std::env::var_os(key.file).is_some_and(|file| file == "-");
    if ProviderName::ALL
        .into_iter()
        .flat_map(ProviderName::keys)
        .any(is_stdin)
    {
        return Err(Error::config("code", STDIN_TWICE));
    }
    OtpCode::parse(Secret::new(content("-", Subject::Argument("code"))?).expose())
}

/// The content of a file or of stdin, without the newline at its end. Where it cannot be had, the
/// error names the `subject` that asked for it.
pub(crate) fn content(file: &str, subject: Subject) -> Result<String, Error> {
    let refused = |reason| {
        let error = Error::new(ErrorKind::Config).with_subject(subject);
        error.with_reason(reason)
    };
    let bytes = input::read(Path::new(file), MAX_BYTES).map_err(|unread| match unread {
        Unread::Failed(error) => refused(NOT_READ).with_source(error),
        Unread::TooLong => refused(TOO_LONG),
    })?;
    // What is no text is not repeated: it may be a key.
    let text = String::from_utf8(bytes);
    let mut text = text.map_err(|error| refused(NOT_READ).with_source(error.utf8_error()))?;
    let end = text.trim_end_matches(['\n', '\r']).len();
    text.truncate(end);
    Ok(text)
}
