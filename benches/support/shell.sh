# What the measurements by whole programs share; sourced, not run. Makes the temporary folder $folder, and at the end
# removes it and ends each process whose id is in the array $running.

folder=$(mktemp -d)
running=()
cleanup() {
    local process
    for process in "${running[@]}"; do
        kill "$process" 2>/dev/null && wait "$process" 2>/dev/null || true
    done
    rm -rf "$folder"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

fail() { echo "${0##*/}: $*" >&2; exit 1; }
milliseconds() { local now=${EPOCHREALTIME/[^0-9]/}; echo "${now%???}"; }
await() { # description, seconds, command: waits until the command succeeds
    local what=$1 end=$((SECONDS + $2)); shift 2
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || fail "$what took too long"
        sleep 0.01
    done
}
memory() { awk -v key="$1:" '$1 == key { printf "%.1f", $2 / 1024 }' "/proc/$server/status"; } # VmRSS or VmHWM, in MB
stands_apart() { [[ $(readlink "/proc/$1/ns/net") != "$(readlink /proc/$$/ns/net)" ]]; }
# For awk: the median of a column, of which value[key, column, 1 to count[key]] are the values.
median='function median(key, column,    n, i, j, t, v) {
    n = count[key]; for (i = 1; i <= n; i++) v[i] = value[key, column, i]
    for (i = 1; i < n; i++) for (j = i + 1; j <= n; j++) if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
    return v[int((n + 1) / 2)]
}'
start_nsd() { # port: serves the root of $folder/root.zone
    cat >"$folder/nsd.conf" <<END
server:
  ip-address: 127.0.0.1
  port: $1
  username: ""
  zonesdir: "$folder"
  zonelistfile: "$folder/zone.list"
  pidfile: "$folder/nsd.pid"
  xfrdfile: ""
  logfile: "$folder/nsd.log"
  database: ""
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "."
  zonefile: "root.zone"
END
    nsd -d -c "$folder/nsd.conf" >/dev/null 2>&1 &
    running+=($!)
}
