#!/usr/bin/env python3
"""Runs the programs on the pages of docs/tutorial and docs/cookbook, as somebody would who copies them.

    snippets.py LANGUAGE --build BUILD [--update]     LANGUAGE: c, cpp, python, sh

A fenced block in the language is a program; one whose first line is a comment with a file's name, as in C, is that file. A
block in the language `text` right behind it is what it prints (--update puts it there anew). The pages of the tutorial are
one story in one folder, each recipe has a folder of its own. Exit code 77: there is no compiler for it.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
FILE = re.compile(r"(?:/\*|//|#) ([\w.]+\.\w+)(?: \*/)?\n")
COMPILERS = {
    "c": ["cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror"],
    "cpp": ["c++", "-std=c++17", "-Wall", "-Wextra", "-Wpedantic", "-Werror"],
}


class Programs:
    def __init__(self, language, build):
        self.language, self.build = language, build
        library = build / "lib"
        self.environment = {**os.environ, "LD_LIBRARY_PATH": str(library), "TOCSIN_LIBRARY": str(library / "libtocsin.so"),
                            "PYTHONPATH": str(ROOT / "bindings" / "python" / "src"), "PYTHONDONTWRITEBYTECODE": "1",
                            "PATH": f"{build / 'bin'}{os.pathsep}{os.environ['PATH']}"}

    def command(self, program, folder):
        if self.language == "sh":
            return ["bash", "-euo", "pipefail", program.name]
        if self.language == "python":
            return [sys.executable, "-W", "error", program.name]
        made = program.with_suffix("")
        subprocess.run([*COMPILERS[self.language], program.name, "-o", made.name, f"-I{ROOT / 'capi' / 'include'}",
                        f"-L{self.build / 'lib'}", "-ltocsin"], cwd=folder, check=True)
        return [f"./{made.name}"]

    def output(self, text, name, folder):
        program = folder / f"{name}.{self.language}"
        program.write_text(text, encoding="utf-8")
        done = subprocess.run(self.command(program, folder), cwd=folder, env=self.environment, capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(f"exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


def run_page(page, programs, folder, update):
    """The page's programs in order; how many there were, and what was wrong."""
    text = page.read_text(encoding="utf-8")
    count, wrong = 0, []
    pattern = re.compile(rf"^```{programs.language}\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
    replaced = {}
    for block in pattern.finditer(text):
        named = FILE.match(block[1])
        if named:
            (folder / named[1]).write_text(block[1], encoding="utf-8")
            continue
        count += 1
        try:
            said = programs.output(block[1], f"{page.stem}_{count}", folder)
        except (RuntimeError, subprocess.CalledProcessError) as failure:
            wrong.append(f"{page.name}, program {count}: {failure}")
            continue
        if update:
            replaced[block[0]] = f"```{programs.language}\n{block[1]}```\n" + (f"\n```text\n{said}```\n" if said else "")
        elif said != (block[2] or ""):
            wrong.append(f"{page.name}, program {count}: the page says\n{block[2] or ''}but it prints\n{said}")
    if replaced:
        for old, new in replaced.items():
            text = text.replace(old, new, 1)
        page.write_text(text, encoding="utf-8")
    return count, wrong


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("language", choices=["c", "cpp", "python", "sh"])
    options.add_argument("--build", type=pathlib.Path, required=True)
    options.add_argument("--update", action="store_true")
    given = options.parse_args()
    if given.language in COMPILERS and shutil.which(COMPILERS[given.language][0]) is None:
        print(f"skipped: there is no {COMPILERS[given.language][0]} on this machine")
        return 77
    programs = Programs(given.language, given.build.resolve())
    count, wrong = 0, []
    for story in ([*sorted((ROOT / "docs" / "tutorial").glob("[0-9]*.md"))], *([page] for page in sorted((ROOT / "docs" / "cookbook").glob("[a-z]*.md")))):
        with tempfile.TemporaryDirectory() as folder:
            for page in story:
                ran, failures = run_page(page, programs, pathlib.Path(folder), given.update)
                count, wrong = count + ran, wrong + failures
    print("\n".join([*wrong, f"snippets: {count} programs in {given.language}, {len(wrong)} wrong"]))
    least = 7  # a tutorial of seven steps
    return 1 if wrong or count < least else 0


if __name__ == "__main__":
    sys.exit(main())
