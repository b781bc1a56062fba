#!/usr/bin/env bash
# Does replacing a list of a million names cost a client anything?
#
# Asks 100,000 names at a fixed rate, first while nothing happens, then while the list is replaced and reloaded, of
# `rempart` and, with the same list as a response policy zone, of Unbound; and checks the code of every single answer.
# Prints for each and for both times: queries sent, completed and lost; answers by code, and wrong ones; latency. Then
# resident memory before, at the peak and after; and how long a reload took until a name that is only in the new list
# was blocked.
#
#     benches/reload.sh [FILE]       FILE: names, one a line, bare or gzip; without it, names are generated
#
# Settings, by environment: SERVERS="rempart unbound", RATE=20000 (queries a second), QUIET=15 (seconds without a
# reload), RELOADS=10, PAUSE=2 (seconds, from the end of a reload to the next), LONGEST=600 (seconds for all reloads),
# RULES=1000000, NAMES=100000, CLIENTS=20, CACHE=256 (MiB), REMPART=target/release/rempart.
#
# Needed: dnsperf, kdig and nsd; unbound and unbound-control for the comparison. `cargo build --release` first.
#
# Every tenth name asked is listed, and blocked by NXDOMAIN, because dnsperf shows the code of each answer and not
# its content; what the answers hold is looked at in a sample before and after. The rest of the list is generated
# and changes wholly with each reload, between two lists, so that no part of an index can be kept. NSD, as the only
# name server there is, gives one address for every name. Everything is on loopback, on high ports, bounded in time and
# in number, and lives in one temporary folder.

set -euo pipefail

servers=${SERVERS:-rempart unbound} rate=${RATE:-20000} quiet=${QUIET:-15} reloads=${RELOADS:-10} pause=${PAUSE:-2}
longest=${LONGEST:-600}
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

# One of the two lists: what is asked and listed, a probe, and generated names up to the number of rules.
list_names() {
    cat "$folder/listed"
    echo "probe-$1.example"
    awk -v n=$((rules - $(wc -l <"$folder/listed") - 1)) -v g="$1" \
        'BEGIN { for (i = 0; i < n; i++) printf "l%d-%d.%s\n", i, g, (i % 2 ? "shop.example" : "test") }'
}

# Written before anything is measured: only the reload itself is to cost anything then.
write_lists() { # server
    local which
    for which in 0 1; do
        if [[ $1 == rempart ]]; then
            list_names "$which"
        else
            echo "\$TTL 60"
            echo "@ SOA ns.invalid. host.invalid. $which 3600 600 86400 60"
            echo "@ NS ns.invalid."
            list_names "$which" | awk '{ print $1 " CNAME .\n*." $1 " CNAME ." }'
        fi >"$folder/list.$which"
    done
}

# Puts one of the lists in its place, at once.
publish() { ln "$folder/list.$1" "$folder/list.new" && mv "$folder/list.new" "$folder/list"; }

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

reload_often() { # server
    local count start end=$((SECONDS + longest))
    for ((count = 1; count <= reloads && SECONDS < end; count++)); do
        sleep "$pause"
        publish $((count % 2))
        start=$(milliseconds)
        reload "$1" || true
        await "a reload" 120 answers $server_port "probe-$((count % 2)).example" NXDOMAIN
        echo "$(($(milliseconds) - start))" >>"$folder/reloads"
    done
    sleep "$pause"
}

# Asks while a command runs, and checks every answer on the way: what is said of them all would fill a disk.
ask_during() { # command
    local asking checking
    mkfifo "$folder/answers"
    awk -v expected="$folder/expected" 'BEGIN { while ((getline < expected) > 0) code[$1] = $2 }
        /^> / && $2 != "T" && $2 != "I" {
            checked++
            if (code[$3] != $2 && ++wrong < 4) print "    WRONG: " $0
            if ($5 > most) most = $5
            # Latencies in steps of two parts in a hundred.
            at[int(50 * log($5 * 1000000 + 1))]++
        }
        /Queries sent|Queries completed|Queries lost|Response codes|Queries per second/ { sub(/^ */, "    "); print }
        END {
            printf "    wrong answers: %d of %d checked\n    latency, ms:", wrong, checked
            split("0.5 0.99 0.999", parts, " ")
            for (i = 1; i <= 3; i++) {
                count = 0
                for (step = 0; step <= 1000 && count < parts[i] * checked; step++) count += at[step]
                printf " p%s %.3f,", parts[i] * 100, exp(step / 50) / 1000
            }
            printf " max %.3f\n", most * 1000
        }' "$folder/answers" &
    checking=$!
    # A buffer of its own size, so that no reply is lost on the side that asks.
    dnsperf -v -s 127.0.0.1 -p $server_port -d "$folder/queries" -l $((quiet + longest + 60)) -Q "$rate" -q 60000 \
        -c "$clients" -T 1 -t 5 -b 4096 >"$folder/answers" 2>/dev/null &
    asking=$!
    running+=("$asking")
    ("$@") || echo "    given up"
    kill -INT "$asking"
    wait "$asking" || true
    unset "running[-1]"
    wait "$checking"
    rm "$folder/answers"
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

measure() { # server
    echo "$1, $rules rules, $(wc -l <"$folder/names") names at $rate queries a second:"
    : >"$folder/reloads"
    write_lists "$1"
    publish 0
    local started before after
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
    echo "  without a reload, $quiet s:"
    ask_during sleep "$quiet"
    echo "  with $reloads reloads:"
    ask_during reload_often "$1"
    sort -n "$folder/reloads" | awk '{ all[NR] = $1 } END { if (NR)
        printf "  reloads: %d, in force after %d ms (median), %d ms (worst)\n", NR, all[int((NR + 1) / 2)], all[NR] }'
    sample after
    after=$(memory VmRSS)
    echo "  resident memory, MB: before $before, peak $(memory VmHWM), after $after"
    kill "$server"
    wait "$server" || true
    unset "running[-1]"
}

prepare
start_upstream
for server_name in $servers; do measure "$server_name"; done
