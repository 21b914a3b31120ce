//! The pages of the sandbox in a real Chromium, used as a developer uses them.

#![expect(clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod accessible;
mod browser;
mod clients;
mod coming_back;
mod finding;
mod hostile;
mod inbox;
mod keyboard;
#[path = "../shared/npm.rs"]
mod npm;
mod page;
mod payment;
mod reaching;
mod rules;
mod tools;

use std::pin::Pin;
use std::time::Instant;

use crate::browser::Browser;

type Story = Pin<Box<dyn Future<Output = ()> + Send>>;

// One test, because a browser takes longer to start than any of them takes to run.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_work_in_a_browser() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    let told = tokio::spawn(tell_all(browser.clone())).await;
    // Whatever came of it, no browser stays behind.
    browser.stop().await;
    let failed = told.expect("all were told");
    assert!(failed.is_empty(), "failed: {failed:?}");
}

/// Tells every story, and names those that went wrong.
#[expect(clippy::print_stderr, reason = "it says how long each took")]
async fn tell_all(browser: Browser) -> Vec<&'static str> {
    let mut failed = Vec::new();
    for (name, story) in stories(&browser) {
        let begun = Instant::now();
        // A task of its own, so that one that fails does not hide the next.
        if tokio::spawn(story).await.is_err() {
            failed.push(name);
        }
        eprintln!("{:>6} ms  {name}", begun.elapsed().as_millis());
        browser.tidy_up().await;
    }
    failed
}

fn stories(browser: &Browser) -> Vec<(&'static str, Story)> {
    let at = || browser.clone();
    vec![
        (
            "a message comes by itself",
            Box::pin(inbox::comes_by_itself(at())),
        ),
        ("the place is kept", Box::pin(inbox::keeps_the_place(at()))),
        ("a code is copied", Box::pin(inbox::copies_a_code(at()))),
        ("a countdown ends", Box::pin(inbox::counts_down(at()))),
        (
            "a refusal is explained",
            Box::pin(inbox::explains_a_refusal(at())),
        ),
        ("things are found", Box::pin(finding::finds(at()))),
        (
            "one tenant is shown",
            Box::pin(finding::shows_one_tenant(at())),
        ),
        ("the inbox is cleared", Box::pin(finding::clears(at()))),
        (
            "a lost connection comes back",
            Box::pin(coming_back::reconnects(at())),
        ),
        (
            "eight pages share a browser",
            Box::pin(coming_back::eight_pages_share(at())),
        ),
        ("a fault is set", Box::pin(tools::sets_a_fault(at()))),
        (
            "a fault that cannot be is explained",
            Box::pin(tools::explains_a_bad_fault(at())),
        ),
        (
            "what was typed wrong is said at its field",
            Box::pin(rules::says_what_was_mistyped(at())),
        ),
        (
            "a rule that never strikes says so",
            Box::pin(rules::marks_what_never_strikes(at())),
        ),
        (
            "the doctor speaks the page's language",
            Box::pin(rules::speaks_turkish_of_faults(at())),
        ),
        (
            "the clock is one tenant's",
            Box::pin(tools::moves_one_clock(at())),
        ),
        ("paying calls back", Box::pin(payment::pays(at()))),
        ("hostile text is text", Box::pin(hostile::stays_text(at()))),
        (
            "the keyboard is enough",
            Box::pin(keyboard::is_enough(at())),
        ),
        (
            "the language is remembered",
            Box::pin(coming_back::remembers_the_language(at())),
        ),
        (
            "no fake is trusted",
            Box::pin(hostile::stays_text_from_any_fake(at())),
        ),
        (
            "everything that is kept is reached",
            Box::pin(reaching::reaches_everything(at())),
        ),
        (
            "a callback is sent again",
            Box::pin(reaching::sends_a_callback_again(at())),
        ),
        (
            "a phone is wide enough",
            Box::pin(accessible::fits_a_phone(at())),
        ),
        (
            "nobody is kept out",
            Box::pin(accessible::keeps_nobody_out(at())),
        ),
    ]
}
