"""How a unit's documents are numbered: 青云镇信〔2026〕12号."""

from shared.text_format import TextFormat

NUMBER_MARK = TextFormat(
    pattern=r"^[A-Za-z0-9]{0,6}(?:[\u4e00-\u9fff\u3400-\u4dbf][A-Za-z0-9]{0,6}){1,30}$",
    longest=30,
    rule="A unit numbers its documents by up to 30 Chinese characters, with letters and digits "
    "between them at most six in a row, without blanks and signs, such as 青云镇信",
)
"""What stands before the year. A number is published, so it can be no telephone or identity number.
"""
