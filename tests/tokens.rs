//! Keys on tokens, with the token in software that Debian has (SoftHSM): made, found, used, refused.
//!
//! SoftHSM reads where its tokens are from the environment, which is the whole process's: each test runs once
//! more as a process of its own. Where SoftHSM is missing the test fails and says what to install, unless
//! `REMPART_SKIP_SYSTEM` names it, as for the system test.

use std::any::type_name;
use std::cell::Cell;
use std::env;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Parser;
use rempart::authority::{FileKey, KeyError, KeyKind, KeySource, PublicKey, SigningKey, TokenAddress};
use rempart::cli::Console;
use rempart::cli::authority::Arguments;
use rempart::keyfile::{Protection, Secret};
use rempart::trust::{Document, Root, SPEC_VERSION, TOP_LEVEL_ROLES};
use serde_json::{Value, json};

const PROGRAM: &str = "softhsm2-util";
/// Where Debian has the module; the second for other distributions.
const MODULES: [&str; 3] = [
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
];
const PIN: &str = "31415926";
/// Set in the process that runs the body, to the folder for its files.
const INSIDE: &str = "REMPART_TOKENS_INSIDE";

/// The folder with the tokens of one test.
struct Drawer(PathBuf);

impl Drawer {
    /// Runs a test's body where SoftHSM finds the drawer and nothing else.
    fn open<F: FnOnce(&Self)>(body: F) {
        if let Some(folder) = env::var_os(INSIDE) {
            return body(&Self(folder.into()));
        }
        let name = type_name::<F>().trim_end_matches("::{{closure}}");
        let name = name.split_once("::").map_or(name, |(_, name)| name);
        let skipped = env::var("REMPART_SKIP_SYSTEM").unwrap_or_default();
        let skipped = skipped.split_whitespace().any(|word| word == PROGRAM);
        if skipped || Command::new(PROGRAM).arg("--version").output().is_err() {
            assert!(skipped, "{PROGRAM}: not available here; apt-get install softhsm2, or call ./test");
            // Past the test harness, which shows nothing of a test that passes.
            let _ = writeln!(std::io::stderr(), "SKIPPED {name}: {PROGRAM} is not available here");
            return;
        }
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("tokens")).unwrap();
        let configuration = folder.path().join("softhsm2.conf");
        let tokens = folder.path().join("tokens");
        fs::write(&configuration, format!("directories.tokendir = {}\n", tokens.display())).unwrap();
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", name]).env(INSIDE, folder.path()).env("SOFTHSM2_CONF", &configuration);
        let output = command.env("RUST_BACKTRACE", "0").output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && told.contains("1 passed"),
            "{name}: {}\n{told}{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// Puts a new token into the drawer.
    fn add(&self, label: &str) {
        run(&["--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "27182818"]);
    }

    /// Puts a key that was in a file on a token.
    fn import(&self, token: &str, object: &str, id: &str, pem: &str) {
        let path = self.path("import.pem");
        fs::write(&path, pem).unwrap();
        let path = path.to_str().unwrap();
        run(&["--import", path, "--token", token, "--label", object, "--id", id, "--pin", PIN]);
    }

    /// A file with a PIN, for its owner alone.
    fn pin_file(&self, pin: &str) -> PathBuf {
        let path = self.path("pin");
        fs::write(&path, pin).unwrap();
        fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        path
    }
}

fn run(arguments: &[&str]) {
    let output = Command::new(PROGRAM).args(arguments).output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn uri(path: &str) -> String {
    let module = MODULES.into_iter().find(|path| Path::new(path).exists()).expect("the module of SoftHSM");
    format!("pkcs11:{path}?module-path={module}")
}

fn open(path: &str) -> Result<SigningKey, KeyError> {
    KeySource::parse(&uri(path)).unwrap().open(&mut |_| Ok(Secret::new(PIN.to_owned())))
}

fn generate(path: &str, kind: KeyKind) -> Result<SigningKey, KeyError> {
    let address = TokenAddress::parse(&uri(path)).unwrap();
    address.generate(kind, &mut |_| Ok(Secret::new(PIN.to_owned()))).map(SigningKey::from)
}

fn refusal<T>(outcome: Result<T, KeyError>) -> String {
    outcome.err().unwrap().to_string()
}

/// A root that lists the keys and needs them all, signed by them.
fn root(keys: &[(&SigningKey, &str)]) -> Vec<u8> {
    let listed: Vec<PublicKey> = keys.iter().map(|(key, holder)| key.public_key(holder).unwrap()).collect();
    let ids: Vec<&str> = listed.iter().map(PublicKey::id).collect();
    let role = json!({ "keyids": ids, "threshold": keys.len() });
    let mut document = Document::unsigned(&json!({
        "_type": "root", "spec_version": SPEC_VERSION, "version": 1, "expires": "2030-01-01T00:00:00Z",
        "consistent_snapshot": true,
        "keys": listed.iter().map(|key| (key.id().to_owned(), key.value().clone())).collect::<Value>(),
        "roles": TOP_LEVEL_ROLES.map(|name| (name.to_owned(), role.clone())).into_iter().collect::<Value>(),
    }))
    .unwrap();
    for ((key, _), listed) in keys.iter().zip(&listed) {
        let signature = key.sign(document.message()).unwrap();
        document.add_signature(listed.id(), &signature);
    }
    document.compose().unwrap()
}

#[test]
fn keys_made_on_two_tokens_sign_what_resolvers_trust() {
    Drawer::open(|drawer| {
        drawer.add("one");
        drawer.add("two");
        let made = [
            generate("token=one;object=ana", KeyKind::Ed25519).unwrap(),
            generate("token=two;object=ben", KeyKind::EcdsaP256).unwrap(),
            generate("token=two;object=cleo;id=%07", KeyKind::EcdsaP256).unwrap(),
        ];
        let found = ["token=one", "token=two;object=ben", "token=two;id=%07"].map(|path| open(path).unwrap());
        for (made, found) in made.iter().zip(&found) {
            assert_eq!(made.public(), found.public());
        }
        let [ana, ben, cleo] = found;
        let signed = root(&[(&ana, "ana"), (&ben, "ben"), (&cleo, "cleo")]);
        let root = Root::pinned(&signed).unwrap();
        assert_eq!(root.holders("targets").unwrap().1.len(), 3);
        assert!(root.holder_of("targets", ben.public()).unwrap().is_some());
        // ECDSA takes a new random number each time, and its two numbers have all lengths that occur.
        for message in 0..200_u16 {
            ben.sign(&message.to_be_bytes()).unwrap();
        }
        let public = ben.public_key("ben").unwrap();
        assert_eq!(PublicKey::parse(public.compose().as_bytes()).unwrap().id(), public.id());
    });
}

#[test]
fn a_key_is_the_same_in_a_file_and_on_a_token() {
    Drawer::open(|drawer| {
        drawer.add("one");
        let file = FileKey::from_seed(&[7; 32]).unwrap();
        drawer.import("one", "ana", "01", &file.compose(&Protection::None).unwrap());
        let (file, token) = (SigningKey::from(file), open("object=ana").unwrap());
        assert_eq!(file.public(), token.public());
        assert_eq!(file.sign(b"message").unwrap(), token.sign(b"message").unwrap());
    });
}

#[test]
fn a_wrong_pin_is_given_once_and_never_by_itself_again() {
    Drawer::open(|drawer| {
        drawer.add("one");
        drop(generate("token=one;object=ana", KeyKind::EcdsaP256).unwrap());
        let ask = |pin: &'static str, pin_file: Option<&Path>| {
            let pin_source = pin_file.map_or(String::new(), |path| format!("&pin-source={}", path.display()));
            let source = KeySource::parse(&format!("{}{pin_source}", uri("token=one"))).unwrap();
            let asked = Cell::new(0);
            let outcome = source.open(&mut |what| {
                assert_eq!(what, "PIN of the token one");
                asked.set(asked.get() + 1);
                Ok(Secret::new(pin.to_owned()))
            });
            (outcome, asked.get())
        };
        let right = drawer.pin_file(PIN);
        assert!(matches!(ask("", Some(&right)), (Ok(_), 0)));
        assert!(matches!(ask("00000000", None), (Err(KeyError::Pin { .. }), 1)));
        // Whether the PIN in the file is the wrong one, nobody knows: a person must give the right one first.
        let (outcome, asked) = ask("", Some(&right));
        assert_eq!(asked, 0);
        let error = refusal(outcome);
        assert!(error.contains("a wrong PIN was given to the token one"), "{error}");
        assert!(matches!(ask(PIN, None), (Ok(_), 1)));
        assert!(matches!(ask("", Some(&right)), (Ok(_), 0)));
        assert!(matches!(ask("", Some(&drawer.pin_file("1"))), (Err(KeyError::Pin { .. }), 0)));
    });
}

#[test]
fn one_pin_opens_all_keys_of_a_token() {
    Drawer::open(|drawer| {
        drawer.add("one");
        let _ana = generate("token=one;object=ana", KeyKind::Ed25519).unwrap();
        let source = KeySource::parse(&uri("token=one;object=ana")).unwrap();
        let again = source.open(&mut |what| panic!("asked again for the {what}")).unwrap();
        assert_eq!(again.sign(b"message").unwrap().len(), 64);
    });
}

#[test]
fn an_empty_reader_is_told() {
    Drawer::open(|_| {
        let error = refusal(open("token=one"));
        assert_eq!(error, "0 tokens match pkcs11:token=one, where one must; present: none");
    });
}

#[test]
fn what_is_absent_or_not_clear_is_named() {
    Drawer::open(|drawer| {
        drawer.add("one");
        drawer.add("two");
        assert!(refusal(open("object=ana")).contains("2 tokens match pkcs11:object=ana"));
        assert!(refusal(open("token=three")).contains("present: "));
        assert!(refusal(open("token=one")).contains("on the token: none"));
        generate("token=one;object=ana", KeyKind::EcdsaP256).unwrap();
        generate("token=one;object=ben", KeyKind::EcdsaP256).unwrap();
        let error = refusal(open("token=one"));
        assert!(
            error.contains("2 private keys match") && error.contains("ana") && error.contains("ben"),
            "{error}"
        );
        assert!(refusal(open("token=one;object=cleo")).contains("0 private keys match"));
        let again = refusal(generate("token=one;object=ana", KeyKind::EcdsaP256));
        assert!(again.contains("exists already"), "{again}");
        assert!(refusal(generate("token=one", KeyKind::EcdsaP256)).contains("give one with object="));
    });
}

#[test]
fn a_key_of_another_kind_is_refused() {
    Drawer::open(|drawer| {
        drawer.add("one");
        let other = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap();
        drawer.import("one", "ana", "01", &other.serialize_pem());
        let error = refusal(open("token=one;object=ana"));
        assert!(
            error.contains("pkcs11:token=one;object=ana cannot be used: it is neither Ed25519 nor"),
            "{error}"
        );
    });
}

/// What a command of the authority tells in the folder of a drawer.
fn authority(drawer: &Drawer, line: &str) -> String {
    let folder = drawer.path("");
    let words = line.split(' ').map(|word| word.replace('@', folder.to_str().unwrap()));
    let arguments = Arguments::try_parse_from([String::new()].into_iter().chain(words)).unwrap();
    let mut output = Vec::new();
    let mut console = Console { output: &mut output, answers: None };
    let now = "2026-03-02T08:00:00Z".parse().unwrap();
    let told = rempart::cli::authority::run(arguments, now, &mut console);
    told.map_or_else(|error| panic!("{line}: {error:#}"), |_| String::from_utf8(output).unwrap())
}

#[test]
fn people_of_a_desk_act_under_keys_on_tokens() {
    Drawer::open(|drawer| {
        drawer.add("one");
        let pin = drawer.pin_file(PIN);
        let key = |object: &str| {
            format!("{}&pin-source={}", uri(&format!("token=one;object={object}")), pin.display())
        };
        for (name, kind) in [("ana", "ed25519"), ("ben", "ecdsa-p256")] {
            authority(
                drawer,
                &format!("key new {name} --folder @ --token {} --kind {kind} --yes", key(name)),
            );
        }
        let header = "list = \"fr/x\"\njurisdiction = \"FR\"\ncategory = \"nudification\"\nauthority = \"A\"\n\
                      legal_basis = \"Act 1\"\nappeal = \"mailto:a@a.example\"\n";
        fs::write(drawer.path("header.toml"), header).unwrap();
        let (ana, ben) = (key("ana"), key("ben"));
        authority(
            drawer,
            &format!("docket init @docket --public-key @ana.pub.json @ben.pub.json --with {ana} --yes"),
        );
        for line in [
            format!("docket list @docket --header @header.toml --target fr/x.jsonl --with {ana} --yes"),
            format!("propose @docket a.example --case C-1 --with {ana} --yes"),
            format!("review @docket a.example --with {ben} --yes"),
            format!("approve @docket a.example --with {ben} --yes"),
        ] {
            authority(drawer, &line);
        }
        assert!(authority(drawer, "docket verify @docket").contains("5 acts on 1 decisions"));
        assert!(authority(drawer, "decision @docket 1").contains("approved   by ben, act 5"));
    });
}
