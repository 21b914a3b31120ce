### What `onay` says, in Turkish: each text of `locales/en`, with the same values in any order.

## General: words that many commands use

label-error = hata
label-next = şimdi
accepted = kabul edildi
approved = onaylandı
created = oluşturuldu
deleted = silindi
done = tamam
opened = açıldı
paid = ödendi
go-on-with = bununla devam edin: { $arguments }
wait-seconds = { $seconds } sn
wait-minutes = { $minutes } dk
wait-minutes-seconds = { $minutes } dk { $seconds } sn

## Help: the words that clap writes by itself

help-usage = Kullanım:
help-any-options = [SEÇENEKLER]
help-command = KOMUT
help-commands = Komutlar
help-arguments = Argümanlar
help-options = Seçenekler
help-everywhere = Her komutta
help-default = [varsayılan: { $values }]
help-possible-values = [olası değerler: { $values }]

## Help: what each command does, and its examples

-paynet-environment =
    Ortam değişkenleri:
      PAYNET_ENV            test, live (ayrıca --live ile) ya da sandbox
      PAYNET_SECRET_KEY     sck_… ya da PAYNET_SECRET_KEY_FILE içinde bir dosya adı ('-' stdin)
      PAYNET_BASE_URL       ortamınkinden başka bir sunucu

    `onay doctor` hangilerinin tanımlı olduğunu gösterir, anahtarları göstermez.

-paytr-environment =
    Ortam değişkenleri:
      PAYTR_ENV            test, live (ayrıca --live ile) ya da sandbox
      PAYTR_MERCHANT_ID    mağazanın numarası
      PAYTR_MERCHANT_KEY   ya da PAYTR_MERCHANT_KEY_FILE içinde bir dosya adı ('-' stdin)
      PAYTR_MERCHANT_SALT  ya da PAYTR_MERCHANT_SALT_FILE
      PAYTR_BASE_URL       ortamınkinden başka bir sunucu

    Sandbox, sandbox-merchant-key ve sandbox-merchant-salt ile 100001 numaralı mağazayı tanır.

command-onay = Türkiye'deki sağlayıcıların kart OTP'leri ve ödeme bağlantıları: en çok bir kez gönderilir; yanında yerel bir sandbox
    .notes =
        Örnekler:
          onay demo                  # baştan sona akış, kendi sandbox'ında; başka bir şey gerekmez
          onay sandbox serve         # gelen kutusu http://127.0.0.1:8027/ adresinde olan bir sandbox
          onay otp send --provider paynet --to '0555 000 00 42' --session order-1
          onay explain paynet 5      # Paynet'in 5 kodu ne demek, ne yapmalı
          onay doctor                # hangi ayarlar tanımlı, hangileri yanlış
          onay doctor --lang tr      # aynısı Türkçe

        Nereye ve kimin adına gidileceğini ortam değişkenleri söyler; bkz. `onay otp --help`,
        `onay masterpass --help` ve `onay link --help`.
          ONAY_PROXY                 sağlayıcı çağrıları için proxy; HTTPS_PROXY kullanılmaz
          ONAY_SANDBOX_URL           http://127.0.0.1:8027 adresinde olmayan bir sandbox
          ONAY_SANDBOX_HOSTS         ortam sandbox ise düz http ile gidilebilecek sunucular
          LC_ALL, LC_MESSAGES, LANG  tr ile başlıyorsa Türkçe; --lang önce gelir
          NO_COLOR, CLICOLOR_FORCE   renk yok ya da terminal olmasa da renk var; --color önce gelir
          RUST_LOG                   stderr'e neyin yazılacağı, örneğin onay_http=debug; -v'den önce gelir

        Çıkış kodları:
          0 tamam · 1 beklenmeyen · 2 kullanım ya da geçersiz değer · 3 ret · 4 kimlik bilgileri · 5 erken
          6 mesaj gitmiş olabilir · 7 gönderilmedi · 8 bekleme süresi doldu

command-demo = Akışı baştan sona kendi sandbox'ında gösterir: gönderildi, ulaştı, reddedildi, onaylandı
    .notes =
        Örnekler:
          onay demo
          onay demo --lang tr
          onay demo --json

command-otp = Tek kullanımlık kod gönderir ya da kodu doğrular
    .notes =
        Örnekler:
          export PAYNET_ENV=sandbox PAYNET_SECRET_KEY=sck_test_demo  # `onay sandbox serve` için
          onay otp send --provider paynet --to '0555 000 00 42' --session order-1
          onay otp verify --provider paynet --to '0555 000 00 42' --session order-1 --code -

        { -paynet-environment }

command-otp-send = Sağlayıcıdan müşteriye kod göndermesini ister
    .notes =
        Örnekler:
          onay otp send --provider paynet --to '0555 000 00 42' --session order-1
          onay otp send --provider paynet --to '0555 000 00 42' --session order-1 --json

        Oturumun adını siz seçersiniz: her ödeme ya da kart için bir tane; kod doğrulanırken de aynısı.
        Çıkış kodları: 0 kabul edildi · 5 erken · 6 mesaj gitmiş olabilir: hemen yeniden göndermeyin

        { -paynet-environment }

command-otp-verify = Sağlayıcıdan müşterinin girdiği kodu doğrulamasını ister
    .notes =
        Örnekler:
          onay otp verify --provider paynet --to '0555 000 00 42' --session order-1 --code -
          onay otp verify --provider paynet --to '0555 000 00 42' --session order-1 --code AB12CD

        '--code -' ile kod komuttan sonra yazılır ve kabuğun geçmişine girmez.
        Çıkış kodları: 0 onaylandı (başka hiçbir kod onay değildir) ·
        3 yanlış, süresi dolmuş ya da kullanılmış

        { -paynet-environment }

command-masterpass = Paywall üzerinden Masterpass: oturum açar, hesap bağlar, kodu yeniden gönderir, doğrular
    .notes =
        Örnekler:
          export PAYWALL_ENV=sandbox PAYWALL_PRIVATE_KEY=test-key PAYWALL_PRIVATE_CLIENT=test-client
          onay masterpass session --reference order-1 --user user-1 --to '0555 000 00 42'
          onay masterpass link --session SESSION
          onay masterpass verify --session SESSION --token TOKEN --code - --account-link

        Ortam değişkenleri:
          PAYWALL_ENV             test, live-turkey ya da live-global (ayrıca --live ile) ya da sandbox
          PAYWALL_PRIVATE_KEY     apikeyprivate olarak gider; ya da PAYWALL_PRIVATE_KEY_FILE ('-' stdin)
          PAYWALL_PRIVATE_CLIENT  apiclientprivate olarak gider; ya da PAYWALL_PRIVATE_CLIENT_FILE
          PAYWALL_BASE_URL        ortamınkinden başka bir sunucu

        En son yanıttaki oturum ve token ile devam edin: yeniden göndermek önceki token'ı geçersiz kılar.

