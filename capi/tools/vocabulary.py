"""The lists of names in capi/include/tocsin.h: commands, definitions, effects, questions as the catalogue has them, and the
options of a desk, which the header explains itself.

A list stands in a comment that begins with the words of its key in LISTS, below the first empty line, a name to a line that
is indented by three; what stands around it is written by hand.
"""
import re
import textwrap

WIDTH = 120


def effects(catalogue):
    mark = "Effect: "
    return [(e["name"], e["meaning"].removeprefix(mark)) for e in catalogue["events"] if e["meaning"].startswith(mark)]


LISTS = {
    "Commands by name": lambda c: [(one["name"], one["meaning"]) for one in c["commands"]],
    "Definitions by the member": lambda c: [(one["published_as"], f"{one['kind']}: {one['meaning']}") for one in c["definitions"]],
    "Effects are what": effects,
    "Questions by name": lambda c: [(one["name"], one["meaning"]) for one in c["queries"]],
}


def lines_of(rows):
    column = max(len(name) for name, _ in rows) + 2
    lines = []
    for name, meaning in rows:
        first, *more = textwrap.wrap(meaning, WIDTH - len(" *   ") - column)
        lines += [f" *   {name:<{column}}{first}"] + [f" *   {'':<{column}}{part}" for part in more]
    return "".join(line + "\n" for line in lines)


def with_lists(header, catalogue):
    """The header with each list as the catalogue has it; ValueError where one has no place there."""
    for begins, rows_of in LISTS.items():
        place = re.compile(rf"(/\* {begins}(?:(?!\*/|\n \*\n).)*\n \*\n)(?: \*   [^\n]*\n)*", re.S)
        lines = lines_of(rows_of(catalogue))
        header, count = place.subn(lambda match: match.group(1) + lines, header)
        if count != 1:
            raise ValueError(f"{count} comments begin with \"{begins}\" and have an empty line, 1 was expected")
    return header


def missing_options(header, schema):
    """The options of a desk that the header does not explain in a line of their own."""
    names = {name for part in schema["allOf"] for name in part["properties"]}
    return sorted(name for name in names if not re.search(rf"^ \*   {name}  +\S", header, re.M))
