//! DNS over UDP: a thread a socket, packets in batches.

use std::io::{IoSlice, IoSliceMut};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::ops::Range;
use std::os::fd::AsRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use arrayvec::ArrayVec;
use nix::cmsg_space;
use nix::errno::Errno;
use nix::libc::{in_addr, in_pktinfo, in6_addr, in6_pktinfo};
use nix::sys::socket::{
    ControlMessage, ControlMessageOwned, MsgFlags, MultiHeaders, RecvMsg, SockaddrIn, SockaddrIn6,
    SockaddrLike, recvmmsg, sendmmsg, sendmsg,
};
use tokio::runtime::Handle;

use super::LONGEST_QUERY;
use super::shell::Shell;
use crate::answer::{Answer, Asked, Client, LONGEST_UDP_SIZE, Miss, Reply, Suffixes};
use crate::metrics::{Shard, Transport};

/// Packets taken from the kernel at once.
const BATCH: usize = 64;

/// An address as a socket's family has it: a tenth of one that may be of any, of which a batch moves 64.
trait Peer: SockaddrLike + Copy + Send + Sync + 'static {
    fn address(&self) -> SocketAddr;
    /// Room for what the kernel says of where a packet was sent to.
    fn control_space() -> Vec<u8>;
}

impl Peer for SockaddrIn {
    fn address(&self) -> SocketAddr {
        SocketAddr::V4((*self).into())
    }

    fn control_space() -> Vec<u8> {
        cmsg_space!(in_pktinfo)
    }
}

impl Peer for SockaddrIn6 {
    fn address(&self) -> SocketAddr {
        SocketAddr::V6((*self).into())
    }

    fn control_space() -> Vec<u8> {
        cmsg_space!(in6_pktinfo)
    }
}

/// Where a packet came from and which of our addresses it was sent to, if that has to be said.
#[derive(Clone, Copy)]
struct Path<P> {
    peer: P,
    local: Option<IpAddr>,
}

/// Serves one socket on this thread until `stop`. No error and no panic over a packet ends it.
pub fn serve_udp(socket: UdpSocket, shell: &Shell, runtime: &Handle, stop: &AtomicBool) {
    match socket.local_addr() {
        Ok(SocketAddr::V4(address)) => {
            let is_told = address.ip().is_unspecified();
            Worker::new(socket, shell, runtime).serve(stop, || Headers::<SockaddrIn>::new(is_told));
        }
        Ok(SocketAddr::V6(address)) => {
            let is_told = address.ip().is_unspecified();
            Worker::new(socket, shell, runtime).serve(stop, || Headers::<SockaddrIn6>::new(is_told));
        }
        Err(error) => tracing::error!(%error, "a socket has no address and is not served"),
    }
}

/// The kernel's side of a batch, kept from one to the next.
struct Headers<P> {
    receive: MultiHeaders<P>,
    send: MultiHeaders<P>,
    /// For replies that have to leave from the address that was asked.
    send_from: MultiHeaders<P>,
}

impl<P: Peer> Headers<P> {
    /// For a socket that is told where each packet was sent to, or for one that is bound to a single address.
    fn new(is_told: bool) -> Self {
        Self {
            receive: MultiHeaders::preallocate(BATCH, is_told.then(P::control_space)),
            send: MultiHeaders::preallocate(BATCH, None),
            send_from: MultiHeaders::preallocate(BATCH, Some(P::control_space())),
        }
    }
}

struct Worker<'s> {
    socket: Arc<UdpSocket>,
    shard: Shard,
    shell: &'s Shell,
    runtime: &'s Handle,
    queries: Box<[[u8; LONGEST_QUERY]; BATCH]>,
    /// The hashes of the names that they ask for.
    suffixes: Box<[Suffixes]>,
    /// One behind the other: most are short, and those of a batch then share a few pages.
    replies: Vec<u8>,
}

/// The replies of a batch: where each goes, and where in the buffer it stands.
struct Ready<P> {
    peers: ArrayVec<Option<P>, BATCH>,
    locals: ArrayVec<Option<IpAddr>, BATCH>,
    places: ArrayVec<Range<usize>, BATCH>,
}

