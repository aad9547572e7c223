"""The sentences of a case's events."""

from collections.abc import Mapping

from shared.contracts.sentences.template import Sentence

OF_CASES: Mapping[str, Sentence] = {
    "case-filed": Sentence(
        "登记信访事项{number}：{channel}，{purpose}，{category}[，{headcount}人][，村（社区）{village_code}]",
        "registered the matter as {number}: {channel}, {purpose}, {category}"
        "[, headcount {headcount}][, village {village_code}]",
    ),
    "filing-corrected": Sentence(
        "更正登记（{why}）：{changed}", "corrected the registration ({why}): {changed}"
    ),
    "filing-voided": Sentence("作废登记：{why}", "voided the registration: {why}"),
    "case-forwarded": Sentence(
        "转送{to_unit:unit}[（{to_division}）][，要求于{report_due}前反馈]",
        "forwarded it to {to_unit:unit}[ in {to_division}][, with a report due on {report_due}]",
    ),
    "case-assigned": Sentence(
        "交办{to_unit:unit}（{to_division}）[，要求于{report_due}前反馈]",
        "assigned it to {to_unit:unit} in {to_division}[, with a report due on {report_due}]",
    ),
    "case-routed": Sentence(
        "确定办理途径：{purpose}[，{lane}]，理由：{ground}",
        "routed it: {purpose}[, {lane}], on the ground: {ground}",
    ),
    "case-accepted": Sentence(
        "受理，{procedure}，由{responsible_unit:unit}的{handler:post}承办[，办理期限至{due_at}]",
        "accepted it under the {procedure} procedure: {responsible_unit:unit}, {handler:post}"
        "[, due on {due_at}]",
    ),
    "case-declined": Sentence(
        "决定不予受理：{ground}[，告知可向{competent_unit:unit}提出]",
        "declined it: {ground}[, {competent_unit:unit} being competent]",
    ),
    "case-referred-to-mediation": Sentence(
        "委托调解委员会调解：{category}[，{dispute_kind}]",
        "asked a mediation committee to mediate: {category}[, {dispute_kind}]",
    ),
    "mediation-outcome-noted": Sentence(
        "记录调解结果：{outcome}", "noted what mediation came to: {outcome}"
    ),
    "opinion-issued": Sentence(
        "出具处理意见书[{document_number}]：{result}[，措施：{measures}]",
        "issued the handling opinion[ {document_number}]: {result}[, measures: {measures}]",
    ),
    "opinion-served": Sentence(
        "送达处理意见书：{result}，送达方式：{method}[，凭证：{proof}][，签收日{served_on}]",
        "served the handling opinion: {result}, {method}[, proof: {proof}]"
        "[, received on {served_on}]",
    ),
    "case-replied": Sentence("答复（旧登记簿所载）", "replied, as an older register states"),
    "case-resolved": Sentence(
        "化解：{how}，{on_site:现场解决|非现场解决}",
        "resolved it: {how}, {on_site:on the spot|not on the spot}",
    ),
    "case-withdrawn": Sentence("撤回生效，终止办理", "ended it as withdrawn"),
    "case-diverted": Sentence(
        "导入法定途径：{route}", "diverted it to a statutory route: {route}"
    ),
    "case-linked": Sentence(
        "并案办理：{why}[，并入{to_case_id}]", "linked it: {why}[, under {to_case_id}]"
    ),
    "case-closed": Sentence("办结：{outcome}", "closed it with the outcome: {outcome}"),
    "case-reopened": Sentence("重新办理：{reason}", "reopened it: {reason}"),
    "notice-issued": Sentence(
        "出具{notice}书[{document_number}]",
        "issued a notice: {notice}[, {document_number}]",
    ),
    "notice-served": Sentence(
        "送达{notice}书，送达方式：{method}[，凭证：{proof}][，签收日{served_on}]",
        "served a notice: {notice}, {method}[, proof: {proof}][, received on {served_on}]",
    ),
    "document-dispatched": Sentence(
        "寄出{document}，方式：{method}", "dispatched a document: {document}, {method}"
    ),
    "investigation-recorded": Sentence("调查核实：{steps}", "investigated: {steps}"),
    "hearing-held": Sentence(
        "举行听证，{representatives}名代表参加",
        "held a hearing with {representatives} representatives",
    ),
    "extension-granted": Sentence(
        "延长办理期限{days}日，批准：{approver_role}，期限至{due_at}",
        "extended the term by {days} days, approved by the {approver_role}, until {due_at}",
    ),
    "review-requested": Sentence(
        "记录信访人申请{level}[，方式：{way}]",
        "recorded that a {level} was requested[, {way}]",
    ),
    "review-decided": Sentence(
        "记录{by_unit:unit}的{level}意见：{result}[，签收日{served_on}]",
        "recorded the {level} decided by {by_unit:unit}: {result}[, received on {served_on}]",
    ),
    "re-review-handed-over": Sentence(
        "将复核移送{to_unit:unit}", "handed the re-review over to {to_unit:unit}"
    ),
    "statement-recorded": Sentence(
        "记录信访人陈述：{statement}，{way}，由{taken_by:post}记录",
        "recorded a statement of the petitioner: {statement}, {way}, taken by {taken_by:post}",
    ),
    "withdrawal-stated": Sentence(
        "记录信访人申请撤回，{way}，由{taken_by:post}记录，{takes_effect_at}起生效",
        "recorded the stated withdrawal, {way}, taken by {taken_by:post}, in effect from"
        " {takes_effect_at}",
    ),
    "withdrawal-taken-back": Sentence(
        "记录信访人收回撤回申请，{way}，由{taken_by:post}记录",
        "recorded that the withdrawal was taken back, {way}, taken by {taken_by:post}",
    ),
    "answer-review-opened": Sentence(
        "对原答复进行复核：{why}[（{repeated_by}）]",
        "opened a review of the answer: {why}[ ({repeated_by})]",
    ),
    "case-rated": Sentence(
        "信访人评价{about}：{grade}（{rater}[，{called_by:unit}]）",
        "the petitioner rated the {about}: {grade} ({rater}[, {called_by:unit}])",
    ),
    "answer-review-closed": Sentence(
        "对原答复的复核结论：{finding}", "closed the review of the answer: {finding}"
    ),
    "closing-checked": Sentence("办结审核：{by}", "checked the closing as the {by}"),
    "case-handed-over": Sentence(
        "由{from_unit:unit}移交{to_unit:unit}[的{to_post:post}]：{reason}",
        "handed it over from {from_unit:unit} to {to_unit:unit}[, {to_post:post}]: {reason}",
    ),
    "recusal-recorded": Sentence(
        "记录{post:post}回避：{reason}", "recorded the recusal of {post:post}: {reason}"
    ),
    "attachment-added": Sentence(
        "添加附件：{of}（{media_type}）", "added a file: {of} ({media_type})"
    ),
    "remit-taken": Sentence("接收移送的事项：{how}", "took the matter that was passed on: {how}"),
    "remit-objected": Sentence(
        "{by_unit:unit}对移送提出异议：{reason_code}",
        "objected to the matter for {by_unit:unit}: {reason_code}",
    ),
    "remit-objection-decided": Sentence(
        "决定异议{upheld:成立|不成立}",
        "decided that the objection is {upheld:upheld|rejected}",
    ),
    "case-returned": Sentence("退回移送的事项：{why}", "returned the matter: {why}"),
    "transfer-noted": Sentence(
        "记录{to_unit:unit}（{to_division}）：{step}",
        "noted of {to_unit:unit} in {to_division}: {step}",
    ),
    "identity-revealed": Sentence("经批准查看身份信息", "revealed the identity, with approval"),
    "person-erased": Sentence("删除个人信息", "erased the personal data"),
    "question-asked": Sentence("向信访人提问", "asked the petitioner a question"),
    "question-answered": Sentence("收到信访人答复", "received the petitioner's answer"),
}
