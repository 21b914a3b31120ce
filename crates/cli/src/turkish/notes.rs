//! What stands below the help texts, in Turkish, line by line: the examples stay as they are, and
//! what is said about them is said in Turkish.

/// The note in Turkish.
pub(super) fn turkish(note: &str) -> String {
    let lines: Vec<String> = note.lines().map(line).collect();
    lines.join("\n")
}

fn line(line: &str) -> String {
    let (before, text) = parts(line);
    let found = LINES.iter().find(|(english, _)| *english == text);
    let said = found.map_or(text, |(_, turkish)| turkish);
    format!("{before}{said}")
}

/// A line apart into what stays, and what is said: a comment, the second column, or all of it.
fn parts(line: &str) -> (&str, &str) {
    let is_example = ["  onay ", "  export ", "      --"]
        .iter()
        .any(|start| line.starts_with(start));
    let text = if is_example {
        line.split_once(" # ").map_or("", |(_, comment)| comment)
    } else {
        let words = line.trim_start();
        words
            .split_once("  ")
            .map_or(words, |(_, second)| second.trim_start())
    };
    line.split_at(line.len() - text.len())
}

#[rustfmt::skip]
const LINES: &[(&str, &str)] = &[
    ("", ""),
    ("Examples:", "Örnekler:"),
    ("Environment:", "Ortam değişkenleri:"),
    ("Operations:", "İşlemler:"),
    ("Exit codes:", "Çıkış kodları:"),
    // onay
    ("the whole story on a sandbox of its own; nothing needed", "bütün öykü, kendi sandbox'ında; başka bir şey gerekmez"),
    ("a sandbox with an inbox at http://127.0.0.1:8027/", "gelen kutusu http://127.0.0.1:8027/ adresinde olan bir sandbox"),
    ("what Paynet's code 5 means, and what to do", "Paynet'in 5 kodu ne demek, ne yapmalı"),
    ("what is configured, and what is wrong with it", "neyin ayarlı olduğu ve onda neyin yanlış olduğu"),
    ("the same in Turkish", "aynısı Türkçe"),
    ("The environment says where and as whom; see `onay otp --help`, `onay masterpass --help`", "Nereye ve kimin adına gidileceğini ortam değişkenleri söyler; bkz. `onay otp --help`,"),
    ("and `onay link --help`.", "`onay masterpass --help` ve `onay link --help`."),
    ("a sandbox that is not at http://127.0.0.1:8027", "http://127.0.0.1:8027 adresinde olmayan bir sandbox"),
    ("Turkish where they begin with tr; --lang wins", "tr ile başlıyorsa Türkçe; --lang önce gelir"),
    ("no colours, or colours where no terminal is; --color wins", "renk yok ya da terminal olmasa da renk var; --color önce gelir"),
    ("what is traced to stderr, such as onay_http=debug; wins over -v", "stderr'e neyin yazılacağı, örneğin onay_http=debug; -v'den önce gelir"),
    ("0 done · 1 unexpected · 2 usage or invalid input · 3 refused · 4 credentials · 5 too soon", "0 tamam · 1 beklenmeyen · 2 kullanım ya da geçersiz değer · 3 ret · 4 kimlik bilgileri · 5 erken"),
    ("6 a message may have gone out · 7 not sent · 8 waited in vain", "6 mesaj gitmiş olabilir · 7 gönderilmedi · 8 boşuna beklendi"),
    // Settings.
    ("test, live (with --live on top) or sandbox", "test, live (ayrıca --live ile) ya da sandbox"),
    ("test, live-turkey or live-global (with --live on top), or sandbox", "test, live-turkey ya da live-global (ayrıca --live ile) ya da sandbox"),
    ("sck_…, or PAYNET_SECRET_KEY_FILE with the name of a file ('-' is stdin)", "sck_… ya da PAYNET_SECRET_KEY_FILE içinde bir dosya adı ('-' stdin)"),
    ("another server than the environment's", "ortamınkinden başka bir sunucu"),
    ("`onay doctor` shows which are set, and no key.", "`onay doctor` hangilerinin tanımlı olduğunu gösterir, anahtarları göstermez."),
    ("sent as apikeyprivate, or PAYWALL_PRIVATE_KEY_FILE ('-' is stdin)", "apikeyprivate olarak gider; ya da PAYWALL_PRIVATE_KEY_FILE ('-' stdin)"),
    ("sent as apiclientprivate, or PAYWALL_PRIVATE_CLIENT_FILE", "apiclientprivate olarak gider; ya da PAYWALL_PRIVATE_CLIENT_FILE"),
    ("the shop's number", "mağazanın numarası"),
    ("or PAYTR_MERCHANT_KEY_FILE with the name of a file ('-' is stdin)", "ya da PAYTR_MERCHANT_KEY_FILE içinde bir dosya adı ('-' stdin)"),
    ("or PAYTR_MERCHANT_SALT_FILE", "ya da PAYTR_MERCHANT_SALT_FILE"),
    ("The sandbox knows the merchant 100001 with sandbox-merchant-key and sandbox-merchant-salt.", "Sandbox, sandbox-merchant-key ve sandbox-merchant-salt ile 100001 numaralı mağazayı tanır."),
    // Codes.
    ("for `onay sandbox serve`", "`onay sandbox serve` için"),
    ("The session is yours to choose: one for each payment or card, the same when its code is checked.", "Oturumun adını siz seçersiniz: her ödeme ya da kart için bir tane; kod denetlenirken de aynısı."),
    ("Exit codes: 0 accepted · 5 too soon · 6 a message may have gone out: do not just send again", "Çıkış kodları: 0 kabul edildi · 5 erken · 6 mesaj gitmiş olabilir: hemen yeniden göndermeyin"),
    ("With '--code -' the code is typed after the command, and stays out of the shell's history.", "'--code -' ile kod komuttan sonra yazılır ve kabuğun geçmişine girmez."),
    ("Exit codes: 0 approved, and nothing else is · 3 wrong, expired or used up", "Çıkış kodları: 0 onaylandı, başka hiçbiri onay değildir · 3 yanlış, süresi dolmuş ya da kullanılmış"),
    ("Always go on with the session and the token of the latest answer: a resend kills the token before.", "En son yanıttaki oturum ve token ile devam edin: yeniden göndermek önceki token'ı geçersiz kılar."),
    ("The answer's session is what `onay masterpass link --session` wants.", "`onay masterpass link --session`, yanıttaki oturumu ister."),
    ("SESSION is in the answer of `onay masterpass session`. A code goes to the customer, and the answer", "SESSION, `onay masterpass session` yanıtındadır. Müşteriye kod gider; yanıtta o kodun yerini"),
    ("holds the token that stands for it.", "tutan token vardır."),
    ("SESSION and TOKEN are in the latest answer. The new token replaces the old one, which is dead.", "SESSION ve TOKEN en son yanıttadır. Yeni token eskisinin yerini alır; eskisi artık geçersizdir."),
    ("--account-link is for the code that `onay masterpass link` sent.", "--account-link, `onay masterpass link` ile gönderilen kod içindir."),
    // Links, callbacks, tokens.
    ("The answer's id is what `onay link sms --id` wants.", "`onay link sms --id`, yanıttaki id'yi ister."),
    ("ID is in the answer of `onay link create`.", "ID, `onay link create` yanıtındadır."),
    ("The ids are in the answers of `onay link create`.", "Id'ler `onay link create` yanıtlarındadır."),
    ("The body is what PayTR posted, byte for byte: hash=…&merchant_oid=…&status=…", "Gövde, PayTR'nin gönderdiğinin baytı baytına aynısıdır: hash=…&merchant_oid=…&status=…"),
    ("Exit codes: 0 paid, and signed with your key · 4 not signed with it: nothing was proven", "Çıkış kodları: 0 ödendi, sizin anahtarınızla imzalı · 4 imza onunla değil: kanıtlanan bir şey yok"),
    ("Your server has to answer exactly OK. Plain http goes to this machine alone.", "Sunucunuzun yanıtı tam olarak OK olmalı. Düz http yalnızca bu bilgisayara gider."),
    ("Exit codes: 0 your server answered OK · 1 it answered something else · 7 it cannot be reached", "Çıkış kodları: 0 sunucunuz OK yanıtını verdi · 1 başka bir yanıt verdi · 7 ona ulaşılamıyor"),
    ("Exit codes: 0 the token, or the expected one is right · 3 the expected one is wrong; the report on", "Çıkış kodları: 0 token yazıldı ya da beklenen token doğru · 3 beklenen token yanlış; nedeni"),
    ("stdout says why, where that is known", "biliniyorsa stdout'taki rapor söyler"),
    // The sandbox.
    ("A merchant's file is {\"merchant_id\": \"…\", \"merchant_key\": \"…\", \"merchant_salt\": \"…\"}.", "Mağaza dosyası: {\"merchant_id\": \"…\", \"merchant_key\": \"…\", \"merchant_salt\": \"…\"}."),
    ("A message shows what the customer got; the journal shows what was asked and answered, masked, and", "Mesaj, müşterinin ne aldığını gösterir; journal ise neyin istenip ne yanıt verildiğini (maskeli)"),
    ("for a refused call what was wrong with it.", "ve reddedilen bir çağrıda neyin yanlış olduğunu."),
    ("Of several rules the first that matches strikes, and no other.", "Birden çok kural varsa uyan ilki işler, başkası işlemez."),
    ("What each does stands in the documentation of the crate onay-sandbox.", "Her birinin ne yaptığı onay-sandbox crate'inin belgelerindedir."),
    ("send_otp, check_otp", "send_otp, check_otp"),
    ("session, merchant/link, otp/resend, otp/verify", "session, merchant/link, otp/resend, otp/verify"),
    ("create, send-sms, send-email, delete", "create, send-sms, send-email, delete"),
    ("every rule", "bütün kurallar"),
    ("the rule that `onay sandbox fault list` shows as #2", "`onay sandbox fault list` çıktısında #2 olan kural"),
    // For whoever builds with this.
    ("every code, one line each", "bütün kodlar, her biri bir satır"),
    ("what a kind of error means, and which codes are of it", "bir hata türü ne demek, hangi kodlar o türden"),
    ("PayTR has no codes but sentences: give the sentence, or a part of it, in quotes.", "PayTR'nin kodları değil cümleleri vardır: cümleyi ya da bir parçasını tırnak içinde verin."),
    ("Exit codes: 0 found · 2 the table does not have it", "Çıkış kodları: 0 bulundu · 2 tabloda yok"),
    ("can the chosen hosts be reached?", "seçilen sunuculara ulaşılabiliyor mu?"),
    ("against the clock of the running sandbox", "çalışan sandbox'ın saatine göre"),
    ("against that server's", "o sunucunun saatine göre"),
    ("No key is ever shown: of a Paynet key its first four characters, of the others their length.", "Hiçbir anahtar gösterilmez: Paynet anahtarının ilk dört karakteri, ötekilerin uzunluğu görünür."),
    ("The report is on stdout whatever it finds, with --json too; nothing is on stderr.", "Rapor, ne bulursa bulsun, --json ile de stdout'tadır; stderr'e bir şey yazılmaz."),
    ("Exit codes: 0 all that is configured is right, or nothing is · 2 a mistake in it · 7 unreachable", "Çıkış kodları: 0 ayarlı olan her şey doğru ya da ayar yok · 2 bir yanlış var · 7 ulaşılamıyor"),
    ("read the page of onay itself", "onay'ın kendi sayfasını okur"),
    ("install the pages of all commands", "bütün komutların sayfalarını kurar"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_stay_and_their_comments_are_translated() {
        assert_eq!(
            turkish("Examples:\n  onay explain paynet    # every code, one line each\n  onay demo"),
            "Örnekler:\n  onay explain paynet    # bütün kodlar, her biri bir satır\n  onay demo"
        );
        assert_eq!(
            turkish("  PAYTR_MERCHANT_ID    the shop's number"),
            "  PAYTR_MERCHANT_ID    mağazanın numarası"
        );
    }

    /// Every line below every command, and no line that none of them has.
    #[test]
    fn every_line_is_translated() {
        let mut said = Vec::new();
        super::super::tests::each(&mut |_, command| {
            let note = command.get_after_help().map(ToString::to_string);
            for line in note.unwrap_or_default().lines() {
                let text = parts(line).1;
                let turkish = super::line(line);
                assert!(
                    turkish.chars().count() <= 100,
                    "would be wrapped: {turkish}"
                );
                let known = LINES.iter().any(|(english, _)| *english == text);
                assert!(known, "no Turkish for: {text}");
                said.push(text.to_owned());
            }
        });
        for (english, _) in LINES {
            assert!(
                said.iter().any(|text| text == english),
                "no longer said: {english}"
            );
        }
    }
}
