//! The desk beside real things: a resolver that it asks, and a disk that is full.

use std::fs;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Output};

use super::exports::{AUTHORITY, everything_exists};
use super::inside::{inside, run, wait};
use super::program::text;

fn desk(folder: &Path, line: &str) -> Output {
    Command::new(AUTHORITY).args(line.split_whitespace()).current_dir(folder).output().unwrap()
}

fn succeeds(folder: &Path, line: &str) -> String {
    let output = desk(folder, line);
    assert!(output.status.success(), "{line}: {}", text(&output));
    text(&output)
}

/// A docket of two, in the file `docket` of a folder.
fn found(folder: &Path) {
    let header = "list = \"fr/x\"\njurisdiction = \"FR\"\ncategory = \"nudification\"\nauthority = \"A\"\n\
                  legal_basis = \"Act 1\"\nappeal = \"mailto:a@a.example\"\n";
    fs::write(folder.join("header.toml"), header).unwrap();
    for name in ["ana", "ben"] {
        succeeds(folder, &format!("key new {name} --unencrypted --yes"));
    }
    succeeds(folder, "docket init docket --public-key ana.pub.json ben.pub.json --with ana.pem --yes");
    succeeds(folder, "docket list docket --header header.toml --target fr/x.jsonl.zst --with ana.pem --yes");
}

#[test]
fn a_resolver_tells_which_names_share_an_address() {
    inside(&["ip", "unshare", "nsd"], |directory| {
        found(directory);
        let mut nsd = everything_exists(directory);
        wait("nsd to answer", 30, || TcpStream::connect("127.0.0.1:5399").ok());
        // Every name there is has one address there, those of help services too.
        let told = succeeds(directory, "impact docket nude.example --resolver 127.0.0.1:5399");
        assert!(told.contains("LOOK     nude.example"), "{told}");
        assert!(told.contains("has the address 192.0.2.1 in common with "), "{told}");
        nsd.kill().unwrap();
        nsd.wait().unwrap();
        let told = text(&desk(directory, "impact docket nude.example --resolver 127.0.0.1:5399"));
        assert!(told.contains("the resolver 127.0.0.1:5399 gave no answer"), "{told}");
    });
}

#[test]
fn a_desk_on_a_full_disk_did_nothing() {
    inside(&["ip", "unshare", "mount"], |directory| {
        let disk = directory.join("disk");
        fs::create_dir(&disk).unwrap();
        run("mount", &["-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.to_str().unwrap()]);
        found(&disk);
        succeeds(&disk, "propose docket a.example --case C-1 --with ana.pem --yes");
        let names: String = (0..20_000).map(|number| format!("n{number}.example\n")).collect();
        fs::write(directory.join("names"), names).unwrap();
        let propose = "propose docket --file ../names --shape domains --case C-2 --with ana.pem --yes";
        let output = desk(&disk, propose);
        assert!(!output.status.success() && text(&output).contains("nothing was done"), "{}", text(&output));
        assert!(succeeds(&disk, "docket verify docket").contains("3 acts on 1 decisions"));
        run("mount", &["-o", "remount,size=100m", disk.to_str().unwrap()]);
        succeeds(&disk, propose);
        assert!(succeeds(&disk, "docket verify docket").contains("4 acts on 20001 decisions"));
    });
}
