"""Years: "2016", "l'année 2019", "2024-2025", "années 1990", "octobre 98"; and what makes four digits no year."""

from __future__ import annotations

from pipeline.grammar.dates import calendar
from pipeline.grammar.dates.modifiers import modifier_before
from pipeline.grammar.dates.passage import DASHES, Find, Passage, Stamp

_LOW, _HIGH = 1000, 2199  # four digits outside are no year of the press
_LIKELY = range(1850, 2060)
_GLUE = frozenset(".,:#_@+=$€£&*\\")
_LIFE = 120  # years: longer than anybody lives
_QUOTES = frozenset('"«»“”„')
_TITLE = 7  # tokens of a name in quotation marks
_SHORT = range(36, 100)  # two digits that are a year of the last century: smaller ones may well count
_CLOSING = frozenset(".,;:!?)»”")
_PIVOT = 39  # two digits below are of this century; of "39-45", "août 44" the last one


def century_of(short: int) -> int:
    """The year of two digits: 98 is 1998, 05 is 2005."""
    return short + (2000 if short < _PIVOT else 1900)


def counted(p: Passage, i: int) -> bool:
    """Whether token `i` is a unit or a noun that a number before it counts, or the rest of a figure."""
    norm = p.norm(i)
    if norm in {"%", "€", "$", "£", "°", "‰"} or p.look("years.counted", i):
        return True
    if norm in DASHES and p.touches(i) and p.kind(i + 1) == "word" and p.touches(i + 1):
        return bool(p.look("years.counted", i + 1))
    return norm in {",", ".", ":", "'", "’"} and p.touches(i) and p.touches(i + 1) and p.kind(i + 1) == "digits"


def _written(p: Passage, i: int) -> int | None:
    """The year that the four digits of token `i` write."""
    return p.digits(i, _LOW, _HIGH) if len(p.norm(i)) == 4 else None


def year_after(p: Passage, e: int, short: bool = False) -> tuple[int, int] | None:
    """(year, first token after it) of the year that follows a month or a season at token `e`.

    With `short`, two digits alone may be one ("mai 68"); else they need an apostrophe.
    """
    i = e
    if hit := p.look("articles.of_year", e):
        i = e + hit.length
    elif p.norm(e) in {",", "/"} or p.norm(e) in DASHES:
        i = e + 1
    elif (hit := p.look("articles.of_plain", e)) and p.kind(e + hit.length) == "digits":
        i = e + hit.length
    if (year := _written(p, i)) is not None and not _clings(p, i + 1):
        return year, i + 1
    return _short_year(p, e, short) or _spelled(p, i)


def _clings(p: Passage, i: int) -> bool:
    """Whether the digits before token `i` go on after a sign, as in a figure or a code."""
    return p.norm(i) in {".", ",", ":", "/"} | DASHES and p.touches(i) and p.touches(i + 1) and p.kind(i + 1) == "digits"


def _short_year(p: Passage, e: int, bare: bool) -> tuple[int, int] | None:
    quote = p.norm(e) in {"'", "’", "‘"}
    i = e + 1 if quote or (bare and p.norm(e) in DASHES and p.touches(e) and p.touches(e + 1)) else e
    value = p.digits(i, 0, 99)
    if value is None or len(p.norm(i)) != 2 or counted(p, i + 1) or p.look("not.clock", i + 1) or _clings(p, i + 1):
        return None
    return (century_of(value), i + 1) if quote or (bare and (value > 31 or p.norm(i).startswith("0"))) else None


def _spelled(p: Passage, i: int) -> tuple[int, int] | None:
    number = p.number_at(i)
    return number if number and _LOW <= number[0] <= _HIGH and not counted(p, number[1]) else None


def possessive(p: Passage, e: int) -> bool:
    """Whether what stands before token `e` has something: "2024|'s budget", "March|'s figures"."""
    hit = p.look("years.possessive", e)
    return hit is not None and all(p.touches(e + k) for k in range(hit.length)) and not p.touches(e + hit.length)


def pointer_after(p: Passage, e: int) -> tuple[int, int] | None:
    """(direction, first token after it) of "dernier", "prochain", "en cours" at token `e`."""
    for kind, direction in (("pointers.last_after", -1), ("pointers.next_after", 1), ("pointers.this_after", 0)):
        if hit := p.look(kind, e):
            return direction, e + hit.length
    return None


def pointer_before(p: Passage, i: int, past_adjective: bool = False) -> tuple[int, int] | None:
    """(direction, its first token) of "ce", "letzten", "next" right before token `i`, or before the adjective there."""
    for kind, direction in (("pointers.last", -1), ("pointers.next", 1), ("pointers.this", 0)):
        if hit := p.back(kind, i):
            return direction, i - hit.length
    if past_adjective and i and p.kind(i - 1) == "word" and not p.capital(i - 1):
        endings = p.vocabularies[i - 1].adjective_endings
        return pointer_before(p, i - 1) if len(p.norm(i - 1)) > 4 and p.norm(i - 1).endswith(endings) else None
    return None


