//! What regulators are given, as they have it: spreadsheets that other programs wrote, exports for partners that come
//! back, and files that mean harm.

use std::io::{Cursor, Write};

use rempart::blocklist::{self, Format, Rule, Scope};
use rempart::dns::Name;
use rempart::export::{self, Kind, Serial, Settings, Source};
use rempart::intake::{Asked, Gathered, Note, Remark, Shape, Trouble, gather};
use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::simulation::Chance;

fn asked<'a>(columns: &str) -> Asked<'a> {
    Asked { columns: columns.parse().unwrap(), file: "file", ..Asked::default() }
}

fn gathered(octets: &[u8]) -> Gathered {
    gather(octets, &asked("")).unwrap_or_else(|error| panic!("{error}"))
}

fn trouble(octets: &[u8]) -> Trouble {
    gather(octets, &asked("")).expect_err("it is hostile").trouble
}

fn shown(found: &Gathered) -> Vec<String> {
    found.candidates.iter().map(|it| format!("{}: {}", it.place, it.name.to_host())).collect()
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook as Excel saves it: titles, headings, dates, numbers, a sheet that explains it, and one that is hidden.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Juni").unwrap();
    sheet.write(0, 0, "Sperrliste, Stand 23.11.2026").unwrap();
    for (column, heading) in (0..).zip(["Nr.", "Domäne", "Aktenzeichen", "Gültig bis", "Bemerkung"]) {
        sheet.write(2, column, heading).unwrap();
    }
    let date = Style::new().set_num_format("dd.mm.yyyy");
    sheet.write(3, 1, "undress.example").unwrap();
    sheet.write(3, 2, 202_600_017).unwrap();
    sheet.write_with_format(3, 3, ExcelDateTime::from_ymd(2026, 12, 31).unwrap(), &date).unwrap();
    sheet.write(5, 1, "hxxps://nackt[.]example.org/app").unwrap();
    sheet.write(5, 4, "mit\nUmbruch").unwrap();
    sheet.write(6, 1, "filtered.example").unwrap();
    sheet.set_row_hidden(6).unwrap();
    sheet.write_formula(7, 1, rust_xlsxwriter::Formula::new("=B4").set_result("undress.example")).unwrap();
    workbook.add_worksheet().set_name("Legende").unwrap().write(0, 0, "Bitte beachten").unwrap();
    let hidden = workbook.add_worksheet().set_name("Entwurf").unwrap();
    hidden.write(0, 0, "Domain").unwrap();
    hidden.write(1, 0, "draft.example").unwrap();
    hidden.set_hidden(true);
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_of_excel_is_read() {
    let found = gathered(&workbook());
    assert_eq!(found.shape, Shape::Sheet);
    assert_eq!(
        shown(&found),
        [
            "row 4 of sheet Juni, column B: undress.example",
            "row 6 of sheet Juni, column B: nackt.example.org",
            "row 7 of sheet Juni, column B: filtered.example"
        ]
    );
    let [undress, nackt, filtered] = &found.candidates[..] else { panic!() };
    assert_eq!(undress.said.reference.as_deref(), Some("202600017"));
    assert_eq!(undress.said.expires, Some("2026-12-31T00:00:00Z".parse().unwrap()));
    assert!(undress.remarks.contains(&Remark::Repeated(2)));
    assert_eq!(nackt.said.comment.as_deref(), Some("mit Umbruch"));
    assert!(nackt.remarks.contains(&Remark::Defanged) && filtered.remarks.contains(&Remark::HiddenRow));
    assert!(found.notes.contains(&Note::HiddenSheet("Entwurf".into())));
    assert!(found.notes.contains(&Note::NoNames("Legende".into())));
    let found = gather(&workbook(), &asked("name=B,comment=Nr.")).unwrap();
    assert_eq!(found.candidates.len(), 3, "{:?}", found.notes);
}

#[test]
fn what_is_hidden_in_a_workbook_and_which_sheets_are_read_is_told() {
    let mut workbook = Workbook::new();
    for (name, number) in [("Mai", 1), ("Juni", 2)] {
        let sheet = workbook.add_worksheet().set_name(name).unwrap();
        for (column, cell) in (0..).zip(["Domain", "Aktenzeichen", "Bemerkung"]) {
            sheet.write(0, column, cell).unwrap();
        }
        sheet.write(1, 0, format!("n{number}.example")).unwrap();
        sheet.write(1, 1, number).unwrap();
    }
    let sheet = workbook.worksheet_from_name("Juni").unwrap();
    sheet.set_column_range_hidden(0, 1).unwrap();
    let found = gathered(&workbook.save_to_buffer().unwrap());
    let [mai, juni] = &found.candidates[..] else { panic!("{found:?}") };
    assert!(!mai.remarks.contains(&Remark::HiddenColumn) && juni.remarks.contains(&Remark::HiddenColumn));
    let notes: Vec<String> = found.notes.iter().map(ToString::to_string).collect();
    assert_eq!(
        notes,
        [
            "names were taken from column A (Domain) of sheet Mai",
            "beside them were read: case from Aktenzeichen, comment from Bemerkung",
            "names were taken from column A (Domain [hidden]) of sheet Juni",
            "beside them were read: case from Aktenzeichen [hidden], comment from Bemerkung",
        ]
    );
}

const CONTENT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s" office:version="1.3">
<office:automatic-styles>
<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Liste" table:style-name="ta1"><table:table-column table:number-columns-repeated="1024"/>
<table:table-row><table:table-cell office:value-type="string"><text:p>Domaine</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>N° de dossier</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Expire le</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
<table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>voir x.com</text:p></office:annotation><text:p><text:a>https://nu.example/</text:a></text:p><text:p>b.org</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="17"><text:p>17,00</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2026-12-31"><text:p>31 déc.</text:p></table:table-cell></table:table-row>
<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
</table:table>
<table:table table:name="Caché" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>draft.example</text:p></table:table-cell></table:table-row></table:table>
</office:spreadsheet></office:body></office:document-content>"#;

fn ods(content: &str) -> Vec<u8> {
    let kind = b"application/vnd.oasis.opendocument.spreadsheet";
    archive(&[
        ("mimetype", kind),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

#[test]
fn a_spreadsheet_of_libreoffice_is_read() {
    let found = gathered(&ods(CONTENT));
    assert_eq!(
        shown(&found),
        ["row 5 of sheet Liste, column A: nu.example", "row 5 of sheet Liste, column A: b.org"],
        "{found:?}"
    );
    let said = &found.candidates[0].said;
    assert_eq!(
        (said.reference.as_deref(), said.expires),
        (Some("17"), Some("2026-12-31T00:00:00Z".parse().unwrap()))
    );
    assert!(found.notes.contains(&Note::HiddenSheet("Caché".into())));
    let columns = "<table:table-column table:visibility=\"collapse\"/><table:table-column";
    let found = gathered(&ods(&CONTENT.replace("<table:table-column", columns)));
    assert!(found.candidates.iter().all(|it| it.remarks.contains(&Remark::HiddenColumn)), "{found:?}");
}

#[test]
fn rows_and_columns_that_stand_there_without_end_are_refused() {
    let many = |tag: &str, times: &str| {
        ods(&CONTENT.replacen(tag, &format!("{tag} table:{times}=\"4294967295\""), 1))
    };
    // Every column has the heading of names.
    let columns = many("<table:table-cell", "number-columns-repeated");
    assert!(matches!(trouble(&columns), Trouble::Ambiguous { .. }));
    let rows = gathered(&many("<table:table-row", "number-rows-repeated"));
    assert_eq!(rows.candidates.len(), 2);
    let row = "<table:table-row><table:table-cell table:number-columns-repeated=\"16384\" \
               office:value-type=\"string\"><text:p>a</text:p></table:table-cell></table:table-row>";
    let wide = CONTENT.replacen("<table:table-row>", &row.repeat(1_000), 1);
    assert!(matches!(trouble(&ods(&wide)), Trouble::TooManyCells(_)));
}

#[test]
fn sheets_that_claim_what_they_do_not_have_are_read_for_what_they_have() {
    let parts = |strings: &str, sheet: &str| {
        let relations = |items: &str| format!("<Relationships>{items}</Relationships>");
        let root = relations("<Relationship Id='1' Type='x/officeDocument' Target='xl/workbook.xml'/>");
        let book = relations(
            "<Relationship Id='s' Type='x/sharedStrings' Target='sharedStrings.xml'/>\
             <Relationship Id='1' Type='x/worksheet' Target='/xl/worksheets/sheet1.xml'/>",
        );
        archive(&[
            ("_rels/.rels", root.as_bytes()),
            ("xl/_rels/workbook.xml.rels", book.as_bytes()),
            (
                "xl/workbook.xml",
                b"<workbook><sheets><sheet name='S' sheetId='1' r:id='1'/></sheets></workbook>",
            ),
            ("xl/sharedStrings.xml", strings.as_bytes()),
            ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ])
    };
    let far = "<worksheet><sheetData><row r='18446744073709551615'><c t='inlineStr'><is><t>a.com</t></is></c></row>\
               <row><c t='inlineStr'><is><t>b.com</t></is></c></row></sheetData></worksheet>";
    assert_eq!(gathered(&parts("<sst/>", far)).candidates.len(), 2);
    let strings = "<sst count='9' uniqueCount='1152921504606846975'><si><t>a.</t><r><t>com</t></r><rPh><t>x</t></rPh></si></sst>";
    let sheet = "<worksheet><dimension ref='A1:XFD1048576'/><sheetData>\
                 <row r='1'><c r='A1' t='s'><v>0</v></c><c r='XFD1' t='s'><v>99999999999</v></c></row>\
                 <row r='1048576'><c r='A1048576' t='inlineStr'><is><t>b.com</t></is></c></row></sheetData></worksheet>";
    let found = gathered(&parts(strings, sheet));
    assert_eq!(
        shown(&found),
        ["row 1 of sheet S, column A: a.com", "row 1048576 of sheet S, column A: b.com"]
    );
    // One long string, in so many cells that all of them would be gigabytes.
    let long = format!("<sst><si><t>{}</t></si></sst>", "a.com ".repeat(8_000));
    let cells: String = "<c t='s'><v>0</v></c>".repeat(100);
    let many = format!(
        "<worksheet><sheetData>{}</sheetData></worksheet>",
        format!("<row>{cells}</row>").repeat(100)
    );
    assert!(matches!(trouble(&parts(&long, &many)), Trouble::TooManyCells(_)));
    let wide = "<c t='inlineStr'><is><t>Domain</t></is></c>".repeat(1 << 18);
    let wide = trouble(&parts(
        "<sst/>",
        &format!("<worksheet><sheetData><row>{wide}</row></sheetData></worksheet>"),
    ));
    assert!(wide.to_string().contains("row 1 has more than 16384 cells"), "{wide}");
    let long = format!("<sst><si>{}</si></sst>", format!("<t>{}</t>", "a".repeat(100_000)).repeat(2));
    assert!(trouble(&parts(&long, sheet)).to_string().contains("a cell is longer than 131072 octets"));
    let entity = "<!DOCTYPE sst [<!ENTITY a 'aaaa'>]><sst><si><t>&a;</t></si></sst>";
    for (strings, sheet) in
        [(entity, sheet), (strings, &sheet[..sheet.len() - 20]), (strings, "<worksheet><sheetData>")]
    {
        assert!(matches!(trouble(&parts(strings, sheet)), Trouble::Damaged { .. }), "{strings} {sheet}");
    }
}

#[test]
fn other_files_are_refused_with_what_to_do() {
    for (octets, words) in [
        (&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], "save it as .xlsx"),
        (b"%PDF-1.7", "copy its text"),
        (b"<!DOCTYPE html><html><a href='https://a.com'>", "copy the text"),
        (b"<?xml version='1.0'?><rss/>", "save it as a table"),
        (b"{\"a\": 1}", "name what it is"),
        (b"", "is empty"),
        (b"Dear all, nothing here.", "holds no name"),
        (b"PK\x03\x04", "cannot be read as a spreadsheet"),
        (&archive(&[("word/document.xml", b"<x/>")]), "word processor"),
        (&archive(&[("xl/workbook.bin", b"")]), ".xlsb"),
        (&archive(&[("a.csv", b"a.com")]), "is an archive"),
        (
            &archive(&[("content.xml", b"<x/>"), ("mimetype", b"application/vnd.oasis.opendocument.text")]),
            "other than a spread",
        ),
    ] {
        let error = gather(octets, &asked("")).unwrap_err().to_string();
        assert!(error.starts_with("file: ") && error.contains(words), "{error}");
    }
    let book = workbook();
    for length in (1..book.len()).step_by(97) {
        assert!(gather(&book[..length], &asked("")).is_err(), "{length} octets of a workbook");
    }
}

#[test]
fn what_is_long_is_read_or_refused_and_never_kept_as_it_is() {
    let line = "x".repeat(10 << 20);
    drop(trouble(line.as_bytes()));
    let found = gathered(format!("{line} bad.com").as_bytes());
    assert_eq!(shown(&found), ["line 1: bad.com"]);
    let found = gathered(format!("https://{line}.com").as_bytes());
    assert!(found.refused[0].to_string().len() < 1_000);
    assert!(matches!(trouble(&vec![b'a'; (64 << 20) + 1]), Trouble::TooLong(_)));
    let lines: String = (0..20_000).map(|number| format!("seen https://n{number}.com/ today\n")).collect();
    assert_eq!(gathered(lines.as_bytes()).candidates.len(), 20_000);
}

#[test]
fn nothing_of_a_stranger_reaches_a_terminal_as_it_is() {
    let evil = "\u{1b}]0;owned\u{7}\u{202e}moc.live\u{9b}31m";
    for text in [
        format!("https://a.com/{evil} {evil}.b.com https://{evil}@c.com:1/"),
        format!("Domain;Aktenzeichen;Gültig bis;{evil}\nd.com;{evil};{evil};x\n{evil};1;2;3\n"),
        format!(
            r#"{{"Event":{{"Attribute":[{{"type":"domain","to_ids":true,"value":"e.com","comment":{0},"uuid":{0}}}]}}}}"#,
            serde_json::to_string(evil).unwrap()
        ),
        format!(
            r#"{{"type":"indicator","name":{0},"pattern_type":{0},"pattern":{0}}}"#,
            serde_json::to_string(evil).unwrap()
        ),
        format!(
            "<Rejestr><PozycjaRejestru Lp=\"{evil}\"><AdresDomeny>f.com{evil}</AdresDomeny><DataWpisu>{evil}</DataWpisu></PozycjaRejestru></Rejestr>"
        ),
    ] {
        let said = match gather(text.as_bytes(), &asked("")) {
            Ok(found) => printed(&found),
            Err(error) => error.to_string(),
        };
        assert!(!said.contains(|c: char| c.is_control() || c == '\u{202e}'), "{said:?}");
    }
}

/// Everything that a command would show.
fn printed(found: &Gathered) -> String {
    let mut all: Vec<String> = found.refused.iter().map(ToString::to_string).collect();
    all.extend(found.notes.iter().map(ToString::to_string));
    for it in &found.candidates {
        all.push(format!("{} {}", it.name, it.place));
        all.extend(it.remarks.iter().map(ToString::to_string));
        let said = &it.said;
        let texts = [&said.reference, &said.category, &said.legal_basis, &said.evidence, &said.comment];
        all.extend(texts.into_iter().flatten().cloned());
    }
    all.join(" ")
}

const HEADER: &str = concat!(
    r#"{"list":"xx/a","serial":3,"jurisdiction":"XX","category":"c","authority":"Autorité","legal_basis":"L","#,
    r#""appeal":"mailto:a@b.example","issued":"2026-06-01T00:00:00Z","expires":"2027-01-01T00:00:00Z"}"#
);

#[test]
fn what_partners_are_given_comes_back() {
    let list = format!(
        "{HEADER}\n{}\n{}\n{}\n{}\n",
        r#"{"name":"a.com","ref":"2026/1","listed":"2026-01-02T00:00:00Z","expires":"2026-12-31T00:00:00Z"}"#,
        r#"{"name":"b.com","scope":"host"}"#,
        r#"{"name":"żółw.pl"}"#,
        r#"{"name":"around.com"}"#,
    );
    let mut rules: Vec<Rule> = Vec::new();
    let report =
        blocklist::read(list.as_bytes(), Some(Format::Jsonl), "list", |rule| rules.push(rule)).unwrap();
    let protected = [Name::from_text("help.around.com").unwrap()];
    let source = Source { header: report.header.as_ref(), rules: &rules, protected: &protected };
    let settings = Settings {
        zone: Name::from_text("rpz.test").unwrap(),
        redirect: None,
        serial: Serial(1),
        digest: false,
        file: String::new(),
    };
    for (kind, shape) in [(Kind::Misp, Shape::Misp), (Kind::Stix, Shape::Stix)] {
        let mut out = Vec::new();
        let told = export::compose(kind, source, &settings, &mut out).unwrap();
        assert!(told.losses.iter().any(|loss| loss.examples == ["around.com."]), "{:?}", told.losses);
        let found = gathered(&out);
        let mut names: Vec<(String, Scope)> =
            found.candidates.iter().map(|it| (it.name.to_host(), it.scope)).collect();
        names.sort();
        let expected =
            [("a.com", Scope::Domain), ("b.com", Scope::Host), ("xn--w-uga1v8h.pl", Scope::Domain)];
        assert_eq!(names, expected.map(|(name, scope)| (name.to_owned(), scope)));
        assert_eq!((found.shape, found.refused.len(), told.written), (shape, 0, 3));
    }
}

/// Pieces of which all kinds of input are made.
const PIECES: &[&str] = &[
    "a.com",
    "hxxp://",
    "https://",
    "[.]",
    "(dot)",
    ".",
    "/",
    "@",
    ":",
    ";",
    ",",
    "\t",
    "\n",
    "\r\n",
    "\"",
    "'",
    "<",
    ">",
    "Domain",
    "Rejestr",
    "<Rejestr>",
    "<PozycjaRejestru Lp='1'>",
    "<AdresDomeny>",
    "</AdresDomeny>",
    "</PozycjaRejestru>",
    "</Rejestr>",
    "<?xml",
    "{\"Event\":",
    "\"Attribute\":",
    "[{",
    "}]",
    "\"type\":\"domain\",",
    "\"value\":\"a.com\",",
    "\"to_ids\":true",
    "{\"type\":\"bundle\",\"objects\":[",
    "{\"type\":\"indicator\",\"pattern\":\"",
    "[domain-name:value = '",
    "' OR ",
    "']",
    "\"}",
    "]}",
    "From: a@b.c\n",
    "Subject: x\n",
    "Content-Type: multipart/mixed; boundary=x\n",
    "--x\n",
    "Content-Type: text/html\n",
    "<a href='https://b.com/'>",
    "</a>",
    "<br>",
    "<td>",
    "…",
    "**",
    " @ ",
    "Removed",
    "=\n",
    "=3D",
    "||",
    "^",
    "0.0.0.0 ",
    "$ORIGIN a.\n",
    "CNAME .\n",
    "ż",
    "аррӏе.com",
    "\u{200b}",
    "\u{202e}",
    "xn--",
    "*.",
    "\0",
    "\u{1f}\u{8b}",
    "PK\u{3}\u{4}",
    "name,case\n",
    "sep=;\n",
    "31.12.2026",
    " dot ",
    "co.uk",
    "192.0.2.1",
    "[2001:db8::1]",
];

#[test]
fn no_input_is_too_strange_and_what_is_found_is_found_again() {
    let mut chance = Chance::new(7);
    for round in 0..3_000 {
        let length = 1 + chance.below(40);
        let text: String = (0..length).map(|_| *chance.pick(PIECES)).collect();
        let Ok(found) = gather(text.as_bytes(), &asked("")) else { continue };
        let names: Vec<String> = found.candidates.iter().map(|it| it.name.to_host()).collect();
        assert!(!printed(&found).contains(char::is_control), "{round}: {text:?}");
        let again: String = names.iter().map(|name| format!("hxxps://{name}/\n")).collect();
        let again = if names.is_empty() { Vec::new() } else { gathered(again.as_bytes()).candidates };
        let mut again: Vec<String> = again.iter().map(|it| it.name.to_host()).collect();
        let mut names = names;
        names.sort();
        names.dedup();
        again.sort();
        assert_eq!(names, again, "{round}: {text:?}");
    }
}
