//! From any format of the field to the next generation of a published list.

use std::fs::File;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::authority::commit::past_serials;
use crate::authority::desk::{Desk, Draft};
use crate::authority::edition::MOST_JUMP;
use crate::authority::list::{Changes, Summary, packed, plain};
use crate::authority::progress::Work;
use crate::authority::refresh::MOST_AHEAD;
use crate::authority::workspace::inside;
use crate::authority::{Error, Workspace, files, metadata};
use crate::blocklist::{self, Format, Header, ReadError, Rule, compose_jsonl};
use crate::trust::{Claims, Delegate, Document, TARGETS, sha256};

/// How many faults of an input are told.
const MOST_FAULTS: usize = 5;

/// A list to be published.
pub struct Publication {
    /// What it says.
    pub content: Content,
    /// The path under which resolvers find it, such as `fr/nudification.jsonl.zst`; compressed if it ends in `.zst`.
    pub target: String,
    /// The role that signs it; by default the one that the path is left to.
    pub role: Option<String>,
    /// Whether it may be much smaller or larger than the list before it.
    pub accept_leap: bool,
    /// From when on all that is signed is out of date.
    pub until: Option<Timestamp>,
}

/// What a list to be published says. Its header is TOML: who lists these names; serial and dates may be left out.
pub enum Content {
    /// It stands in files.
    Files {
        /// The rules, in any format.
        rules: PathBuf,
        /// Their format; told from the content where it is `None`.
        format: Option<Format>,
        /// The header.
        header: PathBuf,
    },
    /// It was decided upon.
    Decided {
        /// The rules.
        rules: Vec<Rule>,
        /// The text of the header.
        header: String,
        /// Where both are from, for messages.
        from: PathBuf,
    },
}

impl Content {
    /// Where the rules are from.
    fn source(&self) -> &Path {
        match self {
            Self::Files { rules, .. } => rules,
            Self::Decided { from, .. } => from,
        }
    }
}

impl Publication {
    /// Reads the list and makes the metadata for it. Nothing is written but what an earlier command left undone.
    pub fn prepare(&self, workspace: &Workspace, now: Timestamp) -> Result<Work, Error> {
        check_path(&self.target)?;
        let (mut desk, ended) = Desk::open(workspace, now)?;
        desk.until = self.until;
        let top = desk.top()?;
        let role = match &self.role {
            Some(role) => role.clone(),
            None => owner(&top, &self.target).to_owned(),
        };
        if role != TARGETS && !top.delegates().any(|delegate| delegate.name == role) {
            return Err(Error::NoRole { role });
        }
        refuse_unfindable(&desk, &top, &role, &self.target)?;
        let generation = Generation::new(self, &desk, &role, now)?;
        let mut remarks = generation.remarks.clone();
        let draft = generation.draft(now)?;
        if draft.files.len() < 2 && generation.old.is_some() {
            remarks
                .push("No delta: it would be longer than the list, which resolvers fetch whole.".to_owned());
        }
        Work::of_draft((desk, ended), draft, remarks, now)
    }
}

/// Refuses a path that a web server, a browser or a terminal could take for another.
pub(super) fn check_path(path: &str) -> Result<(), Error> {
    let plain = |octet: u8| matches!(octet, b' '..=b'~') && !matches!(octet, b'%' | b'\\');
    match inside(path)?.as_os_str().as_encoded_bytes().iter().all(|octet| plain(*octet)) {
        true => Ok(()),
        false => Err(Error::TargetPath { path: path.to_owned() }),
    }
}

/// The role that a path is left to: the first that covers it, or the central holders.
fn owner<'c>(top: &'c Claims, path: &str) -> &'c str {
    let mut covering = top.delegates().filter(|delegate| top.delegates_path(delegate.name, path));
    covering.next().map_or(TARGETS, |delegate| delegate.name)
}

