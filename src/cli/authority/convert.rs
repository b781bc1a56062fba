//! `convert`: a list in the format that somebody else loads.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::answer;
use crate::authority::{Conversion, Converted};
use crate::blocklist::{Format, normalise};
use crate::cli::Console;
use crate::dns::Name;
use crate::export::{Kind, Redirect};
use crate::page::Help;

/// Write a list in the format that another resolver loads, with the same effect, and tell what that cannot say
///
/// Names of help services, which are never blocked, are exceptions in it. Rules that have ended are left out, and only csv
/// and json know when one ends: convert whenever the list changes, and once a day.
#[derive(Args)]
pub(super) struct Convert {
    /// The list, in any format that is read
    input: PathBuf,
    /// rpz, hosts, domains, adblock, dnsmasq, unbound, csv, json, cert-polska, misp or stix; or bind-rpz, unbound-rpz,
    /// knot-rpz or powerdns-rpz, for what a resolver's configuration says to load the policy zone
    #[arg(long)]
    to: Kind,
    /// The format of the list [default: told from its content]
    #[arg(long)]
    from: Option<Format>,
    /// The file to write, in the place of what was there
    #[arg(long)]
    out: PathBuf,
    /// The name of the policy zone
    #[arg(long, default_value = "rpz.invalid", value_parser = normalise)]
    zone: Name,
    /// Where the policy zone sends blocked names: a name, or addresses [default: nowhere, NXDOMAIN]
    #[arg(long, value_name = "NAME|ADDRESS,…", value_delimiter = ',')]
    redirect: Vec<String>,
    /// Put the zone's digest into it (ZONEMD). Not for Knot Resolver, nor for Unbound before 1.25 and PowerDNS Recursor
    /// before 5.4.2, which take it for a rule
    #[arg(long)]
    digest: bool,
    /// Where the resolver finds the policy zone, for bind-rpz and the like
    #[arg(long, default_value = "/var/lib/rempart/rpz.zone")]
    file: String,
    /// Write it though it blocks what no list should: public suffixes, shared platforms, protected names
    #[arg(long)]
    unguarded: bool,
    /// Answer in JSON
    #[arg(long)]
    json: bool,
}

impl Convert {
    pub(super) fn run(self, now: Timestamp, console: &mut Console<'_>) -> Result<ExitCode> {
        let redirect = self.redirect()?;
        let Self { input, to, from, out, zone, digest, file, unguarded, json, .. } = self;
        let protected = Help::built_in()?.names();
        let shown = out.display().to_string();
        let guarded = !unguarded;
        let conversion =
            Conversion { input, from, to, out, zone, redirect, digest, file, protected, guarded };
        let Converted { told, changed, remarks } = conversion.carry_out(now)?;
        let mut text = match changed {
            true => format!("{shown}: {} entries as {to}", told.written),
            false => format!("{shown} says that already, in {} entries", told.written),
        };
        remarks.iter().for_each(|remark| text.push_str(&format!("\n  {remark}")));
        let losses: Vec<String> = told.losses.iter().map(ToString::to_string).collect();
        losses.iter().for_each(|loss| text.push_str(&format!("\n  NOT SAID: {loss}")));
        let facts =
            json!({ "written": told.written, "changed": changed, "remarks": remarks, "not_said": losses });
        answer(text, facts, json, console)
    }

    fn redirect(&self) -> Result<Option<Redirect>> {
        if !self.redirect.is_empty() && !matches!(self.to, Kind::Rpz | Kind::Knot) {
            bail!("--redirect is for --to rpz; {} sends blocked names nowhere", self.to);
        }
        Redirect::parse(&self.redirect).context("--redirect")
    }
}
