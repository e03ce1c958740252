#!/usr/bin/env bash
# What machines report, in the shell: Alertmanager's webhook, a mapping of one's own, heartbeats, and a maintenance window.
# Usage: machine_events.sh TOCSIN (the command); works in a folder of its own.
set -euo pipefail

tocsin=$(realpath "$1")
samples=$(cd "$(dirname "${BASH_SOURCE[0]}")/machine_events" && pwd)
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"

# What should be there: says what is missing, and ends the example.
expect() { grep -q -- "$1" <<<"$2" || { echo "expected $1 in: $2" >&2; exit 1; }; }

# Two alerts are two incidents. Alertmanager repeats what goes on: that is an occurrence each, and no second incident.
"$tocsin" intake alertmanager "$samples/webhook.json" | "$tocsin" desk.tocsin run --at 2026-11-23T08:00:00Z
"$tocsin" intake alertmanager "$samples/webhook.json" | "$tocsin" desk.tocsin run --at 2026-11-23T08:05:00Z
shown=$("$tocsin" desk.tocsin get INC0000001)
expect '"occurrence_count": *2' "$shown"

# They are over: both incidents are resolved.
"$tocsin" intake alertmanager "$samples/webhook_later.json" | "$tocsin" desk.tocsin run --at 2026-11-23T08:10:00Z
expect '"state": *"resolved"' "$("$tocsin" desk.tocsin get INC0000002)"

# Any other JSON, by a mapping.
doors='{"kind":"door report","building":"Ghent","doors":[{"id":7,"open":true,"minutes":12,"tags":{"floor":3}}]}'
"$tocsin" intake "$samples/doors.json" <<<"$doors" | "$tocsin" desk.tocsin run --at 2026-11-23T08:20:00Z
expect 'Door 7 stands open for 12 minutes' "$("$tocsin" desk.tocsin get INC0000003)"

# A maintenance window holds back what is new. A heartbeat that is missed in it is held back, too, and becomes an incident
# when the window ends and it is still missed.
"$tocsin" desk.tocsin run <<'LINES'
{"command":"schedule_maintenance","at":"2026-11-23T09:00:00Z","key":"disks","from":"2026-11-23T09:00:00Z","until":"2026-11-23T10:00:00Z","reason":"New disks"}
{"command":"report_event","at":"2026-11-23T09:01:00Z","source":"cron","dedup_key":"backup","signal":"heartbeat","expires_after":"PT15M","title":"The backup does not run"}
{"command":"report_event","at":"2026-11-23T09:05:00Z","source":"probe","dedup_key":"smtp","signal":"raise","title":"Mail is down"}
{"command":"report_event","at":"2026-11-23T09:30:00Z","source":"probe","dedup_key":"smtp","signal":"clear"}
{"advance":"2026-11-23T10:00:00Z"}
LINES
expect '"held_count": *2' "$("$tocsin" desk.tocsin get MNT0000001)"
expect 'The backup does not run' "$("$tocsin" desk.tocsin get INC0000004)"

"$tocsin" desk.tocsin find --types all
"$tocsin" desk.tocsin verify
