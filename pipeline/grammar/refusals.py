"""What looks like a quantity and is none: names, ranks, references, clock times, scores, addresses, list marks."""

from __future__ import annotations

from decimal import Decimal

from pipeline.grammar.bounds import bound_before
from pipeline.grammar.measures import Found, near, unit_after, unit_at
from pipeline.grammar.nouns import is_plural
from pipeline.grammar.numbers import Number, triggers
from pipeline.grammar.numerals import HYPHENS
from pipeline.grammar.page import Page
from pipeline.grammar.vocabulary import numerals
from pipeline.grammar.wordlists import Words, words

_DASHES = HYPHENS | frozenset("–—−")
_GLUE = frozenset("/#@_=&%\\*")
_MARKS = frozenset(".)°/-–—:")
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_QUOTES = frozenset("\"'«»“”„‘’")
_MINUTES, _SIXTY = Decimal("0.01"), Decimal("0.6")
_TIMES = frozenset("x×")
_HORSES = "[HP]"
_LENGTHS = frozenset(("m", "km"))
_DISTANCES = frozenset(map(Decimal, (50, 60, 100, 110, 200, 400, 800, 1500, 3000, 5000, 10_000)))  # metres of a track or pool
_PRIMES = frozenset("'’′")
_LINKS = frozenset((",", "/", "-", "–", "&", "+"))
_POINTS = frozenset(".,")
_YEARS = range(1700, 2101)
_MILLION = Decimal(10) ** 6
_HIGHEST = frozenset(map(Decimal, (5, 10, 20, 100)))  # marks
_TEN = Decimal(10)
_GROUP = 3  # digits of a group
_TWENTY = 20
_SCORE = 4  # tokens from a score back to the word that tells it
_LONG = 3  # letters that a word has which ends a sentence


def _before(page: Page, start: int) -> int:
    """Index of the word before token `start`, past the full stop or degree sign of an abbreviation ("art.", "n°")."""
    i = start - 1
    while i > 0 and page.norm(i) in (".", "°", "º", ":") and page.adjacent(i):
        i -= 1
    return _past_initials(page, i) if page.kind(i) == "word" and i < start - 1 else i


def _past_initials(page: Page, i: int) -> int:
    """Index of the word before the initials that end at token `i`, themselves where none stands: "article | L.O. 142"."""
    at = i
    while at > 1 and len(page.raw(at)) == 1 and page.raw(at).isupper():
        at -= 2 if page.norm(at - 1) == "." and page.adjacent(at) else 1
    return at if at < i and page.norm(at) in words(page.languages[i]).refused_any else i


def _joined_sentence(page: Page, start: int) -> bool:
    """Whether only the full stop of a sentence, and no space, stands before token `start`: "évacués.2 000 personnes"."""
    word = page.raw(start - 2)
    return (
        page.norm(start - 1) == "."
        and page.kind(start - 2) == "word"
        and len(word) >= _LONG
        and (word[1:].islower() or word.isupper())
    )


def glued(page: Page, start: int, end: int, counting: bool = False) -> str | None:
    """Why digits from token `start` are part of something longer: "A36", "Covid-19", "#3", "12:30", "3-1-2".

    `counting` says that something is counted: then a full stop right before may be that of a sentence.
    """
    if page.norm(start - 1) == ":" and page.kind(start - 2) == "digits" and not counting and _ratio(page, start):
        return "a ratio"
    if page.adjacent(start) and not (counting and _joined_sentence(page, start)):
        sign = page.norm(start - 1)
        if page.kind(start - 1) in ("word", "digits") and not sign.endswith("'"):
            return "part of a name"
        bold = sign == "*" and not (page.adjacent(start - 1) and page.kind(start - 2) in ("word", "digits"))  # "**421 M€**"
        if (sign in _GLUE and not bold) or (
            sign in _MARKS - _CLOSE and page.adjacent(start - 1) and page.kind(start - 2) in ("word", "digits")
        ):
            return "part of a name, an address or a time"
        if sign == "+" and page.adjacent(start - 1) and page.kind(start - 2) in ("word", "digits"):
            return "part of a name"
        if sign in _CLOSE and not counting:
            return "a list mark"  # "le Met (7M)5. Le Prado"
        if sign in HYPHENS and page.adjacent(start - 1) and page.norm(start - 2) in _CLOSE | frozenset("»\"'"):
            return "part of a name"
    lost = counting and page.kind(end - 1) == "word" and len(page.raw(end - 1)) > _LONG  # "105 134 éclairs|4."
    if page.adjacent(end) and page.kind(end) == "digits" and not lost:
        return "part of an address"
    if page.adjacent(end) and page.norm(end) == "+" and page.adjacent(end + 1) and page.kind(end + 1) in ("word", "digits"):
        return "part of a name"
    if (
        page.adjacent(end)
        and page.norm(end) in (":", "#", "@", "_", "\\")
        and page.adjacent(end + 1)
        and page.kind(end + 1) in ("word", "digits")
    ):
        return "a time or an address"
    return None


