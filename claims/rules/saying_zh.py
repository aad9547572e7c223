"""What a Chinese clause says of its figure."""

import re
from dataclasses import replace

from claims.rules.figure import Figure, Sort
from claims.rules.saying_parts import Role, Saying
from claims.rules.vocabulary import DOWN, UP

_VAGUE = r"(?:大约|约|将近|接近|近|超过|超|逾|突破|不低于|不少于|不足|不到|低于|高于|达到|达|高达|仅|也|均|都|已)*"
_WAYS = "|".join(sorted([*UP, *DOWN], key=len, reverse=True))
_SINCE = (
    r"同比|环比|同期相?比|"
    r"(?:比|较|与|相比|相较|对比|同)(?:于)?(?:上年|去年|上一年度?|前一年|上月|上季度|前年|往年|历年|年初|前期|此前|同期|20\d\d年|\d+月份?)(?:度)?(?:的)?(?:同期|相比|同比|末|底)*"
)
_CHANGE = re.compile(
    rf"(?P<before>.*?)(?P<since>{_SINCE})?(?P<between>[^,，]{{0,8}}?)"
    rf"(?P<way>{_WAYS})(?:了|幅度|为|达|达到|\s)*(?P<vague>{_VAGUE})\s*$"
)
_SIGNED = re.compile(rf"(?P<since>{_SINCE})(?:增减|变化|增长|增幅)?(?:为|率)?\s*$")
_LEVEL = re.compile(rf"(?:{_WAYS})(?:了)?(?:至|到|为|成)(?:了)?{_VAGUE}\s*$")
_RATE = re.compile(
    rf"(?P<stem>[^\d，,]*?)(?P<kind>率|满意度|知晓度|参与度)(?:[(][^)]*[)])?"
    rf"(?P<copula>(?:仍|已|也|均|都|为|是|在|达到了|达到|达|高达|仅为|仅|只有|保持在?|稳定在?|维持在?|提升至|提升到|提高到|提高至|上升到|上升至|"
    rf"下降到|下降至|降至|降到|升至|升到|增至|分别|依次|实现|约为|始终|为了|:|\s|{_VAGUE})*)$"
)
_SHARE = re.compile(
    rf"占(?P<base>.*?)(?:的)?(?:比重|比例|比率|百分比|比)?(?:为|是|约)?{_VAGUE}\s*$"
)
_PROPORTION = re.compile(rf"(?:占比|比重|比例)(?:为|是|达|分别)*{_VAGUE}\s*$")
_DONE = re.compile(
    rf"完成(?:了)?(?:年度|全年|既定|省定|市定|县定|目标|任务|计划|年初|下达|预定|[^,，]{{0,4}})*(?:任务|目标|计划)(?:数|量|总量)?的{_VAGUE}\s*$"
)
_FROM = re.compile(
    r"(?:由|从)(?:上年度?|去年|同期|上一年|20\d\d年|[上下]半年|[前一二三四]+季度|原来|原先|年初|此前|之前|上期|上月|最初|最高|前期|期初)*(?:同期)?(?:的)?\s*$"
)
_OPENS = re.compile(r"\s*[(]\s*(?:占比?|约|即|:|\s|占总数的?|比例)*$")


def chinese_saying(figure: Figure, before: tuple[Figure, Saying] | None) -> Saying:
    """By the words before it and, where those say nothing, by the figure before it."""
    if figure.sort is Sort.COUNT:
        return _of_count(figure)
    if change := _change(figure):
        return change
    if figure.sort is not Sort.PERCENT:
        return Saying(role=Role.BARE)
    return _of_percentage(figure, before)


def _of_count(figure: Figure) -> Saying:
    if (change := _change(figure)) and (change.since or _is_amount(change.subject)):
        return change
    if _FROM.search(figure.lead):
        return Saying(role=Role.FROM)
    return Saying(role=Role.NUMBER)


def _is_amount(subject: str) -> bool:
    """Whether what changed is how many there are, so that the count is a difference."""
    return not subject or re.search(r"(?:总量|数量|总数|数|量)$", subject) is not None


def _change(figure: Figure) -> Saying | None:
    if _LEVEL.search(figure.lead):
        return None
    found = _CHANGE.match(figure.lead)
    # alone, 新增 and 多 say how many there are, not how many more
    if found and (found["since"] or (len(found["way"]) > 1 and found["way"] != "新增")):
        return Saying(
            role=Role.CHANGE,
            direction=(1 if found["way"] in UP else -1) * (-1 if figure.value < 0 else 1),
            subject=(found["before"] + found["between"]).strip(),
            since=found["since"] or "",
        )
    signed = _SIGNED.search(figure.lead)
    if signed and (figure.value < 0 or figure.text.startswith("+") or figure.sort is Sort.POINTS):
        return Saying(
            role=Role.CHANGE,
            direction=-1 if figure.value < 0 else 1,
            subject=figure.lead[: signed.start()],
            since=signed["since"],
        )
    return None


def _of_percentage(figure: Figure, before: tuple[Figure, Saying] | None) -> Saying:
    lead = figure.lead
    if named := _FROM.search(lead):
        return Saying(role=Role.FROM, stem=_stem_of(lead[: named.start()]))
    if _DONE.search(lead):
        return Saying(role=Role.RATE, stem="完成")
    if _PROPORTION.search(lead):
        return Saying(role=Role.SHARE)
    if rate := _RATE.match(lead):
        stem = rate["stem"] + ("满意" if rate["kind"] == "满意度" else "")
        return Saying(role=Role.RATE, stem=_after_verbs(stem))
    if share := _SHARE.search(lead):
        return Saying(role=Role.SHARE, base=share["base"].strip())
    return _by_neighbour(figure, before)


def _stem_of(said: str) -> str:
    if rate := _RATE.match(said):
        return _after_verbs(rate["stem"])
    return "占比" if _PROPORTION.search(said) else ""


def _after_verbs(stem: str) -> str:
    """Without what leads up to the name: 实现化解 is 化解."""
    return re.sub(r"^(?:其中|实现|确保|使|全部|的|平均|推动|,|且)+", "", stem.strip())


def _by_neighbour(figure: Figure, before: tuple[Figure, Saying] | None) -> Saying:
    if before is None:
        return Saying(role=Role.BARE)
    other, said = before
    if other.is_count and _OPENS.fullmatch(figure.gap):
        return Saying(role=Role.SHARE, direct=True)
    if other.is_count and re.search(r"占[^占]{0,12}$", other.lead) and figure.gap.strip() == "的":
        return Saying(role=Role.SHARE, base=other.text)
    if (
        _LEVEL.search(figure.lead)
        and other.sort is Sort.PERCENT
        and not set(figure.gap) & set("。;,，")
    ):
        return replace(said, role=Role.RATE if said.stem else Role.BARE)
    return Saying(role=Role.BARE)
