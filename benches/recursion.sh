#!/usr/bin/env bash
# What does a name cost that nobody has asked for yet?
#
# Builds an Internet of a root, five top-level domains and 2,000 zones, half of them signed, on real name servers, and
# asks `rempart` and Unbound 20,000 names of it that neither has in its cache, 200 at a time; in turns, each started
# anew for each round, with and without a delay on the line to the name servers. Prints for each the medians of all
# rounds: processor time and upstream queries for one query, latency, failures, memory, and `rempart` as a multiple of
# Unbound. Then all name servers stop, for a while, under a steady load of names that were asked before: how many are
# still answered, how fast, and how long after the servers' return a new name is resolved.
#
#     sudo benches/recursion.sh
#
# Settings, by environment: SERVERS="rempart unbound", ZONES=2000, NAMES=10 (for each zone), FLIGHT=200, DELAYS="0 20"
# (milliseconds there and back), ROUNDS=3, OUTAGE=300 (seconds; 0 for none), RATE=200 (queries a second meanwhile),
# TTL=60 (seconds, of all records), REMPART=target/release/rempart.
#
# Needed: root, nsd, nsd-control, dnssec-keygen and dnssec-signzone (bind9-utils), unbound, dnsperf, kdig, python3, and
# TUN devices for a delay. `cargo build --release` first.
#
# Everything happens in namespaces of its own, where port 53 and all addresses are free, and which end every process
# with them. Name servers count the upstream queries themselves. Without a delay they stand in the namespace of the
# resolvers; with one in another, at the end of a line that `support/delay.py` makes. Ten names of a zone: five
# addresses, one AAAA, an alias in the zone, one into another zone, a type that is not there, a name that is not there.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
if [[ -z ${RECURSION_INSIDE:-} ]]; then
    export RECURSION_INSIDE=yes
    exec unshare --net --mount --pid --fork --mount-proc --kill-child "$here/recursion.sh" "$@"
fi

export PATH="$PATH:/usr/sbin:/sbin" LC_ALL=C
servers=${SERVERS:-rempart unbound} zones=${ZONES:-2000} names=${NAMES:-10} flight=${FLIGHT:-200}
delays=${DELAYS-0 20} rounds=${ROUNDS:-3} outage=${OUTAGE:-300} rate=${RATE:-200} ttl=${TTL:-60}
rempart=$(realpath "${REMPART:-$here/../target/release/rempart}")
# Codes that no country will ever have.
tops=(xa xb xc xd xe)
leaves=20

. "$here/support/shell.sh"
mount -t tmpfs tmpfs "$folder"
trap 'umount --lazy "$folder"; cleanup' EXIT

for program in nsd nsd-control dnssec-keygen dnssec-signzone unbound dnsperf kdig python3 ip nsenter; do
    command -v $program >/dev/null || fail "$program is needed"
done
[[ -x $rempart ]] || fail "$rempart is missing; run cargo build --release"

# --- The Internet ------------------------------------------------------------------------------------------------

leaf() { echo "10.54.3.$(($1 % leaves + 1))"; }

zone_head() { # zone, address...: start of a zone with its servers
    local zone=$1 number=1 address; shift
    printf '$ORIGIN %s\n$TTL %d\n@ SOA ns1 host.invalid. 1 3600 600 86400 %d\n' "$zone" "$ttl" "$ttl"
    for address in "$@"; do
        printf '@ NS ns%d\nns%d A %s\n' $number $number "$address"
        number=$((number + 1))
    done
}

sign() { # zone, key's template, options...: signs in place; the DS goes to dsset-ZONE
    local zone=$1 template=$2; shift 2
    local name="keys/K$zone${template#*K_template.}"
    sed "s/^_template\./$zone/" "$template.key" >"$name.key"
    cp "$template.private" "$name.private"
    grep -v '^;' "$name.key" >>"zone-$zone"
    dnssec-signzone -q -P -z -o "$zone" -d . -K keys -f "signed-$zone" "$@" "zone-$zone" "${name#keys/}" >/dev/null
    mv "signed-$zone" "zone-$zone"
}
export -f sign

