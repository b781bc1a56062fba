#!/usr/bin/env bash
# What does a query cost that comes by TCP, TLS or HTTPS, and what does a connection?
#
# Asks `rempart` and Unbound 1,000 names that both have in their caches, over UDP, TCP, TLS (DoT) and HTTPS (DoH, by
# HTTP/2), in turns, each started anew for each round: as many queries a second as there are answers, with the
# processor time of the server for each; then a fixed number a second, for the latency. Prints the medians of all rounds
# and `rempart` as a multiple of Unbound. Then 10,000 connections that were used once stay open, over TCP and over TLS:
# resident memory before and with them. Then 200 clients ask for long answers without end and never read, while others
# ask over UDP and TCP at a fixed rate: what those notice, and resident memory at its peak.
#
#     sudo benches/transports.sh
#
# Settings, by environment: SERVERS="rempart unbound", TRANSPORTS="udp tcp dot doh", ROUNDS=3, DURATION=5 (seconds, of
# each measurement), CLIENTS=20 (connections), FLIGHT=200 (queries, of all together), RATE=5000 (queries a second, for the
# latency), NAMES=1000, IDLE=10000 (connections; 0 for none), SLOW=200 (clients; 0 for none),
# REMPART=target/release/rempart.
#
# Needed: root, nsd, unbound, dnsperf, h2load (nghttp2-client), kdig, python3, openssl; twice as many open files as idle
# connections. `cargo build --release` first.
#
# HTTPS is asked by h2load, since dnsperf (all versions up to 2.14) takes one reply at a time from what it reads and
# loses those that came with it. No client of Debian measures DNS over QUIC or over HTTP/3: they are not in here.
# Everything happens in namespaces of its own, which end every process with them; server and client share the machine.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [[ -z ${TRANSPORTS_INSIDE:-} ]]; then
    export TRANSPORTS_INSIDE=yes
    exec unshare --net --mount --pid --fork --mount-proc --kill-child "$here/transports.sh" "$@"
fi

export PATH="$PATH:/usr/sbin:/sbin" LC_ALL=C
servers=${SERVERS:-rempart unbound} transports=${TRANSPORTS-udp tcp dot doh} rounds=${ROUNDS:-3}
duration=${DURATION:-5} clients=${CLIENTS:-20} flight=${FLIGHT:-200} rate=${RATE:-5000} names=${NAMES:-1000}
idle=${IDLE:-10000} slow=${SLOW:-200}
rempart=$(realpath "${REMPART:-$here/../target/release/rempart}")
upstream_port=5399

. "$here/support/shell.sh"
mount -t tmpfs tmpfs "$folder"
trap 'umount --lazy "$folder"; cleanup' EXIT

for program in nsd unbound dnsperf h2load kdig python3 openssl ip; do
    command -v $program >/dev/null || fail "$program is needed"
done
[[ -x $rempart ]] || fail "$rempart is missing; run cargo build --release"
ulimit -n "$(ulimit -Hn)"
((idle + 1000 < $(ulimit -n))) || fail "$idle idle connections need as many open files; this shell may have $(ulimit -n)"

# --- Names, and who has them -------------------------------------------------------------------------------------

prepare() {
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7 -subj /CN=dns.example \
        -addext subjectAltName=DNS:dns.example,IP:127.0.0.1 -keyout "$folder/key.pem" -out "$folder/chain.pem" 2>/dev/null
    awk -v n="$names" 'BEGIN { for (i = 0; i < n; i++) printf "n%d.example A\n", i; print "long.example TXT" }' \
        >"$folder/names"
    grep ' A$' "$folder/names" >"$folder/queries"
    python3 - "$names" >"$folder/urls" <<'END'
import base64, struct, sys
for number in range(int(sys.argv[1])):
    label = f"n{number}".encode()
    question = bytes([len(label)]) + label + b"\x07example\0" + struct.pack(">2H", 1, 1)
    message = struct.pack(">6H", 0, 0x100, 1, 0, 0, 0) + question
    encoded = base64.urlsafe_b64encode(message).rstrip(b"=").decode()
    print(f"https://127.0.0.1/dns-query?dns={encoded}")
END
    { printf '%s\n' '$TTL 86400' '. SOA ns.localhost. host.localhost. 1 3600 600 86400 60' '. NS ns.localhost.' \
          'ns.localhost. A 127.0.0.1' '*.example. A 192.0.2.1'
      printf 'long.example. TXT'; for _ in {1..15}; do printf ' "%0200d"' 0; done; echo; } >"$folder/root.zone"
    start_nsd $upstream_port
    await "the start of nsd" 10 answers -p $upstream_port
}

# --- Servers -----------------------------------------------------------------------------------------------------

