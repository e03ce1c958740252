#!/usr/bin/env bash
# A night from a machine's alert to the review, in the shell: pages, a major incident that a rule proposes, roles, a playbook,
# the status page, an update that is late, the resolution, and the review that another rule demands.
# Usage: night.sh TOCSIN [FOLDER] (the command; where pages and reports go, a folder of its own where none is given)
set -euo pipefail

tocsin=$(realpath "$1")
pack=$(cd "$(dirname "${BASH_SOURCE[0]}")/night" && pwd)/pack.json
folder=${2:-}
if [[ -z $folder ]]; then
  folder=$(mktemp -d)
  trap 'rm -r "$folder"' EXIT
fi
mkdir -p "$folder"
cd "$folder"
rm -f night.tocsin night.tocsin-*

# What should be there: says what is missing, and ends the example.
expect() { grep -q -- "$1" <<<"$2" || { echo "expected $1 in: $2" >&2; exit 1; }; }
desk() { "$tocsin" night.tocsin "$@"; }
run() { desk run - >/dev/null; }

# What the desk asks the host to send, since the last time, as a table.
sent() {
  local effects
  effects=$(desk effects mailer)
  python3 -c 'import json, sys
for effect in map(json.loads, sys.stdin):
    to = next(effect[member] for member in ("person", "assignee", "team", "audience") if member in effect)
    about = [effect[member] for member in ("title", "subject", "cause", "role") if member in effect] or [effect["record"]]
    print("  {:.5}  {:23}  {:6}  {}".format(effect["scheduled_at"][11:], effect["effect"], to, " ".join(about)))' <<<"$effects"
  desk effects mailer --ack "$(sed -n '$s/^{"id":\([0-9]*\).*/\1/p' <<<"$effects")"
}

# Writes the answer to a question into a file: as it is, or the page that the member FORM holds.
write() {
  desk query "$2" | python3 -c 'import json, sys
answer = json.load(sys.stdin)
print(answer[sys.argv[1]] if sys.argv[1:] else json.dumps(answer, indent=2))' ${3:+"$3"} >"$1"
}

desk --at 2026-03-02T08:00:00Z publish "$pack" >/dev/null

echo "03:00  The database of the checkout does not answer, says a probe. Ana is on call; a rule proposes a major incident."
run <<'LINES'
{"command":"report_event","at":"2026-03-03T03:00:00Z","actor":"host","source":"probe","dedup_key":"db-1","signal":"raise","title":"db-1 does not answer","service":"checkout","item":"db-1","impact":"high","urgency":"high","severity":"sev1","team":"shop","occurred_at":"2026-03-03T02:58:00Z"}
LINES
sent

echo "03:05  Ana does not hear it. The policy goes on to Ben, who owns the checkout. He takes it."
run <<'LINES'
{"advance":"2026-03-03T03:05:00Z"}
{"command":"acknowledge_page","at":"2026-03-03T03:07:00Z","actor":"ben","incident":"INC0000001"}
{"command":"begin_work","at":"2026-03-03T03:08:00Z","actor":"ben","incident":"INC0000001"}
LINES
sent

echo "03:10  Eva accepts the major incident and commands. A playbook begins; the status page says what is approved, no more."
run <<'LINES'
{"command":"accept_major","at":"2026-03-03T03:10:00Z","actor":"eva","incident":"INC0000001","roles":[{"role":"incident_commander","person":"eva"},{"role":"operations","person":"ben"}]}
{"command":"complete_step","at":"2026-03-03T03:15:00Z","actor":"ben","record":"INC0000001","step":"assess"}
{"command":"draft_update","at":"2026-03-03T03:18:00Z","actor":"kim","incident":"INC0000001","audience":"public","title":"Orders cannot be paid","known":"The checkout does not reach its database.","impact":"Nobody can pay. Baskets are kept."}
{"command":"approve_update","at":"2026-03-03T03:19:00Z","actor":"eva","incident":"INC0000001","draft":1}
{"command":"publish_update","at":"2026-03-03T03:20:00Z","actor":"kim","incident":"INC0000001","draft":1}
{"command":"complete_step","at":"2026-03-03T03:21:00Z","actor":"kim","record":"INC0000001","step":"tell"}
LINES
sent
write status_during.json '{"query":"public_status","page":"main"}'
write status_during.html '{"query":"public_status","page":"main","form":"html"}' html
expect '"major_outage"' "$(cat status_during.json)"

