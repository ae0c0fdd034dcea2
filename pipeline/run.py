"""The one path: sources -> articles -> claims -> facts and discrepancies -> tables and report."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pipeline.engines import BATCH, Outcome, SideBySide, cores, map_articles
from pipeline.language import detect
from pipeline.lexicon import LANGUAGES
from pipeline.records import Article, Rejection, fingerprint

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.comparison import Comparison, Rates, Spread
    from pipeline.comparison.partition import Partition

T = TypeVar("T")
Reject = Callable[[Rejection], None]
Progress = Callable[[str, int, int | None], None]  # what is being done, how many are done, of how many (None: not known)

_WORTH_PROCESSES = 50_000  # claims; below, starting processes costs more than they save
_STORED = 4 * BATCH  # articles that go into the store in one transaction
_ORDER = ["article_id", "start", "end", "claim_id"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run gave: its tables, where the report is, and what was set aside."""

    comparison: Comparison
    report: Path
    articles: int  # that the tables speak of
    accepted: int  # of the sources' articles
    extracted: int  # of the accepted, those that were not in the store already
    replaced: int  # of these, those that were there in another version
    rejections: tuple[Rejection, ...]


def run(
    sources: Iterable[str | Path], out: str | Path, *, language: str | None = None, published: date | None = None,
    workers: int | None = None, store: str | Path | None = None, formats: Sequence[str] = (), ui: str = "fr",
    min_confidence: float = 0.0, rates: str | Path | None = None, reject: Reject | None = None, progress: Progress | None = None,
) -> Summary:  # fmt: skip
    """Cross-check the articles of `sources`; write tables, `report.html` and `rejected.jsonl` into the folder `out`.

    `language` and `published` stand in where an article does not say its own. Tables are Parquet, and what else `formats`
    names (`csv`, `jsonl`). With a `store` they hold all that its file keeps, and only new or changed articles are read.
    Claims below `min_confidence` are left out. With `rates`, the file of reference rates of the European Central Bank, amounts
    in two currencies are compared. What cannot be read goes to `reject` and into `rejected.jsonl`, the rest
    goes on. Raises StoreError, RatesError, ModelError or OSError where nothing can go on.
    """
    from pipeline.report import write
    from pipeline.tables import write_tables

    plan = _Plan(
        language=language, workers=workers, ui=ui, min_confidence=min_confidence, rates=rates, also=reject, progress=progress
    )  # fmt: skip
    plan.step("reading", 0, None)
    articles = plan.latest(_read(sources, published, plan.reject))
    kept, comparison = plan.afresh(articles) if store is None else plan.through(store, articles)
    plan.step("writing", 0, None)
    folder = Path(out)
    write_tables(folder, comparison, tuple(dict.fromkeys(("parquet", *formats))))
    report = write(folder / "report.html", comparison, kept, ui=ui, rejected=plan.rejections)
    _write_rejections(folder / "rejected.jsonl", plan.rejections)
    return Summary(
        comparison=comparison, report=report, articles=len(kept), accepted=len(articles) - len(plan.refused),
        extracted=plan.extracted, replaced=plan.replaced, rejections=tuple(plan.rejections),
    )  # fmt: skip


