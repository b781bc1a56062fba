//! Work that may take long, each on a thread of its own that gives way to those that answer.

use std::thread;

use rustix::process::setpriority_process;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// How much such a thread gives way: where both want a core, an answering thread has nine tenths of it. With less, a
/// list would not come into force while the machine is busy.
const NICENESS: i32 = 10;

/// Does work aside; comes to nothing where it panicked, or no thread was to be had.
pub(super) fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<Option<T>> {
    let (done, result) = oneshot::channel();
    let work = move || {
        // For this thread alone, as Linux has it. Where it cannot be, it is only slower for others.
        let _ = setpriority_process(None, NICENESS);
        let _ = done.send(work());
    };
    if let Err(error) = thread::Builder::new().name("aside".into()).spawn(work) {
        tracing::error!(%error, "no thread for what is to be done aside");
    }
    tokio::spawn(async move { result.await.ok() })
}
