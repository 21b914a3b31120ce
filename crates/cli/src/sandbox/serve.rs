//! `onay sandbox serve`: a sandbox until Ctrl-C.

use std::fs;
use std::future::ready;
use std::io::{self, Write};
use std::path::Path;
use std::pin::pin;

use onay_sandbox::{Addresses, Sandbox, SandboxBuilder, SandboxError};
use serde::Deserialize;

use crate::arguments::ServeArguments;
use crate::failure::Failure;
use crate::interrupt;
use crate::language::{Texts, Words};
use crate::output::{Output, strong};
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
    let name = file.display().to_string();
    let story = fs::read_to_string(file).map_err(|error| {
        let cause = error.to_string();
        Failure::Usage(Words::of(|texts| {
            texts.serve_story_unreadable(name.as_str(), cause.as_str())
        }))
    })?;
    let sandbox = builder.start().await?;
    let (mut playing, mut stopped) = (pin!(sandbox.play(&story)), pin!(interrupt::signal()));
    // Before anybody is told of the sandbox: a story that cannot be is refused, and a signal is listened for.
    let mut is_over = begun(playing.as_mut()).await.transpose()?.is_some();
    let mut is_stopped = begun(stopped.as_mut()).await;
    announce(&sandbox.addresses()).map_err(SandboxError::Announce)?;
    while is_stopped.is_none() {
        tokio::select! {
            signal = stopped.as_mut() => is_stopped = Some(signal),
            played = playing.as_mut(), if !is_over => {
                played?;
                is_over = true;
            }
        }
    }
    is_stopped.transpose().map_err(SandboxError::Signal)?;
    Ok(())
}

/// Begins it; what it comes to, where it ends at once.
async fn begun<T>(future: impl Future<Output = T>) -> Option<T> {
    tokio::select! {
        biased;
        value = future => Some(value),
        () = ready(()) => None,
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
        let name = file.display().to_string();
        let text = fs::read(file).map_err(|error| {
            let cause = error.to_string();
            Failure::Usage(Words::of(|texts| {
                texts.serve_merchant_unreadable(name.as_str(), cause.as_str())
            }))
        })?;
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