def _strong(p: Passage, i: int) -> bool:
    dash = p.norm(i - 1) in DASHES and p.touches(i)
    hit = p.back("years.strong", i) or p.back("modifiers", i - dash) or p.back("bounds.since", i)
    return hit is not None


def _follows_well(p: Passage, i: int) -> bool:
    """Whether what follows four digits lets them be a year."""
    kind = p.kind(i)
    if kind == "":
        return True
    if kind == "sign":
        return p.norm(i) not in {"%", "€", "$", "£", "°", "‰", "²", "³", "+", "=", "#", "&", "/"} and not counted(p, i)
    if kind == "digits":
        return False
    return bool(p.look("years.function", i)) or p.capital(i) or not _plural(p, i)


def _plural(p: Passage, i: int) -> bool:
    """Whether a word looks like a plural, as a counted noun must."""
    norm = p.norm(i)
    return norm.endswith(p.vocabularies[i].plural_endings) and not norm.endswith(p.vocabularies[i].singular_endings)


def _lost_break(p: Passage, i: int) -> bool:
    """Whether a word at token `i` that touches the one before it begins a sentence: "d'ici 2012|Un problème"."""
    a, b = p.tokens[i].start, p.tokens[i].end
    return b - a > 1 and p.text[a].isupper() and p.text[a + 1 : b].islower()


def _code(p: Passage, i: int) -> bool:
    """Whether the digits are part of a figure, a code or a name."""
    before = p.norm(i - 1)
    if p.touches(i) and ((p.kind(i - 1) == "word" and not before.endswith("'")) or before in _GLUE):
        return True
    if p.touches(i) and before == "/":
        return True
    if p.touches(i) and before in DASHES and p.touches(i - 1) and p.kind(i - 2) == "digits":
        return True
    if p.touches(i) and before in DASHES and p.touches(i - 1) and p.kind(i - 2) == "word" and not p.look("years.nouns", i - 2):
        return not p.back("modifiers", i - 1)
    word = p.kind(i + 1) == "word" and not p.look("years.suffixes", i + 1) and not _lost_break(p, i + 1)
    return p.touches(i + 1) and (word or p.norm(i + 1) in {"_", "@", "\\", "="})


def _years(p: Passage, i: int, j: int) -> bool:
    """Whether the digits at tokens `i` and `j` are two likely years in order, not both round as counts are."""
    first, last = _written(p, i), _written(p, j)
    likely = first in _LIKELY and last in _LIKELY
    return likely and first is not None and last is not None and first < last and bool(first % 100 or last % 100)


def _counted_with(p: Passage, i: int, e: int) -> bool:
    """Whether the digits at token `i` are the first end of a range that is counted: "entre 2000 et 3000 euros"."""
    if p.back("years.within", i):
        return False  # "en 2025 à 2 150 euros"
    both = p.look("intervals.and", e) if p.back("intervals.between", i) else None
    link = both or p.look("intervals.close", e) or p.look("intervals.or", e)
    j = e + link.length if link else e
    end = j
    while p.kind(end) == "digits" and end - j < 4:
        end += 1
    if link is None or end == j:
        return False
    if both is not None and _years(p, i, j) and not counted(p, end):
        return False  # "between 2019 and 2023 rents rose"
    great = end - j > 1 or (_written(p, j) is None and len(p.norm(j)) > 3)
    return great or (len(p.norm(j)) > 3 and (counted(p, end) or not _follows_well(p, end)))


def _titled(p: Passage, i: int, e: int) -> bool:
    """Whether the digits at token `i` close a name in quotation marks: « Horizon vert 2030 »."""
    if p.norm(e) not in _QUOTES or p.touches(i) or p.kind(i - 1) != "word" or p.back("years.strong", i):
        return False
    opened = next((k for k in range(i - 1, max(-1, i - _TITLE), -1) if p.norm(k) in _QUOTES), None)
    return opened is not None and p.capital(opened + 1) and opened + 1 < i


