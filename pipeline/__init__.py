"""recoupe: which figures and dates do the sources disagree on, and why?

    import pipeline
    articles = list(pipeline.read("corpora/articles"))
    comparison = pipeline.compare(pipeline.extract(articles))
    comparison.discrepancies

Names are loaded where they are first used, so that `import pipeline` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.markup import show_with

if TYPE_CHECKING:
    from pipeline.comparison import Comparison as Comparison
    from pipeline.comparison import compare as compare
    from pipeline.comparison import reasons as reasons
    from pipeline.errors import RecoupeError as RecoupeError
    from pipeline.passages import mentions as mentions
    from pipeline.pipes import load as load
    from pipeline.reading import read as read
    from pipeline.records import Article as Article
    from pipeline.records import Mention as Mention
    from pipeline.run import extract as extract

_HOMES = {
    "Article": "records",
    "Comparison": "comparison",
    "Mention": "records",
    "RecoupeError": "errors",
    "compare": "comparison",
    "extract": "run",
    "load": "pipes",
    "mentions": "passages",
    "read": "reading",
    "reasons": "comparison",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
    return getattr(import_module(f"pipeline.{_HOMES[name]}"), name)


# How records show themselves in a notebook: their class, and what renders it in `pipeline.report`, loaded when one is shown.
_SHOWN = {"Article": "show_article", "Claim": "claim_html", "Comparison": "comparison_html"}


def _show_late(record: str, renderer: str) -> None:
    show_with(record, lambda shown: str(getattr(import_module("pipeline.report"), renderer)(shown)))


for _record, _renderer in _SHOWN.items():
    _show_late(_record, _renderer)


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
