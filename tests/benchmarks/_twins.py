"""What the benchmarks of changed articles share: articles of the corpus, edits of their texts, an article against its twin."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

import pipeline
from pipeline.score import PARTS, annotated, dossiers

CORPORA = Path(__file__).parents[2] / "corpora"
SPACE = "\u00a0"
NUMBER = re.compile(r"\d{1,3}(?:(?P<mark>[. \u00a0\u202f])\d{3}(?!\d))(?:(?P=mark)\d{3}(?!\d))*(?:,\d+)?|\d+(?:[.,]\d+)?")

Row = dict[str, Any]
Places = frozenset[tuple[int, int]]


def options(about: str | None, *, what: str, count: int, show: str, shown: str) -> argparse.Namespace:
    """What a benchmark of changed articles is asked: `count` of `what`, `seed`, `part`, and whether to `show` each `shown`."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(f"--{what}", dest="count", metavar="N", type=int, default=count)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--part", choices=PARTS, nargs="+", default=["train", "development"])
    parser.add_argument(f"--{show}", dest="show", action="store_true", help=f"print each {shown}")
    return parser.parse_args()


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` replaced by `new`."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Written:
    """A number as written: its digits, the digits of its fraction, and the mark between thousands ("" for none)."""

    whole: str
    fraction: str
    mark: str
    point: str

    def __str__(self) -> str:
        groups = [self.whole[max(end - 3, 0) : end] for end in range(len(self.whole), 0, -3)][::-1]
        whole = self.mark.join(groups) if self.mark else self.whole
        return f"{whole}{self.point}{self.fraction}" if self.fraction else whole


def written(text: str) -> Written:
    """The number `text`, which NUMBER matches."""
    found = NUMBER.fullmatch(text)
    assert found is not None, text
    mark = found["mark"] or ""
    bare = text.replace(mark, "") if mark else text
    point = "," if "," in bare else "."
    whole, _, fraction = bare.partition(point)
    return Written(whole, fraction, mark, point)


def corpus(parts: Sequence[str]) -> Iterator[tuple[pipeline.Article, list[Row]]]:
    """The annotated articles of the parts of the corpus, each with its claims but the optional ones, one for each place."""
    for folder in dossiers(CORPORA, *parts):
        each = annotated(folder)
        for row in each.articles:
            claims = {(c["start"], c["end"]): c for c in each.claims if c["article"] == row["id"] and not c.get("optional")}
            yield article(row), [claims[place] for place in sorted(claims)]


def article(row: Row) -> pipeline.Article:
    """The article of a record."""
    known = {name: row.get(name) for name in ("url", "title", "language")}
    published = pd.Timestamp(row["published"]).date() if row.get("published") else None
    return pipeline.Article(id=row["id"], source=row["source"], text=row["text"], published=published, **known)


def edited(text: str, edits: Iterable[Edit]) -> tuple[str, list[tuple[int, int]]]:
    """The text with all `edits`, which may not overlap, and where each new passage stands."""
    parts, places, done, length = [], [], 0, 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        parts += [text[done : edit.start], edit.new]
        length += edit.start - done
        places.append((length, length + len(edit.new)))
        length, done = length + len(edit.new), edit.end
    return "".join([*parts, text[done:]]), places


def twin(of: pipeline.Article, name: str, text: str) -> pipeline.Article:
    """The same article in another paper, with another text."""
    return replace(of, id=f"{of.id} {name}", source=f"twin of {of.source}", text=text)


def read(articles: Sequence[pipeline.Article]) -> dict[str, pd.DataFrame]:
    """The claims of each article by its id."""
    claims = pipeline.extract(articles, workers=None)
    found = dict(iter(claims.groupby("article_id", sort=False)))
    return {each.id: found.get(each.id, claims.head(0)) for each in articles}


def differences(*claims: pd.DataFrame) -> list[Row]:
    """The discrepancies among the claims of some articles; each side with its article and place."""
    together = pd.concat(claims, ignore_index=True)
    found = pipeline.compare(together).discrepancies.to_dict("records")
    by_id = together.set_index("claim_id")[["article_id", "start", "end"]].to_dict("index")
    for row in found:
        row |= {side: by_id[row[f"claim_{side}"]] for side in "ab"}
    return found


def over(place: tuple[int, int], row: Row) -> bool:
    """Whether a claim stands over a place of its text."""
    return bool(row["start"] < place[1] and place[0] < row["end"])
