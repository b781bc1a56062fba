//! What regulators are given: spreadsheets, tables, e-mails, registers, indicators. Names out, each with where it stood
//! and what a second pair of eyes should look at.
//!
//! ```text
//! octets ─► Shape ─► rows of cells, or text, or a document ─► words ─► Candidate { name, place, remarks } | Refusal
//! ```
//!
//! The formats of lists (`blocklist`) say exactly what is meant, and are read exactly. Here it has to be found: what a
//! person pasted may be the address of a page, may have been made unclickable (`hxxp`, `[.]`), may only look like the
//! name that was meant. So nothing of this is a rule. It is a [`Candidate`], which somebody proposes after having read
//! its [`Remark`]s, and somebody else reviews. Where there is a doubt, it is shown: as a remark, as a [`Refusal`], or as
//! a [`Note`] on the whole file.
//!
//! Files come from strangers. How long they are, what is packed in them, how many cells, entries and levels they have is
//! bounded, no entity of XML is expanded, and whatever is quoted of them is short and printable.

mod candidate;
mod collector;
mod columns;
mod dates;
mod delimited;
mod encoding;
mod error;
mod fields;
mod gather;
mod html;
mod json;
mod lists;
mod mail;
mod misp;
mod ods;
mod package;
mod pattern;
mod pieces;
mod register;
mod remark;
mod shape;
mod stix;
mod table;
mod text;
mod unhide;
mod words;
mod xlsx;
mod xml;

pub use candidate::{Candidate, Gathered, Note, Objection, Place, Refusal, Said};
pub use columns::{Columns, ColumnsError};
pub use error::{Error, Trouble};
pub use fields::Field;
pub use gather::{Asked, gather};
pub use remark::Remark;
pub use shape::{Shape, UnknownShape};