command-masterpass-session = Müşteri için oturum açar; mesaj gitmez
    .notes =
        Örnekler:
          onay masterpass session --reference order-1 --user user-1 --to '0555 000 00 42'

        `onay masterpass link --session`, yanıttaki oturumu ister.

command-masterpass-link = Müşterinin hesabını bağlar; kod gider
    .notes =
        Örnekler:
          onay masterpass link --session SESSION
          onay masterpass link --session SESSION --to '0555 000 00 42'

        SESSION, `onay masterpass session` yanıtındadır. Müşteriye kod gider; yanıtta o kodun token'ı
        vardır. --to yalnızca yanıtı değiştirir: içindeki challenge numarayı (maskeli) gösterir.

command-masterpass-resend = Kodu yeniden gönderir; yanıttaki token öncekinin yerini alır
    .notes =
        Örnekler:
          onay masterpass resend --session SESSION --token TOKEN

        SESSION ve TOKEN en son yanıttadır. Yeni token eskisinin yerini alır; eskisi artık geçersizdir.

command-masterpass-verify = Müşterinin girdiği kodu doğrular
    .notes =
        Örnekler:
          onay masterpass verify --session SESSION --token TOKEN --code - --account-link
          onay masterpass verify --session SESSION --token TOKEN --code 123456

        --account-link, `onay masterpass link` ile gönderilen kod içindir.

command-link = PayTR ödeme bağlantıları: oluşturur, SMS ya da e-posta ile gönderir, siler
    .notes =
        Örnekler:
          onay link create --name 'Çiçek buketi' --price 14.45 --product
          onay link sms --id ID --to '0555 000 00 42'
          onay link email --id ID --to musteri@example.com
          onay link delete --id ID

        { -paytr-environment }

command-link-create = Ödeme bağlantısı oluşturur; mesaj gitmez
    .notes =
        Örnekler:
          onay link create --name 'Çiçek buketi' --price 14.45 --product
          onay link create --name 'Bilet' --price 250 --product --max-count 40 --max-installment 1
          onay link create --name 'Fatura 2024/17' --price 350 --collection --email musteri@example.com
          onay link create --name 'Çiçek buketi' --price 14.45 --product \
              --callback-link https://shop.example.com/paytr --callback-id ORDER0001

        `onay link sms --id`, yanıttaki id'yi ister.

command-link-sms = Bağlantıyı SMS ile gönderir
    .notes =
        Örnekler:
          onay link sms --id ID --to '0555 000 00 42'

        ID, `onay link create` yanıtındadır.

command-link-email = Bağlantıyı e-posta ile gönderir
    .notes =
        Örnekler:
          onay link email --id ID --to musteri@example.com

        ID, `onay link create` yanıtındadır.

command-link-delete = En az 1, en çok 10 bağlantı siler
    .notes =
        Örnekler:
          onay link delete --id ID
          onay link delete --id ID1 ID2

        Id'ler `onay link create` yanıtlarındadır.

command-callback = PayTR bildirimleri: doğrular, kendi sunucunuza gönderir, yeniden gönderilmesini sağlar
    .notes =
        Örnekler:
          onay callback verify < body.txt
          onay callback trigger --to http://127.0.0.1:8080/paytr --callback-id ORDER0001 --price 14.45
          onay callback resend

        { -paytr-environment }

command-callback-verify = Bildirimi doğrular; form gövdesi stdin'den okunur
    .notes =
        Örnekler:
          onay callback verify < body.txt
          onay callback verify --json < body.txt

        Gövde, PayTR'nin gönderdiğinin baytı baytına aynısıdır: hash=…&merchant_oid=…&status=…
        Çıkış kodları: 0 ödendi, sizin anahtarınızla imzalı ·
        4 imza bu anahtarla atılmamış: hiçbir şey kanıtlanmadı

command-callback-trigger = Kendi sunucunuza, PayTR'nin yapacağı gibi, doğru imzalı bir bildirim gönderir
    .notes =
        Örnekler:
          onay callback trigger --to http://127.0.0.1:8080/paytr --callback-id ORDER0001 --price 14.45

        Sunucunuzun yanıtı tam olarak OK olmalı. Verdiği yanıt, görünmeyen karakterleriyle gösterilir.
        Düz http yalnızca bu bilgisayara gider.
        Çıkış kodları: 0 sunucunuz OK yanıtını verdi · 1 başka bir yanıt verdi · 6 bildirim
        ulaşmış olabilir, yanıt okunamadı · 7 ona ulaşılamıyor

command-callback-resend = Çalışan sandbox bir bildirimi yeniden gönderir: en yenisini ya da numarası verileni
    .notes =
        Örnekler:
          onay callback resend
          onay callback resend --id 3        # numarayı `onay sandbox journal` gösterir

        Çıkış kodları: 0 sunucunuz OK yanıtını verdi · 1 başka bir yanıt verdi ya da hiç vermedi ·
        6 bildirim ulaşmış olabilir, yanıt okunamadı

command-token = PayTR token'ları: ne imzalanır, yanlış bir token hangi hatadan doğar
    .notes =
        Örnekler:
          onay token explain --call send-sms --id NB2Zlz3 --to 05550000042
          onay token explain --call create-product --name 'Çiçek buketi' --price 14.45
          onay token explain --call send-sms --id NB2Zlz3 --to 05550000042 --expect TOKEN

        { -paytr-environment }

command-token-explain = Bir çağrıda neyin imzalandığını ve token'ı gösterir; --expect verilirse yanlış token'ın ardındaki hatayı söyler
    .notes =
        Örnekler:
          onay token explain --call send-sms --id NB2Zlz3 --to 05550000042
          onay token explain --call create-product --name 'Çiçek buketi' --price 14.45
          onay token explain --call send-sms --id NB2Zlz3 --to 05550000042 --expect TOKEN

        Çıkış kodları: 0 token yazıldı ya da beklenen token doğru · 3 beklenen token yanlış; nedeni
        biliniyorsa stdout'taki rapor söyler

command-sandbox = Sandbox çalıştırır ya da çalışan bir sandbox ile konuşur
    .notes =
        Örnekler:
          onay sandbox serve
          onay sandbox wait --to '0555 000 00 42' --otp
          onay sandbox journal
          onay sandbox clock advance 181
          onay sandbox fault set accept_then_cut --provider paynet --operation send_otp --times 1

command-sandbox-serve = Ctrl-C'ye basılana kadar sandbox çalıştırır
    .notes =
        Örnekler:
          onay sandbox serve
          onay sandbox serve --listen 127.0.0.1:0 --print-json
          onay sandbox serve --listen 0.0.0.0:8027 --allow-host onay-sandbox
          onay sandbox serve --listen :8027 --callback-host host.docker.internal
          onay sandbox serve --seed 42 --paytr-merchant merchant.json
          onay sandbox serve --story story.json

        Mağaza dosyası: {"{"}"merchant_id": "…", "merchant_key": "…", "merchant_salt": "…"{"}"}.
        Senaryo bir adım listesidir, örneğin [{"{"}"advance": 181{"}"}]. Her adım call (çağrı), fault (hata),
        advance (sanal saat, saniye) ya da pause_ms olur; örneği onay-sandbox paketinde, `Sandbox::play`
        belgesindedir.

