//! Serves a sandbox until Ctrl-C.

use std::error::Error;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::process::ExitCode;

use onay_sandbox::{Addresses, Sandbox, SandboxBuilder, SandboxError, USUAL_ADDRESS};

const HELP: &str = "\
Fakes the providers of payment OTPs on this machine, with an SMS inbox. Nothing is really sent.

Usage: onay-sandbox [--listen ADDRESS] [--allow-host NAME]... [--seed NUMBER]
                    [--no-magic-numbers] [--print-json]

  --listen ADDRESS    the address to listen on [default: 127.0.0.1:8027]; port 0 takes a free one
  --allow-host NAME   let the inbox page and the test API answer under this name too; repeatable
  --seed NUMBER       draw the same codes in every run
  --no-magic-numbers  disable the magic numbers
  --print-json        print one line of JSON with all addresses to stdout, once ready
  -h, --help          print this help
  -V, --version       print the version

Examples:
  onay-sandbox
  onay-sandbox --listen 127.0.0.1:0 --print-json
  onay-sandbox --listen 0.0.0.0:8027 --allow-host onay-sandbox
";

/// What the command line asks for.
enum Command {
    Serve {
        builder: SandboxBuilder,
        print_json: bool,
    },
    Print(&'static str),
}

#[tokio::main]
async fn main() -> ExitCode {
    let outcome = match command() {
        Ok(Command::Serve {
            builder,
            print_json,
        }) => {
            let announce: fn(&Addresses) -> io::Result<()> = if print_json {
                |addresses| addresses.write_json(&mut io::stdout().lock())
            } else {
                print_human_line
            };
            builder.serve(announce).await.map_err(|error| {
                let code = match error {
                    SandboxError::InvalidHost => ExitCode::from(2),
                    _ => ExitCode::FAILURE,
                };
                (Box::<dyn Error>::from(error), code)
            })
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

    let mut builder = Sandbox::builder().listen(USUAL_ADDRESS);
    let mut print_json = false;
    let mut arguments = lexopt::Parser::from_env();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("listen") => {
                let address: SocketAddr = arguments.value()?.parse()?;
                builder = builder.listen(address);
            }
            Long("allow-host") => builder = builder.allow_host(arguments.value()?.string()?),
            Long("seed") => builder = builder.seed(arguments.value()?.parse()?),
            Long("no-magic-numbers") => builder = builder.magic_numbers(false),
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
    Ok(Command::Serve {
        builder,
        print_json,
    })
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
