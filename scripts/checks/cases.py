#!/usr/bin/env python3
"""Each conformance case has the form that tests/conformance/case.schema.json describes, and its name the ids of its rules. Whatever a
case, or what it is given, has a desk accept has the form that the schemas of commands and questions describe; so have the packs
and the drill of the examples.

Needs the package jsonschema (scripts/setup installs it into build/venv; bindings/python/tools/run.py runs this with it).
"""
import json
import pathlib
import re
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONFORMANCE = ROOT / "tests/conformance"
PUBLISHED = json.loads((ROOT / "capi/schema/all.json").read_text(encoding="utf-8"))["$defs"]
IDS_OF_NAME = re.compile(r"\(([^()]*)\)$")

validators = {}
found = []
counts = {"cases": 0, "documents": 0}


def complain(path, place, what):
    found.append(f"{path.relative_to(ROOT)}: /{'/'.join(str(part) for part in place)}: {what}")


def hold(path, place, document, schema):
    for error in schema.iter_errors(document):
        complain(path, [*place, *error.path], error.message[:300])


def published(name):
    if name not in validators:
        validators[name] = jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": PUBLISHED})
    return validators[name]


def written_out(value):
    """Without "$repeat", as the runner writes it out."""
    if isinstance(value, list):
        return [written_out(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "$repeat" in value:
        return value["$repeat"] * value["times"]
    return {name: written_out(item) for name, item in value.items()}


def hold_document(path, place, document, kind):
    name = document.get(kind)
    if name not in PUBLISHED:
        return complain(path, place, f"no {kind} {name!r}")
    counts["documents"] += 1
    hold(path, place, written_out(document), published(name))


def accepted(step):
    """The commands that a desk must take. Of a batch that says what it answers, some may be refused."""
    command = step.get("execute")
    if isinstance(command, dict):
        return [command]
    return command if command and "expect" not in step else []


def hold_case(path, schema):
    case = json.loads(path.read_text(encoding="utf-8"))
    counts["cases"] += 1
    broken = len(found)
    hold(path, [], case, schema)
    if len(found) != broken:
        return
    ids = IDS_OF_NAME.search(case["name"]).group(1).split(", ")
    if ids != case["rules"]:
        complain(path, ["rules"], f"{case['rules']}, but the name has {ids}")
    if "given" in case and not (CONFORMANCE / "given" / f"{case['given']}.json").exists():
        complain(path, ["given"], f"no {case['given']}.json in given")
    for number, step in enumerate(case["steps"]):
        if "refused" in step:
            continue
        for command in accepted(step):
            hold_document(path, ["steps", number, "execute"], command, "command")
        if "query" in step:
            hold_document(path, ["steps", number, "query"], step["query"], "query")


def main():
    schema = json.loads((CONFORMANCE / "case.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    of_case = jsonschema.Draft202012Validator(schema)
    for folder in ("cases", "peers"):
        for path in sorted((CONFORMANCE / folder).glob("*.json")):
            hold_case(path, of_case)
    for path in sorted((CONFORMANCE / "given").glob("*.json")):
        for number, command in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            hold_document(path, [number], command, "command")
    for path in sorted([*ROOT.glob("examples/packs/*.json"), *ROOT.glob("examples/*/pack.json")]):
        pack = json.loads(path.read_text(encoding="utf-8"))
        hold_document(path, [], {"command": "publish", "actor": "host", **pack}, "command")
    for path in sorted(ROOT.glob("examples/drill/night.json")):
        hold_document(path, [], {"query": "drill", "scenario": json.loads(path.read_text(encoding="utf-8"))}, "query")
    for line in found:
        print(f"cases: {line}")
    print(f"cases: {counts['cases']} cases, {counts['documents']} documents, {len(found)} complaints")
    return 1 if found or not counts["cases"] else 0


if __name__ == "__main__":
    sys.exit(main())