def _ratio(page: Page, start: int) -> bool:
    """Whether the figure at token `start`, behind another and a colon, ends a ratio: no date, nothing in groups of three.

    So "fin 2027 : 268 des 312" and "le 5 : 610 000" are none.
    """
    grouped = page.kind(start + 1) == "digits" and len(page.norm(start + 1)) == _GROUP and not page.adjacent(start + 1)
    return page.joined(start - 1) and not grouped and page.free(page.tokens[start - 2].start, page.tokens[start - 2].end)


def named(page: Page, start: int, end: int, bare: bool) -> str | None:
    """Why a number is a reference or a name by the word before it: "article 49.3", "page 3", "Boeing 737"."""
    if start == 0 or page.line_start(start):
        return None
    i, lex = _before(page, start), words(page.languages[start])
    word = page.norm(i)
    if page.kind(i) == "sign" and word not in lex.refused_any:
        return None
    if word in lex.refused_any or f"{page.norm(i - 1)} {word}" in lex.refused_any:
        return f"a reference after {page.raw(i)!r}"
    if not bare:
        return None
    apart = page.kind(i) == "word" and word not in lex.stop and i == start - 1 and page.joined(i)
    model = page.kind(start) == "digits" and not lex.capitals and not is_plural(word, lex) and word in lex.adjectives - lex.adding
    if model and i == start - 1 and page.norm(i - 1) in lex.articles:
        return f"a name after {page.raw(i)!r}"  # "la nouvelle 911"
    if apart and page.norm(i - 1) in lex.refused_any and page.kind(start) == "digits":
        return f"a reference after {page.raw(i - 1)!r}"  # "le numéro gratuit 119"
    if word in lex.refused_after or (i and f"{page.norm(i - 1)} {word}" in lex.refused_after):
        return f"a name or rank after {page.raw(i)!r}"
    if apart and _labels(page, i, start, end):
        return f"a label after {page.raw(i)!r}"
    letters = page.raw(i).isupper() and 1 < len(page.raw(i)) <= 4
    foreign = end == start + 3 and page.norm(start + 1) in _POINTS - {lex.decimal}  # "Veyron 16.4", where a comma is decimal
    if page.norm(end) in lex.apiece and page.joined(end):
        return None  # "la France et l'Espagne 15 chacune"
    short = page.kind(start) == "digits" and (end == start + 1 or letters or foreign)
    if short and i == start - 1 and page.joined(start) and page.raw(i) != page.raw(i).lower() and page.kind(i) == "word":
        if not page.sentence_start(i) or page.raw(i).isupper():
            return f"a name: {page.raw(i)} {page.raw(start)}"
        if word not in lex.openers:
            return f"a name: {page.raw(i)} {page.raw(start)}"
    return None


def _labels(page: Page, i: int, start: int, end: int) -> bool:
    """Whether figures behind a noun and its plural article are what its things go by: "les réacteurs 1 et 2"."""
    lex = words(page.languages[start])
    listed = page.norm(end) in lex.ranges["and"] | lex.ranges["or"] | lex.ranges["to"] | {",", "-"}
    plain = end == start + 1 and page.kind(start) == page.kind(end + 1) == "digits" and page.joined(end + 1)
    whole = plain and not (page.adjacent(end + 2) and page.kind(end + 2) == "word")
    return whole and listed and page.norm(i - 1) in lex.many and page.joined(i) and is_plural(page.norm(i), lex)


