//! Over the network: what is asked for and what is not, servers that fail in their ways, certificates, a proxy.

use std::fs;
use std::thread;

use super::server::{Manner, Server};
use super::*;

#[test]
fn a_poll_that_finds_nothing_new_moves_no_octets() {
    let mut desk = Desk::new();
    let server = Server::start(&desk.path("centre"));
    let mut updater = start(desk.config_at(&server.address()));
    assert_eq!(look(&mut updater), "taken 10");
    server.forget();
    assert_eq!(visit(&mut updater, Mode::Poll, now()), "unchanged");
    let asked: Vec<_> =
        server.asked().into_iter().map(|asked| (asked.path, asked.status, asked.octets)).collect();
    let expected = [("/metadata/2.root.json", 404, 0), ("/metadata/timestamp.json", 304, 0)];
    assert_eq!(asked, expected.map(|(path, status, octets)| (path.to_owned(), status, octets)));
    desk.centre.put(LIST, 2, &names(11));
    assert_eq!(visit(&mut updater, Mode::Poll, now()), "taken 11");
    // A start asks anew for what has no version, and for nothing that it has kept.
    let mut updater = start(desk.config_at(&server.address()));
    server.forget();
    assert_eq!(look(&mut updater), "unchanged");
    let asked: Vec<_> = server.asked().into_iter().map(|asked| (asked.path, asked.status)).collect();
    assert_eq!(asked, [("/metadata/2.root.json".into(), 404), ("/metadata/timestamp.json".into(), 200)]);
}

#[test]
fn a_server_that_fails_leaves_the_list_in_force() {
    let mut desk = Desk::new();
    let server = Server::start(&desk.path("centre"));
    let mut updater = start(desk.config_at(&server.address()));
    look(&mut updater);
    desk.centre.put(LIST, 2, &names(11));
    let elsewhere = format!("{}/nowhere", server.address());
    for (part, manner, message) in [
        ("timestamp", Manner::Status(500), "the server says 500"),
        ("timestamp", Manner::Status(404), "timestamp"),
        ("timestamp", Manner::Endless, "longer than 65536 octets"),
        ("timestamp", Manner::Truncated, "timestamp.json"),
        ("timestamp", Manner::Redirect(elsewhere), "timestamp"),
        ("timestamp", Manner::Redirect("/metadata/timestamp.json".into()), "timestamp"),
        ("root", Manner::Status(503), "the server says 503"),
        ("snapshot", Manner::Truncated, "snapshot.json"),
        ("fr.json", Manner::Endless, "octets"),
        ("games", Manner::Status(500), "the server says 500"),
        ("games", Manner::Status(404), "the repository is incomplete"),
        ("games", Manner::Endless, "octets"),
        ("games", Manner::Truncated, "games.jsonl.zst"),
    ] {
        server.treat(part, Some(manner));
        let told = look(&mut updater);
        assert!(told.starts_with("refused: ") && told.contains(message), "{part}, {message}: {told}");
        assert_eq!(serial(&updater), 1, "{part}: {message}");
        server.treat(part, None);
    }
    assert_eq!(look(&mut updater), "taken 11");
}

#[test]
fn a_redirect_is_followed() {
    let desk = Desk::new();
    let (server, real) = (Server::start(&desk.path("nothing")), Server::start(&desk.path("centre")));
    let digest = desk.centre.target(TARGET);
    let file = digest.file_name().unwrap().to_str().unwrap();
    for path in [
        "timestamp.json",
        "2.snapshot.json",
        "1.snapshot.json",
        "2.targets.json",
        "1.targets.json",
        "2.fr.json",
    ] {
        server.treat(path, Some(Manner::Redirect(format!("{}/metadata/{path}", real.address()))));
    }
    server.treat(file, Some(Manner::Redirect(format!("{}/targets/fr/{file}", real.address()))));
    let mut updater = start(desk.config_at(&server.address()));
    assert_eq!(look(&mut updater), "taken 10");
}

#[test]
fn nobody_who_listens_is_told_with_a_remedy() {
    let desk = Desk::new();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut updater = start(desk.config_at(&format!("http://{free}/lists")));
    let told = look(&mut updater);
    assert!(told.starts_with("missing: ") && told.contains("/lists/metadata/2.root.json"), "{told}");
    assert!(told.contains("check the address, the network, `ca` and `proxy`"), "{told}");
}

