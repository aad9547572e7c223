"""Numbers by which a person is known, in the one form in which they are compared."""

import re
import unicodedata

_BETWEEN = re.compile(r"[\W_]+")
_NO_DIGIT = re.compile(r"[^0-9]+")
_NEXT = re.compile(r"[/、,，;；|]|或")
_FROM_ABROAD = re.compile(r"(?:00)?86(?=1[0-9]{10}$)")
SHORTEST_PHONE = 5


def normalised_identity(written: str) -> str:
    """Of any document: NFKC, in capitals, without blanks and punctuation."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", written)).upper()


def normalised_phones(written: str) -> tuple[str, ...]:
    """Each number that the text names, its digits alone; a mobile number without +86."""
    parts = _NEXT.split(unicodedata.normalize("NFKC", written))
    digits = (_FROM_ABROAD.sub("", _NO_DIGIT.sub("", part)) for part in parts)
    return tuple(dict.fromkeys(each for each in digits if len(each) >= SHORTEST_PHONE))


def masked_name(written: str) -> str:
    """The first character and a star for each other one, at most three: `王**`."""
    return written[:1] + "*" * min(len(written) - 1, 3)


def masked_phone(written: str) -> str:
    """Of a number of ten digits or more the first three and the last four: `138****5678`."""
    found = normalised_phones(written)
    if not found:
        return "****"
    digits = found[0]
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 10 else f"****{digits[-2:]}"
