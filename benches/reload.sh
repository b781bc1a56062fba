#!/usr/bin/env bash
# Does replacing a list of a million names cost a client anything?
#
# Asks 100,000 names at a fixed rate while the list is replaced and reloaded ten times, of `rempart` and, with the
# same list as a response policy zone, of Unbound; and checks the code of every single answer. Prints for each:
# queries sent, completed and lost; answers by code, and wrong ones; latency; resident memory before, at the peak
# and after; and for each reload how long it took until a name that is only in the new list was blocked.
#
#     benches/reload.sh [FILE]       FILE: names, one a line, bare or gzip; without it, names are generated
#
# Settings, by environment: SERVERS="rempart unbound", RATE=20000 (queries a second), DURATION=30 (seconds),
# RELOADS=10, RULES=1000000, NAMES=100000, CLIENTS=20, CACHE=256 (MiB), REMPART=target/release/rempart.
#
# Needed: dnsperf, kdig and nsd; unbound and unbound-control for the comparison. `cargo build --release` first.
#
# Every tenth name asked is listed, and blocked by NXDOMAIN, because dnsperf shows the code of each answer and not
# its content; what the answers hold is looked at in a sample before and after. The rest of the list is generated
# and changes wholly with each reload, so that no part of an index can be kept. NSD, as the only name server there
# is, gives one address for every name. Everything is on loopback, on high ports, bounded in time and in number,
# and lives in one temporary folder.

set -euo pipefail

servers=${SERVERS:-rempart unbound} rate=${RATE:-20000} duration=${DURATION:-30} reloads=${RELOADS:-10}
rules=${RULES:-1000000} names=${NAMES:-100000} clients=${CLIENTS:-20} cache=${CACHE:-256}
rempart=${REMPART:-$(dirname "$0")/../target/release/rempart}
upstream_port=15391 server_port=15392 page_port=15393 control_port=15394
file=${1:-}

. "$(dirname "$0")/support/shell.sh"

for program in dnsperf kdig nsd awk; do command -v $program >/dev/null || fail "$program is needed"; done

# --- Names and lists ---------------------------------------------------------------------------------------------

prepare() {
    case $file in
        "") awk -v n="$names" 'BEGIN { for (i = 0; i < n; i++) printf "www.n%d.example\n", i }' ;;
        *.gz) gzip -dc -- "$file" ;;
        *) cat -- "$file" ;;
    esac | awk -v n="$names" 'NF && NR <= n { print tolower($1) }' >"$folder/names"
    awk '{ print $1, "A" }' "$folder/names" >"$folder/queries"
    awk 'NR % 10 == 0' "$folder/names" >"$folder/listed"
    # A name is blocked with all below it: what each answer must be, by the same rule as in both servers.
    awk 'NR == FNR { listed[$1]; next }
         { name = $1
           while (name != "" && !(name in listed)) { dot = index(name, "."); name = dot ? substr(name, dot + 1) : "" }
           print $1, (name == "" ? "NOERROR" : "NXDOMAIN") }' "$folder/listed" "$folder/names" >"$folder/expected"
}

# The list of a generation: what is asked and listed, a probe, and generated names up to the number of rules.
list_names() {
    cat "$folder/listed"
    echo "probe-$1.example"
    awk -v n=$((rules - $(wc -l <"$folder/listed") - 1)) -v g="$1" \
        'BEGIN { for (i = 0; i < n; i++) printf "l%d-%d.%s\n", i, g, (i % 2 ? "shop.example" : "test") }'
}

# Written before anything is measured: only the reload itself is to cost anything then.
write_lists() { # server
    local generation
    for ((generation = 0; generation <= reloads; generation++)); do
        if [[ $1 == rempart ]]; then
            list_names "$generation"
        else
            echo "\$TTL 60"
            echo "@ SOA ns.invalid. host.invalid. $generation 3600 600 86400 60"
            echo "@ NS ns.invalid."
            list_names "$generation" | awk '{ print $1 " CNAME .\n*." $1 " CNAME ." }'
        fi >"$folder/list.$generation"
    done
}

# Puts the list of a generation in its place, at once.
publish() { mv "$folder/list.$1" "$folder/list"; }

# --- Servers -----------------------------------------------------------------------------------------------------

start_upstream() {
    printf '%s\n' '$TTL 86400' '. SOA ns.localhost. host.localhost. 1 3600 600 86400 60' '. NS ns.localhost.' \
        'ns.localhost. A 127.0.0.1' '* A 192.0.2.1' >"$folder/root.zone"
    start_nsd $upstream_port
    await "the start of nsd" 10 answers $upstream_port some.name NOERROR
}

start_rempart() {
    [[ -x $rempart ]] || fail "$rempart is missing; run cargo build --release"
    cat >"$folder/rempart.toml" <<END
[server]
listen = ["127.0.0.1:$server_port"]
page = ["127.0.0.1:$page_port"]
admin = "127.0.0.1:$control_port"
[answer]
cache = $cache
[policy]
[[policy.groups]]
name = "all"
lists = [{ list = "bench", action = "nxdomain" }]
[resolver]
forward = ["127.0.0.1:$upstream_port"]
dnssec = false
[update]
watch = 0
[[update.lists]]
name = "bench"
source = "$folder/list"
format = "domains"
END
    "$rempart" --config "$folder/rempart.toml" run >"$folder/rempart.log" 2>&1 &
    server=$!
}

