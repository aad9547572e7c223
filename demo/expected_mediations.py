"""The figures of the bundled mediations counted straight from their csv, as expected.py counts.

A row is a dispute (件); its sessions (次) are another number, and say nothing of its success.
"""

from pathlib import Path

from demo.expected import Expected, Row, is_in, rate, rows_of


def expected_mediations(register: Path, year: int) -> Expected:
    """The expected figures of that year."""
    rows = rows_of(register)
    ended = [row for row in rows if row["结果"] in {"达成协议", "调解不成"}]
    ended = [row for row in ended if is_in(row["结果日期"], year)]
    agreed = [row for row in ended if row["结果"] == "达成协议"]
    sessions = [held for row in rows for held in row["调解情况"].split("；") if is_in(held, year)]
    due = [row for row in rows if is_in(_last_day(row), year)]
    return {
        "mediations_ended": (str(len(ended)), None, None),
        "mediations_succeeded": (str(len(agreed)), None, None),
        "mediation_rate": rate(len(agreed), len(ended)),
        "mediation_sessions": (str(len(sessions)), None, None),
        "agreement_performance_rate": rate(sum(map(_is_kept, due)), len(due)),
    }


def _last_day(row: Row) -> str:
    return row["履行期限"].split("；")[-1]


def _is_kept(row: Row) -> bool:
    """Whether the register's last entry is the performance of the last instalment."""
    instalments = len(row["履行期限"].split("；"))
    return row["履行情况"].endswith(f"日履行第{instalments}期")
