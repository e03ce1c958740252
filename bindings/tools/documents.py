"""What capi/schema says of documents, as the generators of the bindings want it."""
import argparse
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "capi" / "schema"
# What answers have beside, and no schema says; the conformance tests of the bindings name those that are missing here.
ANSWERED_INSTANTS = {"ended", "keys_since", "onset", "stated_at", "last_linked_at", "created_at", "display_at",
                     "monitoring_at", "scheduled_for", "scheduled_until", "started_at"}
ANSWERED_DURATIONS = {"after", "open_time", "to_acknowledge", "to_detect", "to_mitigate", "to_resolve", "elapsed", "latency", "maximum", "mean", "median", "night_time", "p90", "remaining", "time",
                      "weekend_time", "difference", "now", "disclosure_remaining", "embargo_remaining"}
# What a record is put together of, and the questions whose answers have a type.
RECORD = ["incident", "incident_text", "incident_details", "incident_monitoring", "incident_maintenance",
          "incident_escalations", "incident_clocks", "incident_known_error", "incident_tasks", "incident_links",
          "incident_satisfaction", "incident_known_errors", "incident_affected_items", "incident_problem", "incident_problem_proposal", "incident_change",
          "incident_remediation_actions", "incident_major_incident",
          "incident_communication", "incident_review", "incident_review_demand", "incident_playbook_runs", "incident_automation", "incident_disclosure", "incident_articles"]
ANSWERS = {"get": "IncidentRecord", "find": "Found"}


def pascal(name):
    return "".join(word.capitalize() for word in name.split("_"))


def shape(schema):
    """A schema without what makes no difference to its type."""
    if isinstance(schema, list):
        return [shape(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {}
    for name, value in schema.items():
        if name == "properties":
            kept[name] = {field: shape(inner) for field, inner in value.items()}
        elif name in ("type", "format", "enum", "const", "items", "required", "oneOf", "$ref"):
            kept[name] = shape(value)
    return kept


class Documents:
    def __init__(self):
        self.schemas = json.loads((SCHEMAS / "all.json").read_text(encoding="utf-8"))["$defs"]
        self.catalogue = json.loads((SCHEMAS / "catalogue.json").read_text(encoding="utf-8"))
        self.kinds = [definition["kind"] for definition in self.catalogue["definitions"]]
        self.instants, self.durations = set(ANSWERED_INSTANTS), set(ANSWERED_DURATIONS)
        for schema in self.schemas.values():
            self.collect(schema)

    def is_answered(self, name):
        """Whether callers read such a document, and do not write it."""
        events = {event["name"] for event in self.catalogue["events"]}
        part = name.startswith("incident_") and name not in self.kinds
        return name in events or name in ("incident", "imported_holidays") or part

    def in_order(self):
        """The documents that have a type of their own, those first after which types that others share are named."""
        first = ["find", *self.kinds]
        return first + [name for name in self.schemas if "oneOf" not in self.schemas[name] and name not in first]

    def collect(self, schema):
        """The members that are instants, and durations, by name."""
        for name, inner in schema.get("properties", {}).items():
            form = inner.get("format") or inner.get("items", {}).get("format")
            if form in ("date-time", "duration"):
                (self.instants if form == "date-time" else self.durations).add(name)
            self.collect(inner)
        if "items" in schema:
            self.collect(schema["items"])
        for one in schema.get("oneOf", []):
            self.collect(one)


def main(about, folder, files):
    """Writes the files {name: text}, or, with --check, says which of them are stale."""
    options = argparse.ArgumentParser(description=about.splitlines()[0])
    options.add_argument("--check", action="store_true", help="compare, write nothing")
    arguments = options.parse_args()
    stale = 0
    for name, text in files.items():
        file = folder / name
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        if arguments.check:
            print(f"{file.relative_to(ROOT)}: is stale")
            stale += 1
        else:
            file.write_text(text, encoding="utf-8")
    sys.exit(1 if stale else 0)
