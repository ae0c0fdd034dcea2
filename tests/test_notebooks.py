"""The notebooks run from top to bottom, as a newcomer runs them, and are kept without output."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
PUBLIC = {"compare", "extract", "load", "mentions", "plot_fact", "read"}


def by_name(path: Path) -> str:
    return path.stem


def test_both_are_there() -> None:
    assert [path.stem for path in PATHS] == ["01-premiers-pas", "02-explorer-un-dossier"]


@pytest.mark.parametrize("path", PATHS, ids=by_name)
def test_kept_clean(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    imported = re.findall(r"^from pipeline\S* import (.+)$", "\n".join(cell.source for cell in code), re.MULTILINE)
    assert {name for names in imported for name in names.split(", ")} <= PUBLIC


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # what Jupyter warns of is not ours
@pytest.mark.parametrize("path", PATHS, ids=by_name)
def test_runs_and_shows_something(path: Path) -> None:
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert not [output for output in shown if output.output_type == "error" or output.get("name") == "stderr"]
    pages = "".join(output.data.get("text/html", "") for output in shown if "data" in output)
    assert "<mark" in pages
    if "explorer" in path.stem:
        assert any("image/png" in output.data for output in shown if "data" in output)
