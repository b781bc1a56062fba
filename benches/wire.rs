//! How near does each server come to what the kernel can carry?
//!
//! `cargo bench --bench wire` runs the measurement, which is the script beside this file and says there what it does
//! and needs. This program is the limit that it compares with: `wire echo ADDRESS` takes datagrams from the kernel and
//! gives them back, 64 at once and by two calls, with nothing between those but a bit set in each. No server that is
//! asked and answers by these calls can be faster. `wire await ADDRESS NAME CODE` asks for a name until the answer has
//! that code, some hundred times a second, which no client of the field does.

// The calls with arrays that were filled once, as no safe wrapper has them: a wrapper's own work would be measured.
#![allow(unsafe_code)]
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and stops where it cannot go on"
)]

mod support;

use std::mem::{size_of, zeroed};
use std::net::{SocketAddr, UdpSocket};
use std::os::fd::{AsRawFd, RawFd};
use std::os::unix::process::CommandExt;
use std::process::Command;
use std::ptr::null_mut;
use std::time::Duration;
use std::{env, thread};

use nix::libc::{MSG_WAITFORONE, iovec, mmsghdr, recvmmsg, sendmmsg, sockaddr_storage};
use nix::sys::socket::setsockopt;
use nix::sys::socket::sockopt::{RcvBuf, RcvBufForce};

/// Datagrams in one call, and octets in one datagram, as in the server.
const BATCH: usize = 64;
const LONGEST: usize = 1_232;
/// What the server asks for too.
const RECEIVE_BUFFER: usize = 4 << 20;
const ASK_AGAIN: Duration = Duration::from_millis(2);

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["echo", address] => Echo::new(bind(address.parse().expect("an address and a port"))).serve(),
        ["await", address, name, code] => {
            await_code(
                address.parse().expect("an address and a port"),
                name,
                code.parse().expect("a number"),
            );
        }
        // What `./test` asks: the measurement wants root and programs of others, the echo nothing.
        [.., "--test"] | ["--test", ..] => check(),
        _ => {
            let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/wire.sh");
            let own = env::current_exe().expect("the path of this program");
            let rempart = env::var("REMPART").unwrap_or(env!("CARGO_BIN_EXE_rempart").into());
            let error = Command::new(script).env("WIRE", own).env("REMPART", rempart).exec();
            panic!("{script}: {error}");
        }
    }
}

fn bind(address: SocketAddr) -> UdpSocket {
    let socket = UdpSocket::bind(address).expect("a free address");
    setsockopt(&socket, RcvBufForce, &RECEIVE_BUFFER)
        .or_else(|_| setsockopt(&socket, RcvBuf, &RECEIVE_BUFFER))
        .expect("a size of buffer");
    socket
}

/// Returns when an answer has a code; whoever waits for this ends it where that takes too long.
fn await_code(address: SocketAddr, name: &str, code: u8) {
    let query = support::query(name);
    let mut reply = [0; LONGEST];
    loop {
        let socket = UdpSocket::bind("0.0.0.0:0").expect("a free port");
        socket.set_read_timeout(Some(ASK_AGAIN)).expect("a time");
        // Neither a server that is not there yet nor one that does not answer yet is an error.
        let sent = socket.connect(address).and_then(|()| socket.send(&query));
        match sent.and_then(|_| socket.recv(&mut reply)) {
            Ok(4..) if reply[3] & 15 == code => return,
            _ => thread::sleep(ASK_AGAIN),
        }
    }
}

/// One query to the echo and back.
fn check() {
    let socket = bind(([127, 0, 0, 1], 0).into());
    let address = socket.local_addr().expect("a bound socket");
    thread::spawn(|| Echo::new(socket).serve());
    let client = bind(([127, 0, 0, 1], 0).into());
    client.set_read_timeout(Some(Duration::from_secs(10))).expect("a time");
    client.send_to(b"\x12\x34\x01\x00", address).expect("a query leaves");
    let mut reply = [0; 16];
    let length = client.recv(&mut reply).expect("a reply");
    assert_eq!(&reply[..length], b"\x12\x34\x81\x00");
    println!("wire: the echo answers");
}

/// A socket and all that the two calls are given, which point to each other and stay where they are.
struct Echo {
    socket: UdpSocket,
    headers: Box<[mmsghdr; BATCH]>,
    slices: Box<[iovec; BATCH]>,
    packets: Box<[[u8; LONGEST]; BATCH]>,
    _peers: Box<[sockaddr_storage; BATCH]>,
}

impl Echo {
    fn new(socket: UdpSocket) -> Self {
        // SAFETY: zero is a value of each of these.
        let mut headers: Box<[mmsghdr; BATCH]> = Box::new(unsafe { zeroed() });
        let mut slices: Box<[iovec; BATCH]> = Box::new(unsafe { zeroed() });
        let mut peers: Box<[sockaddr_storage; BATCH]> = Box::new(unsafe { zeroed() });
        let mut packets = Box::new([[0; LONGEST]; BATCH]);
        for number in 0..BATCH {
            slices[number].iov_base = packets[number].as_mut_ptr().cast();
            let header = &mut headers[number].msg_hdr;
            header.msg_iov = &mut slices[number];
            header.msg_iovlen = 1;
            header.msg_name = (&raw mut peers[number]).cast();
            header.msg_control = null_mut();
        }
        Self { socket, headers, slices, packets, _peers: peers }
    }

    fn serve(mut self) -> ! {
        let socket: RawFd = self.socket.as_raw_fd();
        loop {
            for (header, slice) in self.headers.iter_mut().zip(self.slices.iter_mut()) {
                header.msg_hdr.msg_namelen = size_of::<sockaddr_storage>() as u32;
                slice.iov_len = LONGEST;
            }
            let headers = self.headers.as_mut_ptr();
            // SAFETY: each header points to a slice, a packet and an address of its own, which `self` holds.
            let count = unsafe { recvmmsg(socket, headers, BATCH as u32, MSG_WAITFORONE, null_mut()) };
            let count = usize::try_from(count).unwrap_or(0);
            for number in 0..count {
                self.packets[number][2] |= 0x80;
                self.slices[number].iov_len = self.headers[number].msg_len as usize;
            }
            // SAFETY: as above; each length is that of what was received.
            unsafe { sendmmsg(socket, headers, count as u32, 0) };
        }
    }
}
