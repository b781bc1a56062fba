//! The architecture, as a test: who may use whom, and who may touch the world.
//!
//! Rust checks none of this inside one crate, so we do. Imports are written
//! one line for each room (`use crate::dns::Name;`), which keeps this simple.

use std::fs;
use std::path::{Path, PathBuf};

/// Every room with the rooms it may use. A room may only name rooms listed
/// above it, so the table cannot hold a cycle.
const ROOMS: &[(&str, &[&str])] = &[
    ("dns", &[]),
    ("keyfile", &[]),
    ("memory", &[]),
    ("metrics", &[]),
    ("statistics", &[]),
    ("report", &["statistics"]),
    ("dnssec", &["dns"]),
    ("trust", &[]),
    ("blocklist", &["dns", "memory"]),
    ("export", &["blocklist", "dns"]),
    ("impact", &["blocklist", "dns"]),
    ("intake", &["blocklist", "dns"]),
    ("policy", &["blocklist", "dns"]),
    ("answer", &["blocklist", "dns", "memory", "metrics", "policy"]),
    ("ca", &["dns", "keyfile"]),
    ("page", &["dns", "policy"]),
    ("recursion", &["dns", "dnssec"]),
    ("resolver", &["dns", "dnssec", "recursion"]),
    ("update", &["blocklist", "metrics", "trust"]),
    ("transfer", &["blocklist", "dns", "export", "keyfile", "trust", "update"]),
    ("authority", &["blocklist", "dns", "export", "keyfile", "trust"]),
    ("docket", &["authority", "blocklist", "dns", "impact", "keyfile", "trust"]),
    ("server", &["answer", "dns", "metrics", "resolver", "transfer"]),
    ("admin", &["answer", "blocklist", "dns", "policy", "resolver", "statistics", "update"]),
    ("config", &["answer", "ca", "page", "policy", "resolver", "server", "statistics", "transfer", "update"]),
    (
        "daemon",
        &[
            "admin",
            "answer",
            "blocklist",
            "ca",
            "config",
            "dns",
            "memory",
            "metrics",
            "page",
            "policy",
            "resolver",
            "server",
            "statistics",
            "transfer",
            "update",
        ],
    ),
    (
        "cli",
        &[
            "admin",
            "answer",
            "authority",
            "blocklist",
            "ca",
            "config",
            "daemon",
            "dns",
            "docket",
            "export",
            "impact",
            "intake",
            "keyfile",
            "page",
            "policy",
            "report",
            "resolver",
            "trust",
            "statistics",
            "transfer",
            "update",
        ],
    ),
];

/// Words that touch the world, and the only rooms that may say them.
const WORLD: &[(&str, &[&str])] = &[
    ("tokio::", &["docket", "resolver", "server", "daemon"]),
    ("hickory_", &["dnssec", "resolver", "transfer"]),
    ("TcpListener", &["server", "daemon"]),
    ("UdpSocket", &["resolver", "server"]),
    ("std::fs", &["authority", "config", "daemon", "docket", "keyfile", "resolver", "transfer", "update"]),
    ("unsafe ", &["memory"]),
    // Paths this test cannot follow.
    ("crate::{", &[]),
    ("super::super", &[]),
];

const LONGEST_FILE: usize = 800;

#[test]
fn rooms_only_use_rooms_above_them() {
    for (index, (room, uses)) in ROOMS.iter().enumerate() {
        for used in *uses {
            let above = ROOMS[..index].iter().any(|(name, _)| name == used);
            assert!(above, "{room} -> {used} points down");
        }
    }
}

#[test]
fn files_keep_to_their_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let faults: Vec<String> = rust_files(&src).iter().flat_map(|file| faults(&src, file)).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn faults(src: &Path, file: &Path) -> Vec<String> {
    let path = file.strip_prefix(src).unwrap().to_str().unwrap();
    let room = path.split(['/', '.']).next().unwrap();
    if matches!(room, "main" | "lib" | "bin") {
        return Vec::new();
    }
    let Some((_, uses)) = ROOMS.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{path}: not in the table of rooms")];
    };

    let text = fs::read_to_string(file).unwrap();
    let mut faults = Vec::new();
    if !text.starts_with("//!") {
        faults.push(format!("{path}: must open with a //! paragraph"));
    }
    if text.lines().count() > LONGEST_FILE {
        faults.push(format!("{path}: longer than {LONGEST_FILE} lines"));
    }
    // Tests stand at the foot of a file and may call an oracle.
    for (line, number) in text.lines().zip(1..).take_while(|(line, _)| *line != "#[cfg(test)]") {
        if line.trim_start().starts_with("//") {
            continue;
        }
        for used in line.split("crate::").skip(1).map(first_word) {
            let known = ROOMS.iter().any(|(name, _)| *name == used);
            if known && used != room && !uses.contains(&used) {
                faults.push(format!("{path}:{number}: {room} may not use {used}"));
            }
        }
        for (word, rooms) in WORLD {
            if line.contains(word) && !rooms.contains(&room) {
                faults.push(format!("{path}:{number}: {room} may not say `{word}`"));
            }
        }
    }
    faults
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_ascii_lowercase() && c != '_').next().unwrap_or("")
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
