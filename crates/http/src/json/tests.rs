//! How each kind of JSON value is read as each kind of field.

use super::*;

/// What each reader makes of one value.
fn read(json: &str) -> [&'static str; 4] {
    fn what<T>(field: &Field<T>) -> &'static str {
        match field {
            Field::Absent => "absent",
            Field::Value(_) => "value",
            Field::Malformed => "malformed",
        }
    }
    let text = format!(r#"{{"before":1,"field": {json} ,"after":"x"}}"#);
    let object = Object::parse(&text).expect(json);
    assert_eq!(
        object.text("before").as_deref(),
        Field::Value("1"),
        "{json}"
    );
    assert_eq!(object.text("after").as_deref(), Field::Value("x"), "{json}");
    [
        what(&object.text("field")),
        what(&object.flag("field")),
        what(&object.object("field")),
        what(&object.list("field")),
    ]
}

#[test]
fn the_table_holds() {
    const ABSENT: [&str; 4] = ["absent"; 4];
    const MALFORMED: [&str; 4] = ["malformed"; 4];
    const TEXT: [&str; 4] = ["value", "malformed", "malformed", "malformed"];
    const FLAG: [&str; 4] = ["malformed", "value", "malformed", "malformed"];
    const WORD: [&str; 4] = ["value", "value", "malformed", "malformed"];
    const OBJECT: [&str; 4] = ["malformed", "malformed", "value", "malformed"];
    const LIST: [&str; 4] = ["malformed", "malformed", "malformed", "value"];
    for (json, expected) in [
        ("null", ABSENT),
        (r#""""#, ABSENT),
        ("true", FLAG),
        ("false", FLAG),
        (r#""true""#, WORD),
        (r#""FALSE""#, WORD),
        (r#""\u0074rue""#, WORD),
        (r#""True ""#, TEXT),
        (r#""yes""#, TEXT),
        (r#"" ""#, TEXT),
        (r#""1""#, TEXT),
        (r#""\ud83d\ude00""#, TEXT),
        ("0", TEXT),
        ("1", TEXT),
        ("-1", TEXT),
        ("18446744073709551615", TEXT),
        ("18446744073709551616", MALFORMED),
        ("99999999999999999999", MALFORMED),
        ("-9223372036854775809", MALFORMED),
        ("-0", MALFORMED),
        ("1.0", MALFORMED),
        ("12e0", MALFORMED),
        ("1e400", MALFORMED),
        (r#""\ud83d""#, MALFORMED),
        (r#""a\udc00b""#, MALFORMED),
        ("{}", OBJECT),
        (r#"{"a":[1,{}]}"#, OBJECT),
        ("[]", LIST),
        ("[1,[2],null]", LIST),
    ] {
        assert_eq!(read(json), expected, "{json}");
    }
}

#[test]
fn values_are_what_stands_there() {
    let text = r#"{"n":-12,"t":"a\u0131\n","b":"ş","f":"False","o":{"x":"y"},"l":["",1,{"z":2}]}"#;
    let object = Object::parse(text).expect("an object");
    assert_eq!(object.text("n").as_deref(), Field::Value("-12"));
    assert_eq!(object.text("t").as_deref(), Field::Value("aı\n"));
    assert!(matches!(object.text("b"), Field::Value(Cow::Borrowed("ş"))));
    assert_eq!(object.flag("f"), Field::Value(false));
    let inner = object.object("O").value().expect("an object");
    assert_eq!(inner.text("X").as_deref(), Field::Value("y"));
    let items = object.list("l").value().expect("a list");
    assert_eq!(items.len(), 3);
    assert!(items[0].text().is_absent());
    assert_eq!(items[1].text().as_deref(), Field::Value("1"));
    let last = items[2].object().value().expect("an object");
    assert_eq!(last.text("z").as_deref(), Field::Value("2"));
}

#[test]
fn a_name_that_stands_twice_is_malformed_in_any_case() {
    for text in [
        r#"{"code":0,"code":0}"#,
        r#"{"code":0,"Code":1}"#,
        r#"{"CODE":0,"code":null}"#,
        r#"{"code":0,"\u0063ode":1}"#,
    ] {
        let object = Object::parse(text).expect(text);
        assert!(object.text("code").is_malformed(), "{text}");
        assert!(object.has("code"), "{text}");
    }
    // Letters outside ASCII are compared as they are.
    let object = Object::parse(r#"{"İ":1,"i":2}"#).expect("an object");
    assert_eq!(object.text("I").as_deref(), Field::Value("2"));
}

#[test]
fn a_name_that_is_no_text_hides_nothing() {
    let object = Object::parse(r#"{"\ud83d":1,"code":2}"#).expect("an object");
    assert_eq!(object.text("code").as_deref(), Field::Value("2"));
    assert!(object.text("\\ud83d").is_absent());
}

#[test]
fn having_a_field_is_holding_anything() {
    let object = Object::parse(r#"{"a":null,"b":"","c":{},"d":0}"#).expect("an object");
    let has = ["a", "b", "c", "d", "e"].map(|name| object.has(name));
    assert_eq!(has, [false, false, true, true, false]);
}

#[test]
fn a_list_is_bounded() {
    let of = |length: usize| format!(r#"{{"l":[{}]}}"#, vec!["1"; length].join(","));
    for (length, whole) in [(1_000, true), (1_001, false), (5_000, false)] {
        let text = of(length);
        let object = Object::parse(&text).expect("an object");
        assert_eq!(object.list("l").is_malformed(), !whole, "{length}");
    }
}

#[test]
fn only_a_whole_object_is_one() {
    for text in [
        "", "[]", "{", "1", "{\"a\":}", "{} {}", "{\"a\":1", "\"{}\"", "null",
    ] {
        assert!(Object::parse(text).is_none(), "{text}");
    }
    assert!(Object::parse("{}").expect("an object").is_empty());
    let deep = format!(
        "{{\"a\":{}1{},\"b\":2}}",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let object = Object::parse(&deep).expect("an object");
    assert_eq!(object.text("b").as_deref(), Field::Value("2"));
}