start_unbound() {
    command -v unbound unbound-control >/dev/null || fail "unbound and unbound-control are needed"
    cat >"$folder/unbound.conf" <<END
server:
  interface: 127.0.0.1@$server_port
  port: $server_port
  num-threads: $(nproc)
  so-reuseport: yes
  username: ""
  chroot: ""
  directory: "$folder"
  pidfile: "$folder/unbound.pid"
  use-syslog: no
  logfile: "$folder/unbound.log"
  do-not-query-localhost: no
  module-config: "respip iterator"
  msg-cache-size: $((cache / 2))m
  rrset-cache-size: ${cache}m
  local-zone: "test." nodefault
  local-zone: "invalid." nodefault
  incoming-num-tcp: 10
rpz:
  name: "rpz.invalid"
  zonefile: "$folder/list"
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@$upstream_port
remote-control:
  control-enable: yes
  control-interface: $folder/unbound.control
  control-use-cert: no
END
    unbound -d -c "$folder/unbound.conf" &
    server=$!
}

reload() { # what a reload is for each; Unbound's returns when it is done
    case $1 in
        rempart) kill -HUP "$server" ;;
        unbound) unbound-control -q -c "$folder/unbound.conf" auth_zone_reload rpz.invalid ;;
    esac
}

# --- Measuring ---------------------------------------------------------------------------------------------------

answers() { kdig +timeout=1 +retry=0 -p "$1" @127.0.0.1 "$2" A | grep -q "status: $3"; }

warm_up() { # until all names are in the cache, or a few rounds have not brought them there
    local round
    for round in 1 2 3; do
        dnsperf -s 127.0.0.1 -p $server_port -d "$folder/queries" -n 1 -c "$clients" -Q 10000 -q 2000 -t 5 \
            >"$folder/warm-up" 2>&1
        awk -v round="$round" '/Queries lost/ { lost = $3 } /Run time/ { time = $4 }
            END { printf "  warm-up %d: %d lost, %.0f s\n", round, lost, time }' "$folder/warm-up"
    done
}

reload_often() { # server: replaces and reloads, evenly over the duration, as long as it lasts
    local generation pause start end=$((SECONDS + duration - 1))
    pause=$(awk -v d="$duration" -v n="$reloads" 'BEGIN { print (d - 2) / n }')
    for ((generation = 1; generation <= reloads && SECONDS < end; generation++)); do
        local due=$(($(milliseconds) + $(awk -v p="$pause" 'BEGIN { printf "%d", p * 1000 }')))
        publish "$generation"
        start=$(milliseconds)
        reload "$1" || true
        await "a reload" 60 answers $server_port "probe-$generation.example" NXDOMAIN
        echo "$(($(milliseconds) - start))" >>"$folder/reloads"
        while (($(milliseconds) < due)); do sleep 0.02; done
    done
}

sample() { # what some answers hold, beside their code
    local name code wrong=0
    while read -r name code; do
        local found
        found=$(kdig +short +timeout=2 -p $server_port @127.0.0.1 "$name" A)
        case $code in NOERROR) [[ $found == 192.0.2.1 ]] ;; *) [[ -z $found ]] ;; esac || wrong=$((wrong + 1))
    done < <(awk 'NR % 997 == 0 || NR % 1010 == 0' "$folder/expected")
    echo "  sample of contents $1: $wrong wrong of $(awk 'NR % 997 == 0 || NR % 1010 == 0' "$folder/expected" | wc -l)"
}

report() {
    awk '/Queries sent|Queries completed|Queries lost|Response codes|Queries per second/ { sub(/^ */, "  "); print }' \
        "$folder/verbose"
    awk 'NR == FNR { expected[$1] = $2; next }
         /^> / && $2 != "T" && $2 != "I" {
             checked++
             if (expected[$3] != $2 && ++wrong < 4) print "  WRONG: " $0
         }
         END { printf "  wrong answers: %d of %d checked\n", wrong, checked }' "$folder/expected" "$folder/verbose"
    awk '/^> / && $5 ~ /^[0-9.]+$/ { print $5 * 1000 }' "$folder/verbose" | sort -n >"$folder/latencies"
    awk '{ all[NR] = $1 } END { if (NR) printf "  latency, ms: p50 %.3f, p99 %.3f, p99.9 %.3f, max %.3f\n",
         all[int(NR * 0.5) + (NR == 1)], all[int(NR * 0.99)], all[int(NR * 0.999)], all[NR] }' "$folder/latencies"
    sort -n "$folder/reloads" | awk '{ all[NR] = $1 } END {
        if (NR) printf "  reloads: %d, in force after %d ms (median), %d ms (worst)\n", NR, all[int((NR + 1) / 2)], all[NR] }'
}

measure() { # server
    echo "$1, $rules rules, $(wc -l <"$folder/names") names at $rate queries a second for $duration s:"
    : >"$folder/reloads"
    write_lists "$1"
    publish 0
    local started before after reloading
    started=$(milliseconds)
    "start_$1"
    running+=("$server")
    await "the start of $1" 180 answers $server_port probe-0.example NXDOMAIN
    echo "  first block $(($(milliseconds) - started)) ms after the start"
    warm_up
    sample before
    before=$(memory VmRSS)
    # The peak is that of the measurement, not of the start.
    echo 5 >"/proc/$server/clear_refs" 2>/dev/null || echo "  (the peak of memory includes the start)"
    reload_often "$1" &
    reloading=$!
    # A buffer of its own size, so that no reply is lost on the side that asks.
    dnsperf -v -s 127.0.0.1 -p $server_port -d "$folder/queries" -l "$duration" -Q "$rate" -q 60000 \
        -c "$clients" -T 1 -t 5 -b 4096 >"$folder/verbose" 2>/dev/null
    wait "$reloading" || echo "  reloading was given up"
    sample after
    after=$(memory VmRSS)
    report
    echo "  resident memory, MB: before $before, peak $(memory VmHWM), after $after"
    kill "$server"
    wait "$server" || true
    unset "running[-1]"
}

prepare
start_upstream
for server_name in $servers; do measure "$server_name"; done
