#!/usr/bin/env bash
# How near does each server come to what the kernel can carry?
#
# Looks for the highest rate of queries of which a server answers 99 % rightly, on one core, and compares it with that
# of an echo: a loop of `recvmmsg` and `sendmmsg` that does nothing else, which is the limit of this way. Three kinds of
# queries: names of a list of a million, by NXDOMAIN; 100,000 names that are in the cache; nine of these for one of
# those. Every server gets the same names, one thread, and is started anew in each round, in turns. Prints for each the
# medians of all rounds with the lowest and the highest, the rate as a share of that of the echo in the same round, the
# resident memory after the list, and the time from the start to the first blocked answer; for `rempart` this from the
# text of the list, and from its state directory.
#
#     sudo cargo bench --bench wire
#
# Settings, by environment: SERVERS="echo rempart unbound kresd pdns_recursor dnsdist", WORKLOADS="blocked cached
# mixed", ROUNDS=3, DURATION=1 (seconds, of each rate that is tried), STEPS=6 (halvings of the range, each of about
# which is left), LISTED=1000000, CACHED=100000, REMPART=target/release/rempart, BEFORE (another build of it, which is
# measured beside it as the server `before`).
#
# Needed: root, two cores, kxdpgun and kdig (knot-dnsutils), nsd, ethtool, and those of the servers that are measured.
#
# A machine with one network: a pair of virtual interfaces, each in a namespace of its own. Segmentation on reception
# (GRO) gives such an interface a queue that the kernel empties as it does that of a card, and `threaded` makes a
# thread of this, which can be pinned. A packet goes through the queue only if its sender's interface does not segment
# (TSO); otherwise the sender receives it for the server, on the other core. The server and the thread that receives
# for it have the first core for themselves, kxdpgun and the thread that receives for that the second; this last one
# goes before kxdpgun, which never sleeps. Beyond what a server can carry, what the kernel does to receive starves
# every server alike and hides how they differ: hence the rate at which 99 % are answered, found by halving, and not
# what comes back of as much as there can be. A rate has failed when it failed twice: other work on the machine then
# spoils less. All of it has the highest priority for the same reason. A query has EDNS, as those of systems have.
# Names are cached from an NSD, which is gone when it is measured: whatever was not in the cache fails.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [[ -z ${WIRE_INSIDE:-} ]]; then
    export WIRE_INSIDE=yes
    # Processes have no namespace of theirs: the kernel's threads could not be seen from it.
    exec unshare --net --mount "$here/wire.sh" "$@"
fi

export PATH="$PATH:/usr/sbin:/sbin" LC_ALL=C
servers=${SERVERS:-echo rempart unbound kresd pdns_recursor dnsdist} workloads=${WORKLOADS:-blocked cached mixed}
rounds=${ROUNDS:-3} duration=${DURATION:-1} steps=${STEPS:-6} listed=${LISTED:-1000000} cached=${CACHED:-100000}
before=${BEFORE:-} wire=${WIRE:-} rempart=${REMPART:-$here/../target/release/rempart}
address=10.53.0.1 client=10.53.0.2 upstream_port=5399
# An interface is found by its thread's name, and that should be nobody else's.
near=s$$ far=c$$

. "$here/support/shell.sh"
mount -t tmpfs tmpfs "$folder"
trap 'umount --lazy "$folder"; cleanup' EXIT

programs="kxdpgun kdig nsd ip ethtool nsenter setsid taskset chrt renice"
for name in $servers; do case $name in echo | rempart | before) ;; *) programs+=" $name" ;; esac; done
for program in $programs; do command -v "$program" >/dev/null || fail "$program is needed"; done
[[ -x $wire ]] || fail "the echo is missing; run cargo bench --bench wire"
[[ $servers != *rempart* || -x $rempart ]] || fail "$rempart is missing; run cargo build --release"
[[ $servers != *before* || -x $before ]] || fail "BEFORE has to be another build of rempart"
(($(nproc) > 1)) || fail "two cores are needed"

# --- The line ----------------------------------------------------------------------------------------------------

there() { nsenter -t "$away" --net --mount "$@"; }
# Where whole sessions are weighed against each other, priority within one does not count beyond it.
first=(setsid sh -c 'echo -20 >/proc/self/autogroup; exec nice -n -20 taskset -c "$@" 2>&1' sh) # core, command
is_up() { there ip link show "$far" | grep -q LOWER_UP && ip link show "$near" | grep -q LOWER_UP; }
thread_of() { # interface
    local process
    for process in /proc/[0-9]*; do
        [[ $(cat "$process/comm" 2>/dev/null) != "napi/$1-"* ]] || { echo "${process#/proc/}"; return; }
    done
    fail "the kernel made no thread for $1: not seen from this container, or the kernel is older than 5.12"
}

