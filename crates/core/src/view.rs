//! A text letter by letter, as it stands and with its percent-escapes read, each with its place.

/// Escapes may themselves have been escaped, but no more often than this is read.
const DEPTH: usize = 3;

/// What a text shows at one place: from where to where it is written.
#[derive(Clone, Copy)]
pub(crate) struct Letter {
    pub(crate) shown: char,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The text as it stands; and, where it has percent-escapes, with those read, and again.
///
/// Encoders differ in what they escape. So the text is read, and no spelling has to be guessed.
pub(crate) fn views(text: &str) -> Vec<Vec<Letter>> {
    let letters = text.char_indices().map(|(start, shown)| Letter {
        shown,
        start,
        end: start + shown.len_utf8(),
    });
    let mut views = vec![letters.collect()];
    for _ in 0..DEPTH {
        let Some(next) = views.last().and_then(|view: &Vec<_>| unescaped(view)) else {
            break;
        };
        views.push(next);
    }
    views
}

/// The letters with their escapes read, if there are any.
fn unescaped(letters: &[Letter]) -> Option<Vec<Letter>> {
    let mut read = Vec::with_capacity(letters.len());
    let mut any = false;
    let mut rest = letters;
    while let Some((first, after)) = rest.split_first() {
        let run: Vec<Escape> = rest.chunks_exact(3).map_while(escape).collect();
        if run.is_empty() {
            read.push(*first);
            rest = after;
        } else {
            any = true;
            rest = rest.get(run.len() * 3..).unwrap_or_default();
            push_run(&mut read, &run);
        }
    }
    any.then_some(read)
}

/// One byte, and where its escape stands.
struct Escape {
    byte: u8,
    start: usize,
    end: usize,
}

fn escape(letters: &[Letter]) -> Option<Escape> {
    let [percent, high, low] = letters else {
        return None;
    };
    if percent.shown != '%' {
        return None;
    }
    let byte = high.shown.to_digit(16)? * 16 + low.shown.to_digit(16)?;
    Some(Escape {
        byte: u8::try_from(byte).ok()?,
        start: percent.start,
        end: low.end,
    })
}

/// Escaped bytes are UTF-8, and where they are not, Latin-1.
fn push_run(read: &mut Vec<Letter>, run: &[Escape]) {
    let bytes: Vec<u8> = run.iter().map(|escape| escape.byte).collect();
    let mut rest = run;
    let mut push = |shown: char, count: usize| {
        let (these, after) = rest.split_at(count.min(rest.len()));
        rest = after;
        if let (Some(first), Some(last)) = (these.first(), these.last()) {
            let (start, end) = (first.start, last.end);
            read.push(Letter { shown, start, end });
        }
    };
    for chunk in bytes.utf8_chunks() {
        for letter in chunk.valid().chars() {
            push(letter, letter.len_utf8());
        }
        for byte in chunk.invalid() {
            push(char::from(*byte), 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let written = |view: Vec<Letter>| view.iter().map(|at| at.shown).collect();
        views(text).into_iter().map(written).collect()
    }

    #[test]
    fn escapes_are_read_at_every_depth() {
        for (text, expected) in [
            ("yok", vec!["yok"]),
            ("%4 %zz %", vec!["%4 %zz %"]),
            ("a%2Fb%2fc", vec!["a%2Fb%2fc", "a/b/c"]),
            ("%C3%A7a%E7", vec!["%C3%A7a%E7", "çaç"]),
            ("a%2540b", vec!["a%2540b", "a%40b", "a@b"]),
        ] {
            assert_eq!(read(text), expected);
        }
        assert_eq!(read("%25252525252540").len(), DEPTH + 1);
    }

    #[test]
    fn every_letter_knows_where_it_is_written() {
        let text = "ş%C3%A7%2541";
        let places: Vec<Vec<&str>> = views(text)
            .iter()
            .map(|view| {
                let places = view.iter().map(|at| text.get(at.start..at.end));
                places.map(|place| place.expect("a place")).collect()
            })
            .collect();
        assert_eq!(places[1], ["ş", "%C3%A7", "%25", "4", "1"]);
        assert_eq!(places[2], ["ş", "%C3%A7", "%2541"]);
    }
}
