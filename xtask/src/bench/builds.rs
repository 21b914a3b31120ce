//! `cargo xtask bench --builds`: what the crates cost to build, beside a program on bare reqwest.

use std::path::PathBuf;
use std::time::Instant;

use xshell::{Shell, cmd};

use crate::{Outcome, workspace};

/// A small program that makes one call, outside the workspace as a merchant's is.
struct Program {
    what: &'static str,
    dependencies: &'static str,
    source: &'static str,
}

const BARE: &str = r#"
#[derive(serde::Serialize)]
struct SendOtp { user_gsm: String, otp_session_id: String }
#[derive(serde::Deserialize)]
struct Sent { code: i64 }
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let body = SendOtp { user_gsm: "5550000042".to_owned(), otp_session_id: "order-1".to_owned() };
    let request = reqwest::Client::new().post(std::env::var("URL")?).json(&body);
    let sent: Sent = request.send().await?.json().await?;
    println!("{}", sent.code);
    Ok(())
}
"#;

const PAYNET: &str = r#"
use onay::paynet::Paynet;
use onay::{Gsm, OtpChallenge, OtpSender, SessionId};
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let challenge = OtpChallenge::for_gsm(SessionId::parse("order-1")?, Gsm::parse("0555 000 00 42")?);
    println!("{:?}", Paynet::from_env()?.send_otp(&challenge).await?);
    Ok(())
}
"#;

const PAYWALL: &str = r#"
use onay::paywall_masterpass::{OpenSession, PaywallMasterpass};
use onay::{Gsm, OtpSender};
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paywall = PaywallMasterpass::from_env()?;
    let customer = OpenSession::new("order-1", "user-1", Gsm::parse("0555 000 00 42")?);
    let opened = paywall.open_session(&customer).await?;
    let link = paywall.link_account(opened.session()).await?;
    println!("{:?}", paywall.send_otp(link.challenge()).await?);
    Ok(())
}
"#;

const PAYTR: &str = r#"
use onay::paytr_link::{PaytrLink, ProductLink};
use onay::{Gsm, LinkNotifier, LinkRecipient};
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let paytr = PaytrLink::from_env()?;
    let link = paytr.create(ProductLink::new("test", "14.45 TL".parse()?, 1)?).await?;
    let customer = LinkRecipient::Sms(Gsm::parse("0555 000 00 42")?);
    println!("{:?}", paytr.notify(link.id(), &customer).await?);
    Ok(())
}
"#;

const PROGRAMS: [Program; 5] = [
    Program {
        what: "bare reqwest, its `json` and `rustls`, and serde",
        dependencies: "reqwest = { version = \"0.13\", default-features = false, features = [\"json\", \"rustls\"] }\n\
                       serde = { version = \"1\", features = [\"derive\"] }\n",
        source: BARE,
    },
    Program {
        what: "`onay` with `paynet`",
        dependencies: "onay = { path = \"ONAY\", features = [\"paynet\"] }\n",
        source: PAYNET,
    },
    Program {
        what: "`onay` with `paynet` and `rustls-ring`",
        dependencies: "onay = { path = \"ONAY\", default-features = false, features = [\"paynet\", \"rustls-ring\"] }\n",
        source: PAYNET,
    },
    Program {
        what: "`onay` with `paywall-masterpass`",
        dependencies: "onay = { path = \"ONAY\", features = [\"paywall-masterpass\"] }\n",
        source: PAYWALL,
    },
    Program {
        what: "`onay` with `paytr-link`",
        dependencies: "onay = { path = \"ONAY\", features = [\"paytr-link\"] }\n",
        source: PAYTR,
    },
];

/// Builds each from nothing, one after another, and writes the table into the folder.
pub(crate) fn run(shell: &Shell, folder: &str) -> Outcome {
    let mut text = "Written by `cargo xtask bench --builds`: one run on one machine, each built from nothing in release with thin \
                    LTO, everything downloaded before. *CPU* is what compilers and linkers took together; it depends less than the \
                    time on what else the machine did.\n\n\
                    | program | crates | CPU, s | time, s | stripped, MB |\n| --- | --- | --- | --- | --- |\n"
        .to_owned();
    for program in &PROGRAMS {
        eprintln!("bench: building {}", program.what);
        text.push_str(&line(shell, program)?);
    }
    shell.create_dir(folder)?;
    eprintln!("{text}");
    Ok(shell.write_file(format!("{folder}/builds.md"), text)?)
}

fn line(shell: &Shell, program: &Program) -> Result<String, Box<dyn std::error::Error>> {
    let place = make(shell, program)?;
    let _there = shell.push_dir(&place);
    cmd!(shell, "cargo fetch --quiet").run()?;
    let tree = cmd!(
        shell,
        "cargo tree --quiet -e normal --prefix none --no-dedupe"
    )
    .read()?;
    let mut crates: Vec<&str> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    crates.sort_unstable();
    crates.dedup();
    let (started, before) = (Instant::now(), children_seconds(shell)?);
    cmd!(
        shell,
        "cargo build --release --quiet --offline --target-dir target"
    )
    .run()?;
    let (time, cpu) = (
        started.elapsed().as_secs_f64(),
        children_seconds(shell)? - before,
    );
    let bytes = std::fs::metadata(place.join("target/release/program"))?.len();
    shell.remove_path(place.join("target"))?;
    Ok(format!(
        "| {} | {} | {cpu:.0} | {time:.0} | {:.2} |\n",
        program.what,
        crates.len() - 1, // itself
        f64::from(u32::try_from(bytes)?) / 1e6,
    ))
}

/// A package of its own, with the versions that the workspace has.
fn make(shell: &Shell, program: &Program) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let place = workspace::root().join("target/bench/build");
    shell.remove_path(&place)?;
    shell.create_dir(place.join("src"))?;
    let onay = workspace::root().join("crates/all").display().to_string();
    let dependencies = program.dependencies.replace("ONAY", &onay);
    let manifest = format!(
        "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         {dependencies}tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n\n\
         [profile.release]\nstrip = \"symbols\"\nlto = \"thin\"\n"
    );
    shell.write_file(place.join("Cargo.toml"), manifest)?;
    shell.write_file(place.join("src/main.rs"), program.source)?;
    shell.copy_file(workspace::root().join("Cargo.lock"), &place)?;
    Ok(place)
}

/// What the processes that this one started and waited for have taken, theirs included.
fn children_seconds(shell: &Shell) -> Result<f64, Box<dyn std::error::Error>> {
    let ticks: f64 = cmd!(shell, "getconf CLK_TCK").quiet().read()?.parse()?;
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // The second field is the program's name in brackets, which may hold anything.
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let of_children: Vec<f64> = fields
        .skip(13)
        .take(2)
        .map(str::parse)
        .collect::<Result<_, _>>()?;
    Ok(of_children.iter().sum::<f64>() / ticks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_children_took_is_counted() {
        let shell = Shell::new().expect("a shell");
        let before = children_seconds(&shell).expect("seconds");
        cmd!(
            shell,
            "sh -c 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done'"
        )
        .run()
        .expect("a loop");
        let after = children_seconds(&shell).expect("seconds");
        assert!(after > before, "{before} {after}");
    }
}