def extract(
    articles: Iterable[Article], *, language: str | None = None, workers: int | None = 1, min_confidence: float = 0.0,
    reject: Reject | None = None, progress: Progress | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The claims of `articles` as a table, in the order of the articles and of the text.

    `language` stands in where an article does not say its own; claims below `min_confidence` are left out. An article in a
    language that is not served, or that fails, goes to `reject` (None: a warning) and the rest goes on. More than one of
    `workers` are processes; None takes as many as pay off.
    """
    plan = _Plan(language=language, workers=workers, min_confidence=min_confidence, also=reject or _warn, progress=progress)
    claims, accepted = plan.claims_of(articles)
    return plan.confident(_with_copies(claims, accepted))


class _Plan:
    """How the articles of one run are to be read and compared, and what has been set aside so far."""

    def __init__(
        self, *, language: str | None, workers: int | None, min_confidence: float, ui: str = "fr",
        rates: str | Path | None = None, also: Reject | None, progress: Progress | None,
    ) -> None:  # fmt: skip
        self.language, self.workers, self.ui, self.min_confidence = language, workers, ui, min_confidence
        self.step: Progress = progress or (lambda *_: None)
        self._also = also
        self._rates = None if rates is None else _rates(rates)
        self.rejections: list[Rejection] = []
        self.refused: set[str] = set()  # ids of articles that were read and could not be used
        self.extracted = self.replaced = 0

    def reject(self, rejection: Rejection) -> None:
        self.rejections.append(rejection)
        if self._also is not None:
            self._also(rejection)

    def refuse(self, article: Article, reason: str, remedy: str) -> None:
        self.refused.add(article.id)
        self.reject(Rejection(file=article.file or article.id, record=article.record, reason=reason, remedy=remedy))

    def declared(self, article: Article) -> Article:
        """`article` with the language that it says, else the one that the user says."""
        return replace(article, language=article.language or self.language)

    def latest(self, articles: Iterable[Article]) -> list[Article]:
        """One article for each id: another text under the same id is its next version."""
        found: dict[str, Article] = {}
        for article in map(self.declared, articles):
            found.pop(article.id, None)
            found[article.id] = article
        return list(found.values())

    def afresh(self, articles: list[Article]) -> tuple[list[Article], Comparison]:
        """The accepted articles and the comparison of all that they claim."""
        claims, accepted = self.claims_of(articles)
        comparison = self.compare(_with_copies(claims, accepted).sort_values(_ORDER, ignore_index=True))
        return accepted, comparison

    def claims_of(self, articles: Iterable[Article]) -> tuple[pd.DataFrame, list[Article]]:
        """The claims of `articles`, and those articles that were not set aside."""
        from pipeline.tables import claims_frame

        given = list(articles)
        claims = claims_frame(claim for outcome in self.outcomes(given) for claim in outcome.claims)
        return claims, [article for article in given if article.id not in self.refused]

    def through(self, path: str | Path, articles: list[Article]) -> tuple[list[Article], Comparison]:
        """All articles in the store at `path` with those given in it, and their comparison."""
        from pipeline.comparison import arranged, copies, partition
        from pipeline.store import Store
        from pipeline.tables import claims_frame

        maker = _maker()
        with Store(path) as store:
            self.replaced = store.replaced(articles)
            pending = {article.id: article for article in store.pending(articles, maker)}
            for batch in _batched(self.outcomes(pending.values()), _STORED):
                good = [pending[outcome.article.id] for outcome in batch if outcome.error is None]
                claims = claims_frame(claim for outcome in batch for claim in outcome.claims)
                store.add(good, claims, extractor=maker)
            store.forget(self.refused)
            store.find_copies(copies.method(), copies.sketch, copies.originals)
            settings = fingerprint(maker, self.ui, self._rates and self._rates[1])
            store.resolve(self.resolved, settings=settings, min_confidence=self.min_confidence)
            store.compare(partition, self.compare, settings=settings, min_confidence=self.min_confidence)
            tables = (self.confident(store.table("claims")), store.table("facts"), store.table("discrepancies"))
            return store.articles(), arranged(*tables)

    def compare(self, claims: pd.DataFrame, parted: Partition | None = None) -> Comparison:
        from pipeline.comparison import compare

        self.step("comparing", 0, None)
        rates, sure = self._rates and self._rates[0], self.confident(claims)
        with spread(len(sure), self.workers) as each:
            return compare(sure, ui=self.ui, parted=parted, rates=rates, spread=each)

    def resolved(self, claims: pd.DataFrame) -> pd.DataFrame:
        from pipeline.comparison import resolved

        with spread(len(claims), self.workers) as each:
            return resolved(claims, each)

    def confident(self, claims: pd.DataFrame) -> pd.DataFrame:
        return claims[claims["confidence"] >= self.min_confidence].reset_index(drop=True)

    def outcomes(self, articles: Iterable[Article]) -> Iterator[Outcome]:
        """One outcome for each article in a language that is served; those that failed are set aside besides."""
        from pipeline.claims import claims

        served = list(self._served(list(articles)))
        self.step("extracting", 0, len(served))
        for done, outcome in enumerate(map_articles(served, claims, workers=self.workers), 1):
            self.step("extracting", done, len(served))
            self.extracted += outcome.error is None
            if outcome.error is not None:
                self.refuse(outcome.article, f"its claims cannot be read ({outcome.error})", "report it, with the article's text")
            yield outcome

    def _served(self, articles: list[Article]) -> Iterator[Article]:
        for done, article in enumerate(articles, 1):
            self.step("detecting languages", done, len(articles))
            language = self.declared(article).language or detect(article.text)
            code = language and language.replace("_", "-").split("-")[0].casefold()
            if code is None or code in LANGUAGES:
                yield replace(article, language=code)
            else:
                remedy = f"recoupe reads {', '.join(LANGUAGES)}; give --language if the article is in one of them"
                self.refuse(article, f"is in another language ({language})", remedy)


@contextmanager
def spread(claims: int, workers: int | None = None) -> Iterator[Spread]:
    """How shards of so many claims are compared: in processes where that pays, or where there are to be some."""
    from pipeline.comparison import prepare

    many = claims >= _WORTH_PROCESSES
    count = workers or (min(cores(), 8) if many else 1)
    with SideBySide(count, prepare if many else None) as each:
        yield each if count > 1 else map


def _read(sources: Iterable[str | Path], published: date | None, reject: Reject) -> Iterator[Article]:
    from pipeline.reading import read

    return read(sources, reject=reject, published=published)


def _with_copies(claims: pd.DataFrame, articles: Iterable[Article]) -> pd.DataFrame:
    """`claims` with the original of each one's article, where that is a copy."""
    import pandas as pd

    from pipeline.comparison import copies

    sketched = (copies.Sketched(a.id, a.source, a.published, copies.sketch(a.text)) for a in articles)
    found = copies.originals(sketched)
    originals = [found.get(name, (None, None)) for name in claims["article_id"]]
    columns = {name: [original[i] for original in originals] for i, name in enumerate(("copy_of", "copied_source"))}
    return claims.assign(**{name: pd.Series(values, dtype="object") for name, values in columns.items()})


def _rates(path: str | Path) -> tuple[Rates, str]:
    """The table of exchange rates at `path` and a digest of it."""
    from pipeline.comparison import read_rates

    return read_rates(path), hashlib.sha256(Path(path).read_bytes()).hexdigest()


def _batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    left = iter(items)
    while batch := list(islice(left, size)):
        yield batch


@cache
def _maker() -> str:
    """Digest of the package and what was trained for it: claims that other code or another lexicon made are made anew."""
    digest = hashlib.sha256()
    for home in _homes():
        for path in sorted(path for path in home.rglob("*") if path.is_file() and path.suffix != ".pyc"):
            digest.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _homes() -> Iterator[Path]:
    """The folders of the package; in a checkout, what was trained lies beside it."""
    yield Path(__file__).parent
    models = find_spec("pipeline.models")
    yield from map(Path, models.submodule_search_locations or () if models else ())


def _write_rejections(path: Path, rejections: Iterable[Rejection]) -> None:
    part = path.with_name(path.name + ".part")
    with part.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
        out.writelines(json.dumps(asdict(rejection), ensure_ascii=False) + "\n" for rejection in rejections)
    part.replace(path)


def _warn(rejection: Rejection) -> None:
    warnings.warn(str(rejection), stacklevel=2)
