"""The metric catalogue as records, and the cues by which a sentence names a metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.errors import LexiconError
from pipeline.grammar.tokens import tokenize
from pipeline.records import ENTITY_TYPES, KINDS
from pipeline.syntax import Word, words

ANY = "*"  # among the units of a metric: whatever is counted
ROLES = ("agent", "holder", "held", "place", "event")
NATURES = ("stock", "flow", "event")
TAGS = ("weak", "rated", "themed", "public", "eventful", "sums")  # what a cue may depend on, each a list of a metric's block


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """One thing that the press measures (a block of `metrics.toml`)."""

    id: str
    kinds: tuple[str, ...]
    nature: str
    role: str
    running: bool = False
    family: str | None = None
    domain: str | None = None
    changes: str | None = None  # the metric that a change of it in percent is called by
    of: str | None = None
    bearers: frozenset[str] = frozenset()  # types of those who usually have it; of any where there are none
    against: bool = False  # whether it is asked for or imposed against who has it
    national: bool = False  # whether countries have it rather than towns
    announced: bool = True
    acts_on: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    bare: frozenset[str] = frozenset()
    rates: frozenset[str] = frozenset()  # what it is a rate by, where no cue names another
    people: bool = False
    crowd: bool = False  # whether it counts many who gather: a few of them are persons met
    counterparty: dict[str, tuple[str, ...]]

    @property
    def toll(self) -> bool:
        """Whether it counts the dead, the hurt, the missing."""
        return self.running and self.role == "event"

    def admits(self, kind: str, unit: str | None) -> bool:
        """Whether a value of this kind and unit can be one of this metric."""
        if kind not in self.kinds:
            return False
        if kind == "count":
            return unit is None or self.counts(unit)
        own = self.units - {ANY}
        return kind not in ("measure", "duration") or not own or (unit or "").casefold() in own

    def counts(self, noun: str) -> bool:
        """Whether it counts what a noun names: its own, those of its `units`, and people where it is of people."""
        word = noun.casefold()
        return word in self.counted or word in self.units or ANY in self.units or (self.people and word in people() | nationals())


@dataclass(frozen=True, slots=True)
class Cue:
    """A place in a sentence that names a metric: words `first`..`last`, the governing one `at`."""

    at: int
    first: int
    last: int
    metric: Metric
    verb: bool
    tags: frozenset[str] = frozenset()  # those of TAGS that hold of it
    only: frozenset[str] = frozenset()  # units and counted nouns of which alone it names the metric ("perdre 40 postes")
    single: bool = True  # whether it is one word, no turn of phrase

    @property
    def weak(self) -> bool:
        """Whether it names the metric only where it governs the value with nothing between."""
        return "weak" in self.tags

    @property
    def rated(self) -> bool:
        """Whether it names the metric only of a rate ("gagner 2 000 euros par mois")."""
        return "rated" in self.tags


def _metric(name: str, block: lexicon.Table) -> Metric:
    where = f"lexicon/metrics.toml: metric {name!r}"
    for key in ("label", "kinds", "nature", "role", "nouns", "verbs"):
        if key not in block:
            raise LexiconError(f"{where} has no {key!r}; add it")
    unknown = set(block["kinds"]) - set(KINDS)
    if unknown or block["role"] not in ROLES or block["nature"] not in NATURES:
        raise LexiconError(f"{where} has an unknown kind, role or nature; use {KINDS}, {ROLES}, {NATURES}")
    if not set(block.get("bearers", ())) <= set(ENTITY_TYPES):
        raise LexiconError(f"{where} has an unknown type among its bearers; use {', '.join(ENTITY_TYPES)}")
    return Metric(
        id=name,
        kinds=tuple(block["kinds"]),
        nature=block["nature"],
        role=block["role"],
        running=block.get("running", False),
        family=block.get("family"),
        domain=block.get("domain"),
        changes=block.get("changes"),
        of=block.get("of"),
        bearers=frozenset(block.get("bearers", ())),
        against=block.get("against", False),
        national=block.get("national", False),
        announced=block.get("announced", True),
        acts_on=frozenset(block.get("acts_on", ())),
        bound=frozenset(w.casefold() for w in block.get("bound", ())),
        counted=frozenset(w.casefold() for w in block.get("counted", ())),
        units=frozenset(u.casefold() for u in block.get("units", ())),
        people=block.get("people", False),
        crowd=block.get("crowd", False),
        bare=frozenset(u.casefold() for u in block.get("bare", ())),
        rates=frozenset(block.get("rates", ())),
        counterparty={k: tuple(v) for k, v in block.get("counterparty", {}).items()},
    )


@cache
def people() -> frozenset[str]:
    """The nouns of persons, in all languages, casefolded."""
    lists = (words(code, *key) for code in lexicon.LANGUAGES for key in (("people", "nouns"), ("reference", "PER")))
    return frozenset().union(*lists)


@cache
def nationals() -> frozenset[str]:
    """The nouns of those who are of a country ("belge", "Belgier"), casefolded; in French an adjective is one too."""
    listed = (words(code, "people", "nationals") for code in lexicon.LANGUAGES)
    peoples = (w.casefold() for block in lexicon.table("peoples").values() for w in block["adjectives"])
    return frozenset(peoples).union(*listed)


@cache
def metrics() -> dict[str, Metric]:
    """All metrics by id, in the order of the file."""
    return {name: _metric(name, block) for name, block in lexicon.table("metrics").items()}


@cache
def by_counted_noun() -> dict[str, tuple[Metric, ...]]:
    """Counted noun -> the metrics that it names by itself."""
    out: dict[str, list[Metric]] = {}
    for metric in metrics().values():
        for noun in metric.counted:
            out.setdefault(noun, []).append(metric)
    return {k: tuple(v) for k, v in out.items()}


_Entry = tuple[tuple[str, ...], Metric, bool, frozenset[str], frozenset[str]]


@cache
def _index(language: str) -> dict[str, tuple[_Entry, ...]]:
    """First word of a cue -> cues, the longest first."""
    out: dict[str, list[_Entry]] = {}
    for name, block in lexicon.table("metrics").items():
        tagged = {key: {w.casefold() for w in block.get(key, ())} for key in TAGS}
        only = {w.casefold(): frozenset(u.casefold() for u in units) for w, units in block.get("only", {}).items()}
        for key, verb in (("nouns", False), ("verbs", True)):
            for phrase in block[key].get(language, ()):
                parts, said = tuple(t.norm for t in tokenize(phrase)), phrase.casefold()
                tags = frozenset(key for key in TAGS if said in tagged[key])
                entry = (parts, metrics()[name], verb, tags, only.get(said, frozenset()))
                for form in _bare(parts[0], language) if len(parts) == 1 else {parts[0]}:
                    out.setdefault(form, []).append(entry)
                if len(parts) > 1 and not any(c.isspace() for c in phrase):  # "V12" and "hold-up" are one word to a parser
                    out.setdefault(said, []).append(((said,), *entry[1:]))
    return {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in out.items()}


def _bare(norm: str, language: str) -> set[str]:
    """A word and what is left of it without an ending."""
    return {norm} | {norm[: -len(e)] for e in _endings(language) if norm.endswith(e) and len(norm) - len(e) >= 4}


HEAD = 6  # letters that the head of a compound has at least ("Netto|verschuldung")


@cache
def _compounds(language: str) -> bool:
    """Whether the language writes compounds in one word."""
    return bool(lexicon.language(language, "syntax")["forms"].get("compounds", False))


@cache
def _endings(language: str) -> tuple[str, ...]:
    return tuple(lexicon.language(language, "syntax")["forms"]["endings"])


def _keys(norm: str, language: str) -> set[str]:
    """Forms under which a word is looked up where no lemmatizer serves its language."""
    bare = _bare(norm, language)
    if not _compounds(language) or norm in words(language, "forms", "simple"):
        return bare
    return bare | {form[i:] for form in bare for i in range(3, len(form) - HEAD + 1)}


def _last(sentence: Sequence[Word], i: int, phrase: tuple[str, ...], language: str) -> int | None:
    """Index of the last word of a phrase that starts at word `i`, None where it does not; adverbs may stand inside.

    Where no lemmatizer serves its language, its last word may have an ending ("spending cuts").
    """
    at = i
    for k, part in enumerate(phrase):
        while k and at < len(sentence) and sentence[at].pos == "ADV" and sentence[at].norm != part:
            at += 1
        if at >= len(sentence):
            return None
        word, last = sentence[at], k == len(phrase) - 1
        ending = bool(k) and last and not word.pos and part in _bare(word.norm, language)
        if not ending and part not in (word.norm, word.lemma, word.verb):
            return None
        at += 1
    return at - 1


APART = 14  # words between a verb and what makes a turn of phrase of it


TURN = 3  # words of a turn of phrase whose verb may stand apart from the rest


def _apart(sentence: Sequence[Word], i: int, phrase: tuple[str, ...], language: str) -> bool:
    """Whether the rest of a turn depends on its verb, apart from it: "ont mis trois hommes en examen", "réalisé en ligne
    auprès de 900 personnes"; of a turn of two words the second is one that leads to what is behind."""
    word = sentence[i]
    if len(phrase) == PARTED and not word.pos:
        return _parted(sentence, i, phrase[1])
    if len(phrase) < TURN and (len(phrase) == 1 or phrase[-1] not in words(language, "forms", "apart")):
        return False
    if word.pos not in ("VERB", "AUX", "ADJ") or word.head < 0 or phrase[0] not in (word.lemma, word.verb):
        return False
    for j in range(i + 2, min(i + APART, len(sentence) - len(phrase) + 2)):
        last = _last(sentence, j, phrase[1:], language)
        if last is not None:
            heads = [sentence[k].head for k in range(j, last + 1)]
            return any(i in (head, sentence[head].head) for head in heads if not j <= head <= last)
    return False


