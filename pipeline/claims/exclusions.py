"""What a word near a value does not measure it by: what the value does, has or is beside, what is but a cause of it.

"Deux hommes ont dérobé la mallette" counts no booty, "arrêté après l'agression de deux passants" two who were not arrested,
"réclame 500 euros en raison de factures" costs nothing, and "une commande à six rapports" orders none.
"""

from __future__ import annotations

from collections.abc import Callable

from pipeline.claims.catalogue import ANY, Cue, people
from pipeline.claims.ways import tells
from pipeline.records import Mention
from pipeline.syntax import Sentence, labels, words


def excluding(sentence: Sentence, mention: Mention, root: int) -> Callable[[Cue], bool]:
    """Says of a cue whether it cannot be what the value at `root` measures, wherever it stands."""
    taken, whole, causes = _denominator(sentence, mention), shared(sentence, mention), _causes(sentence)
    causes -= {*sentence.ancestors(root)}
    trait, lacking = _trait(sentence, mention, root), _lacking(sentence, root)
    parted = _of_people(sentence, mention, whole)

    def excluded(cue: Cue) -> bool:
        if any(i in taken for i in range(cue.first, cue.last + 1)) or cue.at in causes or (trait and ANY in cue.metric.units):
            return True
        if (lacking and cue.at not in lacking and cue.metric.nature == "stock") or _undone(sentence, cue):
            return True
        if parted and ("money" in cue.metric.kinds or (whole is not None and _holds_whole(sentence, mention, cue))):
            return True
        if whole is not None and (_of_others(cue, whole) or _within_whole(sentence, mention, cue)):
            return True
        return sentence.parsed and (_does(sentence, mention, root, cue) or _aside(sentence, root, cue))

    return excluded


def _of_others(cue: Cue, whole: str) -> bool:
    """Whether a verb of what befalls some is said of a part of others: "prend en charge un tiers des sauvetages".

    "Supprime 14 % de ses effectifs" cancels no trains.
    """
    metric = cue.metric
    counting = metric.people or (metric.counted and "money" not in metric.kinds and ANY not in metric.units)
    return cue.verb and bool(counting) and not metric.counts(whole)


def _of_people(sentence: Sentence, mention: Mention, whole: str | None) -> bool:
    """Whether a percentage is a part of some people, which is no sum: "la moitié des personnes touchées", "un agent sur deux"."""
    if mention.kind != "percent" or not sentence.parsed:
        return False
    inside = (sentence.words[i] for i in sentence.indices(mention.start, mention.end))
    return whole in people() or any(w.pos == "NOUN" and w.lemma in people() for w in inside)


def _holds_whole(sentence: Sentence, mention: Mention, cue: Cue) -> bool:
    """Whether a cue is the whole itself that a percentage is of: "10 % des élèves" are no pupils, "32 % de grévistes" strike."""
    behind = [i for i, w in enumerate(sentence.words) if w.start >= mention.end][:3]
    all_of = words(sentence.language, "continuing", "all_of")
    known = any("Definite=Def" in sentence.words[i].morph or sentence.words[i].norm in all_of for i in behind)
    return known and cue.metric.nature == "stock" and not cue.verb and cue.at in behind


def kinds(mention: Mention) -> tuple[str, ...]:
    """The kinds that a mention may turn out to be: "contre 13,8 milliards" leaves its currency out."""
    bare = mention.kind == "count" and mention.unit is None and (mention.quantum or 0) >= BIG
    return ("count", "money") if bare else (mention.kind,)


BIG = 1e5  # quantum from which a bare figure may be an amount


def _does(sentence: Sentence, mention: Mention, root: int, cue: Cue) -> bool:
    """Whether a value counts who does what a cue names, where that measures what is done to others or with a thing.

    "Deux hommes ont dérobé la mallette", "agressé par trois individus", "un tiers nécessite des réparations".
    """
    word, metric = sentence.words[root], cue.metric
    if cue.verb and metric.people and metric.running and not metric.crowd:
        return (word.dep in labels(sentence.language, "agent") and word.head == cue.at) or _acts(sentence, root, cue)
    some = mention.kind == "percent" and "count" in metric.kinds and not metric.people and _by_people(sentence, mention)
    if (not some and "money" not in metric.kinds) or kinds(mention) not in (("count",), ("percent",)):
        return False
    active = labels(sentence.language, "subject") - labels(sentence.language, "passive_subject")
    top = root
    while sentence.words[top].dep in labels(sentence.language, "coordination") | labels(sentence.language, "numeral"):
        top = sentence.words[top].head
    doing = sentence.words[top].head
    if sentence.words[top].dep not in active or (mention.unit or "").casefold() in metric.counted:
        return False
    objects = labels(sentence.language, "object")
    done = {doing, *(j for j in sentence.children[doing] if sentence.words[j].dep in labels(sentence.language, "coordination"))}
    return cue.at in done or (sentence.words[cue.at].head in done and sentence.words[cue.at].dep in objects)


def _by_people(sentence: Sentence, mention: Mention) -> bool:
    """Whether a percentage is of people or of nothing that is named: "23 % créent des espaces"."""
    whole = shared(sentence, mention)
    return whole is None or whole in people()