command-sandbox-exec = Bir komutu, örneğin testleri, yalnız ona ait bir sandbox ile çalıştırır
    .notes =
        Örnekler:
          onay sandbox exec -- npm test
          onay sandbox exec -- sh -c 'curl -s $ONAY_SANDBOX_URL/readyz'

        Sandbox boş bir portta dinler ve komutla birlikte kapanır. Komut, ortamında ONAY_SANDBOX_URL
        ile sağlayıcıların bütün değişkenlerini bulur; onay'ın çıkış kodu komutunkidir.

command-sandbox-messages = Çalışan sandbox'ın mesajlarını listeler; en yenisi başta
    .notes =
        Örnekler:
          onay sandbox messages
          onay sandbox messages --to '0555 000 00 42' --limit 1 --json
          onay sandbox messages --follow

        --follow ile en eskisi başta gelir; yanında --json varsa her mesaj bir satırdır. Kapanan bir sandbox
        komutu 7 ile bitirir; `head` gibi okumayı bırakan bir program 0 ile.

command-sandbox-wait = Mesaj bekler; önceden gelmiş olan hemen alınır
    .notes =
        Örnekler:
          onay sandbox wait --to '0555 000 00 42' --otp
          onay sandbox wait --provider paytr --after 7 --timeout-ms 5000 --json

        --otp, süresi dolmuş bir kodu yazdırmaz: yenisini gönderin ya da --expired ekleyin.
        Çıkış kodları: 0 mesaj geldi · 3 kullanılabilecek bir kod yok · 8 süresi içinde mesaj gelmedi

command-sandbox-journal = Çalışan sandbox'a gelen çağrıları ve onlarda neyin yanlış olduğunu listeler; en yenisi başta
    .notes =
        Örnekler:
          onay sandbox journal
          onay sandbox journal --provider paynet --limit 5 --json
          onay sandbox journal --follow

        Mesaj, müşterinin ne aldığını gösterir; journal ise neyin istenip ne yanıt verildiğini (maskeli)
        ve reddedilen bir çağrıda neyin yanlış olduğunu.
        --follow ile en eskisi başta gelir; yanında --json varsa her çağrı bir satırdır. Kapanan bir sandbox
        komutu 7 ile bitirir; `head` gibi okumayı bırakan bir program 0 ile.

command-sandbox-clock = Sandbox'ın saatini gösterir ya da ilerletir
    .notes =
        Örnekler:
          onay sandbox clock
          onay sandbox clock advance 181
          onay sandbox clock advance 181 --tenant paynet-d150c0e1c5d863db

command-sandbox-clock-advance = Saati ilerletir; kodların süresi beklemeden dolar

command-sandbox-fault = Çağrılarda bilerek hata oluşturur
    .notes =
        Örnekler:
          onay sandbox fault set accept_then_cut --provider paynet --operation send_otp --times 1
          onay sandbox fault list
          onay sandbox fault clear

        Birden çok kural varsa uyan ilki işler, başkası işlemez.

command-sandbox-fault-set = Bütün kuralların yerine bir kural koyar
    .notes =
        Örnekler:
          onay sandbox fault set accept_then_cut --provider paynet --operation send_otp --times 1
          onay sandbox fault set delay --ms 3000 --times 1
          onay sandbox fault set status --code 503 --chance 0.1 --add
          onay sandbox fault set refuse --code TOKEN_HAS_EXPIRED --provider paywall

        İşlemler:
          paynet   send_otp, check_otp
          paywall  session, merchant/link, otp/resend, otp/verify
          paytr    create, send-sms, send-email, delete

        Kütüphanedeki bir metodun adı, o metoda karşılık gelen bütün çağrıları kapsar: paywall'da send_otp,
        merchant/link ve otp/resend çağrılarıdır.
        Birden çok kural varsa uyan ilki işler, başkası işlemez.

        Türler:
          delay, drip                  yanıt gecikir ya da bayt bayt gelir
          truncate, html, empty        yanıt yarım kalır, bir web sayfasıdır ya da boştur
          accept_then_cut              mesaj gider, yanıt gelmez
          cut_before_read              bağlantı sıfırlanır, hiçbir şey gitmez
          status, refuse               bir HTTP durum kodu ya da sağlayıcının reddi; hiçbir şey gitmez
          unknown_code                 tabloda olmayan bir kodla ret; hiçbir şey gitmez
          rotate_token, renew_session  Masterpass başka bir token ya da başka bir oturum verir

command-sandbox-fault-list = Kuralları, id'leri ve kalan çağrı sayılarıyla listeler
    .notes =
        Örnekler:
          onay sandbox fault list
          onay sandbox fault list --json

command-sandbox-fault-clear = Bütün kuralları ya da birini siler
    .notes =
        Örnekler:
          onay sandbox fault clear           # bütün kurallar
          onay sandbox fault clear --id 2    # `onay sandbox fault list` çıktısında #2 olan kural

command-sandbox-export = Sandbox'ın bildiği her şeyi JSON olarak yazdırır
    .notes =
        Örnekler:
          onay sandbox export > world.json

        Sonra sürdürmek ya da hata bildirimine eklemek içindir: numaralar ve kodlar olduğu gibi yazılır,
        anahtarlar ve mağazaların gizli değerleri yazılmaz.

command-sandbox-import = Sandbox'ın bildiği her şeyin yerine dışa aktarılmış bir dosyadakini koyar
    .notes =
        Örnekler:
          onay sandbox import world.json
          onay sandbox export --url http://127.0.0.1:9000 | onay sandbox import -

        Doğru olamayacak bir dosya reddedilir; o zaman hiçbir şey değişmez.

command-sandbox-reset = Her şeyi baştaki haline getirir: mesajlar ve hata kuralları silinir, saat geri alınır
    .notes =
        Örnekler:
          onay sandbox reset
          onay sandbox reset --url http://127.0.0.1:9000

command-explain = Bir sağlayıcının kodunu ya da bir hata türünü açıklar: ne demek, ne yapmalı
    .notes =
        Örnekler:
          onay explain paynet 5
          onay explain masterpass OTP_IS_NOT_VALID --lang tr
          onay explain paytr 'Geçersiz id'
          onay explain paynet                  # bütün kodlar, her biri bir satır
          onay explain --kind too_soon         # bir hata türü ne demek, hangi kodlar o türden

        PayTR'nin kodları değil cümleleri vardır: cümleyi ya da bir parçasını tırnak içinde verin.
        Çıkış kodları: 0 bulundu · 2 tabloda yok

