//! The other commands and switches of `onay`: in both languages, verbose and quiet, keys from files.

use std::time::Duration;

use onay::OtpCode;
use onay_sandbox::Sandbox;
use onay_testkit::SocketServer;

use super::super::answers::Course;
use super::super::canary::Canary;
use super::super::place::Place;
use super::super::{Failed, Kind};
use super::process::{KEYS, Printed, Setting, places, run_with, settings};
use super::{FAMILIES, command_of, opened};
use crate::every_call::{Call, values};

/// Nobody listens there.
const NOWHERE: &str = "http://127.0.0.1:9";
const INBOX: &str = "the sandbox's inbox is what was asked for";

/// What is put behind a command; each is tried in text and with `--json`.
const MANNERS: [&[&str]; 5] = [
    &["--lang", "tr"],
    &["-v", "--lang", "en"],
    &["-vv", "--lang", "tr"],
    &["--quiet", "--lang", "en"],
    &["--quiet", "--lang", "tr"],
];

pub(super) async fn rows() -> Result<Vec<Place>, Failed> {
    let mut rows = manners().await?;
    rows.extend(files().await?);
    rows.extend(static_commands().await?);
    rows.extend(doctor().await?);
    rows.extend(sandbox().await?);
    Ok(rows)
}

fn two(what: &str, printed: Printed) -> [Place; 2] {
    [
        Place::new(format!("{what}: stdout"), printed.stdout),
        Place::new(format!("{what}: stderr"), printed.stderr),
    ]
}

/// Runs the command in every manner.
async fn in_every_manner(
    command: &[&str],
    settings: &[Setting],
    stdin: &str,
) -> Result<Printed, Failed> {
    let mut printed = Printed::default();
    for manner in MANNERS {
        for json in [None, Some("--json")] {
            let arguments = [command, manner].concat();
            let arguments: Vec<&str> = arguments.into_iter().chain(json).collect();
            printed.add(&run_with(&arguments, settings.to_vec(), stdin).await?);
        }
    }
    Ok(printed)
}

/// Every call, answered with a yes and with a no that quotes everything.
async fn manners() -> Result<Vec<Place>, Failed> {
    let mut rows = Vec::new();
    for (family, calls) in FAMILIES {
        let mut printed = Printed::default();
        for call in *calls {
            let no = Course::No.answers(*call)?.into_iter().next_back();
            let yes = Course::yes_with_clean_results(*call)?;
            for answer in no.into_iter().chain([yes]) {
                let server = SocketServer::start(answer).await;
                let settings = settings(&server.url());
                printed.add(&in_every_manner(&command_of(*call), &settings, "").await?);
            }
        }
        if !printed.stderr.contains("onay.call") {
            return Err(format!("{family}: `-v` traced nothing").into());
        }
        if !printed.stderr.contains(['ş', 'ı', 'ğ']) {
            return Err(format!("{family}: nothing was said in Turkish").into());
        }
        let what = format!("`{family}` with `-v`, `-vv`, `--quiet`, in both languages");
        rows.extend(opened(family, true, two(&what, printed)));
    }
    Ok(rows)
}

