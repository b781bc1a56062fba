//! A static server for the folder that an authority publishes, until it is told to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::signal::unix::{SignalKind, signal};

use super::privileges::raise_file_limit;
use crate::server::{Certificate, Seats, Served, TlsError, serve_folder};

const CONNECTIONS: usize = 4_096;
const CONNECTIONS_PER_CLIENT: usize = 256;

/// What is served, and where.
#[derive(Clone, Debug)]
pub struct FolderServer {
    /// The folder.
    pub folder: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The chain of certificates and the private key, for TLS.
    pub tls: Option<(PathBuf, PathBuf)>,
}

/// Why a folder cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Nothing is published there.
    #[error("{}: no published repository, which has a folder `metadata`; name the workspace or its `public`", .0.display())]
    Folder(PathBuf),
    /// The certificate cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address cannot be listened on.
    #[error("{address}: {cause}; choose another with --listen")]
    Bind {
        /// The address.
        address: SocketAddr,
        /// Why.
        cause: std::io::Error,
    },
    /// The system gives no threads or signals.
    #[error("the system refuses: {0}")]
    System(#[from] std::io::Error),
}

impl FolderServer {
    /// Serves until SIGTERM or SIGINT; `ready` is told the address that it listens on. Gives what was served.
    pub fn run(self, ready: impl FnOnce(SocketAddr)) -> Result<Arc<Served>, FolderError> {
        if !self.folder.join("metadata").is_dir() {
            return Err(FolderError::Folder(self.folder));
        }
        let certificate = self.tls.map(|(chain, key)| Certificate::read(chain, key)).transpose()?;
        raise_file_limit();
        let runtime = Runtime::new()?;
        let served = Arc::new(Served::default());
        runtime.block_on(async {
            let (mut terminate, mut interrupt) =
                (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
            let bind = |cause| FolderError::Bind { address: self.listen, cause };
            let listener = TcpListener::bind(self.listen).await.map_err(bind)?;
            ready(listener.local_addr()?);
            let seats = Seats::new(CONNECTIONS, CONNECTIONS_PER_CLIENT);
            tokio::select! {
                () = serve_folder(listener, self.folder, certificate.as_ref(), seats, served.clone()) => {}
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            Ok::<_, FolderError>(())
        })?;
        Ok(served)
    }
}
