"""`python -m tocsin`: the shell, as it came with this package, or else as it is on the path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from ._library import BUNDLE


def main() -> int:
    bundled = BUNDLE / ("tocsin.exe" if os.name == "nt" else "tocsin")
    shell = str(bundled) if bundled.is_file() else os.environ.get("TOCSIN_SHELL") or shutil.which("tocsin")
    if shell is None:
        print("tocsin: the shell did not come with this package, and is not on the path", file=sys.stderr)
        return 127
    if os.name == "nt":
        return subprocess.call([shell, *sys.argv[1:]])
    os.execv(shell, [shell, *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
