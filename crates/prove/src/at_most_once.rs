//! Tries the first promise: whatever breaks, a call is one request at most, and says the truth about it.

mod accord;
mod certificate;
mod conduct;
mod dropped;
mod http2;
mod line;
mod log;
mod matrix;
mod moment;
mod operation;
mod outcome;
mod race;
mod server;
mod statuses;
mod table;
mod target;
mod trial;

#[cfg(test)]
mod tests;

use certificate::Identity;

use crate::report::Report;

/// The trial itself could not be made.
type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// Every operation in every moment in which a connection can break.
pub(crate) fn prove() -> Report {
    let mut report = Report::default();
    if let Err(trouble) = run(&mut report) {
        report.breach(format!("it could not be tried: {trouble}"));
    }
    report
}

fn run(report: &mut Report) -> Result<(), Trouble> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let identity = Identity::new()?;
    let operations = &operation::ALL;
    introduce(report);
    runtime.block_on(async {
        let mut tried = matrix::run(operations, &identity).await?;
        statuses::merge(&mut tried, statuses::run(operations, &identity).await?);
        table::write(report, &tried);
        race::run(report, operations, &identity).await?;
        accord::run(report, operations, &identity).await
    })?;
    drop(runtime);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(dropped::run(report, operations, &identity))
}

fn introduce(report: &mut Report) {
    report.paragraph(if cfg!(feature = "neighbour") {
        "In this build another crate of the tree has switched on what reqwest leaves off: its features `http2`, `gzip` and `cookies`."
    } else {
        "In this build nobody has switched on a feature of reqwest that Onay does not need itself."
    });
    let names: Vec<String> = operation::ALL
        .iter()
        .map(|operation| format!("{} {}", operation.provider, operation.name))
        .collect();
    report.paragraph(&format!(
        "Every row was tried with all {} operations ({}), and holds for all of them unless it names some. It was tried again with `retry_unreachable` switched on, and says so where that makes a difference.",
        names.len(),
        names.join(", "),
    ));
    report.paragraph(
        "*Requests received*: those of which the server read the last byte. `MaybeSent` beside a 0 is care, not an error: the request was under way, and the caller cannot know how much of it arrived.",
    );
    report.paragraph(
        "The last column is the same server and a client with reqwest's defaults, which shows that the server can count more than one.",
    );
}
