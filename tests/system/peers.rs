//! Other resolvers, on loopback addresses of their own.

use std::fs::{self, File};
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::inside::run;

/// Name, program, arguments; `FOLDER` is replaced.
const PROGRAMS: [(&str, &str, &[&str]); 4] = [
    ("unbound", "unbound", &["-d", "-c", "FOLDER/conf"]),
    ("bind", "named", &["-g", "-n", "1", "-c", "FOLDER/conf"]),
    ("knot", "kresd", &["-n", "-c", "FOLDER/conf", "FOLDER"]),
    ("powerdns", "pdns_recursor", &["--config-dir=FOLDER", "--config-name="]),
];
/// Where the first one answers; the others follow.
const FIRST: u8 = 2;

/// A running resolver, ended with the value or with the namespace.
pub(super) struct Peer {
    pub(super) name: &'static str,
    pub(super) address: IpAddr,
    process: Child,
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts Unbound, BIND, Knot Resolver or PowerDNS Recursor, by its place among these, in a folder of its own. `FOLDER` and
/// `ADDRESS` are replaced in the configuration; what is `beside` it stands in a file of that name.
pub(super) fn start(directory: &Path, place: usize, configuration: &str, beside: (&str, &str)) -> Peer {
    let (name, program, arguments) = PROGRAMS[place];
    let address = Ipv4Addr::new(127, 0, 0, FIRST + u8::try_from(place).unwrap());
    // BIND listens on addresses that an interface has.
    run("ip", &["address", "replace", &format!("{address}/32"), "dev", "lo"]);
    let folder = directory.join(name);
    fs::create_dir_all(&folder).unwrap();
    let fill = |text: &str| {
        text.replace("FOLDER", folder.to_str().unwrap()).replace("ADDRESS", &address.to_string())
    };
    for (file, text) in [("conf", configuration), ("recursor.conf", configuration), beside] {
        fs::write(folder.join(file), fill(text)).unwrap();
    }
    let arguments: Vec<String> = arguments.iter().map(|argument| fill(argument)).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    Peer { name, address: address.into(), process: spawn(&folder, program, &arguments) }
}

/// Starts a program that writes to a log in a folder.
pub(super) fn spawn(folder: &Path, program: &str, arguments: &[&str]) -> Child {
    let log = File::create(folder.join("log")).unwrap();
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
    command.spawn().unwrap()
}
