//! Folding for matching only: what is shown to people is always the text as written.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower-cases `text` without moving a byte: a letter whose lower-case form has another length stays as it is.
/// Spans of the text are spans of the result.
pub fn lower_in_place(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        // By sixteen at a time as long as all are plain.
        let plain = rest.as_bytes().chunks(16).take_while(|chunk| chunk.is_ascii()).map(<[u8]>::len).sum::<usize>();
        let plain = plain + rest.bytes().skip(plain).take_while(u8::is_ascii).count();
        out.push_str(&rest[..plain]);
        let mut chars = rest[plain..].chars();
        if let Some(c) = chars.next() {
            let mut lower = c.to_lowercase();
            match (lower.next(), lower.next()) {
                (Some(l), None) if l.len_utf8() == c.len_utf8() => out.push(l),
                _ => out.push(c),
            }
        }
        rest = chars.as_str();
    }
    out.make_ascii_lowercase();
    out
}

/// A name's key: lower case, marks dropped, letters such as ł and ø in their plain form, hyphens as spaces, apostrophes out.
pub fn ascii_key(name: &str) -> String {
    if is_plain(name) {
        // Most names need no tables and keep every letter.
        return name.to_ascii_lowercase();
    }
    let mut out = String::with_capacity(name.len());
    for c in name.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            'ł' | 'Ł' => out.push('l'),
            'ø' | 'Ø' => out.push('o'),
            'ß' => out.push_str("ss"),
            'ı' => out.push('i'),
            'đ' | 'Đ' | 'ð' | 'Ð' => out.push('d'),
            'þ' | 'Þ' => out.push_str("th"),
            'æ' | 'Æ' => out.push_str("ae"),
            'œ' | 'Œ' => out.push_str("oe"),
            c if is_hyphen(c) || c.is_whitespace() => out.push(' '),
            c if is_apostrophe(c) => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Whether the [`ascii_key`] of `name` is nothing but its lower case.
pub fn is_plain(name: &str) -> bool {
    name.bytes().all(|b| PLAIN[usize::from(b)])
}

/// The bytes of plain names, as a table: every capitalized word of a draft is asked for them, some several times.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        plain[byte] = matches!(byte as u8, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b' ' | b'.');
        byte += 1;
    }
    plain
};

/// Apostrophes and single marks, straight, curly, reversed and the modifier letters that stand for them.
pub fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '‛' | 'ʼ' | 'ʻ' | '´' | '`')
}

/// Hyphens, dashes of hyphen width and the soft hyphen.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_keeps_every_offset() {
        for text in ["ÉCOLE İstanbul", "STRASSE ẞ", "“Łódź”"] {
            let lower = lower_in_place(text);
            assert_eq!(lower.len(), text.len(), "{text}");
            assert!(text.char_indices().all(|(at, _)| lower.is_char_boundary(at)));
        }
    }

    #[test]
    fn keys_join_spellings_of_one_name() {
        assert_eq!(ascii_key("Fernández"), ascii_key("Fernandez"));
        assert_eq!(ascii_key("O’Brien"), ascii_key("O'Brien"));
        assert_eq!(ascii_key("Wałęsa"), "walesa");
        assert_eq!(ascii_key("J.R. Smith-Poe"), "j.r. smith poe");
    }
}
