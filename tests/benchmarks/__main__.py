"""Lists the benchmarks, or runs one: each is a script of its own in this folder.

python -m tests.benchmarks                 their names, with what they measure
python -m tests.benchmarks NAME [ARG ...]  runs one, with its arguments
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent


def benchmarks() -> dict[str, Path]:
    """Scripts by name, in order."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.py")) if not path.stem.startswith("_")}


def summary(path: Path) -> str:
    """The first line of a script's docstring; nothing of the script runs."""
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n")[0]


def main(arguments: list[str]) -> int:
    """List or run; the exit code is that of the benchmark, 2 where there is none of that name."""
    found = benchmarks()
    if not arguments:
        width = max(map(len, found))
        print("\n".join(f"{name:{width}}  {summary(path)}" for name, path in found.items()))
        return 0
    name, *rest = arguments
    if name in ("-h", "--help"):
        print((__doc__ or "").strip())
        return 0
    if name not in found:
        print(f"there is no benchmark {name!r}; there are {', '.join(found)}", file=sys.stderr)
        return 2
    places = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return subprocess.run([sys.executable, found[name], *rest], check=False, env=os.environ | {"PYTHONPATH": places}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
