//! DNS over UDP: a thread a socket, packets in batches.

use std::io::{IoSlice, IoSliceMut};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};
use std::os::fd::AsRawFd;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use arrayvec::ArrayVec;
use nix::cmsg_space;
use nix::errno::Errno;
use nix::libc::{in_addr, in_pktinfo, in6_addr, in6_pktinfo};
use nix::sys::socket::{
    ControlMessage, ControlMessageOwned, MsgFlags, MultiHeaders, RecvMsg, SockaddrStorage, recvmmsg,
    sendmmsg, sendmsg,
};
use tokio::runtime::Handle;

use super::LONGEST_QUERY;
use super::shell::Shell;
use crate::answer::{Answer, Client, LONGEST_UDP_SIZE, Miss, Reply};
use crate::metrics::{Shard, Transport};

/// Packets taken from the kernel at once.
const BATCH: usize = 64;

/// Where a packet came from and which of our addresses it was sent to, if that has to be said.
#[derive(Clone, Copy)]
struct Path {
    peer: SockaddrStorage,
    local: Option<IpAddr>,
}

/// Serves one socket on this thread until `stop`. No error and no panic over a packet ends it.
pub fn serve_udp(socket: UdpSocket, shell: &Shell, runtime: &Handle, stop: &AtomicBool) {
    let mut worker = Worker {
        socket: Arc::new(socket),
        shard: shell.metrics.shard(),
        shell,
        runtime,
        queries: Box::new([[0; LONGEST_QUERY]; BATCH]),
        replies: vec![[0; LONGEST_UDP_SIZE]; BATCH],
    };
    let mut headers = Headers::new();
    while !stop.load(Relaxed) {
        // A batch that panics is lost; its thread and everybody's service are not.
        if catch_unwind(AssertUnwindSafe(|| worker.batch(&mut headers))).is_err() {
            tracing::error!("a query made a UDP thread panic; its batch was dropped, please report this");
            headers = Headers::new();
        }
    }
}

/// The kernel's side of a batch, kept from one to the next.
struct Headers {
    receive: MultiHeaders<SockaddrStorage>,
    send: MultiHeaders<SockaddrStorage>,
    send_v4: MultiHeaders<SockaddrStorage>,
    send_v6: MultiHeaders<SockaddrStorage>,
}

impl Headers {
    fn new() -> Self {
        Self {
            receive: MultiHeaders::preallocate(BATCH, Some(cmsg_space!(in6_pktinfo))),
            send: MultiHeaders::preallocate(BATCH, None),
            send_v4: MultiHeaders::preallocate(BATCH, Some(cmsg_space!(in_pktinfo))),
            send_v6: MultiHeaders::preallocate(BATCH, Some(cmsg_space!(in6_pktinfo))),
        }
    }
}

struct Worker<'s> {
    socket: Arc<UdpSocket>,
    shard: Arc<Shard>,
    shell: &'s Shell,
    runtime: &'s Handle,
    queries: Box<[[u8; LONGEST_QUERY]; BATCH]>,
    replies: Vec<[u8; LONGEST_UDP_SIZE]>,
}

/// A reply of the batch: its path and its length.
type Ready = ArrayVec<(Path, usize), BATCH>;

