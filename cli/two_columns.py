"""Prints names and addresses in two columns."""

from collections.abc import Mapping


def print_two_columns(places: Mapping[str, str]) -> None:
    """Print one line per entry, flushed: what follows may take a while."""
    width = max(map(len, places))
    for name, place in places.items():
        print(f"  {name:{width}} {place}", flush=True)
