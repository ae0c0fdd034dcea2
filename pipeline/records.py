"""The records that travel through the pipeline: frozen, slotted, checked at birth.

One idea carries them: every value is an interval with a written precision. A quantity runs from `lower` to `upper`
in a unit and knows the place of its last written digit (`quantum`); a period runs from its first to its last day.
Offsets count Unicode code points of the article's `text`; `end` is exclusive.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pipeline.markup import show

KINDS = ("money", "count", "percent", "points", "measure", "duration", "date")
APPROXIMATIONS = ("exact", "about", "at_least", "at_most", "more_than", "less_than", "between")
MODALITIES = ("asserted", "attributed", "planned", "conditional", "denied")
ENTITY_TYPES = ("ORG", "PER", "LOC", "MISC")


def _span(name: str, start: int, end: int) -> None:
    if not 0 <= start <= end:
        raise ValueError(f"{name}: span {start}..{end} is not an interval of text")


def _one_of(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} {value!r} is not one of {', '.join(allowed)}")


def fingerprint(*parts: object, length: int = 16) -> str:
    """Hexadecimal digest of `parts`, the same on every run and machine."""
    joined = "\x1f".join("" if p is None else str(p) for p in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read. `text` is what every offset counts in; it is never rewritten."""

    id: str
    source: str
    text: str
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None  # as the record declares it; None lets detection decide
    file: str | None = field(default=None, compare=False, repr=False)  # where it was read, and the place in there:
    record: str | None = field(default=None, compare=False, repr=False)  # for messages, and no part of what it says

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an article needs an id")

    @property
    def version(self) -> str:
        """Digest of everything that reading found: a changed article is a new version."""
        return fingerprint(self.id, self.source, self.url, self.title, self.author, self.published, self.language, self.text)

    def _repr_html_(self) -> str:
        """The article in a notebook: its text with the values marked."""
        return show(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A file or record that was set aside, with the reason and what to do about it."""

    file: str
    record: str | None  # line, row or element within the file, counted from 1; None for the whole file
    reason: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.record is None else f"{self.file}, {self.record}"
        return f"{place}: {self.reason}; {self.remedy}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A passage of `text[start:end]` in one language (BCP 47)."""

    start: int
    end: int
    language: str

    def __post_init__(self) -> None:
        _span("segment", self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A value from `lower` to `upper` inclusive, in `unit`; None is an open end.

    `value` is the point written, None for a range; `quantum` the place of the last significant digit written, scaled
    ("13,8 milliards" 1e8). `unit` and `per` follow ISO 4217 and UCUM, or are the lemma of a counted noun.
    """

    kind: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    quantum: Decimal
    unit: str | None = None
    per: str | None = None
    approximation: str = "exact"

    def __post_init__(self) -> None:
        _one_of("kind", self.kind, KINDS)
        _one_of("approximation", self.approximation, APPROXIMATIONS)
        if self.lower is not None and self.upper is not None and self.upper < self.lower:
            raise ValueError(f"lower {self.lower} is above upper {self.upper}")
        if self.quantum <= 0:
            raise ValueError(f"quantum {self.quantum} is not positive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A closed interval of days, `start`..`end`; None is an open or unknown end. `edtf` is its ISO 8601-2 form.

    `edtf` is None where the wording is a date that nothing resolves ("mardi" without a publication date).
    """

    edtf: str | None
    start: date | None
    end: date | None
    approximation: str = "exact"

    def __post_init__(self) -> None:
        _one_of("approximation", self.approximation, APPROXIMATIONS)
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"period ends {self.end}, before it starts {self.start}")


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A quantity or a date where it stands: `text[start:end] == quote`.

    Exactly one of `quantity` (exact decimals) and `period` is set; the properties give the columns of the contract,
    numbers as floats. `rule` tells how the value came about, one step a string.
    """

    start: int
    end: int
    quote: str
    language: str
    quantity: Quantity | None = None
    period: Period | None = None
    rule: tuple[str, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        _span("mention", self.start, self.end)
        if (self.quantity is None) == (self.period is None):
            raise ValueError("a mention is either a quantity or a period")

    @property
    def kind(self) -> str:
        """`money`, `count`, `percent`, `points`, `measure`, `duration` or `date`."""
        return "date" if self.quantity is None else self.quantity.kind

    @property
    def value(self) -> float | None:
        """Point value, scaled; None for a range and for a date."""
        return None if self.quantity is None else _float(self.quantity.value)

    @property
    def lower(self) -> float | None:
        """Lowest value that the wording admits, inclusive; None where open."""
        return None if self.quantity is None else _float(self.quantity.lower)

    @property
    def upper(self) -> float | None:
        """Highest value that the wording admits, inclusive; None where open."""
        return None if self.quantity is None else _float(self.quantity.upper)

    @property
    def quantum(self) -> float | None:
        """Place of the last significant digit written, scaled; None for a date."""
        return None if self.quantity is None else _float(self.quantity.quantum)

    @property
    def unit(self) -> str | None:
        """ISO 4217 code, `%`, `pt`, UCUM code, or the lemma of the counted noun."""
        return None if self.quantity is None else self.quantity.unit

    @property
    def per(self) -> str | None:
        """Denominator of a rate that is no physical unit."""
        return None if self.quantity is None else self.quantity.per

    @property
    def approximation(self) -> str:
        """How the wording bounds the value, see `APPROXIMATIONS`."""
        return self.quantity.approximation if self.quantity is not None else self.period.approximation  # type: ignore[union-attr]

    @property
    def time(self) -> str | None:
        """EDTF of a date, None for a quantity and for a date that nothing resolves."""
        return None if self.period is None else self.period.edtf

    @property
    def time_start(self) -> date | None:
        """First day of a date."""
        return None if self.period is None else self.period.start

    @property
    def time_end(self) -> date | None:
        """Last day of a date."""
        return None if self.period is None else self.period.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named entity of an article under its canonical name; `spans` are its places in the text, in order."""

    name: str
    type: str
    spans: tuple[tuple[int, int], ...]
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _one_of("entity type", self.type, ENTITY_TYPES)


@lru_cache(maxsize=1024)
def scopes_of(scope: str | None) -> frozenset[str]:
    """The qualifiers that a column `scope` holds, one by one."""
    return frozenset((scope or "").split("+")) - {""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A statement of an article that gives a value for something: one row of `claims` (columns as the contract has them)."""

    claim_id: str
    article_id: str
    source: str
    url: str | None
    title: str | None
    published: date | None
    language: str
    sentence: str
    sentence_start: int
    sentence_end: int
    quote: str
    start: int
    end: int
    subject: str
    subject_type: str
    counterparty: str | None
    metric: str
    kind: str
    value: float | None
    lower: float | None
    upper: float | None
    quantum: float | None
    unit: str | None
    per: str | None
    approximation: str
    time: str | None
    time_start: date | None
    time_end: date | None
    attribution: str | None
    modality: str
    confidence: float
    fact_id: str | None = None
    scope: str | None = None  # qualifiers that tell facts of one metric apart ("female", "forecast"), sorted, joined by "+"

    def __post_init__(self) -> None:
        _span("claim", self.start, self.end)
        _one_of("kind", self.kind, KINDS)
        _one_of("approximation", self.approximation, APPROXIMATIONS)
        _one_of("modality", self.modality, MODALITIES)
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence {self.confidence} is not between 0 and 1")

    @property
    def scopes(self) -> frozenset[str]:
        """The qualifiers of `scope`, one by one."""
        return scopes_of(self.scope)

    def _repr_html_(self) -> str:
        """The claim in a notebook: its sentence with the value marked."""
        return show(self)
