//! What the fuzz targets share: plausible inputs, a fixed world to throw them at, and a reader of replies.
//!
//! Each target holds a law that is stronger than "does not panic"; its file says which. Random octets rarely get
//! past the first checks, so that most targets take their input apart with `arbitrary` into names, records and
//! queries that are nearly right ([`inputs`]), and put them to an engine whose policy has every action
//! ([`world`]). [`wire`] reads messages a second time, without any code of the library.

pub mod inputs;
pub mod wire;
pub mod world;
