//! The register of domains with unlawful gambling that the Polish Ministry of Finance keeps, in XML of the namespace
//! `http://www.hazard.mf.gov.pl/2017/03/21/`:
//!
//! ```text
//! <Rejestr> <PozycjaRejestru Lp="1"> <AdresDomeny>…</AdresDomeny> <DataWpisu>…</DataWpisu>
//!                                    <DataWykreslenia>…</DataWykreslenia> </PozycjaRejestru> … </Rejestr>
//! ```
//!
//! What is pushed to operators holds positions with a date of removal, too.

use super::candidate::{Objection, Place, Said};
use super::collector::Collector;
use super::dates::read_date;
use super::error::Trouble;
use super::remark::Remark;
use super::text::clean;
use super::words::Manner;
use super::xml::{Piece, Xml};
use crate::blocklist::excerpt;

const REMOVED: &str = "positions that the register has removed";

/// A position that is being read.
#[derive(Default)]
struct Position {
    number: String,
    address: String,
    listed: String,
    removed: String,
}

pub(super) fn read(text: &str, collector: &mut Collector) -> Result<(), Trouble> {
    let mut xml = Xml::new(text.as_bytes(), "a register");
    let (mut position, mut element, mut entries) = (None::<Position>, String::new(), 0);
    loop {
        match xml.next()? {
            Piece::Open(tag) => {
                element = tag.name().to_owned();
                if element == "PozycjaRejestru" {
                    let number = tag.attribute("Lp").unwrap_or_default();
                    position = Some(Position { number, ..Position::default() });
                }
            }
            Piece::Text(text) => {
                let Some(position) = &mut position else { continue };
                let field = match element.as_str() {
                    "AdresDomeny" => &mut position.address,
                    "DataWpisu" => &mut position.listed,
                    "DataWykreslenia" => &mut position.removed,
                    _ => continue,
                };
                // One piece more than there may be is refused with its position.
                if field.len() <= LONGEST {
                    field.push_str(&text);
                }
            }
            Piece::Close(name) => {
                element.clear();
                if name == "PozycjaRejestru"
                    && let Some(position) = position.take()
                {
                    entries += 1;
                    take(&position, &Place::Entry(entries), collector);
                }
            }
            Piece::End => return Ok(()),
        }
        if collector.is_full() {
            return Ok(());
        }
    }
}

fn take(position: &Position, place: &Place, collector: &mut Collector) {
    let Position { number, address, listed, removed } = position;
    if !removed.trim().is_empty() {
        return collector.leave_out(REMOVED);
    }
    let reason = match () {
        () if address.trim().is_empty() => {
            "a position without an address; correct it, or remove it".to_owned()
        }
        () if address.len() > LONGEST => format!("an address of more than {LONGEST} octets; correct it"),
        () => String::new(),
    };
    if !reason.is_empty() {
        return collector.refuse(place, String::new(), Objection::Entry(reason));
    }
    let since = read_date(listed);
    let remarks = match since {
        None if !listed.trim().is_empty() => vec![Remark::Date(excerpt(listed.trim()))],
        _ => Vec::new(),
    };
    let reference = Some(clean(number)).filter(|number| !number.is_empty());
    let said = Said { reference, listed: since, ..Said::default() };
    collector.words(address, Manner::Meant, place, &remarks, &said);
}

/// More than any position holds.
const LONGEST: usize = 4_096;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Asked, Note, Shape, gather};

    const REGISTER: &str = "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>
<Rejestr xmlns=\"http://www.hazard.mf.gov.pl/2017/03/21/\">
  <PozycjaRejestru Lp=\"1\"><AdresDomeny>Casino.com</AdresDomeny><DataWpisu>2017-07-01T00:00:00</DataWpisu></PozycjaRejestru>
  <PozycjaRejestru Lp=\"2\"><AdresDomeny>old.com</AdresDomeny><DataWpisu>2017-07-01T00:00:00</DataWpisu><DataWykreslenia>2018-01-01T00:00:00</DataWykreslenia></PozycjaRejestru>
  <PozycjaRejestru Lp=\"3\"><AdresDomeny>żar.com</AdresDomeny><DataWpisu>wczoraj</DataWpisu><DataWykreslenia/></PozycjaRejestru>
  <PozycjaRejestru Lp=\"4\"><AdresDomeny>a&amp;b.com</AdresDomeny></PozycjaRejestru>
  <PozycjaRejestru Lp=\"5\"/>
</Rejestr>";

    #[test]
    fn positions_give_names_unless_they_were_removed() {
        let found = gather(REGISTER.as_bytes(), &Asked::default()).unwrap();
        assert_eq!(found.shape, Shape::Register);
        let names: Vec<String> =
            found.candidates.iter().map(|it| format!("{} {}", it.place, it.name.to_host())).collect();
        assert_eq!(names, ["entry 1 casino.com", "entry 3 xn--ar-vva.com"]);
        assert_eq!(found.candidates[0].said.reference.as_deref(), Some("1"));
        assert_eq!(found.candidates[0].said.listed, Some("2017-07-01T00:00:00Z".parse().unwrap()));
        assert!(found.candidates[1].remarks.contains(&Remark::Date("wczoraj".into())));
        assert_eq!(found.notes, [Note::LeftOut(REMOVED, 1)]);
        assert_eq!(found.refused.len(), 2, "{:?}", found.refused);
        // What is cut would be another name.
        let long = format!("{}&amp;a.com</AdresDomeny>", "a".repeat(LONGEST + 1));
        let found = gather(REGISTER.replace("Casino.com</AdresDomeny>", &long).as_bytes(), &Asked::default())
            .unwrap();
        assert!(
            found.refused[0].to_string().contains("an address of more than 4096 octets"),
            "{}",
            found.refused[0]
        );
    }

    #[test]
    fn a_prefix_changes_nothing_and_what_is_hostile_is_refused() {
        let prefixed = REGISTER.replace("xmlns=", "xmlns:h=").replace("</", "</h:");
        let prefixed = ["Rejestr ", "PozycjaRejestru ", "AdresDomeny>", "DataWpisu>", "DataWykreslenia"]
            .iter()
            .fold(prefixed, |text, tag| text.replace(&format!("<{tag}"), &format!("<h:{tag}")));
        assert_eq!(gather(prefixed.as_bytes(), &Asked::default()).unwrap().candidates.len(), 2);
        let bomb = REGISTER.replace("<Rejestr", "<!DOCTYPE Rejestr [<!ENTITY a \"a\">]><Rejestr");
        let cut = &REGISTER[..REGISTER.len() - 40];
        for text in [&bomb, cut] {
            assert!(gather(text.as_bytes(), &Asked::default()).is_err());
        }
    }
}
