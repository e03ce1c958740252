#!/usr/bin/env python3
"""Builds, tests and packs the Node binding; exit code 77 says that something is not on this machine.

    --build       compiles TypeScript into the package folder, beside the addon
    --test FILE.. runs tests against the package
    --types       tsc --strict over the examples
    --example F   compiles one example, and runs it
    --install     packs, installs the tarball into an empty folder, and runs the README's first example there
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parents[1]
ROOT = HERE.parents[1]
TOOLS = ROOT / "build" / "node" / "node_modules"


def run(*command, cwd=ROOT, **environment):
    return subprocess.run([str(part) for part in command], cwd=cwd, env={**os.environ, **environment}).returncode


def tsc(node, *arguments):
    return run(node, TOOLS / "typescript" / "bin" / "tsc", "--typeRoots", TOOLS / "@types", *arguments)


def build(node, package):
    if not list((package / "native").glob("*/tocsin.node")):
        print("the addon is not built")
        return 1
    shutil.rmtree(package / "dist", ignore_errors=True)
    if tsc(node, "-p", HERE, "--rootDir", HERE / "src", "--outDir", package / "dist") != 0:
        return 1
    for file in (HERE / "package.json", HERE / "README.md", ROOT / "LICENSE"):
        shutil.copy(file, package)
    return 0


def with_package(folder, package):
    """A folder in which `import "tocsin"` finds the package."""
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "tocsin").symlink_to(package, target_is_directory=True)
    (folder / "package.json").write_text('{"type": "module"}')


def compile_examples(node, folder, examples):
    for example in examples:
        shutil.copy(example, folder)
    names = [folder / pathlib.Path(example).name for example in examples]
    return tsc(node, "--strict", "--target", "ES2022", "--lib", "ES2023,ESNext.Disposable", "--module", "NodeNext",
               "--moduleResolution", "NodeNext", "--types", "node", "--preserveSymlinks", "--outDir", folder, *names)


def examples(node, package, files, execute):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        with_package(folder, package)
        bad = compile_examples(node, folder, files)
        if bad == 0 and execute:
            bad = run(node, folder / pathlib.Path(files[0]).with_suffix(".js").name, cwd=folder)
        return bad


def install(node, package):
    """What somebody does who has just found the package; with no compiler, no registry, and far from this tree."""
    if not shutil.which("npm"):
        print("skipped: npm is not here")
        return 77
    snippet = re.search(r"```js\n(.*?)```", (HERE / "README.md").read_text(encoding="utf-8"), re.DOTALL).group(1)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        packed = folder / "packed"
        shutil.copytree(package, packed)
        for addon in (packed / "native").glob("*/tocsin.node"):
            if shutil.which("strip"):
                run("strip", "--strip-unneeded", addon)
        bare = {"npm_config_offline": "true", "npm_config_update_notifier": "false", "HOME": name, "CC": "/nowhere/cc"}
        if run("npm", "pack", "--silent", "--pack-destination", folder, cwd=packed, **bare) != 0:
            return 1
        [tarball] = folder.glob("tocsin-*.tgz")
        print(f"{tarball.name}: {tarball.stat().st_size / 1e6:.1f} MB")
        place = folder / "place"
        place.mkdir()
        (place / "package.json").write_text('{"type": "module"}')
        if run("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", tarball, cwd=place, **bare) != 0:
            return 1
        (place / "first.js").write_text(snippet, encoding="utf-8")
        bad = run(node, "first.js", cwd=place, **bare)
        kept = package / tarball.name
        shutil.copy(tarball, kept)
        return bad


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--node", default="node")
    options.add_argument("--package", type=pathlib.Path, default=ROOT / "build" / "dev" / "node")
    options.add_argument("--build", action="store_true")
    options.add_argument("--test", nargs="+")
    options.add_argument("--types", action="store_true")
    options.add_argument("--example")
    options.add_argument("--install", action="store_true")
    arguments = options.parse_args()
    node, package = arguments.node, arguments.package.resolve()
    if not (TOOLS / "typescript").is_dir():
        print("skipped: no TypeScript in build/node; scripts/setup installs it where npm and Node 20 are")
        return 77
    if arguments.build:
        return build(node, package)
    if arguments.test:
        return run(node, "--test", *arguments.test, TOCSIN_PACKAGE=str(package))
    if arguments.types:
        return examples(node, package, sorted(str(path) for path in (ROOT / "examples").glob("*.ts")), execute=False)
    if arguments.example:
        return examples(node, package, [arguments.example], execute=True)
    return install(node, package)


if __name__ == "__main__":
    sys.exit(main())