def _plausible(p: Passage, i: int, e: int, year: int) -> bool:
    """Whether four digits that no month or noun of time claims are a year."""
    refused, strong = p.back("not.before_year", i), p.back("years.strong", i)
    if counted(p, e) or _counted_with(p, i, e) or (refused and not (strong and strong.length > refused.length)):
        return False
    if p.kind(i - 1) == "digits" or (p.kind(e) == "digits" and not p.breaks(e)):
        return False
    if _titled(p, i, e):
        return False
    vocabulary = p.vocabularies[i]
    if _strong(p, i):
        return vocabulary.bare_years or p.kind(e) != "word" or year in _LIKELY or _follows_well(p, e)
    if year not in _LIKELY and vocabulary.bare_years and p.kind(e) == "word" and not p.capital(e):
        return True
    if year not in _LIKELY:
        return bool(p.back("years.birth", i)) or (p.norm(i - 1) in {"("} | DASHES and p.norm(e) in {")"} | DASHES)
    if vocabulary.bare_years:
        return p.kind(e) != "digits" or p.breaks(e)
    link = p.back("intervals.and", i)
    first = i - link.length - 1 if link else -1
    if link and p.back("intervals.between", first) and _years(p, first, i):
        return True  # what is counted was told by the first end
    if p.back("years.weak", i) or p.back("years.nouns", i):
        return _follows_well(p, e)
    if possessive(p, e):
        return True  # "2024's budget"
    if p.norm(i - 1) == "," and _written(p, i - 2) in _LIKELY:
        return _follows_well(p, e)
    if (p.norm(e) == "," or p.look("intervals.and", e)) and _written(p, e + 1) in _LIKELY and not counted(p, e + 2):
        return True
    if p.norm(i - 1) in {"(", ",", ":"} or p.norm(i - 1) in DASHES:
        return p.norm(e) in {")", ",", ";", ":", "."} or p.norm(e) in DASHES or p.kind(e) == ""
    if (p.capital(i - 1) or p.opens(i)) and p.look("years.function", e):
        return True
    return p.kind(i - 1) == "word" and p.kind(e) in {"sign", ""} and _follows_well(p, e)


def year_range(p: Passage, i: int, year: int) -> tuple[int, int] | None:
    """(last year, first token after it) of "2016-2018", "2024/25" whose first year is token `i`."""
    sign = p.norm(i + 1)
    if sign not in DASHES and sign != "/":
        return None
    last = _written(p, i + 2)
    short = p.digits(i + 2, 0, 99) if len(p.norm(i + 2)) == 2 and p.touches(i + 1) and p.touches(i + 2) else None
    if short is not None:
        last = year // 100 * 100 + short + (100 if short < year % 100 else 0)
        longest = 30 if year < 2000 else 13
        last = last if last - year == 1 or (sign != "/" and 0 < last - year < longest and short > 12) else None
    if last is None or last <= year or _clings(p, i + 3) or (p.touches(i + 3) and p.norm(i + 3) in DASHES | {"/"}):
        return None
    return last, i + 3


def _before_christ(p: Passage, i: int) -> list[Find]:
    value = p.digits(i, 1, 9999)
    if value is None:
        return []
    code = p.vocabularies[i].code
    if hit := p.look("years.before_christ", i + 1):
        return [Find(i, i + 1 + hit.length, code, ("year before our era",), span=calendar.year(1 - value))]
    if hit := p.look("years.after_christ", i + 1):
        return [Find(i, i + 1 + hit.length, code, ("year of our era",), span=calendar.year(value))]
    return []


def read(p: Passage, i: int) -> list[Find]:
    """The year or the interval of years that starts at the digits of token `i`."""
    if era := _before_christ(p, i):
        return era
    year = _written(p, i)
    if year is None:
        return _named_short(p, i)
    if _code(p, i):
        return []
    code = p.vocabularies[i].code
    noun = p.back("articles.year_noun", i)
    decade = _decade(p, i, year)
    if decade:
        return [decade]
    if found := year_range(p, i, year):
        last, end = found
        coordinated = last == year + 1 and p.back("intervals.coordinated", i)
        life = p.kind(i - 1) == "sign" and p.kind(end) in {"sign", ""} and last - year <= _LIFE
        if coordinated or (not counted(p, end) and (last in _LIKELY or life)):
            start = i - (noun.length if noun else 0)
            left, right = calendar.year(year), calendar.year(last)
            span = calendar.interval(left, right) if left and right else None
            return [Find(start, end, code, ("interval of years",), span=span)]
        return []
    if noun or _plausible(p, i, i + 1, year):
        if _clings(p, i + 1):
            return []
        modifier, start = modifier_before(p, i - (noun.length if noun else 0))
        rule = ("year as written",)
        modifier = modifier or ("about" if p.back("years.about", start) else None)
        return [Find(start, i + 1, code, rule, Stamp(year, modifier=modifier))]
    return []


