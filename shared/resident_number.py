"""公民身份号码, the number of a resident's identity card (GB 11643): 17 digits and a check character."""

import re
import unicodedata

_LIKE_ONE = re.compile(r"[0-9]{17}[0-9A-Z]")
_WITH_BIRTHDAY = re.compile(
    r"[0-9]{6}(?:(?:19|20)[0-9]{2})(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]"
    r"|[0-9]{6}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}"
)
_BETWEEN = re.compile(r"[\s-]")
_WEIGHTS = tuple(pow(2, place, 11) for place in range(17, 0, -1))
_CHECKS = "10X98765432"


def check_resident_number(written: str) -> str:
    """The text as it is written; ValueError where it is such a number, but for its last character.

    Another document's number, which does not look like one, is not judged.
    """
    number = _BETWEEN.sub("", unicodedata.normalize("NFKC", written)).upper()
    if _LIKE_ONE.fullmatch(number) and number[17] != _check_character(number):
        raise ValueError("The check character does not fit the identity number")
    return written


def looks_like_resident_number(written: str) -> bool:
    """Whether there is a birthday where such a number has it, or its check character fits.

    A number that begins with 9, where most organisations' do and only foreign residents' cards
    among persons', is judged by the birthday alone. Numbers of old have 15 digits.
    """
    number = _BETWEEN.sub("", unicodedata.normalize("NFKC", written)).upper()
    if _WITH_BIRTHDAY.fullmatch(number):
        return True
    begins_with_a_province = _LIKE_ONE.fullmatch(number) and number[0] in "12345678"
    return bool(begins_with_a_province) and number[17] == _check_character(number)


def _check_character(number: str) -> str:
    """ISO 7064 MOD 11-2 of the first 17 digits."""
    digits = zip(number[:17], _WEIGHTS, strict=True)
    return _CHECKS[sum(int(digit) * weight for digit, weight in digits) % 11]
