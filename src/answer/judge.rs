//! Judging what a name leads to: its aliases, and the addresses at their end.

use std::cell::LazyCell;
use std::net::IpAddr;

use super::outcome::{Client, Now};
use crate::blocklist::Suffixes;
use crate::metrics::Transport;
use crate::policy::{Block, GroupId, Policy, Remedy, Slots, Subject, Verdict};

/// What a verdict on an answer needs to know.
#[derive(Clone, Copy)]
pub(super) struct Context<'c> {
    pub policy: &'c Policy,
    pub group: Option<GroupId>,
    pub suffixes: &'c Suffixes,
    pub client: Client,
    pub now: Now,
    /// The slot of a list that has had its say.
    pub except: Option<u16>,
}

/// What speaks against an answer.
pub(super) enum Objection<'c> {
    /// A list.
    Listed(Block<'c>),
    /// It leads inside the network, from a name that has no business there.
    Rebinding,
}

impl Objection<'_> {
    /// The lists whose staged rules would have blocked the answer all the same.
    pub(super) fn staged<'n>(&self, context: &Context<'_>, chain: impl Iterator<Item = &'n [u8]>) -> Slots {
        match self {
            Self::Listed(block) => context.staged(Some(block), chain),
            Self::Rebinding => Slots::default(),
        }
    }
}

impl<'c> Context<'c> {
    /// The lists whose staged rules would have blocked an answer, by the name asked for or by one that it leads to, of
    /// which no list in force spoke, or this one that yields to any other.
    #[inline(never)]
    pub(super) fn staged<'n>(
        &self,
        block: Option<&Block<'_>>,
        chain: impl Iterator<Item = &'n [u8]>,
    ) -> Slots {
        if !block.is_none_or(Block::yields) {
            return Slots::default();
        }
        let staged = |name: &Suffixes| self.policy.staged(self.group, name, self.now.wall);
        let (asked, none) = (staged(self.suffixes), Slots::default());
        let behind = chain.fold(none, |slots, name| slots.or(staged(&self.policy.suffixes(name))));
        let excused = behind != none && self.policy.is_excused(self.group, self.suffixes, self.now.wall);
        if excused { asked } else { asked.or(behind) }
    }

    /// Judges the name asked for, then all that it leads to.
    pub(super) fn judge<'n>(
        &self,
        chain: impl Iterator<Item = &'n [u8]>,
        addresses: impl Iterator<Item = IpAddr>,
    ) -> Option<Objection<'c>> {
        let block = self.judge_one(Subject::Name(self.suffixes)).map(Objection::Listed);
        block.or_else(|| self.judge_aliases(chain, addresses))
    }

    /// Judges what a name leads to. Lists say nothing of it where the name itself is excused, and where a list sends
    /// a name, that may be inside.
    pub(super) fn judge_aliases<'n>(
        &self,
        chain: impl Iterator<Item = &'n [u8]>,
        addresses: impl Iterator<Item = IpAddr>,
    ) -> Option<Objection<'c>> {
        let excused = LazyCell::new(|| self.policy.is_excused(self.group, self.suffixes, self.now.wall));
        let listed =
            |subject: Subject<'_>| self.judge_one(subject).filter(|_| !*excused).map(Objection::Listed);
        let rebinding = |address| {
            let forbidden =
                self.except.is_none() && self.policy.is_rebinding(self.group, self.suffixes, address);
            forbidden.then_some(Objection::Rebinding)
        };
        let mut names = chain.map(|name| self.policy.suffixes(name));
        names.find_map(|suffixes| listed(Subject::Name(&suffixes))).or_else(|| {
            self.judged_addresses(addresses)
                .find_map(|address| listed(Subject::Address(address)).or_else(|| rebinding(address)))
        })
    }

    fn judge_one(&self, subject: Subject<'_>) -> Option<Block<'c>> {
        match self.policy.decide_without(self.except, self.group, subject, self.now.wall) {
            Verdict::Block(block) if applies(&block, self.client) => Some(block),
            _ => None,
        }
    }

    /// Whether nothing, whatever the group, is said of what a name leads to.
    pub(super) fn is_unlisted<'n>(
        &self,
        mut chain: impl Iterator<Item = &'n [u8]>,
        addresses: impl Iterator<Item = IpAddr>,
    ) -> bool {
        let name_is_listed = |name| self.policy.is_listed(Subject::Name(&self.policy.suffixes(name)));
        !chain.any(name_is_listed)
            && !self.judged_addresses(addresses).any(|address| self.policy.is_suspect(address))
    }

    /// Each address, and the one that it stands for behind a NAT64.
    fn judged_addresses(&self, addresses: impl Iterator<Item = IpAddr>) -> impl Iterator<Item = IpAddr> {
        let judges = self.policy.judges_addresses();
        let both = |address| [Some(address), self.policy.behind_nat64(address)];
        addresses.take_while(move |_| judges).flat_map(both).flatten()
    }
}

/// TCP-only is no block for a client that has come over TCP.
pub(super) fn applies(block: &Block<'_>, client: Client) -> bool {
    block.remedy != Remedy::TcpOnly || client.transport == Transport::Udp
}
