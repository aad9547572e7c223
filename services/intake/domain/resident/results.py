"""What a petitioner's case came to: the opinion that was served, and what reviews decided."""

from dataclasses import dataclass
from datetime import date

from services.intake.domain.case import CaseFile
from services.intake.domain.case.served_opinion import served_on
from services.intake.domain.resident.said import Said
from shared.contracts.case_codes import OpinionResult
from shared.contracts.case_handling_codes import ReviewLevel, ReviewResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """An opinion, by its code; the paper with its reasons was served on that day."""

    of: str
    result: OpinionResult | ReviewResult
    served_on: date
    said: Said


def results(case: CaseFile) -> tuple[Result, ...]:
    """The opinion and the reviews, in the order of the procedure; what was not served is not told."""
    found = list[Result]()
    served = served_on(case)
    if case.issued and served:
        found.append(_result("opinion", Said("处理意见", "opinion"), case.issued.result, served))
    for level in ReviewLevel:
        decided = case.proceedings.decided.get(level)
        if decided and decided[0].served_on:
            name = Said(f"{level.label}意见", f"opinion of the {level.value}")
            found.append(_result(level.value, name, decided[0].result, decided[0].served_on))
    return tuple(found)


def _result(of: str, name: Said, result: OpinionResult | ReviewResult, served_on: date) -> Result:
    said = Said(
        f"{name.zh}：{result.label}，{served_on}送达。",
        f"The {name.en}: {result.value}, served on {served_on}.",
    )
    return Result(of=of, result=result, served_on=served_on, said=said)
