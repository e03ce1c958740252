#!/usr/bin/env python3
"""Holds the ids of rules and requirements that the tree cites against docs/rules.md and docs/requirements.md.

Every id that is cited is defined, and defined once. Every rule is cited by a test, or listed as not built yet, and not
both. What users get (tocsin.h, the schemas, messages) cites no ids: it says the sentence.

An id is cited in parentheses, as in (D3), (S2, R-C11), (E3-E6) or (E8; why), in the "rules" of a conformance case, in a
heading comment such as `// ---- D3`, or by a link to rules.md#D3.
"""
import pathlib
import re
import subprocess
import sys

ID = r"(?:R-[A-Z][0-9]{2}|[A-Z][0-9]{1,2})"
RULE_HEADING = re.compile(r'^### <a id="([^"]*)"></a>(\S+) (.+)$', re.MULTILINE)
REQUIREMENT_ROW = re.compile(r"^\| (R-[A-Z][0-9]{2}) \|", re.MULTILINE)
NOT_BUILT = re.compile(r"^## Not built yet\n+.*?:\n((?:%s[,.\s]*)+)" % ID, re.MULTILINE | re.DOTALL)

LIST = re.compile(r"\((%s(?:-%s)?(?:[,;:][^()]*)?)\)" % (ID, ID))
ARRAY = re.compile(r'"rules": \[([^\]]*)\]')
HEADING = re.compile(r"^\s*(?://|/\*) -{4,} (%s(?:, %s)*)(?:$|:)" % (ID, ID), re.MULTILINE)
LINK = re.compile(r"rules\.md#(%s)\b" % ID)
TOKEN = re.compile(r"(?<![\w.-])(%s)(?:-(%s))?(?!\w|\.\d)" % (ID, ID))

BOOK, REQUIREMENTS = "docs/rules.md", "docs/requirements.md"
SKIPPED = {BOOK, REQUIREMENTS, "tests/REQUIREMENTS.md", "scripts/checks/rules.py"}
TEXT = {".c", ".cpp", ".h", ".hpp", ".in", ".json", ".md", ".py", ".sh", ".txt", ".cmake", ""}
SHIPPED = ("capi/include/", "capi/schema/")
LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')
IDS_ALONE = re.compile(r"\(%s(?:, %s)*\)" % (ID, ID))


def ids_in(text):
    for first, last in TOKEN.findall(text):
        yield first
        if last and first[0] == last[0]:
            for number in range(int(first[1:]) + 1, int(last[1:]) + 1):
                yield f"{first[0]}{number}"
        elif last:
            yield last


def citations_of(text):
    """Pairs of a place in the text and an id."""
    for pattern in (LIST, ARRAY, HEADING, LINK):
        for match in pattern.finditer(text):
            for identifier in ids_in(match[1]):
                yield match.start(1), identifier


def defined_in(root, complaints):
    """The rules and requirements that the two pages define, and the rules that are not built yet."""
    book = (root / BOOK).read_text(encoding="utf-8")
    rules, titles = set(), {}
    for anchor, identifier, title in RULE_HEADING.findall(book):
        if anchor != identifier:
            complaints.append(f"{BOOK}: the heading of {identifier} has the anchor {anchor}")
        if identifier in rules:
            complaints.append(f"{BOOK}: {identifier} is defined twice")
        if title in titles:
            complaints.append(f"{BOOK}: {identifier} and {titles[title]} have the same title")
        rules.add(identifier)
        titles[title] = identifier
    requirements = set()
    for identifier in REQUIREMENT_ROW.findall((root / REQUIREMENTS).read_text(encoding="utf-8")):
        if identifier in requirements:
            complaints.append(f"{REQUIREMENTS}: {identifier} is defined twice")
        requirements.add(identifier)
    listed = NOT_BUILT.search(book)
    return rules, requirements, set(ids_in(listed[1])) if listed else set()


def files_of(root):
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=root, text=True,
                            capture_output=True)
    if listed.returncode == 0:
        names = sorted(set(listed.stdout.splitlines()))
    else:  # a copy without git
        names = [path.relative_to(root).as_posix() for top in ("capi", "docs", "examples", "include", "scripts", "src", "tests")
                 for path in sorted((root / top).rglob("*"))]
    for name in names:
        path = root / name
        if name not in SKIPPED and path.suffix in TEXT and path.is_file():
            yield name, path.read_text(encoding="utf-8", errors="replace")


def shown_to_users(name, text):
    """Places of ids in what users read without this book."""
    if name.startswith(SHIPPED):
        yield from IDS_ALONE.finditer(text)
    elif name.startswith(("src/", "capi/src/")) and name.endswith((".cpp", ".hpp")):
        for literal in LITERAL.finditer(text):
            for match in IDS_ALONE.finditer(literal[0]):
                yield re.compile(re.escape(match[0])).search(text, literal.start())


def main():
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else __file__).resolve()
    root = root if root.is_dir() else root.parents[2]
    complaints = []
    rules, requirements, not_built = defined_in(root, complaints)
    cited, tested = set(), set()
    for name, text in files_of(root):
        def line(place):
            return text.count("\n", 0, place) + 1

        for place, identifier in citations_of(text):
            cited.add(identifier)
            if name.startswith("tests/"):
                tested.add(identifier)
            if identifier not in rules and identifier not in requirements:
                hint = f"; the requirement is R-{identifier}" if f"R-{identifier}" in requirements else ""
                complaints.append(f"{name}:{line(place)}: {identifier} is not defined{hint}")
        for match in shown_to_users(name, text):
            complaints.append(f"{name}:{line(match.start())}: users read {match[0]} here; say the sentence instead")
    for identifier in sorted(not_built - rules):
        complaints.append(f"{BOOK}: {identifier} is listed as not built, but not defined")
    for identifier in sorted(rules - not_built - tested):
        complaints.append(f"{BOOK}: {identifier} is cited by no test, and not listed as not built yet")
    for identifier in sorted(not_built & tested):
        complaints.append(f"{BOOK}: {identifier} is listed as not built yet, but a test cites it")
    print("\n".join(complaints + [
        f"rules: {len(rules)} rules ({len(not_built)} not built yet), {len(requirements)} requirements, "
        f"{len(cited)} ids cited, {len(complaints)} complaints"]))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
