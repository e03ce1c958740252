#!/usr/bin/env python3
"""mypy --strict over the package, its tests and the examples; and stubtest, that the stub of the methods is what they are."""
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
CONFIG = ["--config-file", str(HERE / "pyproject.toml")]


def main():
    examples = sorted(str(path) for path in (ROOT / "examples").glob("*.py"))
    environment = {**os.environ, "MYPYPATH": str(HERE / "src"), "PYTHONPATH": str(HERE / "src")}
    cache = ["--cache-dir", str(ROOT / "build" / "mypy")]

    def run(*arguments):
        print("+", *arguments[:3], flush=True)
        return subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, env=environment).returncode

    bad = run("mypy", *CONFIG, *cache, "-p", "tocsin")
    bad |= run("mypy", *CONFIG, *cache, *[str(path) for path in sorted((HERE / "tests").glob("*.py"))])
    for example in examples:  # each is a program of its own
        bad |= run("mypy", *CONFIG, *cache, example)
    # The handwritten base of the methods is private to both; everything else has to agree.
    bad |= run("mypy.stubtest", "--mypy-config-file", CONFIG[1], "--concise", "tocsin._methods", "--ignore-missing-stub")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