connect() {
    local mac thread
    mount -t sysfs sysfs /sys
    ip link set lo up
    unshare --net --mount sleep 1000000 &
    away=$!
    running+=("$away")
    await "another namespace" 5 stands_apart "$away"
    there mount -t sysfs sysfs /sys
    ip link add "$near" numtxqueues 1 numrxqueues 1 type veth peer name "$far" numtxqueues 1 numrxqueues 1 netns "$away"
    ethtool -K "$near" gro on
    there ethtool -K "$far" gro on tso off
    ip address add $address/24 dev "$near"
    there ip address add $client/24 dev "$far"
    ip link set "$near" up
    there ip link set "$far" up
    await "the line" 5 is_up
    mac=$(cat "/sys/class/net/$near/address")
    there ip neighbour replace $address lladdr "$mac" dev "$far"
    mac=$(there cat "/sys/class/net/$far/address")
    ip neighbour replace $client lladdr "$mac" dev "$near"
    echo 1 >"/sys/class/net/$near/threaded"
    there sh -c "echo 1 >/sys/class/net/$far/threaded"
    receiving=$(thread_of "$near")
    taskset -pc 0 "$receiving" >/dev/null
    renice -n -20 -p "$receiving" >/dev/null
    thread=$(thread_of "$far")
    taskset -pc 1 "$thread" >/dev/null
    chrt -f -p 1 "$thread"
}

# --- Names -------------------------------------------------------------------------------------------------------

names() { # letter, count: generated, so that nothing real is listed, and the same in each run
    awk -v letter="$1" -v n="$2" 'BEGIN {
        split("example shop.example media.shop.example co.example", suffix, " "); state = 1
        for (i = 0; i < n; i++) {
            state = (state * 16807) % 2147483647
            printf "%s%d%s.%s\n", letter, i, substr("abcdefghijkl", 1, state % 13), suffix[int(state / 16) % 4 + 1]
        } }'
}

prepare() {
    cd "$folder"
    names l "$listed" >listed
    names u "$cached" >names
    # Not in the order of the list. 7919 is prime.
    awk '{ name[NR - 1] = $1 } END { for (i = 0; i < NR; i++) print name[i * 7919 % NR], "A E" }' listed >blocked.queries
    awk '{ name[NR - 1] = $1 } END { for (i = 0; i < NR; i++) print name[i * 7919 % NR], "A E" }' names >cached.queries
    awk 'NR == FNR { blocked[NR - 1] = $0; n = NR; next }
         { print } FNR % 9 == 0 { print blocked[FNR / 9 % n] }' blocked.queries cached.queries >mixed.queries
    awk 'BEGIN { print "$ORIGIN rpz.invalid.\n$TTL 60\n@ SOA ns.invalid. host.invalid. 1 3600 600 86400 60\n@ NS ns.invalid." }
         { print $1 " CNAME .\n*." $1 " CNAME ." }' listed >listed.rpz
    printf '%s\n' '$TTL 86400' '. SOA ns.localhost. host.localhost. 1 3600 600 86400 60' '. NS ns.localhost.' \
        'ns.localhost. A 127.0.0.1' '*.example. A 192.0.2.1' >root.zone
    cd - >/dev/null
    probe=$(tail -n 1 "$folder/listed")
}

# --- Servers: each one gets its thread, room for all names in the cache, and the same buffer for what it receives -

start_echo() { launch "$wire" echo $address:53; }

start_rempart() { start_build "$rempart"; }
start_before() { start_build "$before"; }

start_build() { # program
    cat >"$folder/rempart.toml" <<END
[server]
listen = ["$address:53"]
page = ["127.0.0.1:80"]
admin = "127.0.0.1:9451"
threads = 1
[answer]
cache = 256
[policy]
[[policy.groups]]
name = "all"
lists = [{ list = "bench", action = "nxdomain" }]
[resolver]
forward = ["127.0.0.1:$upstream_port"]
dnssec = false
[update]
state = "$folder/state"
[[update.lists]]
name = "bench"
source = "$folder/listed"
format = "domains"
END
    launch "$1" --config "$folder/rempart.toml" run
}

