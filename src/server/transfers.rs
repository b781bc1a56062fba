//! Zones for those who transfer them: datagrams, and connections on which a client that takes nothing is cut off.
//!
//! What is answered, `transfer` decides; here are the limits, and a line in the log for each transfer and for refusals. A
//! transfer's message is composed when the one before has left, so that a client costs one message, however slow it is.

use std::collections::HashMap;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::time::{sleep, timeout};

use super::clock::Clock;
use super::listener::{Service, accept};
use super::seats::Seats;
use super::sockets::{BindError, bind_both};
use super::visits::{Visitor, Visits};
use super::{LONGEST_QUERY, QUERY_LIMIT};
use crate::metrics;
use crate::transfer::{Answer, Kind, Reason, Reply, Transfer, Via, Zones};

/// A connection without a request is closed after this (RFC 7766 §6.2.3).
const IDLE: Duration = Duration::from_secs(10);
/// A client that does not take a message for this long is gone.
const STALL: Duration = Duration::from_secs(20);
/// After a datagram that could not be received.
const PAUSE: Duration = Duration::from_millis(50);
/// Of each reason for refusals, one line in so many seconds.
const TELL_AGAIN: u32 = 60;

/// The zones that are served, by whom is asked for them over what.
pub struct Transfers {
    zones: Arc<Zones>,
    clock: Clock,
    visits: Arc<Visits>,
    metrics: Arc<metrics::Zones>,
    refusals: Mutex<HashMap<Reason, Refusals>>,
}

/// Refusals for one reason: when one was told, and how many were not since.
#[derive(Default)]
struct Refusals {
    told: Option<u32>,
    untold: u64,
}

impl Transfers {
    /// Serves zones, within limits on connections. Strangers only wait there, until they have shown that they are none.
    pub fn new(zones: Arc<Zones>, clock: Clock, visits: Arc<Visits>, metrics: Arc<metrics::Zones>) -> Self {
        Self { zones, clock, visits, metrics, refusals: Mutex::default() }
    }

    /// The time, in seconds since 1970.
    fn now(&self) -> u64 {
        u64::try_from(self.clock.now().wall.as_second()).unwrap_or_default()
    }

    fn answer(&self, packet: &[u8], client: IpAddr, via: Via) -> Answer {
        let answer = self.zones.answer(packet, client, via, self.now());
        if let Some(reason) = answer.refused {
            self.metrics.refused(reason.label());
            self.tell(reason);
        }
        answer
    }

    /// Tells of a refusal: anybody can cause thousands in a second.
    fn tell(&self, reason: Reason) {
        let now = self.clock.now().monotonic;
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        let known = refusals.entry(reason).or_default();
        if known.told.is_some_and(|told| now < told + TELL_AGAIN) {
            known.untold += 1;
            return;
        }
        tracing::warn!(untold = known.untold, "a request was refused: {reason}");
        *known = Refusals { told: Some(now), untold: 0 };
    }
}

/// An address where zones are served, bound and not yet served.
#[derive(Debug)]
pub struct ZoneSockets {
    udp: std::net::UdpSocket,
    tcp: std::net::TcpListener,
}

impl ZoneSockets {
    /// Binds all of these, or none: the first that fails ends it.
    pub fn bind(addresses: &[SocketAddr]) -> Result<Vec<Self>, BindError> {
        let bind = |address: &SocketAddr| {
            let (udp, tcp) = bind_both(*address, "zones")?;
            Ok(Self { udp, tcp })
        };
        addresses.iter().map(bind).collect()
    }

    /// Serves datagrams and connections for ever. No error ends it, once the sockets are tokio's.
    pub async fn serve(self, transfers: Arc<Transfers>) -> io::Result<()> {
        let (udp, tcp) = (UdpSocket::from_std(self.udp)?, TcpListener::from_std(self.tcp)?);
        tokio::join!(serve_datagrams(udp, &transfers), accept(tcp, transfers.clone()));
        Ok(())
    }
}