/// Keys from files, one from stdin, the code from stdin; and a key where a file's name should be.
async fn files() -> Result<Vec<Place>, Failed> {
    let folder = std::env::temp_dir().join(format!("onay-prove-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let printed = with_files(&folder).await;
    std::fs::remove_dir_all(&folder)?;
    let printed = printed?;
    Ok(two("`onay` with `*_FILE` and `--code -`", printed).into())
}

async fn with_files(folder: &std::path::Path) -> Result<Printed, Failed> {
    let mut from_files = Vec::new();
    let mut from_stdin = Vec::new();
    let mut mistaken = Vec::new();
    for (name, key) in KEYS {
        let path = folder.join(name);
        std::fs::write(&path, key)?;
        let path = path.display().to_string();
        let setting = FILES.iter().find(|file| file.starts_with(name));
        let setting = setting.copied().ok_or("no such setting")?;
        from_files.push((setting, path));
        from_stdin.push((setting, "-".to_owned()));
        mistaken.push((setting, key.to_owned()));
    }
    let code = ["otp", "verify", "--provider", "paynet", "--to"];
    let code = [&code[..], &[values::NUMBER, "--session", "s-1"]].concat();
    let code = [&code[..], &["--code", "-"]].concat();
    let mail = ["link", "email", "--id", "NB2Zlz3", "--to", values::EMAIL];
    let mut printed = Printed::default();
    for answer in [
        Course::yes_with_clean_results(Call::PaynetCheck)?,
        Course::No
            .answers(Call::PaynetCheck)?
            .pop()
            .ok_or("no answer")?,
    ] {
        let server = SocketServer::start(answer).await;
        for keys in [&from_files, &from_stdin, &mistaken] {
            let all = [places(&server.url()), keys.clone()].concat();
            let typed = format!("{}\n", values::CODE);
            printed.add(&in_every_manner(&code, &all, &typed).await?);
            let key = format!("{}\n", values::PAYTR_KEY);
            printed.add(&in_every_manner(&mail, &all, &key).await?);
        }
        if server.requests().is_empty() {
            return Err("with keys from files nothing was sent".into());
        }
    }
    Ok(printed)
}

const FILES: [&str; 5] = [
    "PAYNET_SECRET_KEY_FILE",
    "PAYWALL_PRIVATE_KEY_FILE",
    "PAYWALL_PRIVATE_CLIENT_FILE",
    "PAYTR_MERCHANT_KEY_FILE",
    "PAYTR_MERCHANT_SALT_FILE",
];

/// What has nothing to do with any value, with all of them in sight.
async fn static_commands() -> Result<[Place; 2], Failed> {
    let mut printed = Printed::default();
    let all = settings(NOWHERE);
    for command in [
        &["explain", "paynet", values::CODE][..],
        &["explain", "masterpass", values::TOKEN],
        &["explain", "paytr", values::PAYTR_KEY],
        &["explain", "paynet"],
        &["explain", "--kind", "too_soon"],
        &["explain", "--kind", values::PAYTR_SALT],
        &["completions", "bash"],
        &["completions", values::PAYNET_KEY],
        &["man"],
        &["demo"],
        &[values::PAYNET_KEY],
    ] {
        printed.add(&in_every_manner(command, &all, "").await?);
    }
    Ok(two(
        "`onay explain`, `completions`, `man`, `demo`, and what is no command",
        printed,
    ))
}

/// With everything right, and with every value in every wrong place.
async fn doctor() -> Result<[Place; 2], Failed> {
    let mut printed = Printed::default();
    let right = settings(NOWHERE);
    let mut variants = vec![right.clone()];
    for (_, key) in KEYS {
        variants.push(right.iter().map(|(n, _)| (*n, key.to_owned())).collect());
        let address = format!("http://{key}:{key}@127.0.0.1:9/{key}");
        variants.push(right.iter().map(|(n, _)| (*n, address.clone())).collect());
        let files = FILES.map(|name| (name, key.to_owned())).to_vec();
        variants.push([places(NOWHERE), files].concat());
    }
    for settings in variants {
        for command in [&["doctor"][..], &["doctor", "--network"]] {
            printed.add(&in_every_manner(command, &settings, "").await?);
        }
    }
    if !printed.stdout.contains("karakter") {
        return Err("the doctor said nothing in Turkish".into());
    }
    Ok(two("`onay doctor`, every setting right and wrong", printed))
}

/// Codes are sent and checked at a sandbox, and the sandbox is asked for everything it knows.
async fn sandbox() -> Result<Vec<Place>, Failed> {
    let sandbox = Sandbox::builder().seed(SEED).start().await?;
    let mut all = settings(NOWHERE);
    all.retain(|(name, _)| *name != "PAYNET_BASE_URL");
    all.push(("PAYNET_BASE_URL", sandbox.paynet_url()));
    all.push(("ONAY_SANDBOX_URL", sandbox.url()));
    let mut talked = Printed::default();
    let mut secret = Vec::new();
    for manner in MANNERS {
        let send = command_of(Call::PaynetSend);
        talked.add(&run_with(&[&send, manner].concat(), all.clone(), "").await?);
        let wrong = command_of(Call::PaynetCheck);
        talked.add(&run_with(&[&wrong, manner].concat(), all.clone(), "").await?);
        let messages = sandbox.messages();
        let newest = messages.iter().max_by_key(|message| message.id());
        let code = newest.and_then(|message| message.otp()).ok_or("no code")?;
        let mut right = wrong;
        right.pop();
        right.push("-");
        let approved = run_with(&[&right, manner].concat(), all.clone(), code).await?;
        if approved.stdout.is_empty() {
            return Err(format!("the right code was no good: {}", approved.stderr).into());
        }
        talked.add(&approved);
        secret.push(Canary::new(Kind::Code, OtpCode::parse(code)?.reveal()));
        sandbox.advance(Duration::from_secs(600));
    }
    let mut inbox = Printed::default();
    for command in [
        &["sandbox", "messages"][..],
        &["sandbox", "wait", "--to", values::NUMBER],
    ] {
        inbox.add(&in_every_manner(command, &all, "").await?);
    }
    let mut asked = Printed::default();
    for command in [
        &["sandbox", "journal"][..],
        &["sandbox", "wait", "--after", "9999", "--timeout-ms", "1"],
        &["sandbox", "wait", "--to", values::SESSION],
        &["sandbox", "fault", "set", "empty", "--times", "1"],
        &["sandbox", "fault", "list"],
        &["sandbox", "fault", "clear"],
        &["sandbox", "clock"],
        &["sandbox", "clock", "advance", "1"],
    ] {
        asked.add(&in_every_manner(command, &all, "").await?);
    }
    let [stdout, stderr] = two("`onay sandbox messages`, `wait`, in both languages", inbox);
    let inbox = [
        stdout.open(Kind::Code, INBOX).open(Kind::Number, INBOX),
        stderr,
    ];
    let rest = "`onay sandbox journal`, `fault`, `clock`, a `wait` in vain, in both languages";
    let talk = "`onay otp` at the sandbox, sent, mistaken, approved, in both languages";
    let rows = [two(talk, talked), inbox, two(rest, asked)].into_iter();
    let rows = rows.flatten().map(|place| place.also(&secret));
    Ok(rows.collect())
}

/// One seed, so that its codes are the same in every run.
const SEED: u64 = 7391;
