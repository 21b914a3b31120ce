//! `Markup` is HTML that cannot be made from text without escaping it.

/// Markup. Made by escaping text, or by filling markup into a template that is part of this crate.
#[derive(Clone, Debug, Default)]
pub(crate) struct Markup(String);

impl Markup {
    /// Text as markup that shows it, also inside a quoted attribute.
    pub(crate) fn text(text: &str) -> Self {
        let mut escaped = String::with_capacity(text.len());
        for sign in text.chars() {
            match sign {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                '"' => escaped.push_str("&quot;"),
                '\'' => escaped.push_str("&#39;"),
                sign => escaped.push(sign),
            }
        }
        Self(escaped)
    }

    /// A template with every `{{name}}` replaced by the markup of that name. What was filled in is
    /// not looked at again.
    pub(crate) fn filled(template: &'static str, values: &[(&str, Self)]) -> Self {
        let mut filled = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, name, after)) = next_place(rest) {
            filled.push_str(before);
            let value = values.iter().find(|(known, _)| *known == name);
            filled.push_str(value.map_or("", |(_, markup)| &markup.0));
            rest = after;
        }
        filled.push_str(rest);
        Self(filled)
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl FromIterator<Self> for Markup {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }
}

fn next_place(template: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    let (before, rest) = template.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(
            Markup::text(r#"<script>alert("1" & '2')</script>"#).into_string(),
            "&lt;script&gt;alert(&quot;1&quot; &amp; &#39;2&#39;)&lt;/script&gt;"
        );
    }

    #[test]
    fn what_was_filled_in_is_not_filled_again() {
        let values = [("a", Markup::text("{{b}}")), ("b", Markup::text("<b>"))];
        assert_eq!(
            Markup::filled("<p>{{a}} {{b}} {{c}}</p> {{", &values).into_string(),
            "<p>{{b}} &lt;b&gt; </p> {{"
        );
    }
}
