//! Telling secondaries that a zone has changed, until they have heard (RFC 1996).

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::UdpSocket;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};

use super::clock::Clock;
use crate::dns::Name;
use crate::metrics;
use crate::transfer::{Key, Notice, Serial, Unacknowledged};

/// The first wait for an answer, and the pause after it; both double.
const FIRST: Duration = Duration::from_secs(2);
/// The longest wait for an answer.
const LONGEST_WAIT: Duration = Duration::from_secs(15);
/// The longest pause between two notices.
const LONGEST_PAUSE: Duration = Duration::from_secs(900);
/// An answer is short, in octets.
const LONGEST_REPLY: usize = 2_048;

/// One secondary of one zone.
pub struct Notifier {
    /// The zone.
    pub zone: Name,
    /// Where the secondary listens.
    pub secondary: SocketAddr,
    /// The address that notices leave from: secondaries take them from that of their primary.
    pub local: IpAddr,
    /// What notices are signed with.
    pub key: Option<Arc<Key>>,
    /// The time.
    pub clock: Clock,
    /// What counts.
    pub metrics: Arc<metrics::Zones>,
    /// Numbers that nobody guesses.
    pub random: fn() -> u16,
}

/// Why a notice was not heard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum Unheard {
    #[error("no answer")]
    Silence,
    #[error(transparent)]
    Unacknowledged(Unacknowledged),
    #[error("it cannot be sent: {0}")]
    Unsent(String),
}

impl Notifier {
    /// Tells the secondary of each serial, beginning with the first that there is, until it has heard. Ends with the
    /// sender of serials.
    pub async fn run(self, mut serials: watch::Receiver<Option<Serial>>) {
        loop {
            let serial = *serials.borrow_and_update();
            let has_next = match serial {
                None => serials.changed().await.is_ok(),
                Some(serial) => {
                    tokio::select! {
                        biased;
                        changed = serials.changed() => changed.is_ok(),
                        () = self.tell(serial) => serials.changed().await.is_ok(),
                    }
                }
            };
            if !has_next {
                return;
            }
        }
    }

    /// Tells of one serial until it was heard.
    async fn tell(&self, serial: Serial) {
        let (zone, secondary) = (&self.zone, self.secondary);
        let (mut pause, mut last) = (FIRST, None);
        loop {
            self.metrics.notified(&zone.to_host());
            match self.once(serial, pause.min(LONGEST_WAIT)).await {
                Ok(()) => {
                    self.metrics.acknowledged(&zone.to_host());
                    return tracing::info!(%zone, serial = serial.0, %secondary, "the secondary was notified");
                }
                Err(error) => {
                    // Each reason is told once.
                    if last.as_ref() != Some(&error) {
                        tracing::warn!(%zone, serial = serial.0, %secondary, "a notice was not taken, and is sent again: {error}");
                    }
                    last = Some(error);
                }
            }
            sleep(pause).await;
            pause = (2 * pause).min(LONGEST_PAUSE);
        }
    }

    async fn once(&self, serial: Serial, patience: Duration) -> Result<(), Unheard> {
        let now = || u64::try_from(self.clock.now().wall.as_second()).unwrap_or_default();
        let key = self.key.as_deref();
        let unsent = |error: io::Error| Unheard::Unsent(error.to_string());
        let notice = Notice::new(&self.zone, serial, key, (self.random)(), now());
        let notice = notice.ok_or_else(|| Unheard::Unsent("the key does not sign".into()))?;
        // Each from a port of its own, which nobody guesses.
        let socket = UdpSocket::bind((self.local, 0)).await.map_err(unsent)?;
        socket.connect(self.secondary).await.map_err(unsent)?;
        socket.send(&notice.octets).await.map_err(unsent)?;
        let end = Instant::now() + patience;
        let mut reply = [0; LONGEST_REPLY];
        loop {
            let received = timeout_at(end, socket.recv(&mut reply)).await;
            // Nobody listens there, as far as the network says: it will be told again.
            let Ok(Ok(length)) = received else { return Err(Unheard::Silence) };
            match notice.check(&reply[..length], key, now()) {
                Ok(()) => return Ok(()),
                Err(Unacknowledged::Stray) => {}
                Err(error) => return Err(Unheard::Unacknowledged(error)),
            }
        }
    }
}
