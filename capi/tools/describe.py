#!/usr/bin/env python3
"""Reads capi/include/tocsin.h into capi/api.json, and writes what follows from it.

    capi/tools/describe.py              writes the files anew
    capi/tools/describe.py --check      says which of them are stale, and what the header lacks; writes nothing

The header is the truth, but for its lists of names, which are the catalogue's (vocabulary.py). It has a restricted style: a comment stands before what it describes; a declaration ends with its
first semicolon; numbers of a type stand below its typedef. Tags in a comment: @since VERSION, @thread any,
@owned NAME, @borrowed NAME, @nullable NAME, @len [NAME] SIZE. What a pointer is follows from its type and name
(`role_of`); where that leaves a doubt, a tag has to end it.
"""
import argparse
import ctypes
import json
import pathlib
import re
import sys

import layers
import vocabulary

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = ROOT / "capi" / "include" / "tocsin.h"
SCHEMA = ROOT / "capi" / "schema"
TAG = re.compile(r"@(since|thread|owned|borrowed|nullable|len)\b((?: (?!@)\S+)*)")
TAG_WORDS = {"since": (1, 1), "thread": (1, 1), "owned": (1, 1), "borrowed": (1, 1), "nullable": (1, 1), "len": (1, 2)}
NUMBERS = {"SIZE_MAX": 2**64 - 1, "INT64_MAX": 2**63 - 1, "INT64_MIN": -(2**63), "UINT32_MAX": 2**32 - 1}
SCALARS = {
    "int32_t": ctypes.c_int32, "uint32_t": ctypes.c_uint32, "int64_t": ctypes.c_int64, "uint64_t": ctypes.c_uint64,
    "uint8_t": ctypes.c_uint8, "size_t": ctypes.c_size_t, "double": ctypes.c_double,
}


class Wrong(Exception):
    """The header says something that this program does not understand."""


# ---------------------------------------------------------------- reading

def prose_of(comment):
    """The text of a comment and its tags: ("Opens a desk.", {"since": [["0.1"]]})."""
    text = re.sub(r"^/\*|\*/$", "", comment.strip())
    text = " ".join(line.strip().lstrip("*").strip() for line in text.splitlines()).strip()
    tags = {}
    for name, words in TAG.findall(text):
        most = TAG_WORDS[name][1]
        tags.setdefault(name, []).append([word.rstrip(".,;") for word in words.split()[:most]])
    return " ".join(TAG.sub("", text).split()), tags


def parts_of(header):
    """What the header declares, in order: (comment before it, declaration, comment behind it)."""
    body = header[header.index('extern "C" {'):header.rindex("#ifdef __cplusplus")]
    body = body[body.index("#endif") + len("#endif"):]
    token = re.compile(r"/\*.*?\*/|#define [^\n]*?(?=/\*|\n)|(?:typedef struct \w+ \{.*?\} \w+|typedef|TOCSIN_API)"
                       r"(?:[^;/]|/\*.*?\*/)*;|\n\s*\n|\s+", re.S)
    at, pending, found = 0, "", []
    while at < len(body):
        match = token.match(body, at)
        if match is None:
            raise Wrong(f"cannot read on at: {body[at:at + 60]!r}")
        text, start, at = match.group(), at, match.end()
        if text.startswith("/*"):
            same_line = found and "\n" not in body[found[-1][3]:start]
            if same_line and not pending:
                found[-1][2] = text
                # A comment behind a declaration may go on in the lines below it.
            else:
                pending = text
        elif text.isspace():
            if re.search(r"\n\s*\n", text):
                pending = ""
        else:
            found.append([pending, " ".join(text.split()) if text[0] == "#" else text, "", at])
            pending = ""
    return [(before, text, behind) for before, text, behind, _ in found]


def value_of(text):
    if text in NUMBERS:
        return NUMBERS[text]
    match = re.fullmatch(r"(-?\d+)u?", text)
    if match is None:
        raise Wrong(f"{text!r} is no number that is understood")
    return int(match.group(1))


def named(declaration):
    """("const char*", "path") of "const char* path"."""
    match = re.fullmatch(r"\s*(.*?[\s*])(\w+)\s*", declaration, re.S)
    if match is None:
        raise Wrong(f"{declaration!r} has no name")
    return " ".join(match.group(1).split()).replace(" *", "*"), match.group(2)


