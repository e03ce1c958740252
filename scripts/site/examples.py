"""An example of each command, event, definition and question, out of the conformance cases.

The cases run in every language, so no example can be wrong for long. Each case is played on a desk here, and what it
accepted, recorded and answered is kept; the best of each kind is shown.
"""
import dataclasses
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "bindings" / "python" / "src"), str(ROOT / "bindings" / "python" / "tests")]

import conformance  # noqa: E402: the runner of the Python binding
import tocsin  # noqa: E402

SHOWN_MOST = 1500  # characters of an example that a reader still reads


@dataclasses.dataclass
class Example:
    document: dict  # what is given, or recorded
    case: pathlib.Path  # where it is from
    said: str  # the sentence that the case shows
    answer: object = None  # of a question, or of a command
    entry: int = 0  # of an event

    def rank(self):
        """The one that shows most, of those that are short enough to be read."""
        size = len(text_of(self.document)) + len(text_of(self.answer or ""))
        return (size <= SHOWN_MOST, len(self.document) if size <= SHOWN_MOST else -size, -size)


def text_of(document):
    return json.dumps(document, ensure_ascii=False)


class Collection:
    """The best example of each name, by kind: commands, events, definitions, queries."""

    def __init__(self):
        self.kinds = {kind: {} for kind in ("commands", "events", "definitions", "queries")}

    def offer(self, kind, name, example):
        known = self.kinds[kind].get(name)
        if known is None or example.rank() > known.rank():
            self.kinds[kind][name] = example


class Watcher(conformance.Runner):
    """Plays a case as the tests do, and keeps what was asked and answered."""

    def __init__(self, desk, collection, about):
        super().__init__(desk)
        self.collection, self.about = collection, about

    def answer_to(self, step):
        answer = super().answer_to(step)
        if "query" in step and isinstance(step["query"], dict):
            self.offer("queries", step["query"]["query"], step["query"], answer=json.loads(answer))
        return answer

    def offer(self, kind, name, document, **more):
        self.collection.offer(kind, name, Example(document, *self.about, **more))

    def read_journal(self):
        for sequence in range(1, self.desk.desk.head().sequence + 1):
            try:
                entry = json.loads(self.desk.entry(sequence))
            except tocsin.NotFound:  # purged by the case
                continue
            for event in entry["events"]:
                self.offer("events", event["event"], event, entry=sequence)
            if entry.get("asked"):
                self.read_command(entry)

    def read_command(self, entry):
        asked = entry["asked"]
        given = {"command": asked["command"], "at": entry["stated_at"], "actor": entry["actor"]}
        self.offer("commands", asked["command"], given | asked)
        if asked["command"] == "publish":
            for kind, definitions in asked.items():
                for definition in definitions if isinstance(definitions, list) else []:
                    self.offer("definitions", kind, definition)


def collect():
    collection = Collection()
    for path in conformance.cases():
        case = conformance.read_json(path)
        desk = conformance.TextDesk(case.get("options", {}), None)
        watcher = Watcher(desk, collection, (path.relative_to(ROOT), case["name"]))
        if "given" in case:
            watcher.give(conformance.read_json(conformance.FOLDER / "given" / f"{case['given']}.json"))
        watcher.run(case["steps"])
        watcher.read_journal()
        desk.desk.close()
    return collection


if __name__ == "__main__":
    found = collect()
    catalogue = tocsin.catalogue()
    for kind, tag in (("commands", "name"), ("events", "name"), ("definitions", "published_as"), ("queries", "name")):
        print(kind, len(found.kinds[kind]), "lacks", [one[tag] for one in catalogue[kind] if one[tag] not in found.kinds[kind]])
