#!/usr/bin/env python3
"""Puts the sources of the site together: stage.py OUT. The manuals as they stand, and the pages that are made.

A page keeps its path, so that its links hold; programs that follow one another in several languages become tabs.
"""
import pathlib
import re
import shutil
import subprocess
import sys

import c_pages
import examples
from reference import Reference, toctree

ROOT = pathlib.Path(__file__).resolve().parents[2]
LINK = re.compile(r"(\[[^\]]*\])\(([^)#:\s]+)(#[^)\s]*)?\)")
FENCE = re.compile(r"```(\w+)\n.*?\n```(?:\n\n```(?:text|json)\n.*?\n```)?", re.DOTALL)
LANGUAGES = {"c": "C", "cpp": "C++", "python": "Python", "sh": "Shell", "ts": "TypeScript", "rust": "Rust", "go": "Go",
             "java": "Java"}
PARTS = [  # what the bar at the side shows, beside the reference
    ("Learn", ["docs/tutorial/README", "docs/cookbook/README"]),
    ("Manuals", ["docs/calendar", "docs/sla", "docs/oncall", "docs/escalation_policies", "docs/escalations", "docs/assignment",
                 "docs/machine_events", "docs/requesters", "docs/knowledge", "docs/conditions", "docs/figures",
                 "docs/permissions", "docs/sql", "docs/journal", "docs/packaging"]),
    ("Languages", ["bindings/README", "bindings/python/README", "bindings/node/README", "bindings/rust/README",
                   "bindings/go/README", "bindings/java/README", "examples/README"]),
    ("Reference", ["reference/index", "capi/STATUS", "docs/rules", "include/README", "CHANGELOG"]),
]


def tracked(*patterns):
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", *patterns], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode == 0:
        return sorted(path for path in listed.stdout.split() if (ROOT / path).is_file())
    found = (path.relative_to(ROOT) for pattern in patterns for path in ROOT.rglob(pattern))
    return sorted(str(path) for path in found if path.parts[0] != "build" and "node_modules" not in path.parts)


class Stage:
    def __init__(self, out, reference):
        self.out, self.reference = out, reference
        self.pages = tracked("*.md")

    def write(self, name, text):
        path = self.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")

    def copy(self, name):
        (self.out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, self.out / name)

    def manuals(self):
        for name in self.pages:
            text = self.linked(name, (ROOT / name).read_text(encoding="utf-8"))
            if not re.search(r"^# ", text, re.MULTILINE):
                text = f"# {pathlib.PurePath(name).parent}\n\n{text}"
            text = re.sub(r"^```(\w+),\S+$", r"```\1", text, flags=re.MULTILINE)  # as ```rust,no_run
            self.write("index.md" if name == "README.md" else name, tabbed(text))

    def linked(self, name, text):
        """Links to folders lead to their README, and to the root's README to the first page; files are brought along."""
        folder = pathlib.PurePath(name).parent

        def to(match):
            target = (ROOT / folder / match[2]).resolve()
            if not target.is_relative_to(ROOT):
                return match[0]
            path = target.relative_to(ROOT)
            if str(path) == "capi/schema":
                path = pathlib.PurePath("reference/index.md")
            elif path.parent == pathlib.PurePath("capi/schema"):
                path = self.of_schema(path)
            elif str(path) == "capi/include/tocsin.h":
                path = pathlib.PurePath("reference/c/index.md")
            elif target.is_dir() and f"{path}/README.md" in self.pages:
                path = path / "README.md"
            elif target.is_dir():
                return match[1][1:-1]
            elif path.suffix != ".md" and target.is_file():
                self.copy(path)
            if str(path) == "README.md":
                path = pathlib.PurePath("index.md")
            return f"{match[1]}(/{path}{match[3] or ''})"

        return LINK.sub(to, text)

    def of_schema(self, path):
        """The page of a document, where the repository has its schema."""
        pages = [page for page in self.reference.pages if page.endswith(f"/{path.stem}.md")]
        return pathlib.PurePath(pages[0]) if pages else path

    def front(self):
        for part in ("docs/tutorial", "docs/cookbook"):
            inner = [pathlib.PurePath(page).stem for page in self.pages if page.startswith(f"{part}/") and not page.endswith("README.md")]
            with (self.out / part / "README.md").open("a", encoding="utf-8") as page:
                page.write("\n" + "\n".join(toctree(inner, ":hidden:")))
        self.write("index.md", (self.out / "index.md").read_text(encoding="utf-8") + "\n" + "\n".join(
            line for caption, pages in PARTS for line in toctree(pages, f":caption: {caption}", ":hidden:")))
        shown = {page for _, pages in PARTS for page in pages}
        others = [page[:-3] for page in self.pages if page != "README.md" and page[:-3] not in shown and "/tutorial/" not in page and "/cookbook/" not in page]
        self.write("developing.md", "# Developing Tocsin\n\n" + "\n".join(f"- [{page}](/{page}.md)" for page in others) + "\n\n" + "\n".join(toctree(others, ":hidden:")))
        with (self.out / "index.md").open("a", encoding="utf-8") as front:
            front.write("\n".join(toctree(["developing"], ":caption: Developers", ":hidden:")))


def tabbed(text):
    """Programs that say the same in several languages, one after the other, as tabs."""
    made, end = [], 0
    for run in runs(text):
        made.append(text[end : run[0].start()])
        made.append("::::{tab-set}\n")
        for fence in run:
            made.append(f":::{{tab-item}} {LANGUAGES[fence[1]]}\n:sync: {fence[1]}\n\n{fence[0]}\n:::\n")
        made.append("::::\n")
        end = run[-1].end() + 1
    return "".join([*made, text[end:]])


def runs(text):
    """Fences in two or more languages with nothing between them."""
    run = []
    for fence in FENCE.finditer(text):
        follows = run and text[run[-1].end() : fence.start()].strip() == "" and fence[1] not in {one[1] for one in run}
        if not (follows and fence[1] in LANGUAGES):
            if len(run) > 1:
                yield run
            run = [] if fence[1] not in LANGUAGES else [fence]
        else:
            run.append(fence)
    if len(run) > 1:
        yield run


def main():
    reference = Reference(examples.collect())
    stage = Stage(pathlib.Path(sys.argv[1]).resolve(), reference)
    if reference.lacking:
        print("site: no conformance case has an example of\n  " + "\n  ".join(reference.lacking), file=sys.stderr)
        return 1
    stage.manuals()
    for name, text in (reference.pages | c_pages.pages()).items():
        stage.write(name, text)
    for name in tracked("capi/schema/*.json", "capi/include/*"):
        stage.copy(name)
    stage.front()
    return 0


if __name__ == "__main__":
    sys.exit(main())
