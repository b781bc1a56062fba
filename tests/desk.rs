//! Desks as data: what people do over days, and how each of it must end.
//!
//! A file of `tests/desk` is a row of steps. `do` is a command line of `rempart-authority`, in which `@` is the folder of the
//! desk and `'…'` holds words together; `day` is when, counted from the first, and stays until the next; `says` must be in
//! what the command tells, and `refused` in why it does not. `sql` changes the database behind the desk's back, and `write`
//! makes a file of `text`. What ran is done with both databases.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::Parser;
use jiff::{SignedDuration, Timestamp};
use rempart::cli::Console;
use rempart::cli::authority::{Arguments, refusal, run};
use serde::Deserialize;
use sqlx::{Connection, Executor};

const FIRST_DAY: &str = "2026-03-02T08:00:00Z";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    step: Vec<Step>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    day: Option<i64>,
    #[serde(rename = "do")]
    command: Option<String>,
    #[serde(default)]
    says: Vec<String>,
    #[serde(default)]
    silent_on: Vec<String>,
    #[serde(default)]
    refused: Vec<String>,
    sql: Option<String>,
    write: Option<PathBuf>,
    text: Option<String>,
}

/// A desk in a folder, and its database.
struct Desk {
    folder: tempfile::TempDir,
    server: Option<String>,
}

impl Desk {
    fn play(&self, scenario: &Scenario) {
        let mut now: Timestamp = FIRST_DAY.parse().unwrap();
        for (step, number) in scenario.step.iter().zip(1..) {
            if let Some(day) = step.day {
                now = FIRST_DAY.parse::<Timestamp>().unwrap() + SignedDuration::from_hours(24 * (day - 1));
            }
            // Every command takes a while.
            now += SignedDuration::from_millis(20_300);
            self.step(step, number, now);
        }
    }

    fn step(&self, step: &Step, number: usize, now: Timestamp) {
        if let Some(path) = &step.write {
            fs::write(self.folder.path().join(path), step.text.as_deref().unwrap_or_default()).unwrap();
        }
        if let Some(sql) = &step.sql {
            self.sql(sql);
        }
        let Some(line) = &step.command else { return };
        let (words, told) =
            (words(&line.replace('@', self.folder.path().to_str().unwrap())), self.run(line, now));
        let text = match (&told, step.refused.is_empty()) {
            (Ok(text), true) | (Err(text), false) => text,
            (Ok(text), false) => panic!("step {number}, {line}: was not refused, and said\n{text}"),
            (Err(text), true) => panic!("step {number}, {words:?}: {text}"),
        };
        for expected in step.says.iter().chain(&step.refused) {
            assert!(text.contains(expected), "step {number}, {line}: no `{expected}` in\n{text}");
        }
        for unexpected in &step.silent_on {
            assert!(!text.contains(unexpected), "step {number}, {line}: `{unexpected}` in\n{text}");
        }
    }

    fn run(&self, line: &str, now: Timestamp) -> Result<String, String> {
        let line = line.replace('@', self.folder.path().to_str().unwrap());
        let words = ["rempart-authority".to_owned()].into_iter().chain(words(&line));
        let arguments = Arguments::try_parse_from(words).map_err(|error| error.to_string())?;
        let mut output = Vec::new();
        let mut console = Console { output: &mut output, answers: None };
        let code = run(arguments, now, &mut console).map_err(|error| refusal(&error))?;
        let text = String::from_utf8(output).unwrap();
        if code == ExitCode::SUCCESS { Ok(text) } else { Err(format!("exit code {code:?}\n{text}")) }
    }

    fn sql(&self, sql: &str) {
        let url = match &self.server {
            Some(url) => url.clone(),
            None => format!("sqlite://{}/desk/docket.sqlite", self.folder.path().display()),
        };
        sqlx::any::install_default_drivers();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut connection = sqlx::AnyConnection::connect(&url).await.unwrap();
            connection.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
        });
    }
}

