//! From a packet to a reply: the engine, its wire cache, and who may ask.
//!
//! [`Engine::answer`] and [`Engine::finish`] are the only two places that apply a verdict, for every transport.
//! `answer` is pure: octets, client and clock come in, octets go into the caller's buffer. On a hit, of a list
//! or of the cache, it allocates nothing and waits for no lock. A miss comes back as a value that the shell has
//! resolved and hands to `finish`, which sees the chain of aliases and the addresses that were found.
//!
//! A list change takes effect for the next packet, caches included: a cached answer is bound to the generation
//! of the policy that last found nothing to say against it, and is judged again by any other before it is used.

mod asked;
mod block;
mod cache;
mod clients;
mod config;
mod cookie;
mod engine;
mod entry;
mod explain;
mod found;
mod inspect;
mod judge;
mod limit;
mod outcome;
mod own;
mod protocol;
mod synthesis;

pub use crate::blocklist::Suffixes;
pub use asked::Asked;
pub use cache::CacheSize;
pub use config::{Config, LONGEST_UDP_SIZE, default_clients};
pub use cookie::CookieSecret;
pub use engine::Engine;
pub use inspect::CachedAnswer;
pub use outcome::{Answer, Client, Miss, Now, Outcome, Reply, Spoken};
pub use own::Endpoint;
