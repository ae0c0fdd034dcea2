"""Scores the quantities grammar on the Recognizers-Text cases beside the project (`../shared/specs`), kind by kind.

    python tests/benchmarks/specs.py [FOLDER] [--misses]

A case is right when every value of its gold is read where it stands, in its unit, and nothing else of its kind is read.
Cases whose gold is wrong, a placeholder or of another convention are listed in `specs_disputed.tsv` by fingerprint with
the reason; the first figure of a line leaves them out, the second counts them all. Says so and ends where the folder is
missing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.grammar import mentions
from pipeline.records import Mention, Segment, fingerprint

FOLDER = Path(__file__).parents[3] / "shared" / "specs"
DISPUTED = Path(__file__).with_name("specs_disputed.tsv")
LANGUAGES = {"French": "fr", "German": "de"}
KINDS: dict[str, set[str]] = {
    "NumberModel": {"count"}, "CurrencyModel": {"money"}, "PercentModel": {"percent"}, "AgeModel": {"duration"},
    "DimensionModel": {"measure"}, "TemperatureModel": {"measure"},
}  # fmt: skip
UNITS: dict[str, set[str]] = {
    "Dollar": {"USD"}, "Mark Finlandais": {"FIM"}, "Finnish markka": {"FIM"}, "Dollar Canadien": {"CAD"},
    "Canadian dollar": {"CAD"},
    "Livre": {"GBP", "[lb_av]"}, "Pound": {"GBP", "[lb_av]"}, "British pound": {"GBP"}, "Cent": {"USD", "EUR"}, "Pence": {"GBP"},
    "Penny": {"GBP"}, "Centimes": {"EUR"}, "Dollar de Hong Kong": {"HKD"}, "Franc": {"FRF", "CHF"}, "Dollar États-Unis": {"USD"},
    "United States dollar": {"USD"}, "Dollar Australien": {"AUD"}, "Australian dollar": {"AUD"}, "Yen Japonais": {"JPY"},
    "Pesewa": {"GHS"}, "Florins Néerlandais": {"NLG"}, "Yuan Chinois": {"CNY"}, "Euro": {"EUR"}, "Franc Suisse": {"CHF"},
    "Roupie indienne": {"INR"}, "Indian rupee": {"INR"}, "Roupie": {"INR"}, "Rupee": {"INR"}, "Mexican peso": {"MXN"},
    "Dollar néo-zélandais": {"NZD"}, "New Zealand dollar": {"NZD"}, "Cambodian riel": {"KHR"}, "Ans": {"a"}, "Year": {"a"},
    "Mois": {"mo"}, "Month": {"mo"}, "Semaines": {"wk"}, "Week": {"wk"}, "Jour": {"d"}, "Litre": {"L"}, "Liter": {"L"},
    "Millilitre": {"mL"}, "Milliliter": {"mL"}, "Pouce": {"[in_i]"}, "Inch": {"[in_i]"}, "Décimètres": {"dm"}, "Mile": {"[mi_i]"},
    "Hectomètre": {"hm"}, "Baril": {"[bbl_us]"}, "Pied": {"[ft_i]"}, "Onces": {"[oz_av]"}, "Acre": {"[acr_us]"},
    "Gallon": {"[gal_us]"}, "Microgramme": {"ug"}, "Pieds cube": {"[cft_i]"}, "Mètre carré": {"m2"}, "Square meter": {"m2"},
    "Tonne": {"t"}, "Tonne métrique": {"t"}, "Bit": {"bit"}, "Miles par heure": {"[mi_i]/h"}, "Mètres": {"m"}, "Meter": {"m"},
    "Kilomètres": {"km"}, "Kilometer": {"km"}, "Millimètres": {"mm"}, "Centimètres": {"cm"}, "Kilomètre carré": {"km2"},
    "Kilometer per hour": {"km/h"}, "Cubic meter": {"m3"}, "Gigabyte": {"GBy"}, "Micrometer": {"um"}, "Nanometer": {"nm"},
    "Meter per second": {"m/s"}, "Teaspoon": {"[tsp_us]"}, "Degree": {"deg", "Cel"}, "Degré": {"Cel"}, "Radian": {"rad"},
    "C": {"Cel"},
    "F": {"[degF]"}, "Kelvin": {"K"}, "K": {"K"},
}  # fmt: skip
HUNDREDTHS = {"Cent", "Pence", "Penny", "Centimes", "Pesewa"}


def _near(a: float | None, b: float) -> bool:
    return a is not None and (abs(a - b) <= 1e-6 * max(abs(a), abs(b)) or abs(a - b) < 1e-9)


def _value(text: str) -> float:
    return float(text.rstrip("%").replace(",", "."))


def _right(found: Mention, gold: dict[str, Any], span: tuple[int, int]) -> bool:
    """Whether a mention has the value and unit of a gold result; a share is told in percent, a range holds both ends."""
    start, end = span
    if not (found.start < end and start < found.end):
        return False
    resolution = gold["Resolution"]
    value, unit = _value(resolution["value"]), resolution.get("unit")
    if unit in HUNDREDTHS:
        value /= 100
    values = (found.value, found.lower, found.upper)
    share = found.kind == "percent" and any(v is not None and abs(v / 100 - value) < 1e-4 for v in values)
    same = any(_near(v, value) for v in values) or share
    return same and (unit is None or found.unit in UNITS.get(unit, {unit}) or (unit == "Degré" and found.unit == "Cel"))


def _cases(folder: Path, language: str, model: str) -> Iterator[dict[str, Any]]:
    path = folder / language / f"{model}.json"
    yield from json.loads(path.read_text("utf-8-sig")) if path.exists() else ()


def _belongs(found: Mention, model: str) -> bool:
    """Whether a mention is of a model's kind: temperatures apart from other measures."""
    heat = found.unit in ("Cel", "[degF]", "K")
    return found.kind in KINDS[model] and (found.kind != "measure" or heat == (model == "TemperatureModel"))


