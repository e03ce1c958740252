#!/usr/bin/env python3
"""Tests and packs the Go binding; exit code 77 says that something is not on this machine.

    --test ARGUMENT..  go test in the module
    --lint             gofmt and go vet over the module and the examples
    --readme           runs the snippets of the README
    --example F        runs one example
    --install          packs the module, takes it into an empty folder, and runs the README's first example there

PKG_CONFIG_PATH has to lead to tocsin.pc, and LD_LIBRARY_PATH to the library.
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
MODULE = "tocsin.example/tocsin"
# No network, and no other toolchain than the one that is here; pointers are checked on their way into C.
GO = {"GOPROXY": "off", "GOTOOLCHAIN": "local", "GOSUMDB": "off", "GODEBUG": "cgocheck=1"}
LEAST = (1, 23)
PACKAGES = {name: name for name in ("context", "errors", "fmt", "log", "time")} | {"tocsin": MODULE}


def missing():
    """What is not here, or nothing."""
    for program in ("go", "pkg-config"):
        if not shutil.which(program):
            return f"there is no {program}"
    found = re.search(r"go(\d+)\.(\d+)", subprocess.run(["go", "version"], capture_output=True, text=True).stdout)
    if not found or tuple(map(int, found.groups())) < LEAST:
        return f"Go is older than {'.'.join(map(str, LEAST))}"
    if subprocess.run(["go", "env", "CGO_ENABLED"], capture_output=True, text=True).stdout.strip() != "1":
        return "cgo has no C compiler"
    return None


def run(*command, cwd=HERE, **environment):
    return subprocess.run([str(part) for part in command], cwd=cwd, env={**os.environ, **GO, **environment}).returncode


def lint():
    examples = sorted((ROOT / "examples").glob("*.go"))
    said = subprocess.run(["gofmt", "-l", ".", *map(str, examples)], cwd=HERE, capture_output=True, text=True)
    print(said.stdout, said.stderr, sep="", end="")
    bad = said.returncode or bool(said.stdout)
    return max([bad, run("go", "vet", "./...")] + [run("go", "vet", example) for example in examples])


def snippets():
    return re.findall(r"```go\n(.*?)```", (HERE / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def readme():
    """The first snippet is a program; the others are the body of one, in which check and demand end it."""
    first, *others = snippets()
    if len(others) < 6:
        print("the README has lost snippets")
        return 1
    body = "\n".join(others)
    imports = "".join(f'\t"{path}"\n' for name, path in PACKAGES.items() if re.search(rf"\b{name}\.", body + "context."))
    program = (f"package main\n\nimport (\n{imports})\n\nfunc check(err error) {{\n\tif err != nil {{\n\t\tpanic(err)\n\t}}\n}}\n\n"
               f"func demand(holds bool) {{\n\tif !holds {{\n\t\tpanic(\"it does not hold\")\n\t}}\n}}\n\n"
               f"func main() {{\n\tctx := context.Background()\n{body}}}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for stem, text in (("first", first), ("others", program)):
            place = folder / stem
            place.mkdir()
            (place / "main.go").write_text(text, encoding="utf-8")
            (place / "go.mod").write_text(f"module readme\n\ngo 1.23\n\nrequire {MODULE} v0.0.0\n\n"
                                          f"replace {MODULE} => {HERE}\n", encoding="utf-8")
            if run("go", "run", ".", cwd=place) != 0:
                return 1
    return 0


def version():
    numbers = {c["name"]: c["value"] for c in json.loads((ROOT / "capi" / "api.json").read_text())["constants"]}
    return "v" + ".".join(str(numbers[f"TOCSIN_VERSION_{part}"]) for part in ("MAJOR", "MINOR", "PATCH"))


def pack(proxy):
    """The module as the go command takes it from a folder: its version, its go.mod, its files."""
    place = proxy / MODULE / "@v"
    place.mkdir(parents=True)
    (place / "list").write_text(version() + "\n")
    (place / f"{version()}.info").write_text(json.dumps({"Version": version(), "Time": "2026-01-01T00:00:00Z"}))
    shutil.copy(HERE / "go.mod", place / f"{version()}.mod")
    files = {path.relative_to(HERE).as_posix(): path for path in sorted(HERE.rglob("*"))
             if path.is_file() and path.suffix in (".go", ".mod", ".md") and not path.name.endswith("_test.go")}
    with zipfile.ZipFile(place / f"{version()}.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        for inside, path in {**files, "LICENSE": ROOT / "LICENSE"}.items():
            packed.write(path, f"{MODULE}@{version()}/{inside}")
    print(f"{version()}.zip: {(place / f'{version()}.zip').stat().st_size / 1e3:.0f} kB")


def install():
    """What somebody does who has just found the module, far from this tree."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pack(folder / "proxy")
        place = folder / "program"
        place.mkdir()
        (place / "main.go").write_text(snippets()[0], encoding="utf-8")
        there = {"GOPROXY": (folder / "proxy").as_uri(), "GOFLAGS": "-modcacherw", "GOMODCACHE": str(folder / "modules")}
        for command in (["go", "mod", "init", "first"], ["go", "get", f"{MODULE}@{version()}"], ["go", "run", "."]):
            if run(*command, cwd=place, **there) != 0:
                return 1
        return 0 if (place / "support.desk").is_file() else 1


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--test", nargs=argparse.REMAINDER)
    options.add_argument("--lint", action="store_true")
    options.add_argument("--readme", action="store_true")
    options.add_argument("--example")
    options.add_argument("--install", action="store_true")
    arguments = options.parse_args()
    lacking = missing()
    if lacking:
        print(f"skipped: {lacking}")
        return 77
    if arguments.test is not None:
        return run("go", "test", *arguments.test)
    if arguments.lint:
        return lint()
    if arguments.readme:
        return readme()
    if arguments.example:
        return run("go", "run", arguments.example)
    return install()


if __name__ == "__main__":
    sys.exit(main())
