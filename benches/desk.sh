#!/usr/bin/env bash
# A docket of a million decisions: how long each step takes, and how much memory. SQLite, and PostgreSQL where URL names one.
#
#   benches/desk.sh                         builds the program, makes a desk in a temporary folder, prints a table
#   COUNT=10000 benches/desk.sh             fewer decisions
#   URL=postgres://… benches/desk.sh        the docket on a server; its database must be empty
#   AUTHORITY=path/to/rempart-authority     another program than the one that is built here
set -euo pipefail

count="${COUNT:-1000000}"
cd "$(dirname "$0")/.."
if [ -z "${AUTHORITY:-}" ]; then
    cargo build --release --quiet --bin rempart-authority
    AUTHORITY="$PWD/target/release/rempart-authority"
fi
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Seconds and the most memory of a step.
step() {
    local name="$1"
    shift
    /usr/bin/env time -f '%e %M' -o time "$AUTHORITY" "$@" >out 2>err || { cat err; exit 1; }
    read -r seconds kilobytes <time
    printf '%-34s %8.1f s %7d MB\n' "$name" "$seconds" "$((kilobytes / 1024))"
}

for name in ana ben; do "$AUTHORITY" key new "$name" --unencrypted --yes >out; done
"$AUTHORITY" init desk --public-key ana.pub.json ben.pub.json --threshold 2 --yes >out
"$AUTHORITY" sign desk --key ana.pem ben.pem --yes >out
[ -z "${URL:-}" ] || sed -i "s|^docket = .*|docket = \"$URL\"|" desk/authority.toml
cat >header.toml <<'END'
list = "xx/bench"
jurisdiction = "XX"
category = "bench"
authority = "Authority of a benchmark"
legal_basis = "None"
appeal = "mailto:appeals@authority.example"
END
"$AUTHORITY" docket init desk --public-key ana.pub.json ben.pub.json --with ana.pem --yes >out
"$AUTHORITY" docket list desk --header header.toml --target xx/bench.jsonl.zst --with ana.pem --yes >out
seq -f 'n%.0f.example' "$count" >names.txt

echo "$count decisions, $([ -n "${URL:-}" ] && echo PostgreSQL || echo SQLite)"
step "propose, from a file" propose desk --file names.txt --shape domains --case X-1 --with ana.pem --yes
step "review" review desk --case X-1 --with ben.pem --yes
step "approve" approve desk --case X-1 --with ben.pem --yes
step "release the first list" release desk --key ana.pem ben.pem --yes
step "propose one more, urgent" propose desk one.example --urgent --case X-2 --with ana.pem --yes
step "review it" review desk one.example --with ben.pem --yes
step "approve it" approve desk one.example --with ben.pem --yes
step "release it" release desk --key ana.pem ben.pem --yes
step "docket verify" docket verify desk
step "worklist" worklist desk
step "report" report desk --period $(date -u +%Y) --out report.json
step "docket export" docket export desk --out docket.jsonl
step "convert to a policy zone" convert "$(ls -t desk/public/targets/xx/*.bench.jsonl.zst | head -n 1)" --to rpz --out rpz.zone
if [ -z "${URL:-}" ]; then
    printf '%-34s %8d MB\n' "the docket on disk" "$(($(stat -c %s desk/docket.sqlite) / 1048576))"
fi
