//! Mistakes in one value: a field signed in another form than it was posted.

use super::Mistake;
use super::candidate::Case;
use crate::number::MobileNumber;

/// What programs write for a value that is not there.
const NOTHING: [&str; 4] = ["undefined", "null", "None", "NULL"];

/// The mistake in a value, if it is one.
pub(super) fn find(case: &Case<'_>) -> Option<Mistake> {
    let mut fields = case.call.fields().iter().copied();
    fields
        .find_map(|field| in_field(case, field))
        .or_else(|| in_phone(case))
}

fn in_field(case: &Case<'_>, field: &str) -> Option<Mistake> {
    let text = case.text(field);
    for (id, english, turkish, forms) in forms(field, text) {
        let mut forms = forms.iter().filter(|form| *form != text);
        if forms.any(|form| case.is_with(field, form)) {
            let (english, turkish) = (format!("{field} {english}"), format!("{field} {turkish}"));
            return Some(Mistake::new(id, english, turkish));
        }
    }
    let own = if field == "callback_id" {
        "; the field is callback_id, not callback.id"
    } else {
        ""
    };
    let nothing = NOTHING.iter().find(|word| case.is_with(field, word))?;
    Some(Mistake::new(
        "signed_as_nothing",
        format!("{field} signed as {nothing}: the program had no value for it{own}"),
        format!("{field} {nothing} olarak imzalanmış: programda değeri yoktu"),
    ))
}

type Form = (&'static str, &'static str, &'static str, Vec<String>);

/// Other forms of a value, each kind with its words.
fn forms(field: &str, text: &str) -> Vec<Form> {
    let mut forms = vec![
        (
            "blanks_dropped",
            "signed without the blanks around it, with which it was posted",
            "baştaki ya da sondaki boşluklar olmadan imzalanmış, onlarla gönderilmiş",
            vec![text.trim().to_owned()],
        ),
        (
            "blanks_added",
            "signed with a blank or line break, without which it was posted",
            "boşluk ya da satır sonuyla imzalanmış, onsuz gönderilmiş",
            [" ", "\n", "\r\n"]
                .iter()
                .flat_map(|blank| [[text, blank].concat(), [blank, text].concat()])
                .collect(),
        ),
        (
            "other_case",
            "signed in other upper and lower case than posted",
            "gönderilenden farklı büyük-küçük harflerle imzalanmış",
            vec![text.to_lowercase(), text.to_uppercase(), capitalised(text)],
        ),
        (
            "html_escaped",
            "signed after HTML escaping, posted before it",
            "HTML kaçışı yapıldıktan sonra imzalanmış, ondan önceki hâliyle gönderilmiş",
            html_escaped(text),
        ),
        (
            "html_unescaped",
            "signed before HTML escaping, posted after it",
            "HTML kaçışı yapılmadan imzalanmış, kaçışlı hâliyle gönderilmiş",
            vec![html_unescaped(text)],
        ),
        (
            "percent_encoded",
            "signed percent-encoded; it is signed as it reads after decoding",
            "yüzde kodlanmış hâliyle imzalanmış; çözülmüş hâli imzalanmalı",
            percent_encoded(text),
        ),
    ];
    match field {
        "price" | "total_amount" => forms.push((
            "price_in_lira",
            "signed in major units, posted in minor ones",
            "lira olarak imzalanmış, kuruş olarak gönderilmiş",
            major_units(text),
        )),
        "currency" => forms.push((
            "other_currency",
            "signed as another code than posted (TRY, TL)",
            "gönderilenden başka bir kodla imzalanmış (TRY, TL)",
            vec!["TRY".to_owned(), "TL".to_owned(), "₺".to_owned()],
        )),
        "lang" => forms.push((
            "other_lang",
            "signed as another language than posted",
            "gönderilenden başka bir dille imzalanmış",
            vec!["tr".to_owned(), "en".to_owned(), "tr-TR".to_owned()],
        )),
        _ => {}
    }
    forms
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    let first = signs.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(signs).collect()
}

/// As PHP writes it, with and without quotes, and as JavaScript's libraries do.
fn html_escaped(text: &str) -> Vec<String> {
    let plain = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let double = plain.replace('"', "&quot;");
    let both = ["&#039;", "&#39;", "&#x27;"].map(|quote| double.replace('\'', quote));
    [plain, double].into_iter().chain(both).collect()
}

fn html_unescaped(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&#x27;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (code, sign)| {
        text.replace(code, sign)
    })
}

fn percent_encoded(text: &str) -> Vec<String> {
    let form = crate::form::percent_encoded(text);
    let uri = form.replace('+', "%20");
    vec![form, uri]
}

fn major_units(text: &str) -> Vec<String> {
    let Ok(minor) = text.parse::<u64>() else {
        return Vec::new();
    };
    let (major, rest) = (minor / 100, minor % 100);
    let short = format!("{major}.{rest:02}");
    let short = short.trim_end_matches('0').trim_end_matches('.').to_owned();
    vec![
        format!("{major}.{rest:02}"),
        format!("{major},{rest:02}"),
        format!("{major}.{rest:02}00"),
        short,
        major.to_string(),
    ]
}

fn in_phone(case: &Case<'_>) -> Option<Mistake> {
    let posted = case.text("cell_phone");
    let spellings = MobileNumber::any_spelling(posted)?.spellings();
    let mut others = spellings.iter().filter(|it| it.text != posted);
    let signed = others.find(|it| case.is_with("cell_phone", &it.text))?;
    let posted = spellings.iter().find(|it| it.text == posted);
    let shown = |blanks: &str, of: &crate::number::Spelling| {
        let blanks = if of.has_blanks { blanks } else { "" };
        format!("{}{blanks}", of.shown)
    };
    let english = posted.map_or("another spelling".to_owned(), |it| {
        shown(" with blanks", it)
    });
    let turkish = posted.map_or("başka bir yazım".to_owned(), |it| {
        shown(" (boşluklu)", it)
    });
    Some(Mistake::new(
        "phone_spelling",
        format!(
            "cell_phone signed as {}, posted as {english}",
            shown(" with blanks", signed)
        ),
        format!(
            "cell_phone {} olarak imzalanmış, {turkish} olarak gönderilmiş",
            shown(" (boşluklu)", signed)
        ),
    ))
}