start_unbound() {
    cat >"$folder/unbound.conf" <<END
server:
  interface: $address
  access-control: 10.53.0.0/24 allow
  num-threads: 1
  so-rcvbuf: 4m
  username: ""
  chroot: ""
  directory: "$folder"
  pidfile: "$folder/unbound.pid"
  use-syslog: no
  logfile: "$folder/unbound.log"
  do-not-query-localhost: no
  module-config: "respip iterator"
  msg-cache-size: 128m
  rrset-cache-size: 256m
rpz:
  name: "rpz.invalid"
  zonefile: "$folder/listed.rpz"
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@$upstream_port
remote-control:
  control-enable: no
END
    launch unbound -d -c "$folder/unbound.conf"
}

start_kresd() {
    rm -rf "$folder/kresd"
    mkdir "$folder/kresd"
    cat >"$folder/kresd.conf" <<END
net.ipv6 = false
net.listen('$address', 53, { kind = 'dns' })
cache.open(256 * MB, 'lmdb://$folder/kresd/cache')
trust_anchors.remove('.')
policy.add(policy.rpz(policy.DENY, '$folder/listed.rpz', false))
policy.add(policy.all(policy.FORWARD('127.0.0.1@$upstream_port')))
END
    launch kresd -n -c "$folder/kresd.conf" "$folder/kresd"
}

start_pdns_recursor() {
    mkdir -p "$folder/pdns"
    echo "rpzFile('$folder/listed.rpz', { policyName = 'bench' })" >"$folder/pdns/recursor.lua"
    printf '%s\n' "local-address=$address" allow-from=10.53.0.0/24 threads=1 pdns-distributes-queries=no dnssec=off \
        "forward-zones-recurse=.=127.0.0.1:$upstream_port" "lua-config-file=$folder/pdns/recursor.lua" \
        "socket-dir=$folder/pdns" security-poll-suffix= max-cache-entries=1000000 max-packetcache-entries=1000000 \
        daemon=no >"$folder/pdns/recursor.conf"
    launch pdns_recursor "--config-dir=$folder/pdns"
}

start_dnsdist() {
    cat >"$folder/dnsdist.conf" <<END
setLocal("$address:53")
setACL({"10.53.0.0/24"})
setSecurityPollSuffix("")
newServer({ address = "127.0.0.1:$upstream_port" }):setUp()
getPool(""):setCache(newPacketCache(1000000, { maxTTL = 86400 }))
local listed = newSuffixMatchNode()
for name in io.lines("$folder/listed") do listed:add(name) end
addAction(SuffixMatchNodeRule(listed), RCodeAction(DNSRCode.NXDOMAIN))
END
    launch dnsdist --supervised -C "$folder/dnsdist.conf"
}

launch() { # command: in the background, on the first core
    "${first[@]}" 0 "$@" >"$folder/log" &
    server=$!
    running+=("$server")
}

stop_last() {
    kill "${running[-1]}"
    wait "${running[-1]}" 2>/dev/null || true
    unset "running[-1]"
}

answers() { kdig +timeout=1 +retry=0 "$@" A | grep -q "status: NOERROR"; }

timed_start() { # server: sets `took`, milliseconds to the first blocked answer
    local start code=3
    [[ $1 != echo ]] || code=0
    start=$(milliseconds)
    "start_$1"
    timeout 300 taskset -c 1 "$wire" await $address:53 "$probe" $code || fail "$1 did not start: $(tail -n 1 "$folder/log")"
    took=$(($(milliseconds) - start))
}

# --- Measuring ---------------------------------------------------------------------------------------------------

ask() { # workload, rate, seconds: sets `sent` and `right`, by the codes that its answers may have
    local codes="NOERROR|NXDOMAIN" at_first received
    case $1-$name in *-echo) ;; blocked-*) codes=NXDOMAIN ;; cached-*) codes=NOERROR ;; esac
    read -r at_first _ <"/proc/$receiving/schedstat"
    "${first[@]}" 1 nsenter -t "$away" --net --mount kxdpgun -t "$3" -Q "$2" -b 64 -F 1 -i "$folder/$1.queries" $address \
        >"$folder/told" || fail "kxdpgun: $(tail -n 1 "$folder/told")"
    read -r received _ <"/proc/$receiving/schedstat"
    read -r sent right < <(awk -v codes="^($codes):\$" '/^total queries:/ { sent = $3 }
        /^responded/ && $2 ~ codes { right += $3 } END { print sent + 0, right + 0 }' "$folder/told")
    ((received > at_first)) || fail "the thread of $near receives nothing: who does is not on the first core"
    ((sent > 0)) || fail "kxdpgun sent nothing: $(tail -n 1 "$folder/told")"
}

