//! What each kind of error means, what to do about it, and what to tell the customer.

use onay::{Bilingual, Delivery, ErrorKind};

use crate::language::Language;

/// What is to be said about one kind of error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KindWords {
    /// A few words, for a headline.
    pub(crate) name: Bilingual,
    pub(crate) meaning: Bilingual,
    pub(crate) advice: Bilingual,
    pub(crate) customer: Bilingual,
}

pub(crate) fn delivery(delivery: Delivery) -> Bilingual {
    match delivery {
        Delivery::NotSent => Bilingual::new("mesaj gitmedi", "no message went out"),
        Delivery::MaybeSent => {
            Bilingual::new("mesaj gitmiş olabilir", "a message may have gone out")
        }
        Delivery::Refused => Bilingual::new("sağlayıcı reddetti", "the provider refused"),
        _ => Bilingual::new("mesajın gidip gitmediği bilinmiyor", "delivery unknown"),
    }
}

/// Looked up wherever a [`Bilingual`] is shown.
pub(crate) fn said(words: Bilingual, language: Language) -> &'static str {
    language.of(words.turkish(), words.english())
}

#[rustfmt::skip]
pub(crate) fn words(kind: ErrorKind) -> KindWords {
    match kind {
        ErrorKind::InvalidInput => KindWords {
            name: Bilingual::new("geçersiz değer", "invalid input"),
            meaning: Bilingual::new("Bir değer bu haliyle gönderilemez (örneğin sabit hat numarası); istek yola çıkmadan yakalandı.", "A value cannot be sent as it is, such as a landline number. It was caught before anything left."),
            advice: Bilingual::new("Değeri düzeltip yeniden çağırın; hiçbir şey gönderilmedi.", "Correct the value and call again; nothing went out."),
            customer: Bilingual::new("Numaranızı kontrol edip yeniden girer misiniz?", "Please check the number that you typed."),
        },
        ErrorKind::Config => KindWords {
            name: Bilingual::new("ayarlar yanlış", "wrong configuration"),
            meaning: Bilingual::new("Sağlayıcının ayarları yanlış: eksik ya da hatalı bir değişken, satır sonu içeren bir anahtar. İstek yola çıkmadan yakalandı.", "The provider is set up wrongly: a variable is missing or wrong, a key holds a newline. It was caught before anything left."),
            advice: Bilingual::new("Ayarı düzeltin; `onay doctor` neyin tanımlı olduğunu gösterir.", "Correct the setting; `onay doctor` shows what is set."),
            customer: OTHER_WAY,
        },
        ErrorKind::Credentials => KindWords {
            name: Bilingual::new("kimlik bilgileri kabul edilmedi", "credentials not accepted"),
            meaning: Bilingual::new("Sağlayıcı bu anahtarları tanımıyor ya da bu işleme izin vermiyor; ya da bir imza tutmuyor.", "The provider does not know these keys or does not let them do this; or a signature does not match."),
            advice: Bilingual::new("Anahtarları ve ortamı kontrol edin (`onay doctor`). Aynı anahtarla yeniden denemek bir şeyi değiştirmez.", "Check the keys and the environment (`onay doctor`). Trying again with the same keys changes nothing."),
            customer: OTHER_WAY,
        },
        ErrorKind::WrongCode => KindWords {
            name: Bilingual::new("kod yanlış", "wrong code"),
            meaning: Bilingual::new("Girilen kod, gönderilen kod değil.", "The code is not the one that was sent."),
            advice: Bilingual::new("Müşteriden kodu yeniden girmesini isteyin; yeni kod göndermeyin.", "Ask the customer to type the code again; do not send another."),
            customer: Bilingual::new("Kod yanlış. Lütfen yeniden girin.", "The code is wrong. Please type it again."),
        },
        ErrorKind::Expired => KindWords {
            name: Bilingual::new("kodun süresi dolmuş ya da kod kullanılmış", "the conversation is over"),
            meaning: Bilingual::new("Kodun süresi dolmuş, kod daha önce kullanılmış ya da böyle bir oturum yok.", "The code is too old or already used, or there is no such session."),
            advice: Bilingual::new("Baştan başlayın: yeni bir oturumla yeni kod gönderin.", "Start over: send a new code, in a new session."),
            customer: Bilingual::new("Kodun süresi doldu. Yeni bir kod gönderelim mi?", "The code has expired. Shall we send a new one?"),
        },
        ErrorKind::TooSoon => KindWords {
            name: Bilingual::new("yeniden göndermek için erken", "too soon to send again"),
            meaning: Bilingual::new("Yeni kod için henüz erken; önceki kod hâlâ geçerli.", "It is too early for another code; the one before still works."),
            advice: Bilingual::new("retry_after kadar bekleyin; bu arada müşteri elindeki kodu girebilir.", "Wait as long as retry_after says; meanwhile the customer can type the code that was sent."),
            customer: Bilingual::new("Size az önce bir kod gönderdik. Gelmediyse biraz sonra yenisini isteyebilirsiniz.", "We have just sent you a code. If it does not arrive, you can ask for another one soon."),
        },
        ErrorKind::LimitReached => KindWords {
            name: Bilingual::new("sınıra ulaşıldı", "limit reached"),
            meaning: Bilingual::new("Başka deneme ya da başka mesaj hakkı kalmadı.", "No more tries, or no more messages, are allowed."),
            advice: Bilingual::new("Yeniden denemeyin; işlemi baştan başlatın ya da başka bir ödeme yolu önerin.", "Do not try again; begin the payment anew, or offer another way to pay."),
            customer: Bilingual::new("Çok fazla deneme yapıldı. Lütfen daha sonra ya da başka bir yolla ödeyin.", "Too many tries. Please pay later, or in another way."),
        },
        ErrorKind::ActionRequired => KindWords {
            name: Bilingual::new("önce müşterinin bir şey yapması gerekiyor", "the customer has to act first"),
            meaning: Bilingual::new("Müşterinin önce başka bir adımı tamamlaması gerekiyor: 3-D Secure ya da başka bir kod.", "The customer has to do something else first: 3-D Secure, or another code."),
            advice: Bilingual::new("Müşteriyi action_url adresine yönlendirin ya da yoldaki kodu isteyin; en son challenge ile devam edin.", "Send the customer to action_url, or ask for the code that is on its way; go on with the newest challenge."),
            customer: Bilingual::new("Ödemeyi tamamlamak için bir adım daha gerekiyor.", "One more step is needed to complete the payment."),
        },
        ErrorKind::Refused => KindWords {
            name: Bilingual::new("reddedildi", "refused"),
            meaning: Bilingual::new("Sağlayıcı isteği okudu ve reddetti. Tabloda olmayan kodlar da böyle okunur ve olduğu gibi saklanır.", "The provider read the request and said no. Codes that are in no table are read so too, and kept verbatim."),
            advice: Bilingual::new("Sağlayıcının koduna ve mesajına bakın; aynı isteği yinelemek bir şeyi değiştirmez. Bilinmeyen kodu sağlayıcıya sorun.", "Look at the provider's code and message; the same request again changes nothing. Ask the provider about a code that is not known."),
            customer: Bilingual::new("İşlem tamamlanamadı. Başka bir kart ya da ödeme yolu deneyebilirsiniz.", "This did not work. You can try another card, or another way to pay."),
        },
        ErrorKind::Unsupported => KindWords {
            name: Bilingual::new("bu sağlayıcı bunu desteklemiyor", "not supported by this provider"),
            meaning: Bilingual::new("Bu sağlayıcı istenen işlemi yapamaz; istek yola çıkmadan yakalandı.", "This provider cannot do what was asked. It was caught before anything left."),
            advice: Bilingual::new("Kodunuzda başka bir sağlayıcı ya da başka bir çağrı kullanın.", "Use another provider, or another call, in your code."),
            customer: Bilingual::new("Bu ödeme yolu şu anda kullanılamıyor; başka birini seçebilirsiniz.", "This way to pay is not available; you can choose another."),
        },
        ErrorKind::Unreachable => KindWords {
            name: Bilingual::new("bağlantı kurulamadı", "no connection"),
            meaning: Bilingual::new("Bağlantı kurulamadı: reddedildi, adres bulunamadı, TLS hatası ya da zaman aşımı. İstek yola çıkmadı.", "No connection: refused, unknown host, TLS failure, or time ran out. The request never left."),
            advice: Bilingual::new("Yeniden göndermek güvenlidir. `onay doctor --network` sunucuya ulaşılıp ulaşılmadığını gösterir; sandbox'a gidiyorsa önce `onay sandbox serve` çalışıyor olmalı.", "Sending again is safe. `onay doctor --network` shows whether the host can be reached; where calls go to the sandbox, `onay sandbox serve` has to be running."),
            customer: Bilingual::new("Şu anda kod gönderemiyoruz. Lütfen birazdan yeniden deneyin.", "We cannot send a code right now. Please try again in a moment."),
        },
        ErrorKind::Interrupted => KindWords {
            name: Bilingual::new("bağlantı yarıda kesildi", "interrupted"),
            meaning: Bilingual::new("İstek gitmiş olabilirken bağlantı koptu ya da süre doldu.", "The connection broke, or time ran out, once the request may have left."),
            advice: MAYBE,
            customer: MAYBE_CUSTOMER,
        },
        ErrorKind::Unreadable => KindWords {
            name: Bilingual::new("yanıt anlaşılamadı", "unreadable answer"),
            meaning: Bilingual::new("Gelen yanıt ne evet ne hayır diyor: boş, HTML, yarım ya da çok uzun.", "The answer says neither yes nor no: it is empty, HTML, cut short or too long."),
            advice: MAYBE,
            customer: MAYBE_CUSTOMER,
        },
        ErrorKind::Upstream => KindWords {
            name: Bilingual::new("sağlayıcıda sorun var", "trouble at the provider"),
            meaning: Bilingual::new("Sağlayıcının kendisinde sorun var: HTTP 5xx, sunucu hatası ya da zaman aşımı.", "The provider itself is in trouble: HTTP 5xx, a server error or a timeout of its own."),
            advice: MAYBE,
            customer: MAYBE_CUSTOMER,
        },
        _ => UNKNOWN,
    }
}

