#!/usr/bin/env python3
"""Each public header compiles alone, included twice, without a warning; what it costs is reported.

The cost is the compiler's user time less that of an empty file. A timing is no test unless --budget asks for one: then a
header above 0.4 s fails. tocsin.h is C11 and C++17, tocsin.hpp C++17, the core C++20.
"""
import argparse
import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

BUDGET = 0.4  # seconds of user time
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wsign-conversion", "-Wshadow", "-Werror"]
JOBS = 2


def compilation(compiler, standard, text, root):
    """Exit code, what the compiler said, and its user time."""
    language = "c" if standard.startswith("c1") else "c++"
    command = [compiler, f"-std={standard}", "-fsyntax-only", *WARNINGS, "-x", language, "-"]
    command[1:1] = [f"-I{root / 'include'}", f"-I{root / 'capi/include'}"]
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as source:
        source.write(text.encode())
        source.seek(0)
        child = subprocess.Popen(command, stdin=source, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return child.returncode, said.read().decode(errors="replace"), usage.ru_utime


def cases(root, cc, cxx):
    """(header, as it is included, compiler, standard)"""
    for header in sorted((root / "include").rglob("*.hpp")):
        yield header, header.relative_to(root / "include").as_posix(), cxx, "c++20"
    for header in sorted((root / "capi/include").glob("*.h*")):
        for compiler in dict.fromkeys([cxx, shutil.which("clang++-19") or cxx]):
            yield header, header.name, compiler, "c++17"
        if header.suffix == ".h":
            for compiler in dict.fromkeys([cc, shutil.which("clang-19") or cc]):
                yield header, header.name, compiler, "c11"


def newest_change(root):
    folders = [root / "include", root / "capi/include"]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return max((path.stat().st_mtime for path in [*files, *folders, pathlib.Path(__file__)]), default=0)


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cc", default=os.environ.get("CC", "cc"))
    options.add_argument("--cxx", default=os.environ.get("CXX", "c++"))
    options.add_argument("--budget", action="store_true", help=f"fail a header that costs over {BUDGET} s")
    options.add_argument("--stamp", type=pathlib.Path, help="where to keep what was found well; skips when no header changed")
    arguments = options.parse_args()
    root = pathlib.Path(__file__).resolve().parents[2]

    state = f"{newest_change(root)} {arguments.cc} {arguments.cxx}"
    if arguments.stamp and not arguments.budget and arguments.stamp.exists():
        if arguments.stamp.read_text() == state:
            print("headers: unchanged since they were last found well")
            return 0

    every = list(cases(root, arguments.cc, arguments.cxx))
    empty = {
        (compiler, standard): min(compilation(compiler, standard, "", root)[2] for _ in range(3))
        for compiler, standard in {case[2:] for case in every}
    }
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        # A declaration closes the file: C has no empty ones.
        results = list(pool.map(
            lambda case: compilation(case[2], case[3], f"#include <{case[1]}>\n" * 2 + "extern int closing;\n", root), every))

    broken = dear = 0
    table = []
    for (header, _, compiler, standard), (code, said, seconds) in zip(every, results):
        cost = seconds - empty[compiler, standard]
        table.append((cost, f"{header.relative_to(root)} ({standard}, {pathlib.Path(compiler).name})"))
        dear += cost > BUDGET
        if code != 0:
            broken += 1
            print(f"{header.relative_to(root)}: does not compile alone as {standard} with {compiler}\n{said}")
    for cost, name in sorted(table, reverse=True):
        print(f"{max(cost, 0):6.2f} s  {name}{'  over the budget' if cost > BUDGET else ''}")
    print(f"headers: {len(every)} compilations, {broken} broken, {dear} over {BUDGET} s")

    if broken or (dear and arguments.budget):
        return 1
    if arguments.stamp:
        arguments.stamp.write_text(state)
    return 0


if __name__ == "__main__":
    sys.exit(main())
