//! Response policy zones (draft-vixie-dnsop-dns-rpz): policy written as a zone file.
//!
//! The owner of a record, below the name of the zone, is the trigger: `name` for itself alone, `*.name` for
//! all below it, `24.0.2.0.192.rpz-ip` for addresses in answers. A CNAME to one of a few special names is an
//! action; other records are what to answer instead. Records of one owner that follow each other make one
//! rule; those that do not make further rules with the same trigger, and repetitions never lose the zone.
//!
//! The zone's name is that of its SOA record or the first `$ORIGIN`. Where the file has neither, as when the
//! server's configuration knows it, relative owners are all that is needed, and absolute ones mean nothing.

use super::fault::{Reason, excerpt};
use super::lines::Lines;
use super::read::{Intake, ReadError};
use super::record::{read_data, read_head, read_ttl};
use super::trigger::read_trigger;
use super::zone::{Entries, Entry, Field, Origin, ZoneName, relative_to};
use crate::blocklist::{Details, Effect, Rule, Trigger};
use crate::dns::{Name, Record, RecordType, labels};

pub(super) fn read(lines: &mut Lines<'_>, intake: &mut Intake<'_>) -> Result<(), ReadError> {
    let mut entries = Entries::default();
    let mut zone = Zone::default();
    loop {
        let faulty = intake.faulty();
        let Some(entry) = entries.next(lines, intake)? else { break };
        if intake.faulty() != faulty {
            // A line that was too long to be read may have had an owner of its own.
            zone.owner = None;
        }
        match zone.read_entry(entry) {
            Ok(Some(rule)) => zone.gather(rule, intake),
            Ok(None) => {}
            Err(reason) => intake.fault(entry.line, reason),
        }
    }
    zone.release(intake);
    Ok(())
}

/// What the entries so far have set.
#[derive(Default)]
struct Zone {
    origin: Origin,
    apex: Option<Name>,
    /// Whether the SOA record has come, after which `$ORIGIN` no longer names the zone.
    settled: bool,
    owner: Option<ZoneName>,
    /// Seconds, from `$TTL`.
    default_ttl: Option<u32>,
    /// Seconds, of the last record: what it says, else `$TTL`, else what the one before had.
    ttl: u32,
    /// The local data of the last owner, to which the next record may belong.
    pending: Option<Rule>,
}

impl Zone {
    /// The rule that an entry makes, if it makes one.
    fn read_entry(&mut self, entry: &Entry) -> Result<Option<Rule>, Reason> {
        let fields: Vec<Field<'_>> = entry.fields().collect();
        // What a fault cut short must leave nothing behind that the entries after it would build on.
        let fields = match (&fields[..], &entry.fault) {
            ([directive, operands @ ..], fault) if directive.text.starts_with(b"$") && !directive.quoted => {
                let operands = if fault.is_none() { operands } else { &[] };
                let read = self.read_directive(*directive, operands);
                return read.map(|()| None).map_err(|reason| fault.clone().unwrap_or(reason));
            }
            (fields, None) if entry.indented => fields,
            ([owner, fields @ ..], None) => {
                self.owner = None;
                self.owner = Some(self.origin.resolve(*owner)?);
                fields
            }
            (_, fault) => {
                if !entry.indented {
                    self.owner = None;
                }
                return Err(fault.clone().unwrap_or(Reason::NoOwner));
            }
        };
        let owner = self.owner.as_ref().ok_or(Reason::NoOwner)?;
        let (ttl, rtype, data) = read_head(fields)?;
        self.ttl = ttl.or(self.default_ttl).unwrap_or(self.ttl);
        if rtype == RecordType::SOA && !self.settled {
            return self.settle(owner.clone()).map(|()| None);
        }
        let relative = self.relative(owner)?;
        if relative == Name::root() {
            return match rtype {
                RecordType::SOA | RecordType::NS => Ok(None),
                _ => Err(Reason::Apex(rtype)),
            };
        }
        if !is_local_data(rtype) {
            return Err(Reason::Unsuitable(rtype));
        }
        let trigger = read_trigger(&relative)?;
        let data = read_data(rtype, data, &self.origin)?;
        let effect = self.effect(&relative, &trigger, rtype, data)?;
        Ok(Some(Rule { line: entry.line, trigger, effect, details: Details::default() }))
    }

