"""The package as it is built: nothing that it needs at run time is left behind."""

from __future__ import annotations

import shutil
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BUILD = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]


def test_every_folder_is_a_package() -> None:
    folders = {".".join(p.relative_to(ROOT).parts) for p in (ROOT / "pipeline").rglob("*") if p.is_dir()}
    folders = {name for name in folders if not name.endswith("__pycache__")}
    assert {*folders, "pipeline", "pipeline.models"} == set(BUILD["packages"])


@pytest.mark.slow
def test_a_wheel_carries_lexicon_models_and_templates(tmp_path: Path) -> None:
    from build import ProjectBuilder

    source = tmp_path / "source"  # a build leaves files behind
    for name in ("pipeline", "models"):
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, source)
    wheel = ProjectBuilder(source).build("wheel", tmp_path)
    names = set(zipfile.ZipFile(wheel).namelist())
    data = (p for p in (ROOT / "pipeline").rglob("*") if p.suffix in {".toml", ".html", ".css", ".j2"} or p.name == "py.typed")
    assert {p.relative_to(ROOT).as_posix() for p in data} <= names
    assert "pipeline/models/confidence.json" in names