def _acts(sentence: Sentence, root: int, cue: Cue) -> bool:
    """Whether a value is the subject of a verb that has an object of its own: "deux hommes ont blessé un passant".

    What is one's own is no other's fate: "200 personnes ont fui leur maison".
    """
    word, language = sentence.words[root], sentence.language
    active = labels(language, "subject") - labels(language, "passive_subject")
    whose = word.head if word.dep in active else next((j for j in sentence.children[root] if tells(sentence, j)), None)
    if whose != cue.at:
        return False
    objects = [j for j in sentence.children[cue.at] if sentence.words[j].dep in labels(language, "object")]
    own = words(language, "reference", "possessives")
    others = [j for j in objects if sentence.words[j].pos in ("NOUN", "PROPN") and not _parted(sentence, cue.at, j)]
    return cue.single and any(not any(sentence.words[k].norm in own for k in sentence.children[j]) for j in others)


def _parted(sentence: Sentence, i: int, j: int) -> bool:
    """Whether a comma stands between two words: what is behind it is no object."""
    return any(w.norm == "," for w in sentence.words[i:j])


def _within_whole(sentence: Sentence, mention: Mention, cue: Cue) -> bool:
    """Whether a cue only tells more of the whole that a percentage is of, behind its noun."""
    noun = next((i for i, w in enumerate(sentence.words) if w.start >= mention.end and w.pos == "NOUN"), None)
    return not cue.verb and noun is not None and cue.at > noun and cue.first > noun and cue.at in sentence.subtree(noun) - {noun}


def _trait(sentence: Sentence, mention: Mention, root: int) -> bool:
    """Whether a count only says what a thing has: "une commande séquentielle à six rapports" orders none."""
    nominal = sentence.parsed and mention.kind == "count" and sentence.words[root].dep in labels(sentence.language, "complement")
    return nominal and sentence.case(root) in words(sentence.language, "prepositions", "trait")


def _lacking(sentence: Sentence, root: int) -> set[int]:
    """The words by which a value says how many there are not: "il en manque une dizaine", "une pénurie de 200 soignants".

    Where one of them names a metric by a turn ("manquer à l'appel"), it is that metric's.
    """
    if not sentence.parsed:
        return set()
    heads = {sentence.words[root].head, sentence.words[sentence.words[root].head].head}
    return {i for i in heads if sentence.words[i].lemma in words(sentence.language, "people", "lack")}


def _undone(sentence: Sentence, cue: Cue) -> bool:
    """Whether what befell people is said to be over: "les gardes à vue de deux proches ont été levées" arrest nobody."""
    if cue.verb or not cue.metric.people or not sentence.parsed:
        return False
    word = sentence.words[cue.at]
    head = sentence.words[word.head]
    undergone = labels(sentence.language, "passive_subject") | labels(sentence.language, "object")
    relation = undergone | labels(sentence.language, "complement")
    undone = {head.lemma, head.verb} & words(sentence.language, "people", "undone")
    return bool(undone) and word.dep in (relation if head.pos == "NOUN" else undergone)


def _causes(sentence: Sentence) -> set[int]:
    """The nouns that a phrase of cause leads to ("en raison de factures")."""
    out: set[int] = set()
    for entry in words(sentence.language, "prepositions", "cause"):
        parts = entry.split()
        for i in range(len(sentence.words) - len(parts)):
            if [w.norm for w in sentence.words[i : i + len(parts)]] == parts:
                behind = range(i + len(parts), min(len(sentence.words), i + len(parts) + 3))
                out |= set([j for j in behind if sentence.words[j].pos == "NOUN"][:1])
    return out


def _aside(sentence: Sentence, root: int, cue: Cue) -> bool:
    """Whether a value stands in an aside of what became of others: "arrêté après l'agression de deux passants"."""
    ahead = words(sentence.language, "prepositions", "aside")
    if not cue.verb:
        return False
    i = root
    for head in sentence.ancestors(root):
        if sentence.words[i].dep in labels(sentence.language, "coordination"):
            return False
        if head == cue.at:
            return cue.metric.people and sentence.case(i) in ahead
        i = head
    return False


def _denominator(sentence: Sentence, mention: Mention) -> set[int]:
    """The words of what a rate is set against: "1 481 pour 100 000 habitants" counts no inhabitants."""
    if mention.per is None or not mention.per.isdecimal():
        return set()
    behind = [i for i, w in enumerate(sentence.words) if w.start >= mention.end][:RATE]
    figure = next((i for i in behind if "".join(filter(str.isdecimal, sentence.words[i].text)) == mention.per), None)
    return set() if figure is None else {i for i in behind if i >= figure}


def shared(sentence: Sentence, mention: Mention) -> str | None:
    """The noun right behind the "of" of a percentage ("un tiers des sauvetages"), as its lemma."""
    if mention.kind != "percent" or not sentence.parsed:
        return None
    behind = [w for w in sentence.words if w.start >= mention.end][:3]
    if not behind or behind[0].norm not in words(sentence.language, "continuing", "shares"):
        return None
    return next((w.lemma for w in behind[1:] if w.pos == "NOUN"), None)


RATE = 4  # words behind a value that its "pour 100 000 habitants" takes