build() {
    cd "$folder"
    mkdir keys templates
    local number top ecdsa rsa
    # The owner's name is not part of a key tag: one key serves many zones.
    ecdsa=templates/$(dnssec-keygen -q -K templates -f KSK -a ECDSAP256SHA256 _template)
    rsa=templates/$(dnssec-keygen -q -K templates -f KSK -a RSASHA256 -b 2048 _template)
    awk -v zones="$zones" -v tops="${tops[*]}" -v ttl="$ttl" -v leaves=$leaves '
        function name(i) { return "z" i "." top[i % 5 + 1] "." }
        BEGIN {
            split(tops, top, " ")
            for (i = 0; i < zones; i++) {
                zone = name(i); file = "zone-" zone; a = i % leaves + 1; b = (i * 7 + 3) % leaves + 1
                printf "$ORIGIN %s\n$TTL %d\n@ SOA ns1 host.invalid. 1 3600 600 86400 %d\n", zone, ttl, ttl >file
                printf "@ NS ns1\n@ NS ns2\nns1 A 10.54.3.%d\nns2 A 10.54.3.%d\n", a, b >file
                for (n = 0; n < 5; n++) printf "n%d A 192.0.2.%d\n", n, n + 1 >file
                printf "n5 AAAA 2001:db8::5\nn6 CNAME n0\nn7 CNAME n1.%s\nn8 TXT \"text\"\n", name((i * 7 + 1) % zones) >file
                close(file)
                cut = "cut-" top[i % 5 + 1] "."
                printf "%s NS ns1.%s\n%s NS ns2.%s\nns1.%s A 10.54.3.%d\nns2.%s A 10.54.3.%d\n", zone, zone, zone, zone, zone, a, zone, b >cut
                print zone >"leaf-zones"
                if (i % 2 == 0) print zone, (i % 10 == 0) >"leaf-signed"
            }
        }'
    awk -v ecdsa="$ecdsa" -v rsa="$rsa" '{ print $1, ($2 ? rsa : ecdsa) }' leaf-signed |
        xargs -P "$(nproc)" -L 50 bash -c 'while (($# > 1)); do sign "$1" "$2"; shift 2; done' _
    number=1
    for top in "${tops[@]}"; do
        { zone_head "$top." "10.54.2.$number"
          cat "cut-$top."
          find . -name "dsset-*.$top." -exec cat {} +; } >"zone-$top."
        if ((number > 2)); then sign "$top." "$ecdsa" -3 - -H 0 -A; else sign "$top." "$ecdsa"; fi
        printf '%s. NS ns1.%s.\nns1.%s. A 10.54.2.%d\n' "$top" "$top" "$top" $number >>cut-root
        number=$((number + 1))
    done
    { zone_head . 10.54.1.1 | sed 's/\bns1\b/ns1.root./'
      cat cut-root; for top in "${tops[@]}"; do cat "dsset-$top."; done; } >zone-.
    sign . "$rsa"
    grep -hv '^;' keys/K.+008+*.key | sed "s/^\. /. $ttl /" >root.key
    printf '. 300 NS ns1.root.\nns1.root. 300 A 10.54.1.1\n' >root.hints
    cd - >/dev/null
}

questions() { # every name once, zones mixed
    awk -v names="$names" -v tops="${tops[*]}" -v zones="$zones" 'BEGIN {
        split(tops, top, " ")
        split("A A A A A AAAA A A MX A", type, " ")
        for (n = 0; n < names; n++) for (k = 0; k < zones; k++) {
            i = (k * 7919 + n * 31) % zones
            printf "%s.z%d.%s %s\n", (n % 10 == 9 ? "absent" n : "n" (n % 10)), i, top[i % 5 + 1], type[n % 10 + 1]
        } }' >"$folder/questions"
}

name_server() { # name, addresses' pattern, zones' file, namespace's prefix
    local name=$1 addresses=$2 list=$3 address; shift 3
    mkdir -p "$folder/$name"
    { echo "server:"
      for address in $addresses; do echo "  ip-address: $address"; done
      printf '  %s\n' 'username: ""' "zonesdir: \"$folder\"" "zonelistfile: \"$folder/$name/list\"" \
          "pidfile: \"$folder/$name/pid\"" 'xfrdfile: ""' "logfile: \"$folder/$name/log\"" 'database: ""' \
          'rrl-ratelimit: 0' 'tcp-count: 1000'
      printf 'remote-control:\n  control-enable: yes\n  control-interface: "%s"\n' "$folder/$name/control"
      awk '{ printf "zone:\n  name: \"%s\"\n  zonefile: \"zone-%s\"\n", $1, $1 }' "$list"; } >"$folder/$name/conf"
    "$@" nsd -d -c "$folder/$name/conf" >/dev/null 2>&1 &
    running+=($!)
    await "the start of $name" 60 nsd-control -c "$folder/$name/conf" status
}

start_name_servers() { # prefix of commands
    echo . >"$folder/root-zones"
    printf '%s.\n' "${tops[@]}" >"$folder/top-zones"
    running=()
    name_server root 10.54.1.1 "$folder/root-zones" "$@"
    name_server top "$(seq -f 10.54.2.%g 1 5)" "$folder/top-zones" "$@"
    name_server leaf "$(seq -f 10.54.3.%g 1 $leaves)" "$folder/leaf-zones" "$@"
}

