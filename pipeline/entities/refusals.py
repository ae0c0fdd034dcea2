"""What is no name, though a capital or a recogniser says so: first words, peoples, fields of ministers, headings."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from pipeline.entities.dictionary import is_strange
from pipeline.entities.spelling import (
    APOSTROPHES,
    calendar,
    either,
    function_words,
    occurrences,
    opens_line,
    phrase,
    plain,
    words,
)

_ELIDED = re.compile(r"\w{1,2}'\w+")


@lru_cache(maxsize=8192)
def plausible(surface: str) -> bool:
    """Whether a trimmed surface can be a name at all."""
    parts = surface.split()
    if not parts or len(surface) < 2 or len(parts) > 8 or not any(c.isupper() for c in surface):
        return False
    low = plain(surface)
    if low in words("never") or low.startswith(_offices()) or surface[0].isdigit():
        return False
    if all(w in function_words() or w in words("never") or w in calendar() for w in low.split()):
        return False
    if len(parts) == 1 and _ELIDED.fullmatch(low) and surface.translate(APOSTROPHES).split("'")[1].islower():
        return False  # "C'est"
    inner = next((w for w in parts if plain(w) not in words("particles")), None)
    if inner is None:
        return False
    brand = "-" not in inner and any(c.isupper() for c in inner[1:])  # "eBay"
    return inner[0].isupper() or not inner[0].isalpha() or "'" in inner.translate(APOSTROPHES) or brand


@cache
def _offices() -> tuple[str, ...]:
    return tuple(f"{office} " for office in words("never") if " " in office)


def small_words(text: str) -> Counter[str]:
    """The words that stand in small letters somewhere in the text, and how often."""
    return Counter(re.findall(r"\b[a-zà-ÿœ][\w]+", text))


def ordinary(text: str, start: int, surface: str, small: Counter[str]) -> bool:
    """Whether one word with a capital is the word that stands in small letters elsewhere: a sentence's or heading's first."""
    if " " in surface or surface.isupper() or not (often := small[surface.casefold()]):
        return False
    if opens_line(text, start):
        return True
    inside = sum(not opens_line(text, at) for at in occurrences(text, surface))
    return inside <= often or inside < 2


def _counted(text: str, start: int, surface: str) -> bool:
    """Whether one word with a capital is what a figure counts ("200 Mitarbeiter"), or an abstract noun of German."""
    if " " in surface:
        return False
    return text[max(0, start - 2) : start - 1].isdigit() or surface.endswith(tuple(words("noun_endings")))


BEFORE = re.compile(r"(\w+['’]?)[ \u00a0]?$")


def _people(text: str, start: int, surface: str) -> bool:
    """Whether a capital is but that of a people ("les Américains", "un Français")."""
    if " " in surface or "-" in surface or not surface.casefold().endswith(tuple(words("demonym_endings"))):
        return False
    places = occurrences(text, surface) if surface.endswith("s") else (start,)
    return any(_peopled(text, at) for at in places)


def _peopled(text: str, start: int) -> bool:
    before = BEFORE.search(text, max(0, start - 14), start)
    return before is not None and plain(before[1]) in words("peoples_after") and not _titled(before[1])


def _titled(article: str) -> bool:
    """Whether an article has a capital and may be the first word of a name ("Le Parisien")."""
    own = words("links", "articles_of_names") - words("links", "plural")
    return article[0].isupper() and plain(article) in own


@cache
def _portfolios() -> re.Pattern[str]:
    fields = f"(?:{either('links', 'portfolios')})(?:[a-zà-ÿ]+ )?"
    of, to = either("links", "of"), either("links", "to")
    first = f"(?:(?:{of})[^\\W\\d_][\\w-]+(?: [a-zà-ÿ]+)? (?:{either('links', 'joining')}))?"  # "de l'Action et"
    return re.compile(f"{fields}{first}(?:{of}|{to})$", re.IGNORECASE)


def _portfolio(text: str, start: int, surface: str) -> bool:
    """Whether a capital is but that of a minister's field ("le ministre des Sports")."""
    field = not any(w[:1].isupper() for w in surface.split()[1:])  # "Sports", "Comptes publics"
    return field and not surface.isupper() and bool(_portfolios().search(text, max(0, start - FIELD), start))


FIELD = 60  # characters before a field in which its minister stands
_NUMERAL = re.compile(r"[IVXL]+(?:e|er|ème)?")


def _shouted(text: str, start: int, surface: str) -> bool:
    """Whether a surface is a word of a heading in capitals, or a Roman numeral."""
    if _NUMERAL.fullmatch(surface):
        return True
    if not surface.isupper() or len(surface) < 4:
        return False
    if " " in surface:
        return True
    return _loud(_line_around(text, start), len(surface))


@lru_cache(maxsize=1024)
def _loud(line: str, size: int) -> bool:
    letters = sum(c.isalpha() for c in line)
    return letters > size + 3 and sum(c.isupper() for c in line) > 0.6 * letters


def _crowned(text: str, start: int, surface: str) -> bool:
    """Whether a surface is seen in a heading alone that capitalises every long word."""
    line = _line_around(text, start)
    return len(surface) > 3 and _title_case(line) and text.count(surface) == line.count(surface)


def _label(text: str, start: int, surface: str) -> bool:
    """Whether a word is but the label of a line of figures ("- Perte nette : 186 M€"), as it stands in the dictionary."""
    if " " in surface or not opens_line(text, start) or is_strange(surface, "fr"):
        return False
    return _LABELLED.match(text, start + len(surface)) is not None


_LABELLED = re.compile(r"[^\n\d:.]{0,30}:[^\n\d:.]{0,20}\d")
_REFUSALS = (phrase, _people, _counted, _portfolio, _shouted)


def refused(text: str, start: int, surface: str, label: str) -> bool:
    """Whether what stands beside a surface shows that it is no name."""
    if any(no(text, start, surface) for no in _REFUSALS) or (label != "PER" and _crowned(text, start, surface)):
        return True
    return label in ("ORG", "MISC") and _label(text, start, surface)


@lru_cache(maxsize=1024)
def _title_case(line: str) -> bool:
    """Whether a line is a heading that capitalises every long word."""
    parts = re.findall(r"[^\W\d_]{4,}", line)
    sentence = line.rstrip().endswith((".", "!", "?", ","))
    return not sentence and len(parts) >= 4 and sum(w[0].isupper() for w in parts) >= 0.75 * len(parts)


def _line_around(text: str, start: int) -> str:
    begin = text.rfind("\n", 0, start) + 1
    end = text.find("\n", start)
    return text[begin : end if end >= 0 else len(text)]
