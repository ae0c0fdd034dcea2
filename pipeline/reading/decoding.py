"""Bytes to text: the encoding is detected, never assumed, and nothing else is changed.

A byte order mark decides and is dropped. Then UTF-8 decides, since other encodings hardly ever look like it. Then Western 8-bit
encodings compete by how many of their letters French, German and English text has; charset-normalizer judges the rest.
Line ends stay as they are.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "mac_roman", "cp850")
# How much a letter or sign above ASCII speaks for an encoding that yields it, by its frequency in Western text.
_WEIGHTS = {
    **dict.fromkeys("áíñóúëÿœæÀÂÁÇÈÊËÎÏÔÙÛŒÆ£§°·–—…€„‘", 1),
    **dict.fromkeys("âçêîïôùûÉÄÖÜ«»“”", 3),
    **dict.fromkeys("àèäöüß’\u00a0", 5),
    "é": 10,
}
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_SEQUENCE = re.compile(rb"[\xc3\xc2\xc5\xe2][\x80-\xbf]{1,2}")
_SAMPLE = 1 << 16
_KNOWN = (
    (b"%PDF", "a PDF", "save its text as .txt and read that"),
    (b"PK\x03\x04", "a ZIP archive or an office document", "unpack it, or save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "an office document", "save its text as .txt"),
    (b"\x1f\x8b", "gzip-compressed", "name it .gz after its format (.txt.gz, .jsonl.gz)"),
    (b"PAR1", "a Parquet table", "name it .parquet"),
    (b"\x89PNG", "an image", "give its text instead"),
    (b"\xff\xd8\xff", "an image", "give its text instead"),
)


class Undecodable(ValueError):
    """Bytes that are no text in any encoding that is sure; `reason` and `remedy` say it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason, self.remedy = reason, remedy


def encoding(sample: bytes, *, whole: bool = True) -> str:
    """Name of the codec that reads `sample`; with `whole` false its end may be cut inside a letter.

    Raises `Undecodable` for binary data, and for what no encoding reads with certainty.
    """
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    for magic, what, remedy in _KNOWN:
        if sample.startswith(magic):
            raise Undecodable(f"is {what}, not text", remedy)
    wide = _wide(sample)
    if wide:
        return wide
    if len(_CONTROLS.findall(sample)) > max(1, len(sample) // 200) or sample.count(0) > max(8, len(sample) // 20):
        raise Undecodable("is binary, not text", "give a file of text")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, whole)
    except UnicodeDecodeError as error:
        return _eight_bit(sample, error)
    return "utf-8"


def decode(data: bytes) -> str:
    """The text of `data`. Raises `Undecodable`."""
    name = encoding(data)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise Undecodable(f"is not valid {name} at byte {error.start}", "save it again as UTF-8") from None
    if "\x00" in text:
        raise Undecodable("holds NUL characters", "remove them, or save it again as UTF-8 text")
    return text


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte is zero."""
    head = sample[:4096]
    if len(head) < 4 or head.count(0) * 3 < len(head):
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 9 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 9 * odd else None


def _eight_bit(sample: bytes, error: UnicodeDecodeError) -> str:
    """The 8-bit encoding of `sample`, which is no UTF-8 because of `error`."""
    good = _sequences(sample)
    if good and good * 4 >= sum(map(len, _HIGH.findall(sample))):
        bad = sample[error.start]
        raise Undecodable(f"is UTF-8 broken at byte {error.start} (0x{bad:02X})", "save it again as UTF-8")
    high = b"".join(_HIGH.findall(sample))
    weight, _, name = max((_weight(high, name), -i, name) for i, name in enumerate(_WESTERN))
    if weight > 0:
        return name
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:_SAMPLE]).best()
    if best is None:
        raise Undecodable("is in no known encoding", "save it again as UTF-8")
    return best.encoding


def _sequences(sample: bytes) -> int:
    """How many letters of Western text stand there in UTF-8."""
    return len(_SEQUENCE.findall(sample))


def _weight(high: bytes, name: str) -> float:
    """How well the bytes above ASCII read as Western text: mean weight of its letters, 0 where more than a tenth is none."""
    text = high.decode(name, "replace")
    weights = [_WEIGHTS.get(c, 0) for c in text]
    return sum(weights) / len(weights) if weights.count(0) * 10 <= len(weights) else 0.0