def of_the_clock(page: Page, i: int) -> bool:
    """Whether a word of the clock stands at token `i` ("Uhr", "p.m.")."""
    if i >= len(page.tokens) or not page.joined(i):
        return False
    phrases = words(page.languages[i]).clock_words.get(page.norm(i), ())
    return any(all(page.norm(i + k) == w for k, w in enumerate(phrase)) for phrase, _ in phrases)


def placed(page: Page, start: int, end: int, number: Number, listed: bool = False) -> str | None:
    """Why a bare number is none by where it stands: list marks, brackets, years, streets, scores, ordinals.

    `listed` says that it goes on a list of counts, in which names are counted too: "34 berlines, 12 Rolls-Royce, 7 Ferrari".
    """
    if page.norm(end) in HYPHENS and page.adjacent(end) and page.norm(end + 1) in words(page.languages[start]).tied:
        return None
    return (
        _listed(page, start, end)
        or _monthly(page, end)
        or _freezing(page, end, number)
        or (None if listed else _beside_name(page, start, end, number))
        or _enclosed(page, start, end, number)
        or _yearly(number, start)
        or _addressed(page, end, number)
        or _timed(page, start, end, number)
        or _scored(page, start, end, number)
    )


def _monthly(page: Page, end: int) -> str | None:
    """The number of a day of any month: "tous les 15 du mois"."""
    phrases = words(page.languages[end - 1]).days_of.get(page.norm(end), ())
    found = any(all(page.norm(end + k) == w for k, w in enumerate(phrase)) for phrase, _ in phrases)
    return "a day of the month" if found and page.joined(end) else None


def _freezing(page: Page, end: int, number: Number) -> str | None:
    """The zero that degrees are below: "12 degrés sous | zéro"."""
    phrases = words(number.language).ranges["below"] if number.value == 0 else ()
    led = any(all(page.norm(end - 1 - k) == w for k, w in enumerate(reversed(phrase.split()))) for phrase in phrases)
    return "the freezing point" if led else None


def _listed(page: Page, start: int, end: int) -> str | None:
    """The mark of an item at the head of a line: "1. ", "2) "."""
    after = page.norm(end)
    first = page.line_start(start) and after in _MARKS and not page.line_end(end + 1)
    return "a list mark" if first and (page.adjacent(end) or after in "-–—") else None


def _beside_name(page: Page, start: int, end: int, number: Number) -> str | None:
    """A figure before a name, or behind a singular article: "20 Heures", "1.5 TSI", "la 911"."""
    lex = words(page.languages[start])
    foreign = number.end == start + 3 and page.norm(start + 1) in _POINTS - {lex.decimal} and number.value % 1 != 0  # "1.5 TSI"
    plain = not number.words and (number.end == start + 1 or foreign) and page.joined(end)
    if plain and page.raw(end)[:1].isupper() and not lex.capitals:
        return f"a name: {page.raw(start)} {page.raw(end)}"
    if not number.words and page.norm(start - 1) in lex.articles and page.joined(start):
        return "a name or rank after an article"
    return None


def _enclosed(page: Page, start: int, end: int, number: Number) -> str | None:
    """A number alone between quotation marks or brackets, and a list mark before a closing one."""
    before, after = page.norm(start - 1), page.norm(end)
    if before in _QUOTES and after in _QUOTES:
        return "alone in quotation marks"
    if after not in _CLOSE:
        return None
    if before in _OPEN:
        alone = number.end == start + 1 and (number.value < 1000 or number.value in _YEARS)
        return "alone in brackets" if alone else None
    return None if any(page.norm(j) in _OPEN for j in page.back(start, 30)) else "a list mark"


def _yearly(number: Number, start: int) -> str | None:
    """Four digits that may be a year no date reads."""
    year = not number.words and number.scale == 1 and number.value in _YEARS and number.end == start + 1
    return "perhaps a year" if year else None