const OTHER_WAY: Bilingual = Bilingual::new(
    "Lütfen başka bir ödeme yolu deneyin.",
    "Please try another way to pay.",
);
const MAYBE: Bilingual = Bilingual::new(
    "Mesaj gitmiş olabilir: yenisini göndermeden önce müşteriye kodun ya da linkin gelip gelmediğini sorun.",
    "A message may have gone out: ask the customer for the code, or the link, before you send another.",
);
const MAYBE_CUSTOMER: Bilingual = Bilingual::new(
    "Kod size ulaştıysa girin; ulaşmadıysa birazdan yenisini isteyebilirsiniz.",
    "If the code has arrived, type it; if not, you can ask for another one soon.",
);
const UNKNOWN: KindWords = KindWords {
    name: Bilingual::new("bilinmeyen hata", "unknown error"),
    meaning: Bilingual::new(
        "Bu sürümün tanımadığı bir hata.",
        "An error that this version does not know.",
    ),
    advice: Bilingual::new(
        "onay'ın daha yeni bir sürümünü kullanın.",
        "Use a newer version of onay.",
    ),
    customer: Bilingual::new("İşlem tamamlanamadı.", "This did not work."),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_words_of_its_own() {
        let mut names = Vec::new();
        for kind in ErrorKind::ALL.iter().copied() {
            let said = words(kind);
            assert_ne!(said, UNKNOWN, "{kind:?}");
            assert_eq!(said.name.english(), kind.to_string(), "as the library says");
            names.push(said.name.turkish());
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), ErrorKind::ALL.len());
        for known in [Delivery::NotSent, Delivery::MaybeSent, Delivery::Refused] {
            assert_eq!(delivery(known).english(), known.to_string());
        }
    }

    #[test]
    fn the_guide_has_the_same_sentence_for_the_customer() {
        let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../all/src/guide/errors.md");
        let guide = std::fs::read_to_string(guide).expect("the guide");
        for kind in [ErrorKind::Config, ErrorKind::Credentials] {
            let mut rows = guide.lines();
            let row = rows.find(|line| line.starts_with(&format!("| `{kind:?}` |")));
            let said = words(kind).customer.english().to_lowercase();
            let said = format!("\"{}\"", said.trim_end_matches('.'));
            assert!(row.expect("a row").contains(&said), "{said} in {row:?}");
        }
    }
}
