//! Who stands behind a list, in lines for people.

use crate::blocklist::Header;

/// Who stands behind a list, in lines for people: what every format can hold as comments.
pub(super) fn about(header: Option<&Header>) -> Vec<String> {
    let Some(header) = header else { return Vec::new() };
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        ("List", format!("{} of {}", header.list, header.authority)),
        ("Serial", header.serial.to_string()),
        ("Law", header.legal_basis.clone()),
        ("Appeal", header.appeal.clone()),
        ("Issued", header.issued.to_string()),
        ("Out of date", header.expires.to_string()),
    ]
    .map(|(what, text)| format!("{what}: {}", line(&text)))
    .into()
}
