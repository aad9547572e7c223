"""Where the parts of a system are found, in two columns."""

from collections.abc import Mapping


def print_places(places: Mapping[str, str]) -> None:
    """One line a place; each is printed at once, since what follows may take a while."""
    width = max(map(len, places))
    for name, place in places.items():
        print(f"  {name:{width}} {place}", flush=True)
