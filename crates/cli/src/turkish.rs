//! The help texts in Turkish: the tables of ours laid over what clap knows, and clap's own words.

mod commands;
mod notes;
mod options;

use clap::builder::{PossibleValue, StyledStr};
use clap::{Arg, Command, CommandFactory};

use crate::arguments::Arguments;

/// The help that was asked for, styled, where the command line asks for any.
pub(crate) fn help(typed: &[String]) -> Option<String> {
    let error = command().try_get_matches_from(typed).err()?;
    Some(own_words(&error.render()))
}

/// The same command line, explained in Turkish.
fn command() -> Command {
    let mut command = Arguments::command();
    // So that what clap adds by itself is there, and can be translated too.
    command.build();
    translate(command, "")
}

fn translate(mut command: Command, path: &str) -> Command {
    if let Some(about) = about(path) {
        command = command.about(about);
    }
    if let Some(note) = command.get_after_help().map(ToString::to_string) {
        command = command.after_help(notes::turkish(&note));
    }
    command
        .mut_args(|argument| explain(argument, path))
        .mut_subcommands(|inner| {
            let path = below(path, inner.get_name());
            translate(inner, &path)
        })
}

/// The words that call a command. Below `help` stand all commands once more.
fn below(path: &str, name: &str) -> String {
    match path.trim_end_matches("help").trim_end() {
        "" => name.to_owned(),
        path => format!("{path} {name}"),
    }
}

fn about(path: &str) -> Option<&'static str> {
    let path = match path.strip_suffix(" help") {
        Some(_) => "help",
        None => path,
    };
    let found = commands::ABOUT.iter().find(|(known, _)| *known == path);
    found.map(|(_, about)| *about)
}

fn help_of(path: &str, id: &str) -> Option<&'static str> {
    let full = format!("{path} {id}");
    let table = options::HELP.iter();
    let own = table.clone().find(|(known, _)| *known == full);
    let found = own.or_else(|| table.clone().find(|(known, _)| *known == id));
    found.map(|(_, help)| *help)
}

/// Its words, and behind them what clap would add in English.
fn explain(argument: Arg, path: &str) -> Arg {
    let Some(help) = help_of(path, argument.get_id().as_str()) else {
        return argument;
    };
    let mut help = help.to_owned();
    if argument.get_action().takes_values() {
        let defaults = argument.get_default_values().iter();
        let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
        if !defaults.is_empty() {
            help += &format!(" [varsayılan: {}]", defaults.join(", "));
        }
        let values = argument.get_possible_values();
        if !values.is_empty() && !argument.is_hide_possible_values_set() {
            let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
            help += &format!(" [olası değerler: {}]", names.join(", "));
        }
    }
    let argument = match argument.get_help_heading() {
        Some(_) => argument.help_heading("Her komutta"),
        None => argument,
    };
    argument
        .help(help)
        .hide_default_value(true)
        .hide_possible_values(true)
}

/// The headings, and the words in capitals, that clap itself writes. None of them holds a blank, so
/// no line ends within one.
fn own_words(help: &StyledStr) -> String {
    let words = [
        ("Usage:", "Kullanım:"),
        ("Commands:", "Komutlar:"),
        ("Arguments:", "Argümanlar:"),
        ("Options:", "Seçenekler:"),
        ("[OPTIONS]", "[SEÇENEKLER]"),
        ("<COMMAND>", "<KOMUT>"),
        ("[COMMAND]", "[KOMUT]"),
    ];
    let said = help.ansi().to_string();
    words.iter().fold(said, |said, (english, turkish)| {
        said.replace(english, turkish)
    })
}

/// A usage line in Turkish.
pub(crate) fn usage(usage: &StyledStr) -> String {
    anstream::adapter::strip_str(&own_words(usage)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every command as it is in English, with the words that call it.
    pub(super) fn each(look: &mut dyn FnMut(&str, &Command)) {
        fn walk(command: &Command, path: &str, look: &mut dyn FnMut(&str, &Command)) {
            look(path, command);
            for inner in command.get_subcommands() {
                walk(inner, &below(path, inner.get_name()), look);
            }
        }
        let mut command = Arguments::command();
        command.build();
        walk(&command, "", look);
    }

    #[test]
    fn every_command_and_every_argument_has_turkish_words() {
        let (mut commands, mut arguments) = (Vec::new(), Vec::new());
        each(&mut |path, command| {
            assert!(about(path).is_some(), "no Turkish for the command: {path}");
            commands.push(path.to_owned());
            for argument in command.get_arguments() {
                let id = argument.get_id().as_str();
                assert!(help_of(path, id).is_some(), "no Turkish for: {path} {id}");
                arguments.push(format!("{path} {id}"));
                arguments.push(id.to_owned());
            }
        });
        for (known, _) in commands::ABOUT {
            assert!(
                commands.iter().any(|path| path == known),
                "no such command: {known}"
            );
        }
        for (known, _) in options::HELP {
            assert!(
                arguments.iter().any(|id| id == known),
                "no such argument: {known}"
            );
        }
    }

    #[test]
    fn no_help_is_half_english() {
        let mut count = 0;
        each(&mut |path, command| {
            let typed = format!("onay {path} --help");
            let typed: Vec<String> = typed.split_whitespace().map(str::to_owned).collect();
            let Some(help) = help(&typed) else {
                panic!("{path} has no help");
            };
            let help = anstream::adapter::strip_str(&help).to_string();
            let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(help.contains("Kullanım: onay"), "{help}");
            let inner = command.get_subcommands().filter_map(Command::get_about);
            let own = command.get_about().into_iter().chain(inner);
            let options = command.get_arguments().filter_map(Arg::get_help);
            let english = own.chain(options).map(ToString::to_string);
            for english in english.chain(
                [
                    "Usage:",
                    "Options:",
                    "Commands:",
                    "Arguments:",
                    "Examples:",
                    "Environment:",
                ]
                .map(str::to_owned),
            ) {
                // Some are a word alone, which Turkish has as well.
                let is_there = english.contains([' ', ':']) && help.contains(&english);
                assert!(!is_there, "{english} in {help}");
            }
            for english in [
                "[default",
                "[possible values",
                "With every",
                "Print ",
                "OPTIONS",
                "COMMAND",
            ] {
                assert!(!help.contains(english), "{english} in {help}");
            }
            count += 1;
        });
        assert!(count > 30, "{count}");
    }
}
