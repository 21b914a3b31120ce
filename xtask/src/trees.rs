//! What a choice of features brings into a user's tree, and what it must not: asked of `cargo tree`.

use std::collections::BTreeSet;

use xshell::{Shell, cmd};

use crate::{Outcome, workspace};

/// All there is to the facade without a provider; half of it builds `async-trait`.
const FACADE_ALONE: [&str; 8] = [
    "async-trait",
    "onay",
    "onay-core",
    "proc-macro2",
    "quote",
    "syn",
    "unicode-ident",
    "zeroize",
];

/// What each TLS feature brings (+) and must not bring (-), with any provider, on any platform.
/// Nothing is left open: a name that is misspelt here fails where it has a +.
const TLS: [(&str, &str); 5] = [
    (
        "",
        "-rustls -ring -aws-lc-rs -aws-lc-sys -native-tls -openssl -openssl-sys",
    ),
    (
        "default",
        "+rustls -ring +aws-lc-rs +aws-lc-sys -native-tls -openssl -openssl-sys",
    ),
    (
        "rustls",
        "+rustls -ring +aws-lc-rs +aws-lc-sys -native-tls -openssl -openssl-sys",
    ),
    (
        "rustls-ring",
        "+rustls +ring -aws-lc-rs -aws-lc-sys -native-tls -openssl -openssl-sys",
    ),
    (
        "native-tls",
        "-rustls -ring -aws-lc-rs -aws-lc-sys +native-tls +openssl +openssl-sys",
    ),
];

/// The guard alone needs no runtime, no HTTP and no TLS; for many machines it brings Redis, and TLS
/// only where that is asked for, by the crypto provider that the program has.
const GUARD: [(&str, &str); 3] = [
    (
        "guard",
        "+onay-guard +hmac -redis -tokio -reqwest -onay-http -rustls -native-tls",
    ),
    (
        "guard-redis",
        "+onay-guard +redis +tokio -reqwest -onay-http -rustls -native-tls",
    ),
    (
        "guard-redis-rustls",
        "+onay-guard +redis +tokio +rustls -ring -aws-lc-rs -reqwest -onay-http -native-tls",
    ),
];

pub(crate) fn run(shell: &Shell) -> Outcome {
    let mut faults = Vec::new();
    let providers = workspace::providers(shell)?;
    if providers.is_empty() {
        return Err("no package says that it is a provider".into());
    }
    for (tls, marks) in TLS {
        // Without a provider, no TLS feature brings a thing.
        let alone = tree(shell, "onay", tls)?;
        let promised = FACADE_ALONE.into_iter().map(str::to_owned).collect();
        for name in alone.symmetric_difference(&promised) {
            faults.push(format!("onay with [{tls}]: {name}"));
        }
        for provider in &providers {
            let marks = format!("{marks} {}", mark(&providers, |other| other == provider));
            let package = format!("onay-{provider}");
            compare(shell, &package, tls, &marks, &mut faults)?;
            let both = format!("{provider},{tls}");
            compare(shell, "onay", &both, &marks, &mut faults)?;
        }
        let marks = format!("{marks} {}", mark(&providers, |_| true));
        compare(shell, "onay", &format!("full,{tls}"), &marks, &mut faults)?;
    }
    for (features, marks) in GUARD {
        let tree = tree(shell, "onay", features)?;
        let whose = format!("onay with [{features}]");
        let marks: Vec<&str> = marks.split_whitespace().collect();
        check(&tree, &marks, &whose, &mut faults);
    }
    workspace::report(&faults)
}

/// Which providers are brought, and which are not.
fn mark(providers: &[String], is_wanted: impl Fn(&str) -> bool) -> String {
    let marks = providers.iter().map(|provider| {
        let mark = if is_wanted(provider) { '+' } else { '-' };
        format!("{mark}onay-{provider}")
    });
    marks.collect::<Vec<_>>().join(" ")
}

fn compare(
    shell: &Shell,
    package: &str,
    features: &str,
    marks: &str,
    faults: &mut Vec<String>,
) -> Outcome {
    let tree = tree(shell, package, features)?;
    let always = ["+onay-core", "+onay-http", "+reqwest"];
    let marks: Vec<&str> = marks.split_whitespace().chain(always).collect();
    check(
        &tree,
        &marks,
        &format!("{package} with [{features}]"),
        faults,
    );
    Ok(())
}

/// What is there (+) and what is not (-).
fn check(tree: &BTreeSet<String>, marks: &[&str], whose: &str, faults: &mut Vec<String>) {
    for mark in marks {
        let (wanted, name) = mark.split_at(1);
        let is_there = tree.contains(name);
        if is_there != (wanted == "+") {
            let what = if is_there { "brings" } else { "lacks" };
            faults.push(format!("{whose} {what} {name}"));
        }
    }
}

/// The names of all packages that a user of this one builds, on any platform.
fn tree(
    shell: &Shell,
    package: &str,
    features: &str,
) -> Result<BTreeSet<String>, Box<dyn std::error::Error>> {
    let options = ["--locked", "--target", "all", "-e", "normal,build"];
    let print = ["--prefix", "none", "--format", "{p}"];
    let lines = cmd!(
        shell,
        "cargo tree -p {package} --no-default-features --features {features} {options...} {print...}"
    )
    .quiet()
    .read()?;
    let names = lines.lines().filter_map(|line| line.split(' ').next());
    Ok(names.map(str::to_owned).collect())
}
