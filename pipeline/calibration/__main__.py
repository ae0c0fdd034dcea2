"""Trains what is learnt on annotated articles: `python -m pipeline.calibration [FOLDER...] [--out FOLDER] [--words]`.

First which dates are those of events (`dates`), the choice of times (`times`) and of subjects (`subjects`), then the
confidence: a logistic regression over the traits of a claim
(`pipeline.claims.confidence`). Without a folder the corpus is the part `train` of `corpora`. The confidence learns from
subjects that were chosen for each story by the weights of the others, and what is printed is measured so too. Then come the
coreference (`pipeline.comparison.coreference`) and the alignment (`pipeline.comparison.support`): chances that two claims are
of one fact, of any two of a story, and of two that are said of one subject. With `--words` the table of how common words
are is made anew as well.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.calibration import coreference, dates, pairs, times
from pipeline.calibration.confidence import examples
from pipeline.calibration.reading import Reading, reading
from pipeline.calibration.regression import Example, fit, fit_for, held_out, reliability
from pipeline.calibration.subjects import Ballot, likeliest
from pipeline.calibration.subjects import fit as fit_subjects
from pipeline.calibration.words import words
from pipeline.claims import dating
from pipeline.claims.confidence import Traits, features
from pipeline.records import fingerprint
from pipeline.score import Annotated, annotated, dossiers
from pipeline.weights import probability, weighing

CORPORA, MODELS = Path("corpora"), Path("models")
RULES = {"rule": 1.0}  # weights under which the rules choose a subject
TIMED = {"rule": 9.0, "rule none": 9.0}  # weights under which the rules choose a time
READ = {"one": -2.0, "read": 4.0}  # weights under which a date is one of an event where the rules read one
FREE = ("one", "date")  # features of a pair that may speak either way
LIKELY = (0.2, 0.35, 0.5, 0.65, 0.8)
LEVELS, STRICT = (0.06, 0.12, 0.25, 0.5, 0.75), (0.5, 0.6, 0.7, 0.8, 0.9)
_AsWritten = argparse.RawDescriptionHelpFormatter
PASSES = 2  # readings of the corpus; each goes by the choices of the one before


def train(sets: Sequence[Annotated], models: Path) -> tuple[list[Reading], list[list[Ballot]]]:
    """Trains the choice of subjects and times, writes the weights; the last reading of each set and its ballots."""
    weights: Mapping[str, float] = RULES
    likely: Mapping[str, float] = READ
    timed: Mapping[str, float] = TIMED
    for _ in range(PASSES):
        with weighing("subjects", weights), weighing("dates", likely), weighing("times", timed):
            read = [reading(each) for each in sets]
        data = [r.ballots for r in read]
        weights = fit_subjects([b for part in data for b in part])
        likely = dates.train([one for r in read for one in r.dates])
        timed = times.train([one for r in read for one in r.times])
    _times_held_out(read, timed)
    _write(models / "dates.json", likely, sum(len(r.dates) for r in read), sets, of="dates")
    _write(models / "times.json", timed, sum(len(r.times) for r in read), sets, of="times")
    _write(models / "subjects.json", weights, sum(map(len, data)), sets)
    return read, data


def _write(path: Path, weights: Mapping[str, float], number: int, sets: Sequence[Annotated], of: str = "claims") -> None:
    corpus = fingerprint(*(claim["id"] for each in sets for claim in each.claims))
    model = {"weights": dict(weights), of: number, "corpus": corpus}
    path.write_text(json.dumps(model, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{path}: {number} {of} of {len(sets)} stories")


def _dates_held_out(read: Sequence[Reading]) -> None:
    """Prints how well the dates of events are told from others, each story by the weights of the others."""
    told = []
    for here in read:
        likely = dates.train([one for r in read if r is not here for one in r.dates])
        with weighing("dates", likely):
            told += [(dating.chance(one.features), one.right) for one in here.dates]
    print(f"dates: {len(told)}, {sum(right for _, right in told)} of an event, each story by the weights of the others")
    _levels(told, LIKELY)


def _times_held_out(read: Sequence[Reading], timed: Mapping[str, float]) -> None:
    """Prints how many values are given their time, or rightly none, each story by the weights of the others."""
    told = right = ruled = 0
    for here in read:
        weights = times.train([one for r in read if r is not here for one in r.times], start=timed)
        told += len(here.times)
        right += sum(times.right(weights, one) for one in here.times)
        ruled += sum(times.right(TIMED, one) for one in here.times)
    print(f"times: {right} of {told} chosen rightly ({ruled} by the rules alone), each story by the weights of the others")


def train_coreference(read: Sequence[Reading], models: Path) -> None:
    """Trains the chance that two claims of one story are of one fact, and writes its weights."""
    stories = [coreference.told(each) for each in read]
    told = coreference.held_out(stories)
    for name, of in (("of one figure", True), ("of two figures", False)):
        judged = [(probability(pair.odds), pair.one) for pair in told if pair.equal is of]
        print(f"coreference, {name}: {len(judged)} pairs, {sum(right for _, right in judged)} of one fact")
        _levels(judged, STRICT)
    alone, beside = coreference.train(stories)
    number = sum(len(story.pairs) for story in stories)
    for name, weights in (("coreference_alone", alone), ("coreference", beside)):
        _write(models / f"{name}.json", weights, number, [r.each for r in read], of="pairs")


def train_alignment(read: Sequence[Reading], models: Path) -> None:
    """Trains the chance that two claims are of one fact, and writes its weights."""
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


def _levels(judged_pairs: Sequence[tuple[float, bool]], levels: Sequence[float] = LEVELS) -> None:
    """Precision and recall of the pairs of one fact at each of `levels`."""
    print("  at least  precision  recall")
    every = sum(right for _, right in judged_pairs)
    for level in levels:
        above = [right for found, right in judged_pairs if found >= level]
        print(f"{level:10.2f} {sum(above) / max(len(above), 1):10.2f} {sum(above) / max(every, 1):7.2f}")


def main(arguments: Sequence[str]) -> int:
    """Trains on the folders given (without any: the part `train` of `corpora`) and writes the weights."""
    parser = argparse.ArgumentParser("python -m pipeline.calibration", description=__doc__, formatter_class=_AsWritten)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="annotated stories (the part train of corpora)")
    parser.add_argument("--out", type=Path, default=MODELS, metavar="FOLDER", help="where the weights go (%(default)s)")
    parser.add_argument("--words", action="store_true", help="make the table of how common words are anew as well")
    options = parser.parse_args(arguments)
    models, folders = options.out, options.folders
    sets = [annotated(folder) for folder in folders or dossiers(CORPORA, "train")]
    models.mkdir(parents=True, exist_ok=True)
    if options.words:
        words(models)
    read, found = train(sets, models)
    _dates_held_out(read)
    without = [fit_subjects([b for j, part in enumerate(found) if j != i for b in part]) for i in range(len(sets))]
    chosen = [b.right[likeliest(w, b.features)[0]] for part, w in zip(found, without, strict=True) for b in part]
    print(f"subjects: {sum(chosen)} of {len(chosen)} chosen rightly, each story by the weights of the others")
    data = [(frozenset({r.each.name}), e) for r, weights in zip(read, without, strict=True) for e in examples(r, weights)]
    _report("confidence", "claims", held_out(data, fit))
    everything = [example for _, example in data]
    _write(models / "confidence.json", dict(zip(_names(), fit(everything), strict=True)), len(everything), sets)
    train_coreference(read, models)
    train_alignment(read, models)
    return 0


def _names() -> Iterator[str]:
    yield from features(Traits("name", 1.0, 0.0, True, True, "count", True))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