command-doctor = Ayarları denetler; hiçbir anahtarı göstermez
    .notes =
        Örnekler:
          onay doctor
          onay doctor --json
          onay doctor --network                        # seçilen sunuculara ulaşılabiliyor mu?
          onay doctor --clock                          # çalışan sandbox'ın saatine göre
          onay doctor --clock https://example.com      # o sunucunun saatine göre

        Hiçbir anahtar gösterilmez: Paynet anahtarının ilk dört karakteri, ötekilerin uzunluğu görünür.
        Rapor, --json ile de her zaman stdout'tadır; stderr'e bir şey yazılmaz.
        Çıkış kodları: 0 ayarlı olan her şey doğru ya da ayar yok · 2 bir yanlış var · 7 ulaşılamıyor

command-completions = Kabuk (shell) için tamamlama betiğini yazdırır
    .notes =
        Örnekler:
          onay completions bash > ~/.local/share/bash-completion/completions/onay
          onay completions zsh > "${"{"}fpath[1]{"}"}/_onay"
          onay completions fish > ~/.config/fish/completions/onay.fish
          onay completions powershell >> $PROFILE

command-man = Man sayfasını yazdırır ya da bütün komutlarınkini bir klasöre yazar
    .notes =
        Örnekler:
          onay man | man -l -                              # onay'ın kendi sayfasını okur
          onay man --into ~/.local/share/man/man1          # bütün komutların sayfalarını kurar

command-help = Bu metni ya da verilen komutun yardımını gösterir

## Help: arguments and options

option-help = Yardımı gösterir
option-version = Sürümü gösterir
option-help-command = Yardımı gösterilecek komut
option-json = Tek bir JSON belgesi yazdırır: sonuç stdout'a, hata stderr'e
option-lang = onay'ın konuştuğu dil: tr ya da en [varsayılan: yerel ayarınki]; JSON, man sayfaları ve sandbox'ın yanlışlar için söyledikleri her iki dilde de İngilizcedir
option-show-provider-text = Sağlayıcının yazdığını terminal dışında da, JSON içinde de gösterir; içinde müşterinin adı ya da numarası bulunabilir
option-quiet = Yalnızca sonucu yazdırır: ipucu ve ilerleme yok; hatalar yine yazılır
option-verbose = Ne olup bittiğini stderr'e yazar; daha fazlası için -vv
option-color = Renklerin ne zaman kullanılacağı

option-live = Canlı ortama izin verir: gerçek mesajlar, gerçek para
option-proxy = Bu proxy üzerinden çağırır, adreste parola olamaz [varsayılan: parola da içerebilen $ONAY_PROXY]; loopback her zaman doğrudan çağrılır
option-phone = Müşterinin cep telefonu numarası; alışılmış yazılışların hepsi olur
option-email = Müşterinin e-posta adresi
option-code = Müşterinin girdiği kod; '-' verilirse stdin'den okunur
option-otp-provider = Kodu gönderip doğrulayacak sağlayıcı
option-otp-session = Göndermeyi doğrulamaya bağlayan oturum; adını siz seçersiniz
option-reference = Oturum için kendi referansınız
option-user = Müşteriye sizin verdiğiniz ad
option-open-session = Açılmış olan oturum
option-latest-session = En son yanıttaki oturum
option-latest-token = En son yanıttaki token
option-account-link = Kod bir hesap bağlama kodudur

option-link-name = Satılan ya da tahsil edilen şey, 4 ile 200 karakter
option-link-price = Fiyat; örneğin 14.45
option-currency = TL, EUR, USD, GBP ya da RUB
option-product = Herkesin ödeyebileceği bir ürün
option-min-count = En az kaç tane alınması gerektiği
option-max-count = Kaç tane olduğu
option-collection = Tek bir müşteriden tahsilat; müşteri --email ile verilir
option-max-installment = En çok kaç taksit, 1 ile 12 arasında
option-expires-at = Ne zamana kadar ödenebileceği: 'YYYY-AA-GG SS:DD:SS'
option-callback-link = PayTR'nin ödemeyi bildireceği adres
option-link-callback-id = Bağlantı için kendi id'niz; harf ve rakam
option-link-id = Bağlantının id'si, create yanıtından
option-link-ids = Bağlantıların id'leri

option-callback-to = Sunucunuzun bildirim adresi
option-callback-id = Bağlantı için kendi id'niz
option-callback-number = Bildirimin sandbox'taki numarası; verilmezse en yenisi
option-merchant-oid = Ödemenin PayTR'deki id'si
option-callback-price = Ödenen tutar; örneğin 14.45

option-call = Hangi çağrı
option-expect = Başkasının ürettiği token
option-token-id = Bağlantının id'si; send-sms, send-email ve delete için
option-token-to = Numara ya da adres; send-sms, send-email ve create-collection için
option-token-create = create-product ve create-collection için
option-token-price = create-product ve create-collection için, örneğin 14.45; kuruş karşılığı imzalanır
option-link-lang = create-product ve create-collection için: `lang` alanı
option-token-product = create-product için
option-token-callback = callback için
option-total-amount = callback için; PayTR'nin gönderdiği gibi kuruş cinsinden

option-url = Sandbox'ın adresi [varsayılan: $ONAY_SANDBOX_URL; yoksa $PAYNET_BASE_URL, $PAYWALL_BASE_URL ya da $PAYTR_BASE_URL değişkenindeki sunucu; o da yoksa http://127.0.0.1:8027]; başka bir bilgisayara düz http ile giden her şeyi aradaki herkes okuyabilir
option-listen = Nerede dinleneceği; port 0 boş bir port bulur
option-allow-host = Gelen kutusu ve test API'si bu adla da yanıt verir, örneğin bir konteynerin adıyla; yinelenebilir
option-callback-host = Bildirimler loopback dışında bu sunucuya da gönderilir: bir konteyner, host.docker.internal; yinelenebilir
option-command = Komut ve argümanları
option-seed = Kodlar ve olasılıkla gelen hatalar her çalıştırmada aynı olur
option-no-magic-numbers = Sihirli numaraları kapatır: hiçbir numara kendiliğinden hata vermez
option-paytr-merchant = Bu JSON dosyasındaki PayTR mağazasını kaydeder; yinelenebilir
option-story = Sandbox çalışırken bu JSON dosyasındaki senaryoyu çalıştırır
option-world = `onay sandbox export` komutunun yazdığı dosya; '-' stdin'dir
option-print-json = Hazır olunca bütün adresleri tek satır JSON olarak stdout'a yazdırır
option-message-to = Yalnızca bu numaraya ya da e-posta adresine giden mesajlar
option-message-provider = Yalnızca bu sağlayıcının mesajları
option-message-tenant = Yalnızca bu kiracının mesajları
option-limit = En çok bu kadar
option-after = Yalnızca bu id'li mesajdan daha yeni bir mesaj
option-timeout-ms = Ne kadar bekleneceği, en çok 120000
option-follow = Ctrl-C'ye basılana ya da sandbox kapanana kadar yeni gelenlerle devam eder
option-otp = Yalnızca kodu yazdırır
option-expired = Süresi dolmuş bir kodu da yazdırır
option-call-provider = Yalnızca bu sağlayıcıya giden çağrılar
option-call-tenant = Yalnızca bu kiracının çağrıları
option-clock-tenant = Yalnızca bu kiracının saati
option-seconds = Kaç saniye ilerletileceği
option-fault-kind = Hatanın türü
option-ms = Yanıtın ne kadar gecikeceği, 1 ile 120000 arasında (delay)
option-ms-per-byte = Her baytın ne kadar süreceği, 1 ile 10000 arasında (drip)
option-fault-code = HTTP durum kodu (status; html için verilmezse 200) ya da sağlayıcının kodu (refuse)
option-bytes = Gövdenin kaç bayttan sonra kesileceği (truncate)
option-operation = Yalnızca bu işlemin çağrıları; örneğin send_otp, otp/resend ya da send-sms
option-fault-tenant = Yalnızca bu kiracının çağrıları; mesajlardaki adıyla
option-times = Yalnızca sonraki bu kadar çağrı
option-chance = Yalnızca bu olasılıkla; 0'dan büyük, en çok 1
option-add = Var olan kuralları tutar, bunu onların arkasına koyar
option-rule-id = Yalnızca `list` çıktısında bu id ile görünen kural

