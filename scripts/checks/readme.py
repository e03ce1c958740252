#!/usr/bin/env python3
"""Every C program in README.md is one of the examples, which are built and run; every link of a page leads to a file, and
every page that a source names is there."""
import pathlib
import re
import sys

LINK = re.compile(r"\[[^\]]*\]\(([^)#:\s]+)(#[^)\s]*)?\)")
PAGE = re.compile(r"\b((?:docs|include|tests|capi)/[\w./-]+\.md)\b")
FOLDERS = ("capi", "docs", "examples", "include", "scripts", "src", "tests")


def strange_programs(root):
    examples = [path.read_text(encoding="utf-8") for path in (root / "examples").glob("*.c")]
    for program in re.findall(r"```c\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL):
        if not any(example.endswith(program) for example in examples):
            yield f"README.md: this program is no example:\n{program}"


def dead_links(root):
    pages = list(root.glob("*.md")) + [path for folder in FOLDERS for path in sorted((root / folder).rglob("*.md"))]
    for page in pages:
        for target, _ in LINK.findall(page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                yield f"{page.relative_to(root)}: links to {target}, which does not exist"


def dead_mentions(root):
    for path in (path for folder in FOLDERS for path in sorted((root / folder).rglob("*"))):
        if path.suffix not in {".c", ".cpp", ".h", ".hpp", ".md", ".py"}:
            continue
        for name in PAGE.findall(path.read_text(encoding="utf-8", errors="replace")):
            if not (root / name).is_file():
                yield f"{path.relative_to(root)}: names {name}, which does not exist"


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    complaints = [*strange_programs(root), *dead_links(root), *dead_mentions(root)]
    print("\n".join(complaints + [f"readme: {len(complaints)} complaints"]))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
