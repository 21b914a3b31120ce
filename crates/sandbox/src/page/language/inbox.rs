//! `Words` are the texts of the inbox page, in English and in Turkish, side by side.

use serde_json::{Map, Value};

impl Words {
    /// All of them, for the page's script.
    pub(crate) fn as_json(&self) -> String {
        let named = self.named().into_iter();
        let named = named.map(|(name, word)| (name.to_owned(), word.into()));
        Value::Object(named.collect()).to_string()
    }

    /// The word of this name.
    pub(crate) fn word(&self, name: &str) -> Option<&'static str> {
        let mut named = self.named().into_iter();
        named.find_map(|(known, word)| (known == name).then_some(word))
    }

    /// The fields of a body as they are read.
    pub(crate) fn pretty(&self, fields: &Map<String, Value>) -> String {
        if fields.is_empty() {
            return self.no_body.to_owned();
        }
        serde_json::to_string_pretty(fields).unwrap_or_default()
    }

    /// How many are shown of how many; empty where none is.
    pub(crate) fn count(&self, shown: usize, count: usize) -> String {
        if shown == 0 {
            return String::new();
        }
        let says = self.shown_of.replace("{shown}", &shown.to_string());
        says.replace("{count}", &count.to_string())
    }
}

/// Declares words in both languages, so that none can be missing in one.
macro_rules! words {
    ($(#[$about:meta])* $struct:ident; $($name:ident: $english:literal, $turkish:literal;)*) => {
        $(#[$about])*
        #[derive(Debug)]
        pub(crate) struct $struct {
            $(pub(crate) $name: &'static str,)*
        }

        impl $struct {
            /// The words in a language.
            pub(crate) fn of(language: $crate::page::Language) -> &'static Self {
                match language {
                    $crate::page::Language::English => &Self { $($name: $english,)* },
                    $crate::page::Language::Turkish => &Self { $($name: $turkish,)* },
                }
            }

            /// Every word with its name.
            #[allow(dead_code, reason = "not every page has a script that asks for all")]
            pub(crate) fn named(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name),)*]
            }
        }
    };
}
pub(crate) use words;