PARTED = 2  # words of a verb whose particle closes its clause
CLOSES = (",", ";", ".", ":", "!", "?", ")")


def _parted(sentence: Sequence[Word], i: int, particle: str) -> bool:
    """Whether the particle of a verb closes its clause, where no tree shows it: "fallen bis 2028 rund 300 Stellen weg"."""
    for j in range(i + 2, min(i + APART, len(sentence))):
        if sentence[j].norm == particle:
            return j + 1 == len(sentence) or sentence[j + 1].norm in CLOSES
        if sentence[j].norm in CLOSES:
            return False
    return False


def cues(sentence: Sequence[Word], language: str) -> Iterator[Cue]:
    """All cues in a sentence, in order; of two that start at one word the longer comes first."""
    index = _index(language)
    for i, word in enumerate(sentence):
        known = _bare if word.norm in index else _keys  # a compound that is a cue itself is no other
        forms = {word.lemma, word.norm, word.verb} | known(word.norm, language)
        seen: set[str] = set()
        for form in sorted(forms, key=lambda f: (0 if word.pos else -len(f), f)):  # as written, before what is left of it
            entries = index.get(form, ()) if word.pos else _as_verbs(index.get(form, ()))
            for phrase, metric, verb, tags, only in entries:
                last = i if len(phrase) == 1 else _last(sentence, i, phrase, language)
                if last is None and verb and _apart(sentence, i, phrase, language):
                    last = i  # the verb stands for the turn: what is between, or behind, is no word of it
                if metric.id in seen or last is None:
                    continue
                if len(phrase) == 1 and word.pos and not _fits(word, verb):
                    continue
                seen.add(metric.id)
                yield Cue(i, i, last, metric, verb, tags, only, len(phrase) == 1)


