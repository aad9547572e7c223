"""Prints a back-test: counts by rule and by what went wrong, and the warnings, page by page."""

from collections.abc import Iterator

from rich.table import Table

from cli.back_testing.back_test import Asked, Summary
from cli.back_testing.fitting import print_fitting
from cli.back_testing.found import Found, FoundWarning
from cli.progress import wide_console
from services.grid.domain.back_test import FailureKind
from services.grid.domain.back_test.counts import Recall, RuleCounts
from shared.times import CHINA, china_day, start_of

_FAILURES = {
    FailureKind.TERM_MISSED: ("term missed", "办理超期"),
    FailureKind.PROMISE_MISSED: ("promise missed", "协议逾期"),
    FailureKind.BREACHED: ("agreement breached", "协议未履行"),
    FailureKind.RAISED_AGAIN: ("raised again after an answer", "答复后再次提出"),
}
_NONE = "–"


def print_summary(division: str, asked: Asked, summary: Summary) -> None:
    """Both tables, and the words that say what their numbers mean."""
    days = asked.within.days
    console = wide_console()
    console.print(
        f"{division}, {asked.first} to {asked.last}, policy {asked.policy.version}: "
        f"{summary.walked:,} of {summary.read:,} events say something to the rules or of the outcome"
    )
    print_fitting(_rules(summary))
    console.print(
        f"[dim]right: something went wrong with the matter at most {days} days before or after the "
        "warning, and nobody found it false; decided: that is known by the end "
        f"({china_day(summary.end)}); lead: days from the warning to what went wrong; warned: of the "
        "matters with which something went wrong in the period; in time: those of them warned of by the "
        "first failure of a kind[/dim]"
    )
    console.print()
    print_fitting(_failures(summary))
    if start_of(asked.first) > summary.end:
        console.print("The period begins after the end of the history: there is nothing to count.")
    if summary.left_out:
        console.print(f"{summary.left_out} are left out: the matter was found to be sealed later")


def _rules(summary: Summary) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("rule", "规则"):
        table.add_column(name, no_wrap=True)
    heads = ("fired", "recorded late", "false", "right / decided")
    more = ("before", "at once", "after", "median lead", "warned / failed", "in time")
    for name in (*heads, *more):
        table.add_column(name, justify="right", no_wrap=True)
    for rule, counts in summary.rules.items():
        table.add_row(rule.value, rule.label, *_cells(counts, summary.of_rules[rule]))
    return table


def _cells(counts: RuleCounts, recall: Recall) -> Iterator[str]:
    yield from map(str, (counts.fired, counts.recorded_late, counts.false))
    yield share(counts.right, counts.decided)
    yield from map(str, (counts.earlier, counts.at_once, counts.afterwards))
    lead = counts.median_lead
    yield _NONE if lead is None else f"{lead} d (n={counts.right})"
    yield share(recall.warned, recall.failed)
    yield str(recall.in_time)


def _failures(summary: Summary) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("what went wrong", "情形"):
        table.add_column(name, no_wrap=True)
    for name in ("warned / failed", "in time"):
        table.add_column(name, justify="right", no_wrap=True)
    for kind, recall in summary.failures.items():
        table.add_row(*_FAILURES[kind], *_recall(recall))
    table.add_row("any of these", "合计(事项)", *_recall(summary.all_matters))
    return table


def _recall(recall: Recall) -> Iterator[str]:
    yield share(recall.warned, recall.failed)
    yield str(recall.in_time)


def share(part: int, whole: int) -> str:
    """`12 / 15 = 80.0 %`; both counts, also where there is no share."""
    return f"{part} / {whole}" + (f" = {100 * part / whole:.1f} %" if whole else "")


def print_warnings(asked: Asked, summary: Summary, found: Found, *, limit: int, page: int) -> None:
    """A page of the warnings, each with its sentence and what became of it."""
    fired = sum(each.fired for each in summary.rules.values())
    pages = max(1, -(-fired // limit))
    console = wide_console()
    console.print()
    if page > pages:
        console.print(f"--page {page}: there are no more than {pages} pages")
        return
    table = Table(box=None, pad_edge=False)
    for name in (
        "raised (China)",
        "level",
        "rule",
        "subject",
        "lead",
        "ended",
        "what became of it",
    ):
        table.add_column(name, no_wrap=True)
    for each in found.warnings(limit=limit, skip=limit * (page - 1)):
        table.add_row(*_warning(asked, each))
    print_fitting(table)
    console.print(f"page {page} of {pages}; --page names another, --format json has all {fired}")


def _warning(asked: Asked, each: FoundWarning) -> Iterator[str]:
    mark = " (recorded late)" if each.judged.recorded_late else ""
    yield f"{each.judged.at.astimezone(CHINA):%Y-%m-%d %H:%M}{mark}"
    yield each.level
    yield each.judged.rule.value
    yield each.subject
    lead = each.judged.lead(asked.within)
    yield _NONE if lead is None else f"{lead.total_seconds() / 86_400:.1f} d"
    yield _NONE if each.ended_how is None else each.ended_how.value
    yield "; ".join(became(each))


def became(each: FoundWarning) -> Iterator[str]:
    """What became of the matters of a warning, with how many of them."""
    matters = each.judged.matters
    for word, number in (
        *((kind.value, sum(kind in of.failures for of in matters)) for kind in FailureKind),
        ("answered", sum(of.is_answered for of in matters)),
        ("resolved", sum(of.is_resolved for of in matters)),
        ("open", sum(of.is_open for of in matters)),
    ):
        if number:
            yield _counted(word, number, len(matters))


def _counted(word: str, number: int, of: int) -> str:
    return word if of == 1 else f"{word} {number} of {of}"