def _addressed(page: Page, end: int, number: Number) -> str | None:
    """A number before a street, or glued to what follows."""
    after, streets = page.norm(end), words(page.languages[number.start]).streets
    if after in streets or (after == "," and page.norm(end + 1) in streets):
        return "an address"
    if page.adjacent(end) and page.kind(end) == "word" and not number.words:
        return "an ordinal or a name"
    tied = page.adjacent(end + 1) and page.kind(end + 1) in ("word", "digits")
    if after in _PRIMES and page.adjacent(end) and not tied and page.norm(number.start - 1) not in _QUOTES:
        return "a minute of a match or a film"
    if page.adjacent(end) and after in _DASHES and page.adjacent(end + 1) and page.kind(end + 1) in ("word", "digits"):
        return "part of a name or a score"
    return None


def _timed(page: Page, start: int, end: int, number: Number) -> str | None:
    """A time of day, by the words of the clock behind it or the preposition before."""
    lex = words(page.languages[start])
    if of_the_clock(page, end) or (
        page.norm(end) in lex.ranges["to"] and any(of_the_clock(page, k) for k in range(end + 2, end + 6))
    ):
        return "a clock time"
    timely = number.quantum == _MINUTES and number.value < 24 and page.norm(start - 1) in lex.clock_before
    return "a clock time" if timely and not number.words and number.value % 1 < _SIXTY else None


def _scored(page: Page, start: int, end: int, number: Number) -> str | None:
    """The end of a scale, an ordinal with its full stop, a score."""
    lex, before, after = words(page.languages[start]), page.norm(start - 1), page.norm(end)
    if before in lex.ranges["from"] and page.norm(start - 2) in lex.scales:
        return "the end of a scale"
    dotted = after == "." and page.adjacent(end) and page.joined(end + 1) and page.kind(end + 1) == "word" and number.value < 100
    if dotted and not number.words and lex.dotted and number.quantum == 1:
        return "an ordinal"
    marked = number.value in _HIGHEST and page.kind(start - 2) == "digits" and page.kind(start - 3) == "sign"
    if marked and any((before,) == phrase for phrase in lex.share_of):
        return "the highest mark"  # "3,5 sur 5"
    scoring = after in lex.ranges["to"] - lex.ranges["onto"] and page.kind(end + 1) == "digits"
    told = any(page.norm(j) in lex.scores for j in page.back(start, _SCORE))  # "sur le score de 24 à 17"
    return "a score" if scoring and (told or before not in lex.ranges["from"]) and not number.words else None


def worded(page: Page, start: int, number: Number, counted: bool) -> str | None:
    """Why a number word is none: an article, a name in capitals, "neuf" (new), "les deux", "deux-roues"."""
    lex = words(number.language)
    raw, first, before = page.raw(start), page.norm(start), page.norm(start - 1) if not page.line_start(start) else ""
    if page.adjacent(start) and page.norm(start - 1) in HYPHENS and page.adjacent(start - 1):
        return "part of a compound"
    if page.adjacent(start) and page.kind(start - 1) == "digits":
        return "part of a name"
    capital = raw[:1].isupper() and not raw.isupper() and (not lex.capitals or page.raw(start - 1)[:1].isupper())
    own = number.language == page.languages[start] or number.scale > 1  # no "Riley Elf Mk III" in French
    if capital and not (lex.capitals and counted and own) and not _opens(page, start, lex):
        return "a name in capitals"
    if before in lex.few and numerals(number.language).words.get(first, ("", 0))[0] in ("hundred", "magnitude"):
        return f"nobody says how many after {page.raw(start - 1)!r}"
    all_of = before in lex.many and page.norm(start - 2) in lex.pronouns  # "tous | les | deux intelligents"
    if (before in lex.pronouns or all_of) and number.value < 20 and not number.of and unit_after(page, number) is None:
        return f"a pronoun with {page.raw(start - 1)!r}"  # "tous deux complets"
    if counted or (page.norm(number.end) in lex.definite and page.norm(number.end + 1) in lex.totals):
        return None  # "à six | le nombre de morts"
    if _regnal(page, start, number):
        return f"part of a name: {page.raw(start - 1)} {raw}"
    if first in lex.marked and number.end == start + 1 and before in lex.marked[first]:
        return f"{raw!r} counts nothing after {page.raw(start - 1)!r}"  # "en plein dans le mille", "des dizaines de pour cent"
    if _tied(page, number, lex):
        return "part of a compound"
    if of_the_clock(page, number.end):
        return "a clock time"
    if number.end == start + 1 and not number.of and first in lex.doubtful and before not in lex.felling:
        return f"{raw!r} counts nothing here"
    if first in lex.postposed and before and not number.of and number.end == start + 1:
        some = page.norm(number.end) in lex.partitive and page.norm(number.end + 1) in triggers()  # "neuf des dix"
        free = some or before in lex.counting or page.kind(start - 1) != "word" or before in triggers()
        if not free:
            return f"{raw!r} is an adjective after {page.raw(start - 1)!r}"
    if number.language != page.languages[start]:
        return "a word of another language that counts nothing here"
    return None if number.of or number.value >= _TWENTY else _uncounted(page, start, number, lex)


