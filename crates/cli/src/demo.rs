//! `onay demo`: every provider's story, on a sandbox of its own.

mod guard;
mod masterpass;
mod paynet;
mod paytr;
mod story;

use onay_sandbox::Sandbox;

use self::story::Story;
use crate::failure::Failure;
use crate::language::Words;
use crate::output::Output;

/// A code that no sandbox makes.
const WRONG: &str = "WRONG";

pub(crate) async fn run(output: &Output) -> Result<(), Failure> {
    let mut story = Story::new(output);
    let sandbox = Sandbox::start().await?;
    story.note(
        "Bu bilgisayardaki bir sandbox sağlayıcıları taklit ediyor. Gerçekte hiçbir şey gönderilmez.",
        "A sandbox plays the providers on this machine. Nothing is really sent.",
    )?;
    paynet::tell(&sandbox, &mut story).await?;
    sandbox.reset();
    guard::tell(&sandbox, &mut story).await?;
    sandbox.reset();
    masterpass::tell(&sandbox, &mut story).await?;
    sandbox.reset();
    paytr::tell(&sandbox, &mut story).await?;
    story.title("Sırada ne var", "What next")?;
    story.note(
        "Bir sandbox açık bırakıp gelen kutusunu tarayıcıda izleyin: onay sandbox serve",
        "Keep a sandbox open and watch its inbox in a browser: onay sandbox serve",
    )?;
    story.note(
        "(kaynak koddan: cargo run -p onay-cli -- sandbox serve)",
        "(from the source: cargo run -p onay-cli -- sandbox serve)",
    )?;
    sandbox.stop().await;
    story.end()
}

/// The code in the newest message.
fn newest_code(sandbox: &Sandbox) -> Result<String, Failure> {
    let messages = sandbox.messages();
    let code = messages.first().and_then(|message| message.otp());
    code.map(str::to_owned).ok_or_else(|| {
        Failure::Unexpected(Words::new(
            "gelen kutusunda kod yok",
            "the inbox holds no code",
        ))
    })
}
