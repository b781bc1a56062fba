//! What the program may do: many files at first, nothing more after the sockets are bound.

use nix::sys::prctl;
use nix::sys::resource::{Resource, getrlimit, setrlimit};
use nix::unistd::{User, initgroups, setgid, setuid};

/// Becomes `user`, if one is named, and gives up for good the way back.
pub(super) fn drop_to(user: Option<&str>) -> Result<(), String> {
    if let Some(name) = user {
        let failed =
            |what: &str, error| format!("server.user `{name}`: {what}: {error}; start as root, or remove it");
        let found = User::from_name(name).map_err(|error| failed("cannot be looked up", error))?;
        let user =
            found.ok_or(format!("server.user `{name}`: no such user; create it, or remove the key"))?;
        let text = std::ffi::CString::new(name).map_err(|_| format!("server.user `{name}`: holds a NUL"))?;
        initgroups(&text, user.gid).map_err(|error| failed("groups cannot be set", error))?;
        setgid(user.gid).map_err(|error| failed("group cannot be set", error))?;
        setuid(user.uid).map_err(|error| failed("user cannot be set", error))?;
    }
    prctl::set_no_new_privs().map_err(|error| format!("no_new_privs cannot be set: {error}"))
}

/// Raises the limit on open files as far as the system lets us: each question on its way holds a socket.
pub(super) fn raise_file_limit() {
    if let Ok((_, hard)) = getrlimit(Resource::RLIMIT_NOFILE)
        && let Err(error) = setrlimit(Resource::RLIMIT_NOFILE, hard, hard)
    {
        tracing::warn!(%error, "the limit on open files stays as it is");
    }
}