impl<'s> Worker<'s> {
    fn new(socket: UdpSocket, shell: &'s Shell, runtime: &'s Handle) -> Self {
        Self {
            socket: Arc::new(socket),
            shard: shell.metrics.shard(),
            shell,
            runtime,
            queries: Box::new([[0; LONGEST_QUERY]; BATCH]),
            suffixes: vec![Suffixes::default(); BATCH].into(),
            replies: vec![0; LONGEST_UDP_SIZE * BATCH],
        }
    }

    fn serve<P: Peer>(mut self, stop: &AtomicBool, headers: impl Fn() -> Headers<P>) {
        let mut kept = headers();
        while !stop.load(Relaxed) {
            // A batch that panics is lost; its thread and everybody's service are not.
            if catch_unwind(AssertUnwindSafe(|| self.batch(&mut kept))).is_err() {
                tracing::error!("a query made a UDP thread panic; its batch was dropped, please report this");
                kept = headers();
            }
        }
    }

    /// Receives what there is, answers what can be answered, sends that, and hands on the rest.
    fn batch<P: Peer>(&mut self, headers: &mut Headers<P>) {
        let mut slices = self.queries.each_mut().map(|query| [IoSliceMut::new(query)]);
        let flags = MsgFlags::MSG_WAITFORONE;
        let received = match recvmmsg(self.socket.as_raw_fd(), &mut headers.receive, &mut slices, flags, None)
        {
            Ok(received) => received,
            // Time to look at `stop`, or an ICMP error about an earlier reply, which is nothing to us.
            Err(_) => return,
        };
        let started = self.shell.clock.micros();
        let now = self.shell.clock.now();
        let policy = self.shell.engine.policy();
        let mut ready = Ready { peers: ArrayVec::new(), locals: ArrayVec::new(), places: ArrayVec::new() };
        let mut misses: ArrayVec<(Path<P>, Box<Miss>), BATCH> = ArrayVec::new();
        let mut used = 0;
        let mut asked = ArrayVec::<_, BATCH>::new();
        for (message, suffixes) in received.zip(&mut self.suffixes) {
            let (Some(path), Some(packet)) = (path(&message), whole(&message)) else { continue };
            let peer = path.peer.address();
            // What comes from port 0 cannot be answered.
            if peer.port() == 0 {
                continue;
            }
            let Some((address, packet)) = self.shell.fronts.origin(peer.ip(), packet) else { continue };
            let client = Client { address: address.to_canonical(), transport: Transport::Udp };
            asked.push((path, client, Asked::read(&policy, packet, suffixes)));
        }
        self.shell.engine.look_ahead(&policy, asked.iter().map(|(_, _, asked)| asked));
        for (path, client, asked) in &asked {
            let (path, client) = (*path, *client);
            let reply = &mut self.replies[used..used + LONGEST_UDP_SIZE];
            match self.shell.engine.answer_read(&policy, asked, (client, now), reply) {
                Answer::Reply(Reply { length, outcome, refresh }) => {
                    self.shard.query(outcome.count(Transport::Udp, true));
                    if let Some(miss) = refresh {
                        self.shell.refresh(self.runtime, *miss);
                    }
                    ready.peers.push(Some(path.peer));
                    ready.locals.push(path.local);
                    ready.places.push(used..used + length);
                    used += length;
                }
                Answer::Drop(outcome) => self.shard.query(outcome.count(Transport::Udp, false)),
                Answer::Miss(miss) => misses.push((path, miss)),
            }
        }
        drop((policy, asked));
        send_all(&self.socket, headers, &ready, &self.replies);
        self.shard.latency(self.shell.clock.micros() - started, ready.peers.len() as u64);
        for (path, miss) in misses {
            self.hand_on(path, miss, started);
        }
    }

