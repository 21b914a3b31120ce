//! `onay completions` and `onay man`: made from the same command line that clap reads.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;
use serde_json::json;

use crate::arguments::{Arguments, ManArguments};
use crate::failure::Failure;
use crate::language::{Language, Words};
use crate::output::{Output, unexpected};
use crate::terminal::plain;

pub(crate) fn completions(shell: Shell, output: &Output) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "onay", &mut script);
    let script = String::from_utf8(script).map_err(|error| unexpected(&error))?;
    let document =
        json!({ "operation": "completions", "shell": shell.to_string(), "script": script });
    output.result(script.trim_end(), &document)
}

pub(crate) fn man(arguments: &ManArguments, output: &Output) -> Result<(), Failure> {
    // The built-in `help` would have a page for each command once more.
    let mut command = command().disable_help_subcommand(true);
    command.build();
    let Some(folder) = &arguments.into else {
        let page = page(&command)?;
        let document = json!({ "operation": "man", "page": page });
        return output.result(page.trim_end(), &document);
    };
    fs::create_dir_all(folder).map_err(|error| not_written(folder, &error))?;
    let mut pages = Vec::new();
    write_pages(&command, folder, &mut pages)?;
    let name = folder.display().to_string();
    let shown = plain(&name);
    let human = output.texts().man_written(pages.len(), shown);
    let document = json!({
        "operation": "man",
        "folder": name,
        "pages": pages,
    });
    output.result(human, &document)
}

/// The command line in English, whichever language is spoken.
fn command() -> Command {
    Language::English.explain_commands();
    Arguments::command()
}

/// One page for each command: onay(1), onay-otp(1), onay-otp-send(1) …
fn write_pages(command: &Command, folder: &Path, pages: &mut Vec<String>) -> Result<(), Failure> {
    let name = Man::new(command.clone()).get_filename();
    let file = folder.join(&name);
    replace(folder, &file, &page(command)?).map_err(|error| not_written(&file, &error))?;
    pages.push(name);
    for inner in command.get_subcommands() {
        write_pages(inner, folder, pages)?;
    }
    Ok(())
}

/// Replaces what has this name. A symbolic link is replaced and not followed: in a folder where others write too, it
/// may point anywhere.
fn replace(folder: &Path, file: &Path, text: &str) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".onay-");
    // Made for its owner alone unless told; `man` reads for every user.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut fresh = builder.tempfile_in(folder)?;
    fresh.write_all(text.as_bytes())?;
    fresh.persist(file)?;
    Ok(())
}

fn page(command: &Command) -> Result<String, Failure> {
    let mut page = Vec::new();
    Man::new(command.clone())
        .source(concat!("onay ", env!("CARGO_PKG_VERSION")))
        .manual("Onay")
        .render(&mut page)
        .map_err(|error| unexpected(&error))?;
    let page = String::from_utf8(page).map_err(|error| unexpected(&error))?;
    Ok(as_typed(&page))
}

/// Keeps the lines of the examples as they are: one that is filled and hyphenated cannot be
/// copied.
fn as_typed(page: &str) -> String {
    let Some((before, notes)) = page.split_once(".SH EXTRA\n") else {
        return page.to_owned();
    };
    let (notes, after) = match notes.split_once("\n.SH ") {
        Some((notes, after)) => (notes, format!("\n.SH {after}")),
        None => (notes, "\n".to_owned()),
    };
    let notes = notes.trim_end();
    format!("{before}.SH NOTES\n.nf\n{notes}\n.fi{after}")
}

fn not_written(path: &Path, error: &io::Error) -> Failure {
    let (path, cause) = (path.display().to_string(), error.to_string());
    Failure::Usage(Words::of(|texts| {
        texts.man_not_written(path.as_str(), cause.as_str())
    }))
}
