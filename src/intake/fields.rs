//! What columns of tables are about, and the headings that say so in the languages of those who keep them.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

/// What a column is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The names, or addresses of pages.
    Name,
    /// The case number.
    Case,
    /// What kind of service it is.
    Category,
    /// The law that listing it rests on.
    Legal,
    /// Where the evidence is.
    Evidence,
    /// From when on it no longer applies.
    Expires,
    /// Since when it is listed.
    Listed,
    /// When or whether it was removed: rows that say so are left out.
    Removed,
    /// How far below the name it reaches: `domain`, `host` or `below`.
    Scope,
    /// What it does: rows that do not block are left out.
    Effect,
    /// Whatever else.
    Comment,
}

pub(super) const FIELDS: [(&str, Field); 11] = [
    ("name", Field::Name),
    ("case", Field::Case),
    ("category", Field::Category),
    ("legal", Field::Legal),
    ("evidence", Field::Evidence),
    ("expires", Field::Expires),
    ("listed", Field::Listed),
    ("removed", Field::Removed),
    ("scope", Field::Scope),
    ("effect", Field::Effect),
    ("comment", Field::Comment),
];

impl Field {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        FIELDS.iter().find(|(_, field)| *field == self).map_or("", |(word, _)| word)
    }

    /// What a heading says that its column is about, and how plainly: of several columns of names, the one that says so
    /// most plainly counts.
    pub(super) fn of_heading(heading: &str) -> Option<(Self, u8)> {
        KNOWN.get(plain(heading).as_str()).copied()
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Field {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        FIELDS.iter().find(|(word, _)| *word == text).map(|(_, field)| *field).ok_or(())
    }
}

/// What a cell says on whether something is so; nothing where that is neither.
pub(super) fn is_so(cell: &str) -> Option<bool> {
    let plain = plain(cell);
    // Without letters and digits it is a sign.
    let said = if plain.is_empty() { cell.trim() } else { &plain };
    let is_date = || cell.contains(|letter: char| letter.is_ascii_digit());
    let is_among = |words: &str| words.split(' ').any(|word| word == said);
    match () {
        () if is_among(NO) || plain.bytes().all(|octet| octet == b'0') && !plain.is_empty() => Some(false),
        () if is_among(YES) || is_date() => Some(true),
        () => None,
    }
}

/// What says yes, in the words of people and of spreadsheets.
const YES: &str = "yes y true x ja j wahr oui o vrai tak prawda si s verdadero vero sim verdadeiro waar igen igaz ano \
                   pravda joo kylla tosi jah adevarat da да ναι ✓ ✔ ☑ ☒ ✅";
/// What says no; a day of nothing but zeros does so, too.
const NO: &str = "no n false nein falsch non faux nie falsz falso nao nee onwaar nej falsk falskt nei nem hamis ei \
                  epatosi ne nepravda nu fals не нет όχι na none null never nichts - – — ☐";

/// A heading without what people write differently: case, spaces, hyphens, underscores, points and accents.
pub(super) fn plain(heading: &str) -> String {
    let letters = heading.chars().take(LONGEST_HEADING).flat_map(char::to_lowercase);
    letters.filter(|letter| letter.is_alphanumeric() && !"ºª".contains(*letter)).map(bare).collect()
}

/// Headings are short; what is longer is none.
const LONGEST_HEADING: usize = 80;

/// A letter without its accent, for the languages of the table.
fn bare(letter: char) -> char {
    const ACCENTS: [(&str, char); 16] = [
        ("àáâãäåāăą", 'a'),
        ("çćčĉċ", 'c'),
        ("ďđð", 'd'),
        ("èéêëēėęě", 'e'),
        ("ğģ", 'g'),
        ("ìíîïīįı", 'i'),
        ("ķ", 'k'),
        ("ĺľłļ", 'l'),
        ("ñńňņ", 'n'),
        ("òóôõöøőō", 'o'),
        ("ŕřŗ", 'r'),
        ("śšşș", 's'),
        ("ťţț", 't'),
        ("ùúûüūůűų", 'u'),
        ("ýÿ", 'y'),
        ("źžż", 'z'),
    ];
    ACCENTS.iter().find(|(accented, _)| accented.contains(letter)).map_or(letter, |(_, bare)| *bare)
}

