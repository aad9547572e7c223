"""The sentences of a dispute's events, and of its agreement."""

from collections.abc import Mapping

from shared.contracts.sentences.template import Sentence

OF_MEDIATIONS: Mapping[str, Sentence] = {
    "mediation-applied": Sentence(
        "登记调解申请：{origin}，{dispute_kind}，{category}[，由{referred_by}移送]",
        "registered the application: {origin}, {dispute_kind}, {category}"
        "[, referred by {referred_by}]",
    ),
    "mediation-not-taken-up": Sentence("未予调解：{ground}", "did not take it up: {ground}"),
    "mediation-parties-named": Sentence(
        "登记当事人：{side}", "named the parties of one side: {side}"
    ),
    "mediation-consented": Sentence(
        "记录{side}同意调解：{how}", "recorded the consent of the {side}: {how}"
    ),
    "mediation-opened": Sentence(
        "开始调解，期限至{due_at}", "opened the mediation, due on {due_at}"
    ),
    "mediation-refused": Sentence("记录{side}拒绝调解", "recorded that the {side} refused"),
    "consent-withdrawn": Sentence(
        "记录{side}撤回同意", "recorded that the {side} withdrew consent"
    ),
    "mediator-assigned": Sentence("指派调解员", "assigned a mediator"),
    "mediator-recused": Sentence(
        "调解员回避：{ground}", "recorded a mediator's recusal: {ground}"
    ),
    "mediation-period-extended": Sentence(
        "延长调解期限至{due_at}", "extended the period until {due_at}"
    ),
    "mediation-session-held": Sentence(
        "进行调解：{mode}，{place_kind}[，{side}]",
        "held a session: {mode}, {place_kind}[, {side}]",
    ),
    "mediation-failed": Sentence("调解不成：{ground}", "ended it without agreement: {ground}"),
    "mediation-terminated": Sentence("终止调解：{ground}", "terminated it: {ground}"),
    "mediation-paper-filled-in": Sentence(
        "制作文书：{form}[{number}]", "filled in a paper: {form}[, {number}]"
    ),
    "mediation-paper-voided": Sentence(
        "作废文书：{form}，{reason}", "voided a paper: {form}, {reason}"
    ),
    "mediation-consent-voided": Sentence(
        "作废{side}的同意：{reason}", "voided the consent of the {side}: {reason}"
    ),
    "mediator-assignment-voided": Sentence("作废指派：{reason}", "voided an assignment: {reason}"),
    "mediator-recusal-voided": Sentence("作废回避：{reason}", "voided a recusal: {reason}"),
    "mediation-extension-voided": Sentence(
        "作废延期：{reason}，期限至{due_at}", "voided an extension: {reason}, due on {due_at}"
    ),
    "mediation-session-voided": Sentence("作废调解记录：{reason}", "voided a session: {reason}"),
    "mediation-end-voided": Sentence("作废调解结果：{reason}", "voided the end: {reason}"),
    "agreement-drafted": Sentence("起草协议：{form}", "drafted an agreement: {form}"),
    "agreement-draft-voided": Sentence("作废协议草稿：{reason}", "voided a draft: {reason}"),
    "mediation-succeeded": Sentence(
        "达成协议：{form}[，编号{number}]，自{effective_on}起生效[，履行期限至{perform_by}]",
        "recorded the agreement: {form}[, {number}], in effect from {effective_on}"
        "[, to be performed by {perform_by}]",
    ),
    "performance-checked": Sentence(
        "检查履行情况：{finding}", "checked the performance: {finding}"
    ),
    "instalment-performed": Sentence(
        "第{instalment}期已履行", "recorded that instalment {instalment} was performed"
    ),
    "instalment-partly-performed": Sentence(
        "第{instalment}期部分履行", "recorded that instalment {instalment} was partly performed"
    ),
    "agreement-performed": Sentence("协议已履行", "recorded that the agreement was performed"),
    "agreement-breached": Sentence(
        "协议未履行：{ground}[，第{instalment}期]",
        "recorded a breach: {ground}[, instalment {instalment}]",
    ),
    "confirmation-requested": Sentence(
        "{requested_on}申请司法确认", "recorded the request for confirmation of {requested_on}"
    ),
    "confirmation-decided": Sentence(
        "司法确认结果：{result}", "recorded the court's decision: {result}"
    ),
    "follow-up-made": Sentence("回访：{method}，{outcome}", "followed up: {method}, {outcome}"),
}
