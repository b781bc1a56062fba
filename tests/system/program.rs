//! `rempart` as a process: configured, started, asked for its counters, stopped.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use super::inside::wait;

/// The program under test.
pub(super) const REMPART: &str = env!("CARGO_BIN_EXE_rempart");

/// Where the standard configuration listens.
pub(super) const SERVER: &str = "\
[server]
listen = [\"127.0.0.1:53\", \"[::1]:53\"]
page = [\"127.0.0.1:80\"]
admin = \"127.0.0.1:9451\"
threads = 2
";

/// A running daemon. Dropped in a test that fails, it shows the end of its log.
pub(super) struct Rempart {
    child: Child,
    /// The configuration file.
    pub(super) configuration: PathBuf,
    log: PathBuf,
}

impl Rempart {
    /// Starts it on a configuration and waits until it is ready.
    pub(super) fn start(directory: &Path, configuration: &str) -> Self {
        Self::start_logging(directory, configuration, None)
    }

    /// Starts it with `RUST_LOG` set, and waits until it is ready.
    pub(super) fn start_logging(directory: &Path, configuration: &str, filter: Option<&str>) -> Self {
        let mut rempart = Self::spawn(directory, configuration, filter);
        wait("rempart to be ready", 30, || {
            if let Some(status) = rempart.child.try_wait().unwrap() {
                panic!("rempart ended with {status}");
            }
            http("127.0.0.1:9451", "/readyz", "localhost", "")
                .filter(|told| told.contains("ready"))
                .map(|_| ())
        });
        rempart
    }

    /// Starts it without waiting for anything.
    pub(super) fn spawn(directory: &Path, configuration: &str, filter: Option<&str>) -> Self {
        let path = directory.join("rempart.toml");
        fs::write(&path, configuration).unwrap();
        let log = directory.join("rempart.log");
        let output = File::options().create(true).append(true).open(&log).unwrap();
        let mut command = Command::new(REMPART);
        command.arg("--config").arg(&path).stdin(Stdio::null());
        command.stdout(output.try_clone().unwrap()).stderr(output);
        if let Some(filter) = filter {
            command.env("RUST_LOG", filter);
        }
        Self { child: command.spawn().unwrap(), configuration: path, log }
    }

    /// Its process number.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Runs a command of the program with this daemon's configuration.
    pub(super) fn command(&self, arguments: &[&str]) -> Output {
        command(&self.configuration, arguments)
    }

    /// Has it look at its files now. Gives back whether all was taken, and what was told.
    pub(super) fn reload(&self, arguments: &[&str]) -> (bool, String) {
        let output = self.command(&[&["reload"], arguments].concat());
        (output.status.success(), text(&output))
    }

    /// All counters.
    pub(super) fn metrics(&self) -> String {
        http("127.0.0.1:9451", "/metrics", "localhost", "").expect("metrics")
    }

    /// One counter, by its name with labels; 0 where it is absent.
    pub(super) fn metric(&self, name: &str) -> f64 {
        let all = self.metrics();
        let value = all.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
        value.map_or(0.0, |value| value.parse().unwrap())
    }

    /// Everything that it wrote since the first start in this directory.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Waits until something stands in the log.
    pub(super) fn wait_for_log(&self, words: &str) {
        wait(&format!("`{words}` in the log"), 30, || self.log().contains(words).then_some(()));
    }

    /// Resident memory, in KiB.
    pub(super) fn memory(&self) -> u64 {
        let value = self.fact("VmRSS:");
        value.trim_end_matches("kB").trim().parse().unwrap()
    }

    /// A line of `/proc/PID/status`, without its key.
    pub(super) fn fact(&self, key: &str) -> String {
        let status = fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap();
        status.lines().find_map(|line| line.strip_prefix(key)).unwrap().trim().to_owned()
    }

    /// Sends a signal, by its name without `SIG`.
    pub(super) fn signal(&self, signal: &str) {
        super::inside::run("kill", &[&format!("-{signal}"), &self.id().to_string()]);
    }

    /// Waits until it has ended.
    pub(super) fn ended(&mut self) -> ExitStatus {
        wait("rempart to end", 30, || self.child.try_wait().unwrap())
    }
}

impl Drop for Rempart {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            let log = self.log();
            let skipped = log.lines().count().saturating_sub(60);
            let end: Vec<&str> = log.lines().skip(skipped).collect();
            eprintln!("--- the end of rempart's log\n{}\n---", end.join("\n"));
        }
    }
}

/// Runs a command of the program with a configuration file.
pub(super) fn command(configuration: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(REMPART);
    command.arg("--config").arg(configuration).args(arguments).stdin(Stdio::null());
    command.output().unwrap()
}

/// All that a command wrote.
pub(super) fn text(output: &Output) -> String {
    [&output.stdout[..], &output.stderr].map(String::from_utf8_lossy).concat()
}

/// Asks over HTTP/1.1, with more header lines where needed. `None` where nobody answers.
pub(super) fn http(address: &str, path: &str, host: &str, headers: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n").ok()?;
    let mut told = String::new();
    stream.read_to_string(&mut told).ok()?;
    Some(told)
}

/// Puts a file in its place whole, as publishers should.
pub(super) fn replace(path: &Path, content: &str) {
    let draft = path.with_extension("draft");
    fs::write(&draft, content).unwrap();
    fs::rename(&draft, path).unwrap();
}

/// The `[update]` section for one file, looked at only when told to.
pub(super) fn one_list(source: &Path, state: Option<&Path>) -> String {
    let state = state.map_or(String::new(), |state| format!("state = \"{}\"\n", state.display()));
    format!(
        "[update]\nwatch = 0\n{state}[[update.lists]]\nname = \"big\"\nsource = \"{}\"\n",
        source.display()
    )
}
