//! Signatures over messages (TSIG, RFC 8945): what a request's is worth, and those of the replies to it.
//!
//! `hickory-proto` knows keys, algorithms and the record. What is signed is put together here, because it does not sign
//! the second message of a reply nor tell a client the time (BADTIME), refuses shortened codes without a word, and takes
//! the names of algorithms in lower case alone.
//!
//! A request that is sent again by somebody who overheard it is answered again: it changes nothing, and what it brings is
//! what was overheard (RFC 8945 §5.2.3 would have the newest time of each key kept, which two secondaries that share
//! one would trip over).

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use hickory_resolver::proto::rr::rdata::TSIG;
use hickory_resolver::proto::rr::rdata::tsig::{TsigAlgorithm, TsigError};
use hickory_resolver::proto::rr::{Name as KeyName, TSigner};
use hickory_resolver::proto::serialize::binary::{BinEncodable, BinEncoder};

use super::key::{Key, Keys};
use super::request::{HEADER, Message, Signed};
use crate::dns::Name;

/// The most octets that a signature adds to a message: two names, a code, and what is between them.
pub(super) const LONGEST: usize = 640;
/// The type, class ANY and no time to live (RFC 8945 §4.2).
const FIXED: [u8; 8] = [0, 250, 0, 255, 0, 0, 0, 0];
/// The fewest octets of a shortened code (RFC 8945 §5.2.2.1).
const SHORTEST: usize = 10;

/// What is wrong with a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The record makes no sense.
    Malformed,
    /// The key is not known, or not with this algorithm.
    Key,
    /// The code is not that of the message.
    Code,
    /// The clocks differ by so many seconds, more than is allowed.
    Time(u64),
    /// The code is right and shortened.
    Shortened,
}

/// Signs the messages of one reply, or of one request.
#[derive(Clone)]
pub(super) struct Session {
    name: KeyName,
    algorithm: TsigAlgorithm,
    /// None where nothing may be signed: only the error is told.
    key: Option<TSigner>,
    id: u16,
    fudge: u16,
    error: Option<TsigError>,
    /// The time that is told with an error, and ours.
    times: Option<(u64, u64)>,
    /// The code before: that of the request, then that of each message.
    previous: Option<Vec<u8>>,
    is_first: bool,
}

/// What a request's signature is worth: what signs its reply, and by which key it is good, or what is wrong.
pub(super) fn check(
    keys: &Keys,
    message: &Message<'_>,
    signed: &Signed,
    now: u64,
) -> (Session, Result<Name, Fault>) {
    let name = Name::from_wire(&wire(&signed.name)).ok();
    let key = name.and_then(|name| keys.key(&name)).filter(|key| is_of(key, signed));
    let mut session = Session::unsigned(message, signed);
    let Some(key) = key else {
        session.error = Some(TsigError::BadKey);
        return (session, Err(Fault::Key));
    };
    let verified = verify(key, message, signed, None, now);
    match &verified {
        Ok(()) => {}
        Err(Fault::Time(_)) => {
            session.error = Some(TsigError::BadTime);
            session.times = Some((signed.tsig.time, now));
        }
        Err(Fault::Shortened) => session.error = Some(TsigError::BadTrunc),
        Err(_) => session.error = Some(TsigError::BadSig),
    }
    if matches!(verified, Ok(()) | Err(Fault::Time(_) | Fault::Shortened)) {
        session.key = Some(key.signer().clone());
    }
    (session, verified.map(|()| key.name().clone()))
}

/// Whether a reply to what a session signed is signed by the same key.
pub(super) fn check_reply(key: &Key, asked: &Session, reply: &Message<'_>, now: u64) -> Result<(), Fault> {
    let signed = reply.signed.as_ref().filter(|signed| is_of(key, signed)).ok_or(Fault::Key)?;
    verify(key, reply, signed, asked.previous.as_deref(), now)
}

fn is_of(key: &Key, signed: &Signed) -> bool {
    *key.signer().signer_name() == signed.name && *key.signer().algorithm() == algorithm(signed)
}

/// The algorithm, whose name may be written in any letters.
fn algorithm(signed: &Signed) -> TsigAlgorithm {
    match &signed.tsig.algorithm {
        TsigAlgorithm::Unknown(name) => TsigAlgorithm::from_name(name.to_lowercase()),
        known => known.clone(),
    }
}

