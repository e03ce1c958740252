#!/usr/bin/env python3
"""Every C program in README.md is one of the examples, which are built and run."""
import pathlib
import re
import sys


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    examples = [path.read_text(encoding="utf-8") for path in (root / "examples").glob("*.c")]
    programs = re.findall(r"```c\n(.*?)```", (root / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    strange = [program for program in programs if not any(example.endswith(program) for example in examples)]
    for program in strange:
        print(f"README.md: this program is no example:\n{program}")
    print(f"readme: {len(programs)} programs, {len(strange)} that are not in examples/")
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
