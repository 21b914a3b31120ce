//! The words of clap itself, in the language of the texts: headings, usage, defaults and possible values.

use clap::builder::{PossibleValue, Styles};
use clap::{Arg, Command};

use crate::language::Texts;

/// The command, and those below it. They have to be built, so that what clap adds by itself is there.
pub(super) fn explain(command: Command, texts: &Texts) -> Command {
    let mut command = command.subcommand_value_name(texts.help_command());
    if command.get_name() == "help" {
        command = command.about(texts.command_help());
    }
    // "Usage: onay …", and the first word can be had in English alone.
    let usage = command.render_usage().ansi().to_string();
    let usage = usage.split_once(' ').map(|(_, usage)| usage);
    let usage = usage
        .unwrap_or_default()
        .replace("[OPTIONS]", &texts.help_any_options());
    let style = Styles::styled().get_usage().to_owned();
    let template = format!(
        "{{about-with-newline}}\n{style}{}{style:#} {{usage}}\n\n{{all-args}}{{after-help}}",
        texts.help_usage()
    );
    command
        .help_template(template)
        .override_usage(usage)
        .subcommand_help_heading(texts.help_commands())
        .mut_args(|argument| explain_argument(argument, texts))
        .mut_subcommands(|inner| explain(inner, texts))
}

fn explain_argument(argument: Arg, texts: &Texts) -> Arg {
    let mut help = match argument.get_id().as_str() {
        "version" => texts.option_version(),
        "subcommand" => texts.option_help_command(),
        _ => argument
            .get_help()
            .map(ToString::to_string)
            .unwrap_or_default(),
    };
    if argument.get_action().takes_values() {
        let defaults = argument.get_default_values().iter();
        let defaults: Vec<_> = defaults.map(|value| value.to_string_lossy()).collect();
        if !defaults.is_empty() {
            help += &format!(" {}", texts.help_default(defaults.join(", ")));
        }
        let values = argument.get_possible_values();
        if !values.is_empty() && !argument.is_hide_possible_values_set() {
            let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
            help += &format!(" {}", texts.help_possible_values(names.join(", ")));
        }
    }
    let heading = match argument.get_help_heading() {
        Some(heading) => heading.to_owned(),
        None if argument.is_positional() => texts.help_arguments(),
        None => texts.help_options(),
    };
    // Below a heading of our own clap would sort the positional ones by name.
    // Where the sandbox is comes behind what is asked of it.
    let order = match (argument.get_index(), argument.get_id().as_str()) {
        (Some(place), _) => place,
        (None, "url") => 997,
        (None, _) => argument.get_display_order(),
    };
    // So that what is refused is the number, and not an option that was not meant.
    let takes_values = argument.get_action().takes_values();
    argument
        .allow_negative_numbers(takes_values)
        .display_order(order)
        .help(help)
        .help_heading(heading)
        .hide_default_value(true)
        .hide_possible_values(true)
}
