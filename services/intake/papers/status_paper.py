"""办理情况 (the state of a case) on paper, as its petitioner sees it: no name of anybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shared.papers import Paper
from shared.papers.blocks import Block, Heading, Labelled, Paragraph, Title
from shared.papers.numbers import printed_day


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusFacts:
    """What the paper says; every sentence is in Chinese, with its English after it."""

    number: str
    received_on: date
    state: str
    held_by: str | None
    hops: Sequence[str] = ()
    results: Sequence[str] = ()
    next: str | None = None
    until: date | None = None
    rights: Sequence[str] = ()


def status_paper(facts: StatusFacts, *, dated: date) -> Paper:
    """The paper as of the day on which it is printed."""
    blocks: list[Block] = [
        Title("信访事项办理情况"),
        Labelled("编号（number）：", facts.number),
        Labelled("收到日期（received on）：", printed_day(facts.received_on)),
        Labelled("查询日期（as of）：", printed_day(dated)),
        Labelled("状态（state）：", facts.state),
    ]
    if facts.held_by:
        blocks.append(Labelled("办理单位（held by）：", facts.held_by))
    if facts.next:
        blocks.append(Labelled("下一步（next）：", facts.next))
    if facts.until:
        blocks.append(Labelled("期限（until）：", printed_day(facts.until)))
    blocks += _listed("结果（results）", facts.results)
    blocks += _listed("经过（steps）", facts.hops)
    blocks += _listed("权利（rights）", facts.rights)
    return Paper("case-status", dated, tuple(blocks))


def _listed(title: str, lines: Sequence[str]) -> list[Block]:
    return [Heading(title, 1), *map(Paragraph, lines)] if lines else []
