"""Who only says a figure, and is not the one of whom it is said: the subject of a verb of speech, a source that is cited."""

from __future__ import annotations

from pipeline.claims.citing import CITED, is_source
from pipeline.claims.context import Context
from pipeline.claims.speakers import said
from pipeline.syntax import Sentence, labels, words


def speaking(context: Context, sentence: Sentence, j: int, root: int | None) -> bool:
    """Whether word `j` is who says it, not whom the value at word `root`, None in another sentence, is said of."""
    tells = _speaker(sentence, j) and (root is None or not _acts(sentence, j, root))
    return tells or cites(context, sentence, sentence.words[j].start)


def saying(context: Context, sentence: Sentence, start: int, end: int, root: int) -> bool:
    """Whether the name at `start`..`end` is that of who says it, not of whom the value at word `root` is said."""
    return says(sentence, start, end, root) or cites(context, sentence, start)


def _acts(sentence: Sentence, j: int, root: int) -> bool:
    """Whether who speaks tells of a deed of his own, by an infinitive: "Luc Morel a reconnu avoir offert trois montres"."""
    verb, subjects = sentence.words[j].head, labels(sentence.language, "subject")
    for k in (root, *sentence.ancestors(root)):
        if any(sentence.words[i].dep in subjects for i in sentence.children[k]):
            return False
        if sentence.words[k].head == verb and k != verb:
            forms = (k, *(i for i in sentence.children[k] if sentence.words[i].pos == "AUX"))
            return any("VerbForm=Inf" in sentence.words[i].morph for i in forms)
    return False


def _speaker(sentence: Sentence, j: int) -> bool:
    """Whether word `j` is the subject of a verb of speech: who says it, not whom it is said of."""
    word = sentence.words[j]
    passive = word.dep in labels(sentence.language, "passive_subject")
    if passive or not word.dep.startswith("nsubj") or word.head < 0:
        return False  # who is accused or judged says nothing
    return said(sentence, word.head, "verbs")


def says(sentence: Sentence, start: int, end: int, root: int) -> bool:
    """Whether the name at `start`..`end` is that of who says it."""
    named = sentence.indices(start, end) if sentence.parsed else []
    return any(_speaker(sentence, j) and not _acts(sentence, j, root) for j in named)


def cites(context: Context, sentence: Sentence, offset: int) -> bool:
    """Whether what stands at `offset` is cited as a source; in "selon Reuters, Velmar ferme" the name before it is."""
    sources = words(sentence.language, "speech", "sources")
    first = max(sentence.start, offset - CITED)
    lead = context.article.text[first:offset].casefold().replace("’", "'")
    for at in (first + lead.rindex(s) + len(s) for s in sources if s in lead):
        between = lead[at - first :]
        if is_source(between, sentence.language) and not ("," in between and context.places_in(at, offset)):
            return True
    return False
