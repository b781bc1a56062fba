//! The commands beside `run`: what they say, and with which exit code.

use std::fs;
use std::path::Path;
use std::process::Output;

use super::inside::inside;
use super::program::{Rempart, SERVER, command, one_list, text};

const NEEDS: &[&str] = &["ip", "unshare"];

#[test]
fn check_finds_what_is_wrong_before_it_runs() {
    inside(NEEDS, |directory| {
        let path = directory.join("some.toml");
        fs::write(directory.join("list"), "a.example\nb.example\nnot a name\n").unwrap();
        fs::write(directory.join("rubbish"), "not a name\n!!!\n").unwrap();
        let list = |name: &str| one_list(&directory.join(name), None);
        for (configuration, code, words) in [
            (String::new(), 0, "configuration and lists are sound"),
            (list("list"), 0, "big: 2 rules in force"),
            (list("list"), 0, "list:3"),
            (list("rubbish"), 1, "big: REFUSED"),
            (list("absent"), 1, "absent: "),
            ("[sever]\n".into(), 1, "some.toml:1: unknown key `sever`, did you mean `server`?"),
            ("[server]\nidle = 0\n".into(), 1, "server.idle"),
            ("[server]\nadmin = \"0.0.0.0:9451\"\n".into(), 1, "is not loopback"),
            ("[resolver]\nroot_hints = \"/nowhere\"\n".into(), 1, "resolver.root_hints"),
            ("[resolver]\ntrust_anchor = \"/nowhere\"\n".into(), 1, "resolver.trust_anchor"),
            ("[page]\nhelp = \"/nowhere\"\n".into(), 1, "page.help"),
            (
                "[[policy.groups]]\nname = \"a\"\nlists = [{ list = \"dem\" }]\n".into(),
                1,
                "did you mean `demo`",
            ),
        ] {
            fs::write(&path, &configuration).unwrap();
            let output = command(&path, &["check"]);
            assert_eq!(output.status.code(), Some(code), "{configuration}: {}", text(&output));
            assert!(text(&output).contains(words), "{configuration}: no `{words}` in {}", text(&output));
            if code == 1 {
                let output = command(&path, &["run"]);
                assert_eq!(output.status.code(), Some(1), "what check refuses does not run: {configuration}");
            }
        }
        let output = command(Path::new("/nowhere.toml"), &["check"]);
        assert!(output.status.code() == Some(1) && text(&output).contains("check the path"));
        assert_eq!(command(&path, &["chek"]).status.code(), Some(2));
    });
}

#[test]
fn explain_agrees_with_and_without_a_running_program() {
    inside(NEEDS, |directory| {
        let path = directory.join("rempart.toml");
        fs::write(&path, SERVER).unwrap();
        let told = |output: Output| String::from_utf8(output.stdout).unwrap();
        let alone = told(command(&path, &["explain", "a.undress.example"]));
        assert!(alone.contains("no rempart answers on 127.0.0.1:9451"), "{alone}");
        assert!(alone.contains("decided from the files"), "{alone}");
        let rempart = Rempart::start(directory, SERVER);
        let asked = told(rempart.command(&["explain", "a.undress.example"]));
        assert!(!asked.contains("decided from the files"), "{asked}");
        assert!(alone.ends_with(&asked), "{alone}\n{asked}");
        for words in ["is blocked for group", "DEMO-2026-0006", "Demonstration authority", "mailto:appeals"] {
            assert!(asked.contains(words), "no `{words}` in {asked}");
        }
        let free = text(&rempart.command(&["explain", "www.example", "--type", "HTTPS"]));
        assert!(free.contains("is not blocked"), "{free}");
        let elsewhere = text(&rempart.command(&["explain", "undress.example", "--client", "8.8.8.8"]));
        assert!(elsewhere.contains("not in answer.clients"), "{elsewhere}");
        let json = rempart.command(&["explain", "undress.example", "--json"]);
        let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        assert_eq!(json["list"]["name"], "demo");
        for bad in [["explain", "a..b"], ["explain", ""]] {
            let output = rempart.command(&bad);
            assert!(output.status.code() == Some(1) && text(&output).contains("is not a domain name"));
        }
    });
}

#[test]
fn status_tells_what_is_in_force() {
    inside(NEEDS, |directory| {
        let path = directory.join("rempart.toml");
        fs::write(&path, SERVER).unwrap();
        for asked in ["status", "reload"] {
            let output = command(&path, &[asked]);
            assert_eq!(output.status.code(), Some(1));
            assert!(text(&output).contains("no rempart answers on 127.0.0.1:9451"), "{output:?}");
        }
        let rempart = Rempart::start(directory, SERVER);
        let status = rempart.command(&["status", "--json"]);
        let status: serde_json::Value = serde_json::from_slice(&status.stdout).unwrap();
        assert_eq!((&status["generation"], &status["lists"][0]["rules"]), (&1.into(), &11.into()));
        assert_eq!(status["lists"][0]["authority"], "Demonstration authority");
        assert!(rempart.reload(&[]).0);
        let status = text(&rempart.command(&["status", "--json"]));
        assert!(status.contains("\"generation\": 2"), "{status}");
        let words = text(&rempart.command(&["status"]));
        assert!(words.contains("generation 2\n") && words.contains("list demo: 11 rules"), "{words}");
    });
}

#[test]
fn a_case_is_explained_without_the_name_that_it_is_about() {
    inside(&["ip", "unshare"], |directory| {
        let mut rempart = Rempart::start(directory, SERVER);
        let case = ["explain", "--case", "DEMO-2026-0006"];
        let facts = [
            "case DEMO-2026-0006, rules in force: 1",
            "authority    Demonstration authority (XX)",
            "names        withheld",
        ];
        let asked = text(&rempart.command(&case));
        assert!(facts.iter().all(|fact| asked.contains(fact)) && !asked.contains("undress"), "{asked}");
        let none = text(&rempart.command(&["explain", "--case", "DEMO-2026-00"]));
        assert!(none.contains("no list in force has a case DEMO-2026-00"), "{none}");
        // From the files, where nobody runs.
        rempart.signal("TERM");
        assert!(rempart.ended().success());
        let asked = text(&command(&rempart.configuration, &case));
        assert!(asked.contains("from the files") && facts.iter().all(|fact| asked.contains(fact)), "{asked}");
        let both = command(&rempart.configuration, &[&case[..], &["undress.example"]].concat());
        assert_eq!(both.status.code(), Some(2));
    });
}

#[test]
fn without_arguments_it_is_the_demonstration() {
    inside(&["ip", "unshare", "kdig"], |directory| {
        let mut rempart = Rempart::spawn(directory, "", None);
        rempart.wait_for_log("This is the demonstration");
        super::ask::shows("@127.0.0.1 -p 5300 undress.example A", &["127.0.0.1\n", "EDE: 16 (Censored)"]);
        super::ask::shows("@::1 -p 5300 undress.example HTTPS", &["ANSWER: 0", "EDE: 16"]);
        rempart.signal("INT");
        assert!(rempart.ended().success());
    });
}