/// Checks in the order of RFC 8945 §5.2: the key is known by now, then the code, the time, and the code's length.
fn verify(
    key: &Key,
    message: &Message<'_>,
    signed: &Signed,
    previous: Option<&[u8]>,
    now: u64,
) -> Result<(), Fault> {
    let mut octets = Vec::with_capacity(message.packet.len() + LONGEST);
    digest_previous(previous, &mut octets);
    let start = octets.len();
    octets.extend(&message.packet[..signed.at]);
    // As the message was before it was signed (§4.3.2): with its first identifier, and one record less.
    octets[start..start + 2].copy_from_slice(&signed.tsig.oid.to_be_bytes());
    let additional = u16::from_be_bytes([octets[start + 10], octets[start + 11]]).saturating_sub(1);
    octets[start + 10..start + HEADER].copy_from_slice(&additional.to_be_bytes());
    digest_variables(&signed.tsig, &signed.name, &mut octets)?;
    let code = key.signer().sign(&octets).map_err(|_| Fault::Malformed)?;
    let found = &signed.tsig.mac[..];
    if found.len() > code.len() || found.len() < SHORTEST.max(code.len() / 2) {
        return Err(Fault::Malformed);
    }
    verify_slices_are_equal(&code[..found.len()], found).map_err(|_| Fault::Code)?;
    let difference = now.abs_diff(signed.tsig.time);
    if difference > u64::from(signed.tsig.fudge) {
        return Err(Fault::Time(difference));
    }
    if found.len() < code.len() { Err(Fault::Shortened) } else { Ok(()) }
}

impl Session {
    /// Signs a request.
    pub(super) fn asking(key: &Key, id: u16) -> Self {
        let signer = key.signer();
        Self {
            name: signer.signer_name().clone(),
            algorithm: signer.algorithm().clone(),
            key: Some(signer.clone()),
            id,
            fudge: signer.fudge(),
            error: None,
            times: None,
            previous: None,
            is_first: true,
        }
    }

    /// Signs what answers a request.
    #[cfg(test)]
    pub(super) fn replying(key: &Key, asked: &Option<Self>) -> Self {
        let previous = asked.as_ref().and_then(|asked| asked.previous.clone());
        Self { previous, ..Self::asking(key, asked.as_ref().map_or(0, |asked| asked.id)) }
    }

    /// Answers a request with no code, as long as nothing else is known of it.
    fn unsigned(message: &Message<'_>, signed: &Signed) -> Self {
        Self {
            name: signed.name.clone(),
            algorithm: signed.tsig.algorithm.clone(),
            key: None,
            id: message.id(),
            fudge: signed.tsig.fudge,
            error: None,
            times: None,
            previous: Some(signed.tsig.mac.clone()),
            is_first: true,
        }
    }

    /// Adds the record to a message, the next of the reply (RFC 8945 §5.3.1); `now` in seconds since 1970.
    pub(super) fn sign(&mut self, message: &mut Vec<u8>, now: u64) -> Result<(), Fault> {
        // Whoever is told that its clock is wrong gets its own time back, and ours (§5.2.3).
        let (time, other) = match self.times {
            Some((theirs, ours)) => (theirs, ours.to_be_bytes()[2..].to_vec()),
            None => (now, Vec::new()),
        };
        let tsig =
            TSIG::new(self.algorithm.clone(), time, self.fudge, Vec::new(), self.id, self.error, other);
        let code = match &self.key {
            None => Vec::new(),
            Some(key) => {
                let mut octets = Vec::with_capacity(message.len() + LONGEST);
                digest_previous(self.previous.as_deref(), &mut octets);
                octets.extend(&*message);
                if self.is_first {
                    digest_variables(&tsig, &self.name, &mut octets)?;
                } else {
                    octets.extend(&time.to_be_bytes()[2..]);
                    octets.extend(self.fudge.to_be_bytes());
                }
                key.sign(&octets).map_err(|_| Fault::Malformed)?
            }
        };
        self.previous = Some(code.clone());
        self.is_first = false;
        let mut data = Vec::new();
        tsig.set_mac(code).emit(&mut BinEncoder::new(&mut data)).map_err(|_| Fault::Malformed)?;
        message.extend(wire(&self.name));
        message.extend(FIXED);
        message.extend((data.len() as u16).to_be_bytes());
        message.extend(data);
        let additional = u16::from_be_bytes([message[10], message[11]]) + 1;
        message[10..HEADER].copy_from_slice(&additional.to_be_bytes());
        Ok(())
    }
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Session({})", self.name)
    }
}

/// The code before stands first, with its length (RFC 8945 §4.3.1).
fn digest_previous(previous: Option<&[u8]>, octets: &mut Vec<u8>) {
    if let Some(previous) = previous {
        octets.extend((previous.len() as u16).to_be_bytes());
        octets.extend(previous);
    }
}

/// What of the record itself is signed (RFC 8945 §4.3.3).
fn digest_variables(tsig: &TSIG, name: &KeyName, octets: &mut Vec<u8>) -> Result<(), Fault> {
    let mut variables = Vec::new();
    let emitted = tsig.emit_tsig_for_mac(&mut BinEncoder::new(&mut variables), name);
    emitted.map_err(|_| Fault::Malformed)?;
    octets.extend(variables);
    Ok(())
}

fn wire(name: &KeyName) -> Vec<u8> {
    let mut wire = Vec::new();
    for label in name.iter() {
        wire.push(label.len() as u8);
        wire.extend(label);
    }
    wire.push(0);
    wire
}