    fn read_directive(&mut self, directive: Field<'_>, operands: &[Field<'_>]) -> Result<(), Reason> {
        match (&*directive.text.to_ascii_uppercase(), operands) {
            (b"$TTL", [ttl]) => self.default_ttl = Some(read_ttl(*ttl)?),
            (b"$ORIGIN", operands) => {
                let before = std::mem::replace(&mut self.origin, Origin::Lost);
                let [name] = operands else { return Err(Reason::Directive(excerpt(directive.text))) };
                let origin = before.resolve_absolute(*name)?;
                if !self.settled {
                    self.apex.get_or_insert(origin.clone());
                }
                self.origin = Origin::Stated(origin);
            }
            _ => return Err(Reason::Directive(excerpt(directive.text))),
        }
        Ok(())
    }

    /// Takes the zone's name from its SOA record.
    fn settle(&mut self, owner: ZoneName) -> Result<(), Reason> {
        self.apex = match (owner.absolute, owner.name == Name::root()) {
            (true, _) => Some(owner.name),
            (false, true) => None,
            (false, false) => return Err(Reason::OriginUnstated),
        };
        if let (Origin::Unstated, Some(apex)) = (&self.origin, &self.apex) {
            self.origin = Origin::Stated(apex.clone());
        }
        self.settled = true;
        Ok(())
    }

    /// What stands in front of the name of the zone.
    fn relative(&self, owner: &ZoneName) -> Result<Name, Reason> {
        match &self.apex {
            _ if !owner.absolute => Ok(owner.name.clone()),
            Some(apex) => relative_to(&owner.name, apex)
                .ok_or_else(|| Reason::OutOfZone(excerpt(owner.name.to_string()))),
            None => Err(Reason::OriginUnstated),
        }
    }

    /// What a record of `owner` says to do.
    fn effect(
        &self,
        owner: &Name,
        trigger: &Trigger,
        rtype: RecordType,
        data: Box<[u8]>,
    ) -> Result<Effect, Reason> {
        if rtype == RecordType::CNAME
            && let Ok(target) = Name::from_wire(&data)
        {
            // To point at itself is how the first policy zones let a name pass.
            if target == *owner {
                return Ok(Effect::Allow);
            }
            if let Some(action) = self.read_action(&target)? {
                return Ok(action);
            }
        }
        let owner = match trigger {
            Trigger::Name(name, _) => name.clone(),
            Trigger::Network(_) => Name::root(),
        };
        Ok(Effect::Local(vec![Record { owner, rtype, ttl: self.ttl, data }]))
    }

    /// The action that the target of a CNAME stands for, if it stands for one.
    fn read_action(&self, target: &Name) -> Result<Option<Effect>, Reason> {
        match target.canonical().as_wire() {
            b"\0" => return Ok(Some(Effect::Nxdomain)),
            b"\x01*\0" => return Ok(Some(Effect::Nodata)),
            b"\x0crpz-passthru\0" => return Ok(Some(Effect::Allow)),
            b"\x08rpz-drop\0" => return Ok(Some(Effect::Drop)),
            b"\x0crpz-tcp-only\0" => return Ok(Some(Effect::TcpOnly)),
            _ => {}
        }
        // An action without its final dot lands in the zone, where it would lead nowhere.
        let in_zone = self.apex.as_ref().and_then(|apex| relative_to(target, apex));
        if [Some(target), in_zone.as_ref()].into_iter().flatten().any(looks_like_an_action) {
            return Err(Reason::Action(excerpt(target.to_string())));
        }
        Ok(None)
    }

    /// Takes a rule, and hands over the one before unless both are local data of one trigger.
    fn gather(&mut self, rule: Rule, intake: &mut Intake<'_>) {
        if let (Some(pending), Effect::Local(added)) = (&mut self.pending, &rule.effect)
            && let Effect::Local(records) = &mut pending.effect
            && pending.trigger == rule.trigger
        {
            for record in added {
                if let Err(reason) = join(records, record) {
                    intake.fault(rule.line, reason);
                }
            }
            return;
        }
        self.release(intake);
        match rule.effect {
            Effect::Local(_) => self.pending = Some(rule),
            _ => intake.rule(rule),
        }
    }

    fn release(&mut self, intake: &mut Intake<'_>) {
        if let Some(rule) = self.pending.take() {
            intake.rule(rule);
        }
    }
}

