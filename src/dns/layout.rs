//! Where domain names stand in the data of a record: one table for reading, comparing and composing.
//!
//! A receiver undoes compression in the types of RFC 3597 §4, and in RRSIG and NSEC records, whose senders must
//! not use it and sometimes do. DNSSEC lowers the case of the names in the same types but NSEC (RFC 4034 §6.2,
//! RFC 6840 §5.1). Newer types hold names too, which nobody compresses and whose case counts: for them, and for
//! types that nobody knows, data is octets.

use super::codes::RecordType;

/// A piece of a record's data; what follows the last piece is octets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A domain name.
    Name,
    /// So many octets.
    Octets(usize),
    /// An octet of length, and as many octets (RFC 1035 §3.3).
    Text,
}

use Field::{Name, Octets, Text};

/// The pieces of a type's data up to its last domain name; none where it holds no name.
pub fn layout(rtype: RecordType) -> &'static [Field] {
    const AFSDB: RecordType = RecordType(18);
    const RT: RecordType = RecordType(21);
    const KX: RecordType = RecordType(36);
    const SIG: RecordType = RecordType(24);
    const PX: RecordType = RecordType(26);
    const NXT: RecordType = RecordType(30);
    match rtype {
        // NS, MD, MF, CNAME, MB, MG, MR, PTR, NXT, DNAME and NSEC.
        RecordType(2 | 3 | 4 | 5 | 7 | 8 | 9 | 12) | NXT | RecordType::DNAME | RecordType::NSEC => &[Name],
        // SOA, MINFO and RP.
        RecordType(6 | 14 | 17) => &[Name, Name],
        RecordType::MX | AFSDB | RT | KX => &[Octets(2), Name],
        PX => &[Octets(2), Name, Name],
        RecordType::SRV => &[Octets(6), Name],
        RecordType::NAPTR => &[Octets(4), Text, Text, Text, Name],
        RecordType::RRSIG | SIG => &[Octets(18), Name],
        _ => &[],
    }
}

/// Whether the names in a type's data are compared and signed in lower case.
pub fn folds_case(rtype: RecordType) -> bool {
    rtype != RecordType::NSEC && !layout(rtype).is_empty()
}