stop_name_servers() {
    local name process
    for name in root top leaf; do nsd-control -c "$folder/$name/conf" stop >/dev/null 2>&1 || true; done
    for process in "${running[@]}"; do kill "$process" 2>/dev/null || true; wait "$process" 2>/dev/null || true; done
    running=()
}

upstream_queries() { # since the last call
    local name
    for name in root top leaf; do nsd-control -c "$folder/$name/conf" stats; done |
        awk -F= '$1 == "num.queries" { n += $2 } END { print n + 0 }'
}

# Each name server is several processes; whatever is called so in this namespace is one of ours.
signal_name_servers() { # signal
    local process count=0
    for process in /proc/[0-9]*; do
        [[ $(cat "$process/comm" 2>/dev/null) == nsd* ]] || continue
        kill "-$1" "${process#/proc/}"
        count=$((count + 1))
    done
    ((count > 0)) || fail "no name server to signal"
}

carries() { local device=$1; shift; "$@" ip link show "$device" | grep -q LOWER_UP; }

connect() { # delay in milliseconds: sets `prefix`, which starts a program where the name servers are
    if (($1 == 0)); then
        ip route add local 10.54.0.0/16 dev lo
        prefix=(env)
        return
    fi
    unshare --net sleep 1000000 &
    far=$!
    await "another namespace" 5 stands_apart $far
    prefix=(nsenter "--net=/proc/$far/ns/net")
    ip tuntap add dev near mode tun
    "${prefix[@]}" ip tuntap add dev far mode tun
    python3 "$here/support/delay.py" "$(awk -v d="$1" 'BEGIN { print d / 2 }')" near far $far &
    line=$!
    ip address add 10.53.0.1/32 dev near
    ip link set near up txqueuelen 10000
    ip route add 10.54.0.0/16 dev near src 10.53.0.1
    "${prefix[@]}" ip link set lo up
    "${prefix[@]}" ip route add local 10.54.0.0/16 dev lo
    "${prefix[@]}" ip link set far up txqueuelen 10000
    "${prefix[@]}" ip route add 10.53.0.0/16 dev far
    # A device has a carrier when somebody reads from it.
    await "the line" 5 carries near
    await "the line" 5 carries far "${prefix[@]}"
}

disconnect() { # delay
    if (($1 == 0)); then ip route del local 10.54.0.0/16 dev lo; return; fi
    kill "$line" "$far"
    wait "$line" "$far" 2>/dev/null || true
    ip link del near 2>/dev/null || true
}

# --- Resolvers ---------------------------------------------------------------------------------------------------

start_rempart() {
    cat >"$folder/rempart.toml" <<END
[server]
listen = ["127.0.0.1:53"]
page = ["127.0.0.1:80"]
admin = "127.0.0.1:9451"
[resolver]
root_hints = "$folder/root.hints"
trust_anchor = "$folder/root.key"
reach = ["10.54.0.0/16"]
[policy]
[[policy.groups]]
name = "all"
lists = []
END
    "$rempart" --config "$folder/rempart.toml" run >"$folder/rempart.log" 2>&1 &
    server=$!
}

start_unbound() {
    cat >"$folder/unbound.conf" <<END
server:
  interface: 127.0.0.1
  num-threads: $(nproc)
  so-reuseport: yes
  username: ""
  chroot: ""
  directory: "$folder"
  pidfile: "$folder/unbound.pid"
  use-syslog: no
  logfile: "$folder/unbound.log"
  do-not-query-localhost: no
  module-config: "validator iterator"
  root-hints: "$folder/root.hints"
  trust-anchor-file: "$folder/root.key"
  msg-cache-size: 128m
  rrset-cache-size: 256m
  serve-expired: yes
  serve-expired-client-timeout: 1800
  serve-expired-reply-ttl: 30
  serve-expired-ttl: 86400
remote-control:
  control-enable: no
END
    unbound -d -c "$folder/unbound.conf" >/dev/null 2>&1 &
    server=$!
}

stop_resolver() { kill "$server"; wait "$server" 2>/dev/null || true; }
answers() { kdig +timeout=1 +retry=0 @127.0.0.1 "$1" "$2" | grep -q "status: NOERROR"; }
ticks() { awk '{ sub(/.*\) /, ""); print $12 + $13 }' "/proc/$server/stat"; }

# --- Measuring ---------------------------------------------------------------------------------------------------

summary() { # of a verbose dnsperf: completed, share answered, failures, p50 and p99 in ms
    awk '/^> / { if ($2 == "T" || $2 == "I") next; done++; if ($2 == "NOERROR" || $2 == "NXDOMAIN") good++; else bad++
                 print $5 * 1000 >latencies }
         /Queries sent/ { sent = $3 }
         END { close(latencies); print done + 0, (sent ? good / sent : 0), sent - done + 0, bad + 0 }' \
        latencies="$folder/latencies" "$folder/verbose" >"$folder/counts"
    sort -n "$folder/latencies" | awk '{ all[NR] = $1 } END { print all[int(NR * 0.5) + 1], all[int(NR * 0.99) + 1] }' \
        >"$folder/quantiles"
}