option-explain-provider = Kimin kodu: paynet, paywall-masterpass (ya da masterpass, paywall), paytr-link (ya da paytr)
option-explain-code = Sağlayıcının kodu, yanıtta göründüğü gibi; verilmezse bütün tablo
option-explain-kind = Kod yerine bir hata türünü açıklar; örneğin too_soon
option-network = Ayarlanmış sağlayıcıların sunucularını bulup bağlanır; HTTP isteği gönderilmez
option-clock = Bu bilgisayarın saatini bir sunucunun Date başlığıyla, URL verilmezse çalışan sandbox'ın saatiyle karşılaştırır; oraya tek bir istek gönderilir
option-shell = Hangi kabuk
option-into = Bütün komutların sayfalarını bu klasöre yazar; klasör yoksa oluşturulur

## Usage: a command line that cannot be read

usage-missing = eksik: { $arguments }
usage-one-of = şunlardan biri: { $arguments }
usage-extra-value = fazladan bir değer (burada yinelenmiyor, gizli olabilir); boşluk içeren değerleri tırnak içine alın
usage-no-option = böyle bir seçenek yok: { $typed }
usage-unknown-option = bilinmeyen bir seçenek
usage-no-command = böyle bir komut yok
usage-missing-command = komut eksik
usage-did-you-mean = şunu mu demek istediniz: { $known }?
usage-no-value = { $argument }: değeri eksik
usage-values = { $argument }: şunlardan biri olmalı: { $values }
usage-unknown-value = { $argument }: '{ $typed }' geçersiz, şunlardan biri olmalı: { $values }
usage-twice = { $argument }: iki kez verildi
usage-conflict = { $argument }: şununla birlikte kullanılamaz: { $other }
usage-number-of-values = { $argument }: değer sayısı yanlış
usage-not-utf8 = UTF-8 olmayan bir değer
usage-unreadable = komut satırı anlaşılamadı
usage-quiet-verbose = --quiet ile --verbose birlikte kullanılamaz
value-number = 0 ya da daha büyük bir tam sayı olmalı
value-number-between = { $least } ile { $most } arasında bir tam sayı olmalı
value-address = ADRES:PORT veya yalnız port olmalı, örneğin 127.0.0.1:8027, localhost:8027 veya 8027
value-chance = 0'dan büyük ve en çok 1 olan bir sayı olmalı, örneğin 0.1

## Kinds of errors: name, meaning, what to do, and what to tell the customer

-ask-the-customer = Mesaj gitmiş olabilir: yenisini göndermeden önce müşteriye kodun ya da bağlantının gelip gelmediğini sorun.
-may-have-arrived = Kod size ulaştıysa girin; ulaşmadıysa birazdan yenisini isteyebilirsiniz.

kind-meaning = { $kind ->
    [invalid_input] Bir değer bu haliyle gönderilemez (örneğin sabit hat numarası); istek yola çıkmadan yakalandı.
    [config] Sağlayıcının ayarları yanlış: eksik ya da hatalı bir değişken, satır sonu içeren bir anahtar. İstek yola çıkmadan yakalandı.
    [credentials] Sağlayıcı bu anahtarları tanımıyor ya da bu işleme izin vermiyor; ya da bir imza tutmuyor.
    [wrong_code] Girilen kod, gönderilen kod değil.
    [expired] Kodun süresi dolmuş, kod daha önce kullanılmış ya da böyle bir oturum yok.
    [too_soon] Yeniden istemek için henüz erken.
    [limit_reached] Başka deneme ya da başka mesaj hakkı kalmadı.
    [action_required] Müşterinin önce başka bir adımı tamamlaması gerekiyor: 3-D Secure ya da başka bir kod.
    [refused] Sağlayıcı isteği okudu ve reddetti. Tabloda olmayan kodlar da böyle okunur ve saklanır.
    [unsupported] Bu sağlayıcı istenen işlemi yapamaz; istek yola çıkmadan yakalandı.
    [unreachable] Bağlantı kurulamadı: reddedildi, adres bulunamadı, TLS hatası ya da zaman aşımı. İstek yola çıkmadı. Korumanın kendi hatasında sağlayıcı adı yoktur: ulaşılamayan, onun deposudur.
    [interrupted] İstek gitmiş olabilirken bağlantı koptu ya da süre doldu.
    [unreadable] Gelen yanıt ne evet ne hayır diyor: boş, HTML, yarım ya da çok uzun.
    [upstream] Sağlayıcının kendisinde sorun var: HTTP 5xx, sunucu hatası ya da zaman aşımı.
   *[other] Bu sürümün tanımadığı bir hata.
}

kind-advice = { $kind ->
    [invalid_input] Değeri düzeltip yeniden çağırın; hiçbir şey gönderilmedi.
    [config] Ayarı düzeltin; `onay doctor` neyin tanımlı olduğunu gösterir.
    [credentials] Anahtarları ve ortamı kontrol edin (`onay doctor`). Aynı anahtarla yeniden denemek bir şeyi değiştirmez.
    [wrong_code] Müşteriden kodu yeniden girmesini isteyin; yeni kod göndermeyin.
    [expired] Baştan başlayın: yeni bir oturumla yeni kod gönderin.
    [too_soon] Yeniden istemeden önce bekleyin (belirtilmişse retry_after_ms); daha önce kod gittiyse müşteri onu girebilir.
    [limit_reached] Yeniden denemeyin; işlemi baştan başlatın ya da başka bir ödeme yolu önerin.
    [action_required] Müşteriyi action_url adresine yönlendirin ya da yoldaki kodu isteyin; en son challenge ile devam edin.
    [refused] Sağlayıcının koduna ve mesajına bakın; aynı isteği yinelemek bir şeyi değiştirmez. Bilinmeyen kodu sağlayıcıya sorun.
    [unsupported] Kodunuzda başka bir sağlayıcı ya da başka bir çağrı kullanın.
    [unreachable] Yeniden göndermek güvenlidir. `onay doctor --network` sunucuya ulaşılıp ulaşılmadığını gösterir; sandbox'a gidiyorsa önce `onay sandbox serve` çalışıyor olmalı.
    [interrupted] { -ask-the-customer }
    [unreadable] { -ask-the-customer }
    [upstream] { -ask-the-customer }
   *[other] onay'ın daha yeni bir sürümünü kullanın.
}

