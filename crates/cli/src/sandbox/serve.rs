//! `onay sandbox serve`: a sandbox until Ctrl-C.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use onay_sandbox::{Addresses, Sandbox};
use serde::Deserialize;

use crate::arguments::ServeArguments;
use crate::failure::Failure;
use crate::language::{Language, Words};
use crate::output::{Output, STRONG};
use crate::terminal::word;

pub(super) async fn run(arguments: ServeArguments, output: &Output) -> Result<(), Failure> {
    let mut builder = Sandbox::builder()
        .listen(arguments.listen)
        .magic_numbers(!arguments.no_magic_numbers);
    if let Some(seed) = arguments.seed {
        builder = builder.seed(seed);
    }
    for name in arguments.allow_host {
        builder = builder.allow_host(name);
    }
    for file in &arguments.paytr_merchant {
        let Merchant { id, key, salt } = Merchant::read(file)?;
        builder = builder.paytr_merchant(&id, &key, &salt);
    }
    let is_json = arguments.print_json || output.is_json();
    let announce = |addresses: &Addresses| {
        if is_json {
            addresses.write_json(&mut io::stdout().lock())
        } else if output.is_quiet() {
            Ok(())
        } else {
            announce(addresses, output.language())
        }
    };
    Ok(builder.serve(announce).await?)
}

/// A PayTR merchant that only this sandbox knows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Merchant {
    #[serde(rename = "merchant_id")]
    id: String,
    #[serde(rename = "merchant_key")]
    key: String,
    #[serde(rename = "merchant_salt")]
    salt: String,
}

impl Merchant {
    fn read(file: &Path) -> Result<Self, Failure> {
        let unusable = |why: Words| {
            Failure::Usage(why.around(&format!("--paytr-merchant: {} ", file.display()), ""))
        };
        let text = fs::read(file).map_err(|error| {
            unusable(Words::new(
                format!("okunamıyor: {error}"),
                format!("cannot be read: {error}"),
            ))
        })?;
        // What serde says could repeat a key.
        serde_json::from_slice(&text).map_err(|_| {
            unusable(Words::new(
                "merchant_id, merchant_key ve merchant_salt metinlerini içeren bir JSON değil",
                "is not JSON with merchant_id, merchant_key and merchant_salt, each a text",
            ))
        })
    }
}

fn announce(addresses: &Addresses, language: Language) -> io::Result<()> {
    let mut stderr = anstream::stderr().lock();
    let ready = language.of(
        "Sandbox hazır. Gerçekte hiçbir şey gönderilmez; Ctrl-C durdurur.",
        "The sandbox is ready. Nothing is really sent; Ctrl-C stops it.",
    );
    let inbox = language.of("kutu", "inbox");
    let first = language.of(
        "İlk mesajı başka bir terminalden gönderin:",
        "Send the first message from another terminal:",
    );
    writeln!(stderr, "{ready}\n")?;
    writeln!(stderr, "  {STRONG}{inbox:<9}{STRONG:#}{}", addresses.inbox)?;
    writeln!(stderr, "  {STRONG}paynet{STRONG:#}   {}", addresses.paynet)?;
    writeln!(stderr, "  {STRONG}paywall{STRONG:#}  {}", addresses.paywall)?;
    writeln!(stderr, "  {STRONG}paytr{STRONG:#}    {}\n", addresses.paytr)?;
    writeln!(stderr, "{first}\n")?;
    writeln!(
        stderr,
        "  PAYNET_ENV=sandbox PAYNET_BASE_URL={} PAYNET_SECRET_KEY=sck_test_demo \\\n  \
         onay otp send --provider paynet --to '0555 000 00 42' --session s-1",
        word(addresses.paynet.as_str())
    )
}
