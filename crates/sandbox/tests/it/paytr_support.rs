//! A small PayTR client with its own arithmetic, right or wrong as a test tells it.

use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use onay_sandbox::Sandbox;
use serde_json::{Value, json};
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{Caller, Response, paytr, text_of};

pub(crate) const MERCHANT: &str = "100001";
pub(crate) const MERCHANT_KEY: &str = "sandbox-merchant-key";
pub(crate) const MERCHANT_SALT: &str = "sandbox-merchant-salt";
pub(crate) const PHONE: &str = "05550000042";
pub(crate) const ADDRESS: &str = "musteri@example.com";
pub(crate) const WRONG_TOKEN: &str = "paytr_token gonderilmedi veya gecersiz";
pub(crate) const WRONG_ID: &str = "İşlem başarısız. Geçersiz id.";

pub(crate) type Fields = Vec<(String, String)>;

pub(crate) fn digest(key: &str, message: &str) -> Vec<u8> {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any key");
    hmac.update(message.as_bytes());
    hmac.finalize().into_bytes().to_vec()
}

pub(crate) fn token(key: &str, message: &str) -> String {
    STANDARD.encode(digest(key, message))
}

pub(crate) fn get<'fields>(fields: &'fields Fields, name: &str) -> &'fields str {
    let found = fields.iter().find(|(known, _)| known == name);
    found.map_or("", |(_, value)| value)
}

pub(crate) fn set(mut fields: Fields, name: &str, value: &str) -> Fields {
    match fields.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => value.clone_into(old),
        None => fields.push((name.to_owned(), value.to_owned())),
    }
    fields
}

pub(crate) fn without(mut fields: Fields, name: &str) -> Fields {
    fields.retain(|(known, _)| known != name);
    fields
}

pub(crate) fn fields(pairs: &[(&str, &str)]) -> Fields {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

/// A product that is good, as the official samples post it.
pub(crate) fn product() -> Fields {
    fields(&[
        ("merchant_id", MERCHANT),
        ("name", "Çiçek Şöleni"),
        ("price", "1445"),
        ("currency", "TL"),
        ("max_installment", "1"),
        ("link_type", "product"),
        ("lang", "tr"),
        ("min_count", "1"),
        ("email", ""),
        ("expiry_date", ""),
        ("max_count", ""),
        ("callback_link", ""),
        ("callback_id", ""),
        ("debug_on", "1"),
        ("get_qr", "0"),
    ])
}

pub(crate) fn collection() -> Fields {
    let collection = set(product(), "link_type", "collection");
    set(set(collection, "min_count", ""), "email", ADDRESS)
}

/// A product whose payment is told to this address.
pub(crate) fn called_back(link: &str) -> Fields {
    let told = set(product(), "callback_link", link);
    set(told, "callback_id", "ORDER0001")
}

pub(crate) fn sms(id: &str) -> Fields {
    fields(&[
        ("merchant_id", MERCHANT),
        ("id", id),
        ("cell_phone", PHONE),
        ("debug_on", "1"),
    ])
}

pub(crate) fn mail(id: &str) -> Fields {
    fields(&[
        ("merchant_id", MERCHANT),
        ("id", id),
        ("email", ADDRESS),
        ("debug_on", "1"),
    ])
}

pub(crate) fn deletion(id: &str) -> Fields {
    fields(&[("merchant_id", MERCHANT), ("id", id), ("debug_on", "1")])
}

/// The text that a call signs, without the salt.
pub(crate) fn signed_text(call: &str, fields: &Fields) -> String {
    let names: &[&str] = match call {
        "create" if get(fields, "link_type") == "collection" => &[
            "name",
            "price",
            "currency",
            "max_installment",
            "link_type",
            "lang",
            "email",
        ],
        "create" => &[
            "name",
            "price",
            "currency",
            "max_installment",
            "link_type",
            "lang",
            "min_count",
        ],
        "send-sms" => &["id", "merchant_id", "cell_phone"],
        "send-email" => &["id", "merchant_id", "email"],
        _ => &["id", "merchant_id"],
    };
    names.iter().map(|name| get(fields, name)).collect()
}

/// Calls PayTR.
pub(crate) struct PaytrCaller {
    pub(crate) plain: Caller,
}

impl PaytrCaller {
    pub(crate) fn new(sandbox: &Sandbox) -> Self {
        Self {
            plain: Caller::new(sandbox),
        }
    }

    /// Posts these fields and nothing else.
    pub(crate) async fn post(&self, call: &str, fields: &Fields) -> Response {
        let request = self.plain.post(&format!("/paytr/odeme/api/link/{call}"));
        Response::of(request.form(fields)).await
    }

    /// Posts these fields with the right token of the default merchant.
    pub(crate) async fn call(&self, call: &str, fields: Fields) -> Response {
        let message = signed_text(call, &fields) + MERCHANT_SALT;
        let token = token(MERCHANT_KEY, &message);
        self.post(call, &set(fields, "paytr_token", &token)).await
    }

    /// Creates a link and tells its id.
    pub(crate) async fn create(&self, fields: Fields) -> String {
        let created = self.call("create", fields).await.json();
        assert_eq!(created["status"], "success", "{created}");
        text_of(&created["id"])
    }

    pub(crate) async fn doctor(&self) -> String {
        self.plain.word().await
    }
}

/// A sandbox with a link in it.
pub(crate) async fn with_link(fields: Fields) -> (Sandbox, PaytrCaller, String) {
    let (sandbox, caller) = paytr().await;
    let id = caller.create(fields).await;
    (sandbox, caller, id)
}

pub(crate) fn refusal(reason: &str) -> Value {
    json!({"status": "error", "reason": reason, "err_msg": reason})
}

/// A merchant's server, and what it was told.
pub(crate) struct Shop {
    pub(crate) url: String,
    told: Arc<Mutex<Vec<String>>>,
}

impl Shop {
    /// Answers these in turn, and the last ever after; where a body ends the end of the connection says.
    pub(crate) async fn answering(answers: &'static [(u16, &'static str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("an address");
        let port = listener.local_addr().expect("an address").port();
        let told = Arc::new(Mutex::new(Vec::new()));
        let shop = Self {
            url: format!("http://127.0.0.1:{port}/bildirim?x=1"),
            told: Arc::clone(&told),
        };
        tokio::spawn(async move {
            for turn in 0.. {
                let (mut stream, _) = listener.accept().await.expect("a call");
                let mut request = Vec::new();
                while !request.ends_with(b"test_mode=1") {
                    stream.read_buf(&mut request).await.expect("a request");
                }
                let request = String::from_utf8(request).expect("text");
                told.lock().expect("a list").push(request);
                let answer = answers.get(turn).or(answers.last());
                let (status, body) = answer.expect("an answer");
                let answer = format!("HTTP/1.1 {status} X\r\nconnection: close\r\n\r\n{body}");
                stream.write_all(answer.as_bytes()).await.expect("written");
            }
        });
        shop
    }

    /// Every request that came.
    pub(crate) fn told(&self) -> Vec<String> {
        self.told.lock().expect("a list").clone()
    }
}