fn looks_like_an_action(name: &Name) -> bool {
    let mut labels = labels(name.as_wire());
    let first = labels.next().and_then(|label| label.get(..4));
    first.is_some_and(|start| start.eq_ignore_ascii_case(b"rpz-")) && labels.next().is_none()
}

/// Adds a record to those of its owner, unless it is there.
fn join(records: &mut Vec<Record>, added: &Record) -> Result<(), Reason> {
    if records.iter().any(|record| record.rtype == added.rtype && record.data == added.data) {
        return Ok(());
    }
    if added.rtype == RecordType::CNAME || records.iter().any(|record| record.rtype == RecordType::CNAME) {
        return Err(Reason::Alias);
    }
    if records.len() == MAX_RECORDS {
        return Err(Reason::Crowded);
    }
    records.push(added.clone());
    Ok(())
}

/// Whether records of a type may stand in an answer in place of others: neither delegations nor what DNSSEC
/// or the protocol itself needs (RFC 6895 §3.1).
fn is_local_data(rtype: RecordType) -> bool {
    !matches!(
        rtype,
        RecordType(0 | 128..=255)
            | RecordType::NS
            | RecordType::SOA
            | RecordType::DNAME
            | RecordType::OPT
            | RecordType::DS
            | RecordType::RRSIG
            | RecordType::NSEC
            | RecordType::DNSKEY
            | RecordType::NSEC3
    )
}

