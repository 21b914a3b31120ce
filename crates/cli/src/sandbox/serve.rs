//! `onay sandbox serve`: a sandbox until Ctrl-C.

use std::future::ready;
use std::io::{self, Write};
use std::path::Path;
use std::pin::pin;

use onay_sandbox::interrupt::Signals;
use onay_sandbox::{Addresses, Sandbox, SandboxBuilder, SandboxError};
use serde::Deserialize;

use crate::arguments::ServeArguments;
use crate::failure::Failure;
use crate::input;
use crate::language::{Texts, Words};
use crate::output::{Output, strong};
use crate::terminal::word;

/// Longer than any story that is written to be played.
const MAX_STORY: usize = 16 * 1024 * 1024;

/// Longer than the file of any merchant.
const MAX_MERCHANT: usize = 4096;

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
    for name in arguments.callback_host {
        builder = builder.callback_host(name);
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
            announce(addresses, output.texts())
        }
    };
    match arguments.story {
        Some(file) => play(builder, &file, announce).await,
        None => Ok(builder.serve(announce).await?),
    }
}

/// Plays a story while the sandbox serves, and serves on after its end.
async fn play(
    builder: SandboxBuilder,
    file: &Path,
    announce: impl FnOnce(&Addresses) -> io::Result<()>,
) -> Result<(), Failure> {
    let story = input::file(file, MAX_STORY, "--story: ")?;
    // What is no text is no story either.
    let story = String::from_utf8_lossy(&story);
    let sandbox = builder.start().await?;
    let mut signals = Signals::listen().map_err(SandboxError::Signal)?;
    let mut playing = pin!(sandbox.play(&story));
    // It begins before the sandbox's addresses are printed: a story that cannot be is refused.
    let mut is_over = tokio::select! {
        biased;
        played = playing.as_mut() => played.map(|()| true)?,
        () = ready(()) => false,
    };
    announce(&sandbox.addresses()).map_err(SandboxError::Announce)?;
    loop {
        tokio::select! {
            _ = signals.received() => return Ok(()),
            played = playing.as_mut(), if !is_over => is_over = played.map(|()| true)?,
        }
    }
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
        let text = input::file(file, MAX_MERCHANT, "--paytr-merchant: ")?;
        let name = file.display().to_string();
        // What serde says could repeat a key.
        serde_json::from_slice(&text).map_err(|_| {
            Failure::Usage(Words::of(|texts| {
                texts.serve_merchant_not_json(name.as_str())
            }))
        })
    }
}

fn announce(addresses: &Addresses, texts: &Texts) -> io::Result<()> {
    let mut stderr = anstream::stderr().lock();
    writeln!(stderr, "{}\n", texts.serve_ready())?;
    let inbox = texts.serve_inbox();
    let providers = addresses.providers.iter();
    let providers = providers.map(|(provider, address)| (provider.as_str(), address));
    for (name, address) in [(inbox.as_str(), &addresses.inbox)]
        .into_iter()
        .chain(providers)
    {
        writeln!(stderr, "  {}{address}", strong(format_args!("{name:<9}")))?;
    }
    writeln!(stderr, "\n{}\n", texts.serve_first())?;
    writeln!(
        stderr,
        "  PAYNET_ENV=sandbox PAYNET_BASE_URL={} PAYNET_SECRET_KEY=sck_test_demo \\\n  \
         onay otp send --provider paynet --to '0555 000 00 42' --session s-1",
        word(addresses.paynet())
    )
}
