//! Serves a sandbox until Ctrl-C.

use std::error::Error;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

use onay_sandbox::{Addresses, Sandbox, USUAL_ADDRESS};

const HELP: &str = "\
Fakes the providers of payment OTPs on this machine, with an SMS inbox. Nothing is really sent.

Usage: onay-sandbox [--listen ADDRESS] [--print-json]

  --listen ADDRESS  the address to listen on [default: 127.0.0.1:8027]; port 0 takes a free one
  --print-json      print one line of JSON with all addresses to stdout, once ready
  -h, --help        print this help
  -V, --version     print the version

Examples:
  onay-sandbox
  onay-sandbox --listen 127.0.0.1:0 --print-json
";

/// What the command line asks for.
enum Command {
    Serve {
        listen: SocketAddr,
        print_json: bool,
    },
    Print(&'static str),
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match command() {
        Ok(Command::Serve { listen, print_json }) => {
            let announce: fn(&Addresses) -> io::Result<()> = if print_json {
                |addresses| addresses.write_json(&mut io::stdout().lock())
            } else {
                print_human_line
            };
            let served = Sandbox::builder().listen(listen).serve(announce).await;
            served.map_err(|error| (Box::<dyn Error>::from(error), ExitCode::FAILURE))
        }
        Ok(Command::Print(text)) => io::stdout()
            .write_all(text.as_bytes())
            .map_err(|error| (error.into(), ExitCode::FAILURE)),
        Err(error) => Err((error.into(), ExitCode::from(2))),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err((error, code)) => {
            // Where stderr is closed, the exit code has to do.
            let _ = report(error.as_ref());
            code
        }
    }
}

fn command() -> Result<Command, lexopt::Error> {
    use lexopt::prelude::{Long, Short, ValueExt};

    let mut listen = USUAL_ADDRESS;
    let mut print_json = false;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("listen") => listen = arguments.value()?.parse()?,
            Long("print-json") => print_json = true,
            Short('h') | Long("help") => return Ok(Command::Print(HELP)),
            Short('V') | Long("version") => {
                return Ok(Command::Print(concat!(
                    "onay-sandbox ",
                    env!("CARGO_PKG_VERSION"),
                    "\n"
                )));
            }
            unexpected => return Err(unexpected.unexpected()),
        }
    }
    Ok(Command::Serve { listen, print_json })
}

fn print_human_line(addresses: &Addresses) -> io::Result<()> {
    writeln!(
        io::stderr(),
        "The sandbox is ready: inbox at {}, Paynet at {}, Paywall at {}, PayTR at {}. Ctrl-C stops it.",
        addresses.inbox,
        addresses.paynet,
        addresses.paywall,
        addresses.paytr
    )
}

/// Prints an error with its causes.
fn report(error: &dyn Error) -> io::Result<()> {
    let mut stderr = io::stderr().lock();
    write!(stderr, "onay-sandbox: {error}")?;
    let mut cause = error.source();
    while let Some(error) = cause {
        write!(stderr, ": {error}")?;
        cause = error.source();
    }
    writeln!(stderr)
}
