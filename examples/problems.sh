#!/usr/bin/env bash
# Why it happens again, in the shell: incidents that recur propose a problem; its root cause becomes a known error, which answers
# the next incident; what a failed disk affects is drawn; the fix resolves what waited for it.
# Usage: problems.sh TOCSIN [FOLDER] (the command; where the drawings go, a folder of its own where none is given)
set -euo pipefail

tocsin=$(realpath "$1")
folder=${2:-}
if [[ -z $folder ]]; then
  folder=$(mktemp -d)
  trap 'rm -r "$folder"' EXIT
fi
mkdir -p "$folder"
cd "$folder"
rm -f problems.tocsin problems.tocsin-*

# What should be there: says what is missing, and ends the example.
expect() { grep -q -- "$1" <<<"$2" || { echo "expected $1 in: $2" >&2; exit 1; }; }
desk() { "$tocsin" problems.tocsin "$@"; }

# Three incidents of one symptom within a week are a problem, says the rule.
desk run >/dev/null <<'LINES'
{"command":"publish","at":"2026-03-02T07:00:00Z","actor":"host","people":[{"key":"ana","name":"Ana"},{"key":"ben","name":"Ben"}],"teams":[{"key":"storage","name":"Storage","members":["ben"]}],"customers":[{"key":"acme","name":"Acme"}],"services":[{"key":"mail","name":"Mail","owner":"ben","criticality":"critical","customers":["acme"],"runs_on":["mail-1"]},{"key":"shop","name":"Shop","owner":"ana","criticality":"high","groups":[{"members":["mail-1","mail-2"],"need":1}]}],"configuration_items":[{"key":"mail-1","class":"server","runs_on":["disk-7"]},{"key":"mail-2","class":"server"},{"key":"disk-7","class":"disk","support_team":"storage"}],"recurrence_rules":[{"key":"same symptom","group_by":["service","fingerprint"],"count":3,"window":"P7D"}]}
{"command":"log_incident","at":"2026-03-02T08:00:00Z","actor":"ana","title":"Mail on host 12 is slow","service":"mail","caller":"ana"}
{"command":"log_incident","at":"2026-03-03T08:10:00Z","actor":"ana","title":"mail is SLOW on host 14","service":"mail","caller":"ben"}
LINES
answer=$(desk run <<'LINES'
{"command":"log_incident","at":"2026-03-04T08:05:00Z","actor":"ana","title":"Mail is slow on host 3","service":"mail","caller":"ana"}
LINES
)
expect '"event":"problem_proposed"' "$answer"
echo "The third incident proposes a problem:"
desk find --types problem_proposal --fields number,title,confidence,state

# It becomes a problem. Its incidents wait for it, and why it is there is found out.
desk run >/dev/null <<'LINES'
{"command":"accept_proposal","at":"2026-03-04T09:00:00Z","actor":"ana","proposal":"PRP0000001","title":"Mail is slow in the morning","team":"storage"}
{"command":"hold_incident","at":"2026-03-04T09:01:00Z","actor":"ana","incident":"INC0000003","reason":"awaiting_problem"}
{"command":"begin_work","at":"2026-03-04T09:05:00Z","actor":"ben","incident":"PRB0000001"}
{"command":"state_cause","at":"2026-03-04T10:00:00Z","actor":"ben","problem":"PRB0000001","text":"disk-7 is full by morning"}
{"command":"state_cause","at":"2026-03-04T10:05:00Z","actor":"ben","problem":"PRB0000001","text":"The backup copies itself","explains":[{"cause":1}]}
{"command":"state_cause","at":"2026-03-04T10:06:00Z","actor":"ben","problem":"PRB0000001","text":"Spam","explains":[{"cause":0,"role":"contributing"}]}
{"command":"add_cause_evidence","at":"2026-03-04T10:10:00Z","actor":"ben","problem":"PRB0000001","cause":1,"text":"df at six says 100 %"}
{"command":"decide_cause","at":"2026-03-04T10:20:00Z","actor":"ben","problem":"PRB0000001","cause":1,"status":"confirmed"}
{"command":"decide_cause","at":"2026-03-04T10:30:00Z","actor":"ben","problem":"PRB0000001","cause":2,"status":"confirmed","reason":"The copies have copies"}
{"command":"decide_cause","at":"2026-03-04T10:31:00Z","actor":"ben","problem":"PRB0000001","cause":3,"status":"ruled_out","reason":"There is no more than ever"}
{"command":"communicate_workaround","at":"2026-03-04T10:40:00Z","actor":"ben","problem":"PRB0000001","text":"Delete /backup/backup"}
{"command":"raise_known_error","at":"2026-03-04T10:45:00Z","actor":"ben","problem":"PRB0000001","symptoms":"Mail is slow in the morning"}
LINES
drawing_of() { python3 -c 'import json, sys; print(json.load(sys.stdin)["drawing"])'; }
desk query '{"query":"causes","problem":"PRB0000001","drawing":"svg"}' | drawing_of >causes.svg
expect '"root_causes": *\[2\]' "$(desk query '{"query":"causes","problem":"PRB0000001"}')"

# The next incident joins the problem as it is logged, and the known error answers it.
answer=$(desk run <<'LINES'
{"command":"log_incident","at":"2026-03-05T08:00:00Z","actor":"ana","title":"Mail is slow on host 9","service":"mail","caller":"ben"}
LINES
)
expect '"kind":"caused_by","other":"PRB0000001"' "$answer"
suggested=$(desk query '{"query":"suggest","incident":"INC0000004","kind":"known_error"}')
expect '"record": *"KE0000001"' "$suggested"
expect '/backup/backup' "$suggested"
echo "The fourth is a known error:"
desk find --types known_error --fields number,title,workaround

# What the failed disk affects: mail is down, the shop has spent its spare server.
desk query '{"query":"impact","failed":["disk-7"],"drawing":"svg"}' | drawing_of >impact.svg
expect '"failed": *3' "$(desk query '{"query":"impact","failed":["disk-7"]}')"

# The fix resolves the incident that waited for it.
desk run >/dev/null <<'LINES'
{"command":"resolve_incident","at":"2026-03-05T12:00:00Z","actor":"ben","incident":"PRB0000001","code":"fix_applied","notes":"The backup leaves itself out"}
LINES
expect '"state": *"resolved"' "$(desk get INC0000003)"

expect '"known": *1' "$(desk query '{"query":"known_at_opening","from":"2026-03-05T00:00:00Z"}')"
echo "What recurs most:"
desk query '{"query":"recurrence","by":"fingerprint","from":"2026-03-01T00:00:00Z"}'
desk verify
