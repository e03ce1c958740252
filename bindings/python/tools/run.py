#!/usr/bin/env python3
"""Runs Python with the packages that scripts/setup installed: run.py [--needs PACKAGE] ARGUMENT...

Exit code 77 says that a package is not here, so that a test is skipped and not failed.
"""
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]


def interpreter():
    made = ROOT / "build" / "venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return str(made) if made.exists() else sys.executable


def main():
    arguments = sys.argv[1:]
    python = interpreter()
    if arguments[0] == "--needs":
        package, arguments = arguments[1], arguments[2:]
        if subprocess.run([python, "-c", f"import {package}"], stderr=subprocess.DEVNULL).returncode != 0:
            print(f"skipped: {python} has no {package}; scripts/setup installs it into build/venv")
            return 77
    # A deprecation, or a desk that was never closed, is a failure.
    warnings = ["-W", "error"] if arguments[0].endswith(".py") and "examples" in arguments[0] else []
    return subprocess.run([python, *warnings, *arguments]).returncode


if __name__ == "__main__":
    sys.exit(main())
