"""Names to entities: what a name recogniser found, corrected, brought under one canonical name and found all over the text.

The recogniser is right about most names and wrong in known ways on press pages: German words, headings in title case,
one name under two labels. So a name's type is decided once for the article, by vote; names that are no names are
dropped; short forms join the full name; and every place where a name stands is found by the letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from pipeline import lexicon
from pipeline.records import Entity

_APOSTROPHES = str.maketrans("’ʼ‘", "'''")
_EDGE = " \t\r\n\u00a0\u202f\"'«»“”„‚‹›()[]{}<>.,;:!?…·•*#|/\\–—-_"
_WORD = re.compile(r"\w+(?:['’.-]\w+)*\.?")
_NEWLINES = re.compile(r"[\r\n]+")


class Named(NamedTuple):
    """A place that a recogniser took for a name; `weight` is how much its label is to be trusted."""

    start: int
    end: int
    label: str
    weight: float = 1.0


@cache
def _words(table: str) -> frozenset[str]:
    return frozenset(lexicon.table("entities")[table])


@cache
def _legal_endings() -> tuple[list[str], ...]:
    """Legal forms that end in a full stop ("Inc."), as the last word of a split."""
    return tuple([w] for w in sorted(_words("legal")) if w.endswith("."))


@cache
def _known() -> dict[str, tuple[str, str]]:
    """Surface -> (canonical name, type) of the well-known names."""
    out: dict[str, tuple[str, str]] = {}
    for name, block in lexicon.table("names").items():
        for surface in (name, *block["aliases"]):
            out[surface] = (name, block["type"])
    return out


@cache
def _descriptions() -> dict[str, str]:
    """Common noun -> type of the entity it describes ("entreprise" ORG), over all languages."""
    out: dict[str, str] = {}
    for code in lexicon.LANGUAGES:
        table = lexicon.language(code, "syntax")["reference"]
        for kind in ("ORG", "PER", "LOC"):
            for noun in table[kind]:
                out.setdefault(noun.casefold(), kind)
    return out


def fold(name: str) -> str:
    """Key under which two spellings of a name are one: no case, accents, legal forms or signs."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_APOSTROPHES))
    words = "".join(c if c.isalnum() or c in ".&" else " " for c in plain if not unicodedata.combining(c)).split()
    while len(words) > 1 and words[-1] in _words("legal"):
        words.pop()
    return " ".join(w.strip(".") for w in words if w.strip("."))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE and text[start:end].casefold().split()[-1:] not in _legal_endings():
        end -= 1
    while True:
        head = re.match(r"(\w+(?:['’]|\s+))(?=\S)", text[start:end])
        if head is None or head[1].strip().casefold().translate(_APOSTROPHES) not in _words("articles") or head[1][0].isupper():
            return start, end
        start += head.end()


_OPENING = re.compile(r"([^\W\d_]+) (?:de la |de l['’]|du |des |de |d['’]|à |au |aux |en |sur )(?=[A-ZÀ-Þ])")


def _named_part(text: str, start: int, end: int) -> tuple[int, int]:
    """The name inside "Incendie de l'Argelane", where a common noun opens a sentence or heading before it."""
    match = _OPENING.match(text, start, end)
    if match and _opens_line(text, start) and (match[1].casefold() in _common_nouns()):
        return match.end(), end
    return start, end


@cache
def _common_nouns() -> frozenset[str]:
    tables = (lexicon.language(code, "syntax") for code in lexicon.LANGUAGES)
    return frozenset(w.casefold() for t in tables for w in t.get("events", {}).get("nouns", ())) | frozenset(_descriptions())


def _opens_line(text: str, start: int) -> bool:
    """Whether a sentence or line opens at `start`, so that its capital says nothing."""
    before = text[:start].rstrip(" \u00a0\u202f\"'«“„#*-–—•>(")
    return not before or before[-1] in "\n\r.!?:…"


