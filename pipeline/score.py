"""A run's tables against annotated articles: how much was found, how much of it is right.

An annotated set is a folder with `articles`, `claims`, `discrepancies` and `traps` as JSON Lines (see corpora/README.md).
Labels that a project may choose (names of metrics, ids of facts) are not compared; values, units, subjects and groups are.
"""

from __future__ import annotations

import json
import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import ReadingError
from pipeline.folding import fold
from pipeline.lexicon import LANGUAGES
from pipeline.tables import CLAIM_COLUMNS, Tables, frame

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
QUIET = frozenset(("approximation", "update", "attribution"))
"""Relations that explain a difference; all others are loud."""


class Measure(NamedTuple):
    """What was right of what was found and of what there is."""

    hit: int
    got: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        return self.hit / self.got if self.got else 1.0

    @property
    def recall(self) -> float:
        """Share of what there is that was found; 1 where there is nothing."""
        return self.hit / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __add__(self, other: object) -> Measure:
        if not isinstance(other, Measure):
            return NotImplemented
        return Measure(self.hit + other.hit, self.got + other.got, self.gold + other.gold)

    def __str__(self) -> str:
        rates = f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}"
        return f"{rates} ({self.hit} of {self.got} found, {self.gold} annotated)"


NOTHING = Measure(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Annotated:
    """An annotated folder: its records, as the files have them."""

    name: str
    articles: tuple[Row, ...]
    claims: tuple[Row, ...]
    discrepancies: tuple[Row, ...]
    traps: tuple[Row, ...]


def annotated(folder: Path | str) -> Annotated:
    """The annotated set in `folder`. Raises ReadingError where `articles.jsonl` or `claims.jsonl` is missing or broken."""
    place = Path(folder)
    parts = {name: _records(place / f"{name}.jsonl") for name in ("articles", "claims", "discrepancies", "traps")}
    for name in ("articles", "claims"):
        if not parts[name]:
            raise ReadingError(f"{place / name}.jsonl: missing or empty; give a folder of annotated articles")
    return Annotated(place.name, **parts)


PARTS = ("train", "development", "test")
"""The parts of a corpus: what is trained on, what rules are bettered on, and what is looked at only to report."""


def dossiers(corpora: Path | str, *parts: str) -> list[Path]:
    """The annotated folders of the `parts` of a corpus, as its `splits.toml` has them, by name.

    Raises ReadingError where the split is missing or broken, or has none of a part.
    """
    path = Path(corpora) / "splits.toml"
    try:
        split = tomllib.loads(path.read_text("utf-8"))
        stories = [name for part in parts for name in split[part]]
    except (OSError, ValueError, KeyError) as error:
        raise ReadingError(f"{path}: {error!r}; it has a list of stories for each of {', '.join(PARTS)}") from error
    return [path.parent / "annotated" / name for name in sorted(stories)]


def _records(path: Path) -> tuple[Row, ...]:
    if not path.exists():
        return ()
    try:
        return tuple(json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())
    except ValueError as error:
        raise ReadingError(f"{path}: {error}; every line holds one JSON record") from error


# Annotated claims as a table of claims, to measure the comparison alone.


def claims_of(sets: Iterable[Annotated]) -> pd.DataFrame:
    """The claims of `sets` as a table that a perfect extraction would give: without facts, sure of every one."""
    rows = [row for each in sets for row in _claims_of(each)]
    return frame({name: [row[name] for row in rows] for name in CLAIM_COLUMNS}, "claims")


def _claims_of(each: Annotated) -> Iterator[Row]:
    from pipeline.sentences import sentences

    articles = {article["id"]: article for article in each.articles}
    spans = {name: sentences(article["text"]) for name, article in articles.items()}
    for claim in each.claims:
        article = articles[claim["article"]]
        start, end = _sentence(spans[claim["article"]], claim["start"], claim["end"])
        row = dict.fromkeys(CLAIM_COLUMNS) | {name: claim.get(name) for name in CLAIM_COLUMNS if name in claim}
        row |= {name: article.get(name) for name in ("source", "url", "title", "published")}
        row |= {"claim_id": f"{each.name}/{claim['id']}", "article_id": claim["article"], "language": _language(article)}
        row |= {"sentence": article["text"][start:end], "sentence_start": start, "sentence_end": end}
        row |= {"unit": claim.get("unit") or claim.get("unit_implied"), "quantum": _quantum(claim), "confidence": 1.0}
        yield row


def _language(article: Row) -> str:
    return str(article.get("language") or LANGUAGES[0])


def _sentence(spans: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    return next(((s, e) for s, e in spans if s <= start and end <= e), (start, end))


def _quantum(claim: Row) -> float | None:
    """The place of the last digit in the quote of a claim, as the grammar reads it; None where it reads no quantity there."""
    from pipeline.grammar import mentions
    from pipeline.records import Segment

    quote = claim["quote"]
    for language in LANGUAGES:
        for mention in mentions(quote, segments=[Segment(start=0, end=len(quote), language=language)]):
            if mention.quantity is not None and _near(mention.value, _magnitude(claim)):
                return mention.quantum
    return None


# Scores.


def score(tables: Tables, sets: Iterable[Annotated]) -> dict[str, Measure]:
    """How `tables` stand against `sets`, by measure.

    `quantity` (place, value and unit), `claim` (and subject), `date`, `time`, `approximation`, `facts` (pairs of claims of one
    fact), `discrepancies` (pairs of article and value), `loud` (those that are not approximation, update or attribution),
    `relation` (of those found) and `traps` (flagged of all: here 0 hits are best).
    """
    claims = _rows(tables.claims)
    total: dict[str, Measure] = defaultdict(lambda: NOTHING)
    by_article: dict[str, list[Row]] = defaultdict(list)
    for claim in claims:
        by_article[claim["article_id"]].append(claim)
    for each in sets:
        for name, measure in _score(each, by_article, _rows(tables.discrepancies)).items():
            total[name] += measure
    return dict(total)


def _rows(table: pd.DataFrame) -> list[Row]:
    plain = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]


def _score(each: Annotated, by_article: Mapping[str, list[Row]], found: list[Row]) -> dict[str, Measure]:
    ids = sorted({article["id"] for article in each.articles})
    matched: list[tuple[Row, Row]] = []
    count: dict[str, Measure] = defaultdict(lambda: NOTHING)
    for name in ids:
        gold, got = [c for c in each.claims if c["article"] == name], by_article.get(name, [])
        pairs = _align(gold, got)
        matched += pairs
        for measure, value in _spans(gold, got, pairs).items():
            count[measure] += value
    count["facts"] += _facts(matched)
    mine = {claim["claim_id"] for name in ids for claim in by_article.get(name, [])}
    rows = [row for row in found if row["claim_a"] in mine or row["claim_b"] in mine]
    return dict(count) | _discrepancies(each, rows, {got["claim_id"]: gold for gold, got in matched})


# Claims.


def _magnitude(claim: Row) -> float | None:
    """Size of a claim without its sign, which is its metric's business: the point, else the first bound."""
    return next((abs(float(claim[k])) for k in ("value", "lower", "upper") if claim.get(k) is not None), None)


def _near(a: float | None, b: float | None) -> bool:
    return a is not None and b is not None and math.isclose(abs(a), abs(b), rel_tol=1e-6, abs_tol=1e-9)


def _same_unit(gold: Row, got: str | None) -> bool:
    units = [fold(str(gold[name] or "")) for name in ("unit", "unit_implied") if name in gold]
    given = fold(str(got or ""))
    if gold["kind"] == "count":  # the counted noun, number and compound aside
        return any(given[:5] == unit[:5] for unit in units)
    return given in units


def same_name(a: str, b: str) -> bool:
    """Whether two names are one: the words of one are all in the other."""
    x, y = set(fold(a).split()), set(fold(b).split())
    return bool(x and y) and (x <= y or y <= x)


def _overlap(a: Row, b: Row) -> int:
    return min(int(a["end"]), int(b["end"])) - max(int(a["start"]), int(b["start"]))


def counterparts(each: Annotated, rows: Iterable[Row]) -> dict[str, Row]:
    """For each claim found in the articles of `each` that stands where an annotated one does, by its id, the annotated one."""
    by_article: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_article[row["article_id"]].append(row)
    found = {}
    for article in each.articles:
        gold = [claim for claim in each.claims if claim["article"] == article["id"]]
        found.update({b["claim_id"]: a for a, b in _align(gold, by_article[article["id"]])})
    return found


def _align(gold: list[Row], got: list[Row]) -> list[tuple[Row, Row]]:
    """Annotated and found claims of one article, one to one by overlap, equal values first."""
    pairs = [
        (_near(_magnitude(a), _magnitude(b)), _overlap(a, b), -i, -j)
        for i, a in enumerate(gold)
        for j, b in enumerate(got)
        if _overlap(a, b) > 0 and (a["kind"] == "date") == (b["kind"] == "date")
    ]
    used: tuple[set[int], set[int]] = set(), set()
    out = []
    for _, _, i, j in sorted(pairs, reverse=True):
        if i not in used[0] and j not in used[1]:
            used[0].add(i)
            used[1].add(j)
            out.append((gold[-i], got[-j]))
    return out


def _spans(gold: list[Row], got: list[Row], pairs: list[tuple[Row, Row]]) -> dict[str, Measure]:
    free = {id(b) for a, b in pairs if a.get("optional")}
    sure = [(a, b) for a, b in pairs if not a.get("optional")]
    counts = {
        dated: (sum((b["kind"] == "date") == dated and id(b) not in free for b in got),
                sum((a["kind"] == "date") == dated and not a.get("optional") for a in gold))
        for dated in (False, True)
    }  # fmt: skip
    dates = sum(same_time(a["time"], b["time"]) for a, b in sure if a["kind"] == "date")
    right = [(a, b) for a, b in sure if a["kind"] != "date" and _near(_magnitude(a), _magnitude(b)) and _same_unit(a, b["unit"])]
    timed = [(a, b) for a, b in right if a["time"] is not None or b["time"] is not None]
    hedged = sum(a["approximation"] == b["approximation"] for a, b in right)
    return {
        "quantity": Measure(len(right), *counts[False]),
        "claim": Measure(sum(same_name(a["subject"], b["subject"]) for a, b in right), *counts[False]),
        "date": Measure(dates, *counts[True]),
        "time": Measure(sum(same_time(a["time"], b["time"]) for a, b in timed), len(timed), len(timed)),
        "approximation": Measure(hedged, len(right), len(right)),
    }


def same_time(a: str | None, b: str | None) -> bool:
    """Equal EDTF; what is approximate need agree in the year only ("fin 2028" as its last month or as the year)."""
    return a is not None and b is not None and (a == b or ("~" in a and "~" in b and a[:4] == b[:4]))


def _facts(matched: list[tuple[Row, Row]]) -> Measure:
    hit = got = gold = 0
    quantities = [(a["fact"], b["fact_id"]) for a, b in matched if a["kind"] != "date"]
    for (a, x), (b, y) in combinations(quantities, 2):
        hit, got, gold = hit + (a == b and x == y), got + (x == y), gold + (a == b)
    return Measure(hit, got, gold)


# Discrepancies.

Key = frozenset[Any]


def _key(claim: Row) -> tuple[str, str, str]:
    said = claim["time"] if claim["kind"] == "date" else f"{_magnitude(claim):.6g}"
    return claim["article"], str(said), claim["fact"]


def _wanted(each: Annotated) -> dict[Key, tuple[frozenset[str], frozenset[Key]]]:
    """For each annotated pair the relations that do, and the pairs of its claims that stand for it."""
    claims = {claim["id"]: claim for claim in each.claims}
    wanted = {}
    for row in each.discrepancies:
        members = [claims[name] for name in (row["a"], row["b"], *(row.get("with") or ()))]
        pairs = frozenset(frozenset((_key(a), _key(b))) for a, b in combinations(members, 2))
        wanted[frozenset((_key(members[0]), _key(members[1])))] = frozenset({row["relation"], *(row.get("accept") or ())}), pairs
    return wanted


def _discrepancies(each: Annotated, rows: list[Row], twin: Mapping[str, Row]) -> dict[str, Measure]:
    wanted = _wanted(each)
    serves = {pair: main for main, (_, pairs) in wanted.items() for pair in pairs} | {main: main for main in wanted}
    got = {_pair(row, twin): str(row["relation"]) for row in rows}
    hits: dict[Key, Key] = {}
    for pair in got:
        if pair in serves:
            hits.setdefault(serves[pair], pair)
    extra = [relation for pair, relation in got.items() if pair not in serves]
    loud = {main for main, (relations, _) in wanted.items() if not relations & QUIET}
    heard = sum(got[pair] not in QUIET for main, pair in hits.items() if main in loud)
    claims = {claim["id"]: claim for claim in each.claims}
    traps = {frozenset((_key(claims[row["a"]]), _key(claims[row["b"]]))) for row in each.traps}
    return {
        "discrepancies": Measure(len(hits), len(hits) + len(extra), len(wanted)),
        "loud": Measure(heard, heard + sum(relation not in QUIET for relation in extra), len(loud)),
        "relation": Measure(sum(got[pair] in wanted[main][0] for main, pair in hits.items()), len(hits), len(hits)),
        "traps": Measure(sum(pair in got for pair in traps), len(traps), len(traps)),
    }


def _pair(row: Row, twin: Mapping[str, Row]) -> Key:
    a, b = twin.get(row["claim_a"]), twin.get(row["claim_b"])
    return frozenset((_key(a), _key(b))) if a and b else frozenset((row["claim_a"], row["claim_b"]))


def twins(each: Annotated, found: Iterable[Row]) -> list[tuple[Row, Row]]:
    """(annotated claim, found claim) of each value that both have; what an annotation calls optional is left out."""
    pairs = ((a, b) for _, aligned in _by_article(each, found) for a, b in aligned if not a.get("optional"))
    return [(a, b) for a, b in pairs if a["kind"] == "date" or (_near(_magnitude(a), _magnitude(b)) and _same_unit(a, b["unit"]))]


def _by_article(each: Annotated, found: Iterable[Row]) -> Iterator[tuple[list[Row], list[tuple[Row, Row]]]]:
    """Article by article: the claims found in it, and those of them that meet an annotated one."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        rows[row["article_id"]].append(row)
    for article in each.articles:
        gold = [claim for claim in each.claims if claim["article"] == article["id"]]
        yield rows[article["id"]], _align(gold, rows[article["id"]])


def judged(each: Annotated, found: Iterable[Row]) -> list[tuple[str, bool]]:
    """The id of each claim found in the articles of `each`, and whether it is right.

    Right is a claim whose value, unit and subject (of an event: day and subject) are as annotated, and whose metric is
    the annotated one or as open as that. What an annotation calls optional is left out.
    """
    out = []
    for rows, pairs in _by_article(each, found):
        out += [(b["claim_id"], _right(a, b)) for a, b in pairs if not a.get("optional")]
        met = {b["claim_id"] for _, b in pairs}
        out += [(row["claim_id"], False) for row in rows if row["claim_id"] not in met]
    return out


def _right(gold: Row, row: Row) -> bool:
    if not same_name(gold["subject"], row["subject"]):
        return False
    if gold["kind"] == "date":
        return same_time(gold["time"], row["time"])
    metric = gold["metric"] == row["metric"] or gold["metric"].startswith("lemma:")
    return metric and _near(_magnitude(gold), _magnitude(row)) and _same_unit(gold, row["unit"])
