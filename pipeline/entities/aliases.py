"""Which names of an article are one: spellings, short forms, acronyms, last names, well-known aliases."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from pipeline.entities.evidence import Votes, best
from pipeline.entities.spelling import either, fold, initials, occurrences, opens_line, spells, unarticled, words
from pipeline.entities.vocabulary import is_given, known, well_known

_MERGEABLE = 1.0  # context votes for another type from which on a short form stands for itself


def canonical_names(
    text: str, votes: Mapping[str, Votes], context: Mapping[str, Votes], counts: Mapping[str, int]
) -> dict[str, str]:
    """Surface -> canonical surface of the article.

    `context` has the surfaces in the order of their first places, `counts` how many places each has.
    """
    types = {s: best(c) for s, c in votes.items()}
    ordered = sorted(votes, key=lambda s: (-len(fold(s).split()), s.isupper(), -len(s), s))
    acronyms = _acronyms(text, ordered)
    out: dict[str, str] = {}
    order = {surface: i for i, surface in enumerate(context)}
    for surface in ordered:
        often = {long for long in out if counts[long] > counts[surface]}
        homes = {long: name for long, name in out.items() if long in often or _introduced(surface, long, types, context, order)}
        full = _articled(text, surface, out)
        out[surface] = full or _home(surface, homes, types, context, acronyms)
    return _settled(text, out)


def _articled(text: str, surface: str, names: Mapping[str, str]) -> str | None:
    """The name "Le Havre" of which `surface` is what follows "au" and "du"; None where it stands by itself as well."""
    for article in sorted(words("links", "titled")):
        full = f"{article} {surface}"
        if full not in names and full not in known() and full not in words("places"):
            continue
        alone = (at for at in occurrences(text, surface) if not _follows(text, at, article))
        if all(_merged().search(text, max(0, at - 5), at) for at in alone):
            return names.get(full) or known().get(full, (full,))[0]
    return None


def _follows(text: str, at: int, article: str) -> bool:
    return text[max(0, at - len(article) - 1) : at].rstrip() == article


@cache
def _merged() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either('links', 'merged')})$", re.IGNORECASE)


def _introduced(short: str, long: str, types: Mapping[str, str], context: Mapping[str, Votes], order: Mapping[str, int]) -> bool:
    """Whether a full name may explain a short one: a person is named in full first, else the short name is another's."""
    return order[long] < order[short] or types[long] != "PER" or types[short] == "PER" or context[short]["PER"] >= _MERGEABLE


def _home(
    surface: str,
    out: Mapping[str, str],
    types: Mapping[str, str],
    context: Mapping[str, Votes],
    acronyms: Mapping[str, str],
) -> str:
    if (famous := well_known(surface)) is not None:
        return famous[0]
    if surface in acronyms and acronyms[surface] in out:
        return out[acronyms[surface]]
    longer = [long for long in out if _same(surface, long, types[surface], types[long], context[surface])]
    if len({out[long] for long in longer}) > 1 and abs(context[surface]["PER"] - context[surface]["ORG"]) >= _MERGEABLE:
        person = context[surface]["PER"] > context[surface]["ORG"]
        longer = [long for long in longer if (types[long] == "PER") == person]
    homes = {out[long] for long in longer}
    return homes.pop() if len(homes) == 1 else surface


def _settled(text: str, names: dict[str, str]) -> dict[str, str]:
    """Canonical names without an article whose capital is only that of a sentence's or line's first word."""
    out = dict(names)
    for name in sorted(set(names.values())):
        bare = unarticled(name)
        if bare == name or name in known() or name in words("places") or not bare[:1].isupper() or _articled(text, bare, names):
            continue
        if all(opens_line(text, at) for at in occurrences(text, name)) or _stands_bare(text, bare):
            out = {s: bare if n == name else n for s, n in out.items()}
    return out


@cache
def _contracted() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{either('links', 'contracted')})$", re.IGNORECASE)


def _stands_bare(text: str, name: str) -> bool:
    """Whether a name stands somewhere without any article before it ("à Dallas")."""
    return any(not _contracted().search(text, max(0, at - 6), at) and not opens_line(text, at) for at in occurrences(text, name))


def _same(short: str, long: str, short_type: str, long_type: str, context: Votes) -> bool:
    """Whether the short surface is another way to write the long one, in one article."""
    a, b = fold(short).split(), fold(long).split()
    if a == b or _bare(a) == _bare(b):
        return True
    if not a or len(a) >= len(b):
        return False
    if long_type == "PER":
        return _surname(a, b) and max(context["ORG"], context["LOC"]) < max(_MERGEABLE, context["PER"] + 0.1)
    if long_type in ("ORG", "MISC") and short_type != "PER":
        return _short_firm(a, b)
    if long_type == "ORG":
        return _short_firm(a, b) and context["PER"] < _MERGEABLE
    return False


def _surname(a: list[str], b: list[str]) -> bool:
    """Whether `a` is how one goes on to call the person `b`: the last name, or a first name alone."""
    if len(a[-1]) < 3:
        return False
    return b[-len(a) :] == a or (len(a) == 1 and a == b[:1] and is_given(a[0]))


def _short_firm(a: list[str], b: list[str]) -> bool:
    a, b = _bare(a), _bare(b)
    if a == b:
        return True
    heads = words("heads", "ORG")
    if len(a) == 1 and b[:1] == a and a[0] in heads and len(b) > 2:
        return True  # "la Régie" of "Régie lancelaise de transport"
    return b[: len(a)] == a and all(w in words("generic") or w in words("legal") for w in b[len(a) :])


def _bare(parts: list[str]) -> list[str]:
    """Words of a name without the article or the "groupe" that opens it."""
    drop = words("articles") | words("links", "groups")
    while len(parts) > 1 and (parts[0] in drop or parts[0] + "'" in drop):
        parts = parts[1:]
    return parts


_SHORT_AFTER = re.compile(r"\s?\(([A-ZÀ-Þ][\w.-]{1,9})\)")


@cache
def _short_before() -> re.Pattern[str]:
    return re.compile(rf"\b([A-ZÀ-Þ]{{2,9}}) \((?:{either('links', 'articles_of_names')})?$")


def _acronyms(text: str, surfaces: Iterable[str]) -> dict[str, str]:
    """Acronym -> full name, for those that the text introduces: "Union du travail (UDT)", "UDT (Union du travail)"."""
    out: dict[str, str] = {}
    if "(" not in text:
        return out
    for surface in surfaces:
        if " " not in surface and "-" not in surface:
            continue
        spelled = initials(surface)
        for at in occurrences(text, surface):
            if match := _SHORT_AFTER.match(text, at + len(surface)):
                short = match[1].replace(".", "").replace("-", "").casefold()
                if spells(short, surface) or (len(short) >= 3 and _subsequence(short, spelled) and short[0] == spelled[0]):
                    out.setdefault(match[1].rstrip("."), surface)
            before = _short_before().search(text, max(0, at - 16), at)
            if before and spells(before[1], surface):
                out.setdefault(before[1], surface)
    return out


def _subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(c in letters for c in short)