    /// Sends a miss to the resolver; its reply leaves from there.
    fn hand_on<P: Peer>(&self, path: Path<P>, miss: Box<Miss>, started: u64) {
        let (shell, socket) = (self.shell.clone(), self.socket.clone());
        self.runtime.spawn(async move {
            let under_way = shell.under_way();
            let (answer, reply) = shell.complete(*miss).await;
            match answer {
                Answer::Reply(Reply { outcome, .. }) => {
                    shell.counts.query(outcome.count(Transport::Udp, true));
                    send_one(&socket, &path, &reply);
                    shell.counts.latency(shell.clock.micros() - started);
                }
                Answer::Drop(outcome) => shell.counts.query(outcome.count(Transport::Udp, false)),
                Answer::Miss(_) => {}
            }
            drop(under_way);
        });
    }
}

/// A datagram that was not cut.
fn whole<'m, P>(message: &RecvMsg<'m, 'm, P>) -> Option<&'m [u8]> {
    if message.flags.contains(MsgFlags::MSG_TRUNC) { None } else { message.iovs().next() }
}

fn path<P: Peer>(message: &RecvMsg<'_, '_, P>) -> Option<Path<P>> {
    let local = message.cmsgs().ok()?.find_map(|control| match control {
        ControlMessageOwned::Ipv4PacketInfo(info) => {
            Some(IpAddr::from(Ipv4Addr::from(info.ipi_addr.s_addr.to_ne_bytes())))
        }
        ControlMessageOwned::Ipv6PacketInfo(info) => {
            Some(IpAddr::from(Ipv6Addr::from(info.ipi6_addr.s6_addr)))
        }
        _ => None,
    });
    Some(Path { peer: message.address?, local })
}

/// Sends a batch, in runs of replies that leave from one local address: the kernel takes one for each call.
fn send_all<P: Peer>(socket: &UdpSocket, headers: &mut Headers<P>, ready: &Ready<P>, replies: &[u8]) {
    let slices: ArrayVec<[IoSlice<'_>; 1], BATCH> =
        ready.places.iter().map(|place| [IoSlice::new(&replies[place.clone()])]).collect();
    let mut start = 0;
    while start < slices.len() {
        let local = ready.locals[start];
        let run = start..start + ready.locals[start..].iter().take_while(|other| **other == local).count();
        let sent = with_source(local, |control| {
            let headers = if local.is_some() { &mut headers.send_from } else { &mut headers.send };
            let (slices, peers) = (&slices[run.clone()], &ready.peers[run.clone()]);
            sendmmsg(socket.as_raw_fd(), headers, slices, peers, control, MsgFlags::MSG_DONTWAIT)
                .map(|sent| sent.count())
        });
        // The first one failed: only that one is given up.
        start += sent.unwrap_or(1).max(1);
    }
}

fn send_one<P: Peer>(socket: &UdpSocket, path: &Path<P>, reply: &[u8]) {
    let sent: Result<usize, Errno> = with_source(path.local, |control| {
        let slices = [IoSlice::new(reply)];
        sendmsg(socket.as_raw_fd(), &slices, control, MsgFlags::MSG_DONTWAIT, Some(&path.peer))
    });
    if let Err(error) = sent {
        tracing::debug!(%error, "a reply could not be sent");
    }
}

/// Runs `send` with the control message that makes a reply leave from `local`.
fn with_source<T>(local: Option<IpAddr>, send: impl FnOnce(&[ControlMessage<'_>]) -> T) -> T {
    match local {
        None => send(&[]),
        Some(IpAddr::V4(address)) => {
            let source = in_addr { s_addr: u32::from_ne_bytes(address.octets()) };
            let info = in_pktinfo { ipi_ifindex: 0, ipi_spec_dst: source, ipi_addr: in_addr { s_addr: 0 } };
            send(&[ControlMessage::Ipv4PacketInfo(&info)])
        }
        Some(IpAddr::V6(address)) => {
            let info = in6_pktinfo { ipi6_addr: in6_addr { s6_addr: address.octets() }, ipi6_ifindex: 0 };
            send(&[ControlMessage::Ipv6PacketInfo(&info)])
        }
    }
}
