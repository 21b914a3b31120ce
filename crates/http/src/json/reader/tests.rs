//! What is JSON is what the library takes for it, and its values are found as they stand.

use serde::de::IgnoredAny;

use super::*;

/// Every short text of these signs, and numbers.
#[test]
fn what_is_json_is_what_the_library_takes_for_it() {
    const SIGNS: [&str; 18] = [
        "{", "}", "[", "]", ":", ",", "\"a\"", "\"", "\\", "u00", "0", "1", "-", " ", "\u{c}",
        "\u{1f}", "null", "ş",
    ];
    const NUMBERS: [&str; 15] = [
        "-0.1e+1",
        "10.50E-07",
        "1E400",
        "-0",
        "00",
        "01",
        "-01",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "0x1",
        "1_0",
        "NaN",
    ];
    let agree = |part: &str| {
        for text in [
            format!("{{{part}}}"),
            format!("[{part}]"),
            format!("[\"{part}\"]"),
        ] {
            let expected = serde_json::from_str::<IgnoredAny>(&text).is_ok();
            assert_eq!(nodes(&text).is_some(), expected, "{text}");
        }
    };
    for number in NUMBERS {
        agree(number);
    }
    let mut texts = vec![String::new()];
    for _ in 0..4 {
        let longer = |text: &String| SIGNS.map(|sign| format!("{text}{sign}"));
        texts = texts.iter().flat_map(longer).collect();
        for text in &texts {
            agree(text);
        }
    }
}

#[test]
fn nodes_are_the_values_in_their_order() {
    let text = r#"{ "a" : 1 , "b\"":"x\\" ,"c":{"d":"}]"},"e":[1,"],[",{"f":[]}],"g":-1.5e3
 ,"":null}"#;
    let found = nodes(text).expect("JSON");
    let raw = |node: &Node| text.get(node.begin as usize..node.end as usize);
    let found: Vec<_> = found
        .iter()
        .map(|node| (raw(node).expect("a part"), node.size))
        .collect();
    let expected = [
        ("", 20),
        ("a", 1),
        ("1", 1),
        (r#"b\""#, 1),
        (r"x\\", 1),
        ("c", 1),
        ("", 3),
        ("d", 1),
        ("}]", 1),
        ("e", 1),
        ("", 6),
        ("1", 1),
        ("],[", 1),
        ("", 3),
        ("f", 1),
        ("", 1),
        ("g", 1),
        ("-1.5e3", 1),
        ("", 1),
        ("null", 1),
    ];
    assert_eq!(found, expected);
}

#[test]
fn the_first_mark_is_found_wherever_it_stands() {
    for length in 0..40 {
        let text = "ş\u{a2}\u{dc}a#]\u{7f}z".repeat(9);
        let Some((plain, _)) = text.split_at_checked(length) else {
            continue;
        };
        for rest in ["", "b\"\\cdefghijk", "\"\n"] {
            let whole = format!(r#"["{plain}","{plain}\n{plain}"]"#);
            let found = nodes(&whole).expect("JSON");
            let ends: Vec<_> = found.iter().skip(1).map(|node| node.end as usize).collect();
            assert_eq!(ends, [length + 2, 3 * length + 7], "{whole}");
            for mark in ['\0', '\n', '\u{1f}'] {
                let whole = format!("[\"{plain}{mark}{rest}\"]");
                assert!(nodes(&whole).is_none(), "{whole:?}");
            }
        }
    }
}

#[test]
fn any_number_of_blanks_is_skipped() {
    for count in 0..40 {
        let blanks = " ".repeat(count);
        let text = format!("[{blanks}1,\n{blanks}\"{blanks}\"\t{blanks}]");
        let found = nodes(&text).expect("JSON");
        let sizes: Vec<_> = found.iter().map(|node| node.end - node.begin).collect();
        assert_eq!(sizes, [0, 1, u32::try_from(count).expect("few")], "{text}");
    }
}
