"""What a value measures by the turn of phrase it stands in, whatever names a metric near it.

"Toutes les dix minutes", "a un mois pour trancher", "aide-soignante depuis vingt ans", "devant 4 000 personnes",
"une commune de 900 habitants", "420 de ses 1 100 salariés".
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from pipeline.claims.catalogue import Metric, by_counted_noun, metrics, people
from pipeline.claims.context import Context
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words

Rule = Callable[[Context, Sentence, Mention, int], Metric | None]


def turned(context: Context, sentence: Sentence, mention: Mention, root: int) -> Metric | None:
    """The metric that a value has by the turn it stands in, None where it stands in none."""
    for rule in RULES.get(mention.kind, ()):
        metric = rule(context, sentence, mention, root)
        if metric is not None and metric.admits(mention.kind, mention.unit):
            return metric
    return None


def _before(sentence: Sentence, mention: Mention) -> list[str]:
    return [w.norm for w in sentence.words if w.end <= mention.start]


def _behind(sentence: Sentence, mention: Mention) -> list[int]:
    return [i for i, w in enumerate(sentence.words) if w.start >= mention.end]


def _recurring(_context: Context, sentence: Sentence, mention: Mention, _root: int) -> Metric | None:
    """How often: "tous les soixante ans", "every ten minutes"."""
    before = _before(sentence, mention)
    every = words(sentence.language, "turns", "every")
    return metrics()["frequency"] if {" ".join(before[-2:]), " ".join(before[-1:])} & every else None


def _granted(_context: Context, sentence: Sentence, mention: Mention, root: int) -> Metric | None:
    """Until when something must be done: "dispose de dix jours pour répondre", "sous trente jours"."""
    if not sentence.parsed:
        return None
    if sentence.case(root) in words(sentence.language, "turns", "within"):
        return metrics()["deadline"]
    behind = _behind(sentence, mention)[:4]
    to = bool(behind) and sentence.words[behind[0]].norm in words(sentence.language, "turns", "to")
    act = to and any("VerbForm=Inf" in sentence.words[i].morph for i in behind[1:])
    head = sentence.words[sentence.words[root].head]
    given = head.lemma in words(sentence.language, "turns", "given") and sentence.words[root].dep not in labels(
        sentence.language, "subject"
    )
    return metrics()["deadline"] if act and given else None


def _served(_context: Context, sentence: Sentence, mention: Mention, _root: int) -> Metric | None:
    """How long somebody has been what they are: "aide-soignante depuis vingt ans"."""
    before = [w for w in sentence.words if w.end <= mention.start][-2:]
    if len(before) < 2 or before[1].norm not in words(sentence.language, "turns", "since") or before[0].pos != "NOUN":
        return None
    apart = before[0].dep not in labels(sentence.language, "object") | labels(sentence.language, "oblique")
    return metrics()["tenure"] if apart and {before[0].lemma, before[0].norm} & people() else None


def _watched(_context: Context, sentence: Sentence, mention: Mention, root: int) -> Metric | None:
    """Before how many: "a chanté devant 4 000 personnes"."""
    many = mention.value is not None and mention.value >= MANY
    seen = sentence.parsed and sentence.case(root) in words(sentence.language, "prepositions", "witnessed")
    watching = (mention.unit or "").casefold() in metrics()["attendance"].units
    return metrics()["attendance"] if many and seen and watching else None


MANY = 20  # people from whom on those before whom somebody appears are a public


def _counted(mention: Mention) -> Metric | None:
    """The state that a counted noun is of: staff, a population."""
    found = by_counted_noun().get((mention.unit or "").casefold(), ())
    return found[0] if found and found[0].nature == "stock" else None


def _has(_context: Context, sentence: Sentence, mention: Mention, root: int) -> Metric | None:
    """What a body or a place has: "une entreprise de 1 900 salariés", "une commune de 900 habitants"."""
    if not sentence.parsed or sentence.case(root) not in words(sentence.language, "turns", "having"):
        return None
    head = sentence.words[sentence.words[root].head]
    bodies = words(sentence.language, "reference", "ORG") | words(sentence.language, "reference", "LOC")
    return _counted(mention) if head.pos == "NOUN" and head.lemma in bodies else None


def _apposed(context: Context, sentence: Sentence, mention: Mention, root: int) -> Metric | None:
    """What the one named before a comma has: "le groupe de Sorel, 18 300 salariés dans onze pays,"."""
    before, behind = _before(sentence, mention), _behind(sentence, mention)
    if not before or before[-1] not in (",", "(") or not behind or not sentence.parsed or sentence.case(root):
        return None
    closes = words(sentence.language, "turns", "closing")
    of_verb = any(sentence.words[i].pos in ("VERB", "AUX") for i in (root, *_related(sentence, root)))
    opened = any(0 <= mention.start - end <= SIGN for _, end, _ in context.places_in(sentence.start, mention.start))
    return _counted(mention) if opened and not of_verb and sentence.words[behind[0]].norm in closes else None


SIGN = 3  # characters between a name and what stands in apposition to it


def _related(sentence: Sentence, root: int) -> list[int]:
    """What a value depends on as an argument, no comma between, and the participles and clauses that depend on it."""
    arguments = labels(sentence.language, "subject") | labels(sentence.language, "object") | labels(sentence.language, "oblique")
    told = labels(sentence.language, "participle") | labels(sentence.language, "clause")
    head = sentence.words[root].head
    parted = any(w.norm == "," for w in sentence.words[root:head])
    return ([head] if sentence.words[root].dep in arguments and not parted else []) + [
        j for j in sentence.children[root] if sentence.words[j].dep in told
    ]


def _whole(context: Context, sentence: Sentence, mention: Mention, _root: int) -> Metric | None:
    """The whole that a count is a part of: "420 de ses 1 100 salariés", "268 des 312 salariés"."""
    part = next((m for m in reversed(context.mentions_in(sentence.start, mention.start)) if m.kind == "count"), None)
    if part is None or part.unit not in (None, mention.unit):
        return None  # "2 270 cas sur 100 000 habitants" is a rate
    between = " ".join(w.norm for w in sentence.words if part.end <= w.start and w.end <= mention.start)
    smaller = part.value is not None and mention.value is not None and part.value < mention.value
    return _counted(mention) if smaller and between in words(sentence.language, "turns", "parted") else None


def _above(_context: Context, sentence: Sentence, mention: Mention, root: int) -> Metric | None:
    """How high: "de la neige au-dessus de 1 400 mètres", "un sommet qui culmine à 2 100 mètres"; a flood is lower."""
    before = _before(sentence, mention)
    beyond = {" ".join(before[-k:]) for k in (1, 2, 3)} & words(sentence.language, "turns", "above")
    high = mention.value is not None and mention.value >= HIGH and mention.unit == "m"
    peaks = sentence.parsed and sentence.words[sentence.words[root].head].lemma in words(sentence.language, "turns", "peak")
    return metrics()["altitude"] if (beyond or peaks) and high else None


HIGH = 200  # metres from which what lies above them lies high


def _priced(_context: Context, sentence: Sentence, mention: Mention, root: int) -> Metric | None:
    """What a thing costs that a sum stands right behind with "à": "un stade à 12 millions", "des bouteilles à 90 euros".

    What is built has a cost, what is sold a price.
    """
    behind = sentence.indices(mention.start, mention.end)[0] - 1
    if not sentence.parsed or behind < 1 or sentence.words[behind].norm not in words(sentence.language, "turns", "at"):
        return None
    thing = sentence.words[behind - 1]
    if thing.pos != "NOUN" or sentence.words[root].head != behind - 1 or {thing.lemma, thing.norm} & people():
        return None
    built = any(thing.lemma in words(sentence.language, "kinds", kind) for kind in BUILT)
    sold = built or any(thing.lemma in words(sentence.language, "kinds", kind) for kind in SOLD)
    return metrics()["cost" if built else "price"] if sold else None


def _to_buy(_context: Context, sentence: Sentence, mention: Mention, _root: int) -> Metric | None:
    """What somebody offers or pays to buy something: "a mis 12 millions sur la table pour racheter X", "offered $4bn for X"."""
    behind = _behind(sentence, mention)[:OFFER]
    to, buys = words(sentence.language, "turns", "to"), words(sentence.language, "turns", "buys")
    for i, j in pairwise(behind):
        if sentence.words[i].norm in STOPS:
            return None
        if sentence.words[i].norm in to and {sentence.words[j].lemma, sentence.words[j].norm} & buys:
            return metrics()["acquisition"]
    return None


OFFER = 8  # words behind a sum within which it is said that it is for buying something
STOPS = (",", ";", ".", "(", ")")


def _gained(_context: Context, sentence: Sentence, mention: Mention, root: int) -> Metric | None:
    """What a firm makes that loses in the same breath: "a perdu 3 millions, quand elle en avait gagné deux en 2024"."""
    if not sentence.parsed or mention.value is None or abs(mention.value) < GREAT:
        return None
    gains, losing = words(sentence.language, "turns", "gains"), words(sentence.language, "turns", "losing")
    verb = next((i for i in sentence.ancestors(root) if sentence.words[i].pos == "VERB"), None)
    if verb is None or sentence.words[verb].lemma not in gains:
        return None
    return metrics()["profit"] if any(w.lemma in losing for w in sentence.words) else None


GREAT = 10_000  # sums from which on they are a firm's, no gambler's

BUILT = ("stadium", "museum", "hospital", "school", "building", "bridge", "plant", "line")  # [kinds] of what is built
SOLD = ("car", "phone", "drug", "book", "picture", "goods")  # [kinds] of what is sold

RULES: dict[str, tuple[Rule, ...]] = {
    "duration": (_recurring, _granted, _served),
    "count": (_watched, _has, _apposed, _whole),
    "measure": (_above,),
    "money": (_priced, _to_buy, _gained),
}
