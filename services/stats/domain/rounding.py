"""Exact rounding: half away from zero, one decimal, on whole numbers alone."""


def one_decimal(numerator: int, denominator: int) -> str:
    """`numerator / denominator` as a decimal string; the denominator is positive."""
    if denominator <= 0:
        raise ValueError("a quotient needs a positive denominator")
    tenths = (abs(numerator) * 20 + denominator) // (2 * denominator)
    sign = "-" if numerator < 0 and tenths else ""
    return f"{sign}{tenths // 10}.{tenths % 10}"


def percent(numerator: int, denominator: int) -> str:
    """184 of 187 is `98.4`."""
    return one_decimal(100 * numerator, denominator)
