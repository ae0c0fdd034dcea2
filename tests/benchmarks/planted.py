"""Planted faults: how many are found when an article with one changed figure is set against the original.

    python -m tests.benchmarks planted [--faults 1000] [--seed 1] [--part train ...] [--misses]

Faults are planted one at a time into expressions that are annotated as claims: another digit, ten times as much, a thousand
times as much, another currency, percent for points, another day. The changed article stands beside the original as another
paper's. A fault is found where a discrepancy that is more than a note quotes the changed expression. An article beside an
unchanged twin gives the false alarms: what differs across the two though nothing does within the one.

A line a kind: planted, found, and why the others were missed: `unread` (no claim of the expression, before or after),
`unsure` (confidence below that of an alarm), `note` (told as information: the wording or a newer toll explains it), `apart`
(not taken for one fact). `--misses` prints each. Parts are those of `corpora/splits.toml`.

On `train` and `development` (166 articles), 1000 faults of seed 1: 960 found (83 % of the days, 95 to 99 % of the rest);
missed: 29 unread, 8 unsure, 3 apart. 166 articles beside an unchanged twin: no alarm.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import pandas as pd

import pipeline
from pipeline.comparison.lexical import limit
from tests.benchmarks._twins import NUMBER, SPACE, Edit, Row, corpus, differences, edited, options, over, read, twin, written

CAUSES = ("unread", "unsure", "note", "apart")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"),
)
DAY = re.compile(rf"\b([12]?\d|3[01])(?=(?:er)?[.]?\s+(?:{'|'.join(MONTHS)}))")
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MAGNITUDES = {
    "milliards": "millions", "milliard": "million", "millions": "milliards", "million": "milliard", "Mds": "M", "Md": "M",
    "Milliarden": "Millionen", "Milliarde": "Million", "Millionen": "Milliarden", "Million": "Milliarde",
    "billion": "million", "M€": "Md€", "M$": "Md$",
}  # fmt: skip
CURRENCIES = {
    "d'euros": "de dollars", "d’euros": "de dollars", "de dollars": "d’euros", "euros": "dollars", "euro": "dollar",
    "dollars": "euros", "dollar": "euro", "€": "$", "$": "€", "US-Dollar": "Euro", "Euro": "US-Dollar",
}  # fmt: skip
SHARES = {
    "%": "points de pourcentage", "pour cent": "points de pourcentage", "Prozent": "Prozentpunkte",
    "percent": "percentage points",
    "points de pourcentage": "%", "points": "%", "point": "%",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A changed expression of an article."""

    kind: str
    of: pipeline.Article
    claim: Row
    edit: Edit


def digit(quote: str, random: Random) -> str | None:
    """Another digit in place of one that says something."""
    found = NUMBER.search(quote)
    if found is None:
        return None
    places = [i for i in range(found.start(), found.end()) if quote[i].isdigit()]
    while len(places) > 1 and quote[places[-1]] == "0" and "," not in found[0]:
        places.pop()
    place = random.choice(places)
    other = random.choice([d for d in "123456789" if d != quote[place]])
    return quote[:place] + other + quote[place + 1 :]


def tenfold(quote: str, random: Random) -> str | None:
    """Ten times as much: the decimal comma one place further, or one nought more."""
    found = NUMBER.search(quote)
    if found is None or not float(
        found[0].replace(",", ".").replace(SPACE, "").replace(" ", "").replace("\u202f", "").split(".")[0] or 0
    ):
        return None
    number = written(found[0])
    whole = number.whole + (number.fraction[:1] or "0")
    mark = number.mark or (SPACE if len(whole) > 3 else "")
    return (
        quote[: found.start()] + str(replace(number, whole=whole, fraction=number.fraction[1:], mark=mark)) + quote[found.end() :]
    )


def thousandfold(quote: str, random: Random) -> str | None:
    """Millions for milliards or the other way; three noughts more where there is no such word."""
    swapped = swap(quote, MAGNITUDES)
    found = NUMBER.search(quote)
    if swapped or found is None or "%" in quote or "," in found[0]:
        return swapped
    number = written(found[0])
    return (
        quote[: found.start()]
        + str(replace(number, whole=number.whole + "000", mark=number.mark or SPACE))
        + quote[found.end() :]
    )


def swap(quote: str, words: dict[str, str]) -> str | None:
    """`quote` with the first of `words` that it holds, the longer ones first, replaced."""
    found = re.search("|".join(rf"(?<![^\W\d_]){re.escape(w)}(?![^\W\d_])" for w in sorted(words, key=len, reverse=True)), quote)
    return None if found is None else quote[: found.start()] + words[found[0]] + quote[found.end() :]


def currency(quote: str, random: Random) -> str | None:
    """Another currency."""
    return swap(quote, CURRENCIES)


def points(quote: str, random: Random) -> str | None:
    """Percent for points, or points for percent."""
    return swap(quote, SHARES)


def day(quote: str, random: Random) -> str | None:
    """Another day of the month, another weekday, or another year."""
    if found := DAY.search(quote):
        other = random.choice([d for d in range(2, 29) if d != int(found[0])])
        return quote[: found.start()] + str(other) + quote[found.end() :].removeprefix("er")
    if quote in WEEKDAYS:
        return random.choice([name for name in WEEKDAYS if name != quote])
    if re.fullmatch(r"(?:19|20)\d\d", quote):
        return str(int(quote) + random.choice((-2, -1, 1, 2)))
    return None