start_rempart() { # transports that it serves: it serves all
    cat >"$folder/rempart.toml" <<END
[server]
listen = ["127.0.0.1:53"]
tls = ["127.0.0.1:853"]
https = ["127.0.0.1:443"]
certificate = "$folder/chain.pem"
key = "$folder/key.pem"
page = ["127.0.0.1:80"]
admin = "127.0.0.1:9451"
connections = $((idle + 1000))
idle = 600
[policy]
[[policy.groups]]
name = "all"
lists = []
[resolver]
forward = ["127.0.0.1:$upstream_port"]
dnssec = false
END
    "$rempart" --config "$folder/rempart.toml" run >"$folder/rempart.log" 2>&1 &
    server=$!
}

# It sets room aside for each of its ports, and serves the fewer the longer it may keep an idle connection: for those it
# gets one port with room for half as many again, and a time that holds although it then is cut to a hundredth.
start_unbound() { # ports, connections for each port and thread
    { echo "server:"
      for port in $1; do echo "  interface: 127.0.0.1@$port"; done
      printf '  %s\n' "num-threads: $(nproc)" 'so-reuseport: yes' 'username: ""' 'chroot: ""' "directory: \"$folder\"" \
          "pidfile: \"$folder/unbound.pid\"" 'use-syslog: no' "logfile: \"$folder/unbound.log\"" \
          'do-not-query-localhost: no' 'module-config: "iterator"' "incoming-num-tcp: $2" \
          'tcp-idle-timeout: 3600000' "tls-service-key: \"$folder/key.pem\"" "tls-service-pem: \"$folder/chain.pem\""
      printf 'forward-zone:\n  name: "."\n  forward-addr: 127.0.0.1@%d\n' $upstream_port
      printf 'remote-control:\n  control-enable: no\n'; } >"$folder/unbound.conf"
    unbound -d -c "$folder/unbound.conf" >/dev/null 2>&1 &
    server=$!
}

start() { # server, ports, connections for each port and thread, how to ask whether it is there
    local name=$1 ports=$2 room=$3; shift 3
    "start_$name" "$ports" "$room"
    running+=("$server")
    await "the start of $name" 20 answers "$@"
}

stop_server() {
    kill "$server"
    wait "$server" 2>/dev/null || true
    unset "running[-1]"
}

answers() { kdig +timeout=1 +retry=0 "$@" @127.0.0.1 n0.example A | grep -q "status: NOERROR"; }
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$server/stat"; }

# --- Measuring ---------------------------------------------------------------------------------------------------

fill() { dnsperf -s 127.0.0.1 -m tcp -d "$folder/names" -n 2 -q 50 -t 5 >/dev/null 2>&1; }

ask() { # transport, queries a second or 0 for as many as there are answers: writes completed, lost, seconds, latencies
    local options=()
    : >"$folder/latencies"
    case $1 in
        doh)
            (($2 == 0)) || options=(--rps=$(($2 / clients)) --log-file="$folder/log")
            rm -f "$folder/log"
            h2load -D "$duration" -c "$clients" -m $((flight / clients)) -i "$folder/urls" "${options[@]}" \
                >"$folder/told" 2>&1
            awk -v duration="$duration" '/^requests:/ { done = $8; lost = $10 + $12 + $14 } /^status codes:/ { lost += (done > $3 ? done - $3 : 0) }
                END { print done + 0, lost + 0, duration }' "$folder/told" >"$folder/counts"
            [[ ! -e $folder/log ]] || awk '{ print $3 / 1000 }' "$folder/log" >"$folder/latencies" ;;
        *)
            (($2 == 0)) || options=(-Q "$2" -v)
            dnsperf -s 127.0.0.1 -m "$1" -d "$folder/queries" -l "$duration" -c "$clients" -q "$flight" -T 1 -t 5 -b 4096 \
                "${options[@]}" >"$folder/told" 2>/dev/null
            awk '/Queries completed:/ { done = $3 } /Queries lost:/ { lost = $3 } /Run time/ { time = $4 }
                END { print done + 0, lost + 0, time }' "$folder/told" >"$folder/counts"
            awk '/^> / && $5 ~ /^[0-9.]+$/ { print $5 * 1000 }' "$folder/told" >"$folder/latencies" ;;
    esac
}

quantile() { sort -n "$folder/latencies" | awk -v q="$1" '{ all[NR] = $1 } END { print (NR ? all[int(NR * q) + 1] : "-") }'; }

