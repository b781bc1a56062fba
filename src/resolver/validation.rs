//! Whether what was found may be believed (RFC 4035), and what to tell the client when not (RFC 8914).
//!
//! Hickory's validator judges record by record and keeps its reasons to itself, so the reason is found again
//! here by looking at what was refused: a signature that is missing, out of its time or without its key, or a
//! denial without proof. That is for the message alone; the verdict is hickory's.

use hickory_resolver::net::dnssec::DnssecDnsHandle;
use hickory_resolver::net::runtime::{Time, TokioTime};
use hickory_resolver::net::xfer::{DnsHandle, FirstAnswer};
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::dnssec::Proof;
use hickory_resolver::proto::dnssec::rdata::{DNSSECRData, RRSIG};
use hickory_resolver::proto::op::{DnsRequestOptions, Message, Query};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType, SerialNumber};
use hickory_resolver::proto::serialize::binary::BinDecodable;

use super::config::Config;
use super::error::Error;
use super::roots;
use super::source::{Source, signature};
use super::translate::failure;
use crate::dns::{ExtendedError, Info};

/// One link of an answer, and whether it was proved from the root on.
pub(super) struct Link {
    pub(super) message: Message,
    pub(super) secure: bool,
}

/// Finds links in a [`Source`] and proves them.
pub(super) struct Validator {
    handle: DnssecDnsHandle<Source>,
}

impl Validator {
    pub(super) fn new(config: &Config, source: Source) -> Result<Self, Error> {
        let anchors = roots::anchors(config.trust_anchor.as_deref())?;
        Ok(Self { handle: DnssecDnsHandle::with_trust_anchor(source, anchors) })
    }

    /// The link, or why it must not be passed on.
    pub(super) async fn find(&self, query: &Query) -> Result<Link, ExtendedError> {
        let mut options = DnsRequestOptions::default();
        options.edns_set_dnssec_ok = true;
        match self.handle.lookup(query.clone(), options).first_answer().await {
            Ok(response) => {
                let mut message = response.into_message();
                inherit_substitution(&mut message, query.name());
                match weakest(&message) {
                    Some(Proof::Secure) => {
                        let secure = !message.answers.is_empty() || message.authorities.iter().any(is_denial);
                        Ok(Link { message, secure })
                    }
                    Some(Proof::Insecure) | None => Ok(Link { message, secure: false }),
                    Some(_) => Err(self.reason(&message).await),
                }
            }
            Err(NetError::Dns(DnsError::Nsec { response, proof: Proof::Insecure, .. })) => {
                Ok(Link { message: response.into_message(), secure: false })
            }
            Err(NetError::Dns(DnsError::Nsec { response, .. })) => Err(self.reason(&response).await),
            Err(error) => Err(failure(&error)),
        }
    }

    async fn reason(&self, message: &Message) -> ExtendedError {
        let refused: Vec<&Record> = judged(message)
            .filter(|record| !matches!(record.proof, Proof::Secure | Proof::Insecure))
            .collect();
        let denial = message.answers.is_empty();
        if refused.is_empty() || (denial && !message.authorities.iter().any(is_denial)) {
            return ExtendedError::new(Info::NSEC_MISSING, "the absence is not proved");
        }
        let signatures: Vec<&RRSIG> =
            refused.iter().flat_map(|record| signatures_of(message, record)).collect();
        let now = SerialNumber::new(TokioTime::current_time() as u32);
        if signatures.is_empty() {
            ExtendedError::new(Info::RRSIGS_MISSING, "a signature is missing")
        } else if signatures.iter().all(|rrsig| rrsig.input().sig_expiration < now) {
            ExtendedError::new(Info::SIGNATURE_EXPIRED, "a signature has expired")
        } else if signatures.iter().all(|rrsig| rrsig.input().sig_inception > now) {
            ExtendedError::new(Info::SIGNATURE_NOT_YET_VALID, "a signature is not valid yet")
        } else {
            self.reason_of_keys(&signatures).await
        }
    }

    /// Whether the keys that made `signatures` can be had at all. The validator has just asked for them, so
    /// the answers are mostly remembered.
    async fn reason_of_keys(&self, signatures: &[&RRSIG]) -> ExtendedError {
        for rrsig in signatures {
            let keys = Query::query(rrsig.input().signer_name.clone(), RecordType::DNSKEY);
            match self.handle.inner().find(&keys, true).await {
                Ok(found)
                    if found.answers.iter().any(|record| key_tag(record) == Some(rrsig.input().key_tag)) =>
                {
                    return ExtendedError::new(Info::DNSSEC_BOGUS, "a signature does not verify");
                }
                Ok(_) => {}
                Err(error) => return failure(&error),
            }
        }
        ExtendedError::new(Info::DNSKEY_MISSING, "the key of a signature is missing")
    }
}