kind-customer = { $kind ->
    [invalid_input] Numaranızı kontrol edip yeniden girer misiniz?
    [config] Lütfen başka bir ödeme yolu deneyin.
    [credentials] Lütfen başka bir ödeme yolu deneyin.
    [wrong_code] Kod yanlış. Lütfen yeniden girin.
    [expired] Kodun süresi doldu. Yeni bir kod gönderelim mi?
    [too_soon] Lütfen yeniden istemeden önce biraz bekleyin. Kod geldiyse girebilirsiniz.
    [limit_reached] Çok fazla deneme yapıldı. Lütfen daha sonra ya da başka bir yolla ödeyin.
    [action_required] Ödemeyi tamamlamak için bir adım daha gerekiyor.
    [refused] İşlem tamamlanamadı. Başka bir kart ya da ödeme yolu deneyebilirsiniz.
    [unsupported] Bu ödeme yolu şu anda kullanılamıyor; başka birini seçebilirsiniz.
    [unreachable] Şu anda kod gönderemiyoruz. Lütfen birazdan yeniden deneyin.
    [interrupted] { -may-have-arrived }
    [unreadable] { -may-have-arrived }
    [upstream] { -may-have-arrived }
   *[other] İşlem tamamlanamadı.
}

## Failures: what a failed command says

failed-refused = Sağlayıcı reddetti; kodu bu çağrı için daha fazlasını söylemiyor.
failed-action-url = müşteri şu adreste devam eder: { $url }
failed-code = sağlayıcının kodu: { $code }
failed-maybe-checked = kod denetlenmiş ve kullanılmış olabilir
failed-provider-text = sağlayıcının yazdığı: { $text }
failed-because = nedeni: { $cause }
failure-not-printed = sonuç yazdırılamadı: { $cause }
failure-call-not-printed = çağrı yanıtlandı ama sonucu yazdırılamadı: { $cause }
failure-wait-timed-out = { $ms } ms içinde mesaj gelmedi
failure-sandbox-refused = sandbox diyor ki: { $text }

## Next: what to do after a failure

next-not-printed = çağrıyı yinelemeyin: sağlayıcı evet dedi, işlem yapıldı: kod ya da bağlantı yolda, kod kullanıldı ya da bağlantı oluşturuldu veya silindi
next-refused = Nedenini sağlayıcıya sorun; aynı isteği yinelemek bir şeyi değiştirmez.
next-not-in-table = `onay explain { $provider }` bütün tabloyu gösterir; kodu sağlayıcıya sorun
next-wait-timed-out = `onay sandbox journal` hangi çağrıların geldiğini ve neyin yanlış olduğunu gösterir
next-no-code = yeni bir kod gönderilmesini isteyin, sonra onu --after ile bekleyin; --expired süresi dolmuş kodu da yazdırır
next-sandbox-refused = komutu düzeltin; aynı komutun --help çıktısı örnekler verir
next-address-taken = başka bir adres seçin: --listen 127.0.0.1:0 boş bir port bulur; orada dinleyen bir sandbox ise onu kullanın: onay sandbox messages
next-listen = başka bir adres seçin: --listen 127.0.0.1:0 boş bir port bulur
next-invalid-host = --allow-host veya --callback-host değerini düzeltin
next-invalid-merchant = --paytr-merchant ile verilen dosyayı düzeltin
next-invalid-story = --story dosyasını düzeltin; hiçbir adım çalıştırılmadı
next-sandbox = `onay sandbox serve --help` neyin nasıl verileceğini gösterir
next-usage = aynı komutun --help çıktısı neyin nasıl verileceğini gösterir
next-unexpected = nedeni belli değilse -vv ile yeniden çalıştırın
next-callback-not-taken = önce sunucunuz bildirimi işledi mi, ona bakın: yeniden çalıştırmak imzalı bir "ödendi" daha gönderir
next-sandbox-unsure = sandbox bunu yaptı mı, bilinmiyor: örneğin `onay sandbox journal` ile bakın; sakıncası yoksa yeniden çalıştırın
next-callback-interrupted = yeniden göndermeden önce bildirimin sunucunuza ulaşıp ulaşmadığına bakın
next-callback-altered = bu, PayTR'nin gönderdiği gövdenin baytı baytına aynısı değil
next-callback-unsigned = bu, PayTR'nin gönderdiği gövdenin baytı baytına aynısı değil; ya da anahtar (merchant_key) veya salt (merchant_salt) başka bir mağazanın
next-callback-unpaid = imza doğru ama ödeme alınmadı: bu sipariş için bir şey göndermeyin
next-stdin = girdiyi stdin'den verin: onay callback verify < body.txt
next-ask-again = kodun denetlenip denetlenmediği bilinmiyor: müşteri aynı oturumda kodu yeniden yazsın
next-start-over = yapılıp yapılmadığı bilinmiyor, yola çıkan bir mesaj da yok: baştan başlayın
next-link-unsure = mesaj gitmiş olabilir: yeniden göndermeden önce müşteriye bağlantının gelip gelmediğini sorun
next-correct = { $option } değerini düzeltip yeniden deneyin
next-correct-unsent = { $option } değerini düzeltip yeniden deneyin; hiçbir şey gönderilmedi
next-account-link = { $advice }. Kodu `onay masterpass link` mi gönderdi? O zaman --account-link ekleyin.
next-journal = `onay sandbox journal` çağrıda neyin yanlış olduğunu söyler
next-too-soon = { $wait } bekleyip yeniden isteyin; daha önce kod gittiyse müşteri onu girebilir
next-too-soon-link = { $wait } bekleyip yeniden deneyin
next-too-soon-link-unknown = yeniden denemeden önce bekleyin
next-credentials = şunları kontrol edin: { $variables } (`onay doctor`)
next-credentials-paynet = şunları kontrol edin: PAYNET_SECRET_KEY, PAYNET_ENV (`onay doctor`); sunucunuzun sabit IP adresi Paynet'te kayıtlı olmalı
next-live = --live ekleyin ya da başka bir { $variable } seçin
next-unset = { $variable } değişkenini tanımlayın; `onay doctor` neyin tanımlı olduğunu gösterir
next-config = { $variable } ayarını düzeltin; `onay doctor` neyin tanımlı olduğunu gösterir
next-unknown-code = bu kod tabloda yok ve ret sayılır: sağlayıcıya sorun. Sağlayıcının yazdığını --show-provider-text gösterir
next-certificate = istek yola çıkmadı: sunucunun sertifikası kabul edilmedi. Sertifikanın süresi dolmuş olabilir, onu veren bu bilgisayarda tanınmıyor olabilir ya da bu bilgisayarın saati yanlıştır: önce saate ve tarihe bakın
next-unreachable = yeniden göndermek güvenlidir; `onay doctor --network` sunucuya ulaşılıp ulaşılmadığını gösterir
next-unreachable-sandbox = `onay sandbox serve` çalışıyor olmalı; o zaman yeniden göndermek güvenlidir. `onay doctor --network` sunucuya ulaşılıp ulaşılmadığını gösterir
next-not-found = çağrılan adreste bir şey yok: { $variable } değerini ve yolunu kontrol edin; `onay doctor` çağrıların nereye gittiğini gösterir
next-sandbox-address = { $variable } değerini düzeltin: sandbox düz http ile ve bu bilgisayarın bildiği bir adla çağrılır; sonra yeniden göndermek güvenlidir
next-unreachable-address = adresi kontrol edin; orada dinleyen bir program çalışıyor olmalı