def _phrase(text: str, start: int, surface: str) -> bool:
    """Whether a surface is but the opening of a sentence: one capital, then words in lower case ("Pourquoi le feu")."""
    rest = surface.split()[1:]
    return bool(rest) and _opens_line(text, start) and not any(c.isupper() for w in rest for c in w)


def _plausible(surface: str) -> bool:
    """Whether a trimmed surface can be a name at all."""
    words = surface.split()
    if not words or len(surface) < 2 or len(words) > 7 or not any(c.isupper() for c in surface):
        return False
    if surface.casefold() in _words("never") or surface[0].isdigit():
        return False
    inner = [w for w in words if w.casefold().translate(_APOSTROPHES) not in _words("particles")]
    return bool(inner) and all(w[0].isupper() or not w[0].isalpha() or "'" in w.translate(_APOSTROPHES) for w in inner[:1])


def _lowercase_words(text: str) -> set[str]:
    return set(re.findall(r"\b[^\W\d_A-ZÀ-Þ][\w]+", text))


def _title_case(line: str) -> bool:
    """Whether a line is a heading that capitalises every long word."""
    words = re.findall(r"[^\W\d_]{4,}", line)
    return len(words) >= 3 and sum(w[0].isupper() for w in words) >= 0.75 * len(words)


def _line_around(text: str, start: int) -> str:
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    return text[begin : end if end >= 0 else len(text)]


