//! What a client does of its own accord: proxies that it finds, the address it came from, cookies.

use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::net::TcpListener;
use tokio::process::Command;

use super::certificate::Identity;
use super::conduct::{Conduct, MOVED};
use super::log::Received;
use super::moment::{self, Over};
use super::operation::Operation;
use super::server::{Door, Server};
use super::target::{Patience, Target};
use super::{Trouble, target, trial};
use crate::child;
use crate::every_call::Call;
use crate::report::Report;

const HEAD: [&str; 3] = [
    "of its own accord",
    "every call",
    "a client that does not hold back",
];

/// Every name under which a proxy may stand in the environment.
const PROXIES: [&str; 6] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
];

const COOKIE: &str = "set-cookie: prove=test; path=/\r\n";

/// What is tried, whether our calls did it, and whether the server saw the control do it.
struct Row {
    name: &'static str,
    ours: bool,
    control: bool,
}

pub(super) async fn run(
    report: &mut Report,
    operations: &[Operation],
    identity: &Identity,
) -> Result<(), Trouble> {
    let rows = [
        proxies("connects to a proxy of the environment, for `http`", "http").await?,
        proxies(
            "connects to a proxy of the environment, for `https`",
            "https",
        )
        .await?,
        headers(Header::Referer, operations, identity).await?,
        headers(Header::Cookie, operations, identity).await?,
    ];
    let mut written = Vec::new();
    for row in rows {
        if row.ours {
            report.breach(format!("of its own accord a call {}", row.name));
        }
        if !row.control {
            let name = row.name;
            report.breach(format!("the proof proves nothing: no control {name}"));
        }
        let cell = |did: bool, stars: &str| {
            if did {
                format!("{stars}does{stars}")
            } else {
                "does not".to_owned()
            }
        };
        written.push(vec![
            row.name.to_owned(),
            cell(row.ours, "**"),
            cell(row.control, ""),
        ]);
    }
    report.paragraph("### What nobody asked for");
    report.paragraph(
        "The proxies stand in the environment of a process of its own, under all of their names, and count who connects; every call was made with a client of Onay's own and with one that was handed in. The other rows are the second call of a client: after a redirect that was not followed, and after an answer that set a cookie.",
    );
    report.table(&HEAD, &written);
    Ok(())
}

/// A child makes every call, and another posts without care; both have the proxy in sight.
async fn proxies(name: &'static str, scheme: &str) -> Result<Row, Trouble> {
    let (server, direct) = counting().await?;
    let bases: Vec<String> = vec![format!("{scheme}://{server}")];
    let (proxy, detours) = counting().await?;
    with_proxy(child::CALLS, &bases, &proxy).await?;
    let ours = detours.swap(0, Ordering::SeqCst);
    // Each call came to the server itself, with both clients, or nothing was tried.
    let direct = direct.swap(0, Ordering::SeqCst);
    if direct < 2 * Call::ALL.len() && ours == 0 {
        return Err(format!("{direct} connections of all calls came to the server").into());
    }
    with_proxy(child::BARE, &bases, &proxy).await?;
    let control = detours.load(Ordering::SeqCst);
    Ok(Row {
        name,
        ours: ours > 0,
        control: control > 0,
    })
}

async fn with_proxy(what: &str, bases: &[String], proxy: &str) -> Result<(), Trouble> {
    let ended = Command::new(std::env::current_exe()?)
        .arg(child::ARGUMENT)
        .arg(what)
        .args(bases)
        .env_clear()
        .envs(PROXIES.map(|name| (name, format!("http://{proxy}"))))
        .stdout(Stdio::null())
        .status()
        .await?;
    if ended.success() {
        return Ok(());
    }
    Err(format!("the child that {what} ended with {ended}").into())
}

/// The address of a server that counts its connections and closes them.
async fn counting() -> Result<(String, Arc<AtomicUsize>), Trouble> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let address = listener.local_addr()?.to_string();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            drop(stream);
        }
    });
    Ok((address, count))
}

#[derive(Clone, Copy)]
enum Header {
    Referer,
    Cookie,
}

impl Header {
    const fn does(self) -> &'static str {
        match self {
            Self::Referer => "says where it came from, `Referer`",
            Self::Cookie => "sends a cookie back, `Cookie`",
        }
    }

    const fn line(self) -> &'static str {
        match self {
            Self::Referer => "\r\nreferer:",
            Self::Cookie => "\r\ncookie:",
        }
    }

    fn conduct(self, yes: &str) -> Conduct {
        match self {
            Self::Referer => {
                let there = format!("location: {MOVED}\r\n");
                let redirect = Over::Page.answer(307, &there, yes);
                Conduct::Redirect(redirect, moment::good(yes))
            }
            Self::Cookie => Conduct::Whole(moment::good_with(COOKIE, yes)),
        }
    }

    fn is_in(self, requests: &[Received]) -> bool {
        requests.iter().any(|r| r.head.contains(self.line()))
    }
}

async fn headers(
    header: Header,
    operations: &[Operation],
    identity: &Identity,
) -> Result<Row, Trouble> {
    let mut ours = false;
    for operation in operations {
        let (server, target) = scene(&header.conduct(operation.yes), identity).await?;
        for name in ["first0001", "second001"] {
            // After a redirect it fails, and that is right.
            let _ = (operation.call)(target.clone(), name.to_owned()).await;
        }
        drop(target);
        let requests = server.log().settled().await;
        if requests.len() < 2 {
            return Err(format!("no second call of {}", operation.name).into());
        }
        ours |= header.is_in(&requests);
    }
    let (server, mut target) = scene(&header.conduct("{}"), identity).await?;
    if matches!(header, Header::Cookie) {
        target.bare = target::remembering(identity)?;
    }
    for _ in 0..2 {
        trial::careless_post(&target, "{}").await?;
    }
    drop(target);
    let requests = server.log().settled().await;
    Ok(Row {
        name: header.does(),
        ours,
        control: header.is_in(&requests),
    })
}

async fn scene(conduct: &Conduct, identity: &Identity) -> Result<(Server, Target), Trouble> {
    let server = Server::start(&Door::Tls, conduct, identity).await?;
    let base = server.base_url();
    let target = Target::new(base, &Door::Tls, identity, Patience::ROOMY, false)?;
    Ok((server, target))
}
