"""What the README shows runs, and prints what it shows."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text("utf-8")
CONSOLE = re.findall(r"^```console\n\$ (recoupe .+)\n((?:.*\n)*?)```$", TEXT, re.MULTILINE)
PYTHON = re.findall(r"^```python\n((?:.*\n)*?)```$", TEXT, re.MULTILINE)


def needs_model(code: str) -> bool:
    return "mentions" not in code


def marked(blocks: list[tuple[str, ...]]) -> list[object]:
    return [
        pytest.param(*block, id=f"{n}", marks=[pytest.mark.slow] * needs_model(block[0])) for n, block in enumerate(blocks, 1)
    ]


def lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]


def test_it_opens_with_one_sentence_and_one_table() -> None:
    command, table = CONSOLE[0]
    assert command.startswith("recoupe mentions ")
    assert TEXT.index(command) < 400
    assert "14,3 milliards de dollars" in table


@pytest.mark.parametrize(("command", "shown"), marked(CONSOLE))
def test_command(command: str, shown: str, tmp_path: Path) -> None:
    arguments = [str(tmp_path) if word.startswith("out/") else word for word in shlex.split(command)[1:]]
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert lines(done.stdout) == lines(shown)


@pytest.mark.parametrize("code", marked([(block,) for block in PYTHON]))
def test_python(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(code, "README.md", "exec"), {})


def test_files_that_it_names_are_there() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", TEXT)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_relation_is_explained() -> None:
    from pipeline.comparison import RELATIONS

    table = re.findall(r"^\| `(\w+)` \| (\w+) \|", TEXT, re.MULTILINE)
    assert dict(table) == {name: relation.severity for name, relation in RELATIONS.items()}