def _candidates(text: str, found: Iterable[Named]) -> dict[str, Counter[str]]:
    """Surface -> votes for each type."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    common = _lowercase_words(text)
    for named in found:
        for piece_start, piece_end in _lines(text, named.start, named.end):
            start, end = _named_part(text, *_trim(text, piece_start, piece_end))
            surface = text[start:end]
            if not _plausible(surface) or _phrase(text, start, surface):
                continue
            single = " " not in surface
            if single and surface.casefold() in common:
                continue  # the same word stands in lower case elsewhere: a sentence's or heading's first word
            line = _line_around(text, start)
            if _title_case(line) and (not single or len(surface) > 3) and text.count(surface) == line.count(surface):
                continue  # seen in a heading in title case alone
            lone = named.label == "PER" and single  # a person is seldom introduced by one word
            weight = named.weight * (0.1 if named.label == "MISC" else 0.3 if lone else 1.0)
            votes[surface][named.label] += weight  # type: ignore[assignment]
    return votes


HINT = 0.05  # weight of a name that only its capital shows
_CAPITAL = re.compile(
    r"(?<=[\w,;’'] )(?:[ldLD]['’])?([A-ZÀ-Þ][\w’'-]+(?: [A-ZÀ-Þ][\w’'-]+)*)|(?<=[ld]['’])([A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w’'-]+)*)"
)


def capitalised(text: str, start: int, end: int) -> list[Named]:
    """Runs of capitalised words inside a sentence: names, in a language that capitalises nothing else (French, English)."""
    out = []
    for match in _CAPITAL.finditer(text, start, end):
        group = 1 if match.group(1) else 2
        if not _opens_line(text, match.start(group)):
            out.append(Named(match.start(group), match.end(group), "MISC", HINT))
    return out


_INTRODUCED = re.compile(r"([A-ZÀ-Þ][\w-]+(?:[ '’][\w-]+){1,7})\s?\(([A-ZÀ-Þ]{2,9})\)")


def introduced(text: str, start: int, end: int) -> list[Named]:
    """Names that an acronym in parentheses shows whole: "Union des traminots (UDT)"."""
    out = []
    for match in _INTRODUCED.finditer(text, start, end):
        if match[2].casefold() == _initials(match[1]):
            out.append(Named(match.start(1), match.end(1), "ORG"))
    return out


def uncapitalised(text: str, start: int, end: int, title: str | None, determiners: frozenset[str]) -> list[Named]:
    """Names in a language that capitalises every noun: words that come again and again, never behind a determiner."""
    seen: dict[str, list[int]] = defaultdict(list)
    spoilt: set[str] = set()
    before = ""
    for match in re.finditer(r"\w[\w-]*", text[start:end]):
        word = match.group()
        if word[0].isupper() and len(word) > 2:
            seen[word].append(start + match.start())
            if before in determiners or before.isdecimal():
                spoilt.add(word)
        before = word.casefold()
    known = set(re.findall(r"\w[\w-]*", title or ""))
    return [
        Named(at, at + len(word), "MISC", HINT)
        for word, places in seen.items()
        if word not in spoilt and len(places) + (word in known) > 1
        for at in places
    ]


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    out, at = [], start
    for match in _NEWLINES.finditer(text, start, end):
        out.append((at, match.start()))
        at = match.end()
    return [*out, (at, end)]


def _places(text: str, surfaces: Iterable[str]) -> list[tuple[int, int, str]]:
    """All places of the surfaces, the longest first where they overlap, in order."""
    ordered = sorted(set(surfaces), key=lambda s: (-len(s), s))
    if not ordered:
        return []
    alternatives = "|".join(re.escape(s).replace("\\ ", r"[ \u00a0\u202f]").replace("'", "['’]") for s in ordered)
    pattern = re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w])(?!-[A-ZÀ-Þ])")
    plain = {s.translate(_APOSTROPHES): s for s in ordered}
    out = []
    for match in pattern.finditer(text):
        key = re.sub(r"[\u00a0\u202f]", " ", match.group()).translate(_APOSTROPHES)
        out.append((match.start(), match.end(), plain.get(key, match.group())))
    return out


def _context_votes(text: str, places: Sequence[tuple[int, int, str]], votes: dict[str, Counter[str]]) -> None:
    """Words beside a name vote for its type: "le groupe X", "M. X", "X SA"."""
    for start, _, surface in places:
        before = _WORD.findall(text[max(0, start - 30) : start].rstrip("'’"))
        if before:
            last = before[-1].casefold()
            if last in _words("honorifics"):
                votes[surface]["PER"] += 3
            elif (kind := _descriptions().get(last)) is not None:
                votes[surface][kind] += 2
            elif (noun := _behind_particles(before)) is not None and _descriptions().get(noun) == "LOC":
                votes[surface]["LOC"] += 2
        if surface.split()[-1].casefold() in _words("legal"):
            votes[surface]["ORG"] += 3


def _behind_particles(before: Sequence[str]) -> str | None:
    """The noun that a name complements: "massif" in "le massif de l'" + name."""
    words = [w for chunk in before for w in chunk.casefold().translate(_APOSTROPHES).replace("'", "' ").split()]
    while words and words[-1] in _words("particles"):
        words.pop()
    return words[-1] if words else None


def _type(counter: Counter[str]) -> str:
    return max(("ORG", "PER", "LOC", "MISC"), key=lambda label: (counter[label], -("ORG", "PER", "LOC", "MISC").index(label)))


def _generic(words: Iterable[str]) -> bool:
    return all(w in _words("generic") or w in _words("legal") for w in words)


def _initials(name: str) -> str:
    words = [w for w in re.findall(r"\w{2,}", name.translate(_APOSTROPHES)) if w.casefold() not in _words("particles")]
    return "".join(w[0] for w in words).casefold()


def _same(short: str, long: str, short_type: str, long_type: str) -> bool:
    """Whether the short surface is another way to write the long one, in one article."""
    a, b = fold(short).split(), fold(long).split()
    if a == b or a == _unarticled(b) or b == _unarticled(a):
        return True
    if not a or len(a) >= len(b):
        return False
    if long_type == "PER" and short_type in ("PER", "MISC", "ORG"):
        return (len(a) == 1 and a[-1] == b[-1] and len(a[0]) > 2) or (b[-len(a) :] == a and len(a) > 1)
    if long_type in ("ORG", "MISC") and short_type != "PER":
        return b[: len(a)] == a and _generic(b[len(a) :])
    return False


def _unarticled(words: list[str]) -> list[str]:
    """Words of a name without the article that opens it."""
    first = words[0].casefold() if words else ""
    return words[1:] if len(words) > 1 and (first in _words("articles") or first + "'" in _words("articles")) else words


def _acronyms(text: str, surfaces: Iterable[str]) -> dict[str, str]:
    """Acronym -> full name, for those that the text introduces: "Confédération du travail (CDT)"."""
    out: dict[str, str] = {}
    for surface in surfaces:
        for match in re.finditer(re.escape(surface) + r"\s?\(([A-ZÀ-Þ][\w.-]{1,9})\)", text):
            short = match[1].replace(".", "").casefold()
            if short == _initials(surface) or (len(short) >= 3 and short in _initials(surface)):
                out[match[1]] = surface
    return out


def _groups(text: str, votes: dict[str, Counter[str]]) -> dict[str, str]:
    """Surface -> canonical surface of the article."""
    types = {s: _type(c) for s, c in votes.items()}
    ordered = sorted(votes, key=lambda s: (-len(fold(s).split()), -len(s), s))
    known, acronyms = _known(), _acronyms(text, ordered)
    canonical: dict[str, str] = {}
    for surface in ordered:
        if surface in known:
            canonical[surface] = known[surface][0]
            continue
        if surface in acronyms:
            canonical[surface] = canonical.get(acronyms[surface], acronyms[surface])
            continue
        longer = (long for long in ordered if long in canonical and long != surface)
        if " ".join(_unarticled(surface.split())) in votes:
            canonical[surface] = " ".join(_unarticled(surface.split()))
            continue
        homes = {canonical[long] for long in longer if _same(surface, long, types[surface], types[long])}
        canonical[surface] = homes.pop() if len(homes) == 1 else surface
    return canonical


def resolve(text: str, found: Iterable[Named], *, elsewhere: Iterable[tuple[str, str]] = ()) -> list[Entity]:
    """Entities of an article, in order of their first place, each with all its places in `text`.

    `found` are places in `text` that a recogniser took for names, `elsewhere` names with their labels that it found in
    the title. A short form that fits two full names stays apart.
    """
    votes = _candidates(text, found)
    for surface, label in elsewhere:
        start, end = _named_part(surface, *_trim(surface, 0, len(surface)))
        if _plausible(surface[start:end]) and not _phrase(surface, start, surface[start:end]):
            votes[surface[start:end]][label] += 1
    for surface, (_, kind) in _known().items():
        if surface in text:
            votes.setdefault(surface, Counter())[kind] += 5
    places = _places(text, votes)
    seen = {surface for _, _, surface in places}
    votes = {s: c for s, c in votes.items() if s in seen}
    _context_votes(text, places, votes)
    canonical = _groups(text, votes)
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for start, end, surface in places:
        spans[canonical[surface]].append((start, end))
    aliases: dict[str, set[str]] = defaultdict(set)
    for surface, name in canonical.items():
        tally[name].update(votes[surface])
        aliases[name].add(surface)
    out = [
        Entity(name=name, type=_type(tally[name]), spans=tuple(sorted(places_of)), aliases=tuple(sorted(aliases[name] - {name})))
        for name, places_of in spans.items()
    ]
    return sorted(out, key=lambda e: (e.spans[0], e.name))


def topics(text: str, entities: Sequence[Entity], title: str | None = None) -> list[Entity]:
    """The entities that an article is about, most first: named in the title, in the lead, often."""
    head = title if title else text.lstrip().split("\n", 1)[0]
    lead = min(len(text), 600)

    def weight(entity: Entity) -> tuple[float, int]:
        names = (entity.name, *entity.aliases)
        at = min((head.find(n) for n in names if n in head), default=-1)
        titled = 0.0 if at < 0 else 4.0 + 2.0 / (1 + at / 8)
        score = titled + min(len(entity.spans), 8) + 0.5 * sum(s < lead for s, _ in entity.spans)
        return score, -entity.spans[0][0]

    return sorted(entities, key=weight, reverse=True)