## otp

otp-sent = { $to } için bir kod
otp-sent-resend = { $to } için bir kod; yenisi { $wait } sonra istenebilir
otp-approved = { $to } için gönderilen kod

## masterpass

masterpass-session = oturum { $session }
masterpass-session-expires = oturum { $session }; süresi { $wait } sonra dolar
masterpass-verify-with = doğrulamak için: onay masterpass verify { $arguments } --account-link --code KOD
masterpass-sent = kodu Masterpass gönderiyor
masterpass-sent-by-bank = kodu kartın bankası gönderiyor
masterpass-not-sent = yeni bir kod bildirilmedi

## link

link-created = { $id }, { $url }
link-created-without-address = { $id }, adres bildirilmedi
link-accepted = { $id } → { $to }; ulaşıp ulaşmadığı bildirilmez
link-not-deleted = silinemedi: { $ids }

## callback

callback-paid = { $id }, işlem { $oid }, { $amount } kuruş; yanıtınız OK olmalı
callback-accepted = sunucunuz OK yanıtını verdi
callback-not-taken = sunucunuzun yanıtı tam olarak OK değil: { $why } (HTTP { $status }, gövde: "{ $body }")
callback-unanswered = sunucunuz yanıt vermedi: { $why }
callback-none = sandbox henüz hiçbir bildirim göndermedi: bildirim adresi olan bir bağlantıyı ödeyin

## token

token-signed = imzalanan
token-right = beklenen token doğru
token-wrong = beklenen token yanlış
token-other-values = başka bir anahtar ya da başka değerler

## sandbox

exec-not-started = { $program } başlatılamadı: { $cause }
sandbox-imported = sandbox bu dosyadan devam ediyor
sandbox-reset = sandbox baştaki haline döndü
sandbox-clock = { $now } ({ $seconds } sn ileride)
sandbox-no-messages = mesaj yok
sandbox-message-to = →
serve-ready = Sandbox hazır. Gerçekte hiçbir şey gönderilmez; Ctrl-C durdurur.
serve-inbox = kutu
serve-first = İlk mesajı başka bir terminalden gönderin:
file-unreadable = { $file } okunamıyor: { $cause }
file-too-long = { $file }, { $bytes } bayttan uzun; böyle bir dosya bu kadar uzun olmaz
import-not-json = { $file } JSON değil
wait-no-code = bu mesajda kod yok
wait-expired = #{ $id } numaralı mesajın kodunun süresi dolmuş
serve-merchant-not-json = --paytr-merchant: { $file } merchant_id, merchant_key ve merchant_salt metinlerini içeren bir JSON değil
journal-empty = henüz hiçbir çağrı gelmedi
journal-unknown-operation = bilinmeyen işlem
journal-outcome = { $outcome ->
    [accepted] kabul edildi
    [refused] reddedildi
   *[other] işlenmedi
}
journal-no-response = yanıt gitmedi
journal-message = gönderdiği mesaj: #{ $id }
journal-callback = bildirim #{ $id }
journal-fault = eklenen hata: { $fault }
journal-doctor = yanlış olan: { $text }
fault-none = hata kuralı yok
fault-any-call = her çağrı
fault-times = { $calls ->
    [one] sonraki çağrı
   *[other] sonraki { $calls } çağrı
}
fault-chance = { $chance } olasılıkla
api-no-sandbox = orada yanıt veren bir sandbox değil
api-not-json = orada HTTP { $status } ile yanıt veren bir sandbox değil
api-too-long = orada yanıt veren bir sandbox değil: yanıtı çok uzun

## explain

explain-no-provider = sağlayıcı eksik
explain-no-kind = böyle bir tür yok
explain-unknown = bu kod { $provider } tablosunda yok. Tabloda olmayan bir kod saklanır ve refused (ret) olarak okunur
explain-unknown-near = bu kod { $provider } tablosunda yok; şunu mu demek istediniz: { $near }? Tabloda olmayan bir kod saklanır ve refused (ret) olarak okunur
explain-assumed = Bu yorum bir varsayımdır: bu çağrılarda ne anlama geldiği belgelenmemiş.
explain-assumed-mark = (varsayım)
explain-more = `onay explain { $provider } KOD` daha fazlasını söyler: ne yapmalı, çıkış kodu
explain-yes = evet
explain-means = anlamı
explain-dispatch = mesaj
explain-dispatch-of-guard = { $sent }; korumanın kendi reddi: { $unsent }
explain-exit-code = çıkış kodu
explain-advice = yapılacak
explain-customer = müşteriye
explain-codes = kodlar
explain-no-codes = hiçbiri: bu türü sağlayıcının kodu değil, onay'ın kendisi belirler

## doctor

