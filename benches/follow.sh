#!/usr/bin/env bash
# How long from `publish` until a resolver enforces it, and what does polling cost?
#
# Publishes a list of a million names, serves the folder, and starts a resolver that polls every second. Then ten
# names are exchanged, again and again; each time it is measured how long `publish` took, and from its end how long
# until a name that is only in the new generation is blocked. Prints the median and the 99th percentile, octets and
# requests that the server answered for each generation, and the resolver's resident memory before, and at its peak.
#
# Then so many resolvers, simulated in one process, follow the same server for a while, during which one more
# generation is published: requests and octets a second, of the server's own count, and its processor time.
#
#     benches/follow.sh
#
# Settings, by environment: RULES=1000000, ROUNDS=30, CHANGES=10, RESOLVERS=200, POLL=60 (seconds), DURATION=120
# (seconds), BUILD=target/release.
#
# Needed: kdig. `cargo build --release --bins --example fleet` first. Everything is on loopback, on high ports, bounded
# in time and in number, and lives in one temporary folder.

set -euo pipefail

rules=${RULES:-1000000} rounds=${ROUNDS:-30} changes=${CHANGES:-10}
resolvers=${RESOLVERS:-200} poll=${POLL:-60} duration=${DURATION:-120}
build=${BUILD:-$(dirname "$0")/../target/release}
build=$(cd "$build" && pwd)
web_port=15401 server_port=15402 page_port=15403 control_port=15404

. "$(dirname "$0")/support/shell.sh"
command -v kdig >/dev/null || fail "kdig is needed"
[ -x "$build/examples/fleet" ] || fail "cargo build --release --bins --example fleet first"

authority() { "$build/rempart-authority" "$@" --passphrase-file passphrase --yes; }
memory() { awk -v key="$2:" '$1 == key { printf "%.0f MB", $2 / 1024 }' "/proc/$1/status"; }
written() { awk '$1 == "wchar:" { print $2 }' "/proc/$1/io"; } # octets, heads of answers included
processor() { awk '{ print ($14 + $15) * 10 }' "/proc/$1/stat"; }

# Names n0, n1 ... of which the first so many are those of this round.
list() {
    awk -v rules="$rules" -v changes="$changes" -v round="$1" 'BEGIN {
        for (i = 0; i < changes; i++) printf "r%d-%d.example\n", round, i
        for (i = changes; i < rules; i++) printf "n%d.example\n", i
    }' >list
}
publish() {
    list "$1"
    authority publish desk list --header header.toml --target fr/bench.jsonl.zst \
        --key desk/keys/fr-one.pem desk/keys/fr-two.pem >publish.log 2>&1 || fail "$(cat publish.log)"
}
blocked() { kdig @127.0.0.1 -p $server_port "$1" +timeout=1 +retry=0 2>/dev/null | grep -q 'status: NXDOMAIN'; }
# Asked of the program, since asking for a name that is not blocked yet waits for a resolution.
in_force() { "$build/rempart" --config rempart.toml status --json | grep -q "\"serial\": $1,"; }
serve() {
    "$build/rempart-authority" serve desk/public --listen 127.0.0.1:$web_port >serve.log 2>&1 &
    server=$!
    running+=("$server")
    await "the server" 10 grep -q http serve.log
}
# What the server says at its end: so many requests, so many octets.
stop_server() {
    kill "$server"
    wait "$server" || true
    tail -n 1 serve.log
}

cd "$folder"
echo "a passphrase for a measurement" >passphrase
chmod 600 passphrase
cat >header.toml <<TOML
list = "fr/bench"
jurisdiction = "XX"
category = "bench"
authority = "Authority of Benchmarks"
legal_basis = "None: a measurement."
appeal = "mailto:appeals@authority.example"
action = "nxdomain"
TOML
cat >rempart.toml <<TOML
[server]
listen = ["127.0.0.1:$server_port"]
page = ["127.0.0.1:$page_port"]
admin = "127.0.0.1:$control_port"
[update]
state = "$folder/state"
[[update.authorities]]
name = "bench"
repository = "http://127.0.0.1:$web_port"
root = "$folder/desk/public/metadata/1.root.json"
poll = 1
[[update.lists]]
name = "bench"
authority = "bench"
target = "fr/bench.jsonl.zst"
TOML

authority init desk --holders ana ben --threshold 2 >init.log 2>&1 || fail "$(cat init.log)"
authority delegate desk fr --path 'fr/*' --holders fr-one fr-two --threshold 2 \
    --key desk/keys/ana.pem desk/keys/ben.pem >delegate.log 2>&1 || fail "$(cat delegate.log)"
start=$(milliseconds)
publish 0
echo "first publish of $rules names: $(($(milliseconds) - start)) ms"
serve
"$build/rempart" --config rempart.toml >rempart.log 2>&1 &
resolver=$!
running+=("$resolver")
await "the first generation" 120 blocked r0-0.example
before=$(memory "$resolver" VmRSS)

publishing=() enforcing=()
for ((round = 1; round <= rounds; round++)); do
    start=$(milliseconds)
    publish "$round"
    published=$(milliseconds)
    await "generation $round" 60 in_force $((round + 1))
    at=$(milliseconds)
    blocked "r$round-0.example" || fail "serial $((round + 1)) is in force and does not block"
    publishing+=($((published - start)))
    enforcing+=($((at - published)))
    echo "  serial $((round + 1)): published in ${publishing[-1]} ms, enforced ${enforcing[-1]} ms later"
done
quantile() { # share, numbers
    local share=$1; shift
    printf '%s\n' "$@" | sort -n | awk -v share="$share" '{ v[NR] = $1 }
        END { i = int(NR * share) + 1; if (i > NR) i = NR; print v[i] " ms" }'
}
echo "publish, $changes of $rules names changed: $(quantile 0.5 "${publishing[@]}") median"
echo "published until enforced, polling each second: $(quantile 0.5 "${enforcing[@]}") median," \
    "$(quantile 0.99 "${enforcing[@]}") p99, of $rounds"
echo "resolver's memory: $before before, $(memory "$resolver" VmHWM) at the peak, $(memory "$resolver" VmRSS) after"
echo "whole lists fetched where a delta was hoped for: $(grep -c 'no delta' rempart.log || true)"
kill "$resolver"
wait "$resolver" || true
sent=$(written "$server")
echo "served to one resolver in all: $(stop_server), $sent octets with the heads of answers"

# --- A fleet, on a list of ten thousand names ----------------------------------------------------------------------

rules=10000
publish_small() {
    list "$1"
    authority publish desk list --header header.toml --target fr/small.jsonl.zst \
        --key desk/keys/fr-one.pem desk/keys/fr-two.pem >publish.log 2>&1 || fail "$(cat publish.log)"
}
publish_small 0
serve
begun=$(processor "$server")
"$build/examples/fleet" --repository "http://127.0.0.1:$web_port" --root desk/public/metadata/1.root.json \
    --target fr/small.jsonl.zst --resolvers "$resolvers" --poll "$poll" --seconds "$duration" >fleet.log 2>&1 &
fleet=$!
running+=("$fleet")
sleep $((duration / 2))
publish_small 1
wait "$fleet" || fail "$(cat fleet.log)"
cat fleet.log
used=$(($(processor "$server") - begun)) sent=$(written "$server")
echo "the server in $duration s: $(stop_server), $sent octets with the heads of answers, $used ms of processor time"
