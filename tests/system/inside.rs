//! Namespaces: each test runs once more as a process of its own, with a network, mounts and processes that
//! are gone when it ends, however it ends.
//!
//! [`inside`] starts this binary again under `unshare` with the one test selected; in there it puts up the
//! loopback device with the addresses of the test's world and runs the test's body. The kernel ends every
//! process of the namespace with its first one, so nothing needs to be stopped by name or can be forgotten.

use std::any::type_name;
use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Set inside to the directory for the test's files, a file system in memory.
const INSIDE: &str = "REMPART_SYSTEM_INSIDE";
/// Words, each a program or `namespaces`, whose tests are to be skipped.
const SKIP: &str = "REMPART_SKIP_SYSTEM";
/// No test may take longer, in seconds.
const LONGEST: &str = "480";
/// The file system for the test's files.
const ROOM: &str = "size=1g,mode=0755";

/// Runs `body` in namespaces of its own; `needs` are the programs that it calls.
pub(super) fn inside<F: FnOnce(&Path)>(needs: &[&str], body: F) {
    if let Some(directory) = env::var_os(INSIDE) {
        let directory = PathBuf::from(directory);
        prepare(&directory);
        return body(&directory);
    }
    // The closure's type is named after the function that it stands in.
    let path = type_name::<F>().trim_end_matches("::{{closure}}");
    let name = path.split_once("::").map_or(path, |(_, name)| name);
    if let Some(missing) = missing(needs) {
        let skipped = env::var(SKIP).unwrap_or_default();
        assert!(
            skipped.split_whitespace().any(|word| word == missing),
            "{missing}: not available here. These tests run as root on Debian with:\n  \
             apt-get install knot knot-dnsutils curl dnsperf chromium iproute2 util-linux nsd \
             bind9-utils unbound bind9 knot-resolver pdns-recursor libnss3-tools\n\
             or call ./test, which says what it skips"
        );
        // Past the test harness, which shows nothing of a test that passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED {name}: {missing} is not available here");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let output = Command::new("timeout")
        .args(["--signal=KILL", LONGEST])
        .args(["unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"])
        .arg(env::current_exe().unwrap())
        .args(["--exact", name])
        .env(INSIDE, directory.path())
        .env("PATH", folders())
        .env_remove("RUST_LOG")
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && told.contains("1 passed"),
        "{name} inside its namespaces: {}\n{told}{}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
}

/// The first thing that is not there.
fn missing<'n>(needs: &[&'n str]) -> Option<&'n str> {
    let skipped = env::var(SKIP).unwrap_or_default();
    let refused = |word: &str| skipped.split_whitespace().any(|skipped| skipped == word);
    if refused("namespaces") || !nix::unistd::geteuid().is_root() {
        return Some("namespaces");
    }
    let folders = folders();
    let found = |program: &str| folders.split(':').any(|folder| Path::new(folder).join(program).is_file());
    needs.iter().copied().find(|program| refused(program) || !found(program))
}

/// Where programs are: servers stand where the paths of many users do not look.
fn folders() -> String {
    format!("{}:/usr/sbin:/sbin", env::var("PATH").unwrap_or_default())
}

/// Puts up the network and the room for files.
fn prepare(directory: &Path) {
    run("ip", &["link", "set", "lo", "up"]);
    // Every address of 10.53.0.0/16 is this machine's, as those of 127.0.0.0/8 are.
    run("ip", &["route", "add", "local", "10.53.0.0/16", "dev", "lo"]);
    // An address of each family beside the loopback ones, or clients take that family for absent.
    for address in ["10.53.0.99/32", "fd53::3/64", "fd53::99/64"] {
        run("ip", &["address", "add", address, "dev", "lo"]);
    }
    run("mount", &["-t", "tmpfs", "-o", ROOM, "tmpfs", directory.to_str().unwrap()]);
}

/// Runs a program that has to succeed.
pub(super) fn run(program: &str, arguments: &[&str]) -> Output {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments:?}: {}\n{told}", output.status);
    output
}

/// Looks again and again until `look` finds something, for at most so many seconds.
pub(super) fn wait<T>(what: &str, seconds: u64, mut look: impl FnMut() -> Option<T>) -> T {
    let started = now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(started.elapsed() < Duration::from_secs(seconds), "waited {seconds} s in vain: {what}");
        // How often one looks decides nothing; only the condition and the limit do.
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// The time, for limits of waiting alone.
#[expect(clippy::disallowed_methods, reason = "these tests run against real programs in real time")]
pub(super) fn now() -> Instant {
    Instant::now()
}
