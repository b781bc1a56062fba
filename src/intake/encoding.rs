//! From octets to text, in the encodings that office programs save.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};

/// The text, and what it was taken for where it is no UTF-8.
pub(super) fn decode(octets: &[u8]) -> (Cow<'_, str>, Option<&'static str>) {
    if let Some((encoding, length)) = Encoding::for_bom(octets) {
        let (text, _) = encoding.decode_without_bom_handling(&octets[length..]);
        // Who writes UTF-16 with a mark leaves no doubt.
        return (text, None);
    }
    if let Some(encoding) = without_mark(octets) {
        return (encoding.decode_without_bom_handling(octets).0, Some(encoding.name()));
    }
    match std::str::from_utf8(octets) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(_) => {
            let encoding = single_octets(octets);
            (encoding.decode_without_bom_handling(octets).0, Some(encoding.name()))
        }
    }
}

/// UTF-16 that does not say so: of text with letters of ASCII, every other octet is zero.
fn without_mark(octets: &[u8]) -> Option<&'static Encoding> {
    let sample = &octets[..octets.len().min(SAMPLE) & !1];
    let zeros = |from: usize| sample.iter().skip(from).step_by(2).filter(|octet| **octet == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), sample.len() / 2);
    match () {
        () if most < 2 => None,
        () if odd * 2 > most && even * 10 < most => Some(UTF_16LE),
        () if even * 2 > most && odd * 10 < most => Some(UTF_16BE),
        () => None,
    }
}

/// Windows-1252, as most of Europe saves, or Windows-1250, as the middle of it does. They differ in letters that stand
/// for signs, and hardly for letters, in the other one: `ż`, `ł`, `ś`, `ą`, `ź` of Polish, `š`, `ž`, `ť` of Czech.
fn single_octets(octets: &[u8]) -> &'static Encoding {
    let between_letters = octets.windows(2).filter(|pair| {
        // As 1252 these are `³ ¹ ¿ £ ¯ œ Ÿ ¼ ¾`, which do not stand right behind a small letter.
        pair[0].is_ascii_lowercase() && matches!(pair[1], 0xb3 | 0xb9 | 0xbf | 0xa3 | 0xaf | 0x9f | 0xbe)
    });
    match between_letters.count() {
        0 => WINDOWS_1252,
        _ => WINDOWS_1250,
    }
}

/// How much is looked at.
const SAMPLE: usize = 4096;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_what_it_was_saved_as() {
        let wide = |text: &str| text.encode_utf16().collect::<Vec<_>>();
        let little: Vec<u8> = wide("Domäne\tżar\n").iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = wide("Domäne\tżar\n").iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for (octets, text, named) in [
            (b"a.example\n".to_vec(), "a.example\n", None),
            ("\u{feff}żar".as_bytes().to_vec(), "żar", None),
            ([&[0xff, 0xfe], &little[..]].concat(), "Domäne\tżar\n", None),
            ([&[0xfe, 0xff], &big[..]].concat(), "Domäne\tżar\n", None),
            (little, "Domäne\tżar\n", Some("UTF-16LE")),
            (big, "Domäne\tżar\n", Some("UTF-16BE")),
            (b"Dom\xe4ne".to_vec(), "Domäne", Some("windows-1252")),
            (b"wa\xbfne, wykre\x9clenie, by\xb3".to_vec(), "ważne, wykreślenie, był", Some("windows-1250")),
            (Vec::new(), "", None),
            (vec![0], "\0", None),
        ] {
            let (found, note) = decode(&octets);
            assert_eq!((&*found, note), (text, named));
        }
    }
}
