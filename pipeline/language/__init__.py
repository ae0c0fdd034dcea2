"""Which language an article is in, and which of its passages are in another."""

from pipeline.language.articles import detect
from pipeline.language.passages import segments

__all__ = ["detect", "segments"]