impl Worker<'_> {
    /// Receives what there is, answers what can be answered, sends that, and hands on the rest.
    fn batch(&mut self, headers: &mut Headers) {
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
        let mut ready = Ready::new();
        let mut misses: ArrayVec<(Path, Box<Miss>), BATCH> = ArrayVec::new();
        for message in received {
            let (Some(path), Some(packet)) = (path(&message), whole(&message)) else { continue };
            let Some(peer) = peer(&path.peer) else { continue };
            let Some((address, packet)) = self.shell.fronts.origin(peer.ip(), packet) else { continue };
            let client = Client { address: address.to_canonical(), transport: Transport::Udp };
            let reply = &mut self.replies[ready.len()];
            match self.shell.engine.answer(&policy, packet, client, now, reply) {
                Answer::Reply(Reply { length, outcome, refresh }) => {
                    self.shard.query(outcome.count(Transport::Udp, true));
                    if let Some(miss) = refresh {
                        self.shell.refresh(self.runtime, *miss);
                    }
                    ready.push((path, length));
                }
                Answer::Drop(outcome) => self.shard.query(outcome.count(Transport::Udp, false)),
                Answer::Miss(miss) => misses.push((path, miss)),
            }
        }
        drop(policy);
        let slices: ArrayVec<[IoSlice<'_>; 1], BATCH> = ready
            .iter()
            .zip(&self.replies)
            .map(|((_, length), reply)| [IoSlice::new(&reply[..*length])])
            .collect();
        send_all(&self.socket, headers, &ready, &slices);
        self.shard.latency(self.shell.clock.micros() - started, ready.len() as u64);
        for (path, miss) in misses {
            self.hand_on(path, miss, started);
        }
    }

    /// Sends a miss to the resolver; its reply leaves from there.
    fn hand_on(&self, path: Path, miss: Box<Miss>, started: u64) {
        let (shell, socket) = (self.shell.clone(), self.socket.clone());
        self.runtime.spawn(async move {
            let under_way = shell.under_way();
            let (answer, reply) = shell.complete(*miss).await;
            match answer {
                Answer::Reply(Reply { outcome, .. }) => {
                    shell.counts.query(outcome.count(Transport::Udp, true));
                    send_one(&socket, &path, &reply);
                    shell.counts.latency(shell.clock.micros() - started, 1);
                }
                Answer::Drop(outcome) => shell.counts.query(outcome.count(Transport::Udp, false)),
                Answer::Miss(_) => {}
            }
            drop(under_way);
        });
    }
}

/// A datagram that was not cut.
fn whole<'m>(message: &RecvMsg<'m, 'm, SockaddrStorage>) -> Option<&'m [u8]> {
    if message.flags.contains(MsgFlags::MSG_TRUNC) { None } else { message.iovs().next() }
}

fn path(message: &RecvMsg<'_, '_, SockaddrStorage>) -> Option<Path> {
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

fn peer(address: &SockaddrStorage) -> Option<SocketAddr> {
    match (address.as_sockaddr_in(), address.as_sockaddr_in6()) {
        (Some(address), _) => Some(SocketAddr::V4((*address).into())),
        (_, Some(address)) => Some(SocketAddr::V6((*address).into())),
        _ => None,
    }
    // What comes from port 0 cannot be answered.
    .filter(|peer| peer.port() != 0)
}

/// Sends a batch, in runs of replies that leave from one local address: the kernel takes one for each call.
fn send_all(socket: &UdpSocket, headers: &mut Headers, ready: &Ready, slices: &[[IoSlice<'_>; 1]]) {
    let mut start = 0;
    while start < ready.len() {
        let local = ready[start].0.local;
        let run = ready[start..].iter().take_while(|(path, _)| path.local == local).count();
        let peers: ArrayVec<Option<SockaddrStorage>, BATCH> =
            ready[start..start + run].iter().map(|(path, _)| Some(path.peer)).collect();
        let sent = with_source(local, |control| {
            let headers = match local {
                None => &mut headers.send,
                Some(IpAddr::V4(_)) => &mut headers.send_v4,
                Some(IpAddr::V6(_)) => &mut headers.send_v6,
            };
            let slices = &slices[start..start + run];
            sendmmsg(socket.as_raw_fd(), headers, slices, &peers, control, MsgFlags::MSG_DONTWAIT)
                .map(|sent| sent.count())
        });
        // The first one failed: only that one is given up.
        start += sent.unwrap_or(1).max(1);
    }
}

fn send_one(socket: &UdpSocket, path: &Path, reply: &[u8]) {
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
