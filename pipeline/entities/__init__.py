"""Names to entities: what a name recogniser found, corrected, brought under one canonical name and found all over the text.

The recogniser is right about most names and wrong in known ways on press pages: German words, headings in title case,
one name under two labels. So a name's type is decided once for the article, by its votes, the words beside it and its
own form; names that are no names are dropped; short forms join the full name; and every place where a name stands is
found by the letter.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pipeline.entities.aliases import canonical_names
from pipeline.entities.candidates import HINT, Named, candidates
from pipeline.entities.evidence import Votes, around, best, headed, merged, place_like, shape
from pipeline.entities.ranking import topics
from pipeline.entities.refusals import plausible, small_words
from pipeline.entities.signs import (
    agencies,
    authors,
    bodies,
    capitalised,
    designated,
    filed,
    introduced,
    numbered,
    parts,
    persons,
    scattered,
    uncapitalised,
)
from pipeline.entities.spelling import calendar, fold, index, standing, words
from pipeline.entities.unlisted import headed_by, unlisted
from pipeline.entities.vocabulary import (
    country_of,
    gender_given,
    is_country,
    is_institution,
    is_people,
    known,
    known_in,
    well_known,
)
from pipeline.records import Entity

__all__ = [
    "HINT",
    "Named",
    "calendar",
    "capitalised",
    "country_of",
    "fold",
    "gender_given",
    "headed_by",
    "introduced",
    "is_country",
    "is_institution",
    "is_people",
    "plausible",
    "resolve",
    "titled_only",
    "topics",
    "uncapitalised",
    "unlisted",
]

KNOWN = 8  # votes of a well-known name for its own type


def resolve(
    text: str, found: Iterable[Named], *, elsewhere: Iterable[tuple[str, str]] = (), title: str | None = None
) -> list[Entity]:
    """Entities of an article, in order of their first place, each with all its places in `text`.

    `found` are places in `text` that a recogniser took for names, `elsewhere` names with their labels that it found in
    the title; what stands beside a name in the `title` speaks for its type as well. A short form that fits two full
    names stays apart.
    """
    votes = candidates(text, [*found, *persons(text), *filed(text), *scattered(text), *bodies(text), *numbered(text)])
    for surface, label in elsewhere:
        for name, counted in candidates(surface, [Named(0, len(surface), label)]).items():
            votes.setdefault(name, Counter()).update(counted)
    agency, wrote = agencies(text), " ".join(sorted(authors(text)))
    votes = {s: c for s, c in votes.items() if s not in agency and (s not in wrote or text.count(s) > wrote.count(s))}
    for surface in sorted(_surnames(text, votes)):
        votes[surface] = Counter({"PER": HINT})
    for surface in sorted(_short_forms(text, votes)):
        votes[surface] = Counter({"ORG": HINT})
    for surface in sorted(designated(text)):
        votes[surface] = Counter({"MISC": KNOWN})
    for surface in sorted(parts(text)):
        votes.setdefault(surface, Counter())["LOC"] += KNOWN
    for surface in sorted(known_in(text)):
        votes.setdefault(surface, Counter())[known()[surface][1]] += KNOWN
    places = list(standing(text, index(votes)))
    context = _context(text, places)
    if title and title not in text:
        for start, end, surface in standing(title, index(context)):
            context[surface].update(around(title, start, end))
    votes = {s: _decided(s, votes[s], context[s]) for s in context}
    return _entities(places, votes, canonical_names(text, votes, context, Counter(surface for _, _, surface in places)))


def titled_only(names: Iterable[tuple[str, str]], entities: Iterable[Entity]) -> list[Entity]:
    """Names with their labels that a recogniser found in a title and that no entity of the text bears; they have no places."""
    borne = {fold(word) for e in entities for name in (e.name, *e.aliases) for word in name.split()}
    out: dict[str, Entity] = {}
    for surface, label in names:
        for name, counted in candidates(surface, [Named(0, len(surface), label)]).items():
            if not {fold(word) for word in name.split()} & borne:
                out.setdefault(name, Entity(name=name, type=best(counted), spans=(), aliases=()))
    return list(out.values())


def _surnames(text: str, votes: Mapping[str, Votes]) -> set[str]:
    """Last names of the persons found, by which the text may go on: no other name, no common word of it."""
    small = small_words(text)
    last = {surface.split()[-1] for surface, counted in votes.items() if " " in surface and best(counted) == "PER"}
    free = {s for s in last if s[0].isupper() and s not in votes and not small[s.casefold()]}
    return {s for s in free if len(s) >= SURNAME and plausible(s)}


def _short_forms(text: str, votes: Mapping[str, Votes]) -> set[str]:
    """First words of firms found, by which the text may go on ("Ardent" of "Ardent Cycles"): no other name, no common word."""
    small = small_words(text)
    firms = {s for s, counted in votes.items() if len(s.split()) == 2 and headed(s)}
    first = {s.split()[0] for s in firms}
    free = {s for s in first if s[0].isupper() and s not in votes and not small[s.casefold()]}
    return {s for s in free if len(s) >= SURNAME and plausible(s) and not headed(s)}


SURNAME = 4  # letters that a last name has at least to be looked for by itself


def _context(text: str, places: Iterable[tuple[int, int, str]]) -> dict[str, Votes]:
    """Surface -> what the words beside it say, all over the text."""
    out: dict[str, Votes] = {}
    for start, end, surface in places:
        out.setdefault(surface, shape(surface)).update(around(text, start, end))
    return out


def _decided(surface: str, votes: Votes, context: Votes) -> Votes:
    if (famous := well_known(surface)) is not None:
        return Counter({famous[1]: KNOWN})
    return merged(votes, context)


def _entities(places: Iterable[tuple[int, int, str]], votes: dict[str, Votes], canonical: dict[str, str]) -> list[Entity]:
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    tally: dict[str, Votes] = defaultdict(Counter)
    aliases: dict[str, set[str]] = defaultdict(set)
    for start, end, surface in places:
        spans[canonical[surface]].append((start, end))
    for surface, name in canonical.items():
        tally[name].update(votes[surface])
        if surface == name:
            tally[name].update(votes[surface])  # the full name says most
        aliases[name].add(surface)
    settings = {fold(n) for n, c in tally.items() if best(c) == "LOC"}
    for name, counted in tally.items():
        if place_like(name, settings):
            counted["LOC"] += 1
    out = []
    for name, at in spans.items():
        famous = well_known(name)
        kind = famous[1] if famous is not None else best(tally[name])
        others = tuple(sorted(aliases[name] - {name}))
        out.append(Entity(name=_cased(name, kind), type=kind, spans=tuple(sorted(at)), aliases=others))
    return sorted(out, key=lambda e: (e.spans[0], e.name))


def _cased(name: str, kind: str) -> str:
    """A place in capitals, as datelines have it, in the usual letters ("PORT-ALBAN" -> "Port-Alban")."""
    if kind != "LOC" or not name.isupper() or len(name) < CAPITALS:
        return name
    return _LETTERS.sub(lambda m: m[0].lower() if m.start() and m[0].lower() in words("particles") else m[0].capitalize(), name)


CAPITALS = 4  # letters from which on a place in capitals is no abbreviation
_LETTERS = re.compile(r"[^\W\d_]+")
