//! A daemon's life: its start, its user, crashes at any moment, a full disk, its end.

use std::fs;
use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use std::process::Command;

use super::ask::{A, Tcp, is_blocked, query, rcode, udp_here};
use super::inside::{inside, run, wait};
use super::program::{Rempart, SERVER, command, one_list, replace, text};
use super::world::{Slow, World};

const NEEDS: &[&str] = &["ip", "unshare", "kdig"];
const KILLS: usize = 20;
const NAMES: usize = 5_000;

/// A list of one generation: many names, and one that no other generation has.
fn generation(number: usize) -> String {
    let many: String = (0..NAMES).map(|name| format!("n{name}.listed.example\n")).collect();
    format!("{many}generation{number}.example\n")
}

/// Looks at which generation is stored, until it is another one or so many times.
fn look(state: &Path, times: usize) -> usize {
    let before = newest(state);
    (0..times).take_while(|_| newest(state) == before).count()
}

/// The greatest number of a generation with a record.
fn newest(state: &Path) -> Option<u64> {
    let entries = fs::read_dir(state.join("lists/big")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter_map(|name| name.strip_suffix(".json")?.parse().ok()).max()
}

#[test]
fn killed_at_any_moment_it_starts_again_from_its_state() {
    inside(NEEDS, |directory| {
        let (list, state) = (directory.join("list"), directory.join("state"));
        fs::create_dir(&state).unwrap();
        let configuration = format!("{SERVER}{}", one_list(&list, Some(&state)));
        replace(&list, &generation(0));
        let mut rempart = Rempart::start(directory, &configuration);
        // How many looks an update takes: the moments of death are counted in looks, not in time.
        replace(&list, &generation(1));
        rempart.signal("HUP");
        let update = look(&state, 50_000_000);
        wait("the update", 30, || is_blocked("generation1.example").then_some(()));
        let mut kept = Vec::new();
        for round in 2..KILLS + 2 {
            replace(&list, &generation(round));
            rempart.signal("HUP");
            // From before the update begins to well after its end; the last time until it has ended.
            look(&state, if round > KILLS { 50_000_000 } else { (round - 2) * update / (KILLS / 2) });
            rempart.signal("KILL");
            rempart.ended();
            // Only the state directory can bring it back.
            fs::remove_file(&list).unwrap();
            rempart = Rempart::start(directory, &configuration);
            assert!(is_blocked("n4999.listed.example"), "round {round}");
            let served = (0..=round).rev().find(|number| is_blocked(&format!("generation{number}.example")));
            kept.push(served.unwrap_or_else(|| panic!("round {round}: no generation serves")));
        }
        assert!(kept.is_sorted(), "a generation came back that had been replaced: {kept:?}");
        assert_eq!(kept.last(), Some(&(KILLS + 1)), "what was stored before the crash is kept: {kept:?}");
        replace(&list, &generation(KILLS + 2));
        assert!(rempart.reload(&[]).0);
        assert!(is_blocked(&format!("generation{}.example", KILLS + 2)));
    });
}

#[test]
fn what_crashes_leave_in_the_state_directory_is_cleared_away() {
    inside(NEEDS, |directory| {
        let (list, state) = (directory.join("list"), directory.join("state"));
        fs::create_dir_all(state.join("lists/big")).unwrap();
        replace(&list, &generation(0));
        // As a daemon leaves it that is killed while it copies.
        fs::write(state.join("lists/big/.draft-AbCdEf"), "half").unwrap();
        let configuration = format!("{SERVER}{}", one_list(&list, Some(&state)));
        let _rempart = Rempart::start(directory, &configuration);
        let left: Vec<_> =
            fs::read_dir(state.join("lists/big")).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert!(!left.iter().any(|path| path.ends_with(".draft-AbCdEf")), "{left:?}");
    });
}

#[test]
fn a_full_disk_costs_the_copy_and_not_the_list() {
    inside(NEEDS, |directory| {
        let (list, state) = (directory.join("list"), directory.join("state"));
        fs::create_dir(&state).unwrap();
        run("mount", &["-t", "tmpfs", "-o", "size=2m", "tmpfs", state.to_str().unwrap()]);
        let names =
            |count| -> String { (0..count).map(|name| format!("n{name}.listed.example\n")).collect() };
        replace(&list, &names(1_000));
        let configuration = format!("{SERVER}{}largest_gain = 20000\n", one_list(&list, Some(&state)));
        let rempart = Rempart::start(directory, &configuration);
        replace(&list, &names(200_000));
        let (taken, told) = rempart.reload(&["--accept-loss"]);
        assert!(taken && told.contains("not kept") && told.contains("free disk space"), "{told}");
        assert!(is_blocked("n999.listed.example") && is_blocked("n199999.listed.example"));
        assert_eq!(rempart.metric("rempart_list_refused_total{list=\"big\"}"), 0.0);
        assert!(rempart.log().contains("free disk space"));
        // Nothing of it stays behind, so the next one fits.
        replace(&list, &names(2_000));
        let (taken, told) = rempart.reload(&["--accept-loss"]);
        assert!(taken && !told.contains("not kept"), "{told}");
        assert!(is_blocked("n1999.listed.example") && !is_blocked("n2000.listed.example"));
    });
}

#[test]
fn told_to_stop_it_answers_what_is_under_way() {
    inside(&["ip", "unshare", "knotd", "keymgr", "kdig"], |directory| {
        let world = World::start(directory);
        let slow = Slow::start();
        let mut rempart = Rempart::start(directory, &format!("{SERVER}{}", world.resolver()));
        let question = query(1, "held.slow.example", A, false);
        let mut connection = Tcp::connect();
        connection.send(&question);
        let over_udp = std::thread::spawn({
            let question = query(2, "held.slow.example", A, false);
            move || udp_here(&question)
        });
        let release = slow.hold();
        wait("both queries to wait", 10, || (rempart.metric("rempart_queries_waiting") == 2.0).then_some(()));
        rempart.signal("TERM");
        rempart.wait_for_log("stopping: what is under way is answered first");
        release();
        assert_eq!(rcode(&over_udp.join().unwrap()), 0, "the query over UDP is answered");
        assert_eq!(rcode(&connection.receive()), 0, "the query over TCP is answered");
        assert!(rempart.ended().success());
    });
}

#[test]
fn told_to_stop_while_idle_it_stops_at_once() {
    inside(NEEDS, |directory| {
        for signal in ["TERM", "INT"] {
            let mut rempart = Rempart::start(directory, SERVER);
            // A client that stays connected without a question holds up nothing.
            let _idle = Tcp::connect();
            rempart.signal(signal);
            assert!(rempart.ended().success(), "{signal}");
        }
    });
}

#[test]
fn what_it_cannot_bind_is_told_with_a_remedy() {
    inside(NEEDS, |directory| {
        let rempart = Rempart::start(directory, SERVER);
        let second = rempart.command(&["run"]);
        assert_eq!(second.status.code(), Some(1));
        let told = "another program has it: stop that one or choose another port";
        assert!(text(&second).contains(told), "{}", text(&second));
        drop(rempart);
        let path = directory.join("rempart.toml");
        let udp = UdpSocket::bind("127.0.0.1:53").unwrap();
        let refused = text(&command(&path, &["run"]));
        assert!(refused.contains("127.0.0.1:53 (DNS over UDP)") && refused.contains(told), "{refused}");
        drop(udp);
        for (address, what) in [
            ("127.0.0.1:53", "DNS over TCP"),
            ("127.0.0.1:80", "warning page"),
            ("127.0.0.1:9451", "administration"),
        ] {
            let _taken = TcpListener::bind(address).unwrap();
            let refused = text(&command(&path, &["run"]));
            assert!(refused.contains(&format!("{address} ({what})")) && refused.contains(told), "{refused}");
        }
        fs::write(&path, SERVER.replace("127.0.0.1:53", "192.0.2.1:53")).unwrap();
        let refused = text(&command(&path, &["run"]));
        assert!(refused.contains("no interface of this machine has that address"), "{refused}");
    });
}

#[test]
fn privileges_are_dropped_for_good() {
    inside(NEEDS, |directory| {
        let (list, state) = (directory.join("list"), directory.join("state"));
        replace(&list, "undress.example\n");
        fs::create_dir(&state).unwrap();
        run("chown", &["nobody", state.to_str().unwrap()]);
        let server = format!("{SERVER}user = \"nobody\"\n");
        let configuration = format!("{server}{}", one_list(&list, Some(&state)));
        let rempart = Rempart::start(directory, &configuration);
        let id = run("id", &["-u", "nobody"]).stdout;
        let id = String::from_utf8(id).unwrap().trim().to_owned();
        let four = |id: &str| [id; 4].join("\t");
        assert_eq!(rempart.fact("Uid:"), four(&id));
        assert_ne!(rempart.fact("Gid:"), four("0"));
        assert_eq!(rempart.fact("NoNewPrivs:"), "1");
        for set in ["CapPrm:", "CapEff:", "CapAmb:"] {
            assert_eq!(rempart.fact(set), "0000000000000000", "{set}");
        }
        threads_are_of(rempart.id(), &id);
        assert!(is_blocked("undress.example"), "port 53 is still served");
        // As that user it still reads its list and keeps generations.
        replace(&list, "undress.example\nnew.example\n");
        assert!(rempart.reload(&[]).0 && is_blocked("new.example"));
        assert!(fs::exists(state.join("lists/big/1.json")).unwrap());
        // What that user may not read is refused with a reason.
        replace(&list, "undress.example\nnew.example\nnewer.example\n");
        run("chmod", &["600", list.to_str().unwrap()]);
        let (taken, told) = rempart.reload(&[]);
        assert!(!taken && told.contains("this user may read it"), "{told}");
        assert!(is_blocked("new.example"));
    });
}

fn threads_are_of(process: u32, user: &str) {
    for thread in fs::read_dir(format!("/proc/{process}/task")).unwrap() {
        let status = fs::read_to_string(thread.unwrap().path().join("status")).unwrap();
        assert!(status.contains(&format!("Uid:\t{user}\t{user}\t{user}\t{user}\n")), "{status}");
        assert!(status.contains("NoNewPrivs:\t1\n"), "{status}");
    }
}

#[test]
fn a_user_that_does_not_exist_is_told() {
    inside(&["ip", "unshare", "setpriv"], |directory| {
        let path = directory.join("rempart.toml");
        fs::write(&path, format!("{SERVER}user = \"nobody-at-all\"\n")).unwrap();
        let output = command(&path, &["run"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output).contains("server.user `nobody-at-all`: no such user; create it"), "{output:?}");
        // Somebody who is not root cannot become somebody else.
        let path = Path::new(directory).join("other.toml");
        fs::write(
            &path,
            format!("{}user = \"daemon\"\n", SERVER.replace(":53", ":5353").replace(":80", ":8080")),
        )
        .unwrap();
        let output = Command::new("setpriv")
            .args([
                "--reuid=nobody",
                "--regid=nogroup",
                "--clear-groups",
                super::program::REMPART,
                "--config",
            ])
            .arg(&path)
            .output()
            .unwrap();
        assert!(text(&output).contains("start as root, or remove it"), "{output:?}");
    });
}
