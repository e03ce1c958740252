#!/usr/bin/env python3
"""Holds the picture of the modules ("rooms") against the includes: a module includes only modules to its left.

    base < time < rule < model < service, workflow, sla, oncall, knowledge, metric < escalation, problem, change, major_incident, review, playbook, automation, security, drill < communication < assignment < desk < slices < desks
         < store, schema < capi < shell, bindings, examples

Modules that stand side by side do not include each other. A concept's folder has pure files, which stand in the module of
its name, and desk files (commands, events, questions, slice, publish, decide, plausible, fold, react, fire, answer), which stand in `slices` whatever the
folder. The shell, the bindings, the examples and the C tests know
tocsin.h and tocsin.hpp, and nothing else of ours. Public headers include no Boost, SQLite, OpenSSL, utf8proc, libpq or
full nlohmann/json. Boost, which is dear to compile, stands behind a header of ours in two sources.
"""
import pathlib
import re
import sys

ORDER = [
    ["base"],
    ["time"],
    ["rule"],
    ["model"],
    ["service", "workflow", "sla", "oncall", "knowledge", "metric"],
    ["escalation", "problem", "change", "major_incident", "review", "playbook", "automation", "security", "drill"],
    ["communication"],
    ["assignment"],
    ["desk"],
    ["slices"],
    ["desks"],
    ["store", "schema"],
    ["capi"],
    ["shell", "bindings", "examples", "c_tests"],
    ["vendor"],
]
CORE = [room for group in ORDER[:12] for room in group]
OUTSIDERS = ORDER[13]
DESK_FILE = re.compile(r"^(commands|events|questions|slice|publish|decide|plausible|fold|react|fire|answer)(_\w+)?\.[ch]pp$")
# Files of `desk` that still know commands or events of concepts, and of which. The list only becomes shorter.
DESK_KNOWS = {
    "answer_record.cpp": "incident",
    "audience.cpp": "incident workflow",
    "decide_purge.cpp": "link",
    "desk.cpp": "escalation",
    "oncall_book.cpp": "oncall",
    "entry.cpp": "escalation incident link",
    "escalation_trigger.cpp": "escalation",
    "follow.cpp": "incident workflow",
    "history.cpp": "incident",
    "intake.cpp": "monitoring",
    "intake_mapping.cpp": "monitoring",
    "page_counts.cpp": "escalation",
    "page_counts.hpp": "escalation",
    "record_clocks.cpp": "sla",
    "references.cpp": "monitoring",
    "route.cpp": "assignment incident",
    "run_driver.cpp": "escalation incident",
    "run_driver.hpp": "escalation",
    "run_driver_storm.cpp": "escalation",
    "transaction.cpp": "escalation monitoring assignment",
    "verify.cpp": "assignment",
    "viewer.cpp": "incident knowledge link",
    "wait.hpp": "incident",
}
C_HEADERS = {"tocsin.h", "tocsin.hpp"}

# Folder -> the room of what stands in it; None: the next part of the path names the room.
FOLDERS = {
    "include/tocsin": None,
    "src": None,
    "capi": "capi",
    "bindings": "bindings",
    "examples/own_slice": "vendor",
    "examples": "examples",
    "tests/capi": "c_tests",
}
PUBLIC = ("include/", "capi/include/")
BOOST_SOURCES = ("src/base/graph.cpp", "src/time/nth_weekday.cpp")
NOT_IN_PUBLIC = re.compile(r"^(boost/|sqlite3|openssl/|utf8proc|libpq|cctz/|nlohmann/(?!json_fwd\.hpp$))")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
SUFFIXES = {".h", ".hpp", ".c", ".cpp", ".inc"}


def room_of(path, root):
    """The room a file stands in, or None when it stands in no room."""
    relative = path.relative_to(root).as_posix()
    for folder, room in FOLDERS.items():
        if relative.startswith(folder + "/"):
            if room:
                return room
            parts = relative[len(folder) + 1 :].split("/")
            if len(parts) < 2:
                return None
            is_concept = parts[0] not in ("desk", "desks", "store", "schema", "shell")
            is_desk_file = parts[-1] == "slice.cpp" or (is_concept and DESK_FILE.match(parts[-1]))
            return "slices" if is_desk_file else parts[0]
    return None


def allowed_rooms(room):
    """What a room may include, from left to right, itself last."""
    left = []
    for group in ORDER:
        if room in group:
            return left + [room]
        left += group
    return None


def concepts_known(relative):
    """Of which concepts a file of `desk` may know commands and events."""
    folder, _, name = relative.rpartition("/")
    return set(DESK_KNOWS.get(name, "").split()) if folder == "src/desk" else set()


def target_of(path, quote, name, root):
    """The file of ours that an include means, or None when it is none of ours."""
    places = [root / "include", root / "capi/include", root / "src", root / "capi/src", root]
    if quote == '"':
        places.insert(0, path.parent)
    for place in places:
        candidate = (place / name).resolve()
        if candidate.is_file() and candidate.is_relative_to(root):
            return candidate
    return None


def violations_of(path, root):
    room = room_of(path, root)
    relative = path.relative_to(root).as_posix()
    allowed = allowed_rooms(room)
    if allowed is None:
        yield 1, f"stands in no room (found: {room}; rooms: {', '.join(CORE)})"
        return
    public = relative.startswith(PUBLIC)
    known = concepts_known(relative)
    unused = set(known)
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        quote, name = match.groups()
        if public and NOT_IN_PUBLIC.match(name):
            yield number, f"a public header includes <{name}> (allowed: the standard library, ours, nlohmann/json_fwd.hpp)"
            continue
        if name.startswith("boost/") and relative not in BOOST_SOURCES:
            yield number, f"<{name}> is included (allowed in {', '.join(BOOST_SOURCES)})"
            continue
        target = target_of(path, quote, name, root)
        if target is None:
            if name.startswith("tocsin/"):
                parts = name.split("/")
                if room in OUTSIDERS or len(parts) < 3 or parts[1] not in allowed:
                    yield number, f"{room} includes <{name}>, which is not there and would not be allowed"
            continue
        if room in OUTSIDERS:
            own = target.is_relative_to(path.parent) or room_of(target, root) == room
            if not own and target.name not in C_HEADERS:
                yield number, f"{room} includes {target.relative_to(root)} (allowed: tocsin.h, tocsin.hpp)"
            continue
        if relative.startswith("capi/include/") and target.parent != root / "capi/include":
            yield number, f"{relative} includes {target.relative_to(root)} (allowed: tocsin.h)"
            continue
        other = room_of(target, root)
        if public and not target.relative_to(root).as_posix().startswith(PUBLIC):
            yield number, f"a public header includes {target.relative_to(root)} (allowed: public headers)"
        elif other == "slices" and target.parent.name in known:
            unused.discard(target.parent.name)
        elif other not in allowed:
            yield number, f"{room} includes {other} by {name} (allowed: {', '.join(allowed)})"
    for concept in sorted(unused):
        yield 1, f"knows nothing of {concept} any more (DESK_KNOWS in rooms.py says that it does)"


def sources(root):
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file() and path.name != "CMakeLists.txt":
                yield path


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()
    files = bad = 0
    for path in sources(root):
        files += 1
        for number, text in violations_of(path, root):
            bad += 1
            print(f"{path.relative_to(root)}:{number}: {text}")
    print(f"rooms: {files} files, {bad} violations")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
