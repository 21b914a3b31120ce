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
    // No browser stays behind, also after a panic.
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

/// Each story by its name.
macro_rules! stories {
    ($browser:ident: $($name:literal => $story:path;)+) => {
        vec![$(($name, Box::pin($story($browser.clone())))),+]
    };
}

fn stories(browser: &Browser) -> Vec<(&'static str, Story)> {
    stories! { browser:
        "a message comes by itself" => inbox::comes_by_itself;
        "the place is kept" => inbox::keeps_the_place;
        "a code is copied" => inbox::copies_a_code;
        "a countdown ends" => inbox::counts_down;
        "a refusal is explained" => inbox::explains_a_refusal;
        "things are found" => finding::finds;
        "one tenant is shown" => finding::shows_one_tenant;
        "the inbox is cleared" => finding::clears;
        "a lost connection comes back" => coming_back::reconnects;
        "eight pages share a browser" => coming_back::eight_pages_share;
        "a fault is set" => tools::sets_a_fault;
        "a fault that cannot be is explained" => tools::explains_a_bad_fault;
        "what was typed wrong is said at its field" => rules::says_what_was_mistyped;
        "a rule that never strikes says so" => rules::marks_what_never_strikes;
        "the doctor speaks the page's language" => rules::speaks_turkish_of_faults;
        "the clock is one tenant's" => tools::moves_one_clock;
        "paying calls back" => payment::pays;
        "hostile text is text" => hostile::stays_text;
        "the keyboard is enough" => keyboard::is_enough;
        "the language is remembered" => coming_back::remembers_the_language;
        "no fake is trusted" => hostile::stays_text_from_any_fake;
        "everything that is kept is reached" => reaching::reaches_everything;
        "a callback is sent again" => reaching::sends_a_callback_again;
        "a phone is wide enough" => accessible::fits_a_phone;
        "every view is accessible" => accessible::is_for_everyone;
    }
}