/// Refuses a path that a client, which asks the central holders first and then the roles in their order, would find
/// in another role or nowhere.
fn refuse_unfindable(desk: &Desk, top: &Claims, role: &str, path: &str) -> Result<(), Error> {
    if role != TARGETS && !top.delegates_path(role, path) {
        return Ok(()); // Refused with all that the role says before it is signed.
    }
    let hidden = |by: &str| Error::Hidden { path: path.to_owned(), role: role.to_owned(), by: by.to_owned() };
    let covers = |delegate: &Delegate<'_>| top.delegates_path(delegate.name, path);
    let mut ahead = top.delegates().take_while(|delegate| delegate.name != role);
    if let Some(by) = ahead.find(|it| covers(it) && (it.terminating || role == TARGETS)) {
        return Err(hidden(by.name));
    }
    let others = top.delegates().filter(covers).map(|delegate| delegate.name).chain([TARGETS]);
    for other in others.filter(|other| *other != role) {
        let claims = desk.newest(other).map(Document::claims).transpose().map_err(Error::metadata(other))?;
        if claims.is_some_and(|claims| claims.target(path).is_ok()) {
            return Err(hidden(other));
        }
    }
    Ok(())
}

/// The next generation of one list.
struct Generation<'a> {
    publication: &'a Publication,
    desk: &'a Desk,
    role: &'a str,
    /// What the role says in public.
    published: Option<Claims>,
    header: Header,
    text: Vec<u8>,
    /// The largest serial that was ever published here.
    known: u64,
    /// Serial and text of the published list.
    old: Option<(u64, Vec<u8>)>,
    remarks: Vec<String>,
}

impl<'a> Generation<'a> {
    fn new(
        publication: &'a Publication,
        desk: &'a Desk,
        role: &'a str,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let target = &publication.target;
        let published = desk.published.claims(role)?;
        let old = match published.as_ref().and_then(|claims| claims.target(target).ok()) {
            None => None,
            Some(old) => {
                let serial = metadata::said(old)["serial"].as_u64().unwrap_or(0);
                Some((serial, plain(Path::new(target), desk.published_target(target, old)?)?))
            }
        };
        let kept = past_serials(&desk.workspace.past_folder(), target)?;
        let known = kept.last().copied().into_iter().chain(old.as_ref().map(|(serial, _)| *serial)).max();
        let known = known.unwrap_or(0);
        let mut generation = Self {
            publication,
            desk,
            role,
            published,
            header: read_header(publication, desk, role, known, now)?,
            known,
            text: Vec::new(),
            old,
            remarks: Vec::new(),
        };
        generation.compose()?;
        generation.check(now)?;
        Ok(generation)
    }

    /// Reads the rules and writes them in the published format.
    fn compose(&mut self) -> Result<(), Error> {
        let path = self.publication.content.source().to_owned();
        let (read, faults);
        let rules = match &self.publication.content {
            Content::Decided { rules, .. } => {
                faults = Vec::new();
                rules
            }
            Content::Files { format, .. } => {
                (read, faults) = self.read(&path, *format)?;
                &read
            }
        };
        let composed = compose_jsonl(&self.header, rules, &mut self.text);
        composed.map_err(|source| Error::Unpackable { path: path.clone(), source })?;
        let serial = self.header.serial;
        self.remarks.push(format!("{} rules of {} become serial {serial}.", rules.len(), path.display()));
        self.remarks.extend(faults);
        Ok(())
    }

    /// The rules of a file, and what is said of its faults.
    fn read(&self, path: &Path, format: Option<Format>) -> Result<(Vec<Rule>, Vec<String>), Error> {
        let file = File::open(path).map_err(|source| Error::Read { path: path.to_owned(), source })?;
        let mut rules = Vec::new();
        let read = blocklist::read(file, format, &path.to_string_lossy(), |it| rules.push(it));
        let report = match read {
            Err(ReadError::Empty(empty)) if self.publication.accept_leap => empty.1,
            read => read.map_err(|source| Error::Unreadable { path: path.to_owned(), source })?,
        };
        let mut faults = Vec::new();
        if report.faulty > 0 {
            faults.push(format!("{} faults of it are left out:", report.faulty));
            faults.extend(report.faults.iter().take(MOST_FAULTS).map(|fault| format!("  {fault}")));
        }
        Ok((rules, faults))
    }

