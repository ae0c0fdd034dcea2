"""Feeds `pipeline.mentions` texts made at random and reports each that breaks a promise, cut down to what is needed.

    python -m tests.benchmarks fuzz [--minutes 1] [--seed 0] [--long] [--texts FILE]

Six makers take turns: any Unicode at all, articles cut and stirred, articles whose signs are dressed in others (every space
of Unicode, combining marks, writing directions, digits of other scripts, edges of the surrogates), words of the lexicon of
all languages in random order with figures between them, the same broken off in the middle, and a few of those repeated
thousands of times. Articles are those of `corpora/articles`, and the `text` of the lines of FILE where one is given. Each
text is checked for what holds of every text: nothing is raised, a mention quotes its place, mentions stand in order and
apart, their bounds are in order, they can be written as JSON, a date is EDTF, a second reading is equal to the first, and a
blank line before the text moves every quantity by one and changes nothing else. Repeated texts are timed at two lengths.
The same seed gives the same texts. A finding is a line of JSON; the last line counts; the exit code is 1 if anything was
found. `--long` reads words of the lexicon in random order instead, each repeated to a million characters.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import lexicon, mentions
from pipeline.records import Mention

CORPORA = Path(__file__).parents[2] / "corpora" / "articles"
TOPICS = ("numbers", "nouns", "refusals", "dates")
SEPARATORS = (" ", " ", " ", " ", "", "\u00a0", "\u202f", "\n", "-", ", ", ". ", "'", "’", " – ", "/", "\t", " (", ") ")
SIGNS = "+-−–—/.,:;%‰°€$£¥§½¼¾²³⁄×*^#~≈<>≤≥()[]«»“”\"'’ʼ…·\u00ad\u200b\ufeff\u0000\u2009"
SHAPES = (
    "{}", "{},{}", "{}.{}", "{} {}", "{}\u202f{}", "{}/{}", "{}-{}", "{}:{}", "{}h{}", "{}e{}", "{}^{}", "{}'{}", "-{}", "+{},{}",
)  # fmt: skip
EDGES = "\ud7ff\ud800\udbff\udc00\udfff\ue000\ufffe\uffff\U00010000\U0010ffff"  # beside, in and behind the surrogates
DRESSES = ("Zs", "Mn", "Cf", "Nd", "No", "Pd", "Sc")  # spaces, marks, directions, digits, fractions, dashes, currencies
EDTF = re.compile(r"(-?\d{3}[\dX]|\d{2}XX|\.\.)?(-\d\d(-\d\d)?)?[~?%]?(/((-?\d{3}[\dX]|\d{2}XX)(-\d\d(-\d\d)?)?[~?%]?|\.\.)?)?")
LENGTHS = (4_000, 64_000)  # characters; sixteen times the text: a square would take 256 times as long
SLOW = 48  # times as long for sixteen times the text
FLOOR = 0.02  # seconds under which a clock is not to be trusted


def leaves(table: Any) -> Iterator[str]:
    """Every word of a table of the lexicon: the keys of its blocks, and what stands in its lists."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield key
            yield from leaves(value)
    elif isinstance(table, list):
        for value in table:
            yield from leaves(value)
    elif isinstance(table, str):
        yield table


@cache
def vocabulary() -> tuple[str, ...]:
    """Words and phrases of the lexicon, all languages, and every sign that means something to the grammar."""
    found = {w for language in lexicon.LANGUAGES for topic in TOPICS for w in leaves(lexicon.language(language, topic))}
    return tuple(sorted(found | set(leaves(lexicon.table("units"))) | set(SIGNS)))


@cache
def articles() -> list[str]:
    """The texts of the project's own articles; those of a file are added to them."""
    return [path.read_text("utf-8") for path in sorted(CORPORA.rglob("*")) if path.is_file()]


@cache
def dresses() -> dict[str, str]:
    """The characters of each category that changes how a sign looks, and what is beside the surrogates."""
    found: dict[str, list[str]] = {name: [] for name in DRESSES}
    for char in map(chr, range(sys.maxunicode + 1)):
        found.get(unicodedata.category(char), []).append(char)
    return {name: "".join(chars) for name, chars in found.items()} | {"edges": EDGES}


def figure(chance: random.Random) -> str:
    """Digits, alone or in one of the shapes that figures, dates, times and codes have."""
    parts = [str(chance.randrange(10 ** chance.choice((1, 2, 3, 3, 4, 6, 12)))) for _ in range(2)]
    return chance.choice(SHAPES).format(*parts)


def piece(chance: random.Random) -> str:
    """A figure or a word of the lexicon, at times in another case."""
    if chance.random() < 0.35:
        return figure(chance)
    word = chance.choice(vocabulary())
    return chance.choice((word, word, word, word, word.capitalize(), word.upper()))


