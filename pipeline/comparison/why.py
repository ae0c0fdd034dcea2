"""Why a discrepancy is one: both sentences, the bars that the two claims passed, each feature with its weight, the relation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.comparison.alignment import link, needed, trusted
from pipeline.comparison.bars import TESTS
from pipeline.comparison.coreference import resolved
from pipeline.comparison.explanations import templates
from pipeline.comparison.items import Item, items
from pipeline.comparison.partition import partition
from pipeline.comparison.rates import Rates, read_rates
from pipeline.comparison.relations import RELATIONS
from pipeline.comparison.support import features, weights
from pipeline.errors import TableError
from pipeline.tables import check_claims, plain
from pipeline.weights import probability

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, Any]
SIDE = (
    "source",
    "published",
    "title",
    "sentence",
    "quote",
    "subject",
    "metric",
    "value",
    "unit",
    "time",
    "modality",
    "confidence",
    "read_subject",
    "read_metric",
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A feature of a pair, its trained weight, and what it adds to the log-odds of the two being of one fact."""

    name: str
    value: float
    weight: float

    @property
    def contribution(self) -> float:
        """Value times weight."""
        return self.value * self.weight


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a discrepancy was told; made by `reasons`.

    `claims` are its two, the earlier first, with the columns SIDE: `subject` and `metric` are those that they were compared
    under, `read_subject` and `read_metric` what they were read with where that is something else.
    """

    discrepancy: Row
    claims: tuple[Row, Row]
    bars: dict[str, str]  # what each bar answers: strong, open, part, no
    link: str  # what the two are to each other: agree, explained, matched, differ, neutral, repel
    trusted: bool  # whether both are sure enough for an alarm
    features: tuple[Weighed, ...]
    needed: float  # the chance from which such a difference is told
    ruled_out: tuple[str, ...]  # relations that were tried before and do not hold

    @property
    def log_odds(self) -> float:
        """What the features add up to."""
        return math.fsum(each.contribution for each in self.features)

    @property
    def chance(self) -> float:
        """The chance of the two being of one fact, by the features alone."""
        return probability(self.log_odds)

    def record(self) -> Row:
        """All of it as one JSON record."""
        weighed = [
            {"feature": f.name, "value": f.value, "weight": f.weight, "contribution": f.contribution} for f in self.features
        ]
        return {
            "discrepancy": self.discrepancy, "claims": list(self.claims), "bars": self.bars, "link": self.link,
            "trusted": self.trusted, "features": weighed, "log_odds": self.log_odds, "chance": self.chance,
            "needed": self.needed, "ruled_out": list(self.ruled_out),
        }  # fmt: skip

    def text(self, ui: str = "fr") -> str:
        """All of it in lines to read, in `ui` (`fr`, `en`). Raises LexiconError for another."""
        words: dict[str, Any] = templates(ui)["reasons"]
        row = self.discrepancy
        lines = [row["explanation"], "", f"{row['relation']} ({row['severity']}, {row['scope']})"]
        for claim in self.claims:
            lines += ["", *_told(claim, words)]
        lines += ["", words["features"], *self._weighing(), "  " + words["sum"].format(**self._sums()), ""]
        return "\n".join([*lines, *self._verdict(words)])

    def _weighing(self) -> list[str]:
        """The features that are not nought, the weightiest first."""
        told = sorted((f for f in self.features if f.value), key=lambda f: -abs(f.contribution))
        return [f"  {f.name:16} {f.value:6.2f} x {f.weight:6.2f} = {f.contribution:6.2f}" for f in told]

    def _sums(self) -> dict[str, str]:
        return {"sum": f"{self.log_odds:.2f}", "chance": f"{self.chance:.2f}", "needed": f"{self.needed:.2f}"}

    def _verdict(self, words: dict[str, Any]) -> list[str]:
        passed = [name for name, answer in self.bars.items() if answer == "strong"]
        doubted = [f"{name} ({answer})" for name, answer in self.bars.items() if answer != "strong"]
        lines = {"passed": ", ".join(passed), "doubted": ", ".join(doubted), "link": words["links"][self.link],
                 "ruled_out": ", ".join(self.ruled_out)}  # fmt: skip
        return [words[name].format(said) for name, said in lines.items() if said]


def _told(claim: Row, words: dict[str, Any]) -> list[str]:
    """Who says it where and when, the sentence, and how it was read."""
    head = " ".join(filter(None, (claim["source"], claim["published"], claim["title"])))
    read = " | ".join((claim["quote"], claim["subject"], claim["metric"], words["sure"].format(f"{claim['confidence']:.2f}")))
    own = (claim["read_subject"], claim["read_metric"])
    resolved = [] if own in ((claim["subject"], claim["metric"]), (None, None)) else [f"  {words['own'].format(*own)}"]
    return [words["side"].format(head), f"  {_line(claim['sentence'])}", f"  {_line(read)}", *resolved]


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def reasons(claims: pd.DataFrame, discrepancy_id: str, *, ui: str = "fr", rates: Rates | Path | str | None = None) -> Reasons:
    """Why the comparison of `claims` tells the discrepancy of this id, or of the only id that begins so.

    `claims` are those of the comparison that told it, with its `rates`. Raises TableError where no discrepancy or more than
    one is meant, and as `compare` does.
    """
    from pipeline.comparison import compare

    checked = resolved(check_claims(claims))
    whole = partition(checked)
    table = read_rates(rates) if isinstance(rates, str | Path) else rates
    row = _meant(compare(checked, ui=ui, parted=whole, rates=table).discrepancies, discrepancy_id)
    pair = checked[checked["claim_id"].isin((row["claim_a"], row["claim_b"]))]
    found = {item.id: item for item in items(pair, whole.names, whole.stories, table)}
    return _reasons(row, found[row["claim_a"]], found[row["claim_b"]])


def _meant(discrepancies: pd.DataFrame, begin: str) -> Row:
    meant = discrepancies[discrepancies["discrepancy_id"].str.startswith(begin)] if begin else discrepancies.head(0)
    if len(meant) != 1:
        many = f"{len(meant)} discrepancies begin so" if len(meant) else "no such discrepancy"
        raise TableError(f"{begin!r}: {many}; give a discrepancy_id of the run, as recoupe compare --format jsonl prints them")
    return {str(name): plain(value) for name, value in meant.iloc[0].items()}


def _reasons(row: Row, a: Item, b: Item) -> Reasons:
    known, names = weights(), list(RELATIONS)
    limit = needed(a, b, quiet=RELATIONS[row["relation"]].severity == "info")
    return Reasons(
        discrepancy=row,
        claims=(_side(a), _side(b)),
        bars={name: test(a, b).name.lower() for name, test in TESTS.items()},
        link=link(a, b).name.lower(),
        trusted=trusted(a, b),
        features=tuple(Weighed(name, float(value), known.get(name, 0.0)) for name, value in features(a, b).items()),
        needed=probability(limit),
        ruled_out=tuple(names[: names.index(row["relation"])]) if row["relation"] != "arithmetic" else (),
    )


def _side(item: Item) -> Row:
    return {name: plain(item.row[name]) for name in SIDE}
