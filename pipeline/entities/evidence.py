"""What a name is, by the words beside it and by its own form: votes for ORG, PER, LOC, MISC."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from math import log

from pipeline.entities.spelling import fold, function_words, plain, spells, words
from pipeline.entities.vocabulary import TYPES, description, is_given

REACH = 60  # characters before a name that are looked at
_TOKEN = re.compile(r"\w[\w-]*['’]?|[^\w\s]")
_AGE = re.compile(r",? \(?\d{1,2} (?:ans|Jahre|years)\b|,? \(\d{2}\)")
_YEARS = re.compile(r", [1-9]\d(?=[,.;])")  # "Ann Roe, 57, who"
_ACRONYM = re.compile(r"\s?\(([A-ZÀ-Þ][\w.-]{1,8})\)")
_SMALL = re.compile(r"[a-zà-ÿœ]")

Votes = Counter[str]


def shape(surface: str) -> Votes:
    """What the form of a name says: legal forms, the words that head it, a first name, capitals."""
    votes: Votes = Counter()
    parts = plain(surface).split()
    bits = [b for w in parts for b in re.split(r"[-'’]", w) if b]
    if is_given(surface.split()[0]):
        _add(votes, "PER", 2 if len(parts) > 1 else 1)
    elif _headed(parts, bits):
        _add(votes, "ORG", 2)
    elif len(bits) > 1 and bits[0] in words("heads", "LOC"):
        _add(votes, "LOC", 1)
    elif bits and bits[0] in words("heads", "MISC"):
        _add(votes, "MISC", 2)
    if len(parts) > 1 and parts[-1] in words("legal"):
        _add(votes, "ORG", 3)
    if len(parts) == 1 and parts[0] in words("heads", "authorities"):
        _add(votes, "ORG", 2)  # "la Région", "la Ville"
    if surface in words("places") or (len(parts) == 1 and set(surface.split("-")[1:-1]) & words("heads", "place_links")):
        _add(votes, "LOC", 2)
    if len(parts) == 1 and surface.isupper() and len(surface) <= ACRONYM:
        _add(votes, "ORG", 0.4)
    if any(c.isdigit() for c in surface):
        _add(votes, "MISC", 0.3)
    return votes


ACRONYM = 6  # letters that an acronym has at most


def headed(surface: str) -> bool:
    """Whether a name shows a body by a word of its own ("Ardent Cycles")."""
    parts = plain(surface).split()
    return not is_given(surface.split()[0]) and _headed(parts, [b for w in parts for b in re.split(r"[-'’]", w) if b])


def _headed(parts: list[str], bits: list[str]) -> bool:
    """Whether a word that a body is called by opens a name, follows its first word or closes it."""
    heads = words("heads", "ORG")
    if len(parts) > 1 and parts[0] in words("heads", "clubs"):
        return True
    return bool(bits) and (bits[0] in heads or (len(bits) > 1 and bool({parts[-1], parts[min(1, len(parts) - 1)]} & heads)))


def around(text: str, start: int, end: int) -> Votes:
    """What the words beside one place of a name say."""
    votes: Votes = Counter()
    begin = max(0, start - REACH)
    line = text.rfind("\n", begin, start) + 1
    tokens = [m.group() for m in _TOKEN.finditer(text, max(begin, line), start)]
    _before(tokens, text[start:end], votes)
    if _quoted(text, start, end) and not is_given(text[start:end].split()[0]):
        _add(votes, "MISC", QUOTED)
    if _sets_scene(tokens) and text[end : end + 1] == ",":
        _add(votes, "LOC", SCENE)
    else:
        _after(text, end, text[start:end], votes)
    return votes


def _sets_scene(tokens: list[str]) -> bool:
    """Whether a preposition of place opens the sentence, so that a subject follows: "À Vigny, une femme est morte"."""
    return bool(tokens) and tokens[-1][0].isupper() and plain(tokens[-1]) in words("beside", "places")


SCENE = 1.0  # votes of a place with which a sentence opens
QUOTED = 0.75  # votes of quotation marks around nothing but a name, its article aside: a title, a ship
MARKS = {"«": "»", "“": "”", "„": "“", '"': '"', "*": "*"}


def _quoted(text: str, start: int, end: int) -> bool:
    """Whether quotation marks stand right around a name: "le film « Le Glacier »"."""
    before = text[max(0, start - 6) : start].rstrip()
    if (article := before.rpartition(" ")[2].lstrip("".join(MARKS))) and plain(article) in words("articles"):
        before = before[: -len(article)].rstrip()
    mark = before[-1:]
    return mark in MARKS and text[end : end + 2].lstrip()[:1] == MARKS[mark]


def _add(votes: Votes, kind: str, weight: float) -> None:
    votes[kind] += weight  # type: ignore[assignment]


def _before(tokens: list[str], surface: str, votes: Votes) -> None:
    low = [plain(t) for t in tokens[-9:]]
    if not low:
        return
    last = low[-1]
    if last in words("links", "plural") and surface.isupper():
        _add(votes, "MISC", 2)
    if last in words("links", "definite") and tokens[-1].islower() and last not in words("beside", "indefinite"):
        _add(votes, "PER", -ARTICLE)  # nobody is called "le" or "la", but for a title
    if last in words("honorifics") or (last == "." and low[-2:-1] and low[-2] in words("honorifics")):
        _add(votes, "PER", 3)
    elif last == ",":
        _apposed(low[:-1], surface, votes)
    elif (kind := _describes(tokens[-1], low)) is not None:
        _add(votes, kind, 2)
    elif last in words("links", "any") and (noun := _owner(low)) is not None:
        _owned(noun, votes)
    elif last in words("beside", "firms"):
        _add(votes, "ORG", 1)
    elif last in words("beside", "agents"):
        _add(votes, "ORG", 0.4)
        _add(votes, "PER", 0.3)
    elif last in words("beside", "places") or (last == "the" and low[-2:-1] == ["in"]):
        held = low[-2:-1] and low[-2] in words("owned", "ORG") and low[-2] not in words("owned", "LOC")
        _add(votes, "ORG" if held else "LOC", 1.5 if held else 0.5)  # "shares in X", "une participation dans X"
    elif last in words("beside", "indefinite") and tokens[-1].islower():
        _add(votes, "MISC", 1.1)  # "un Boeing"
    elif " " in surface and last in words("beside", "per_verbs"):
        _add(votes, "PER", 1)  # "said Ann Roe"
    elif _SMALL.match(last) and last not in function_words():
        _adjective(tokens, low, surface, votes)


ARTICLE = 0.5  # votes of an article against a person


def _describes(word: str, low: list[str]) -> str | None:
    return description(word) if low[-1] not in function_words() else None


def _adjective(tokens: list[str], low: list[str], surface: str, votes: Votes) -> None:
    """A word between the noun and the name ("le groupe industriel X"), or an adjective for a noun ("le français X")."""
    if low[-1] in words("owned", "PER") and low[-1] not in words("owned", "ORG"):
        _add(votes, "PER", 1)  # "la liste X", "le procès X"
        return
    for back in (2, 3):
        if len(low) >= back and low[-back].isalpha() and low[-back] not in function_words():
            kind = description(tokens[-back])
            if kind is not None:
                _add(votes, kind, 1.5)
                return
        elif len(low) >= back and low[-back] in words("links", "definite"):
            if " " not in surface:
                _add(votes, *_bare(low[-1]))
            return
        else:
            break
    if " " not in surface:
        _add(votes, "ORG", 0.3)


def _bare(word: str) -> tuple[str, float]:
    """What an adjective or unknown noun between an article and a name says: "la petite X", "le français X", "la piste X"."""
    if word in words("beside", "person_adjectives"):
        return "PER", 0.7
    return "ORG", 0.7 if word.endswith(tuple(words("demonym_endings"))) else 0.3


def _apposed(low: list[str], surface: str, votes: Votes) -> None:
    """The description before a comma: "la directrice générale, X", "la maire de la capitale, X" (no capital)."""
    kind = None
    for i in range(len(low) - 1, max(-1, len(low) - 1 - DESCRIBED), -1):
        if not low[i][:1].isalpha():
            break
        found = description(low[i])
        kind = kind or found
        if found is not None and not _complement(low, i):
            kind = found
            break
    if kind is not None and not (kind == "PER" and " " not in surface):
        _add(votes, kind, 1.5)


DESCRIBED = 8  # words before a comma among which what describes a name is looked for


def _complement(low: list[str], i: int) -> bool:
    """Whether the word at `i` only says of what or whom another is: "de la capitale"."""
    genitive = words("links", "genitive")
    return low[i - 1] in genitive or (i > 1 and low[i - 1] in words("links", "any") and low[i - 2] in genitive)


def _owner(low: list[str]) -> str | None:
    """The noun that a name complements: "massif" in "le massif de l'" + name."""
    i = len(low) - 1
    while i >= 0 and low[i] in words("links", "any"):
        i -= 1
    of = low[i + 1 :]
    if i < 0 or not of or not words("links", "genitive") & set(of):
        return None
    if low[i].isalpha() and description(low[i]) is None and i and not _is_owner(low[i]) and low[i - 1].isalpha():
        return low[i - 1]  # an adjective between: "la directrice générale de X"
    return low[i]


def _is_owner(noun: str) -> bool:
    return any(noun in words("owned", kind) for kind in TYPES[:3])


def _owned(noun: str, votes: Votes) -> None:
    hits = [kind for kind in TYPES[:3] if noun in words("owned", kind)]
    for kind in hits:
        _add(votes, kind, 1.5 / len(hits))
    if not hits and description(noun) == "LOC":
        _add(votes, "LOC", 2)


def _after(text: str, end: int, surface: str, votes: Votes) -> None:
    if _AGE.match(text, end) or (" " in surface and _YEARS.match(text, end)):
        _add(votes, "PER", 2)
    if (short := _ACRONYM.match(text, end)) and spells(short[1], surface):
        _add(votes, "ORG", 3)
    tokens = [m.group() for m in _TOKEN.finditer(text, end, min(len(text), end + 45))][:6]
    low = [plain(t) for t in tokens]
    if not low:
        return
    if low[0] in (",", "("):
        for token, following in itertools.pairwise(tokens[1:]):
            if plain(token) in words("articles"):
                continue
            single = token[0].islower() and token[-1] not in "sx" and not following[0].isupper()
            kind = description(token) if single and _set_off(text, end) else None
            if kind is not None:
                _add(votes, kind, 1.5)
            return
    for token in [t for t in low[:4] if t not in words("links", "auxiliaries")][:1]:
        if token in words("beside", "org_verbs"):
            _add(votes, "ORG", 0.8)
        elif token in words("beside", "per_verbs"):
            _add(votes, "PER", 0.7)


def _set_off(text: str, end: int) -> bool:
    """Whether what stands behind a name and a comma is set off: "Ardent, le fabricant de vélos, ferme"."""
    return bool(_CLOSED.match(text, end))


_CLOSED = re.compile(r"\s?[,(][^,;:.()«»\n]{3,70}[,;.)]")
CAP = 5.0  # votes that the context can bring at most, each type


def merged(model: Votes, context: Votes) -> Votes:
    """Votes of the recogniser, damped, and of the context, capped: many places do not drown a clear word."""
    out: Votes = Counter()
    total = sum(model.values())
    strength = min(total, 1 + log(1 + total))
    for label, vote in model.items():
        _add(out, label, strength * vote / total)
    for label, vote in context.items():
        _add(out, label, min(CAP, vote))
    return out


def best(votes: Votes) -> str:
    """The type with most votes; ties in the order of TYPES."""
    return max(TYPES, key=lambda label: (votes[label], -TYPES.index(label)))


def place_like(surface: str, places: set[str]) -> bool:
    """Whether a hyphenated name ends in the name of a place ("Castel-Argelane" beside "Argelane")."""
    return "-" in surface and any(fold(surface).endswith(" " + p) for p in places)
