#!/usr/bin/env python3
"""Builds and tests the Java binding; exit code 77 says that something is not on this machine.

    --package     builds the jar, with the library of --bundle in it, and the tests
    --test NAME   runs a test class
    --readme      runs the snippets of the README
    --example F   runs one example
    --install     runs the README's first example in an empty folder, with the jars alone

Maven takes its plugins and the libraries from what it has fetched before, and else from where it is set up to fetch them.
"""
import argparse
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
LEAST = 17
UNRESOLVED = re.compile(r"could not be resolved|Could not (?:resolve|transfer|find)|has not been downloaded|Cannot access")
NOTICES = ["libsqlite3-dev", "libssl-dev", "libutf8proc-dev", "nlohmann-json3-dev"]
JAVA = ["java", "-XX:TieredStopAtLevel=1"]
IMPORTS = ["io.tocsin.*", "io.tocsin.Commands.*", "io.tocsin.Definitions.BusinessCalendar", "io.tocsin.Definitions.BusinessCalendarWeekly",
           "io.tocsin.Definitions.Person", "io.tocsin.Definitions.Team", "io.tocsin.Questions.FindWhere", "java.time.*", "java.util.ArrayList",
           "java.util.Arrays", "java.util.List"]


def missing():
    """What is not here, or nothing."""
    for program in ("mvn", "java", "javac"):
        if not shutil.which(program):
            return f"there is no {program}"
    found = re.search(r"javac (\d+)", subprocess.run(["javac", "-version"], capture_output=True, text=True).stdout)
    return None if found and int(found.group(1)) >= LEAST else f"Java is older than {LEAST}"


def run(*command, cwd=HERE):
    return subprocess.run([str(part) for part in command], cwd=cwd).returncode


def maven(build, *goals):
    """Runs Maven, without the network first; 77 where it cannot get what it needs."""
    for mode in (["-o"], []):
        done = subprocess.run(["mvn", "-B", "-q", "-ntp", *mode, f"-Dtocsin.build={build}", *goals], cwd=HERE, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode == 0 or not UNRESOLVED.search(done.stdout):
            print(done.stdout, end="")
            return done.returncode
    print("skipped: Maven has not what it needs, and cannot fetch it")
    return 77


def version():
    numbers = {c["name"]: c["value"] for c in json.loads((ROOT / "capi" / "api.json").read_text())["constants"]}
    return ".".join(str(numbers[f"TOCSIN_VERSION_{part}"]) for part in ("MAJOR", "MINOR", "PATCH"))


def package(build, bundle):
    if f"<artifactId>tocsin</artifactId>\n  <version>{version()}</version>" not in (HERE / "pom.xml").read_text(encoding="utf-8"):
        print(f"pom.xml has another version than the library: {version()}")
        return 1
    shutil.rmtree(build / "natives", ignore_errors=True)
    licences = build / "natives" / "META-INF" / "licenses"
    licences.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", licences.parent)
    for name in NOTICES:  # what is linked in, under its own licence
        notice = pathlib.Path("/usr/share/doc") / name / "copyright"
        if notice.is_file():
            shutil.copy(notice, licences / f"{name}.txt")
    machine = {"x86_64": "x86-64", "AMD64": "x86-64"}.get(platform.machine(), platform.machine())
    place = build / "natives" / f"linux-{machine}"
    place.mkdir()
    library = shutil.copy(bundle / "libtocsin.so.1", place / "libtocsin.so")
    if shutil.which("strip"):
        run("strip", "--strip-unneeded", library)
    code = maven(build, "package", "-DskipTests")
    for jar in build.glob("tocsin-*.jar") if code == 0 else []:
        print(f"{jar.name}: {jar.stat().st_size / 1e6:.1f} MB")
    return code


def jars(build):
    found = [*build.glob("tocsin-*.jar"), *build.glob("lib/*.jar")]
    return os.pathsep.join(map(str, found)) if len(found) >= 3 else None


def snippets():
    return re.findall(r"```java\n(.*?)```", (HERE / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def program(build, text, *options):
    """Runs a program of one file in an empty folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "Program.java").write_text(text, encoding="utf-8")
        return run(*JAVA, *options, "-cp", jars(build), "Program.java", cwd=folder)


def readme(build):
    """The first snippet is a program; the others are the body of one."""
    first, *others = snippets()
    if len(others) < 6:
        print("the README has lost snippets")
        return 1
    imports = "".join(f"import {name};\n" for name in IMPORTS)
    body = f"{imports}class Readme {{ public static void main(String[] a) throws Exception {{\n{''.join(others)}}} }}\n"
    return program(build, first) or program(build, body, "-ea")


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--build", type=pathlib.Path, default=ROOT / "build" / "java", help="where everything is built")
    options.add_argument("--bundle", type=pathlib.Path, help="the folder that has libtocsin.so.1")
    options.add_argument("--package", action="store_true")
    options.add_argument("--test")
    options.add_argument("--readme", action="store_true")
    options.add_argument("--example", type=pathlib.Path)
    options.add_argument("--install", action="store_true")
    arguments = options.parse_args()
    lacking = missing()
    if lacking:
        print(f"skipped: {lacking}")
        return 77
    build = arguments.build.resolve()
    if arguments.package:
        return package(build, arguments.bundle)
    if jars(build) is None:
        print("skipped: there is no jar; --package builds it")
        return 77
    if arguments.test:
        return maven(build, "surefire:test", f"-Dtest={arguments.test}")
    if arguments.readme:
        return readme(build)
    if arguments.example:
        return run(*JAVA, "-cp", jars(build), arguments.example.resolve())
    return program(build, snippets()[0])


if __name__ == "__main__":
    sys.exit(main())
