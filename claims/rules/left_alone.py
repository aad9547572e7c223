"""Numbers that count nothing: dates, document numbers, articles, hotlines, slogans, headings."""

import re

_ZH = "零〇一二两三四五六七八九十百千"
_NUMBER = rf"(?:\d{{1,12}}|[{_ZH}]{{1,8}})"
_PATTERNS = (
    # years, dates, times of day, school and plan years
    r"\d{4}\s?[-—–~至到]\s?\d{4}\s?(?:年|(?!\d|[\u4e00-\u9fff]))",
    r"(?:19|20)\d{2}\s?年(?:度|底|初|末)?(?:\s?\d{1,2}(?:\s?[-—–~至到]\s?\d{1,2})?\s?月(?:份)?(?:\s?\d{1,2}\s?[日号])?)?",
    r"\d{1,2}\s?(?:[-—–~至到]\s?\d{1,2})?\s?月(?:份|底|初|末)?(?:\s?\d{1,2}\s?[日号])?",
    r"(?<![\d.])\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?![\d.%])",
    r"\d{1,2}:\d{2}(?::\d{2})?(?!\d)",
    r"(?:19|20)\d{2}(?=\s?[-/]?\s?(?:款|型|版|级|届|财年|学年))",
    r"\d{2}后",
    # numbers of documents, articles, standards
    r"[〔\[(【]\s?(?:19|20)\d{2}\s?[〕\])】]\s?(?:第?\s?\d{1,5}\s?号)?",
    rf"第\s?{_NUMBER}(?:\s?[-—–~、至到]\s?{_NUMBER})*",
    r"\d{1,12}\s?号(?:令|文|楼|院|线|地块)?",
    rf"{_NUMBER}\s?号文件",
    r"(?:Articles?|Art\.|Sections?|Sec\.|§|No\.|Nos\.|Chapters?|Tables?|Figures?|Figs?\.|Clauses?|Paragraphs?|Rules?|Decrees?|Orders?|Annex|Appendix|Pages?|p\.|pp\.)\s?\d{1,12}(?:\.\d{1,12})*(?:\s?(?:[-–,]|and|to)\s?\d{1,12})*",
    # telephones and hotlines
    r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)(?:400|800)-\d{3}-?\d{4}",
    r"(?<!\d)\d{3,6}(?=\s?[\"”]?\s?(?:(?:政务|便民|服务|市民|市长|政府|举报|维权|法律|社会|便民服务)*(?:热线|平台|专线|电话|号码|报警|接警|非警务)|hotline|helpline))",
    r"(?:拨打|热线|电话|专线|hotline)\s?[\"“]?\s?\d{3,6}(?!\d|\s?[件起次个名人条%])",
    r"(?<!\d)(?:12345|12348|12309|12368|12388|12315|12333|12328|12329|12338|12355)(?!\d|\s?[件起次个名人条%]|\s?(?:calls|cases|orders|petitions|matters))",
    r"(?<!\d)(?:110|119|120|122)(?=\s?[^\d\s件起次个名人条户家份处项批场万亿余多元%,.，、。a-zA-Z()/])",
    # names made of numbers: 1+4+N, 四个一, 一把手; and identifiers of letters and digits
    r"(?<![\d.])\d{1,12}(?:\s?\+\s?(?:\d{1,12}|[A-Za-zXN]{1,6}))+",
    r"[A-Za-zXN]{1,6}(?:\s?\+\s?\d{1,12})+",
    rf"[\"“'‘「]\s?(?:\d{{1,4}}|[{_ZH}]{{1,8}})(?:个?[{_ZH}])?\s?[\"”'’」]",
    rf"[“\"「‘](?:[{_ZH}]{{1,8}}个[{_ZH}]{{1,8}}|[{_ZH}]{{1,8}}[件个项]?[{_ZH}]{{0,8}}[\u4e00-\u9fff]?(?:[{_ZH}]{{1,8}}[\u4e00-\u9fff]{{0,8}})?)[”\"」’]",
    rf"[{_ZH}]{{1,8}}个(?:一|全|意识|自信|维护|确立|不|必须|坚持|结合|清单|到位|服务|统筹|转变|百分百)",
    r"[A-Za-z]{1,12}[-/]?\d[\w.-]{0,20}",
    r"\d{1,12}(?:\.\d{1,12})?[A-Za-z](?![a-z])|\d\.\d(?=\s?(?:版|时代|系统|模式|升级|工程|平台|行动))",
    r"[一二三四五六七八九十]{1,6}(?:件事|次性|站式|体化|把手|揽子|盘棋|张网|条龙|户一|人一|事一|案一|村一|网格)",
    r"\d{1,2}(?:个100%|个百分百)",
    # what happens every so often, and how long it takes
    rf"每\s?{_NUMBER}?\s?(?:天|日|周|月|年|季度|人|户|件|万人|个月|百人|千人|名)",
    rf"(?:数|几|若干|上|近几|前几)\s?[{_ZH}]{{1,8}}",
    rf"[{_ZH}]{{1,8}}几",
    # ranges, whose ends are no figures of their own
    r"\d{1,12}(?:\.\d{1,12})?%?\s?[-—–~～至到]+\s?\d{1,12}(?:\.\d{1,12})?",
    # marks of headings and lists, footnote marks
    rf"(?:^|(?<=\n))\s*[#>*•·\-]*\s*(?:[(]?\s?(?:\d{{1,2}}|[{_ZH}]{{1,3}})\s?[)、]|\d{{1,2}}\.(?:\d{{1,2}}\.?)*(?!\d|%|\s?[万亿倍件‰])(?=\s|[^\d\s]))",
    rf"(?<=[。;；:，,])\s?[(](?:\d{{1,2}}|[{_ZH}]{{1,3}})[)]",
    r"[①-⑳⑴-⒇]|\[\d{1,3}\]",
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?\s\d{1,2}(?:st|nd|rd|th)?(?:,?\s(?:19|20)\d{2})?(?!\d)",
    r"\d{1,2}(?:st|nd|rd|th)?\s(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:,?\s(?:19|20)\d{2})?",
    r"\d{1,12}(?:st|nd|rd|th)\b",
    r"(?i:\b(?:in|of|since|by|until|from|for|during|year|than|to|end|and|over|against|FY)\s(?:19|20)\d{2}(?![\d,.]\d|\d|\s?%|\s(?:cases|petitions|disputes|matters|complaints|people|households|orders|reports|visits)))",
    r"(?:^|(?<=\n)|(?<=\. ))(?:19|20)\d{2}(?=\s[A-Za-z]{1,12})(?!\s(?:cases|petitions|disputes|matters|complaints|people|households|orders|reports|visits))",
    r"\b(?:19|20)\d{2}(?=['’]s|\s(?:annual|report|summary|figure|total|level)\b)",
    r"(?i:\b\d{1,12}(?:\.\d{1,12})?[ -](?:working[ -]|calendar[ -]|business[ -])?(?:days?|hours?|months?|weeks?|years?|minutes?)\b)",
)
# most characters of a text begin none of them, which one look at each tells
_FIRST = rf"(?=[\dA-Za-z§{_ZH}第拨热电专每数几若上近前〔\[(【\"“'‘「\s#>*•·\-①-⑳⑴-⒇])"
_LEFT_ALONE = re.compile(
    _FIRST + "(?:" + "|".join(f"(?:{pattern})" for pattern in _PATTERNS) + ")", re.MULTILINE
)


def left_alone(text: str) -> list[tuple[int, int]]:
    """The stretches of folded text whose numbers are names, dates and the like, in order."""
    return [found.span() for found in _LEFT_ALONE.finditer(text)]
