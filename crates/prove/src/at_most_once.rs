//! Tries the first promise: whatever breaks, a call is one request at most, and says the truth about it.

mod certificate;
mod conduct;
mod http2;
mod line;
mod log;
mod matrix;
mod moment;
mod operation;
mod outcome;
mod server;
mod table;
mod target;
mod trial;

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
    let tried = runtime.block_on(matrix::run(&operation::ALL, &identity))?;
    table::write(report, &tried);
    Ok(())
}