/// The records that carry a verdict: all but signatures.
fn judged(message: &Message) -> impl Iterator<Item = &Record> {
    message.all_sections().filter(|record| record.record_type() != RecordType::RRSIG)
}

/// The worst verdict in a message, none for a message without records.
fn weakest(message: &Message) -> Option<Proof> {
    let rank = |proof: &Proof| match proof {
        Proof::Secure => 0,
        Proof::Insecure => 1,
        Proof::Indeterminate => 2,
        Proof::Bogus => 3,
    };
    judged(message).map(|record| record.proof).max_by_key(rank)
}

fn is_denial(record: &Record) -> bool {
    matches!(record.record_type(), RecordType::NSEC | RecordType::NSEC3)
}

fn signatures_of<'a>(message: &'a Message, record: &'a Record) -> impl Iterator<Item = &'a RRSIG> {
    let of_record = |rrsig: &&RRSIG| rrsig.input().type_covered == record.record_type();
    message.all_sections().filter(|other| other.name == record.name).filter_map(signature).filter(of_record)
}

fn key_tag(record: &Record) -> Option<u16> {
    match &record.data {
        RData::DNSSEC(DNSSECRData::DNSKEY(key)) => key.calculate_key_tag().ok(),
        _ => None,
    }
}

/// Gives an alias that a DNAME stands for the verdict of that DNAME: servers make such aliases up and cannot
/// sign them (RFC 6672 §5.3.1).
fn inherit_substitution(message: &mut Message, name: &Name) {
    let substitution = message.answers.iter().find_map(|record| match &record.data {
        RData::Unknown { code: RecordType::DNAME, rdata } if record.name != *name => {
            Some((substitute(name, &record.name, &rdata.anything)?, record.proof))
        }
        _ => None,
    });
    if let Some((target, proof)) = substitution {
        for record in &mut message.answers {
            if matches!(&record.data, RData::CNAME(alias) if alias.0 == target) {
                record.proof = proof;
            }
        }
    }
}

/// `name` with its suffix `owner` replaced by the name in `data` (RFC 6672 §2.2).
fn substitute(name: &Name, owner: &Name, data: &[u8]) -> Option<Name> {
    let target = Name::from_bytes(data).ok()?;
    let kept = usize::from(name.num_labels().checked_sub(owner.num_labels())?);
    let prefix = Name::from_labels(name.iter().take(kept)).ok()?;
    prefix.append_name(&target).ok()
}

#[cfg(test)]
mod tests {
    use hickory_resolver::proto::rr::rdata::{CNAME, NULL};

    use super::*;

    fn name(text: &str) -> Name {
        Name::from_ascii(text).unwrap()
    }

    fn judged_alias(target: &str) -> Proof {
        let mut data = NULL::new();
        data.anything = b"\x03new\x07example\0".to_vec();
        let data = RData::Unknown { code: RecordType::DNAME, rdata: data };
        let mut dname = Record::from_rdata(name("old.example."), 60, data);
        dname.proof = Proof::Secure;
        let mut alias = Record::from_rdata(name("a.b.old.example."), 60, RData::CNAME(CNAME(name(target))));
        alias.proof = Proof::Bogus;
        let mut message = Message::query();
        message.add_answers([dname, alias]);
        inherit_substitution(&mut message, &name("a.b.old.example."));
        message.answers[1].proof
    }

    #[test]
    fn an_alias_is_believed_as_the_substitution_it_stands_for() {
        assert_eq!(judged_alias("a.b.new.example."), Proof::Secure);
        assert_eq!(judged_alias("a.b.evil.example."), Proof::Bogus);
    }

    #[test]
    fn the_weakest_record_decides() {
        let mut message = Message::query();
        assert_eq!(weakest(&message), None);
        for proof in [Proof::Secure, Proof::Insecure, Proof::Indeterminate, Proof::Bogus] {
            let mut record = Record::from_rdata(name("a."), 1, RData::CNAME(CNAME(name("b."))));
            record.proof = proof;
            message.add_answer(record);
            assert_eq!(weakest(&message), Some(proof));
        }
    }
}
