//! A desk in a temporary folder, for tests: its people, what they do, and a clock that tests move.

use jiff::Timestamp;
use tempfile::TempDir;

use super::{
    Act, Author, Charter, Deed, Docket, Error, Event, ListTerms, Order, Person, Place, Role, Subject,
};
use crate::authority::{FileKey, SigningKey};
use crate::blocklist::Scope;

pub(super) const HEADER: &str = r#"
list = "fr/nudification"
jurisdiction = "FR"
category = "nudification"
authority = "Authority of Tests"
legal_basis = "Act 1"
appeal = "mailto:appeals@authority.example"
"#;

/// Everybody does everything, but dora, who only audits.
pub(super) const PEOPLE: [(&str, &[Role]); 4] = [
    ("ana", &[Role::Proposer, Role::Reviewer, Role::Signer]),
    ("ben", &[Role::Proposer, Role::Reviewer, Role::Signer]),
    ("cleo", &[Role::Proposer, Role::Reviewer, Role::Signer]),
    ("dora", &[Role::Auditor]),
];

pub(super) struct Desk {
    _folder: TempDir,
    pub(super) place: Place,
    pub(super) docket: Docket,
    pub(super) now: Timestamp,
}

/// The same name always has the same key.
pub(super) fn key(name: &str) -> SigningKey {
    let mut seed = [0; 32];
    for (place, octet) in seed.iter_mut().zip(name.bytes()) {
        *place = octet;
    }
    FileKey::from_seed(&seed).unwrap().into()
}

pub(super) fn person(name: &str, roles: &[Role]) -> Person {
    Person::new(&key(name).public_key(name).unwrap(), roles.iter().copied())
}

pub(super) fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn subject(name: &str, now: Timestamp) -> Subject {
    let charter = Charter::default();
    Subject {
        list: "fr/nudification".to_owned(),
        name: name.to_owned(),
        scope: Scope::Domain,
        category: "nudification".to_owned(),
        case: "FR-2026-1".to_owned(),
        jurisdiction: "FR".to_owned(),
        basis: "Act 1".to_owned(),
        evidence: "file 7".to_owned(),
        expires: charter.end(now),
        recheck: charter.recheck(now),
        urgent: false,
        renews: None,
        against: None,
    }
}

impl Desk {
    pub(super) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::File(folder.path().join("docket.sqlite"));
        Self::at(folder, place)
    }

    pub(super) fn at(folder: TempDir, place: Place) -> Self {
        let now = time("2026-03-01T12:00:00Z");
        let people = PEOPLE.iter().map(|(name, roles)| person(name, roles)).collect();
        let ana = key("ana");
        let order = Order { author: &Author::new("ana", &ana), reason: "", now };
        let mut docket = Docket::found(&place, Charter::default(), people, &[], order).unwrap();
        let terms = ListTerms { target: "fr/nudification.jsonl.zst".to_owned(), header: HEADER.to_owned() };
        docket.act(order, Deed::List(terms)).unwrap();
        Self { _folder: folder, place, docket, now }
    }

    pub(super) fn propose(&mut self, by: &str, names: &[&str]) -> Result<Act, Error> {
        let subjects = names.iter().map(|name| subject(name, self.now)).collect();
        let key = key(by);
        let order = Order { author: &Author::new(by, &key), reason: "", now: self.now };
        self.docket.propose(order, None, subjects)
    }

    pub(super) fn decide(&mut self, by: &str, event: &Event, ids: &[u64]) -> Result<Act, Error> {
        let key = key(by);
        let order = Order { author: &Author::new(by, &key), reason: "because", now: self.now };
        self.docket.decide(order, event, ids)
    }

    pub(super) fn act(&mut self, by: &str, deed: Deed) -> Result<Act, Error> {
        let key = key(by);
        let order = Order { author: &Author::new(by, &key), reason: "because", now: self.now };
        self.docket.act(order, deed)
    }

    /// Does something behind the desk's back.
    pub(super) fn edit(&mut self, sql: &'static str) {
        self.docket.store_mut().run(sql).unwrap();
    }
}