doctor-begin = Henüz hiçbir sağlayıcı ayarlanmamış. Hesap açmadan başlamak için:
doctor-no-host = Ulaşılacak bir sunucu yok: önce bir sağlayıcı ayarlayın.
doctor-unconfigured = ayarlanmamış
doctor-address = çağrılan adres
doctor-no-address = belli değil
doctor-network = ağ
doctor-sandbox = çalışan sandbox burada aranır:
doctor-clock = saat
doctor-fine = sorun bulunmadı
doctor-warned = yanlış bir ayar yok; ! ile gösterilen uyarıya bakın
doctor-wrong = düzeltilmesi gereken bir şey var
doctor-unreachable = ulaşılamayan bir sunucu var
doctor-proxy = proxy sunucusu
doctor-no-proxy = yok
doctor-proxy-ignored = { $variables } kullanılmıyor: proxy, ONAY_PROXY ile ya da komutta --proxy ile verilir
doctor-proxy-reached = --network sağlayıcıya değil proxy'ye bağlanır
doctor-sandbox-key = PAYNET_SECRET_KEY: sandbox yalnızca sck_test_ ile başlayan anahtarları kabul eder; örneğin sck_test_demo
doctor-set-twice = { $variable } de { $variable }_FILE de tanımlı: biri yeter
doctor-open-file = { $variable }_FILE: dosyayı bu bilgisayardaki her kullanıcı okuyabilir (chmod 600)
doctor-stdin = stdin okunmadı, oradan gelecek anahtar denetlenmedi
doctor-live = canlı ortam: gerçek mesajlar gider; `onay` komutları ayrıca --live ister
doctor-paytr-test = PayTR'nin test sunucusu yok: mesajların gerçek olup olmadığını mağazanın ayarı belirler
doctor-paynet-ip = Paynet, çağrıların kendisine bildirilmiş sabit bir IP adresinden gelmesini ister
setting-unset = tanımlı değil
setting-stdin = stdin'den gelecek, okunmadı
setting-unreadable = okunamadı
setting-environment = ortam değişkeninden
setting-file = { $file } dosyasından
setting-length = { $characters ->
    [one] 1 karakter
   *[other] { $characters } karakter
}
network-open = TCP bağlantısı { $ms } ms içinde kuruldu; HTTP isteği gönderilmedi
network-no-name = adı çözülemedi: { $cause }
network-name-late = adı çözülürken { $seconds } saniye doldu
network-no-tcp = TCP bağlantısı kurulamadı: { $cause }
network-tcp-late = TCP bağlantısı kurulurken { $seconds } saniye doldu
clock-no-date = bu sunucunun yanıtında okunabilir bir Date başlığı yok
clock-agrees = bu bilgisayarın saati { $server } ile aynı
clock-behind = bu bilgisayar { $server } saatinden { $seconds } sn geride
clock-ahead = bu bilgisayar { $server } saatinden { $seconds } sn ileride
clock-virtual = sandbox saati sanaldır: `onay sandbox clock advance` ilerletir, `onay sandbox reset` geri alır
clock-used =
    İmzalarda ve token'larda saat kullanılmaz. Bu bilgisayarın saati TLS sertifikaları denetlenirken ve yanıtında Date
    başlığı olmayan bir sağlayıcının bekleme süresi hesaplanırken kullanılır; expires_at ve resend_after sağlayıcının saatidir.

## Shell: man pages

man-written = { $count } sayfa yazıldı: { $folder }
man-not-written = --into: { $path } yazılamıyor: { $cause }

## demo

demo-sandbox = Bu bilgisayardaki bir sandbox sağlayıcıları taklit ediyor. Gerçekte hiçbir şey gönderilmez.
demo-wait = { $wait } bekleyin
demo-shop-refused = mağaza kabul etmedi
demo-unexpected-yes = { $operation } evet dedi, oysa beklenen: { $kind }
demo-no-code = gelen kutusunda kod yok
demo-no-callback = bildirim gelmedi
demo-end = { $count } yanıtın hepsi beklendiği gibi
demo-next = Sırada ne var
demo-next-serve = Bir sandbox açık bırakıp gelen kutusunu tarayıcıda izleyin: onay sandbox serve
demo-next-source = (kaynak koddan: cargo run -p onay-cli -- sandbox serve)

demo-paynet = Paynet ile kart OTP: istekten onaya
demo-paynet-send = Mağaza Paynet'ten { $phone } numarasına kod göndermesini istiyor
demo-paynet-sent = kabul edildi; yenisi { $wait } sonra istenebilir
demo-paynet-phone = Müşterinin telefonuna gelen
demo-paynet-early = Müşteri sabırsız, mağaza hemen yeniden istiyor
demo-paynet-no-second = ikinci mesaj gitmedi; gelen kutusundaki mesaj sayısı: { $count }
demo-paynet-types = Müşteri { $code } yazıyor
demo-paynet-wrong = yeniden deneyebilir
demo-paynet-approved = onaylandı; kart kaydedilebilir
demo-paynet-again = Biri aynı kodu bir kez daha giriyor
demo-paynet-used = bir kod bir kez geçer
demo-paynet-late = Yeni bir kod, ama müşteri on dakika sonra yanıtlıyor
demo-paynet-expired = yenisini gönderme zamanı

demo-guard = "Yeniden gönder" düğmesine kaç kez basılırsa basılsın tek SMS
demo-guard-presses = Müşteri { $tabs } sekmede "yeniden gönder" düğmesine basıyor; her sekmenin oturumu ayrı
demo-guard-first = 1. sekme: kabul edildi
demo-guard-held = { $tab }. sekme: koruma Paynet'e hiçbir şey sormuyor
demo-guard-count = gelen kutusundaki mesaj sayısı: { $count }
demo-guard-without = Aynısı koruma olmadan: Paynet için başka oturum, başka müşteri demek
demo-guard-second = kabul edildi; gelen kutusundaki mesaj sayısı: { $count }

demo-masterpass = Paywall üzerinden bir Masterpass hesabı ve hiç gelmeyen bir kod
demo-masterpass-link = Mağaza bir oturum açıyor ve müşterinin hesabını bağlıyor
demo-masterpass-linked = kabul edildi: kod yola çıktı, onun token'ı geldi
demo-masterpass-lost = SMS gelmiyor, mağaza kodu hemen yeniden gönderiyor
demo-masterpass-early = yeni kod yok, henüz erken
demo-masterpass-later = Bir dakika sonra yeniden istiyor
demo-masterpass-resent = kabul edildi: yeni bir token geldi, önceki artık geçersiz
demo-masterpass-old-tab = Eski bir sekmede hâlâ eski token duruyor
demo-masterpass-old-token = işlem yeni token ile sürüyor
demo-masterpass-types = Müşteri { $code } kodunu giriyor, mağaza en son gelen challenge ile doğruluyor
demo-masterpass-approved = onaylandı; hesap bağlandı

demo-paytr = PayTR ile ödeme bağlantısı: gönderildi, ödendi, kanıtlandı
demo-paytr-create = Mağaza 14,45 TL'lik bir bağlantı oluşturuyor
demo-paytr-created = oluşturuldu: { $id }
demo-paytr-send = Bağlantı { $phone } numarasına SMS ile, ayrıca e-posta ile gidiyor
demo-paytr-sent = ikisi de kabul edildi; ulaşıp ulaşmadığını PayTR söylemez
demo-paytr-pays = Müşteri bağlantıyı açıp ödüyor; PayTR mağazaya bildirim gönderiyor
demo-paytr-paid = imza doğru: { $id } için { $amount } kuruş ödendi; mağazanın yanıtı: OK
demo-paytr-forges = Biri aynı bildirimi başka bir tutarla gönderiyor
demo-paytr-forged = imza PayTR'nin değil
demo-paytr-delete = Bağlantı siliniyor, sonra bir kez daha gönderiliyor
demo-paytr-gone = böyle bir bağlantı artık yok