def _uncounted(page: Page, start: int, number: Number, lex: Words) -> str | None:
    """Why a small number word counts nothing by the little word before it: "les deux", "à deux"."""
    before = page.norm(start - 1) if not page.line_start(start) else ""
    between = before in lex.ranges["to"] and page.norm(start - 2) in triggers()
    bounded = bound_before(page, start, page.languages[start]) is not None  # "jusqu'à | quatre"
    changed = before in lex.ranges["to"] and page.norm(start - 2) in lex.ranges["change"]  # "est passé à | douze"
    led = (before in lex.refused_bare and not bounded and not changed) or before.endswith("'")
    sorted_out = page.norm(number.end) in lex.verbal and page.joined(number.end)  # "les huit | testées"
    return f"no count after {page.raw(start - 1)!r}" if led and not between and not sorted_out else None


def _tied(page: Page, number: Number, lex: Words) -> bool:
    """Whether a hyphen ties a number word to what follows, as in no "Zweieinhalb-Milliarden-Paket"."""
    tied = page.norm(number.end) in HYPHENS and page.adjacent(number.end) and page.adjacent(number.end + 1)
    return tied and not (number.scale >= _MILLION and lex.capitals)


def _opens(page: Page, start: int, lex: Words) -> bool:
    """Whether a word opens its sentence, or its article does where nouns have capitals: "Das Zwei-Milliarden-Paket"."""
    led = lex.capitals and page.norm(start - 1) in lex.stop
    return page.sentence_start(start) or (led and page.sentence_start(start - 1))


def _regnal(page: Page, start: int, number: Number) -> bool:
    """Whether a small number word goes with the name before it: "Charles neuf", "Apollo treize"."""
    lex, name = words(page.languages[start]), page.raw(start - 1)
    led = start > 0 and page.joined(start) and not page.line_start(start) and page.kind(start - 1) == "word"
    if lex.capitals or not led or number.value > 23 or number.of or len(name) < 3:
        return False
    return name[0].isupper() and name[1:].islower() and name.casefold() not in lex.openers | lex.counting | lex.stop


def chained(page: Page, start: int, refused: int) -> bool:
    """Whether a bare number goes on from one that was refused: "séries 3, 4, 5", "acte 6 ou 7", "TGV 8536"."""
    if refused < 0 or not refused <= start <= refused + 2 or page.line_start(start):
        return False
    lex = words(page.languages[start]).ranges
    links = lex["list"] | lex["or"] | lex["to"] | _LINKS
    return refused == start or (refused == start - 1 and page.norm(refused) in links)


def round_the_clock(page: Page, number: Number, end: int) -> bool:
    """ "24 heures sur 24", "sept jours sur sept"."""
    of = page.norm(end) in words(page.languages[number.start]).share_leads
    return of and page.norm(end + 1) == page.norm(number.end - 1)


