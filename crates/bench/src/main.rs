//! Measures what a call costs, beside other ways to make the same call, and writes it into a table.
//!
//! `cargo xtask bench` builds it, installs the clients of other languages and runs it. The server and every client
//! are processes of their own: this program starts itself for each.

mod calls;
mod clients;
mod drive;
mod micro;
mod server;
mod table;

use std::path::Path;
use std::process::ExitCode;

use calls::{Call, Failure};
use clients::Way;
use drive::{Measured, Phase};
use micro::Micro;

const HELP: &str = "\
Usage: onay-bench COMMAND

  serve                           answers every call; prints its address
  call WAY CALL ADDRESS PHASE…    calls, phase by phase: 64x2000 is 2000 calls with 64 in flight
  table FOLDER                    measures everything and writes FOLDER/speed.md; the clients of other languages are
                                  those in FOLDER/installed
  micro NAME TIMES                does a small thing so many times
";

#[tokio::main(flavor = "current_thread")]
#[expect(clippy::print_stderr, reason = "whoever runs it reads what went wrong")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("onay-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &[&str]) -> Result<(), Failure> {
    match arguments {
        ["serve"] => server::serve().await,
        ["call", way, call, address, phases @ ..] => {
            let way = Way::find(way).ok_or("no such way")?;
            let call = Call::find(call).ok_or("no such call")?;
            let phases: Vec<Phase> = phases.iter().map(|p| p.parse()).collect::<Result<_, _>>()?;
            print(&way.run(call, address, &phases).await?)
        }
        ["micro", name, times] => {
            let micro = Micro::find(name).ok_or("no such thing")?;
            print(&[micro.run(times.parse()?)?])
        }
        ["table", folder] => {
            let folder = Path::new(folder);
            let text = table::speed(&folder.join("installed"))?;
            std::fs::create_dir_all(folder)?;
            std::fs::write(folder.join("speed.md"), &text)?;
            show(&text);
            Ok(())
        }
        _ => Err(HELP.into()),
    }
}

#[expect(
    clippy::print_stdout,
    reason = "whoever started it reads what it measured"
)]
fn print(measured: &[Measured]) -> Result<(), Failure> {
    for measured in measured {
        println!("{}", serde_json::to_string(measured)?);
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the table is for reading")]
fn show(text: &str) {
    println!("{text}");
}
