"""Articles to claims: who, what is measured, of whom, when, said by whom.

The grammar reads every sentence; only those in which it found something (and what stands around them) go through the
neural pipeline. Each quantity then becomes a claim, each date of a named event another.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator

from pipeline import lexicon
from pipeline.claims.ahead import lies_ahead
from pipeline.claims.bare_ages import in_years
from pipeline.claims.carry import carried
from pipeline.claims.catalogue import Cue
from pipeline.claims.context import Context
from pipeline.claims.continued import Told, continued
from pipeline.claims.deals import completed, of_target
from pipeline.claims.events import events
from pipeline.claims.gate import Opened, open_article
from pipeline.claims.houses import houses
from pipeline.claims.interviews import answers
from pipeline.claims.introductions import introductions
from pipeline.claims.measures import Measure, all_cues, measure
from pipeline.claims.moments import settled
from pipeline.claims.recurring import recurring
from pipeline.claims.refusals import adverbial, climbed, marked, proverbial, taken_up
from pipeline.claims.restated import coordinated, echoed, inherited
from pipeline.claims.rows import quantity_claim
from pipeline.claims.windows import window
from pipeline.entities import Named, capitalised, headed_by, introduced, resolve, titled_only, uncapitalised, unlisted
from pipeline.grammar.tokens import tokenize
from pipeline.pipes import Parsed, Passage, parse
from pipeline.records import Article, Claim, Mention
from pipeline.syntax import Sentence, Word

PARSED = ("fr",)  # languages that the installed model parses
IDLE = (window, adverbial, marked, proverbial, climbed)  # what shows that a value is no claim
CAPITALS = ("fr", "en")  # languages in which a capital inside a sentence is a name's


def claims(articles: Iterable[Article], *, gate: bool = True) -> Iterator[list[Claim]]:
    """The claims of each article, in the order of the articles; within one, in the order of the text."""
    waiting: deque[Opened] = deque()

    def items() -> Iterator[Passing]:
        for article in articles:
            waiting.append(open_article(article, gate=gate))
            yield passing(waiting[-1])

    for parsed in parse(items()):
        yield read(waiting.popleft(), parsed)[0]


Passing = tuple[str, str | None, list[Passage]]


def passing(opened: Opened) -> Passing:
    """What of an article goes through the neural pipeline: its text, its title where that is not in the text, its passages."""
    article = opened.article
    title = article.title if article.title and article.title not in article.text else None
    return article.text, title, [p for p in opened.passages if p.language in PARSED]


def read(opened: Opened, parsed: Parsed) -> tuple[list[Claim], Context]:
    """The claims of one article, given what the model says of its passages; and what their reading went by."""
    context = _context(opened, parsed)
    out: list[Claim] = []
    for sentence in context.sentences:
        found = context.mentions_in(sentence.start, sentence.end)
        if found:
            out += _sentence_claims(context, sentence, found, out)
    ruled = carried(context, sorted(completed(out), key=lambda c: (c.start, c.end, c.subject)))
    return [claim if claim.kind == "date" else lies_ahead(context, claim) for claim in settled(context, ruled)], context


def _context(opened: Opened, parsed: Parsed) -> Context:
    text = opened.article.text
    names = [Named(*n) for n in parsed.names]
    names += _by_letter(opened)
    clear = _clear_of(names, opened.mentions)
    heading = _heading(opened, parsed)
    entities = resolve(text, clear, elsewhere=heading, title=opened.article.title)
    shallow = [_shallow(text, p.start, p.end, p.language) for p in opened.passages if p.language not in PARSED]
    sentences = tuple(sorted((*parsed.sentences, *shallow), key=lambda s: s.start))
    titled = titled_only(heading, entities)
    language = opened.passages[0].language if opened.passages else None
    said = answers(text, opened.article.title, entities, language) if language else ()
    context = Context(opened.article, sentences, opened.mentions, tuple(entities), titled=tuple(titled), answers=said)
    context.introduced.update(introductions(context))
    context.houses.update(houses(context))
    return context


def _heading(opened: Opened, parsed: Parsed) -> list[tuple[str, str]]:
    """The names in the title, each with its label: those that the model saw, and the one that opens it."""
    found, title = [*parsed.title_names], opened.article.title
    language = opened.passages[0].language if opened.passages else None
    first = headed_by(title, language) if title and language else None
    if first is not None and not any(first in name or name in first for name, _ in found):
        found.append((first, "ORG"))
    return found


def _by_letter(opened: Opened) -> Iterator[Named]:
    """Names that their capital shows, where the model read nothing or overlooked them."""
    text, title = opened.article.text, opened.article.title
    for passage in opened.passages:
        if passage.language in CAPITALS:
            yield from capitalised(text, passage.start, passage.end)
        if passage.language not in PARSED:
            yield from unlisted(text, passage.start, passage.end, passage.language)
        yield from introduced(text, passage.start, passage.end)
    foreign = [p for p in opened.passages if p.language not in CAPITALS]
    if foreign:
        determiners = frozenset(w for p in foreign for w in lexicon.language(p.language, "syntax")["reference"]["determiners"])
        yield from uncapitalised(text, foreign[0].start, foreign[-1].end, title, determiners)


def _clear_of(names: list[Named], mentions: tuple[Mention, ...]) -> list[Named]:
    """Names cut where a figure begins: the recogniser runs "Gérald Morin 6 377" together."""
    out, starts = [], [m.start for m in mentions]
    for name in names:
        i = bisect_left(starts, name.start)
        if i and mentions[i - 1].end > name.start:
            continue  # inside a figure: a unit or a month
        cut = i < len(starts) and starts[i] < name.end
        out.append(name._replace(end=starts[i]) if cut else name)
    return [n for n in out if n.end > n.start]


def _shallow(text: str, start: int, end: int, language: str) -> Sentence:
    """A sentence for whose language there is no model: words without a tree."""
    words = tuple(
        Word(start + t.start, start + t.end, text[start + t.start : start + t.end], t.norm, t.norm, "", "", -1, "")
        for t in tokenize(text[start:end])
    )
    return Sentence(start, end, language, words)


def _sentence_claims(context: Context, sentence: Sentence, found: list[Mention], earlier: list[Claim]) -> list[Claim]:
    cues: list[Cue] = all_cues(context, sentence)
    out: list[Claim] = []
    measured: list[tuple[Mention, Measure, Claim]] = []
    for mention in found:
        if mention.kind == "date" or any(idle(context, sentence, mention) for idle in IDLE):
            continue
        mention = in_years(context, sentence, recurring(context, sentence, mention, measured[-1][0] if measured else None))
        before = [*earlier, *out]
        taken = inherited(context, sentence, mention, measured)
        how = taken[0] if taken is not None else measure(context, sentence, mention, cues)
        taken = taken or coordinated(context, sentence, mention, how, measured) or echoed(sentence, mention, how, before)
        how, said = taken if taken is not None else continued(Told(context, sentence, mention, how, measured, before))
        if taken_up(sentence, mention, how):
            continue
        claim = quantity_claim(context, sentence, mention, how, before, said)
        claim = of_target(claim, how, before)
        measured.append((mention, how, claim))
        out.append(claim)
    dates = [m for m in found if m.kind == "date"]
    out += events(context, sentence, dates, cues, [m for _, m, _ in measured], [*earlier, *out])
    return out