cold() { # server, delay: a line with what was measured
    local before
    "start_$1"
    await "the start of $1" 20 answers ns1.root. A
    upstream_queries >/dev/null
    before=$(ticks)
    : >"$folder/latencies"
    dnsperf -v -s 127.0.0.1 -d "$folder/questions" -n 1 -q "$flight" -c 20 -T 1 -t 10 >"$folder/verbose" 2>/dev/null
    summary
    awk -v ticks=$(($(ticks) - before)) -v hertz="$(getconf CLK_TCK)" -v upstream="$(upstream_queries)" \
        -v memory="$(memory VmRSS)" -v server="$1" -v delay="$2" 'NR == FNR { split($0, count); next }
        { printf "%s %s %.1f %.3f %.2f %.2f %d %d %.1f\n", server, delay, ticks / hertz * 1e6 / count[1],
          upstream / count[1], $1, $2, count[4], count[3], memory }' "$folder/counts" "$folder/quantiles" \
        | tee -a "$folder/measured" | sed 's/^/  /'
    stop_resolver
}

table() {
    echo
    echo "Medians of $rounds rounds of $(wc -l <"$folder/questions") cold names, $flight in flight:"
    sort "$folder/measured" | awk -v servers="$servers" "$median"'
        { key = $1 " " $2; n = ++count[key]; for (c = 3; c <= NF; c++) value[key, c, n] = $c + 0; delays[$2] }
        END {
            split("CPU µs/query,upstream/query,p50 ms,p99 ms,failed,lost,memory MB", title, ",")
            for (delay in delays) {
                printf "\n%d ms%17s%12s%12s%12s\n", delay, "", "rempart", "unbound", "ratio"
                for (c = 3; c <= 9; c++) {
                    a = median("rempart " delay, c); b = median("unbound " delay, c)
                    printf "  %-16s%12s%12s%12s\n", title[c - 2], a, b, (b > 0 && a != "" ? sprintf("%.2f", a / b) : "-")
                }
            }
        }'
}

dead() { # server: names that were asked before, while no name server answers
    local start probe=0
    "start_$1"
    await "the start of $1" 20 answers ns1.root. A
    awk 'NR % 10 == 0' "$folder/questions" >"$folder/popular"
    dnsperf -s 127.0.0.1 -d "$folder/popular" -n 1 -q "$flight" -t 10 >/dev/null 2>&1
    signal_name_servers STOP
    : >"$folder/latencies"
    dnsperf -v -s 127.0.0.1 -d "$folder/popular" -l "$outage" -Q "$rate" -q 5000 -c 20 -T 1 -t 10 \
        >"$folder/verbose" 2>/dev/null || true
    signal_name_servers CONT
    start=$(milliseconds)
    # A name that was never asked, each time another one.
    until kdig +timeout=1 +retry=0 @127.0.0.1 "recovered$probe.z$((probe % zones)).${tops[$((probe % zones % 5))]}" A |
        grep -q "status: NXDOMAIN"; do
        probe=$((probe + 1))
        (($(milliseconds) - start < 120000)) || break
        sleep 0.05
    done
    summary
    awk -v server="$1" -v back=$(($(milliseconds) - start)) 'NR == FNR { split($0, count); next }
        { printf "  %-10s answered %.2f %%, failed %d, lost %d, p50 %.2f ms, p99 %.2f ms, a new name %d ms after\n",
          server, count[2] * 100, count[4], count[3], $1, $2, back }' "$folder/counts" "$folder/quantiles"
    stop_resolver
}

ip link set lo up
ip address add 10.53.0.9/32 dev lo
echo "building $zones zones"
build
questions
: >"$folder/measured"
echo "server, delay ms, CPU µs/query, upstream/query, p50 ms, p99 ms, failed, lost, memory MB"
for delay in $delays; do
    connect "$delay"
    start_name_servers "${prefix[@]}"
    for ((round = 0; round < rounds; round++)); do
        for name in $servers; do cold "$name" "$delay"; done
    done
    stop_name_servers
    disconnect "$delay"
done
[[ -z $delays ]] || table
if ((outage > 0)); then
    connect 0
    start_name_servers "${prefix[@]}"
    printf '\nAll name servers silent for %d s, %d queries a second for %d names asked before, TTL %d s:\n' \
        "$outage" "$rate" "$(($(wc -l <"$folder/questions") / 10))" "$ttl"
    for name in $servers; do dead "$name"; done
    stop_name_servers
fi
