#!/usr/bin/env python3
"""What Onay costs to build beside bare reqwest with serde: prints the guide's table; --write writes it. Some minutes."""

import resource
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "target/builds"
ONAY = f'onay = {{ path = "{ROOT}/crates/all", default-features = false, features = ["FEATURE", "TLS"] }}'
REQWEST = (
    'reqwest = { version = "0.13", default-features = false, features = ["json", "rustls"] }\n'
    'serde = { version = "1", features = ["derive"] }'
)

BARE = """
#[derive(serde::Serialize)] struct Request { user_gsm: String, otp_session_id: String }
#[derive(serde::Deserialize)] struct Response { code: i64 }
BEGIN
    let body = Request { user_gsm: "5550000042".to_owned(), otp_session_id: "order-1".to_owned() };
    let request = reqwest::Client::new().post(std::env::var("URL")?).json(&body);
    println!("{}", request.send().await?.json::<Response>().await?.code);
"""
PAYNET = """
use onay::{OtpChallenge, OtpSender, PhoneNumber, SessionId, paynet::Paynet};
BEGIN
    let challenge = OtpChallenge::for_phone(SessionId::parse("order-1")?, PhoneNumber::parse("0555 000 00 42")?);
    println!("{:?}", Paynet::from_env()?.send_otp(&challenge).await?);
"""
PAYWALL = """
use onay::{OtpSender, PhoneNumber, paywall_masterpass::{OpenSession, PaywallMasterpass, ReferenceCode, UserId}};
BEGIN
    let paywall = PaywallMasterpass::from_env()?;
    let (reference, user) = (ReferenceCode::parse("order-1")?, UserId::parse("user-1")?);
    let opened = paywall.open_session(&OpenSession::new(reference, user, PhoneNumber::parse("0555 000 00 42")?)).await?;
    println!("{:?}", paywall.send_otp(&opened.account_link()).await?);
"""
PAYTR = """
use onay::{LinkNotice, LinkNotifier, PhoneNumber, paytr_link::{PaytrLink, ProductLink}};
BEGIN
    let paytr = PaytrLink::from_env()?;
    let link = paytr.create(ProductLink::new("test", "14.45 TL".parse()?, 1)?).await?;
    println!("{:?}", paytr.notify(&LinkNotice::new(link.id().clone(), PhoneNumber::parse("0555 000 00 42")?)).await?);
"""
BEGIN = '#[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), Box<dyn std::error::Error>> {'
MANIFEST = """
[package]
name = "program"
edition = "2024"
[workspace]
[dependencies]
tokio = { version = "1", features = ["macros", "rt"] }
DEPENDENCIES
[profile.release]
strip = "symbols"
lto = "thin"
"""

ROWS = [
    ("bare reqwest with `json` and `rustls`, and serde", REQWEST, BARE),
    ("`onay` with `paynet`", ONAY.replace("FEATURE", "paynet").replace("TLS", "rustls"), PAYNET),
    ("`onay` with `paynet` and `rustls-ring`", ONAY.replace("FEATURE", "paynet").replace("TLS", "rustls-ring"), PAYNET),
    ("`onay` with `paywall-masterpass`", ONAY.replace("FEATURE", "paywall-masterpass").replace("TLS", "rustls"), PAYWALL),
    ("`onay` with `paytr-link`", ONAY.replace("FEATURE", "paytr-link").replace("TLS", "rustls"), PAYTR),
]


def cargo(*arguments):
    return subprocess.run(["cargo", *arguments], cwd=FOLDER, check=True, stdout=subprocess.PIPE, text=True).stdout


def seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def row(label, dependencies, source):
    """Builds a program from nothing, outside the workspace and with its versions, as a merchant's is built."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    (FOLDER / "src").mkdir(parents=True)
    (FOLDER / "Cargo.toml").write_text(MANIFEST.replace("DEPENDENCIES", dependencies))
    (FOLDER / "src/main.rs").write_text(source.replace("BEGIN", BEGIN) + "    Ok(())\n}\n")
    shutil.copy(ROOT / "Cargo.lock", FOLDER)
    cargo("fetch", "--quiet")
    tree = cargo("tree", "--quiet", "-e", "normal", "--prefix", "none", "--no-dedupe")
    crates = {line.split(" ")[0] for line in tree.splitlines()} - {"program"}
    before = seconds()
    cargo("build", "--release", "--quiet", "--offline", "--target-dir", "target")
    megabytes = (FOLDER / "target/release/program").stat().st_size / 1e6
    return f"| {label} | {len(crates)} | {seconds() - before:.0f} | {megabytes:.2f} |\n"


text = (
    "Written by `crates/all/benches/builds.py --write`: each built once and from nothing in release with thin LTO. CPU is what "
    "compilers and linkers took together.\n\n| program | crates | CPU, s | stripped, MB |\n| --- | --: | --: | --: |\n"
)
text += "".join(row(*columns) for columns in ROWS)
print(text)
if "--write" in sys.argv:
    (ROOT / "crates/all/src/guide/evidence/builds.md").write_text(text)
shutil.rmtree(FOLDER)