/// The most records that one owner may have.
const MAX_RECORDS: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blocklist::format::{
        Format,
        read::tests::{faults, rules_in_full},
    };

    const APEX: &str = "$TTL 60\n$ORIGIN rpz.test.\n@ SOA localhost. a.rpz.test. 1 2 3 4 5\n NS localhost.\n";

    /// Line, trigger and effect of each rule, as text.
    fn read_zone(zone: &str) -> Vec<String> {
        rules_in_full(Format::Rpz, zone.as_bytes()).iter().map(show).collect()
    }

    fn show(rule: &Rule) -> String {
        let trigger = match &rule.trigger {
            Trigger::Name(name, scope) => format!("{name} {scope:?}"),
            Trigger::Network(network) => network.to_string(),
        };
        let effect = match &rule.effect {
            Effect::Local(records) => {
                let show = |record: &Record| {
                    format!("{} {} {} {:?}", record.owner, record.ttl, record.rtype, record.data)
                };
                records.iter().map(show).collect::<Vec<_>>().join("; ")
            }
            other => format!("{other:?}"),
        };
        format!("{} {trigger} {effect}", rule.line)
    }

    #[test]
    fn every_action_is_read() {
        let zone = "a.example CNAME .\n*.a.example IN CNAME .\nb.example 60 IN CNAME *.\n\
            c.example IN 60 CNAME rpz-passthru.\n\
            D.example cname RPZ-Drop.\ne.example CNAME rpz-tcp-only.\nf.example CNAME f.example.\n\
            *.f.example CNAME *.f.example.\ng.example CNAME \\# 1 00\n";
        assert_eq!(
            read_zone(&format!("{APEX}{zone}")),
            [
                "5 a.example. Host Nxdomain",
                "6 a.example. Below Nxdomain",
                "7 b.example. Host Nodata",
                "8 c.example. Host Allow",
                "9 d.example. Host Drop",
                "10 e.example. Host TcpOnly",
                "11 f.example. Host Allow",
                "12 f.example. Below Allow",
                "13 g.example. Host Nxdomain",
            ]
        );
    }

    #[test]
    fn local_data_is_gathered_by_owner() {
        let zone = "a.example 1h A 192.0.2.1\n TXT b\n A 192.0.2.1\na.example.rpz.test. 5 A 192.0.2.2\n\
            *.b.example CNAME *.garden.test.\n\
            a.example TYPE65400 \\# 1 ff\nc.example CNAME .\n A 192.0.2.3\n";
        assert_eq!(
            read_zone(&format!("{APEX}{zone}")),
            [
                "5 a.example. Host a.example. 3600 A [192, 0, 2, 1]; a.example. 60 TXT [1, 98]; \
                 a.example. 5 A [192, 0, 2, 2]",
                "9 b.example. Below b.example. 60 CNAME \
                 [1, 42, 6, 103, 97, 114, 100, 101, 110, 4, 116, 101, 115, 116, 0]",
                "10 a.example. Host a.example. 60 TYPE65400 [255]",
                "11 c.example. Host Nxdomain",
                "12 c.example. Host c.example. 60 A [192, 0, 2, 3]",
            ]
        );
    }

    #[test]
    fn the_zone_is_named_in_many_ways() {
        for (zone, line) in [
            ("@ SOA . . 1 1 1 1 1\na.example CNAME .\n", 2),
            ("a.example CNAME .\n", 1),
            ("rpz.test. SOA . . 1 1 1 1 1\na.example CNAME .\n", 2),
            ("rpz.test. SOA . . 1 1 1 1 1\na.example.rpz.test. CNAME .\n", 2),
            ("$ORIGIN rpz.test.\na.example CNAME .\n", 2),
            ("$ORIGIN .\nrpz.test SOA . . 1 1 1 1 1\n$ORIGIN example.RPZ.test.\na CNAME .\n", 4),
            ("$ORIGIN test.\nrpz SOA . . 1 1 1 1 1\n$ORIGIN rpz\na.example CNAME .\n", 4),
            ("$ORIGIN rpz.test.\n@ SOA . . 1 1 1 1 1\n$ORIGIN example\na CNAME .\n@ SOA . . 1 1 1 1 1\n", 4),
        ] {
            assert_eq!(read_zone(zone), [format!("{line} a.example. Host Nxdomain")], "{zone}");
        }
        let transfer = format!("{APEX}a.example CNAME .\n@ SOA localhost. a.rpz.test. 1 2 3 4 5\n");
        assert_eq!(faults(Format::Rpz, transfer.as_bytes()), []);
    }

    #[test]
    fn what_is_no_policy_says_why() {
        let action = |text: &str| Reason::Action(text.into());
        for (line, reason) in [
            ("$INCLUDE other.zone", Reason::Directive("$INCLUDE".into())),
            ("$GENERATE 1-9 a$ CNAME .", Reason::Directive("$GENERATE".into())),
            ("$TTL 1x", Reason::Ttl("1x".into())),
            ("a.example 2147483648 CNAME .", Reason::Ttl("2147483648".into())),
            ("a.example CH CNAME .", Reason::Class("CH".into())),
            ("a.example 60 IN", Reason::NoType),
            ("a.example BOGUS a", crate::dns::RecordError::Type("BOGUS".into()).into()),
            ("a.example NS b.", Reason::Unsuitable(RecordType::NS)),
            ("a.example SOA . . 1 1 1 1 1", Reason::Unsuitable(RecordType::SOA)),
            ("a.example TYPE255 \\# 0", Reason::Unsuitable(RecordType::ANY)),
            ("@ A 192.0.2.1", Reason::Apex(RecordType::A)),
            ("a.example. CNAME .", Reason::OutOfZone("a.example.".into())),
            (
                "a..example CNAME .",
                Reason::Name { text: "a..example".into(), error: crate::dns::NameError::EmptyLabel },
            ),
            ("* CNAME .", Reason::Everything),
            ("ns.example.rpz-nsdname CNAME .", Reason::Trigger("rpz-nsdname")),
            ("a.example CNAME rpz-log.", action("rpz-log.")),
            ("a.example CNAME rpz-passthru", action("rpz-passthru.rpz.test.")),
        ] {
            let zone = format!("{APEX}{line}\nb.example CNAME .\n");
            assert_eq!(read_zone(&zone), ["6 b.example. Host Nxdomain"], "{line}");
            assert_eq!(faults(Format::Rpz, zone.as_bytes()), [(5, reason)], "{line}");
        }
    }

    #[test]
    fn what_cannot_be_placed_is_not_guessed() {
        let faults = |zone: &str| {
            faults(Format::Rpz, format!("{zone}x.example CNAME .\n").as_bytes()).into_iter().next().unwrap()
        };
        assert_eq!(faults(" CNAME .\n"), (1, Reason::NoOwner));
        assert_eq!(faults("a.example. CNAME .\n"), (1, Reason::OriginUnstated));
        assert_eq!(faults("a.example CNAME garden\n"), (1, Reason::OriginUnstated));
        assert_eq!(faults("rpz SOA . . 1 1 1 1 1\n"), (1, Reason::OriginUnstated));
    }

    #[test]
    fn a_fault_leaves_nothing_to_build_on() {
        let long = format!("b.example TXT {}\n  CNAME .\n", "x".repeat(1 << 17));
        for lines in [
            "$ORIGIN a..b\na.example CNAME .\n CNAME .\n",
            "$ORIGIN\na.example CNAME .\n CNAME .\n",
            "$ORIGIN a.\"b\na.example CNAME .\n CNAME .\n",
            "b..example CNAME .\n CNAME .\n TXT x\n",
            "b.example TXT \"x\n CNAME .\n TXT x\n",
            "b.example TXT ( x\n CNAME .\n TXT x\n",
            &format!("{long} TXT x\n"),
        ] {
            // The name that stands before must get nothing of what comes after the fault.
            let start = "$TTL 60\n$ORIGIN rpz.test.\n@ SOA . . 1 1 1 1 1\na.example CNAME *.\n";
            let zone = format!("{start}{lines}$ORIGIN rpz.test.\nc.example CNAME .\n");
            assert_eq!(
                read_zone(&zone),
                ["4 a.example. Host Nodata", "9 c.example. Host Nxdomain"],
                "{lines}"
            );
            let found: Vec<u64> =
                faults(Format::Rpz, zone.as_bytes()).into_iter().map(|(line, _)| line).collect();
            assert_eq!(found, [5, 6, 7], "{lines}");
        }
        let indented = format!("{APEX}a.example TXT x\n TXT \"y\n TXT z\n");
        assert_eq!(
            read_zone(&indented),
            ["5 a.example. Host a.example. 60 TXT [1, 120]; a.example. 60 TXT [1, 122]"]
        );
    }

    #[test]
    fn one_owner_has_an_alias_or_a_few_records() {
        let alias =
            format!("{APEX}a.example CNAME b.test.\n A 192.0.2.1\nb.example A 192.0.2.1\n CNAME c.test.\n");
        assert_eq!(read_zone(&alias).len(), 2);
        assert_eq!(faults(Format::Rpz, alias.as_bytes()), [(6, Reason::Alias), (8, Reason::Alias)]);
        let many: String = (0..=MAX_RECORDS).map(|n| format!("a.example A 192.0.2.{n}\n")).collect();
        let many = format!("{APEX}{many}");
        assert_eq!(read_zone(&many).len(), 1);
        assert_eq!(faults(Format::Rpz, many.as_bytes()), [(5 + MAX_RECORDS as u64, Reason::Crowded)]);
    }
}
