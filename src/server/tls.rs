//! TLS for every listener that has a certificate, which may be replaced while it serves.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::crypto::aws_lc_rs::{Ticketer, default_provider};
use rustls::pki_types::pem::{self, PemObject};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;

use super::config::Config;

/// For a handshake.
pub(super) const HANDSHAKE: Duration = Duration::from_secs(10);

/// Why a certificate cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file that is not what it should be.
    #[error("{}: {cause}; give a PEM file that this user may read", path.display())]
    Pem {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: pem::Error,
    },
    /// A certificate and a key that do not belong together, or that no client would take.
    #[error("{} and {}: {cause}; give a certificate and its own private key", chain.display(), key.display())]
    Unusable {
        /// The file of certificates.
        chain: PathBuf,
        /// The file of the key.
        key: PathBuf,
        /// What is wrong with them.
        cause: rustls::Error,
    },
    /// This build of TLS lacks something.
    #[error("TLS cannot be set up: {0}")]
    Setup(rustls::Error),
}

/// A chain of certificates with its private key, as two files hold them.
pub struct Certificate {
    chain: PathBuf,
    key: PathBuf,
    in_force: Arc<InForce>,
    base: ServerConfig,
    /// What was last found wrong with the files.
    fault: Mutex<Option<String>>,
}

/// What became of a look at the files of a certificate.
#[derive(Debug)]
pub enum Renewal {
    /// They hold what is in force.
    Unchanged,
    /// They hold another one, which is in force from now on.
    Taken,
    /// What they hold cannot be used, and the one before stays in force.
    Refused {
        /// What is wrong.
        error: TlsError,
        /// Whether that was not so at the last look.
        is_news: bool,
    },
}

/// The certificate that new connections get.
#[derive(Debug)]
struct InForce(ArcSwap<CertifiedKey>);

impl ResolvesServerCert for InForce {
    fn resolve(&self, _: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        Some(self.0.load_full())
    }
}

impl Certificate {
    /// The certificate that a configuration asks for, where it has anything served over encryption.
    pub fn of(config: &Config) -> Result<Option<Self>, TlsError> {
        let files = config.certificate_files();
        files.map(|(chain, key)| Self::read(chain.to_owned(), key.to_owned())).transpose()
    }

    /// Reads a chain of certificates and its private key.
    pub fn read(chain: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let certified = certified(&chain, &key, &default_provider())?;
        let in_force = Arc::new(InForce(ArcSwap::from_pointee(certified)));
        let base = settings(in_force.clone())?;
        Ok(Self { chain, key, in_force, base, fault: Mutex::default() })
    }

    /// What a listener needs on which these protocols may be negotiated, or none at all.
    pub(super) fn speaking(&self, protocols: &[&str]) -> Arc<ServerConfig> {
        let mut config = self.base.clone();
        config.alpn_protocols = protocols.iter().map(|protocol| protocol.as_bytes().to_vec()).collect();
        Arc::new(config)
    }

    /// Looks at the files again. Blocks on disk.
    pub fn renew(&self) -> Renewal {
        let read = certified(&self.chain, &self.key, self.base.crypto_provider());
        let mut fault = self.fault.lock().unwrap_or_else(PoisonError::into_inner);
        match read {
            Ok(certified) => {
                *fault = None;
                if certified.cert == self.in_force.0.load().cert {
                    return Renewal::Unchanged;
                }
                self.in_force.0.store(Arc::new(certified));
                Renewal::Taken
            }
            Err(error) => {
                let words = Some(error.to_string());
                let is_news = *fault != words;
                *fault = words;
                Renewal::Refused { error, is_news }
            }
        }
    }
}

/// What every listener of ours speaks, with the certificates of `resolver`.
pub(super) fn settings(resolver: Arc<dyn ResolvesServerCert>) -> Result<ServerConfig, TlsError> {
    let provider = Arc::new(default_provider());
    let versions = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = versions.map_err(TlsError::Setup)?.with_no_client_auth();
    let mut settings = builder.with_cert_resolver(resolver);
    // Clients resume without our having to remember them. Early data, which could be replayed, is not taken.
    settings.ticketer = Ticketer::new().map_err(TlsError::Setup)?;
    Ok(settings)
}

fn certified(chain: &PathBuf, key: &PathBuf, provider: &CryptoProvider) -> Result<CertifiedKey, TlsError> {
    let unreadable = |path: &PathBuf| {
        let path = path.clone();
        move |cause| TlsError::Pem { path, cause }
    };
    let certificates = CertificateDer::pem_file_iter(chain).and_then(Iterator::collect);
    let certificates: Vec<CertificateDer<'static>> = certificates.map_err(unreadable(chain))?;
    let private = PrivateKeyDer::from_pem_file(key).map_err(unreadable(key))?;
    let unusable = |cause| TlsError::Unusable { chain: chain.clone(), key: key.clone(), cause };
    if certificates.is_empty() {
        return Err(unusable(rustls::Error::NoCertificatesPresented));
    }
    CertifiedKey::from_der(certificates, private, provider).map_err(unusable)
}
