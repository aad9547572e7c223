"""What is kept of a run: the results as JSON, and the tables of docs/faults.md."""

import json
import platform
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import psutil

from tests.chaos.faults import FAULTS
from tests.chaos.killed_import import Imported
from tests.chaos.one_seed import Verdict

RESULTS = Path(".concord/chaos/results.json")
_JOURNAL = RESULTS.with_name("acknowledged.ndjson")
_BEGIN, _END = "<!-- written by make chaos: {name} -->", "<!-- end of {name} -->"
_HEAD = (
    "| seed | faults, in this order | acknowledged | refused | events | followed of itself"
    " | repeated on a topic | caught up after | verdict |\n"
    "|---:|---|---:|---:|---:|---:|---:|---:|---|\n"
)


def keep(verdicts: Sequence[Verdict]) -> None:
    """For whoever wants to look again."""
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(verdict) for verdict in verdicts], indent=1))


def new_journal() -> Path:
    """An empty one, not on the disk that may be full."""
    _JOURNAL.parent.mkdir(parents=True, exist_ok=True)
    _JOURNAL.unlink(missing_ok=True)
    return _JOURNAL


def keep_logs(data: Path, seed: int) -> Path:
    """What the processes said, and what was acknowledged: the data itself does not stay."""
    kept = RESULTS.parent / f"seed-{seed}"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(data / "logs", kept)
    shutil.copy(_JOURNAL, kept)
    return kept


def line(verdict: Verdict) -> str:
    """A row of the table."""
    said = "holds" if verdict.holds else f"**{len(verdict.findings)} findings**"
    return (
        f"| {verdict.seed} | {', '.join(verdict.faults)} | {verdict.acknowledged:,} "
        f"| {verdict.refused:,} | {verdict.events:,} | {verdict.followed:,} | {verdict.repeated:,} "
        f"| {verdict.caught_up_seconds:.1f} s | {said} |"
    )


def write(page: Path, verdicts: Sequence[Verdict], imported: Imported | None) -> None:
    """Put what was found in its places on the page; the words around them stay."""
    found = {"faults": _faults()}
    if verdicts:
        found |= {"seeds": _seeds(verdicts), "memory": _memory(verdicts)}
    if imported is not None:
        found["import"] = f"{imported}."
    text = page.read_text(encoding="utf-8")
    for name, said in found.items():
        begin, end = _BEGIN.format(name=name), _END.format(name=name)
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        text = f"{before}{begin}\n{said}\n{end}{after}"
    page.write_text(text, encoding="utf-8")


def _faults() -> str:
    rows = [f"| `{fault.name}` | {fault.does} | {fault.heals} |" for fault in FAULTS.values()]
    return "\n".join(["| fault | what is done | how it heals |", "|---|---|---|", *rows])


def _seeds(verdicts: Sequence[Verdict]) -> str:
    when = datetime.now(UTC).strftime("%Y-%m-%d")
    cores, memory = psutil.cpu_count(), psutil.virtual_memory().total / 2**30
    where = f"{platform.machine()}, {cores} cores, {memory:.0f} GiB, Python {platform.python_version()}"
    rows = "\n".join(line(verdict) for verdict in verdicts)
    return f"{when}, {where}:\n\n{_HEAD}{rows}"


def _memory(verdicts: Sequence[Verdict]) -> str:
    usual = [verdict for verdict in verdicts if "disk full" not in verdict.faults] or verdicts
    first, last = usual[0], usual[-1]
    rows = [
        f"| {name} | {first.memory.get(name, 0)} | {now} |" for name, now in last.memory.items()
    ]
    head = f"| MiB | after seed {first.seed} | after seed {last.seed} |"
    return "\n".join([head, "|---|---:|---:|", *rows])
