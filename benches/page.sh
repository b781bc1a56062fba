#!/usr/bin/env bash
# What does the warning page cost over HTTPS, and what do those who lay siege to it take from those who ask for names?
#
# First whole handshakes for blocked names, with certificates of a local authority that are made when they are asked for
# (every name another one) and with those that are kept (100 names again and again): how many a second there are, and
# the processor time of the server for each, medians of all rounds. Then sieges of the page, one after the other: idle
# connections, headers that never end, headers of 100 MB, readers that do not read, handshakes that stop half-way, each
# from 250 addresses and made anew whenever it is cut. Beside each, questions over UDP are asked at a fixed rate, for
# loss and latency, and as many as there are answers, both before the siege and under it; then resident memory at its
# peak, and how long the page takes that a person asks for meanwhile.
#
#     sudo cargo bench --bench page
#
# Settings, by environment: ROUNDS=3, DURATION=5 (seconds, of each measurement), RATE=20000 (questions a second),
# SIEGES="idle:10000 drip:2000 huge:50 deaf:2000 handshake:2000", REMPART=target/release/rempart.
#
# Needed: root, dnsperf, kdig, curl. `cargo build --release` first. Everything happens in namespaces of its own, which end
# every process with them; server and clients share the machine, and those who besiege take time from everybody.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [[ -z ${PAGE_INSIDE:-} ]]; then
    export PAGE_INSIDE=yes
    exec unshare --net --mount --pid --fork --mount-proc --kill-child "$here/page.sh" "$@"
fi

export PATH="$PATH:/usr/sbin:/sbin" LC_ALL=C
rounds=${ROUNDS:-3} duration=${DURATION:-5} rate=${RATE:-20000}
sieges=${SIEGES:-idle:10000 drip:2000 huge:50 deaf:2000 handshake:2000}
page=${PAGE:-} rempart=$(realpath "${REMPART:-$here/../target/release/rempart}")

. "$here/support/shell.sh"
mount -t tmpfs tmpfs "$folder"
trap 'umount --lazy "$folder"; cleanup' EXIT

for program in dnsperf kdig curl ip; do command -v $program >/dev/null || fail "$program is needed"; done
[[ -x $page ]] || fail "the clients are missing; run cargo bench --bench page"
[[ -x $rempart ]] || fail "$rempart is missing; run cargo build --release"
ulimit -n "$(ulimit -Hn)"
ip link set lo up

names=200000
cat >"$folder/rempart.toml" <<END
[server]
listen = ["127.0.0.1:53"]
page = ["127.0.0.1:80"]
admin = "127.0.0.1:9451"
[[update.lists]]
name = "many"
source = "$folder/list"
guard = false
[[policy.groups]]
name = "school"
https = "certificate"
[ca]
certificate = "$folder/ca.pem"
key = "$folder/ca.key"
passphrase_file = "$folder/ca.passphrase"
END
awk -v n=$names 'BEGIN { for (i = 0; i < n; i++) printf "n%d.example\n", i }' >"$folder/list"
awk 'BEGIN { for (i = 0; i < 1000; i++) printf "n%d.example A\n", i }' >"$folder/queries"

start() {
    "$rempart" --config "$folder/rempart.toml" >"$folder/log" 2>&1 &
    server=$!
    running=("$server")
    await "the first answer" 20 kdig +short +timeout=1 +retry=0 @127.0.0.1 n0.example
}
stop() {
    kill "$server"
    wait "$server" || true
    running=()
}
ticks() { awk '{ print $14 + $15 }' "/proc/$server/stat"; }

handshakes() { # names
    local before made
    before=$(ticks)
    made=$("$page" handshakes "$folder/ca.pem" "$duration" 16 "$1")
    awk -v n="$made" -v t=$(($(ticks) - before)) -v s="$duration" -v h="$(getconf CLK_TCK)" -v key="$1" \
        'BEGIN { printf "%s %.0f %.3f\n", key, n / s, t / h * 1000 / n }' | tee -a "$folder/handshakes" >/dev/null
}

ask() { # options of dnsperf
    dnsperf -s 127.0.0.1 -d "$folder/queries" -l "$duration" -c 20 -q 500 -T 1 -t 2 "$@" >"$folder/told" 2>/dev/null
    awk '/Queries lost:/ { lost = $3 } /Queries per second:/ { rate = $4 } END { printf "%.0f %d ", rate, lost }' "$folder/told"
    awk '/^> / && $5 ~ /^[0-9.]+$/ { print $5 * 1000 }' "$folder/told" | sort -n |
        awk '{ all[NR] = $1 } END { print (NR ? all[int(NR * 0.99) + 1] : "-") }'
}
visit() { # the longest of five visits of a person, in ms
    for _ in {1..5}; do
        curl -s -o /dev/null -m 10 -w '%{http_code} %{time_total}\n' -H 'Host: n1.example' http://127.0.0.1/ || true
    done | awk '$1 == 451 { n++; if ($2 > most) most = $2 } END { printf "%d/5 in %.0f", n, most * 1000 }'
}

besieged() { # way, count
    local free_rate free_lost free_p99 fast
    start
    read -r _ free_lost free_p99 < <(ask -Q "$rate" -v)
    read -r fast _ _ < <(ask)
    before=$(memory VmRSS)
    rm -f "$folder/stop" "$folder/ready"
    mkfifo "$folder/stop"
    "$page" besiege "$1" "$2" <"$folder/stop" >"$folder/ready" &
    siege=$!
    exec 9>"$folder/stop"
    await "the siege" 60 grep -q ready "$folder/ready"
    # Until those who came first have been cut, and have come again.
    sleep 6
    read -r _ lost p99 < <(ask -Q "$rate" -v)
    read -r slow _ _ < <(ask)
    visits=$(visit)
    exec 9>&-
    wait "$siege"
    printf '%s:%s lost %d (%d before), p99 %.2f ms (%.2f), at full speed %.2f of before, memory %s MB (%s), page %s ms; %s\n' \
        "$1" "$2" "$lost" "$free_lost" "$p99" "$free_p99" "$(awk -v a="$slow" -v b="$fast" 'BEGIN { print a / b }')" \
        "$(memory VmHWM)" "$before" "$visits" "$(tail -n 1 "$folder/ready")"
    stop
}

"$rempart" --config "$folder/rempart.toml" ca init --yes --name "A bench" >/dev/null
echo "whole handshakes: names, a second, ms of the server's processor time for each"
for ((round = 0; round < rounds; round++)); do
    for count in $names 100; do
        start
        handshakes "$count"
        stop
    done
done
for count in $names 100; do
    awk -v key="$count" "$median"'$1 == key { n = ++count[key]; value[key, 1, n] = $2; value[key, 2, n] = $3 }
        END { printf "  %-7s %6.0f  %.3f\n", key, median(key, 1), median(key, 2) }' "$folder/handshakes"
done
echo "sieges, beside $rate questions a second"
for siege in $sieges; do besieged "${siege%:*}" "${siege#*:}"; done