def _as_verbs(entries: Sequence[_Entry]) -> list[_Entry]:
    """Entries of a word of no known part of speech: of a metric's noun and verb ("injured") the verb, which acts on people."""
    acting = {metric.id for phrase, metric, verb, _, _ in entries if verb and metric.people and len(phrase) == 1}
    return [e for e in entries if e[2] or len(e[0]) > 1 or e[1].id not in acting]


@cache
def _idioms(language: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in lexicon.language(language, "syntax").get("idioms", {}).get("words", ()):
        parts = tuple(t.norm for t in tokenize(phrase))
        out.setdefault(parts[0], []).append(parts)
    return {k: tuple(v) for k, v in out.items()}


def idioms(sentence: Sequence[Word], language: str) -> Iterator[tuple[int, int]]:
    """First and last words of the turns of phrase whose words name no metric ("au cours de")."""
    index = _idioms(language)
    for i, word in enumerate(sentence):
        for form in sorted({word.lemma, word.norm, word.verb}):
            for phrase in index.get(form, ()):
                last = _last(sentence, i, phrase, language)
                if last is not None:
                    yield i, last


def _fits(word: Word, verb: bool) -> bool:
    """A noun cue is no verb and a verb cue no noun (participles may be tagged as adjectives)."""
    if verb:
        return word.pos in ("VERB", "AUX", "X") or bool(word.verb)
    return word.pos not in ("VERB", "AUX", "ADV", "ADP")
