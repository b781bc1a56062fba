//! The desk's program, killed at any moment, short of disk, several at once, and at the hands of an auditor who may only
//! read: the docket is in order after each, and a command is done wholly or not at all.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::desk::Server;
use crate::publishing::scattered;

const AUTHORITY: &str = env!("CARGO_BIN_EXE_rempart-authority");
/// How many names are proposed by one command.
const NAMES: u64 = 1_000;

/// A workspace with a docket of two.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    /// A workspace without a docket.
    fn unfounded() -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap() };
        let header = "list = \"fr/x\"\njurisdiction = \"FR\"\ncategory = \"nudification\"\nauthority = \"A\"\n\
                      legal_basis = \"Act 1\"\nappeal = \"mailto:a@a.example\"\n";
        fs::write(office.path("header.toml"), header).unwrap();
        for name in ["ana", "ben"] {
            office.succeeds(&format!("key new {name} --folder keys --unencrypted --yes"));
        }
        office.succeeds("init desk --public-key keys/ana.pub.json keys/ben.pub.json --yes");
        office.succeeds("sign desk --key keys/ana.pem keys/ben.pem --yes");
        office
    }

    fn new() -> Self {
        let office = Self::unfounded();
        office.succeeds(FOUND);
        office.succeeds(
            "docket list desk --header header.toml --target fr/x.jsonl.zst --with keys/ana.pem --yes",
        );
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(AUTHORITY);
        command.args(line.split_whitespace()).current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn succeeds(&self, line: &str) -> String {
        let output = self.command(line).output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn refused(&self, line: &str) -> String {
        let output = self.command(line).output().unwrap();
        assert!(!output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stdout));
        String::from_utf8(output.stderr).unwrap()
    }

    /// The command that proposes names of a round.
    fn propose(&self, round: u64, names: u64) -> String {
        let list: String = (0..names).map(|number| format!("n{number}.round{round}.example\n")).collect();
        fs::write(self.path(&format!("names-{round}")), list).unwrap();
        format!(
            "propose desk --file names-{round} --shape domains --case C-{round} --with keys/ana.pem --yes"
        )
    }

    /// Starts a command, and kills it some time later, if it is not done by then. Whether it was done.
    fn kill(&self, line: &str, after: Duration) -> bool {
        let mut program = self.command(line).spawn().unwrap();
        thread::sleep(after);
        program.kill().unwrap();
        program.wait().unwrap().success()
    }

    /// How many decisions a docket has that is in order.
    fn decisions(&self) -> u64 {
        let told: Value = serde_json::from_str(&self.succeeds("docket verify desk --json")).unwrap();
        told["decisions"].as_u64().unwrap()
    }
}

const FOUND: &str =
    "docket init desk --public-key keys/ana.pub.json keys/ben.pub.json --with keys/ana.pem --yes";
const RELEASE: &str = "release desk --key keys/ana.pem keys/ben.pem --accept-leap --yes";

#[test]
fn a_desk_killed_at_any_moment_did_all_of_a_command_or_nothing() {
    let office = Office::new();
    let kills: u64 = std::env::var("REMPART_KILLS").map_or(12, |kills| kills.parse().unwrap());
    let (mut cut, mut decisions) = (0, 0);
    for round in 0..kills {
        // About as long as the program takes; those that are done before are no loss.
        let after = Duration::from_micros(scattered(round) % 1_500_000);
        cut += u64::from(!office.kill(&office.propose(round, NAMES), after));
        let now = office.decisions();
        assert!(now == decisions || now == decisions + NAMES, "{now} after {decisions}, round {round}");
        decisions = now;
    }
    assert!(cut > 0, "no proposal was cut short");
    office.succeeds(&office.propose(kills, NAMES));
    for verb in ["review", "approve"] {
        let line = format!("{verb} desk --case C-{kills} --with keys/ben.pem --yes");
        for round in 0..4 {
            office.kill(&line, Duration::from_micros(scattered(round) % 1_500_000));
            office.decisions();
        }
        // Done already by one of these, or done now.
        office.command(&line).output().unwrap();
    }
    let told = office.succeeds(&format!("decisions desk --case C-{kills} --state approved"));
    assert!(told.ends_with(&format!("{NAMES} decisions\n")), "{told}");
    for round in 0..6 {
        office.kill(RELEASE, Duration::from_micros(scattered(round + 100) % 1_500_000));
        office.decisions();
        office.command("verify desk").output().unwrap();
    }
    office.succeeds(RELEASE);
    assert!(office.succeeds("settle desk --with keys/ana.pem --yes").contains("knows what is public"));
    let told = office.succeeds("worklist desk");
    assert!(!told.contains("to be published") && !told.contains("WITHOUT A DECISION"), "{told}");
}

