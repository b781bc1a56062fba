//! What an authority is told of what was blocked: counted, kept over restarts, told when a month is over, once.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::Value;

use super::ask::{A, HERE, query, udp};
use super::inside::{inside, wait};
use super::program::{Rempart, SERVER, text};

const LISTED: &str = "undress.example";

fn ask(times: u16) {
    for id in 0..times {
        udp("127.0.0.1:0", HERE.parse().unwrap(), &query(id, &format!("n{id}.{LISTED}"), A, false));
    }
}

fn configuration(state: &Path, statistics: &str) -> String {
    format!("{SERVER}[update]\nstate = \"{}\"\n[statistics]\n{statistics}\n", state.display())
}

fn export(rempart: &Rempart) -> Value {
    let output = rempart.command(&["statistics", "--json"]);
    assert!(output.status.success(), "{}", text(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn stop(mut rempart: Rempart) {
    rempart.signal("TERM");
    assert!(rempart.ended().success());
}

/// Puts the month that runs into the past, as if the program had been stopped since. Gives what was counted in it.
fn end_month(file: &Path, month: &str) -> Value {
    let mut kept: Value = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    kept["running"]["from"] = format!("{month}-01T00:00:00Z").into();
    kept["running"]["until"] = format!("{month}-20T00:00:00Z").into();
    fs::write(file, kept.to_string()).unwrap();
    kept["running"]["counts"]["demo/nudification"].clone()
}

#[test]
fn what_was_blocked_is_told_once_a_month_is_over_and_stays() {
    inside(&["ip", "unshare"], |directory| {
        let state = directory.join("state");
        let file = state.join("statistics.json");
        let rempart = Rempart::start(directory, &configuration(&state, ""));
        ask(25);
        let told = export(&rempart);
        assert_eq!(told["months"], serde_json::json!([]), "nothing of a month that runs");
        assert!(text(&rempart.command(&["statistics"])).contains("no month is over yet"));
        stop(rempart);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(end_month(&file, "2001-01")["blocked"], 25);

        let rempart = Rempart::start(directory, &configuration(&state, ""));
        ask(3);
        let first = wait("a month to be over", 20, || {
            Some(export(&rempart)).filter(|told| !told["months"].as_array().unwrap().is_empty())
        });
        let expected = serde_json::json!([{
            "from": "2001-01-01T00:00:00Z", "to": "2001-01-20T00:00:00Z", "threshold": 10, "epsilon": null,
            "lists": [{ "list": "demo/nudification", "category": "nudification", "blocked": 25 }],
        }]);
        assert_eq!(first["months"], expected);
        assert_eq!(first["resolver"], told["resolver"]);
        stop(rempart);
        assert_eq!(end_month(&file, "2001-02")["blocked"], 3);

        // With noise now, which is drawn once, whatever happens after.
        let noisy = configuration(&state, "epsilon = 0.1\nthreshold = 12");
        let mut rempart = Rempart::start(directory, &noisy);
        let second = wait("another month to be over", 20, || {
            Some(export(&rempart)).filter(|told| told["months"].as_array().unwrap().len() == 2)
        });
        assert_eq!(second["months"][0], expected[0]);
        assert_eq!(
            (&second["months"][1]["epsilon"], &second["months"][1]["threshold"]),
            (&0.1.into(), &12.into())
        );
        wait("the month to be kept", 20, || {
            fs::read_to_string(&file).unwrap().contains("2001-02-20").then_some(())
        });
        rempart.signal("KILL");
        rempart.ended();
        let rempart = Rempart::start(directory, &noisy);
        assert_eq!(export(&rempart)["months"], second["months"]);

        let told = [export(&rempart).to_string(), fs::read_to_string(&file).unwrap(), rempart.log()].concat();
        assert!(!told.contains(LISTED) && !told.contains("n24"), "{told}");
    });
}

#[test]
fn a_file_of_statistics_that_makes_no_sense_costs_no_more_than_itself() {
    inside(&["ip", "unshare"], |directory| {
        let state = directory.join("state");
        fs::create_dir(&state).unwrap();
        fs::write(state.join("statistics.json"), b"{\"resolver\": \xff").unwrap();
        let rempart = Rempart::start(directory, &configuration(&state, ""));
        rempart.wait_for_log("not what this program writes");
        assert_eq!(export(&rempart)["months"], serde_json::json!([]));
        assert!(state.join("statistics.damaged").exists());
        stop(rempart);
        assert!(fs::read_to_string(state.join("statistics.json")).unwrap().contains("running"));
    });
}
