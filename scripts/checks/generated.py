#!/usr/bin/env python3
"""Generated files are committed; this makes them anew and compares. --update puts the new ones in place."""
import argparse
import filecmp
import pathlib
import shutil
import subprocess
import sys
import tempfile

# Folder of committed files -> the command that writes all of them into {out}. {build} is the build folder.
GENERATED = {
    "capi/schema": ["{build}/bin/tocsin", "schema", "--all", "{out}"],
}
# Generators that compare by themselves (--check); those of WRITING write their files where they are called without it.
CHECKING = [
    ["scripts/generate_zones.py"],
]
WRITING = [
    ["capi/tools/describe.py"],
    ["bindings/python/tools/generate.py"],
    ["bindings/node/tools/generate.py"],
    ["bindings/go/tools/generate.py"],
    ["bindings/java/tools/generate.py"],
    ["bindings/rust/tools/generate.py"],
]


def files_in(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.suffix != ".md"}


def differences(committed, made):
    old, new = files_in(committed), files_in(made)
    for name in sorted(old | new):
        if name not in new:
            yield name, "is committed, but no longer generated"
        elif name not in old:
            yield name, "is generated, but not committed"
        elif not filecmp.cmp(committed / name, made / name, shallow=False):
            yield name, "is stale"


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--build", default="build/dev", help="the build folder whose programs generate")
    options.add_argument("--update", action="store_true", help="put the new files in place")
    arguments = options.parse_args()
    root = pathlib.Path(__file__).resolve().parents[2]
    build = pathlib.Path(arguments.build).resolve()

    bad = 0
    for folder, command in GENERATED.items():
        committed = root / folder
        if not files_in(committed) and not arguments.update:
            print(f"{folder}: nothing is committed yet, so nothing is compared")
            continue
        with tempfile.TemporaryDirectory() as out:
            command = [part.format(build=build, out=out) for part in command]
            try:
                subprocess.run(command, cwd=root, check=True)
            except (OSError, subprocess.CalledProcessError) as problem:
                bad += 1
                print(f"{folder}: could not be generated: {problem}")
                continue
            for name, what in differences(committed, pathlib.Path(out)):
                print(f"{folder}/{name}: {what}")
                bad += not arguments.update
            if arguments.update:
                for name in files_in(committed) - files_in(pathlib.Path(out)):
                    (committed / name).unlink()
                shutil.copytree(out, committed, dirs_exist_ok=True)
    for command in CHECKING + WRITING:
        if not (root / command[0]).exists():
            continue
        writes = arguments.update and command in WRITING
        if subprocess.run([sys.executable, *command, *([] if writes else ["--check"])], cwd=root).returncode != 0:
            bad += 1
            print(f"{' '.join(command)}: says that something is wrong")
    print(f"generated: {bad} differences" + ("; make them anew: scripts/checks/generated.py --update" if bad else ""))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