def coded(page: Page, number: Number) -> bool:
    """Whether a letter that touches a whole figure behind a name is that of a model, and no magnitude: "Porsche 917K"."""
    end = number.end - 1
    letter = (
        number.scale > 1
        and end == number.start + 1
        and page.adjacent(end)
        and page.raw(end).isupper()
        and len(page.raw(end)) == 1
    )
    plural = page.raw(number.end) == "s" and page.adjacent(number.end) and number.end == number.start + 1  # "Boeing 737s"
    name = page.raw(number.start - 1)
    lex = words(page.languages[number.start])
    led = page.kind(number.start - 1) == "word" and page.joined(number.start)
    led = led and not (page.sentence_start(number.start - 1) and (not plural or name.casefold() in lex.stop | lex.openers))
    if plural and lex.decades & {page.norm(number.start - 1)}:
        return number.value % _TEN == 0  # "in his 50s"
    return (letter or plural) and led and name[:1].isupper() and name[1:].islower() and number.base >= 100


def lettered_model(page: Page, number: Number, found: Found) -> bool:
    """Whether a capital behind a figure and a name is that of a model and no unit: "Fiat 500 L", no "40 L d'eau"."""
    letter, name = page.raw(found.start), page.raw(number.start - 1)
    apart = found.start == number.end and found.end == number.end + 1 and len(letter) == 1 and letter.isupper()
    led = page.kind(number.start - 1) == "word" and page.joined(number.start) and not page.sentence_start(number.start - 1)
    german = words(page.languages[number.start]).capitals
    return apart and led and not german and not number.words and name[:1].isupper() and name[1:].islower()


def lettered(page: Page, number: Number) -> bool:
    """Whether capitals stand right before a small or broken figure, as in a model's name: "RS 3", "RS 2.7"."""
    before = page.raw(number.start - 1)
    if page.norm(number.end) in words(page.languages[number.start]).fixtures:
        return False  # "une boîte PDK 8 rapports"
    small = number.value < 10 or number.value % 1 != 0
    return small and len(before) > 1 and before.isupper() and page.joined(number.start) and page.kind(number.start - 1) == "word"


def postal(page: Page, number: Number) -> bool:
    """Five digits before a name: "75008 Paris"."""
    plain = not number.words and number.end == number.start + 1 and len(page.norm(number.start)) == 5
    capitals = words(page.languages[number.start]).capitals
    return plain and not capitals and page.raw(number.end)[:1].isupper() and page.joined(number.end)


def times(page: Page, start: int, end: int) -> bool:
    """Whether a number is multiplied by the one beside it: "2x2 voies", "4 × 100 m"."""
    before = page.norm(start - 1) in _TIMES and page.kind(start - 2) == "digits" and page.joined(start)
    return before or (page.norm(end) in _TIMES and page.kind(end + 1) == "digits" and page.joined(end))


def race(page: Page, number: Number, found: Found) -> bool:
    """Whether a measure is the name of a race or car: "le 100 mètres", "200 m papillon", "the 100m" near a medal, "la 2 CV"."""
    lex, before, end = words(page.languages[number.start]), page.norm(number.start - 1), found.end
    if found.unit.code == _HORSES and before in lex.articles and number.value > 1 and page.joined(number.start):
        return True  # "la 2 CV"
    if number.words or number.value <= 1 or found.unit.code not in _LENGTHS or found.start > number.end + 1:
        return False
    if page.norm(end) in lex.disciplines and page.joined(end):
        return True
    led = page.joined(number.start) and found.start == number.end
    if led and before in lex.races:
        return True
    goes_on = page.kind(end) == "word" and page.joined(end) and page.norm(end) not in lex.stop | lex.athletics
    run = led and before in lex.raced and number.value in _DISTANCES and not goes_on
    return run and near(page, number.start, lex.athletics) > 0


def title(page: Page, start: int) -> int | None:
    """Index after a name that begins with the number at token `start` ("20 Minutes", "49.3"), None if none does."""
    for name in words(page.languages[start]).names.get(page.raw(start), ()):
        end = start + len(name)
        if all(page.raw(start + k) == word for k, word in enumerate(name)):
            measured = page.kind(end - 1) == "digits" and page.joined(end) and unit_at(page, end) is not None  # "7 à 8 euros"
            return None if measured else end
    return None