#[test]
fn a_server_is_believed_under_the_given_authority_alone() {
    let desk = Desk::new();
    let (server, certificate) = Server::start_secure(&desk.path("centre"));
    let (_, other) = Server::start_secure(&desk.path("centre"));
    let with = |pem: Option<&str>| {
        let mut config = desk.config_at(&server.address());
        config.state = None;
        config.authorities[0].ca = pem.map(|pem| {
            fs::write(desk.path("ca.pem"), pem).unwrap();
            desk.path("ca.pem")
        });
        look(&mut start(config))
    };
    assert_eq!(with(Some(&certificate)), "taken 10");
    for pem in [Some(&*other), None] {
        let told = with(pem);
        assert!(told.starts_with("missing: ") && told.to_lowercase().contains("certificate"), "{told}");
    }
    assert!(server.asked().iter().all(|asked| asked.status != 500));
}

#[test]
fn a_file_without_certificates_is_told() {
    let desk = Desk::new();
    fs::write(desk.path("ca.pem"), "nothing").unwrap();
    let mut config = desk.config_at("https://127.0.0.1:1");
    config.authorities[0].ca = Some(desk.path("ca.pem"));
    let told = refused_at_start(config);
    assert!(told.contains("no certificates of authorities in") && told.contains("ca.pem"), "{told}");
}

#[test]
fn a_proxy_is_asked_where_one_is_set() {
    let desk = Desk::new();
    let (proxy, server) = (Server::start(&desk.path("nothing")), Server::start(&desk.path("centre")));
    let mut config = desk.config_at(&server.address());
    config.authorities[0].proxy = Some(proxy.address());
    let mut updater = start(config.clone());
    assert_eq!(look(&mut updater), "taken 10");
    assert_eq!(proxy.asked().len(), server.asked().len());
    // Where the proxy is away, nothing goes past it.
    server.forget();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    config.authorities[0].proxy = Some(format!("http://{free}"));
    updater.configure(config).unwrap();
    assert!(look(&mut updater).starts_with("refused: "));
    assert!(server.asked().is_empty());
}

#[test]
fn a_server_that_is_silent_holds_up_nobody_else() {
    let desk = Desk::new();
    let (silent, server) = (Server::start(&desk.path("centre")), Server::start(&desk.path("centre")));
    let mut config = desk.config_at(&server.address());
    config.authorities.push(Authority { name: "silent".into(), ..desk.authority(&silent.address()) });
    config.lists.push(subscription("late", "silent", TARGET));
    let mut updater = start(config);
    silent.treat("timestamp", Some(Manner::Held));
    let mut due = updater.due(0);
    assert_eq!(due.len(), 2);
    let (late, prompt) = (due.pop().unwrap(), due.pop().unwrap());
    let late = thread::spawn(move || late.run(now()));
    silent.wait_until_held();
    assert_eq!(told(updater.commit(prompt.run(now())), "games"), "taken 10");
    assert_eq!(look(&mut updater), "unchanged");
    // Who is being visited is not due again, however long that takes.
    let again = updater.due(3_600_000);
    assert_eq!(again.len(), 1);
    assert_eq!(told(updater.commit(again.into_iter().next().unwrap().run(now())), "games"), "unchanged");
    silent.release();
    assert_eq!(told(updater.commit(late.join().unwrap()), "late"), "taken 10");
    assert_eq!(updater.due(7_200_000).len(), 2);
}

#[test]
fn polls_come_a_quarter_sooner_or_later() {
    let desk = Desk::new();
    let mut config = desk.config();
    config.authorities[0].poll = 100;
    let mut updater = start(config.clone());
    let mut times = Vec::new();
    for second in 0..20_000_u64 {
        // Dropped at once: visited.
        if !updater.due(second * 1000).is_empty() {
            times.push(second);
        }
    }
    let pauses: Vec<u64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert!(times[0] == 0 && pauses.len() > 150, "{times:?}");
    assert!(pauses.iter().all(|pause| (75..=126).contains(pause)), "{pauses:?}");
    let (sooner, later) = (pauses.iter().any(|pause| *pause < 85), pauses.iter().any(|pause| *pause > 115));
    assert!(sooner && later, "{pauses:?}");
    config.authorities[0].poll = 0;
    assert!(start(config).due(1 << 40).is_empty(), "only when told to");
}
