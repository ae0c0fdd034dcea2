"""What can go wrong, as a small tree.

RecoupeError
├── LexiconError    a table of the lexicon is broken: names file, entry and remedy
├── ReadingError    a file or record cannot be read as an article: names file, record and remedy
├── TableError      a table of claims lacks a column or holds a value that the contract does not allow
├── RatesError      a table of exchange rates is none: names file, line and remedy
├── StoreError      the store cannot be opened, written or understood
└── ModelError      a trained file or the spaCy model is missing or of another version
"""

from __future__ import annotations


class RecoupeError(Exception):
    """Base of all errors that recoupe raises on purpose; its text is one line with the remedy."""


class LexiconError(RecoupeError):
    """A lexicon table is broken."""


class ReadingError(RecoupeError):
    """A file or record cannot be read as an article."""


class TableError(RecoupeError):
    """A table given to recoupe does not follow the contract."""


class RatesError(RecoupeError):
    """A table of exchange rates cannot be read."""


class StoreError(RecoupeError):
    """The store cannot be opened, written or understood."""


class ModelError(RecoupeError):
    """A trained file or the spaCy model is missing or of another version."""
