"""The public face: quick to import, small, documented, typed, with the signatures that the contract names."""

from __future__ import annotations

import dataclasses
import inspect
import subprocess
import sys
import typing
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

import pipeline

HEAVY = ("pandas", "pyarrow", "spacy", "duckdb", "matplotlib", "dateparser", "langdetect", "babel", "trafilatura", "jinja2")
FUNCTIONS = ("compare", "extract", "load", "mentions", "read", "reasons")
CLASSES = ("Article", "Comparison", "Mention", "RecoupeError")
ATTRIBUTES = ("start", "end", "kind", "value", "lower", "upper", "quantum", "unit", "per", "approximation", "time")


def left_loaded(statement: str) -> set[str]:
    """Heavy packages that are loaded after `statement`, in a process of its own where warnings are errors."""
    program = f"import sys; {statement}; print(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "statement",
    [
        "import pipeline",
        "import pipeline; dir(pipeline); pipeline.__all__",
        "from pipeline import Article, Mention, RecoupeError, mentions, read",
        "import pipeline.records, pipeline.errors, pipeline.syntax, pipeline.pipes",
        "import pipeline.grammar",
    ],
)
def test_importing_takes_nothing_heavy(statement: str) -> None:
    assert left_loaded(statement) == set()


def test_a_figure_is_read_without_tables_and_models() -> None:
    loaded = left_loaded("import pipeline; pipeline.mentions('12 km', language='fr')")
    assert not loaded & {"pandas", "spacy", "duckdb", "matplotlib"}


def test_importing_says_and_leaves_nothing(tmp_path: Any) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", "import pipeline"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (done.returncode, done.stdout, done.stderr, list(tmp_path.iterdir())) == (0, "", "", [])


def test_all_is_what_there_is() -> None:
    assert sorted(pipeline.__all__) == pipeline.__all__ == sorted((*FUNCTIONS, *CLASSES))
    assert set(pipeline.__all__) <= set(dir(pipeline))
    assert all(getattr(pipeline, name).__name__ == name for name in pipeline.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = pipeline.nothing  # type: ignore[attr-defined]


def test_star_import() -> None:
    here: dict[str, Any] = {}
    exec("from pipeline import *", here)
    assert set(pipeline.__all__) <= set(here)


def public() -> list[tuple[str, Callable[..., Any]]]:
    """Functions, and what a user calls on the public classes."""
    out: list[tuple[str, Callable[..., Any]]] = [(name, getattr(pipeline, name)) for name in FUNCTIONS]
    for name in CLASSES:
        for member, value in vars(getattr(pipeline, name)).items():
            function = value.fget if isinstance(value, property) else value
            if not member.startswith("_") and inspect.isfunction(function):
                out.append((f"{name}.{member}", function))
    return out


@pytest.mark.parametrize(("name", "function"), public(), ids=lambda value: value if isinstance(value, str) else "")
def test_documented_and_typed(name: str, function: Callable[..., Any]) -> None:
    assert len(inspect.getdoc(function) or "") >= 15
    signature = inspect.signature(function)
    assert signature.return_annotation is not inspect.Signature.empty
    untyped = [p.name for p in signature.parameters.values() if p.annotation is inspect.Parameter.empty and p.name != "self"]
    assert untyped == []


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_documented_and_frozen(name: str) -> None:
    found = getattr(pipeline, name)
    assert len(inspect.getdoc(found) or "") >= 15
    if dataclasses.is_dataclass(found):
        assert typing.cast(Any, found).__dataclass_params__.frozen


def test_modules_say_what_they_are_for() -> None:
    assert all(inspect.getmodule(getattr(pipeline, name)).__doc__ for name in pipeline.__all__)  # type: ignore[union-attr]
    assert pipeline.__doc__


# Name, parameters that a caller may give by place, and the defaults that the contract names.
SIGNATURES: dict[str, tuple[tuple[str, ...], dict[str, object], str]] = {
    "read": (("sources",), {}, "Iterator[Article]"),
    "mentions": (("text",), {"language": None, "published": None}, "list[Mention]"),
    "extract": (("articles",), {}, "pd.DataFrame"),
    "compare": (("claims",), {}, "Comparison"),
    "load": ((), {}, "Language"),
}


@pytest.mark.parametrize("name", SIGNATURES)
def test_signatures(name: str) -> None:
    first, defaults, returns = SIGNATURES[name]
    signature = inspect.signature(getattr(pipeline, name))
    parameters = signature.parameters
    needed = tuple(p.name for p in parameters.values() if p.default is inspect.Parameter.empty)
    assert needed == first
    assert {key: parameters[key].default for key in defaults} == defaults
    assert all(parameters[key].kind is inspect.Parameter.KEYWORD_ONLY for key in defaults)
    assert str(signature.return_annotation).endswith(returns)


def test_a_mention_has_what_the_contract_names() -> None:
    (quantity, when) = pipeline.mentions("Il a couru 12 km mardi.", language="fr", published=date(2025, 3, 14))
    assert {name: getattr(quantity, name) for name in ATTRIBUTES} == {
        "start": 11, "end": 16, "kind": "measure", "value": 12.0, "lower": 12.0, "upper": 12.0, "quantum": 1.0, "unit": "km",
        "per": None, "approximation": "exact", "time": None,
    }  # fmt: skip
    assert (when.kind, when.time, when.value, when.unit) == ("date", "2025-03-11", None, None)
    assert pipeline.mentions("Il a couru 12 km.", language="fr", published="2025-03-14")  # a day as it is written will do
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        pipeline.mentions("12 km", published="mardi")


def test_every_error_of_ours_is_one() -> None:
    from pipeline import errors

    ours = [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, Exception)]
    assert len(ours) > 1
    assert all(issubclass(e, pipeline.RecoupeError) and e.__doc__ for e in ours)
