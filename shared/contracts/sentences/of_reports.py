"""The sentences of a grid report's events."""

from collections.abc import Mapping

from shared.contracts.sentences.template import Sentence

OF_REPORTS: Mapping[str, Sentence] = {
    "grid-report-submitted": Sentence(
        "上报：{category}，{topic}，{urgency}，网格{grid_code}",
        "reported: {category}, {topic}, {urgency}, in grid {grid_code}",
    ),
    "grid-report-validated": Sentence("核实有效", "found the report valid"),
    "grid-report-corrected": Sentence(
        "更正（{why}）：{changed}", "corrected the report ({why}): {changed}"
    ),
    "grid-report-rejected": Sentence("不予采用：{reason}", "rejected the report: {reason}"),
    "grid-report-dispatched": Sentence(
        "派发{to_unit:unit}[，期限至{due_at}]",
        "dispatched it to {to_unit:unit}[, due on {due_at}]",
    ),
    "grid-report-returned": Sentence(
        "{by_unit:unit}退回：{reason}", "returned it for {by_unit:unit}: {reason}"
    ),
    "grid-report-converted": Sentence("转为{to}", "converted it to a {to}"),
    "grid-report-outcome-noted": Sentence(
        "记录{to}的进展：{outcome}", "noted of the {to}: {outcome}"
    ),
    "grid-report-matter-moved": Sentence("归入另一事项", "counts with another matter"),
    "grid-report-handled": Sentence(
        "处置：{result}，{on_site:现场解决|非现场解决}[，{by_unit:unit}]",
        "handled it: {result}, {on_site:on the spot|not on the spot}[, {by_unit:unit}]",
    ),
    "grid-report-verified": Sentence(
        "核查（{how}）：{confirmed:属实|不属实}",
        "verified it ({how}): {confirmed:confirmed|not confirmed}",
    ),
    "grid-report-closed": Sentence("办结", "closed the report"),
    "grid-report-rated": Sentence("评价：{rater}，{grade}", "recorded a rating: {rater}, {grade}"),
    "grid-report-attachment-added": Sentence(
        "添加附件：{of}（{media_type}）", "added a file: {of} ({media_type})"
    ),
    "grid-report-escalated": Sentence(
        "由{from_level}上报{to_level}：{reason}",
        "escalated it from {from_level} to {to_level}: {reason}",
    ),
    "grid-report-term-missed": Sentence(
        "{step}超期，期限为{due_at}", "recorded that a term was missed: {step}, due on {due_at}"
    ),
}