KINDS: dict[str, tuple[Callable[[str, Random], str | None], Callable[[Row], bool]]] = {
    "digit": (digit, lambda claim: claim["kind"] != "date"),
    "x10": (tenfold, lambda claim: claim["kind"] not in ("date", "percent", "points")),
    "x1000": (thousandfold, lambda claim: claim["kind"] in ("money", "count")),
    "currency": (currency, lambda claim: claim["kind"] == "money"),
    "points": (points, lambda claim: claim["kind"] in ("percent", "points")),
    "day": (day, lambda claim: claim["kind"] == "date"),
}


def faults(parts: Sequence[str], count: int, random: Random) -> list[Fault]:
    """`count` different faults, as many of each kind as there are, the kinds in turn."""
    claims = [(article, claim) for article, claims in corpus(parts) for claim in claims]
    queues = {kind: plant(kind, claims, random) for kind in KINDS}
    found: dict[tuple[str, int, str], Fault] = {}
    while queues and len(found) < count:
        for kind in list(queues):
            fault = next(queues[kind], None)
            if fault is None:
                del queues[kind]
            elif len(found) < count:
                found.setdefault((fault.of.id, fault.edit.start, fault.edit.new), fault)
    return list(found.values())


def plant(kind: str, claims: list[tuple[pipeline.Article, Row]], random: Random) -> Iterator[Fault]:
    """Faults of a kind, three rounds over all claims that can have it."""
    change, fits = KINDS[kind]
    for _ in range(3):
        for article, claim in random.sample(claims, len(claims)):
            new = change(claim["quote"], random) if fits(claim) else None
            if new is not None and new != claim["quote"]:
                yield Fault(kind, article, claim, Edit(claim["start"], claim["end"], new))


def outcome(fault: Fault, place: tuple[int, int], before: pd.DataFrame, after: pd.DataFrame) -> str:
    """`found`, or why it was missed."""
    rows = [row for row in differences(before, after) if any(_quoted(row[side], fault, place, after) for side in "ab")]
    if any(row["severity"] != "info" for row in rows):
        return "found"
    if rows:
        return "note"
    sides = ((before, (fault.edit.start, fault.edit.end)), (after, place))
    claims = [[row for row in table.to_dict("records") if over(where, row)] for table, where in sides]
    if not all(claims):
        return "unread"
    sure = limit("date_confidence" if fault.kind == "day" else "alarm_confidence")
    return "apart" if all(any(row["confidence"] >= sure for row in side) for side in claims) else "unsure"


def _quoted(side: Row, fault: Fault, place: tuple[int, int], after: pd.DataFrame) -> bool:
    return side["article_id"] != fault.of.id and over(place, side)


def alarms(article: pipeline.Article, claims: pd.DataFrame, other: pd.DataFrame) -> list[Row]:
    """What differs between an article and its unchanged twin and not within the article."""
    own = {frozenset((row["a"]["start"], row["b"]["start"])) for row in differences(claims)}
    rows = [row for row in differences(claims, other) if row["scope"] == "cross" and row["severity"] != "info"]
    return [row for row in rows if frozenset((row["a"]["start"], row["b"]["start"])) not in own]


def main() -> int:
    """Plant, compare, count and print."""
    asked = options(__doc__, what="faults", count=1000, show="misses", shown="fault that was missed")
    originals = [article for article, _ in corpus(asked.part)]
    planted = faults(asked.part, asked.count, Random(asked.seed))
    texts = [edited(fault.of.text, [fault.edit]) for fault in planted]
    twins = [twin(fault.of, str(n), text) for n, (fault, (text, _)) in enumerate(zip(planted, texts, strict=True))]
    plain = [twin(article, "unchanged", article.text) for article in originals]
    claims = read([*originals, *plain, *twins])
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for fault, changed, (_, [place]) in zip(planted, twins, texts, strict=True):
        cause = outcome(fault, place, claims[fault.of.id], claims[changed.id])
        counts[fault.kind][cause] += 1
        if asked.show and cause != "found":
            print(
                f"{cause:7} {fault.kind:8} {fault.of.id}: {fault.claim['quote']!r} -> {fault.edit.new!r} {fault.claim['metric']}"
            )
    false = [row for one, other in zip(originals, plain, strict=True) for row in alarms(one, claims[one.id], claims[other.id])]
    report(counts, false, len(originals))
    return 0


def report(counts: dict[str, Counter[str]], false: list[Row], articles: int) -> None:
    """A line a kind, one for all, one for the false alarms."""
    counts["all"] = sum(counts.values(), Counter())
    print(f"{'kind':8} {'planted':>7} {'found':>6} {'share':>6}  " + " ".join(f"{cause:>6}" for cause in CAUSES))
    for kind, found in counts.items():
        share = f"{100 * found['found'] / found.total():.1f}%"
        print(f"{kind:8} {found.total():>7} {found['found']:>6} {share:>6}  " + " ".join(f"{found[c]:>6}" for c in CAUSES))
    print(f"{articles} articles beside an unchanged twin: {len(false)} alarms")
    for row in false:
        print(f"  {row['relation']}: {row['quote_a']!r} / {row['quote_b']!r}")


if __name__ == "__main__":
    raise SystemExit(main())