def _named_short(p: Passage, i: int) -> list[Find]:
    """ "l'an 800", "im Jahr 578": one to three digits after the noun; "les années 90", "fin 98", "la saison 97-98"."""
    value = p.digits(i, 1, 999)
    if value is None or counted(p, i + 1):
        return []
    if len(p.norm(i)) == 2 and (season := _short_season(p, i, value)):
        return [season]
    if _clings(p, i + 1):
        return []
    if decade := _decade(p, i, value):
        return [decade]
    if len(p.norm(i)) == 2 and p.back("years.born", i):
        return _birth(p, i, value)
    if len(p.norm(i)) == 2 and value in _SHORT and p.back("years.short", i) and short_ends(p, i + 1):
        modifier, start = modifier_before(p, i)
        return [Find(start, i + 1, p.vocabularies[i].code, ("year of two digits",), Stamp(1900 + value, modifier=modifier))]
    noun = p.back("years.nouns_short", i)
    if noun is None or len(p.norm(i)) != 3:
        return []
    return [Find(i - noun.length, i + 1, p.vocabularies[i].code, ("year as written",), Stamp(value))]


def short_ends(p: Passage, e: int) -> bool:
    """Whether nothing at token `e` goes on with the two digits before it, or is counted by them: "en 98, il part"."""
    link = p.look("intervals.close", e) or p.look("intervals.and", e)
    if link and p.kind(e + link.length) == "digits":
        return False
    if p.kind(e) == "word":
        return not p.touches(e) and p.look("years.function", e) is not None
    return p.kind(e) == "" or p.norm(e) in _CLOSING


def _short_season(p: Passage, i: int, value: int) -> Find | None:
    """ "la saison 97-98", "l'exercice 97/98": two digits of a year and of the next, after a noun that has both."""
    last = p.digits(i + 2, 0, 99) if p.norm(i + 1) in DASHES | {"/"} and p.touches(i + 1) and p.touches(i + 2) else None
    if last != (value + 1) % 100 or len(p.norm(i + 2)) != 2 or _clings(p, i + 3) or not p.back("intervals.coordinated", i):
        return None
    left, right = calendar.year(century_of(value)), calendar.year(century_of(value) + 1)
    span = calendar.interval(left, right) if left and right else None
    return Find(i, i + 3, p.vocabularies[i].code, ("interval of years of two digits",), span=span)


def _birth(p: Passage, i: int, value: int) -> list[Find]:
    """ "née en 47", whose digits are token `i`: the last such year before the publication."""
    code, year = p.vocabularies[i].code, century_of(value)
    if p.published is None and value < _PIVOT:
        return [Find(i, i + 1, code, ("no publication date to resolve it",))]
    year -= 100 if p.published and year > p.published.year else 0
    return [Find(i, i + 1, code, ("year of two digits",), Stamp(year))]


def spelled(p: Passage, i: int) -> list[Find]:
    """ "en deux mille vingt", whose "mille" is token `i`: four digits' worth of words after a word that wants a year."""
    for start in (i - 1, i):
        found = _spelled(p, start)
        if found and p.back("years.strong", start):
            modifier, begin = modifier_before(p, start)
            return [Find(begin, found[1], p.vocabularies[i].code, ("year in words",), Stamp(found[0], modifier=modifier))]
    return []


def decade_span(value: int) -> calendar.Span | None:
    """The decade that 1990 or 90 names."""
    return calendar.decade(value if value >= 1000 else 1900 + value if value >= 20 else 2000 + value)


def _decade_lead(p: Passage, i: int) -> int | None:
    """The first token of the decade whose digits are token `i` after "années"; `i` itself after another one ("1980 et 1990")."""
    if lead := p.back("decades.leads", i):
        return i - lead.length
    link = p.back("intervals.and", i)
    j = i - link.length if link else i - 1 if p.norm(i - 1) == "," else i
    before = p.digits(j - 1, 10, _HIGH) if j < i else None
    leads = before is not None and before % 10 == 0 and p.back("decades.leads", j - 1)
    return i if leads else None


def _decade(p: Passage, i: int, value: int) -> Find | None:
    """ "années 1990", "90er Jahre", "1990er-Jahren", "1990s"."""
    if value % 10 or (value < 1000 and len(p.norm(i)) != 2):
        return None
    code, end, start = p.vocabularies[i].code, i + 1, i
    if (lead := _decade_lead(p, i)) is not None:
        start = lead
    elif (suffix := p.look("decades.suffixes", i + 1)) and p.touches(i + 1):
        end = i + 1 + suffix.length
        article = p.back("articles.definite", i)
        start = i - (article.length if article else 0)
    else:
        return None
    modifier, start = modifier_before(p, start)
    if value < 100 and p.back("articles.possessive", start):
        return None  # "in his 50s"
    span = decade_span(value)
    return Find(start, end, code, ("decade",), span=span and (calendar.about(span) if modifier else span))
