#!/usr/bin/env python3
"""Runs tests of pages with Node; exit code 77 says that something is not on this machine.

    --install     installs what tests/pages/package.json names into build/pages, unless it is there
    --test FILE   runs a test, after that; with --browser where it opens pages in Chromium

What is installed serves the tests alone and is given away with nothing: `statuspage.io` is GPL-3.0, `axe-core` MPL-2.0.
Chromium is the one of the distribution, or what TOCSIN_CHROMIUM names; none is fetched.
"""
import argparse
import fcntl
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
PLACE = HERE.parents[1] / "build" / "pages"
NODE_FLOOR = 20
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]


def skip(why):
    print(f"skipped: {why}")
    return 77


def node_version(node):
    answer = subprocess.run([node, "-p", "process.versions.node.split('.')[0]"], capture_output=True, text=True)
    return int(answer.stdout) if answer.returncode == 0 else 0


def is_installed():
    made = PLACE / "installed.json"
    return made.is_file() and made.read_bytes() == (HERE / "package.json").read_bytes()


def install():
    """Whether the packages are there. Two tests that begin at once install them once."""
    PLACE.mkdir(parents=True, exist_ok=True)
    with open(PLACE / "lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_installed():
            return True
        if not shutil.which("npm"):
            return False
        print("installing the packages of tests/pages/package.json into build/pages", flush=True)
        shutil.copy(HERE / "package.json", PLACE)
        command = ["npm", "install", "--prefix", PLACE, "--silent", "--no-audit", "--no-fund", "--no-package-lock",
                   "--ignore-scripts", "--fetch-retries", "1", "--fetch-timeout", "20000"]
        if subprocess.run(command, cwd=PLACE, stdout=subprocess.DEVNULL).returncode != 0:
            return False
        shutil.copy(HERE / "package.json", PLACE / "installed.json")
        return True


def starts(program):
    """Some distributions have a stub in its place, which says where to get it."""
    return program and subprocess.run([program, "--version"], capture_output=True).returncode == 0


def browser():
    named = os.environ.get("TOCSIN_CHROMIUM")
    return next(filter(starts, map(shutil.which, [named] if named else BROWSERS)), None)


def environment(shell, chromium):
    """That of the tests: what speaks to 127.0.0.1 must not ask a proxy."""
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, "TOCSIN_SHELL": str(shell), "TOCSIN_CHROMIUM": chromium or "",
            "TOCSIN_PAGES_MODULES": str(PLACE / "package.json")}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--node", default="node")
    options.add_argument("--shell", type=pathlib.Path, default=HERE.parents[1] / "build" / "dev" / "bin" / "tocsin")
    options.add_argument("--install", action="store_true")
    options.add_argument("--test", type=pathlib.Path)
    options.add_argument("--browser", action="store_true")
    arguments = options.parse_args()
    node = shutil.which(arguments.node)
    if not node or node_version(node) < NODE_FLOOR:
        return skip(f"no Node {NODE_FLOOR} or later is here")
    chromium = browser()
    if arguments.browser and not chromium:
        return skip("no Chromium is here; scripts/setup full installs it where the distribution has one")
    if not install():
        return skip("npm is not here, or could not install what tests/pages/package.json names")
    if not arguments.test:
        return 0
    command = [node, "--test", arguments.test]
    return subprocess.run(command, env=environment(arguments.shell.resolve(), chromium)).returncode


if __name__ == "__main__":
    sys.exit(main())
