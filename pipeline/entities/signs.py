"""Names that a recogniser need not see: what capitals, first names, parentheses, datelines and bylines show."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from pipeline.entities.candidates import HINT, WORD, Named
from pipeline.entities.refusals import BEFORE
from pipeline.entities.spelling import calendar, either, function_words, occurrences, opens_line, plain, spells, unarticled, words
from pipeline.entities.vocabulary import description, is_given

CERTAIN = 2.0  # weight of a name that the text itself shows beyond doubt
_RUN = r"[A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*"
_CAPITAL = re.compile(rf"(?<=[\w,;’'(«“\"-] )(?:[ldLD]['’])?({_RUN})|(?<=[ld]['’])({_RUN})|(?<=[(«“„\"])({_RUN})")


def capitalised(text: str, start: int, end: int) -> list[Named]:
    """Runs of capitalised words: names, in a language that capitalises nothing else (French, English).

    One word that opens a sentence, or stands behind a dash or a figure, shows nothing; nor does an opening small word.
    """
    out = []
    for match in _CAPITAL.finditer(text, start, end):
        group = match.lastindex or 0
        begin = match.start(group)
        if not opens_line(text, begin) and (" " in match[group] or not _listed(text, begin)):
            out.append(Named(begin, match.end(group), "MISC", HINT))
    runs = [Named(m.start(), m.end(), "MISC", HINT) for m in _OPENING_RUN.finditer(text, start, end) if _opening_name(text, m)]
    whole = {run.end for run in runs}
    return [n for n in out if n.end not in whole] + runs


def _opening_name(text: str, match: re.Match[str]) -> bool:
    """Whether a run that opens a sentence is a name from its first word on: that word has its capital elsewhere too."""
    first = plain(match[1])
    if not opens_line(text, match.start()) or first in function_words() or first in calendar():
        return False
    return any(not opens_line(text, at) for at in occurrences(text, match[1]))


_OPENING_RUN = re.compile(r"(?<![\w’'-])([A-ZÀ-Þ][\w-]+) [A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*")


def _listed(text: str, start: int) -> bool:
    before = text[max(0, start - 3) : start].rstrip()[-1:]
    return before in ("-", "–", "—", "*", ")") or before.isdigit()


_INTRODUCED = re.compile(r"([A-ZÀ-Þ][\w-]*(?:[ '’][\w-]+){1,9})\s?\(([A-ZÀ-Þ][\w.-]{1,8})\)")


@cache
def _explained() -> re.Pattern[str]:
    return re.compile(rf"\b([A-ZÀ-Þ]{{2,9}}) \((?:{either('links', 'articles_of_names')})?([^()\n]{{6,80}})\)")


def introduced(text: str, start: int, end: int) -> list[Named]:
    """Names that an acronym beside them shows whole: "Union des traminots (UDT)", "UDT (Union des traminots)"."""
    out = []
    for match in _INTRODUCED.finditer(text, start, end):
        begin = _spelled(text, match.start(1), match.end(1), match[2]) if len(match[2]) > 1 else None
        if begin is not None:
            out.append(Named(begin, match.end(1), "ORG", CERTAIN))
    for match in _explained().finditer(text, start, end):
        name = match[2]
        if name[0].isupper() and spells(match[1], name):
            out.append(Named(match.start(2), match.end(2), "ORG", CERTAIN))
            out.append(Named(match.start(1), match.end(1), "ORG", CERTAIN))
    return out


def _spelled(text: str, start: int, end: int, short: str) -> int | None:
    """Where the name begins whose initials give `short`, among the words before it."""
    starts = (m.start() for m in re.compile(r"(?<![^ '’])[A-ZÀ-Þ]").finditer(text, start, end))
    named = (at for at in (start, *starts) if unarticled(text[at:end]) == text[at:end])
    return next((at for at in named if spells(short.replace("-", ""), text[at:end])), None)


def uncapitalised(text: str, start: int, end: int, title: str | None, determiners: frozenset[str]) -> list[Named]:
    """Names in a language that capitalises every noun: words that come again and again, never behind a determiner."""
    seen: dict[str, list[int]] = defaultdict(list)
    spoilt: set[str] = set()
    before = ""
    for match in re.finditer(r"\w[\w-]*", text[start:end]):
        word = match.group()
        if word[0].isupper() and len(word) > 2:
            seen[word].append(start + match.start())
            if before in determiners or before.isdecimal() or description(word):
                spoilt.add(word)
        before = word.casefold()
    known = set(re.findall(r"\w[\w-]*", title or ""))
    out = [
        Named(at, at + len(word), "MISC", HINT)
        for word, places in seen.items()
        if word not in spoilt and len(places) + (word in known) > 1
        for at in places
    ]
    return out + list(_doubles(text, start, end, determiners))


_DOUBLE = re.compile(r"(?<=[a-zà-ÿ] )(?:[A-ZÀ-Þ][\w-]+ )*[A-ZÀ-Þ][\w-]+")


def _doubles(text: str, start: int, end: int, determiners: frozenset[str]) -> Iterator[Named]:
    """Two capitalised words side by side where every noun has a capital: a name, once the noun that describes it is cut off."""
    for match in _DOUBLE.finditer(text, start, end):
        parts = list(WORD.finditer(text, match.start(), match.end()))
        while parts and (description(parts[0].group()) or parts[0].group().casefold() in calendar()):
            parts = parts[1:]
        described = len(parts) < len(match.group().split())
        if len(parts) == 2 or (described and len(parts) == 1):
            if any(plain(p.group()) in words("never") or plain(p.group()) in calendar() for p in parts):
                continue
            before = BEFORE.search(text, max(0, match.start() - 20), match.start())
            free = before is None or before[1].casefold() not in determiners
            if described or (free and is_given(parts[0].group())):
                yield Named(parts[0].start(), parts[-1].end(), "MISC", HINT)


@cache
def _given_run() -> re.Pattern[str]:
    last = rf" (?:{either('links', 'in_surnames')})?(?:Mc|Mac|O['’]|L[ae] )?[A-ZÀ-Þ]\w*[a-zà-ÿ][\w-]*"
    return re.compile(rf"(?<![\w'’-])([A-ZÀ-Þ]\w+(?:-[A-ZÀ-Þ]\w+)?)((?:{last}){{1,2}})")


def persons(text: str) -> list[Named]:
    """First and last names, anywhere in the text, in any language."""
    out, at = [], 0
    while match := _given_run().search(text, at):
        last = plain(match[2].split()[-1])
        if is_given(match[1]) and last not in words("never") and last not in calendar():
            out.append(Named(match.start(), match.end(), "PER"))
            at = match.end()
        else:
            at = match.end(1)
    return out


_PLACE = r"([A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,3})(?: \(([^()\n]{2,40})\))?"
_DAY = r"(?:, (?:le )?\d{1,2}[^()\n–—]{0,24}?(?:\(([^()\n]{2,40})\))?)?"
_FILED = re.compile(rf"^{_PLACE}{_DAY}(?: [-–—] |$|,? ?\n)", re.MULTILINE)


def filed(text: str) -> list[Named]:
    """Places in datelines: "PARIS (Somme), 12 nov 2025 (Agence) - ", "Altenried, 27.02.2025"."""
    return [Named(start, end, "LOC", CERTAIN) for start, end, agency in _filed(text) if not agency]


def agencies(text: str) -> set[str]:
    """Agencies in datelines: who filed the dispatch is nobody in it."""
    return {text[start:end] for start, end, agency in _filed(text) if agency}


def _filed(text: str) -> Iterator[tuple[int, int, bool]]:
    for match in _FILED.finditer(text):
        rest = text[match.end(1) : match.end()]
        dashed = rest.rstrip(" \n")[-1:] in ("-", "–", "—")
        dated = any(c.isdigit() for c in rest)
        if not (dashed and (dated or "(" in rest)) and not (dated and match[2] is None):
            continue
        yield match.start(1), match.end(1), False
        for group in (2, 3):
            if match[group] is not None and match[group][0].isupper():
                yield match.start(group), match.end(group), dashed and match.end(group) >= match.end() - 5


@cache
def _byline() -> re.Pattern[str]:
    lead = r"(?:^|[-–—·|*] ?|\dh\d* )"
    return re.compile(rf"{lead}(?i:{either('links', 'bylines')})((?:[A-ZÀ-Þ][\w'’-]+ ?){{2,3}})", re.MULTILINE)


_SIGNED = re.compile(r"^((?:[A-ZÀ-Þ][\w'’-]+ ){2,3})[·|•] ", re.MULTILINE)


def authors(text: str) -> set[str]:
    """Names in bylines: who wrote the article is nobody in it."""
    return {match[1].strip() for pattern in (_byline(), _SIGNED) for match in pattern.finditer(text)}


NOUNS = 0.38  # share of long words with a capital from which on a line is in a language that capitalises its nouns


def scattered(text: str) -> list[Named]:
    """Names that their capital shows, in all lines of a text but those that capitalise every noun."""
    out = []
    for line in re.finditer(r"[^\n]+", text):
        inner = re.findall(r"(?<=[\w,;] )[^\W\d_]{4,}", line.group())
        if len(inner) >= 4 and sum(w[0].isupper() for w in inner) < NOUNS * len(inner):
            out += capitalised(text, line.start(), line.end())
    return out


@cache
def _body() -> re.Pattern[str]:
    return re.compile(rf"([A-ZÀ-Þ][\w-]+)(?: [a-zà-ÿ]+){{1,3}} (?:{either('links', 'of')})[A-ZÀ-Þ][\w’'-]+")


def bodies(text: str) -> list[Named]:
    """Names of bodies that a capital closes: "Assurances réunies du Littoral"."""
    found = [m for m in _body().finditer(text) if plain(m[1]) in words("heads", "ORG")]
    inside = {m.group() for m in found if not opens_line(text, m.start())}
    return [Named(m.start(), m.end(), "ORG") for m in found if m.group() in inside]


@cache
def _designation() -> re.Pattern[str]:
    return re.compile(rf"\b(?i:{either('links', 'designated')})(?:[A-ZÀ-Þ]\d{{0,2}}|\d{{1,3}})(?![\w’']|[.,]\d)")


def designated(text: str) -> set[str]:
    """Lines, roads and blocks named by a letter or number: "la ligne C", "le réacteur 2", "la départementale 412"."""
    return {match.group() for match in _designation().finditer(text)}


@cache
def _part() -> re.Pattern[str]:
    behind = rf"(?![\w’'-]| (?:{either('links', 'of')})| [A-ZÀ-Þ])"
    return re.compile(rf"\b(?:[Ll]e |[Dd]u |[Aa]u |[Ll]['’])([A-Z][a-z]+(?:[- ][A-Z][a-z]+)?){behind}")


_NUMBERED = re.compile(rf"({_RUN}) \((?:0[1-9]|[1-8]\d|9[0-5]|2[AB]|97[1-6])\)")


def numbered(text: str) -> list[Named]:
    """Communes with the number of their department: "BRIVE (19)"."""
    return [Named(*match.span(1), "LOC", CERTAIN) for match in _NUMBERED.finditer(text)]


def parts(text: str) -> set[str]:
    """Parts of a country by the compass: "dans le Sud-Ouest"."""
    return {match[1] for match in _part().finditer(text) if plain(match[1]) in words("links", "compass")}
