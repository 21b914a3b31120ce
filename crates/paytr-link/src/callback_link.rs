//! Where PayTR tells that a link was paid: judged as it will be posted.

use std::net::IpAddr;

use onay_core::{Error, Reason};
use onay_http::reqwest::Url;

use crate::refuse;

const BAD_ID: Reason = Reason::new(
    "paytr_callback_id",
    "is not from 1 to 64 letters and digits",
    "1 ile 64 arası harf ve rakamdan oluşmuyor",
);
const NOT_IN_URL: Reason = Reason::new(
    "paytr_callback_characters",
    "holds what no URL holds",
    "bir URL'de olamayacak karakter içeriyor",
);
const NO_URL: Reason = Reason::new(
    "paytr_callback_url",
    "is no http or https URL",
    "http ya da https URL'si değil",
);
const USER: Reason = Reason::new(
    "paytr_callback_user",
    "holds a user name or a password",
    "kullanıcı adı ya da şifre içeriyor",
);
const LOCALHOST: Reason = Reason::new(
    "paytr_callback_localhost",
    "is localhost, which PayTR cannot reach; for the sandbox write 127.0.0.1",
    "localhost; PayTR ona ulaşamaz, sandbox için 127.0.0.1 yazın",
);
const UNSPECIFIED: Reason = Reason::new(
    "paytr_callback_unspecified",
    "is no address that can be called",
    "çağrılabilecek bir adres değil",
);
const PORT: Reason = Reason::new("paytr_callback_port", "holds a port", "port içeriyor");

/// A callback address and the merchant's id for it; PayTR wants both or none.
#[derive(Clone)]
pub(crate) struct CallbackLink {
    pub(crate) link: String,
    pub(crate) id: String,
    pub(crate) is_loopback: bool,
}

impl CallbackLink {
    pub(crate) fn parse(link: &str, id: &str) -> Result<Self, Error> {
        let no = |why| Err(refuse("callback_link", why));
        if id.is_empty() || id.len() > 64 || !id.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return Err(refuse("callback_id", BAD_ID));
        }
        if !link.bytes().all(|b| b.is_ascii_graphic()) || link.contains('\\') {
            return no(NOT_IN_URL);
        }
        // The URL parser would mend what is posted as it stands.
        let rest = link
            .strip_prefix("https://")
            .or_else(|| link.strip_prefix("http://"));
        let Some((rest, Ok(url))) = rest.map(|rest| (rest, Url::parse(link))) else {
            return no(NO_URL);
        };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // With a third slash the parser would take the authority from behind it, unseen from here.
        if authority.is_empty() {
            return no(NO_URL);
        }
        if authority.contains('@') {
            return no(USER);
        }
        let host = url.host_str().unwrap_or_default().trim_end_matches('.');
        if host == "localhost" || host.ends_with(".localhost") {
            return no(LOCALHOST);
        }
        let address = host.trim_matches(['[', ']']).parse::<IpAddr>().ok();
        let address = address.map(|address| address.to_canonical());
        if address.is_some_and(|address| address.is_unspecified()) {
            return no(UNSPECIFIED);
        }
        let is_loopback = address.is_some_and(|address| address.is_loopback());
        let port = authority
            .rsplit(']')
            .next()
            .is_some_and(|end| end.contains(':'));
        if port && !is_loopback {
            return no(PORT);
        }
        Ok(Self {
            link: link.to_owned(),
            id: id.to_owned(),
            is_loopback,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(result: Result<CallbackLink, Error>) -> Option<&'static str> {
        let subject = result.err().and_then(|error| error.subject());
        subject.map(|subject| subject.name())
    }

    #[test]
    fn a_callback_is_whole_or_refused() {
        for link in [
            "",
            "shop.example.com/callback",
            "ftp://shop.example.com",
            "https://shop.example.com:8443/callback",
            "http://localhost/callback",
            "http://localhost:8080/callback",
            "https://me:pw@shop.example.com/",
            "https://shop.example.com:443/callback",
            " https://shop.example.com/callback",
            "https://shop.example.com/callback\n",
            "https:shop.example.com/callback",
            "https:\\\\shop.example.com\\callback",
            "https://localhost./callback",
            "https://a.localhost/callback",
            "https://0.0.0.0/callback",
            "http://[::]/callback",
            // Found by the fuzzer: a port and a user name behind a third slash.
            "http:///shop.example.com:8443/",
            "https:///me:pw@shop.example.com/",
        ] {
            assert_eq!(
                field(CallbackLink::parse(link, "ORDER1")),
                Some("callback_link"),
                "{link}"
            );
        }
        for id in ["", "ORDER 1", "ORDER-1", "SİPARİŞ", &"A".repeat(65)] {
            let link = "https://shop.example.com/callback";
            assert_eq!(
                field(CallbackLink::parse(link, id)),
                Some("callback_id"),
                "{id}"
            );
        }
        for link in [
            "https://shop.example.com/callback",
            "http://127.0.0.1:8080/callback",
        ] {
            let _ = CallbackLink::parse(link, "ORDER1").expect(link);
        }
    }
}
