//! Attacks on a repository and on the way to it, each by name, against a repository in memory.
//!
//! A new one is a few lines:
//!
//! ```ignore
//! let (mut repository, mut client) = Repository::with_client();
//! client.refresh(&repository).unwrap();
//! repository.fields(SNAPSHOT)["expires"] = json!(PAST);
//! repository.publish(&[SNAPSHOT, TIMESTAMP]);
//! refused!(client.refresh(&repository), Error::Expired { role, .. } if role == SNAPSHOT);
//! ```
//!
//! They cover what the public conformance suite for clients of The Update Framework asks for, with no network, and
//! what it leaves out.

/// Asserts that a result is a refusal by the workflow, and why.
macro_rules! refused {
    ($result:expr, $why:pat $(if $guard:expr)?) => {{
        let failure = $result.unwrap_err();
        let expected = matches!(&failure, $crate::trust::attacks::client::Failure::Trust($why) $(if $guard)?);
        assert!(expected, "refused for another reason: {failure:?}");
    }};
}

mod arbitrary_software;
mod basics;
mod client;
mod delegations;
mod files;
mod freeze;
mod names;
mod recovery;
mod repository;
mod rollback;
mod rotations;
