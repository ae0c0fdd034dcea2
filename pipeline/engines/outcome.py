"""What comes of an article: its claims, or why there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from pipeline.errors import RecoupeError
from pipeline.records import Article, Claim

BATCH = 16  # articles handed to the work at once: measured, the fastest batch for spaCy on articles

Work = Callable[[Iterable[Article]], Iterator[list[Claim]]]


class Outcome(NamedTuple):
    """The claims of one article; where it failed, none and the `error` in one line."""

    article: Article
    claims: list[Claim]
    error: str | None = None


def batches(articles: Sequence[Article]) -> Iterator[tuple[int, Sequence[Article]]]:
    """`articles` by BATCH, each with the place of its first."""
    return ((start, articles[start : start + BATCH]) for start in range(0, len(articles), BATCH))


def settle(work: Work, articles: Sequence[Article]) -> list[Outcome]:
    """One outcome for each of `articles`: where the batch fails, the rest goes on one by one.

    Raises what is a RecoupeError: that is no article's fault.
    """
    done: list[Outcome] = []
    reason = "the extraction gave no answer"
    try:
        for claims in work(articles):
            done.append(Outcome(articles[len(done)], claims))
    except RecoupeError:
        raise
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
    if len(articles) == 1 and not done:
        return [Outcome(articles[0], [], reason)]
    return done + [outcome for article in articles[len(done) :] for outcome in settle(work, [article])]
