//! The description of the test API, held against the API itself.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use onay_sandbox::Sandbox;
use reqwest::Method;
use serde_json::Value;

use crate::paytr_support::{PaytrCaller, product, sms};
use crate::support::{Caller, NUMBER, PaywallCaller, Response, newest_code, paynet};

#[tokio::test]
async fn every_path_takes_the_methods_that_are_described() {
    let (_sandbox, caller) = paynet().await;
    let description = caller.ask("/api/v1/openapi.json").await;
    assert_eq!(description["openapi"], "3.1.0");
    for (path, described) in description["paths"].as_object().expect("an object") {
        let path = path.replace(['{', '}'], "");
        let refused = Response::of(caller.with_method(Method::PATCH, &path)).await;
        assert_eq!(refused.status, 405, "{path}");
        let allowed = refused.header("allow").split(',').map(str::trim);
        // A path that answers GET answers HEAD, which needs no words.
        let allowed = allowed.filter(|method| *method != "HEAD");
        let allowed: BTreeSet<String> = allowed.map(str::to_lowercase).collect();
        let described = described.as_object().expect("an object");
        let described: BTreeSet<String> = described.keys().cloned().collect();
        assert_eq!(allowed, described, "{path}");
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere_and_every_name_is_used() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let description = Caller::new(&sandbox).ask("/api/v1/openapi.json").await;
    let mut references = BTreeSet::new();
    collect(&description, &mut references);
    for reference in &references {
        let pointer = reference.trim_start_matches('#');
        assert!(description.pointer(pointer).is_some(), "{reference}");
    }
    let named = description["components"]["schemas"].as_object();
    for name in named.expect("an object").keys() {
        let reference = format!("#/components/schemas/{name}");
        assert!(references.contains(&reference), "{reference} is not used");
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                references.insert(reference.clone());
            }
            fields.values().for_each(|value| collect(value, references));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}

fn ran(program: &Path, arguments: &[&str]) -> bool {
    let output = Command::new(program).args(arguments).output();
    output.is_ok_and(|output| output.status.success())
}

/// Where schemathesis is installed; `None`, said loudly, where Python or its packages are missing.
#[expect(clippy::print_stderr, reason = "a skipped test says so loudly")]
fn installed() -> Option<PathBuf> {
    let wanted = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemathesis/requirements.txt");
    let packages = std::fs::read_to_string(&wanted).expect("the packages");
    // Other packages get another folder.
    let mut hasher = DefaultHasher::new();
    packages.hash(&mut hasher);
    let place = format!("schemathesis-{:016x}", hasher.finish());
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(place);
    let (venv, wanted) = (
        place.to_str().expect("text"),
        wanted.to_str().expect("text"),
    );
    let runs = || ran(&place.join("bin/schemathesis"), &["--version"]);
    let install = ["-m", "pip", "install", "--quiet", "--requirement", wanted];
    if runs()
        || (ran(Path::new("python3"), &["-m", "venv", "--clear", venv])
            && ran(&place.join("bin/python"), &install)
            && runs())
    {
        return Some(place);
    }
    assert!(
        std::env::var_os("CI").is_none(),
        "schemathesis cannot be installed, and CI must not skip this"
    );
    eprintln!(
        "SKIPPED: schemathesis cannot be installed (python3, its venv or the network is missing), \
         so the description of the test API is not tried against it"
    );
    None
}

async fn schemathesis(place: PathBuf, sandbox: &Sandbox, choice: &[&'static str]) {
    let url = format!("{}/api/v1/openapi.json", sandbox.url());
    let choice: Vec<&str> = choice.to_vec();
    let ran = tokio::task::spawn_blocking(move || -> Output {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemathesis");
        Command::new(place.join("bin/schemathesis"))
            .arg("--config-file")
            .arg(folder.join("schemathesis.toml"))
            .args(["run", "--no-color", "--seed", "1", "--max-examples", "20"])
            // Not `stateful`: the links that it infers put any name wherever a name is wanted.
            .args(["--phases", "examples,coverage,fuzzing"])
            .args(choice)
            .arg(url)
            .current_dir(env!("CARGO_TARGET_TMPDIR"))
            .output()
            .expect("schemathesis")
    });
    let output = ran.await.expect("no panic");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Lets something happen at every provider, so that there is something of every kind to answer.
async fn populate(sandbox: &Sandbox) {
    let caller = Caller::new(sandbox);
    caller.send("s", NUMBER).await;
    caller.check("s", NUMBER, &newest_code(sandbox)).await;
    caller.send("s", "1").await;
    Caller::with_key(sandbox, "sck_live")
        .send("s", NUMBER)
        .await;
    let paywall = PaywallCaller::new(sandbox);
    paywall.link(&paywall.session().await).await;
    let paytr = PaytrCaller::new(sandbox);
    let id = paytr.create(product()).await;
    paytr.call("send-sms", sms(&id)).await;
    sandbox.pay(&id).await.expect("paid");
    caller.send("s", "5550009600").await;
    assert!(caller.call("send_otp").body("").send().await.is_ok());
}

/// Calls of every kind that the description allows, and some that it does not.
///
/// Left out are the events, which have no end and have tests of their own (`events.rs`), and the
/// stateful phase, in which one call takes up what another answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn schemathesis_finds_nothing() {
    let Some(place) = tokio::task::spawn_blocking(installed)
        .await
        .expect("no panic")
    else {
        return;
    };
    let sandbox = Sandbox::start().await.expect("a sandbox");
    populate(&sandbox).await;
    // First all that leaves what is there, but for the events, which have no end.
    let clearing = ["deleteMessages", "deleteMessage", "reset", "importWorld"];
    let with = |option: &'static str, names: &[&'static str]| -> Vec<&'static str> {
        names.iter().flat_map(|name| [option, *name]).collect()
    };
    let lasting = with(
        "--exclude-operation-id",
        &[&["readEvents"], &clearing[..]].concat(),
    );
    schemathesis(place.clone(), &sandbox, &lasting).await;
    assert!(!sandbox.messages().is_empty());
    let clearing = with("--include-operation-id", &clearing);
    schemathesis(place, &sandbox, &clearing).await;
    assert!(sandbox.messages().is_empty());
}
