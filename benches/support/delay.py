#!/usr/bin/env python3
"""A line with a delay between two network namespaces: packets of one TUN device come out of the other one, later.

    delay.py MILLISECONDS NEAR FAR PROCESS

NEAR is a TUN device of this namespace, FAR one of the namespace of PROCESS; both were made by `ip tuntap`. Every packet
waits the given time in each direction. The kernel's own means for this (netem) are often not built in.
"""

import collections
import fcntl
import os
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
# What a line holds before it drops, in packets for each direction.
LONGEST = 20000


def attach(device):
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH", device.encode(), IFF_TUN | IFF_NO_PI))
    return descriptor


def drain(source, queue, due):
    while len(queue) < LONGEST:
        try:
            queue.append((due, os.read(source, 65536)))
        except BlockingIOError:
            return


def relay(near, far, delay):
    lines = [(near, far, collections.deque()), (far, near, collections.deque())]
    while True:
        now = time.monotonic()
        for _, target, queue in lines:
            while queue and queue[0][0] <= now:
                try:
                    os.write(target, queue.popleft()[1])
                except OSError:
                    pass
        waiting = [queue[0][0] for _, _, queue in lines if queue]
        pause = max(0.0, min(waiting) - time.monotonic()) if waiting else None
        ready, _, _ = select.select([near, far], [], [], pause)
        for source, _, queue in lines:
            if source in ready:
                drain(source, queue, time.monotonic() + delay)


def main():
    if len(sys.argv) == 5:
        milliseconds, near, far, process = sys.argv[1:]
        descriptor = attach(near)
        os.set_inheritable(descriptor, True)
        again = [sys.executable, os.path.abspath(__file__), milliseconds, far, str(descriptor)]
        os.execvp("nsenter", ["nsenter", f"--net=/proc/{process}/ns/net", *again])
    elif len(sys.argv) == 4:
        relay(int(sys.argv[3]), attach(sys.argv[2]), float(sys.argv[1]) / 1000)
    else:
        sys.exit(__doc__)


main()
