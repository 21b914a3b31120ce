//! `onay completions` and `onay man`: read by the shells and by man themselves, where they are.

use std::process::{Command, Stdio};

use crate::support::run;

#[expect(clippy::print_stderr, reason = "a skipped test says so loudly")]
fn skip(why: &str) {
    eprintln!("SKIPPED: {why}");
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = run(&format!("completions {shell}"), &[]);
        assert_eq!((script.code, script.stderr.as_str()), (0, ""));
        for word in ["masterpass", "doctor", "account-link"] {
            assert!(script.stdout.contains(word), "{word} for {shell}");
        }
        let document = run(&format!("completions {shell} --json"), &[]).document();
        assert_eq!(document["shell"], shell);
        assert_eq!(
            document["script"].as_str().map(str::trim_end),
            Some(script.stdout.trim_end())
        );
    }
    assert_eq!(run("completions", &[]).code, 2);
    assert_eq!(run("completions tcsh", &[]).code, 2);
}

#[test]
fn the_pages_are_written_and_man_reads_them() {
    let page = run("man", &[]);
    assert_eq!((page.code, page.stderr.as_str()), (0, ""));
    assert!(page.stdout.contains(".TH onay 1"), "{}", page.stdout);
    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("share/man1");
    let into = into.to_str().expect("a name");
    let written = run(&format!("man --into {into} --json"), &[]).document();
    let pages = written["pages"].as_array().expect("pages");
    assert!(pages.len() > 30, "{pages:?}");
    for page in pages {
        let page = page.as_str().expect("a name");
        let file = std::path::Path::new(into).join(page);
        let text = std::fs::read_to_string(&file).expect(page);
        assert!(
            text.contains(".SH NOTES\n.nf\n"),
            "{page}: examples as they are typed"
        );
        let groff = Command::new("groff")
            .args(["-K", "utf8", "-man", "-ww", "-Tutf8", "-z"])
            .arg(&file)
            .output();
        match groff {
            Ok(said) => {
                let complaints = String::from_utf8_lossy(&said.stderr).into_owned();
                assert!(
                    said.status.success() && complaints.is_empty(),
                    "{page}: {complaints}"
                );
            }
            Err(_) => skip(&format!("groff is not here to read {page}")),
        }
    }
    let first = pages.iter().find_map(|page| page.as_str());
    assert_eq!(first, Some("onay.1"));
    let page = format!("{into}/onay-otp-send.1");
    match Command::new("man")
        .args(["-l", &page])
        .env("MANWIDTH", "200")
        .stdin(Stdio::null())
        .output()
    {
        Ok(read) if read.status.success() => {
            let text = String::from_utf8_lossy(&read.stdout);
            assert!(text.contains("onay otp send --provider paynet"), "{text}");
        }
        _ => skip("man is not here to read the page"),
    }
}

#[cfg(unix)]
#[test]
fn a_page_replaces_a_page_and_follows_no_link() {
    use std::os::unix::fs::{MetadataExt, symlink};

    let folder = tempfile::tempdir().expect("a folder");
    let into = folder.path().join("man1");
    std::fs::create_dir(&into).expect("made");
    let mine = folder.path().join("mine");
    std::fs::write(&mine, "mine").expect("written");
    symlink(&mine, into.join("onay.1")).expect("linked");
    std::fs::write(into.join("onay-otp.1"), "an old page").expect("written");

    run(&format!("man --into {} --json", into.display()), &[]).document();

    assert_eq!(std::fs::read_to_string(&mine).expect("read"), "mine");
    for page in ["onay.1", "onay-otp.1"] {
        let file = into.join(page);
        let kind = std::fs::symlink_metadata(&file).expect("there");
        assert!(kind.is_file(), "{page}");
        assert_eq!(kind.mode() & 0o700, 0o600, "{page}");
        let text = std::fs::read_to_string(&file).expect("read");
        assert!(text.contains(".TH onay"), "{page}: {text}");
    }
    let names = std::fs::read_dir(&into).expect("read");
    for name in names {
        let name = name.expect("read").file_name();
        let name = name.to_string_lossy();
        assert!(name.starts_with("onay"), "left behind: {name}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_2() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let into = file.path().to_str().expect("a name");
    let refused = run(&format!("man --into {into} --json"), &[]);
    assert_eq!(refused.code, 2);
    assert_eq!(refused.error()["kind"], "invalid_input");
}