words! {
    /// Every word of the inbox page in one language.
    Words;
    inbox: "Inbox", "Gelen kutusu";
    other_language: "Türkçe", "English";
    other_language_tag: "tr", "en";
    nothing_is_sent: "Nothing is really sent: these messages reach no phone.",
        "Gerçekte hiçbir şey gönderilmez: bu mesajlar hiçbir telefona ulaşmaz.";
    without_script: "Without JavaScript this page is a list to read. Reload it for newer messages.",
        "JavaScript kapalıyken bu sayfa yalnızca okunur. Yeni mesajlar için sayfayı yenileyin.";
    connecting: "Connecting…", "Bağlanıyor…";
    live: "Connected", "Bağlı";
    reconnecting: "Reconnecting…", "Yeniden bağlanıyor…";
    tools: "Tools", "Araçlar";
    close: "Close", "Kapat";
    cancel: "Cancel", "Vazgeç";
    failed: "That did not work:", "İşlem başarısız:";
    unreachable: "the sandbox does not answer.", "sandbox yanıt vermiyor.";

    // What is looked for.
    find: "Search", "Ara";
    find_hint: "text, to:0555…, provider:paytr", "metin, to:0555…, provider:paytr";
    show: "Show", "Göster";
    show_all: "All", "Tümü";
    show_messages: "Messages", "Mesajlar";
    show_refused: "Problems", "Sorunlular";
    tenant: "Tenant", "Kiracı";
    all_tenants: "All tenants", "Tüm kiracılar";
    clear: "Clear", "Temizle";
    clear_all: "Clear the messages and calls of all tenants?",
        "Tüm kiracıların mesajları ve çağrıları silinsin mi?";
    clear_one: "Clear the messages and calls of this tenant?",
        "Bu kiracının mesajları ve çağrıları silinsin mi?";
    clear_stays: "Clock, faults and codes on their way stay as they are.",
        "Saat, hatalar ve yoldaki kodlar olduğu gibi kalır.";
    nothing_found: "Nothing matches.", "Eşleşen bir şey yok.";
    show_everything: "Show everything", "Hepsini göster";
    shown_of: "{shown} of {count}", "{count} kayıttan {shown} tanesi";
    older: "Show older ones", "Daha eskileri göster";

    // The first message.
    no_messages: "No messages yet", "Henüz mesaj yok";
    send_the_first: "Send the first one from a terminal. It appears here by itself.",
        "İlk mesajı terminalden gönderin. Burada kendiliğinden belirir.";
    or_by_curl: "Or without the command line tool:", "Ya da komut satırı aracı olmadan:";
    copy: "Copy", "Kopyala";
    copied: "Copied", "Kopyalandı";
    copy_code: "Copy the code", "Kodu kopyala";
    copy_failed: "Could not be copied; it is selected", "Kopyalanamadı; metin seçildi";

    // One of the stream.
    sms: "SMS", "SMS";
    email: "E-mail", "E-posta";
    call: "Call", "Çağrı";
    code: "Code", "Kod";
    paid: "Paid", "Ödendi";
    send_again: "Send the callback again", "Bildirimi yeniden gönder";
    open_link: "Open the payment page", "Ödeme sayfasını aç";
    expires: "valid until", "son geçerlilik";
    expires_in: "expires in", "kalan süre";
    expired: "expired at", "süresi doldu:";
    accepted: "Accepted", "Kabul edildi";
    refused: "Refused", "Reddedildi";
    unhandled: "Not handled", "İşlenmedi";
    fault: "Fault", "Hata";
    why: "Why", "Neden";
    why_in_english: "Why", "Neden (İngilizce)";
    not_ok: "The merchant's answer is not exactly OK", "Mağazanın yanıtı tam olarak OK değil";
    fault_asked_for: "A fault that was set", "Eklenen hata";
    magic_number: "Magic number", "Sihirli numara";
    message_goes: "the message goes out, ", "mesaj gider, ";
    no_message_goes: "no message goes out, ", "mesaj gitmez, ";
    request: "Request", "İstek";
    answer: "Answer", "Yanıt";
    no_answer: "no answer", "yanıt yok";
    no_body: "No body.", "Gövde yok.";
    unknown_path: "unknown path", "bilinmeyen yol";
    new_message: "New message", "Yeni mesaj";
    new_refusal: "Refused call", "Reddedilen çağrı";

    // The clock.
    clock: "Clock", "Saat";
    clock_of_tenant: "This tenant's clock", "Bu kiracının saati";
    sandbox_time: "Sandbox time", "Sandbox saati";
    as_real_time: "the same as real time", "Gerçek saatle aynı";
    ahead: "{} ahead of real time", "Gerçek saatten {} ileride";
    behind: "{} behind real time", "Gerçek saatten {} geride";
    advance: "Advance by", "İleri al";
    unit_days: "d", "g";
    unit_hours: "h", "sa";
    unit_minutes: "min", "dk";
    unit_seconds: "s", "sn";
    minute: "1 min", "1 dk";
    five_minutes: "5 min", "5 dk";
    ten_minutes: "10 min", "10 dk";

    // Faults.
    faults: "Faults", "Hatalar";
    faults_say: "What should go wrong with the next calls.",
        "Sonraki çağrılarda hangi hata oluşsun.";
    faults_of_tenant: "What should go wrong with this tenant's next calls.",
        "Bu kiracının sonraki çağrılarında hangi hata oluşsun.";
    provider: "Provider", "Sağlayıcı";
    operation: "Operation", "İşlem";
    any: "Any", "Tümü";
    kind: "What happens", "Ne olsun";
    how_often: "How often", "Ne sıklıkla";
    times: "Next calls", "Sonraki çağrılar";
    chance: "By chance", "Olasılıkla";
    always: "Until removed", "Kaldırılana kadar";
    amount_times: "How many calls", "Kaç çağrı";
    amount_chance: "Per cent", "Yüzde";
    number_wanted: "Enter a whole number from {least} to {most}.",
        "{least} ile {most} arasında bir tam sayı girin.";
    percent_wanted: "Enter a percentage above 0 and up to 100, such as 20.",
        "0'dan büyük, en fazla 100 olan bir yüzde girin; örneğin 20.";
    code_wanted: "Enter a code.", "Bir kod girin.";
    set_fault: "Set fault", "Hata ekle";
    no_rules: "No faults are set.", "Etkin hata yok.";
    rules: "Active faults", "Etkin hatalar";
    first_strikes: "Of several rules that match, the first one fires.",
        "Birden çok kural uyarsa ilki uygulanır.";
    never_reached: "Never fires: an earlier rule always comes first.",
        "Hiç uygulanmaz: önceki bir kural her zaman önce devreye girer.";
    remove: "Remove", "Kaldır";
    clear_faults: "Clear all faults", "Tüm hataları kaldır";
    fired: "Fired", "Gösterilenlerde oluşan hatalar";
    left: "left", "kaldı";
    kind_delay: "Answer comes late", "Yanıt geç gelir";
    kind_status: "HTTP status, no body", "HTTP durumu, gövdesiz";
    kind_refuse: "Refused with a code", "Bir kodla reddedilir";
    kind_accept_then_cut: "Done, but no answer", "Yapılır, yanıt gelmez";
    kind_cut_before_read: "Reset, nothing done", "Bağlantı kopar, bir şey yapılmaz";
    kind_truncate: "Answer breaks off", "Yanıt yarıda kesilir";
    kind_html: "Web page as answer", "Yanıt yerine web sayfası";
    kind_empty: "Empty answer", "Boş yanıt";
    kind_drip: "Answer byte by byte", "Yanıt bayt bayt gelir";
    kind_unknown_code: "Refused, unknown code", "Bilinmeyen kodla reddedilir";
    kind_rotate_token: "Masterpass: new token", "Masterpass: yeni token";
    kind_renew_session: "Masterpass: new session", "Masterpass: yeni oturum";
    detail_delay: "Milliseconds", "Milisaniye";
    detail_status: "HTTP status", "HTTP durumu";
    detail_html: "HTTP status", "HTTP durumu";
    detail_refuse: "Code", "Kod";
    detail_truncate: "Bytes that come", "Gönderilecek bayt";
    detail_drip: "Milliseconds per byte", "Bayt başına milisaniye";

    // Magic numbers and keys.
    magic: "Magic numbers", "Sihirli numaralar";
    magic_say: "Numbers with a built-in fault", "Kendiliğinden hata veren numaralar";
    keys: "Shortcuts", "Kısayollar";
    key_next: "Next, previous", "Sonraki, önceki";
    key_open: "Open or close the call", "Çağrıyı aç ya da kapat";
    key_copy: "Copy the code (of the newest, if none is chosen)",
        "Kodu kopyala (seçili mesaj yoksa en yenisi)";
    key_find: "Search", "Ara";
    key_help: "This list", "Bu liste";
    key_leave: "Clear or leave the search, close", "Aramayı sil ya da aramadan çık, kapat";

    // The foot of the page.
    api_described: "API description", "API tanımı";
}