#[test]
fn a_founding_killed_at_any_moment_is_repeated() {
    let office = Office::unfounded();
    let mut cut = 0;
    for round in 0..10 {
        let was_done = office.kill(FOUND, Duration::from_micros(scattered(round) % 120_000));
        cut += u64::from(!was_done);
        let again = office.command(FOUND).output().unwrap();
        let told = String::from_utf8_lossy(&again.stderr).into_owned();
        assert!(again.status.success() || told.contains("already; it is never overwritten"), "{told}");
        office.succeeds("docket verify desk");
        for left in ["docket.sqlite", "docket.sqlite-journal", "docket.seen"] {
            _ = fs::remove_file(office.path("desk").join(left));
        }
    }
    assert!(cut > 0, "no founding was cut short");
}

#[test]
fn a_desk_without_room_did_nothing() {
    let office = Office::new();
    office.succeeds(&office.propose(1, NAMES));
    let line = office.propose(2, 20 * NAMES);
    // No file may grow beyond 4 MiB: writing fails in the midst of the docket, as on a full disk.
    let script = format!("trap '' XFSZ; ulimit -f 4096; exec '{AUTHORITY}' {line}");
    let output =
        Command::new("bash").arg("-c").arg(script).current_dir(office.folder.path()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains("nothing was done"), "{told}");
    assert_eq!(office.decisions(), NAMES);
    office.succeeds(&line);
    assert_eq!(office.decisions(), 21 * NAMES);
}

#[test]
fn several_at_one_desk_wait_for_each_other() {
    let office = Office::new();
    let lines = (0..6).map(|round| office.propose(round, NAMES));
    let programs: Vec<_> = lines.map(|line| office.command(&line).spawn().unwrap()).collect();
    for program in programs {
        let output: Output = program.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(office.decisions(), 6 * NAMES);
}

#[test]
fn what_is_no_docket_is_left_alone() {
    let office = Office::unfounded();
    for content in ["not a database at all, but a letter", ""] {
        fs::write(office.path("desk/docket.sqlite"), content).unwrap();
        let told = office.refused("worklist desk");
        assert!(told.contains("docket"), "{told}");
    }
    let letter = "not a database at all, but a letter";
    fs::write(office.path("desk/docket.sqlite"), letter).unwrap();
    office.refused(FOUND);
    assert_eq!(fs::read_to_string(office.path("desk/docket.sqlite")).unwrap(), letter);
}

#[test]
fn an_auditor_who_may_only_read_exports_everything() {
    let Some(server) = Server::start() else { return };
    let office = Office::unfounded();
    let url = server.database("audited");
    let terms = office.path("desk/authority.toml");
    let text = fs::read_to_string(&terms).unwrap();
    fs::write(&terms, text.replace("docket.sqlite", &url)).unwrap();
    office.succeeds(FOUND);
    office
        .succeeds("docket list desk --header header.toml --target fr/x.jsonl.zst --with keys/ana.pem --yes");
    office.succeeds(&office.propose(1, NAMES));
    server.sql("audited", "CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
    let reader = url.replace("desk@", "reader@");
    assert!(office.succeeds(&format!("docket verify {reader}")).contains("3 acts on 1000 decisions"));
    office.succeeds(&format!("docket export {reader} --out docket.jsonl"));
    let lines = fs::read_to_string(office.path("docket.jsonl")).unwrap();
    assert_eq!(lines.lines().count() as u64, 3 + NAMES);
    assert!(office.succeeds(&format!("worklist {reader}")).contains("1000  to be reviewed"));
    let told = office.refused(&format!("review {reader} --case C-1 --with keys/ben.pem --yes"));
    assert!(told.contains("permission denied"), "{told}");
}
