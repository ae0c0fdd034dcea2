"""Words as the comparison sees them: folding, families of counted nouns, dimensions of units, what a metric is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pipeline.folding import fold
from pipeline.lexicon import LANGUAGES, table


def lexicon() -> dict[str, Any]:
    """The table `lexicon/comparison.toml`."""
    return table("comparison")


@cache
def limit(name: str) -> float:
    """A number of the rules, from `[limits]`."""
    return float(lexicon()["limits"][name])


# Names of places.


@cache
def broad() -> frozenset[str]:
    """Folded names of countries and peoples, of which a thousand things are told a day."""
    from babel import Locale

    places = [name for language in LANGUAGES for name in Locale(language).territories.values()]
    return frozenset(fold(name) for name in (*places, *lexicon()["support"]["peoples"]))


# Counted nouns.


@cache
def _families() -> dict[str, str]:
    families: dict[str, list[str]] = lexicon()["counted"]["families"]
    return {fold(word): family for family, words in families.items() for word in words}


@cache
def _general() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon()["counted"]["general"])


@cache
def part_scopes() -> frozenset[str]:
    """Scopes of a part of something."""
    return frozenset(lexicon()["scopes"]["parts"])


@cache
def soft_scopes() -> frozenset[str]:
    """Scopes that alone do not part two claims."""
    return frozenset(lexicon()["scopes"]["soft"])


def singular(word: str) -> str:
    """A folded word without the ending of a French or English plural."""
    return word[:-1] if len(word) > 3 and word.endswith(("s", "x")) and not word.endswith("ss") else word


@lru_cache(maxsize=50_000)
def counted(unit: str) -> str:
    """What a counted noun counts: its family, `people` for words that stand for anyone, else the folded noun in the singular."""
    word = fold(unit)
    for form in (word, singular(word)):
        if form in _general():
            return "people"
        if form in _families():
            return _families()[form]
    return singular(word)


def elided(unit: str) -> bool:
    """Whether a counted noun leaves out what is counted ("18 fois")."""
    return fold(unit) in lexicon()["counted"]["elided"]


@cache
def _mistaken() -> dict[str, str]:
    groups: dict[str, list[str]] = lexicon()["counted"]["mistaken"]
    return {family: group for group, families in groups.items() for family in families}


def confusable(family: str) -> bool:
    """Whether a family of counted nouns is easily taken for any other."""
    return family in _mistaken()


def mistaken(a: str, b: str) -> bool:
    """Whether two families of counted nouns are easily taken for one another (employees, contractors)."""
    return a != b and _mistaken().get(a, "") == _mistaken().get(b, " ")


# Physical units.


@cache
def _dimensions() -> dict[str, tuple[str, float, float]]:
    units: dict[str, dict[str, Any]] = lexicon()["units"]
    found = {}
    for name, members in units.items():
        for unit, size in members.items():
            factor, nought = size if isinstance(size, list) else (size, 0.0)
            found[unit] = (name, float(factor), float(nought))
    return found


def dimension(unit: str | None) -> tuple[str | None, float, float]:
    """The dimension of a unit, how many of its first unit it makes, and where its nought lies in that one.

    A unit that is not in the table is its own dimension.
    """
    return _dimensions().get(unit or "", (unit, 1.0, 0.0))


# Metrics.


@dataclass(frozen=True, slots=True)
class Metric:
    """What the comparison asks of a metric. `nature` is `stock`, `period` (a flow over a period) or `event`.

    `shared`: several have each their own share of the subject.
    """

    id: str
    family: str
    nature: str
    running: bool
    catalogued: bool
    once: bool
    ageing: bool
    ballot: bool
    windowed: bool
    recurring: bool
    asked: bool
    quoted: bool
    people: bool
    shared: bool
    specific: bool
    corporate: bool
    vague: bool
    counted: frozenset[str]


@cache
def metric(name: str) -> Metric:
    """The metric `name`; one that the catalogue lacks (`lemma:...`) is a state, neither running nor settled."""
    block: dict[str, Any] = table("metrics").get(name, {})
    own = lexicon()["metrics"]
    family = next((f for f, members in own["families"].items() if name in members), block.get("family", fold(name)))
    nature = "period" if name in own["period"] else "stock" if block.get("nature", "stock") == "stock" else "event"
    return Metric(
        id=name,
        family=family,
        nature=nature,
        running=bool(block.get("running", False)) or name in own["accruing"],
        catalogued=bool(block),
        once=name in own["once"],
        ageing=name in own["ageing"],
        ballot=name in own["ballots"],
        windowed=name in own["windowed"],
        recurring=name in own["recurring"],
        asked=name in own["asked"],
        quoted=name in own["quoted"],
        people=name in own["people"],
        shared=block.get("role") == "held",
        specific=name in lexicon()["support"]["specific"],
        corporate=block.get("domain") == "capital" or name in own["corporate"],
        vague=not block or name in lexicon()["support"]["vague"],
        counted=frozenset(counted(word) for word in block.get("counted", ())),
    )


@cache
def _fates() -> dict[str, str]:
    """Counted nouns that say what happened to people, and the metric of each: "blessé" is counted by `injured` alone."""
    found: dict[str, set[str]] = {}
    for name in lexicon()["metrics"]["people"]:
        for word in metric(name).counted:
            found.setdefault(word, set()).add(name)
    return {word: names.pop() for word, names in found.items() if len(names) == 1 and word != "people"}


@lru_cache(maxsize=20_000)
def counted_metric(name: str, unit: str | None) -> Metric:
    """The metric of a claim; of a toll, the one that its counted noun names ("6 morts et 45 blessés" are two).

    Copies that are sold are counted on and on, whatever word says that they were: no sale of one day.
    """
    given = metric(name)
    if unit and name in lexicon()["metrics"]["copied"] and counted(unit) in metric("copies").counted:
        return metric("copies")
    named = _fates().get(counted(unit)) if unit and given.people else None
    return metric(named) if named else given