carries() { # workload, rate: whether 99 % are answered, of as many as were to be asked
    local try
    for try in 1 2; do
        ask "$1" "$2" "$duration"
        if awk -v all=$(($2 * 98 / 100)) -v t="$duration" -v n="$sent" -v r="$right" \
            'BEGIN { exit !(r >= 0.99 * n && n >= all * t) }'; then return 0; fi
    done
    return 1
}

limit() { # workload: sets `rate`, the highest that is carried
    local low=0 high=0 try=${guess[$name-$1]:-200000} step
    while ((low == 0 || high == 0)); do
        if carries "$1" "$try"; then low=$try try=$((try * 5 / 4)); else high=$try try=$((try * 4 / 5)); fi
        ((try > 1000)) || fail "$name: $1 queries are not answered: $(tail -n 1 "$folder/log")"
    done
    for ((step = 0; step < steps; step++)); do
        try=$(((low + high) / 2))
        if carries "$1" "$try"; then low=$try; else high=$try; fi
    done
    rate=$low
    guess[$name-$1]=$rate
}

fill() { # into the cache, at a rate at which nothing is lost
    local time
    time=$(awk -v n="$cached" 'BEGIN { print n / 10000 + 0.1 }')
    start_nsd $upstream_port
    await "the start of nsd" 10 answers -p $upstream_port @127.0.0.1 name.example
    for _ in 1 2 3; do ask cached 10000 "$time"; done
    stop_last
    ((right * 1000 >= sent * 999)) || fail "$name answers only $right of $sent names at 10,000 a second"
}

measure() { # server
    local again=- text filled=
    name=$1
    rm -rf "$folder/state"
    timed_start "$name"
    if [[ $name == rempart || $name == before ]]; then
        text=$took
        stop_last
        timed_start "$name"
        again=$took took=$text
    fi
    echo "$name start $took $again $(memory VmRSS)" | tee -a "$folder/measured" | sed 's/^/  /'
    for workload in $workloads; do
        if [[ $workload != blocked && $name != echo && -z $filled ]]; then fill; filled=yes; fi
        limit "$workload"
        echo "$name $workload $rate" | tee -a "$folder/measured" | sed 's/^/  /'
    done
    stop_last
}

table() {
    awk -v servers="$servers" -v workloads="$workloads" "$median"'
        function spread(key, column,    n, i, low, high, v) {
            n = count[key]; low = high = value[key, column, 1]
            for (i = 2; i <= n; i++) { v = value[key, column, i]; if (v < low) low = v; if (v > high) high = v }
            return low " to " high
        }
        { key = $1 " " $2; n = ++count[key]; for (c = 3; c <= NF; c++) value[key, c, n] = ($c == "-" ? "-" : $c + 0) }
        END {
            total = split(servers, server, " "); kinds = split(workloads, kind, " ")
            for (k = 1; k <= kinds; k++) {
                printf "\n%-14s%10s%20s%14s%18s\n", kind[k], "queries/s", "", "of the echo", ""
                for (s = 1; s <= total; s++) {
                    key = server[s] " " kind[k]; limit = "echo " kind[k]
                    for (i = 1; i <= count[key] && i <= count[limit]; i++)
                        value[key, 4, i] = sprintf("%.3f", value[key, 3, i] / value[limit, 3, i]) + 0
                    printf "%-14s%10d%20s%14s%18s\n", server[s], median(key, 3), spread(key, 3),
                        (count[limit] ? median(key, 4) : "-"), (count[limit] ? spread(key, 4) : "")
                }
            }
            printf "\n%-14s%10s%28s%32s\n", "", "memory MB", "first block, ms", "from the state directory, ms"
            for (s = 1; s <= total; s++) {
                key = server[s] " start"
                printf "%-14s%10s%28s%32s\n", server[s], median(key, 5), median(key, 3) " (" spread(key, 3) ")",
                    (value[key, 4, 1] == "-" ? "" : median(key, 4) " (" spread(key, 4) ")")
            }
        }' "$folder/measured"
}

declare -A guess=()
connect
prepare
: >"$folder/measured"
echo "Linux $(uname -r), $(nproc) cores, $(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo)"
for ((round = 1; round <= rounds; round++)); do
    echo "round $round of $rounds, load $(cut -d' ' -f1 /proc/loadavg), queries a second:"
    for each in $servers; do measure "$each"; done
done
printf '\nMedians of %d rounds, with lowest and highest:\n' "$rounds"
table
