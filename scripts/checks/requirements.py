#!/usr/bin/env python3
"""Each row of tests/REQUIREMENTS.md that says done names tests that exist and that contain the row's id. The rows are those
of docs/requirements.md, in the same order.

A row is a line of a table whose first cell is an id (R-P01, R-C12, ...). It is done when one cell is the word "done". The
files it names are the paths in it that start with tests/ or examples/.
"""
import pathlib
import re
import sys

ID = re.compile(r"^R-[A-Z][0-9]{2}$")
ROW = re.compile(r"^\| (R-[A-Z][0-9]{2}) \|", re.MULTILINE)
FILE = re.compile(r"\b(?:tests|examples)/[\w./-]+\.\w+")


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    page = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else root / "tests/REQUIREMENTS.md"
    if not page.exists():
        print(f"requirements: no {page.name} yet")
        return 0
    rows = done = bad = 0
    seen = set()
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        identifier = cells[0].strip("`*")
        if not line.lstrip().startswith("|") or not ID.match(identifier):
            continue
        rows += 1
        complaints = [f"{identifier} has a row already"] if identifier in seen else []
        seen.add(identifier)
        if any(cell.strip("`*").lower() == "done" for cell in cells[1:]):
            done += 1
            files = FILE.findall(line)
            if not files:
                complaints.append(f"{identifier} is marked done and names no test")
            for name in files:
                if not (root / name).is_file():
                    complaints.append(f"{identifier} names {name}, which does not exist")
                elif not re.search(rf"\b{identifier}\b", (root / name).read_text(encoding="utf-8", errors="replace")):
                    complaints.append(f"{identifier} names {name}, which does not say {identifier}")
        for complaint in complaints:
            bad += 1
            print(f"{page.name}:{number}: {complaint}")
    text = root / "docs/requirements.md"
    defined = list(dict.fromkeys(ROW.findall(text.read_text(encoding="utf-8"))))
    listed = ROW.findall(page.read_text(encoding="utf-8"))
    if defined != listed:
        bad += 1
        strange = sorted(set(defined) ^ set(listed)) or "the order"
        print(f"{page.name} and {text.name} differ in {strange}")
    print(f"requirements: {rows} rows, {done} done, {bad} complaints")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
