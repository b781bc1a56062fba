//! The publisher's program, killed at any moment, short of disk, and twice at once: what is published verifies after
//! each, and the same command can be given again.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

const AUTHORITY: &str = env!("CARGO_BIN_EXE_rempart-authority");

/// A workspace with a delegated role `fr`, and what is needed to publish for it.
struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let office = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(office.path("passphrase"), "a passphrase for a test\n").unwrap();
        Command::new("chmod").arg("600").arg(office.path("passphrase")).status().unwrap();
        let demo = include_str!("../blocklists/demo/header.toml").replace("demo/nudification", "fr/games");
        let dated = |line: &&str| ["serial", "issued", "expires"].iter().all(|key| !line.starts_with(key));
        let header: Vec<&str> = demo.lines().filter(dated).collect();
        fs::write(office.path("header.toml"), header.join("\n")).unwrap();
        office.succeeds("init desk --holders ana ben --yes --passphrase-file passphrase");
        office.succeeds(
            "delegate desk fr --path fr/* --holders one two --key desk/keys/ana.pem desk/keys/ben.pem --yes \
             --passphrase-file passphrase",
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

    fn succeeds(&self, line: &str) -> Output {
        let output = self.command(line).output().unwrap();
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        output
    }

    /// The command that publishes a list of these many names.
    fn publish(&self, names: u32) -> Command {
        let list: String = (0..names).map(|number| format!("n{number}.example\n")).collect();
        let file = format!("list-{names}");
        fs::write(self.path(&file), list).unwrap();
        self.command(&format!(
            "publish desk {file} --header header.toml --target fr/games.jsonl.zst --key desk/keys/one.pem \
             desk/keys/two.pem --yes --accept-leap --passphrase-file passphrase"
        ))
    }

    /// The serial that a client finds, which has verified everything.
    fn verified(&self, when: &str) -> u64 {
        let output =
            self.command("verify desk --root desk/public/metadata/1.root.json --json").output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{when}: {told}{}", String::from_utf8_lossy(&output.stderr));
        let mut serials = told.match_indices("\"serial\":");
        let Some((at, key)) = serials.next() else { return 0 };
        let rest = told[at + key.len()..].trim_start();
        rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap()].parse().unwrap()
    }
}

/// Numbers without pattern, the same in every run.
pub(crate) fn scattered(seed: u64) -> u64 {
    let mixed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (mixed ^ (mixed >> 31)).wrapping_mul(0x94d0_49bb_1331_11eb) >> 20
}

#[test]
fn a_publisher_killed_at_any_moment_leaves_what_verifies() {
    let office = Office::new();
    assert!(office.publish(100).output().unwrap().status.success());
    let mut serial = office.verified("at first");
    let kills: u64 = std::env::var("REMPART_KILLS").map_or(25, |kills| kills.parse().unwrap());
    let (mut cut, mut done) = (0, 0);
    // About as long as the program takes; those that are done before are no loss.
    const LONGEST: u64 = 600_000;
    for round in 0..kills {
        let mut publisher = office.publish(101 + round as u32).spawn().unwrap();
        thread::sleep(Duration::from_micros(scattered(round) % LONGEST));
        publisher.kill().unwrap();
        match publisher.wait().unwrap().success() {
            true => done += 1,
            false => cut += 1,
        }
        let now = office.verified(&format!("after kill {round}"));
        // Its own, and what the one before it had signed and not yet published: the next command goes on with that.
        assert!((serial..=serial + 2).contains(&now), "{now} after {serial}");
        serial = now;
    }
    assert!(cut > 0, "{done} publishers were all done before they were killed");
    let output = office.publish(500).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let last = office.verified("at last");
    assert!((serial + 1..=serial + 2).contains(&last), "{last} after {serial}");
}

#[test]
fn two_publishers_at_once_publish_one_after_the_other() {
    let office = Office::new();
    let publishers: Vec<_> = (100..104).map(|names| office.publish(names).spawn().unwrap()).collect();
    let outputs: Vec<Output> = publishers.into_iter().map(|it| it.wait_with_output().unwrap()).collect();
    let published = outputs.iter().filter(|output| output.status.success()).count() as u64;
    assert!(published >= 1);
    for output in outputs.iter().filter(|output| !output.status.success()) {
        // Whoever did not get the workspace, or prepared a serial that another took meanwhile, is told so.
        assert!(!output.stderr.is_empty());
    }
    assert_eq!(office.verified("after both"), published);
}

#[test]
fn where_nothing_more_can_be_written_what_was_published_stays() {
    let office = Office::new();
    assert!(office.publish(100).output().unwrap().status.success());
    let publish = office.publish(50_000);
    let quoted = |argument: &std::ffi::OsStr| format!("'{}'", argument.to_str().unwrap());
    let line: Vec<String> = publish.get_args().map(quoted).collect();
    // No file may grow beyond 8 KiB: writing fails in the midst of the list, as on a full disk.
    let script = format!("trap '' XFSZ; ulimit -f 8; exec '{AUTHORITY}' {}", line.join(" "));
    let output =
        Command::new("bash").arg("-c").arg(script).current_dir(office.folder.path()).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains("cannot write"), "{told}");
    assert_eq!(office.verified("without room"), 1);
    let output = office.publish(101).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(office.verified("with room again"), 2);
}
