//! `onay sandbox serve`: a sandbox until Ctrl-C.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use onay_sandbox::{Addresses, Sandbox};
use serde::Deserialize;

use crate::arguments::ServeArguments;
use crate::failure::Failure;
use crate::output::{Output, STRONG};

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
    let announce = if arguments.print_json || output.is_json() {
        announce_json
    } else {
        announce_human
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
        let unusable = |why: String| {
            let text = format!("--paytr-merchant: {} {why}", file.display());
            Failure::Usage(text)
        };
        let text = fs::read(file).map_err(|error| unusable(format!("cannot be read: {error}")))?;
        // What serde says could repeat a key.
        serde_json::from_slice(&text).map_err(|_| {
            unusable(
                "is not JSON with merchant_id, merchant_key and merchant_salt, each a text"
                    .to_owned(),
            )
        })
    }
}

fn announce_json(addresses: &Addresses) -> io::Result<()> {
    addresses.write_json(&mut io::stdout().lock())
}

fn announce_human(addresses: &Addresses) -> io::Result<()> {
    let mut stderr = anstream::stderr().lock();
    writeln!(
        stderr,
        "The sandbox is ready. Nothing is really sent; Ctrl-C stops it.\n"
    )?;
    writeln!(stderr, "  {STRONG}inbox{STRONG:#}    {}", addresses.inbox)?;
    writeln!(stderr, "  {STRONG}paynet{STRONG:#}   {}", addresses.paynet)?;
    writeln!(stderr, "  {STRONG}paywall{STRONG:#}  {}", addresses.paywall)?;
    writeln!(stderr, "  {STRONG}paytr{STRONG:#}    {}\n", addresses.paytr)?;
    writeln!(stderr, "Send the first message from another terminal:\n")?;
    writeln!(
        stderr,
        "  PAYNET_ENV=sandbox PAYNET_BASE_URL={} PAYNET_SECRET_KEY=sck_test_demo \\\n  \
         onay otp send --provider paynet --to '0555 000 00 42' --session s-1",
        addresses.paynet
    )
}
