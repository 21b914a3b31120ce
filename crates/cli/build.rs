//! Makes a function of each text in `locales/`: one that a locale lacks, or whose values differ between the two, is no
//! function, and its use fails to compile.

use std::process::ExitCode;

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, build_from_locales_folder};

fn main() -> ExitCode {
    let Ok(folder) = std::env::var("OUT_DIR") else {
        return ExitCode::FAILURE;
    };
    build_from_locales_folder(
        BuildOptions::default()
            .with_output_file_path(&format!("{folder}/texts.rs"))
            .with_ftl_output(FtlOutputOptions::single_file(&format!(
                "{folder}/texts.ftl"
            )))
            .with_prefix("")
            .with_lint_level(LintLevel::Deny)
            .without_format()
            // Both languages are written from left to right, and people copy what is printed.
            .without_bidi_isolation(),
    )
}