def anything(chance: random.Random) -> str:
    """Code points of all Unicode, surrogates too, with a few that mean something among them."""
    alphabet = SIGNS + "0123456789 \n\r\x0b\x85\u2028abdéneuhmkMKß"
    draw: tuple[Callable[[], str], ...] = (lambda: chr(chance.randrange(0x110000)), lambda: chance.choice(alphabet))
    return "".join(chance.choice(draw)() for _ in range(chance.randrange(300)))


def stirred(chance: random.Random) -> str:
    """A passage of an article in which pieces are dropped, doubled, swapped, put in or changed."""
    text = chance.choice(articles())
    start = chance.randrange(len(text))
    words = text[start : start + chance.randrange(2_000)].split(" ")
    for _ in range(chance.randrange(1, 30)):
        at, to = chance.randrange(len(words)), chance.randrange(len(words))
        change = chance.randrange(6)
        if change == 0:
            words[at] = ""
        elif change == 1:
            words[at] = piece(chance)
        elif change == 2:
            words[at], words[to] = words[to], words[at]
        elif change == 3:
            words[at] += chance.choice(SEPARATORS) + piece(chance)
        elif change == 4:
            words[at] = words[at].swapcase()
        else:
            cut = chance.randrange(len(words[at]) + 1)
            words[at] = words[at][:cut] + chance.choice(SIGNS) + words[at][cut:]
    return chance.choice((" ", " ", " ", "\u00a0", "\n", "")).join(words)


def dressed(chance: random.Random) -> str:
    """A passage of an article in which signs stand in another dress: spaces, digits, dashes, marks of all Unicode."""
    text = chance.choice(articles())
    start = chance.randrange(len(text))
    text = text[start : start + chance.randrange(600)]
    if chance.random() < 0.3:
        text = unicodedata.normalize(chance.choice(("NFD", "NFKD", "NFKC")), text)
    rate = chance.choice((0.02, 0.1, 0.5))
    return "".join(_dress(char, chance) if chance.random() < rate else char for char in text)


def _dress(char: str, chance: random.Random) -> str:
    worn = dresses()
    if char.isspace():
        return chance.choice(worn["Zs"])
    if char.isdecimal() and chance.random() < 0.7:
        return chance.choice(worn[chance.choice(("Nd", "No"))])
    if char == "-":
        return chance.choice(worn["Pd"])
    return char + chance.choice(worn[chance.choice(("Mn", "Cf", "edges", "Sc"))])


def clipped(chance: random.Random) -> str:
    """Figures and words of the lexicon, each broken off at its start or end."""
    out = []
    for _ in range(chance.randrange(1, 20)):
        said = "".join(piece(chance) + chance.choice(SEPARATORS) for _ in range(chance.randrange(1, 5)))
        at = chance.randrange(len(said))
        out.append(chance.choice((said[:at], said[at:])))
    return chance.choice((" ", "\u00a0", "", "\n")).join(out)


def composed(chance: random.Random) -> str:
    """Figures and words of the lexicon one after the other."""
    return "".join(piece(chance) + chance.choice(SEPARATORS) for _ in range(chance.randrange(1, 40)))


def repeated(chance: random.Random) -> str:
    """What is to be said over and over: a few pieces."""
    return "".join(piece(chance) + chance.choice(SEPARATORS) for _ in range(chance.randrange(1, 5)))


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "anything": anything,
    "stirred": stirred,
    "dressed": dressed,
    "composed": composed,
    "clipped": clipped,
}
WEIGHTS = {"anything": 25, "stirred": 30, "dressed": 30, "composed": 40, "clipped": 25, "repeated": 2}
OPTIONS = (None, "fr", "de", "en")
PUBLISHED = (None, date(2025, 3, 14), date(2024, 2, 29), date.min, date.max)


def broken(text: str, language: str | None, published: date | None) -> str | None:
    """What promise a text breaks, None if it breaks none."""
    try:
        found = mentions(text, language=language, published=published)
        again = mentions(text, language=language, published=published)
        moved = mentions("\n" + text, language=language, published=published) if language else None
    except Exception as error:  # whatever is raised is the finding
        return f"raises {type(error).__name__}: {error}"[:200]
    return (
        _misplaced(text, found)
        or _unsaid(found)
        or ("reads otherwise the second time" if found != again else _moved(found, moved))
    )


def _misplaced(text: str, found: list[Mention]) -> str | None:
    end = 0
    for mention in found:
        if not end <= mention.start < mention.end <= len(text):
            return f"out of order: {mention.quote!r}"
        if text[mention.start : mention.end] != mention.quote or mention.quote != mention.quote.strip():
            return f"not its quote: {mention.quote!r}"
        value = mention.quantity
        if value is not None and value.value is not None:
            low, high = value.lower, value.upper
            if (low is not None and low != value.value) or (high is not None and high != value.value):
                return f"bounds beside the value: {mention.quote!r}"
        end = mention.end
    return None


