"""The rules: what a document says of its own numbers, and whether it follows.

    document  passages and tables, each character with its place
    scanner   numbers that count; dates, articles, hotlines and slogans are left alone
    sentence  each figure with the words around it; saying: what it says of itself
    ties/     one file a kind of tie: rates, shares, sums, remainders, changes …
    check     every tie over a whole document

An error is asserted only where the grammar leaves one reading; where several readings are
possible and one of them fits, the figure follows; where none is sure, it cannot be checked.
"""
