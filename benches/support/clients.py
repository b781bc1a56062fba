#!/usr/bin/env python3
"""Clients that cost a server something: many that are idle, or some that ask and never read.

    clients.py idle tcp|dot COUNT      asks once on each of so many connections, says "ready", and keeps them open
    clients.py slow tcp|dot COUNT      asks on each for long answers without end and reads none, until it is stopped;
                                       a connection that is closed is opened again

They come from 250 addresses (127.0.1.1 to .250), so that limits for one client are not what is measured. Ends when its
input does.
"""

import select
import socket
import ssl
import struct
import sys

ADDRESS = "127.0.0.1"
SOURCES = 250


def query(name, kind):
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    # An identifier, RD, one question.
    message = struct.pack(">6H", 1, 0x100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", kind, 1)
    return struct.pack(">H", len(message)) + message


def connect(transport, number, receive=None):
    plain = socket.socket()
    if receive:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    plain.setsockopt(socket.SOL_IP, 24, 1)  # IP_BIND_ADDRESS_NO_PORT: a port for each pair of addresses
    plain.bind((f"127.0.1.{number % SOURCES + 1}", 0))
    plain.settimeout(20)
    plain.connect((ADDRESS, 853 if transport == "dot" else 53))
    if transport == "tcp":
        return plain
    context = connect.context
    return context.wrap_socket(plain)


connect.context = ssl.create_default_context()
connect.context.check_hostname = False
connect.context.verify_mode = ssl.CERT_NONE


def idle(transport, count):
    asked, held = query("n0.example", 1), []
    for number in range(count):
        connection = connect(transport, number)
        connection.sendall(asked)
        length = struct.unpack(">H", connection.recv(2))[0]
        while length > 0:
            length -= len(connection.recv(length))
        held.append(connection)
    print("ready", flush=True)
    sys.stdin.read()


def ended(connection):
    """Whether the server has closed it; what has arrived otherwise stays where it is."""
    try:
        return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True


def slow(transport, count):
    asked = query("long.example", 16) * 64
    connections = [None] * count
    ready = False
    while not select.select([sys.stdin], [], [], 0.05)[0]:
        for number in range(count):
            try:
                if connections[number] is None:
                    connections[number] = connect(transport, number, receive=4096)
                    connections[number].setblocking(False)
                connections[number].send(asked)
            except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
                # The server reads no more: it may have closed the connection.
                raw = connections[number]
                if transport == "tcp" and ended(raw):
                    connections[number] = None
            except OSError:
                connections[number] = None
        if not ready:
            ready = True
            print("ready", flush=True)


{"idle": idle, "slow": slow}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