def hours(page: Page, first: Number, last: Number, found: Found) -> bool:
    """Whether a range of hours is one of the clock: "entre 17 et 19h", "de 8 à 10 heures", not "deux à trois heures"."""
    lex = words(page.languages[first.start])
    if last.value > 24 or any(page.norm(j) in lex.clock_duration for j in page.back(first.start, 2)):
        return False
    opened = page.norm(first.start - 1) in lex.ranges["between"] | lex.ranges["from"]
    return page.norm(found.start) == "h" or (_of_clock(page, found) and opened and last.value > 6)


def _of_clock(page: Page, found: Found) -> bool:
    """Whether the clock is told in this word for hours: "à 20 heures", not "nach zwei Stunden"."""
    return page.norm(found.start) == "h" or page.norm(found.start) in words(page.languages[found.start]).clock_words


def _away(page: Page, end: int, lex: Words) -> bool:
    """Whether a direction at token `end` makes hours a distance: "1h30 à l'est de Cayenne"."""
    return any(all(page.norm(end + k) == w for k, w in enumerate(phrase)) for phrase, _ in lex.clock_away.get(page.norm(end), ()))


def _of_delay(page: Page, end: int, lex: Words) -> bool:
    """Whether what lasts follows hours with its article: "évalue à sept heures et demie | le délai"."""
    counts = numerals(lex.language)
    half = page.norm(end) in counts.joiners and page.norm(end + 1) in counts.halves
    at = end + 2 * half
    return page.norm(at) in lex.definite and page.norm(at + 1) in lex.clock_duration


def clock(page: Page, number: Number, found: Found) -> str | None:
    """Why hours are a time of day: "à 20 heures", "10H30"; None for a duration ("pendant 2 heures", "35 heures")."""
    lex, start = words(page.languages[number.start]), number.start
    if number.words and number.value > 24:
        return None
    letter = page.norm(found.start) == "h"
    if not _of_clock(page, found):
        return None
    minutes = page.kind(found.end) == "digits" and len(page.norm(found.end)) == 2 and page.joined(found.end)
    if number.value > 24 or number.value % 1 or page.norm(found.end) in ("/",):
        return "round the clock" if page.norm(found.end) == "/" else None
    before, follows = page.norm(start - 1), page.norm(found.end + bool(minutes))
    if before in _QUOTES and page.norm(found.end) in _QUOTES and not number.words:
        return "the name of a broadcast"  # "invité du '20 heures'"
    cue = any(page.norm(j) in lex.clock_duration for j in page.back(start, 3))
    odd = minutes and int(page.norm(found.end)) % 5 != 0  # no distance is told to the minute
    of = not odd and (follows in lex.clock_of or _away(page, found.end + bool(minutes), lex))
    if before in lex.clock_of and page.norm(start - 2) in lex.clock_copulas:
        return None  # "la durée est de 11h30"
    if _of_delay(page, found.end + bool(minutes), lex):
        return None
    if before in lex.clock_before:
        lasting = before in lex.clock_lasting and number.words and not minutes and number.value > 1  # "depuis quatre heures"
        return None if of or lasting else "a time of day"
    if before in lex.articles and not number.words and number.value > 1:
        return "a time of day"  # "le 20 heures"
    if page.norm(start - 2) in lex.clock_shows and before in lex.clock_of:
        return "a time of day"
    around = bound_before(page, start, page.languages[start])
    if around is not None and f"{page.norm(around.start)} {page.norm(around.start + 1)}" in lex.clock_around:
        return None if of else "a time of day"
    if letter or minutes:
        bound = bound_before(page, start, page.languages[start])
        sharp = page.norm(found.end) == "00" or (bound is not None and page.norm(bound.start - 1) in lex.clock_before)
        return None if of or (cue and not sharp) else "a time of day"
    if before in lex.ranges["from"] | lex.ranges["between"] | lex.ranges["list"] | lex.ranges["to"]:
        later = [page.norm(j) for j in range(found.end, min(found.end + 4, len(page.tokens)))]
        if any(w in lex.ranges["to"] | lex.ranges["and"] for w in later) and not cue:
            return "a time of day"
    return None
