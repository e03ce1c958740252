#!/usr/bin/env python3
"""Tests the Rust binding with a libtocsin that was built; exit code 77 says that something is not on this machine.

    --build          compiles the crates, their tests and the examples
    --test NAME...   runs tests by the names of their files; `doc`: the snippets of the README and the documentation
    --lint           clippy, rustfmt, rustdoc
    --example NAME   runs one example
    --package        packs both crates, and runs the README's first example with them in an empty folder
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile

HERE = pathlib.Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
FETCH_SECONDS = 120


class Cargo:
    def __init__(self, library, target):
        # No debug information: a third of the time to compile.
        self.environment = {**os.environ, "TOCSIN_LIB_DIR": str(library), "CARGO_TARGET_DIR": str(target),
                            "CARGO_PROFILE_DEV_DEBUG": "0", "CARGO_INCREMENTAL": "0", "CARGO_TERM_COLOR": "never"}
        for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
            old = os.environ.get(name)
            self.environment[name] = str(library) + (os.pathsep + old if old else "")

    def run(self, *words, cwd=HERE, **options):
        return subprocess.run(["cargo", *map(str, words)], cwd=cwd, env=self.environment, **options).returncode

    def quiet(self, *words):
        return self.run(*words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0

    def fetch(self):
        """Whether the crates that are needed are here, or could be brought here; from then on nothing asks the registry."""
        here = self.quiet("fetch", "--offline")
        if not here:
            try:
                here = self.run("fetch", "--quiet", timeout=FETCH_SECONDS) == 0
            except subprocess.TimeoutExpired:
                here = False
        self.environment["CARGO_NET_OFFLINE"] = "true"
        return here


def skipped(why):
    print(f"skipped: {why}")
    return 77


def lint(cargo):
    missing = [name for name in ("clippy", "fmt") if not cargo.quiet(name, "--version")]
    if missing:
        return skipped(f"cargo has no {' and no '.join(missing)}")
    features = ["--workspace", "--features", "chrono,jiff"]
    cargo.environment["RUSTDOCFLAGS"] = "-D warnings"
    return (cargo.run("fmt", "--all", "--check")
            or cargo.run("clippy", "--quiet", "--all-targets", *features, "--", "-D", "warnings")
            or cargo.run("doc", "--quiet", "--no-deps", *features))


def package(cargo):
    """What somebody does who has found the crates; far from this tree."""
    snippet = re.search(r"```rust\S*\n(.*?)```", (HERE / "README.md").read_text(encoding="utf-8"), re.DOTALL).group(1)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        packed = pathlib.Path(cargo.environment["CARGO_TARGET_DIR"]) / "package"
        shutil.rmtree(packed, ignore_errors=True)
        if cargo.run("package", "--quiet", "--workspace", "--no-verify", "--allow-dirty") != 0:
            return 1
        for crate in packed.glob("*.crate"):
            print(f"{crate.name}: {crate.stat().st_size / 1e3:.0f} kB")
            with tarfile.open(crate) as archive:
                archive.extractall(folder)
        [sys_crate] = folder.glob("tocsin-sys-*")
        [crate] = (path for path in folder.glob("tocsin-*") if path != sys_crate)
        (folder / "src").mkdir()
        (folder / "src" / "main.rs").write_text(snippet, encoding="utf-8")
        (folder / "Cargo.toml").write_text(f"""[package]
name = "first"
version = "0.0.0"
edition = "2024"

[dependencies]
tocsin = {{ path = "{crate.name}" }}

[patch.crates-io]
tocsin-sys = {{ path = "{sys_crate.name}" }}
""", encoding="utf-8")
        return cargo.run("run", "--quiet", cwd=folder)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--library", type=pathlib.Path, default=ROOT / "build" / "dev" / "lib")
    options.add_argument("--target", type=pathlib.Path, default=ROOT / "build" / "dev" / "rust")
    options.add_argument("--build", action="store_true")
    options.add_argument("--test", nargs="+")
    options.add_argument("--lint", action="store_true")
    options.add_argument("--example")
    options.add_argument("--package", action="store_true")
    arguments = options.parse_args()
    if not shutil.which("cargo"):
        return skipped("cargo is not here")
    cargo = Cargo(arguments.library.resolve(), arguments.target.resolve())
    if not cargo.fetch():
        return skipped("the crates that the binding needs are not here, and the registry did not give them")
    if arguments.build:
        return cargo.run("test", "--quiet", "--no-run", "--tests", "--examples", "--features", "chrono,jiff")
    if arguments.test:
        kinds = [word for name in arguments.test for word in (["--doc"] if name == "doc" else ["--test", name])]
        return cargo.run("test", "--quiet", "--features", "chrono,jiff", *kinds)
    if arguments.example:
        return cargo.run("run", "--quiet", "--features", "chrono,jiff", "--example", arguments.example)
    return lint(cargo) if arguments.lint else package(cargo)


if __name__ == "__main__":
    sys.exit(main())