    fn check(&self, now: Timestamp) -> Result<(), Error> {
        let path = PathBuf::from(&self.publication.target);
        let issued = self.header.issued;
        if issued.duration_since(now) > MOST_AHEAD {
            return Err(Error::Clock { path: self.publication.target.clone(), issued, now });
        }
        let (serial, known) = (self.header.serial, self.known);
        if serial <= known {
            return Err(Error::Serial { path, serial, known });
        }
        if serial - known > MOST_JUMP {
            let what = format!("the serial of {}", path.display());
            return Err(Error::Jump { what, number: serial, known });
        }
        let Some((_, old)) = &self.old else { return Ok(()) };
        let unreadable = |source| Error::Unreadable { path: path.clone(), source };
        let before = blocklist::read_header(old.as_slice(), &path.to_string_lossy()).map_err(unreadable)?;
        if before.list != self.header.list {
            return Err(Error::OtherList { path, list: self.header.list.clone(), known: before.list });
        }
        if !self.publication.accept_leap {
            let changes = Changes::between(&path, old, &self.text, 0)?;
            Summary::read(&path, &self.text, true, now)?.check_leap(&path, &changes)?;
        }
        Ok(())
    }

    /// The metadata of the role with this generation in it, and its files.
    fn draft(&self, now: Timestamp) -> Result<Draft, Error> {
        let target = &self.publication.target;
        let (version, end) = (self.desk.next(self.role)?, self.desk.end(self.role, now));
        let mut signed = match self.desk.newest(self.role) {
            Some(document) => metadata::again(document, version, end),
            None => metadata::targets(version, end),
        };
        let list = packed(target, &self.text)?;
        let said = json!({
            "list": self.header.list, "serial": self.header.serial, "sha256": sha256(&self.text),
        });
        let delta = self.delta()?.filter(|(_, _, delta)| delta.len() < list.len());
        let mut files = Vec::new();
        if let Some(targets) = signed["targets"].as_object_mut() {
            targets.insert(target.clone(), metadata::target(&list, said));
            self.drop_deltas(targets, delta.is_some());
            if let Some((path, said, delta)) = delta {
                targets.insert(path.clone(), metadata::target(&delta, said));
                files.push((path, delta));
            }
        }
        files.insert(0, (target.clone(), list));
        let document = Document::unsigned(&signed).map_err(Error::metadata(self.role))?;
        Ok(Draft { documents: vec![(self.role.to_owned(), document)], files })
    }

    /// What leads from the published list to this one: its path, what is said of it, and its octets.
    fn delta(&self) -> Result<Option<(String, Value, Vec<u8>)>, Error> {
        let Some((from, old)) = self.old.as_ref().filter(|_| self.desk.terms.deltas > 0) else {
            return Ok(None);
        };
        let (target, to) = (&self.publication.target, self.header.serial);
        let mut delta = Vec::new();
        blocklist::compare(old.as_slice(), self.text.as_slice(), &mut delta)
            .map_err(|source| Error::Delta { path: target.into(), source: Box::new(source) })?;
        let stem = target.strip_suffix(".zst").unwrap_or(target);
        let path = format!("{}.{from}-{to}.delta.zst", stem.strip_suffix(".jsonl").unwrap_or(stem));
        let octets = packed(&path, &delta)?;
        Ok(Some((path, json!({ "delta_of": target, "from": from, "to": to }), octets)))
    }

    /// Leaves those deltas that were published and that lead here, as many as the terms allow beside a new one.
    /// Where there is no new one they lead nowhere.
    fn drop_deltas(&self, targets: &mut Map<String, Value>, continued: bool) {
        let is_published =
            |path: &str| self.published.as_ref().is_some_and(|claims| claims.target(path).is_ok());
        let ours = |entry: &Value| entry["custom"]["rempart"]["delta_of"] == self.publication.target.as_str();
        let mut kept: Vec<(u64, String)> = targets
            .iter()
            .filter(|(path, entry)| continued && ours(entry) && is_published(path))
            .filter_map(|(path, entry)| Some((entry["custom"]["rempart"]["to"].as_u64()?, path.clone())))
            .collect();
        kept.sort_unstable_by(|one, other| other.cmp(one));
        let most = usize::try_from(self.desk.terms.deltas.saturating_sub(1)).unwrap_or(usize::MAX);
        kept.truncate(most);
        let all = std::mem::take(targets).into_iter();
        *targets = all.filter(|(path, it)| !ours(it) || kept.iter().any(|(_, kept)| kept == path)).collect();
    }
}