measure() { # server: a line for each transport
    local transport before
    start "$1" "53 853 443" 1000
    fill
    for transport in $transports; do
        before=$(ticks)
        ask "$transport" 0
        read -r completed lost seconds <"$folder/counts"
        line=$(awk -v c="$completed" -v s="$seconds" -v t=$(($(ticks) - before)) -v h="$(getconf CLK_TCK)" \
            'BEGIN { printf "%.0f %.2f", c / s, (c ? t / h * 1e6 / c : 0) }')
        ask "$transport" "$rate"
        read -r _ lost_too _ <"$folder/counts"
        echo "$1 $transport $line $(quantile 0.5) $(quantile 0.99) $((lost + lost_too))" | tee -a "$folder/measured" |
            sed 's/^/  /'
    done
    stop_server
}

table() {
    echo
    echo "Medians of $rounds rounds, $clients connections, $flight in flight; latency at $rate queries a second:"
    awk -v transports="$transports" "$median"'
        { key = $1 " " $2; n = ++count[key]; for (c = 3; c <= NF; c++) value[key, c, n] = $c + 0 }
        END {
            split("queries/s,CPU µs/query,p50 ms,p99 ms,lost", title, ","); total = split(transports, name, " ")
            for (t = 1; t <= total; t++) {
                printf "\n%s%*s%12s%12s\n", name[t], 30 - length(name[t]), "rempart", "unbound", "ratio"
                for (c = 3; c <= 7; c++) {
                    a = median("rempart " name[t], c); b = median("unbound " name[t], c)
                    printf "  %-16s%12s%12s%12s\n", title[c - 2], a, b, (b > 0 && a != "" ? sprintf("%.2f", a / b) : "-")
                }
            }
        }' "$folder/measured"
}

hold() { # what, transport, count: the clients of support/clients.py, until `release`; fails where they take too long
    rm -f "$folder/stop"
    mkfifo "$folder/stop"
    : >"$folder/ready"
    python3 "$here/support/clients.py" "$1" "$2" "$3" <"$folder/stop" >"$folder/ready" 2>"$folder/clients" &
    holding=$!
    exec 9>"$folder/stop"
    (await "what the clients do" 240 grep -q ready "$folder/ready") && return
    kill "$holding"
    wait "$holding" || true
    exec 9>&-
    return 1
}
release() { exec 9>&-; wait "$holding" || fail "clients: $(tail -n 1 "$folder/clients")"; }

idle_connections() { # server, transport
    local before with ports=53 options=(+tcp)
    [[ $2 == tcp ]] || { ports=853; options=(+tls); }
    start "$1" "$ports" $((idle * 3 / 4)) "${options[@]}"
    before=$(memory VmRSS)
    if ! hold idle "$2" "$idle"; then
        echo "  $1 $2: fewer than $idle connections after 240 s"
        stop_server
        return
    fi
    with=$(memory VmRSS)
    await "an answer beside them" 5 answers "${options[@]}"
    awk -v server="$1" -v transport="$2" -v a="$before" -v b="$with" -v n="$idle" -v open="$(held)" 'BEGIN {
        printf "  %-10s%s: %.1f MB before, %.1f MB with them, %.1f KiB each; %d still open\n", server, transport, a, b,
            (b - a) * 1024 / n, open }'
    release
    stop_server
}

held() { ss -Htn state established "( sport = :53 or sport = :853 )" | wc -l; }

slow_readers() { # server
    local transport before
    start "$1" "53 853" 1000
    fill
    before=$(memory VmRSS)
    for transport in udp tcp; do
        ask $transport "$rate"
        echo "  $1, $transport alone: p50 $(quantile 0.5) ms, p99 $(quantile 0.99) ms, $(awk '{ print $2 }' "$folder/counts") lost"
    done
    hold slow tcp "$slow"
    echo 5 >"/proc/$server/clear_refs" 2>/dev/null || true
    for transport in udp tcp; do
        ask $transport "$rate"
        echo "  $1, $transport beside them: p50 $(quantile 0.5) ms, p99 $(quantile 0.99) ms, $(awk '{ print $2 }' "$folder/counts") lost"
    done
    echo "  $1, memory: $before MB before, $(memory VmHWM) MB at the peak"
    release
    stop_server
}

ip link set lo up
prepare
: >"$folder/measured"
if [[ -n $transports ]]; then
    echo "server, transport, queries/s, CPU µs/query, p50 ms, p99 ms, lost"
    for ((round = 0; round < rounds; round++)); do
        for name in $servers; do measure "$name"; done
    done
    table
fi
if ((idle > 0)); then
    printf '\n%d idle connections:\n' "$idle"
    for transport in tcp dot; do for name in $servers; do idle_connections "$name" $transport; done; done
fi
if ((slow > 0)); then
    printf '\n%d clients that ask and never read; others ask %d queries a second:\n' "$slow" "$rate"
    for name in $servers; do slow_readers "$name"; done
fi