def judge(case: dict[str, Any], language: str, model: str) -> tuple[bool, list[Mention]]:
    """Whether a case is read right, and what was read."""
    text = case["Input"]
    found = [m for m in mentions(text, segments=[Segment(start=0, end=len(text), language=language)]) if m.quantity is not None]
    spans: list[tuple[int, int]] = []
    at = 0
    for result in case["Results"]:  # the offsets of the gold are often off, or missing: its text says where it is
        place = text.casefold().replace("\xa0", " ").find(result["Text"].casefold().replace("\xa0", " "), at)
        place = place if place >= 0 else result.get("Start", result.get("start", 0))
        spans.append((place, place + len(result["Text"])))
        at = max(at, place + 1)
    gold = [(r, span) for r, span in zip(case["Results"], spans, strict=True) if r["Resolution"].get("value") is not None]
    hit = all(any(_right(m, r, span) for m in found) for r, span in gold)
    extra = [m for m in found if _belongs(m, model) and not any(m.start < b and a < m.end for a, b in spans)]
    return hit and not extra, found


def disputed() -> dict[str, str]:
    if not DISPUTED.exists():
        return {}
    rows = (line.split("\t") for line in DISPUTED.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {row[0]: row[-1] for row in rows}


def main(folder: Path = FOLDER, misses: bool = False) -> None:
    """Prints a line for each kind and language."""
    if not folder.is_dir():
        print(f"{folder} is missing: nothing to score", file=sys.stderr)
        return
    aside_keys = disputed()
    for model in KINDS:
        for language, code in LANGUAGES.items():
            right = wrong = aside = aside_right = 0
            for case in _cases(folder, language, model):
                good, found = judge(case, code, model)
                key = fingerprint(model, language, case["Input"])
                if key in aside_keys:
                    aside, aside_right = aside + 1, aside_right + good
                else:
                    right, wrong = right + good, wrong + (not good)
                    if misses and not good:
                        gold = [(r["Text"], r["Resolution"].get("value"), r["Resolution"].get("unit")) for r in case["Results"]]
                        read = [(m.quote, m.kind, m.value, m.unit) for m in found]
                        print(f"  {key} {case['Input'][-150:]!r}\n     gold {gold}\n     read {read}")
            total = right + wrong
            every = total + aside
            if every:
                settled, whole = right / max(total, 1), (right + aside_right) / every
                print(f"{model:17} {language:7} {settled:6.1%} ({right}/{total}), all {whole:6.1%} ({every})")


if __name__ == "__main__":
    paths = [Path(a) for a in sys.argv[1:] if not a.startswith("--")]
    main(paths[0] if paths else FOLDER, "--misses" in sys.argv)
