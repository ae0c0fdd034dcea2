"""Python's search for cycles, put off while a piece of a comparison is worked on.

What a comparison makes are millions of small tuples, sets and records without a cycle among them; to look through them again
and again took a quarter to a half of its time, and found nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """In this block nothing looks for cycles; afterwards as before."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