/// Reads the header; serial and dates that it leaves out are those of the next generation.
fn read_header(
    publication: &Publication,
    desk: &Desk,
    role: &str,
    known: u64,
    now: Timestamp,
) -> Result<Header, Error> {
    let (path, text) = match &publication.content {
        Content::Files { header, .. } => {
            (header, String::from_utf8_lossy(&files::read(header)?).into_owned())
        }
        Content::Decided { from, header, .. } => (from, header.clone()),
    };
    let wrong = |source| Error::Header { path: path.clone(), source: Box::new(source) };
    let mut table: toml::Table = toml::from_str(&text).map_err(wrong)?;
    let serial =
        known.checked_add(1).and_then(|next| i64::try_from(next).ok()).ok_or_else(|| Error::Jump {
            what: format!("the serial after that of {}", publication.target),
            number: known,
            known: 0,
        })?;
    table.entry("serial").or_insert(serial.into());
    for (field, time) in [("issued", now), ("expires", desk.end(role, now))] {
        let time = metadata::whole_seconds(time).to_string();
        table.entry(field).or_insert(time.into());
    }
    table.try_into().map_err(wrong)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::authority::office::{Client, LIST, Office, signers};
    use crate::authority::{Changes, Report, diff};

    fn names(range: std::ops::Range<usize>) -> Vec<String> {
        range.map(|number| format!("n{number}.example")).collect()
    }

    fn publish(office: &Office, range: std::ops::Range<usize>) {
        let names = names(range);
        office.publish(&names.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn a_chain_of_deltas_leads_to_the_newest_list() {
        let office = Office::with_delegate();
        (0..6).for_each(|day| publish(&office, day..100 + 2 * day));
        let report = office.verify().unwrap();
        let deltas = &report.roles["fr"].deltas;
        let steps: Vec<(u64, u64)> = deltas.values().map(|delta| (delta.from, delta.to)).collect();
        assert_eq!(steps, [(3, 4), (4, 5), (5, 6)]);
        assert!(deltas.values().all(|delta| delta.applied));
        assert!(deltas.contains_key("fr/nudification.5-6.delta.zst"));
        // A copy of the public folder has no past to apply them to.
        let report = Report::verify(&office.workspace.public(), None, office.now).unwrap();
        assert!(report.roles["fr"].deltas.values().all(|delta| !delta.applied));
        let Changes { since, added, removed, .. } = diff(office.workspace.folder(), "3", "6", None).unwrap();
        assert_eq!((since, added, removed), (3, 6, 3));
        let error = diff(office.workspace.folder(), "2", "6", None).unwrap_err();
        assert_eq!(error.to_string(), format!("serial 2 of {LIST} is not kept; there are 3, 4, 5, 6"));
    }

    #[test]
    fn a_delta_that_is_no_gain_is_left_out() {
        let office = Office::with_delegate();
        publish(&office, 0..100);
        publish(&office, 1..100);
        assert_eq!(office.verify().unwrap().roles["fr"].deltas.len(), 1);
        publish(&office, 100..199);
        assert_eq!(office.verify().unwrap().roles["fr"].deltas.len(), 0);
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 3);
    }

    #[test]
    fn what_waits_is_replaced_and_its_version_is_not_used_again() {
        let office = Office::with_delegate();
        publish(&office, 0..100);
        let first = office.prepare(&["a.example"]).err().unwrap();
        assert!(matches!(first, Error::Leap { .. }), "{first}");
        let waiting = |count: usize| {
            let names = names(0..count);
            let work = office.prepare(&names.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
            let replaced = work.remarks().iter().any(|remark| remark.contains("is signed anew"));
            (replaced, work.carry_out(&signers(&["dora"])).unwrap().waiting[0].version)
        };
        assert_eq!(waiting(101), (false, 2));
        assert_eq!(waiting(102), (true, 3));
        office.sign(None, &["emil"]).unwrap();
        let report = office.verify().unwrap();
        assert_eq!(report.roles["fr"].lists[LIST].rules, 102);
        assert_eq!(report.metadata["fr"].version, 3);
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 2);
    }

    #[test]
    fn serials_never_shrink_and_lists_keep_their_place() {
        let office = Office::with_delegate();
        let header = fs::read_to_string(office.path("header.toml")).unwrap();
        let with = |line: &str| {
            fs::write(office.path("header.toml"), format!("{line}\n{header}")).unwrap();
            office.prepare(&["a.example"])
        };
        for serial in ["9223372036854775807", "4294967297"] {
            let error = with(&format!("serial = {serial}")).err().unwrap();
            assert!(matches!(error, Error::Jump { .. }), "{error}");
        }
        with("serial = 41").unwrap().carry_out(&signers(&["dora", "emil"])).unwrap();
        assert!(matches!(with("serial = 41").err().unwrap(), Error::Serial { serial: 41, known: 41, .. }));
        with("").unwrap().carry_out(&signers(&["dora", "emil"])).unwrap();
        assert_eq!(Client::new(&office).serial(office.now).unwrap(), 42);
        assert!(matches!(with("expires = \"2026-01-01T00:00:00Z\"").err().unwrap(), Error::Expiry { .. }));
        assert!(matches!(with("wrong = 1").err().unwrap(), Error::Header { .. }));
        fs::write(office.path("header.toml"), header.replace("fr/nud", "fr/mud")).unwrap();
        assert!(matches!(office.prepare(&["a.example"]).err().unwrap(), Error::OtherList { .. }));
    }

    #[test]
    fn what_no_list_should_block_is_not_signed() {
        let office = Office::with_delegate();
        let error = office.prepare(&["a.example", "co.uk"]).err().unwrap();
        assert!(matches!(&error, Error::Guarded { .. }), "{error}");
        // A platform that strangers share, with a reason, by two signatures.
        let rule = "{\"name\":\"github.io\",\"override\":\"order 7\"}";
        let mut publication = office.publication(LIST, &[]);
        let header = crate::authority::office::DEMO.lines().next().unwrap();
        let Content::Files { rules, format, .. } = &mut publication.content else { unreachable!() };
        fs::write(rules, format!("{header}\n{rule}\n")).unwrap();
        *format = Some(Format::Jsonl);
        let work = publication.prepare(&office.workspace, office.now).unwrap();
        let told = work.proposal().to_string();
        assert!(told.contains("AGAINST A GUARD RAIL  github.io: this is a platform"), "{told}");
        assert!(told.contains("overridden because: order 7"), "{told}");
    }

    #[test]
    fn nobody_publishes_where_clients_look_elsewhere() {
        let office = Office::with_delegate();
        let refused = |role: &str, path: &str| {
            let mut publication = office.publication(path, &["a.example"]);
            publication.role = Some(role.to_owned());
            publication.prepare(&office.workspace, office.now).err().unwrap().to_string()
        };
        assert!(refused("targets", "fr/x").contains("clients look for fr/x in fr"));
        let open = |role: &str| {
            let delegation = crate::authority::Delegation {
                role: role.to_owned(),
                paths: vec!["xy/*".to_owned()],
                holders: crate::authority::office::public(&["gerd", "hans"]),
                threshold: 2,
                terminating: false,
                until: None,
            };
            let work = delegation.prepare(&office.workspace, office.now).unwrap();
            let remarked = work.remarks().iter().any(|remark| remark.contains("overlaps"));
            work.carry_out(&signers(&["ana", "ben"])).unwrap();
            remarked
        };
        assert!(!open("one") && open("two"));
        let mut publication = office.publication("xy/list.jsonl", &["a.example"]);
        publication.role = Some("two".to_owned());
        let work = publication.prepare(&office.workspace, office.now).unwrap();
        work.carry_out(&signers(&["gerd", "hans"])).unwrap();
        assert!(refused("one", "xy/list.jsonl").contains("clients look for xy/list.jsonl in two"));
        assert!(refused("targets", "xy/other.jsonl").contains("in one"));
        // Behind a role that lets nobody speak after it, nothing would ever be found.
        for path in ["fr/*", "f?/l*t.jsonl", "*/*"] {
            let error = office.delegate("fr2", path, &["gerd", "hans"]).err().unwrap();
            assert!(matches!(error, Error::Overlap { .. }), "{error}");
        }
        assert!(office.delegate("fr2", "fr/sub/*", &["gerd", "hans"]).is_ok());
    }

    #[test]
    fn faults_of_the_input_are_told() {
        let office = Office::with_delegate();
        let work = office.prepare(&["a.example", "not a name"]).unwrap();
        let told = work.remarks().join("\n");
        assert!(told.contains("1 rules of ") && told.contains("become serial 1."), "{told}");
        assert!(told.contains("1 faults of it are left out:") && told.contains("input:2: "), "{told}");
        let mut publication = office.publication(LIST, &["||a.example^", "@@||b.example^"]);
        let Content::Files { format, .. } = &mut publication.content else { unreachable!() };
        *format = Some(Format::Adblock);
        let error = publication.prepare(&office.workspace, office.now).err().unwrap();
        assert!(matches!(error, Error::Unpackable { .. }), "{error}");
    }
}
