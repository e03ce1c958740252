"""Reference pages out of capi/schema: a page for each command, event, effect, question, definition and other document."""
import json
import pathlib
import sys

from words import escaped

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "bindings" / "tools"))

from documents import RECORD  # noqa: E402: the documents that a record consists of
SCHEMAS = ROOT / "capi" / "schema"
FORMATS = {"date-time": "instant", "duration": "duration"}
# Events that no conformance case can bring about, and what their pages say instead of an example.
WITHOUT_EXAMPLE = {
    "zone_data_changed": "A desk records it when it is opened with newer zone data: `tests/unit/desk/zone_data.cpp`.",
    "escalation_held": "A run that would pass more nodes at once than a limit allows waits; no conformance case has such a policy.",
    "guard_answered": "It stands in an entry where a workflow asks the host: `tests/unit/desk/host_guards.cpp`.",
    "incidents_reached": "A problem with more incidents than one entry takes goes on by a timer: `tests/unit/problem/problem_cascade.cpp`.",
    "change_reached": "A change that more records await than one entry takes goes on by a timer: `tests/unit/desk/golden.cpp`.",
}


class Reference:
    def __init__(self, examples):
        self.schemas = json.loads((SCHEMAS / "all.json").read_text(encoding="utf-8"))["$defs"]
        self.catalogue = json.loads((SCHEMAS / "catalogue.json").read_text(encoding="utf-8"))
        self.examples = examples.kinds
        self.folders = {}  # of a document: where its page stands
        self.lacking = []  # what has no example
        self.pages = {}
        self.write()

    # --- what there is ------------------------------------------------------------------------------------------------

    def write(self):
        catalogue = self.catalogue
        effects = [event for event in catalogue["events"] if event["meaning"].startswith("Effect: ")]
        events = [event for event in catalogue["events"] if event not in effects]
        effects = [{**effect, "meaning": upper_first(effect["meaning"].removeprefix("Effect: "))} for effect in effects]
        definitions = [{**one, "name": one["kind"]} for one in catalogue["definitions"]]
        named = {one["name"] for part in (catalogue["commands"], catalogue["queries"], catalogue["events"], definitions) for one in part}
        # `all` is every document in one; the parts of a record have one page together.
        others = [{"name": name, "meaning": ""} for name in catalogue["schemas"] if name not in named | {"all", *RECORD}]
        parts = [
            ("commands", "Commands", "What a desk is told to do. Each is accepted and becomes an entry of the journal, or is "
             "refused and changes nothing.", catalogue["commands"], self.command),
            ("questions", "Questions", "What a desk is asked. A question changes nothing.", catalogue["queries"], self.question),
            ("definitions", "Definitions", "What a desk is told about its world: published by the command "
             "[publish](../commands/publish.md), each an object in the member that takes its kind.", definitions, self.definition),
            ("events", "Events", "What an entry of the journal says that happened.", events, self.event),
            ("effects", "Effects", "What a desk asks of the world. They wait in its outbox until a host has sent them.", effects, self.event),
            ("documents", "Other documents", "Documents that are neither commands nor questions, definitions nor events.", others, self.other),
        ]
        for folder, _, _, entries, _ in parts:
            self.folders |= {entry["name"]: folder for entry in entries}
        self.folders |= {name: "record" for name in RECORD}
        for folder, title, words, entries, page in parts:
            for entry in entries:
                self.pages[f"reference/{folder}/{entry['name']}.md"] = page(entry)
            self.pages[f"reference/{folder}/index.md"] = overview(title, words, entries)
        self.pages["reference/record.md"] = self.record()
        self.pages["reference/index.md"] = contents(parts)

    # --- pages --------------------------------------------------------------------------------------------------------

    def command(self, entry):
        return self.page(entry, "commands", entry["name"], f'As a command, `{{"command":"{entry["name"]}", ...}}`.', ("command",))

    def question(self, entry):
        return self.page(entry, "queries", entry["name"], f'As a question, `{{"query":"{entry["name"]}", ...}}`.', ("query",))

    def definition(self, entry):
        words = f"Published in the member `{entry['published_as']}` of [publish](../commands/publish.md)."
        return self.page(entry, "definitions", entry["published_as"], words, ())

    def event(self, entry):
        return self.page(entry, "events", entry["name"], "", ("event",))

    def other(self, entry):
        schema = self.body(entry["name"])
        return "\n".join([*heading(entry["name"]), escaped(schema.get("description", "")), "", *self.members(schema, ()), *schema_link(entry["name"])])

    def page(self, entry, kind, example, words, hidden):
        lines = [*heading(entry["name"]), escaped(entry["meaning"]) + ".", ""]
        if words:
            lines += [words, ""]
        lines += self.example(kind, example, entry["name"])
        lines += ["## Fields", "", *self.members(self.body(entry["name"]), hidden), *schema_link(entry["name"])]
        return "\n".join(lines)

    def record(self):
        lines = ["# The record", "", "What [get](questions/get.md) answers, and [find](questions/find.md) in `records`: the fields of an "
                 "incident or another record, those that are set.", ""]
        for name in RECORD:
            schema = self.body(name)
            lines += [f"## {name}", "", escaped(schema["description"]) + ".", "", *self.members(schema, ()), ""]
        return "\n".join(lines)

    def body(self, name):
        schema = self.schemas[name]
        return schema["allOf"][0] if "allOf" in schema else schema

    # --- examples -----------------------------------------------------------------------------------------------------

    def example(self, kind, name, shown):
        example = self.examples[kind].get(name)
        if example is None:
            if name in WITHOUT_EXAMPLE:
                return [WITHOUT_EXAMPLE[name], ""]
            self.lacking.append(f"{kind}: {name}")
            return []
        lines = ["## Example", "", "```json", pretty(example.document), "```", ""]
        if example.answer is not None:
            lines += ["The answer:", "", "```json", pretty(example.answer), "```", ""]
        source = f"{example.case}, entry {example.entry}" if example.entry else str(example.case)
        return [*lines, f"From `{source}`: {escaped(example.said)}.", ""]

    # --- fields -------------------------------------------------------------------------------------------------------

    def members(self, schema, hidden, depth=0):
        """A definition list: each field, its type, what it means; what is inside of it is indented below."""
        if "oneOf" in schema:
            return ["One of " + ", ".join(self.kind(one) for one in schema["oneOf"]) + ".", ""]
        pad, lines = "  " * depth, []
        required = schema.get("required", [])
        for name, field in schema.get("properties", {}).items():
            if name in hidden:
                continue
            facts = [self.kind(field), *self.limits(field)]
            if name in required:
                facts.append("**required**")
            lines += [f"{pad}`{name}` — {', '.join(facts)}", f"{pad}: {escaped(field.get('description', 'No more to say'))}", ""]
            inner = field.get("items", field) if isinstance(field.get("items", field), dict) else field
            while inner.get("type") == "array":
                inner = inner["items"]
            if inner.get("properties"):
                lines += self.members(inner, (), depth + 1)
        return lines or ["None.", ""]

    def kind(self, field):
        if "$ref" in field:
            name = field["$ref"].rsplit("/", 1)[1]
            folder = self.folders.get(name)
            return f"[{escaped(name)}](../{folder}/{name}.md)" if folder and folder != "record" else escaped(name)
        if "const" in field:
            return f'`"{field["const"]}"`'
        if "enum" in field:
            return " or ".join(f"`{word}`" for word in field["enum"])
        if "x-tocsin-refers-to" in field:
            return f"key of a {escaped(field['x-tocsin-refers-to'])}" if field.get("type") == "string" else "reference"
        kind = field.get("type", "JSON")
        if isinstance(kind, list):
            return " or ".join(kind)
        if kind == "string":
            return FORMATS.get(field.get("format"), "text")
        if kind == "array":
            return f"array of {self.kind(field['items'])}"
        return kind

    @staticmethod
    def limits(field):
        if "enum" in field:
            return
        least, most = field.get("minimum"), field.get("maximum")
        if least is not None and most is not None:
            yield f"{least} to {most}"
        if "maxLength" in field:
            yield f"at most {field['maxLength']} characters"
        if "maxItems" in field:
            yield f"at most {field['maxItems']}"
        if field.get("x-tocsin-personal"):
            yield "personal"
        elif field.get("x-tocsin-erasable"):
            yield "may be erased"


