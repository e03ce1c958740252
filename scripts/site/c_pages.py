"""Pages on the C interface: the chapters of tocsin.h as they stand there, and each function by what api.json says of it."""
import json
import pathlib
import re

from words import escaped

ROOT = pathlib.Path(__file__).resolve().parents[2]
HEADER = ROOT / "capi" / "include" / "tocsin.h"
CHAPTER = re.compile(r"^/\* -{20,} (?P<title>[^\n*]+?)(?: \*/)?$", re.MULTILINE)
FUNCTION = re.compile(r"\b(tocsin_\w+)\(")
DECLARED = re.compile(r"^(?:typedef |#define TOCSIN_\w+ )", re.MULTILINE)


def pages():
    """Path of each page, and its text."""
    api = json.loads((ROOT / "capi" / "api.json").read_text(encoding="utf-8"))
    functions = {one["name"]: one for one in api["functions"]}
    text = HEADER.read_text(encoding="utf-8")
    marks = [*CHAPTER.finditer(text)]
    chapters = [(mark["title"], text[mark.end():end]) for mark, end in zip(marks, [*(m.start() for m in marks[1:]), len(text)])]
    made, names = {}, []
    for title, body in chapters:
        name = re.sub(r"\W+", "_", title)
        names.append(name)
        made[f"reference/c/{name}.md"] = page(title, body, functions, api)
    missing = [name for name in functions if not any(f"## `{name}`" in made_text for made_text in made.values())]
    if missing:
        raise SystemExit(f"site: no chapter of tocsin.h has {missing}")
    made["reference/c/index.md"] = index(names, [title for title, _ in chapters], text)
    made["reference/c/header.md"] = "# tocsin.h\n\nThe header itself, which is the manual.\n\n```{literalinclude} /capi/include/tocsin.h\n:language: c\n```\n"
    made["reference/c/wrapper.md"] = "# tocsin.hpp\n\nThe C++17 wrapper, header-only over the C interface.\n\n```{literalinclude} /capi/include/tocsin.hpp\n:language: cpp\n```\n"
    return made


def index(names, titles, text):
    opening = text[: text.index("*/")].removeprefix("/* tocsin.h - ").split("\n", 1)[1]
    lines = ["# The C interface", "", "`tocsin.h` is the manual of the library. These pages are made from it.", "", "```text",
             *(line.removeprefix(" *").removeprefix(" ") for line in opening.rstrip().splitlines()), "```", "", "| |", "|---|"]
    lines += [f"| [{title}]({name}.md) |" for name, title in zip(names, titles)]
    return "\n".join([*lines, "", "```{toctree}", ":hidden:", "", *names, "header", "wrapper", "```", ""])


def page(title, body, functions, api):
    lines = [f"# {title[:1].upper()}{title[1:]}", ""]
    prose_only = not re.search(r"^(TOCSIN_API|#define TOCSIN|typedef)", body, re.MULTILINE)
    if prose_only:
        return "\n".join([*lines, *prose(body.split("*/", 1)[0])])
    for comment in re.findall(r"^/\*(?:(?!\*/).)*\*/\n\n", body, re.DOTALL | re.MULTILINE):
        lines += [*prose(comment.strip().removeprefix("/*").removesuffix("*/")), ""]
    declared = declarations(body)
    if declared:
        lines += ["```c", declared, "```", ""]
    for name in dict.fromkeys(FUNCTION.findall(without_comments(body))):
        if name in functions:
            lines += of_function(functions[name])
    return "\n".join(lines)


def without_comments(text):
    return re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)


def declarations(body):
    """Types and constants as the header has them, with their comments."""
    kept = []
    for block in re.split(r"\n{2,}", body):
        if "TOCSIN_API" in block or not DECLARED.search(block):
            continue
        kept.append(block.strip("\n"))
    return "\n\n".join(kept)


def of_function(function):
    parameters = [spaced(one["type"], one["name"]) for one in function["parameters"]]
    lines = [f"## `{function['name']}`", "", "```c", signature(spaced(function["returns"], function["name"]), parameters), "```", ""]
    lines += [escaped(function["doc"]), ""] if function["doc"] else []
    facts = [f"`{name}` is yours: close or free it" for name in function["owned"]]
    facts += ["what it returns is borrowed" + (f" from `{name}`" if name != "static" else ", and stays") for name in function["borrowed"]]
    facts += [f"`{name}` may be NULL" for name in function["nullable"]]
    facts += ["safe from any thread" if function["any_thread"] else "", f"since {function['since']}"]
    return [*lines, "*" + "; ".join(fact for fact in facts if fact) + ".*", ""]


def spaced(kind, name):
    return f"{kind} {name}"


def signature(head, parameters):
    flat = f"{head}({', '.join(parameters) or 'void'});"
    return flat if len(flat) <= 88 else head + "(\n    " + ",\n    ".join(parameters) + ");"


def prose(comment):
    """A comment as Markdown: what is set in columns or indented stays as it is."""
    lines = [line.removeprefix(" *").removeprefix(" ").rstrip() for line in comment.splitlines()]
    made = []
    for block in re.split(r"\n{2,}", "\n".join(lines).strip("\n")):
        rows = block.splitlines()
        columns = any(re.search(r"\S {2,}\S", row) for row in rows)
        as_it_stands = columns or all(row.startswith("  ") for row in rows)
        made += ["```text", *rows, "```", ""] if as_it_stands else [*markdown(rows), ""]
    return made


def markdown(rows):
    return [("- " if row.startswith("- ") else "") + escaped(row.removeprefix("- ")) for row in rows]