def _unsaid(found: list[Mention]) -> str | None:
    """What of the mentions JSON or EDTF cannot say."""
    for mention in found:
        row = (
            mention.quote,
            mention.kind,
            mention.value,
            mention.lower,
            mention.upper,
            mention.quantum,
            mention.unit,
            mention.per,
        )
        try:
            json.dumps([*row, mention.approximation, mention.time, mention.rule], allow_nan=False)
        except ValueError as error:
            return f"not JSON ({error}): {mention.quote!r}"
        if mention.time is not None and not EDTF.fullmatch(mention.time):
            return f"not EDTF ({mention.time}): {mention.quote!r}"
    return None


def _moved(found: list[Mention], moved: list[Mention] | None) -> str | None:
    if moved is None:
        return None
    here = [(m.start, m.end, m.quantity) for m in found if m.quantity]
    there = [(m.start - 1, m.end - 1, m.quantity) for m in moved if m.quantity]
    other = sorted({*here} ^ {*there}, key=lambda m: m[:2])
    return f"a blank line before it changes {other[0]}" if other else None


def seconds(text: str) -> float:
    """Processor seconds that a text takes, the better of two."""
    best = float("inf")
    gc.collect()
    gc.disable()
    try:
        for _ in range(2):
            began = time.process_time()
            mentions(text, language="fr", published=date(2025, 3, 14))
            best = min(best, time.process_time() - began)
    finally:
        gc.enable()
    return best


def slow(unit: str, lengths: tuple[int, int] = LENGTHS) -> str | None:
    """How much longer a long repetition takes than a short one, if that is more than in proportion; None otherwise."""
    texts = [unit * max(1, length // len(unit)) for length in lengths]
    allowed = SLOW * (lengths[1] / lengths[0]) / 16
    for _ in range(2):  # a slow one is timed once more: the machine may have been busy
        short, long = (seconds(text) for text in texts)
        if long <= allowed * max(short, FLOOR):
            return None
    return f"{long / short:.0f} times as long for {lengths[1] // lengths[0]} times the text ({long:.1f} s)"


def cut(text: str, fails: Callable[[str], bool], tries: int = 400) -> str:
    """A part of `text` that still fails: pieces are left out, halves first, for as long as it does."""
    size = len(text) // 2
    while size >= 1 and tries:
        at = 0
        while at < len(text) and tries:
            shorter, tries = text[:at] + text[at + size :], tries - 1
            if shorter and fails(shorter):
                text = shorter
            else:
                at += size
        size //= 2
    return text


def look(chance: random.Random) -> tuple[str, dict[str, Any] | None]:
    """One text made and checked: its maker, and the finding if there is one."""
    maker = chance.choices(tuple(WEIGHTS), tuple(WEIGHTS.values()))[0]
    if maker == "repeated":
        unit = repeated(chance)
        why = slow(unit)
        return maker, None if why is None else {"maker": maker, "why": why, "text": unit}
    text, language, published = MAKERS[maker](chance), chance.choice(OPTIONS), chance.choice(PUBLISHED)
    why = broken(text, language, published)
    if why is None:
        return maker, None
    head = why[:12]
    text = cut(text, lambda t: (broken(t, language, published) or "")[:12] == head)
    why = broken(text, language, published)
    return maker, {"maker": maker, "why": why, "text": text, "language": language, "published": str(published)}


def findings(seed: int, rounds: int) -> list[dict[str, Any]]:
    """What `rounds` texts made with `seed` break."""
    chance = random.Random(seed)
    return [found for _, found in (look(chance) for _ in range(rounds)) if found is not None]


def look_long(chance: random.Random) -> tuple[str, dict[str, Any] | None]:
    """A figure or a word of the lexicon, a million characters of it."""
    unit = piece(chance) + chance.choice((" ", ""))
    why = slow(unit, (62_500, 1_000_000))
    return "long", None if why is None else {"maker": "long", "why": why, "text": unit}


def main(minutes: float, seed: int, *, long: bool, texts: Path | None = None) -> int:
    """Look until the time is up; prints each finding, and how many texts of each maker were read."""
    if texts is not None:
        articles().extend(json.loads(line)["text"] for line in texts.read_text("utf-8").split("\n") if line)
    made: Counter[str] = Counter()
    found, end, chance = 0, time.monotonic() + 60 * minutes, random.Random(seed)
    while time.monotonic() < end:
        maker, finding = (look_long if long else look)(chance)
        made[maker] += 1
        if finding is not None:
            found += 1
            print(json.dumps(finding), flush=True)
    print(json.dumps({"seed": seed, "minutes": minutes, "texts": made, "findings": found}), flush=True)
    return 1 if found else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--long", action="store_true", help="words of the lexicon, a million characters of each")
    parser.add_argument("--texts", type=Path, help="JSON Lines whose `text` is stirred and dressed as the articles are")
    asked = parser.parse_args()
    sys.exit(main(asked.minutes, asked.seed, long=asked.long, texts=asked.texts))