def heading(name):
    # In no table of contents: hundreds of lines in the bar of each page help nobody. The overview has them.
    return ["---", "orphan: true", "---", f"# {name}", "", "[Overview](index.md)", ""]


def upper_first(text):
    return text[:1].upper() + text[1:]


def pretty(document):
    """JSON as people write it: what fits on a line is on one."""
    return laid_out(document, 0)


def laid_out(part, depth, room=100):
    flat = json.dumps(part, ensure_ascii=False)
    if len(flat) + 2 * depth <= room or not isinstance(part, (dict, list)) or not part:
        return flat
    pad = "  " * (depth + 1)
    if isinstance(part, dict):
        inner = [f"{pad}{json.dumps(name)}: {laid_out(value, depth + 1, room - len(name) - 4)}" for name, value in part.items()]
        return "{\n" + ",\n".join(inner) + "\n" + "  " * depth + "}"
    return "[\n" + ",\n".join(pad + laid_out(value, depth + 1, room) for value in part) + "\n" + "  " * depth + "]"


def schema_link(name):
    return ["", f"[JSON Schema](/capi/schema/{name}.json)", ""]


def toctree(names, *options):
    return ["```{toctree}", *options, "", *names, "```", ""]


def overview(title, words, entries):
    lines = [f"# {title}", "", words, "", "| | |", "|---|---|"]
    lines += [f"| [{escaped(entry['name'])}]({entry['name']}.md) | {escaped(entry['meaning'])} |" for entry in entries]
    return "\n".join([*lines, ""])


def contents(parts):
    lines = ["# Reference", "", "Every document of a desk with its fields, and an example that the tests run.", "", "| | |", "|---|---|"]
    lines += [f"| [{title}]({folder}/index.md) | {len(entries)}: {words} |" for folder, title, words, entries, _ in parts]
    lines += ["| [The record](record.md) | The fields of an incident, as `get` and `find` answer them |",
              "| [The C interface](c/index.md) | Every function, type and number of `tocsin.h` |", ""]
    names = [f"{folder}/index" for folder, *_ in parts]
    text = "\n".join([*lines, *toctree([*names[:3], "record", *names[3:], "c/index"], ":hidden:")])
    return text.replace("](../commands/", "](commands/")