echo "03:50  Half an hour is over, and nothing new was said: Kim is told so, and sends what is known now."
run <<'LINES'
{"command":"log_decision","at":"2026-03-03T03:35:00Z","actor":"eva","incident":"INC0000001","text":"Do not wait for the backup","options":["Fail over to the replica","Restore the backup"],"chosen":"Fail over to the replica","reason":"Minutes instead of hours"}
{"advance":"2026-03-03T03:50:00Z"}
{"command":"draft_update","at":"2026-03-03T03:53:00Z","actor":"kim","incident":"INC0000001","audience":"public","title":"Orders cannot be paid","known":"Another database takes over.","impact":"Nobody can pay. Baskets are kept.","stage":"identified"}
{"command":"approve_update","at":"2026-03-03T03:54:00Z","actor":"eva","incident":"INC0000001","draft":2}
{"command":"publish_update","at":"2026-03-03T03:55:00Z","actor":"kim","incident":"INC0000001","draft":2}
LINES
sent

echo "04:10  Ben wants to resolve it. The playbook does not let him yet:"
refusal=$(desk run - 2>/dev/null <<'LINES' || true
{"command":"resolve_incident","at":"2026-03-03T04:10:00Z","actor":"ben","incident":"INC0000001","code":"workaround","notes":"Failed over to the replica"}
LINES
)
expect 'playbook.step_left' "$refusal"
python3 -c 'import json, sys; print("  " + json.load(sys.stdin)["error"]["message"])' <<<"$refusal"

echo "04:15  He says what brought it back, and resolves it. A rule demands a review, of Eva, who commanded."
run <<'LINES'
{"command":"record_remediation","at":"2026-03-03T04:12:00Z","actor":"ben","record":"INC0000001","kind":"replaced","item":"db-1","outcome":"worked","evidence":"A test order is paid"}
{"command":"complete_step","at":"2026-03-03T04:13:00Z","actor":"ben","record":"INC0000001","step":"restore","evidence":[{"key":"action","text":"The replica has taken over; a test order is paid"}]}
{"command":"resolve_incident","at":"2026-03-03T04:15:00Z","actor":"ben","incident":"INC0000001","code":"workaround","notes":"Ben failed over to the replica"}
{"command":"draft_update","at":"2026-03-03T04:16:00Z","actor":"kim","incident":"INC0000001","audience":"public","title":"Orders can be paid again","known":"Another database has taken over."}
{"command":"approve_update","at":"2026-03-03T04:17:00Z","actor":"eva","incident":"INC0000001","draft":3}
{"command":"publish_update","at":"2026-03-03T04:18:00Z","actor":"kim","incident":"INC0000001","draft":3}
{"command":"complete_step","at":"2026-03-03T04:19:00Z","actor":"kim","record":"INC0000001","step":"all_clear"}
LINES
sent
write status_after.json '{"query":"public_status","page":"main"}'
write status_after.html '{"query":"public_status","page":"main","form":"html"}' html
expect '"All Systems Operational"' "$(cat status_after.json)"

echo "10:00  The next morning Eva writes the review and publishes it; the incident is closed."
run <<'LINES'
{"command":"begin_work","at":"2026-03-03T10:00:00Z","actor":"eva","incident":"REV0000001"}
{"command":"write_section","at":"2026-03-03T10:10:00Z","actor":"eva","review":"REV0000001","section":"summary","title":"What happened","text":"At night the disk of db-1 was full. The first page, to Ana, was not heard. The second one woke Ben, who failed over to the replica."}
{"command":"write_section","at":"2026-03-03T10:20:00Z","actor":"eva","review":"REV0000001","section":"lessons","title":"What we learnt","text":"Nothing watched the disk, and one page is easily missed at three in the morning."}
{"command":"add_action_item","at":"2026-03-03T10:30:00Z","actor":"eva","review":"REV0000001","text":"Alert when the disk of a database is 80 % full","owner":"ben","due_at":"2026-03-20T12:00:00Z","priority":"high","verification":"A test alert arrives"}
{"command":"resolve_incident","at":"2026-03-03T11:00:00Z","actor":"eva","incident":"REV0000001","code":"published","notes":"Sent to all teams"}
LINES
sent
write review.md '{"query":"review_report","review":"REV0000001","form":"markdown","blameless":true}' markdown
write review.html '{"query":"review_report","review":"REV0000001","form":"html","blameless":true}' html
expect 'who failed over' "$(cat review.md)"
if grep -qE 'Ana|Ben|Eva|Kim' review.md review.html; then echo "the review blames somebody" >&2; exit 1; fi
run <<'LINES'
{"command":"close_incident","at":"2026-03-03T11:05:00Z","actor":"eva","incident":"INC0000001"}
LINES
write closure.html '{"query":"closure_report","incident":"INC0000001","form":"html"}' html
desk verify >/dev/null

[[ -n ${2:-} ]] || exit 0  # they go with the folder
cat <<EOF
Written:
  $PWD/status_during.html  the status page at 03:20
  $PWD/status_during.json  the same for programs, in the shape of Statuspage's API
  $PWD/status_after.html   when it was over
  $PWD/status_after.json   the same for programs
  $PWD/review.html         the review, without names
  $PWD/review.md           the same in Markdown
  $PWD/closure.html        what became of the incident, with names
EOF