class Reader:
    def __init__(self, header):
        self.api = {"constants": [], "types": [], "functions": []}
        self.names = {}
        self.enumeration = None
        for before, text, behind in parts_of(header):
            self.take(before, text, behind)

    def take(self, before, text, behind):
        doc, tags = prose_of(before or behind)
        if text.startswith("#define "):
            self.define(text, prose_of(behind or before)[0])
            return
        self.enumeration = None
        if text.startswith("TOCSIN_API"):
            self.function(text, doc, tags)
        elif re.match(r"typedef struct \w+ \{", text):
            self.structure(text, doc)
        elif "(*" in text:
            self.callback(text, doc)
        else:
            self.plain_type(text, doc, behind)

    def add_type(self, entry):
        self.api["types"].append(entry)
        self.names[entry["name"]] = entry

    def define(self, text, doc):
        match = re.fullmatch(r"#define (\w+)(?: (\S+))?\s*", text)
        if match is None or match.group(2) is None:
            raise Wrong(f"{text!r} is no constant")
        self.api["constants"].append({"name": match.group(1), "value": value_of(match.group(2)),
                                      "type": self.enumeration, "doc": doc})

    def plain_type(self, text, doc, behind):
        match = re.fullmatch(r"typedef (?:struct (\w+)|(\w+)) (\w+);", " ".join(text.split()))
        if match is None:
            raise Wrong(f"{text!r} is no type that is understood")
        handle, scalar, name = match.groups()
        doc = " ".join(part for part in [doc if not behind else prose_of(behind)[0]] if part)
        if handle:
            self.add_type({"name": name, "kind": "handle", "doc": doc})
        else:
            self.add_type({"name": name, "kind": "number", "of": scalar, "doc": doc})
            self.enumeration = name

    def callback(self, text, doc):
        match = re.fullmatch(r"typedef (.*?)\(\*(\w+)\)\((.*)\);", " ".join(text.split()))
        if match is None:
            raise Wrong(f"{text!r} is no callback that is understood")
        returns, name, parameters = match.groups()
        self.add_type({"name": name, "kind": "callback", "returns": returns.strip(), "doc": doc, "parameters": [
            dict(zip(("type", "name"), named(p))) for p in parameters.split(",")]})

    def structure(self, text, doc):
        name = re.match(r"typedef struct (\w+)", text).group(1)
        fields, offset, widest = [], 0, 1
        inner = text[text.index("{") + 1:text.rindex("}")]
        for declaration, comment in re.findall(r"([^;/]+);[ \t]*(/\*.*?\*/)?", inner, re.S):
            kind, field = named(declaration)
            size = self.size_of(kind)
            offset = -(-offset // size) * size
            fields.append({"name": field, "type": kind, "offset": offset, "size": size, "doc": prose_of(comment)[0]})
            offset, widest = offset + size, max(widest, size)
        self.add_type({"name": name, "kind": "struct", "size": -(-offset // widest) * widest, "doc": doc,
                       "fields": fields})

    def size_of(self, kind):
        if kind.endswith("*") or self.names.get(kind, {}).get("kind") == "callback":
            return 8
        scalar = self.names[kind]["of"] if kind in self.names else kind
        if scalar not in SCALARS:
            raise Wrong(f"{kind} may not stand in a struct")
        return ctypes.sizeof(SCALARS[scalar])

    def function(self, text, doc, tags):
        text = " ".join(re.sub(r"/\*.*?\*/", "", text, flags=re.S).split())
        match = re.fullmatch(r"TOCSIN_API (.*?)(\w+)\((.*)\);", text)
        if match is None:
            raise Wrong(f"{text!r} is no function that is understood")
        returns, name, inner = match.groups()
        parameters = [] if inner == "void" else [dict(zip(("name", "type"), reversed(named(p))))
                                                 for p in inner.split(",")]
        function = {"name": name, "returns": returns.strip().replace(" *", "*"), "doc": doc,
                    "since": (tags.get("since") or [[None]])[0][0], "any_thread": ["any"] in tags.get("thread", []),
                    "parameters": parameters}
        for tag in ("owned", "borrowed", "nullable"):
            function[tag] = [words[0] for words in tags.get(tag, []) if words]
        function["len"] = [words for words in tags.get("len", []) if words]
        for parameter in parameters:
            parameter["role"] = self.role_of(function, parameter)
            parameter["nullable"] = parameter["name"] in function["nullable"] or parameter["role"] == "error"
        self.api["functions"].append(function)

    def role_of(self, function, parameter):
        """What is behind a pointer, and whose it is; None where that is in doubt.

        value          no pointer
        text, bytes    read and copied before the call returns; its size is the parameter NAME_size
        borrowed       a handle or struct of the caller, used during the call
        consumed       a handle that the call ends
        owned          out: a handle that the caller has to end
        buffer         out: bytes that the caller disposes of
        out            out: one number in memory of the caller
        array          in or out (the name says so): items in memory of the caller, as many as @len says
        error          out: the error, the caller's to free
        """
        kind, name = parameter["type"], parameter["name"]
        names = [p["name"] for p in function["parameters"]]
        if not kind.endswith("*"):
            return "callback" if self.names.get(kind, {}).get("kind") == "callback" else "value"
        if kind == "tocsin_error**":
            return "error"
        if kind.endswith("**"):
            return "owned" if name in function["owned"] and name.endswith("_out") else None
        pointee = kind[:-1].replace("const ", "").strip()
        known = self.names.get(pointee, {}).get("kind")
        if known == "handle":
            ends = re.search(r"_(close|free)$", function["name"]) and not kind.startswith("const ")
            return "consumed" if ends else "borrowed"
        if pointee == "tocsin_buf":
            return "buffer" if name.endswith("_out") else "borrowed"
        if known == "struct":
            return "borrowed"
        if any(name == words[0] for words in function["len"] if len(words) == 2):
            return "array"
        if kind in ("const char*", "const void*") and name + "_size" in names:
            return "text" if kind == "const char*" else "bytes"
        if pointee in SCALARS or known == "number":
            if any(len(words) == 1 for words in function["len"]):
                return "array"
            return "out" if name.endswith("_out") else None
        return "opaque" if name == "user_data" else None


# ---------------------------------------------------------------- what the header has to say

def complaints(api, tests):
    for function in api["functions"]:
        name, parameters = function["name"], function["parameters"]
        known = {p["name"] for p in parameters} | {"static"}
        if function["since"] is None:
            yield f"{name}: no @since"
        for parameter in parameters:
            if parameter["role"] is None:
                yield f"{name}: whose is {parameter['name']} ({parameter['type']})? Tag it @owned, @len or name it _out"
        if function["returns"].endswith("*") and not function["borrowed"]:
            yield f"{name}: whose is what it returns? Tag it @borrowed"
        for tag in ("owned", "borrowed", "nullable"):
            for word in function[tag]:
                if word not in known:
                    yield f"{name}: @{tag} {word}, but there is no such parameter"
        for words in function["len"]:
            if any(not w.startswith("TOCSIN_") and w not in known for w in words):
                yield f"{name}: @len {' '.join(words)} names what is no parameter"
        fallible = function["returns"] == "tocsin_status" and name != "tocsin_error_status"
        last = parameters[-1]["type"] if parameters else None
        if fallible != (last == "tocsin_error**"):
            yield f"{name}: what can fail returns a tocsin_status and ends in tocsin_error** error; nothing else does"
        if not re.search(rf"\b{name}\b", tests):
            yield f"{name}: no test calls it"
    for kind in api["types"]:
        if kind["kind"] == "struct" and kind["name"].endswith("_options") and kind["fields"][0]["name"] != "struct_size":
            yield f"{kind['name']}: options begin with uint32_t struct_size"


def all_tests():
    files = [p for part in ("tests/capi", "tests/conformance", "tests/fault", "tests/consume")
             for p in sorted((ROOT / part).rglob("*")) if p.suffix in (".c", ".cpp") and p.name != "layout.c"]
    return "\n".join(p.read_text(encoding="utf-8") for p in files)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--check", action="store_true", help="compare, write nothing")
    arguments = options.parse_args()
    header = HEADER.read_text(encoding="utf-8")
    try:
        header = vocabulary.with_lists(header, json.loads((SCHEMA / "catalogue.json").read_text(encoding="utf-8")))
        api = Reader(header).api
    except (Wrong, ValueError) as problem:
        print(f"tocsin.h: {problem}")
        return 1
    bad = 0
    for complaint in complaints(api, all_tests()):
        print(f"tocsin.h: {complaint}")
        bad += 1
    for option in vocabulary.missing_options(header, json.loads((SCHEMA / "desk_options.json").read_text(encoding="utf-8"))):
        print(f"tocsin.h: the option {option} of a desk is explained nowhere")
        bad += 1
    made = {HEADER.relative_to(ROOT).as_posix(): header, "capi/api.json": json.dumps(api, indent=1) + "\n",
            **layers.all_of(api)}
    for path, text in made.items():
        file = ROOT / path
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        if arguments.check:
            print(f"{path}: is stale")
            bad += 1
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    print(f"describe: {len(api['functions'])} functions, {len(made)} files, {bad} complaints")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
