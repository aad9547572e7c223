"""Why a verdict was given: one plain sentence, in the language of the document."""

_SENTENCES = {
    "quotient-follows": (
        "{whole}中的{part}是{computed}，与所述一致。",
        "{part} of {whole} is {computed}, as stated.",
    ),
    "quotient-rounded": (
        "{whole}中的{part}四舍五入后是{computed}，并非全部。",
        "{part} of {whole} rounds to {computed}, though it is not all.",
    ),
    "quotient-bound": (
        "{whole}中的{part}是{computed}，符合“{stated}”这一约数。",
        "{part} of {whole} is {computed}, which fits the approximate {stated}.",
    ),
    "quotient-differs": (
        "{whole}中的{part}是{computed}，不是{stated}。{more}",
        "{part} of {whole} is {computed}, not {stated}.{more}",
    ),
    "no-part": (
        "{whole}中没有哪个整数能得出{stated}。",
        " No whole number of {whole} gives {stated}.",
    ),
    "other-total": (
        "若总数为{other}，则得{stated}。",
        " Of {other} it would be {stated}.",
    ),
    "other-whole": (
        "若总数为{other}，则可以得出。",
        " Of {other} some whole number gives it.",
    ),
    "common-unstated": (
        "没有写明总数；各项占比都成立的总数为{total}。",
        "No total is stated; these shares are all of one of {total}.",
    ),
    "common-follows": (
        "{parts}合计中的{part}是{computed}，与所述一致。",
        "{part} of {parts} together is {computed}, as stated.",
    ),
    "common-differs": (
        "其他各项占比的总数为{total}，其中{part}应为{computed}，不是{stated}。",
        "The other shares are of {total}, of which {part} is {computed}, not {stated}.",
    ),
    "average-follows": (
        "{shared}除以{among}为{computed}，与所述一致。",
        "{shared} over {among} is {computed}, as stated.",
    ),
    "average-differs": (
        "{shared}除以{among}为{computed}，不是{stated}。",
        "{shared} over {among} is {computed}, not {stated}.",
    ),
    "cut-off": (
        "{whole}中的{part}四舍五入是{computed}；所述{stated}是舍去尾数而非四舍五入。",
        "{part} of {whole} is {computed}; {stated} is truncated, not rounded.",
    ),
    "units": (
        "{part}与{whole}单位不同，能否相比请核实；按数字计算为{computed}。",
        "{part} and {whole} are in different units; as numbers they give {computed}.",
    ),
    "less-withdrawn": (
        "{whole}中的{part}是{computed}；扣除{left_out}后才是{stated}。",
        "{part} of {whole} is {computed}; {stated} comes of leaving out {left_out}.",
    ),
    "due-base": (
        "所述{stated}要成立，应办总数须为{other}，文中未写明。",
        "{stated} needs {other} to have been due, which the document does not state.",
    ),
    "no-total": (
        "没有给出计算所依据的总数。",
        "No total is given that it could be computed from.",
    ),
    "no-part-given": (
        "没有给出对应的件数，只有总数{whole}。",
        "Only the total {whole} is given, not the part of it.",
    ),
    "other-base": (
        "文中没有给出这一比率的计算基数，附近的数不能确定为其基数。",
        "Its base is not given; no figure nearby is surely what it is taken of.",
    ),
    "infeasible": (
        "{whole}中没有哪个整数能得出{stated}。{more}",
        "No whole number of {whole} gives {stated}.{more}",
    ),
    "infeasible-maybe": (
        "{whole}中没有哪个整数能得出{stated}；若基数不同，请注明基数。",
        "No whole number of {whole} gives {stated}; if its base is another, state it.",
    ),
    "sum-follows": (
        "{parts}合计{computed}，与所述一致。",
        "{parts} add up to {computed}, as stated.",
    ),
    "sum-differs": (
        "{parts}合计{computed}，不是{stated}。",
        "{parts} add up to {computed}, not {stated}.",
    ),
    "sum-bound": (
        "{parts}合计{computed}，符合“{stated}”这一约数。",
        "{parts} add up to {computed}, which fits the approximate {stated}.",
    ),
    "sum-less": (
        "所列各项合计{computed}，比{stated}少{difference}；“其中”所列可能不全。",
        "The kinds named add up to {computed}, {difference} fewer than {stated}; the list may be incomplete.",
    ),
    "sum-more": (
        "所列各项合计{computed}，比{stated}多{difference}；若各项有交叉则可以成立，请核实。",
        "The kinds named add up to {computed}, {difference} more than {stated}; that can only be where kinds overlap.",
    ),
    "part-exceeds": (
        "部分{part}大于总数{whole}。",
        "The part {part} is greater than its total {whole}.",
    ),
    "remainder-follows": (
        "{whole}减去{parts}余{computed}，与所述一致。",
        "{whole} less {parts} leaves {computed}, as stated.",
    ),
    "remainder-differs": (
        "{whole}减去{parts}应余{computed}，不是{stated}。",
        "{whole} less {parts} leaves {computed}, not {stated}.",
    ),
    "change-follows": (
        "由{before}变为{now}，{way}{computed}，与所述一致。",
        "From {before} to {now} is {way} {computed}, as stated.",
    ),
    "change-bound": (
        "由{before}变为{now}，{way}{computed}，符合“{stated}”这一约数。",
        "From {before} to {now} is {way} {computed}, which fits the approximate {stated}.",
    ),
    "change-differs": (
        "由{before}变为{now}，应为{way}{computed}，不是{said_way}{stated}。",
        "From {before} to {now} is {way} {computed}, not {said_way} {stated}.",
    ),
    "change-cut-off": (
        "由{before}变为{now}，四舍五入为{way}{computed}；所述{stated}是舍去尾数。",
        "From {before} to {now} is {way} {computed}; {stated} is truncated, not rounded.",
    ),
    "change-points": (
        "由{before}到{now}相差{computed}；写作{stated}，应写“百分点”。",
        "From {before} to {now} is {computed}; {stated} should be written in percentage points.",
    ),
    "change-rounded": (
        "由{before}到{now}相差{computed}，与{stated}相差不超过四舍五入的误差。",
        "From {before} to {now} is {computed}; {stated} differs by no more than rounding.",
    ),
    "before-one": (
        "上期应为{found}，现为{now}，与所述一致。",
        "{found} in the period before gives it; {now} now.",
    ),
    "before-many": (
        "上期在{first}至{last}之间即可得出。",
        "Any whole number from {first} to {last} in the period before gives it.",
    ),
    "before-none": (
        "没有哪个上期整数变为{now}会是{said_way}{stated}。{more}",
        "No whole number in the period before, changed to {now}, is {said_way} {stated}.{more}",
    ),
    "before-nearest": (
        "最接近的是{low}({low_rate})和{high}({high_rate})。",
        " The nearest are {low} ({low_rate}) and {high} ({high_rate}).",
    ),
    "aim": ("这是目标，不是已有的结果。", "It is aimed at, not reached."),
    "no-before": ("没有给出可比的上期数。", "No figure of the period before is given."),
    "below-nothing": (
        "下降幅度不可能超过100%。",
        "Nothing can fall by more than 100%.",
    ),
    "out-of-bounds": (
        "现为{now}，{said_way}{stated}则上期为{computed}，比率不可能如此。",
        "It is {now} now; {said_way} {stated} makes it {computed} before, which no such rate can be.",
    ),
    "parts-before-follow": (
        "各部分上期数之和({parts})与总数的上期数({whole})相符。",
        "The parts' numbers of the period before ({parts}) add up to the total's ({whole}).",
    ),
    "parts-before-differ": (
        "各部分上期数之和为{parts}，总数的上期数为{whole}，两者不符。",
        "The parts' numbers of the period before add up to {parts}, the total's is {whole}.",
    ),
    "hundred-follows": (
        "各项占比合计{computed}，在四舍五入误差之内。",
        "The shares add up to {computed}, 100% within rounding.",
    ),
    "hundred-differs": (
        "各项占比合计{computed}，超出四舍五入误差，不是100%。",
        "The shares add up to {computed}, which rounding does not explain.",
    ),
    "repeated-differs": (
        "同一数字在第{line}行写作{other}，此处写作{stated}。",
        "The same quantity is {other} on line {line} and {stated} here.",
    ),
    "repeated-maybe": (
        "第{line}行的同名数字为{other}，此处为{stated}；若口径不同请注明。",
        "A figure of the same name is {other} on line {line} and {stated} here; if their scope differs, say so.",
    ),
    "repeated-follows": (
        "与第{line}行所述{other}一致。",
        "It is {other} on line {line} as well.",
    ),
    "series-mismatch": (
        "“分别”所列占比有{shares}个，前面的数有{counts}个，不能一一对应。",
        "{shares} shares are listed for {counts} counts; they cannot be matched in order.",
    ),
    "table-total-differs": (
        "该列各行合计{computed}，合计栏写作{stated}。",
        "The rows of this column add up to {computed}, the total says {stated}.",
    ),
    "table-total-follows": (
        "该列各行合计{computed}，与合计栏一致。",
        "The rows of this column add up to {computed}, as the total says.",
    ),
    "table-rate-unsure": (
        "按本表各列都算不出{stated}，其计算基数可能不在表中。",
        "No columns of this table give {stated}; its base may not be in the table.",
    ),
}
_WAYS = {1: ("上升", "up"), -1: ("下降", "down"), 0: ("持平", "unchanged")}


def because(key: str, *, chinese: bool, **values: object) -> str:
    """The sentence; a list of figures is joined as the language does."""
    template = _SENTENCES[key][0 if chinese else 1]
    joined = {
        name: ("、" if chinese else ", ").join(value) if isinstance(value, tuple) else value
        for name, value in values.items()
    }
    return template.format(**joined)


def way(direction: int, *, chinese: bool) -> str:
    """上升 or `up`."""
    return _WAYS[direction][0 if chinese else 1]