/// Answers datagrams for ever.
async fn serve_datagrams(socket: UdpSocket, transfers: &Transfers) {
    let mut packet = [0; LONGEST_QUERY];
    loop {
        match socket.recv_from(&mut packet).await {
            Ok((length, client)) => {
                let answering = || transfers.answer(&packet[..length], client.ip(), Via::Udp).reply;
                // A packet that panics is lost; everybody else's service is not.
                let reply = catch_unwind(AssertUnwindSafe(answering));
                if reply.is_err() {
                    tracing::error!("a packet made this program panic, and was dropped; please report this");
                }
                if let Ok(Reply::Message(octets)) = reply {
                    // Whoever does not get it asks again.
                    let _ = socket.send_to(&octets, client).await;
                }
            }
            Err(error) => {
                tracing::debug!(%error, "a datagram could not be received");
                sleep(PAUSE).await;
            }
        }
    }
}

impl Service for Transfers {
    fn seats(&self, _: IpAddr) -> &Arc<Seats> {
        &self.visits.seats
    }

    async fn serve(&self, stream: TcpStream, client: SocketAddr) {
        self.visits.bound(|visitor| self.exchange(stream, client.ip().to_canonical(), visitor)).await;
    }
}

impl Transfers {
    /// Answers one request after the other, until the client is done, idle too long, or takes nothing more.
    async fn exchange(&self, mut stream: TcpStream, client: IpAddr, visitor: Visitor) -> io::Result<()> {
        if self.zones.expects(client) {
            visitor.asks();
        }
        loop {
            let answer = self.request(&mut stream, client).await?;
            if answer.refused.is_none() {
                visitor.asks();
            }
            match answer.reply {
                Reply::None => return Ok(()),
                Reply::Message(octets) => send(&mut stream, &octets).await?,
                Reply::Transfer(transfer) => self.transfer(&mut stream, *transfer).await?,
            }
            // Who may not have what it asks for keeps no seat from those who may.
            if answer.refused.is_some() {
                return Ok(());
            }
        }
    }

    /// Reads one request, and decides on it.
    async fn request(&self, stream: &mut TcpStream, client: IpAddr) -> io::Result<Answer> {
        let length = timeout(IDLE, stream.read_u16()).await??;
        if usize::from(length) > LONGEST_QUERY {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let mut packet = vec![0; length.into()];
        timeout(QUERY_LIMIT, stream.read_exact(&mut packet)).await??;
        Ok(self.answer(&packet, client, Via::Tcp))
    }

    async fn transfer(&self, stream: &mut TcpStream, transfer: Transfer) -> io::Result<()> {
        // Told when it ends, however it ends: also by the limit of the whole connection.
        let mut told = Told { transfer, metrics: &self.metrics };
        while let Some(octets) = told.transfer.next(self.now()) {
            send(stream, &octets).await?;
        }
        if told.transfer.is_whole() { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

/// Two octets of length, then the message (RFC 1035 §4.2.2).
async fn send(stream: &mut TcpStream, octets: &[u8]) -> io::Result<()> {
    let framed = [&(octets.len() as u16).to_be_bytes(), octets].concat();
    timeout(STALL, stream.write_all(&framed)).await?
}

/// A transfer that is told of when it ends.
struct Told<'m> {
    transfer: Transfer,
    metrics: &'m metrics::Zones,
}

impl Drop for Told<'_> {
    fn drop(&mut self) {
        let Transfer { zone, kind, serial, key, records, .. } = &self.transfer;
        let key = key.as_ref().map_or_else(|| "none, by its address".to_owned(), ToString::to_string);
        let nothing = *kind == Kind::Nothing;
        let (label, kind) = match kind {
            Kind::Whole => ("axfr", "AXFR"),
            Kind::Instead => ("whole", "IXFR, the whole zone since the differences are not known"),
            Kind::Differences => ("ixfr", "IXFR"),
            Kind::Nothing => ("current", "IXFR, nothing since it is current"),
        };
        let is_whole = self.transfer.is_whole();
        self.metrics.transferred(&zone.to_host(), if is_whole { label } else { "broken" });
        match is_whole {
            // Some ask for news every second.
            true if nothing => tracing::debug!(%zone, kind, serial = serial.0, key, "transferred"),
            true => tracing::info!(%zone, kind, serial = serial.0, records, key, "transferred"),
            false => {
                tracing::warn!(
                    %zone, kind, serial = serial.0, records, key,
                    "a transfer broke off: its client went, or took nothing for too long"
                );
            }
        }
    }
}
