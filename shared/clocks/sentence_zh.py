"""An explanation as one Chinese sentence."""

from collections.abc import Iterable, Iterator
from datetime import date

from shared.clocks.citation import Citation
from shared.clocks.clock import AT_ONCE, Unit
from shared.clocks.clock_run import Term
from shared.clocks.due import Due
from shared.clocks.due_display import format_end, format_start
from shared.clocks.explanation import DayNote, DayRange, Explanation, Why, day_ranges


def sentence_zh(explained: Explanation) -> str:
    """What was counted, from when to when, and by which articles."""
    said = [_count(explained), *_days(explained), _ends(explained), *_cautions(explained)]
    return "；".join(said) + "。"


def _count(explained: Explanation) -> str:
    due = explained.due
    began = f"{due.clock.id}（{due.clock.name.zh}）自{format_start(due)}起算"
    if due.clock.length == AT_ONCE:
        return f"{began}，应当立即办理（{_cited(explained.articles)}）"
    if due.clock.unit is Unit.HOURS:
        cited = _cited((*explained.start_articles, *explained.articles))
        return f"{began}，期限{due.run.length}小时（{cited}）"
    counted = "当日计入" if due.clock.start_day_counts else "当日不计入"
    if not due.clock.start_day_counts:
        counted += f"（{_cited(explained.start_articles)}）"
    return f"{began}，{counted}，{_terms(explained.terms)}（{_cited(explained.articles)}）"


def _terms(terms: Iterable[Term]) -> str:
    first, *extensions = terms
    said = [f"期限{_long(first)}，至{first.last}"]
    said += [f"延长{_long(each)}，至{each.last}" for each in extensions]
    return "，".join(said)


def _long(term: Term) -> str:
    return f"{term.length}{term.unit.label}"


def _days(explained: Explanation) -> Iterator[str]:
    if explained.skipped:
        yield f"不计入的日期：{_listed(explained.skipped)}"
    if explained.worked:
        yield f"调休上班的日期：{_listed(explained.worked)}"


def _ends(explained: Explanation) -> str:
    due = explained.due
    if due.clock.unit is Unit.HOURS:
        return f"截止{format_end(due)}，不因休息日顺延"
    if not explained.rolled:
        return f"办理机关和信访人的截止日均为{due.due_on}（北京时间24时）"
    return (
        f"办理机关截止日为{due.due_on}，信访人截止日顺延至{due.due_on_for_petitioner}"
        f"（{_listed(explained.rolled)}；{_cited(explained.roll_articles)}），均至北京时间24时"
    )


def _cautions(explained: Explanation) -> Iterator[str]:
    due = explained.due
    if explained.pauses_without_effect:
        yield "起算前、届满后的不计期间不影响期限"
    if explained.unsettled:
        yield f"暂定：{_why_unsettled(due, explained.unsettled)}"
    if explained.doubts:
        yield f"未经核实：{'、'.join(doubt.label for doubt in explained.doubts)}"
    if not explained.in_force:
        yield f"{due.run.policy.version}在{due.run.start_day}对该期限未施行"


def _why_unsettled(due: Due, day: date) -> str:
    years = due.run.calendar.years
    if not years:
        return "没有工作日历，仅按周末计算"
    if day.toordinal() < due.run.calendar.settled_from:
        return f"没有{years[0].year}年以前的工作日历，仅按周末计算"
    return f"{years[-1].year + 1}年放假安排尚未公布，{day}起的日期可能调整"


def _listed(notes: Iterable[DayNote]) -> str:
    return "、".join(f"{_span(run)}（{_because(run)}）" for run in day_ranges(notes))


def _span(run: DayRange) -> str:
    return str(run.first) if run.first == run.last else f"{run.first}至{run.last}"


def _because(run: DayRange) -> str:
    if run.why is Why.MADE_UP and run.festival:
        return f"{run.festival.label}调休"
    return run.festival.label if run.festival else run.why.label


def _cited(citations: Iterable[Citation]) -> str:
    return "、".join(citation.zh for citation in citations)
