//! The commands that ask the running program, over its administration address.

use std::io::Read;
use std::net::SocketAddr;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

use crate::admin::{CALL_HEADER, Reloaded, UpdateStatus};
use crate::cli::Console;
use crate::update::{AuthorityStatus, Generation, Standing};

/// Something that was asked for was refused; the last good state serves.
pub(super) const REFUSED: u8 = 1;

#[derive(Args)]
pub(super) struct Reload {
    /// Take files that differ more in size from what they were than `largest_loss` and `largest_gain` allow
    #[arg(long)]
    accept_loss: bool,
}

#[derive(Subcommand)]
pub(super) enum Update {
    /// Visit all authorities now
    Now {
        /// Take lists that differ more in size from what they were than `largest_loss` and `largest_gain` allow
        #[arg(long)]
        accept_loss: bool,
    },
    /// Show authorities, lists and the generations that are kept
    Status {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Put an earlier generation of a list in force, and hold it there until `release`
    Rollback {
        /// The list, as the configuration names it
        list: String,
        /// The serial to go back to [default: the generation before the present one]
        #[arg(long, value_name = "SERIAL")]
        to: Option<u64>,
    },
    /// End a rollback: the newest generation is in force again
    Release {
        /// The list, as the configuration names it
        list: String,
    },
}

pub(super) fn reload_now(admin: SocketAddr, reload: &Reload, console: &mut Console<'_>) -> Result<ExitCode> {
    let path = if reload.accept_loss { "/reload?accept_loss=1" } else { "/reload" };
    let reloaded: Vec<Reloaded> = serde_json::from_str(&ask_running(admin, "POST", path)?)?;
    report(&reloaded, console)
}

/// Follows authorities.
pub(super) fn update(admin: SocketAddr, command: &Update, console: &mut Console<'_>) -> Result<ExitCode> {
    let query =
        |pairs: &[(&str, &str)]| form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let path = match command {
        Update::Status { json } => {
            let text = ask_running(admin, "GET", "/update")?;
            console.tell(if *json { text } else { in_words(&serde_json::from_str(&text)?) })?;
            return Ok(ExitCode::SUCCESS);
        }
        Update::Now { accept_loss: false } => "/update/now".to_owned(),
        Update::Now { accept_loss: true } => "/update/now?accept_loss=1".to_owned(),
        Update::Rollback { list, to: None } => format!("/update/rollback?{}", query(&[("list", list)])),
        Update::Rollback { list, to: Some(serial) } => {
            format!("/update/rollback?{}", query(&[("list", list), ("to", &serial.to_string())]))
        }
        Update::Release { list } => format!("/update/release?{}", query(&[("list", list)])),
    };
    let done: Vec<Reloaded> = serde_json::from_str(&ask_running(admin, "POST", &path)?)?;
    report(&done, console)
}

fn report(done: &[Reloaded], console: &mut Console<'_>) -> Result<ExitCode> {
    for one in done {
        console.tell(told(one))?;
    }
    Ok(if done.iter().all(|one| one.taken) { ExitCode::SUCCESS } else { ExitCode::from(REFUSED) })
}

fn in_words(status: &UpdateStatus) -> String {
    let mut lines = Vec::new();
    for authority in &status.authorities {
        let AuthorityStatus { name, repository, root, refreshed, failure } = authority;
        let refreshed = refreshed.map_or_else(|| "never".to_owned(), |time| time.to_string());
        lines.push(format!("authority {name}: {repository}"));
        lines.push(format!("  trusted root version {root}; metadata verified {refreshed}"));
        lines.extend(failure.as_ref().map(|failure| format!("  LAST VISIT FAILED: {failure}")));
    }
    for list in &status.lists {
        let serial = |serial: Option<u64>| serial.map_or_else(|| "-".to_owned(), |serial| serial.to_string());
        lines.push(format!("list {}: {}", list.name, list.origin));
        let held = if list.held { ", HELD BY A ROLLBACK until `rempart update release`" } else { "" };
        let loaded = list.loaded.map_or_else(|| "never".to_owned(), |time| time.to_string());
        lines.push(format!("  serial {} in force since {loaded}{held}", serial(list.serial)));
        let expires = list.expires.map_or_else(|| "no end".to_owned(), |time| format!("until {time}"));
        lines.push(format!("  {}, {expires}", standing(list.standing)));
        lines.extend(list.failure.as_ref().map(|failure| format!("  LAST LOOK FAILED: {failure}")));
        if list.overridden > 0 {
            lines.push(format!("  {} rules override a guard rail", list.overridden));
        }
        for kept in &list.kept {
            let Generation { listed, role, signed_by, .. } = kept;
            let role = role
                .as_ref()
                .map_or_else(String::new, |role| format!(", signed for {role} by {}", signed_by.join(", ")));
            lines.push(format!("  kept: serial {}, {listed} names{role}", serial(kept.serial)));
        }
    }
    lines.join("\n")
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Fresh => "fresh",
        Standing::Ageing => "SOON OUT OF DATE",
        Standing::Stale => "OUT OF DATE, in force for its days of grace",
        Standing::Kept => "OUT OF DATE past its days of grace, kept in force",
        Standing::Withdrawn => "OUT OF DATE past its days of grace, WITHDRAWN: it blocks nothing",
    }
}

pub(super) fn told(one: &Reloaded) -> String {
    let Reloaded { what, taken, message } = one;
    if *taken { format!("{what}: {message}") } else { format!("{what}: REFUSED: {message}") }
}

/// Asks the program that runs; fails where none does.
pub(super) fn ask_running(admin: SocketAddr, method: &str, path: &str) -> Result<String> {
    ask(admin, method, path)?.with_context(|| nobody(admin))
}

pub(super) fn nobody(admin: SocketAddr) -> String {
    format!("no rempart answers on {admin} (server.admin)")
}

/// Asks the program that runs; `None` where nothing listens.
pub(super) fn ask(admin: SocketAddr, method: &str, path: &str) -> Result<Option<String>> {
    // Straight to this machine: what is asked is nobody else's business. A reload takes the time that it takes.
    let agent = ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build();
    let agent: ureq::Agent = agent.into();
    let request = http::Request::builder().method(method).uri(format!("http://{admin}{path}"));
    let request = request.header(CALL_HEADER, "1").body(())?;
    let mut response = match agent.run(request) {
        Err(ureq::Error::Io(error)) if error.kind() == std::io::ErrorKind::ConnectionRefused => {
            return Ok(None);
        }
        response => response.with_context(|| format!("what listens on {admin} gives no answer"))?,
    };
    let mut text = String::new();
    response.body_mut().as_reader().take(16 << 20).read_to_string(&mut text)?;
    if !response.status().is_success() {
        bail!("{}: {}", response.status(), text.trim());
    }
    Ok(Some(text))
}