/// What each heading says. A hostile table has a great many of them.
static KNOWN: LazyLock<HashMap<&str, (Field, u8)>> = LazyLock::new(|| {
    let each = |(field, rank, headings): &(Field, u8, &'static str)| {
        let said = (*field, *rank);
        headings.split(' ').map(move |heading| (heading, said))
    };
    HEADINGS.iter().flat_map(each).collect()
});

/// Headings as [`plain`] leaves them, with what they are about and how plainly they say so, from 0.
const HEADINGS: &[(Field, u8, &str)] = &[
    (
        Field::Name,
        0,
        "domain domains domainname domainnames domane domanen domaine domaines nomdedomaine nomsdedomaine \
         domena domeny nazwadomeny adresdomeny domainaddress dominio dominios domini nombrededominio \
         nomedominio nomededominio nomeadominio nomidominio domein domeinen domeinnaam domeinnamen doman \
         domannamn domæne domænenavn domene domenenavn verkkotunnus domenovejmeno domenovemeno \
         domenskoime imedomene nazivdomene domeniu numededomeniu domennev domennevek domenas domens \
         domeeninimi домен доменноиме доменнеімя τομέας ονοματομέα fqdn",
    ),
    (
        Field::Name,
        1,
        "host hosts hostname hostnames hote nomdhote rechnername servername dnsname indicator \
         indicatorvalue ioc value",
    ),
    (
        Field::Name,
        2,
        "url urls uri link links lien liens website websites siteweb sitesweb webseite webseiten \
         internetadresse internetadressen webadresse webadressen adresseweb adresseurl adresseinternet \
         webaddress adreswww adresstrony strona stronawww stronainternetowa sitioweb paginaweb \
         direccionweb indirizzoweb sitoweb sitointernet webadres webbplats webbadress hjemmeside \
         nettsted verkkosivu webovastranka weboldal сайт ιστοτοπος",
    ),
    // Which may as well be those of a service, of a person or of a street.
    (Field::Name, 3, "name site sites adresse address adres direccion indirizzo sito endereco sitio адрес"),
    (
        Field::Case,
        0,
        "case casenumber caseno casenr caseid casereference caseref reference ref referencenumber dossier \
         numerodedossier numerodossier nodossier ndossier ndedossier nodedossier nexpediente \
         ndeexpediente nprocesso ndeprocesso refdossier affaire numeroaffaire aktenzeichen az \
         geschaftszeichen gz aktennummer vorgang vorgangsnummer sprawa numersprawy nrsprawy sygnatura \
         sygnaturaakt znaksprawy expediente numerodeexpediente numexpediente asunto fascicolo pratica \
         numeropratica protocollo processo numerodoprocesso zaak zaaknummer dossiernummer kenmerk \
         diarienummer arende arendenummer sagsnummer saksnummer sag sak asianumero diaarinumero \
         spisovaznacka cislopripadu cislojednaci ugyszam iktatoszam dosar numardosar lp \
         registerpositionid pozycjarejestru дело номерделото υποθεση",
    ),
    (
        Field::Category,
        0,
        "category kategorie categorie kategoria categoria kategori luokka kategoriya kind typeofservice \
         serviceart art typ type tipo rodzaj",
    ),
    (
        Field::Legal,
        0,
        "legalbasis legal law legislation rechtsgrundlage gesetz norm baselegale loi fondementjuridique \
         fondementlegal podstawaprawna baselegal basejuridica fundamentolegal basegiuridica norma \
         rechtsgrond wettelijkegrondslag rattsliggrund retsgrundlag oikeusperuste pravnizaklad jogalap \
         temeilegal",
    ),
    (
        Field::Evidence,
        0,
        "evidence proof evidenceurl beweis beweise nachweis beleg beweismittel preuve preuves dowod \
         dowody prueba pruebas prova prove provas bewijs bevis todiste dukaz bizonyitek screenshot",
    ),
    (
        Field::Expires,
        0,
        "expires expiry expirydate expiration expirationdate validuntil validto until enddate ablauf \
         ablaufdatum lauftab gultigbis befristetbis bis expirele dateexpiration datedexpiration datefin \
         datedefin finvalidite jusquau waznedo datawygasniecia wygasa caduca caducidad validohasta \
         fechafin scade scadenza validofino datascadenza validade validoate geldigtot verloopt einddatum \
         giltigtill gyldigtil udlober voimassaasti platnostdo ervenyes ervenyessegvege",
    ),
    (
        Field::Listed,
        0,
        "listed listedsince since added dateadded insertdate firstseen validfrom seit gelistetseit \
         aufgenommen aufgenommenam datum dateajout datedajout depuis datawpisu datadodania fechaalta \
         fechainclusion datainserimento datainclusao toegevoegd",
    ),
    (
        Field::Removed,
        0,
        "removed removedon dateremoved deleted deletedate delisted entfernt entferntam geloscht \
         geloschtam gestrichen retire retirele supprime datesuppression datawykreslenia wykreslono \
         fechabaja eliminado rimosso rimossoil datarimozione removido verwijderd",
    ),
    (Field::Scope, 0, "scope"),
    (Field::Effect, 0, "effect"),
    (
        Field::Comment,
        0,
        "comment comments note notes remark remarks description kommentar bemerkung bemerkungen anmerkung \
         anmerkungen hinweis beschreibung commentaire commentaires remarque remarques observation \
         observations uwagi komentarz opis comentario comentarios observaciones descripcion commento \
         commenti osservazioni descrizione opmerking opmerkingen toelichting anteckning bemaerkning \
         huomautus poznamka megjegyzes observacoes",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_many_languages_say_what_they_are_about() {
        for (heading, field) in [
            ("Domain", Field::Name),
            ("Nom de domaine", Field::Name),
            ("DOMÄNE", Field::Name),
            ("Adres domeny", Field::Name),
            ("Doménové jméno", Field::Name),
            ("URL ", Field::Name),
            ("N° de dossier", Field::Case),
            ("Nº expediente", Field::Case),
            ("Aktenzeichen:", Field::Case),
            ("Ügyszám", Field::Case),
            ("Base légale", Field::Legal),
            ("Gültig bis", Field::Expires),
            ("Data wykreślenia", Field::Removed),
            ("Observações", Field::Comment),
        ] {
            assert_eq!(Field::of_heading(heading).map(|(field, _)| field), Some(field), "{heading}");
        }
        assert_eq!(Field::of_heading("Bearbeiter"), None);
        assert_eq!(Field::of_heading(""), None);
        assert_eq!(Field::of_heading(&"a".repeat(1 << 20)), None);
    }

    #[test]
    fn yes_and_no_are_told_from_what_is_neither() {
        for (said, cells) in [
            (Some(true), "yes|Ja| OUI |x|TRUE|1|tak|✓|2026-01-31|31.1.26|Sí"),
            (Some(false), "no|nein|Non|0|FALSE|0000-00-00|-|n/a|Não|☐"),
            (None, "?|soon|pending"),
        ] {
            for cell in cells.split('|') {
                assert_eq!(is_so(cell), said, "{cell}");
            }
        }
        let both = YES.split(' ').find(|word| NO.split(' ').any(|other| other == *word));
        assert_eq!(both, None);
        assert!(
            YES.split(' ').chain(NO.split(' ')).all(|word| plain(word).is_empty() || plain(word) == word)
        );
    }

    #[test]
    fn the_table_is_written_as_headings_are_compared_and_says_each_once() {
        let mut seen = std::collections::BTreeSet::new();
        for (_, _, headings) in HEADINGS {
            for heading in headings.split(' ') {
                assert_eq!(plain(heading), heading);
                assert!(seen.insert(heading), "{heading} stands there twice");
            }
        }
        for (word, field) in FIELDS {
            assert_eq!((word.parse(), field.word()), (Ok(field), word));
        }
    }
}