/// The words of a command line; `'` holds some together.
fn words(line: &str) -> Vec<String> {
    let parts = line.split('\'').zip(0..);
    let words = parts.flat_map(|(part, index)| match index % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

fn scenarios() -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/desk");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let scenario = toml::from_str(&fs::read_to_string(&path).unwrap());
        scenario.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    paths.into_iter().map(read).collect()
}

#[test]
fn desks_end_as_they_must() {
    for scenario in scenarios() {
        let desk = Desk { folder: tempfile::tempdir().unwrap(), server: None };
        desk.play(&scenario);
    }
}

#[test]
fn desks_end_the_same_on_a_server() {
    let Some(server) = Server::start() else { return };
    for (scenario, number) in scenarios().into_iter().zip(1..) {
        let url = server.database(&format!("desk{number}"));
        let desk = Desk { folder: tempfile::tempdir().unwrap(), server: Some(url.clone()) };
        // `init` writes authority.toml; the docket is where that says.
        let (found, rest): (Vec<Step>, Vec<Step>) = {
            let at = scenario
                .step
                .iter()
                .position(|step| step.command.as_ref().is_some_and(|line| line.starts_with("docket init")));
            let mut steps = scenario.step;
            let rest = steps.split_off(at.unwrap());
            (steps, rest)
        };
        desk.play(&Scenario { step: found });
        let terms = desk.folder.path().join("desk/authority.toml");
        let text = fs::read_to_string(&terms).unwrap();
        fs::write(&terms, text.replace("docket.sqlite", &url)).unwrap();
        desk.play(&Scenario { step: rest });
    }
}

/// A PostgreSQL server of its own, reached by a socket alone.
pub(crate) struct Server {
    folder: tempfile::TempDir,
    programs: PathBuf,
    as_user: Vec<String>,
}

impl Server {
    pub(crate) fn start() -> Option<Self> {
        let programs = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let programs =
            programs.map(|entry| entry.path().join("bin")).filter(|path| path.join("initdb").exists()).max();
        let Some(programs) = programs else {
            let may = std::env::var("REMPART_SKIP_SYSTEM").unwrap_or_default();
            assert!(
                may.split_whitespace().any(|word| word == "pg_ctlcluster"),
                "this test needs a PostgreSQL server: apt install postgresql, or call ./test, which says what it skips"
            );
            // Past the test harness, which shows nothing of a test that passes.
            let _ =
                writeln!(std::io::stderr(), "SKIPPED desk on a server: pg_ctlcluster is not available here");
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        // It refuses to run as root, who lends it the folder.
        let is_root =
            fs::metadata(folder.path()).is_ok_and(|it| std::os::unix::fs::MetadataExt::uid(&it) == 0);
        let as_user: Vec<String> = match is_root {
            true => ["runuser", "-u", "postgres", "--"].map(str::to_owned).into(),
            false => Vec::new(),
        };
        if is_root {
            let owned = Command::new("chown").arg("postgres").arg(folder.path()).status().unwrap();
            assert!(owned.success());
        }
        let server = Self { folder, programs, as_user };
        let data = server.folder.path().join("data").display().to_string();
        let socket = server.folder.path().display().to_string();
        server.run("initdb", &["-D", &data, "-A", "trust", "-U", "desk", "--no-sync"]);
        let options = format!("-c listen_addresses='' -c unix_socket_directories='{socket}' -c fsync=off");
        let log = format!("{socket}/log");
        server.run("pg_ctl", &["-D", &data, "-l", &log, "-w", "-o", &options, "start"]);
        Some(server)
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut words = self.as_user.clone();
        words.push(self.programs.join(program).display().to_string());
        words.extend(arguments.iter().map(|word| (*word).to_owned()));
        let done = Command::new(&words[0]).args(&words[1..]).current_dir("/").output().unwrap();
        assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    }

    /// Does something in a database, as its owner.
    pub(crate) fn sql(&self, database: &str, sql: &str) {
        let socket = self.folder.path().display().to_string();
        self.run("psql", &["-h", &socket, "-U", "desk", "-d", database, "-q", "-c", sql]);
    }

    /// A new database, by its URL.
    pub(crate) fn database(&self, name: &str) -> String {
        let socket = self.folder.path().display().to_string();
        self.run("createdb", &["-h", &socket, "-U", "desk", name]);
        format!("postgres://desk@localhost/{name}?host={}", socket.replace('/', "%2F"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.path().join("data").display().to_string();
        self.run("pg_ctl", &["-D", &data, "-m", "immediate", "-w", "stop"]);
    }
}
