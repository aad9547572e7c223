"""Where a petitioner's case is, in words that the petitioner can read."""

from datetime import date

from services.intake.domain.registry import PETITION_OFFICE, Registry
from shared.http import Body


class Bilingual(Body):
    """A sentence or a word in both languages."""

    zh: str
    en: str


class PlaceShown(Bilingual):
    """A unit; without one, the division's petition office or whoever it names.

    `zh` and `en` are its title, with the code of the division where units share that title or the
    registry has none.
    """

    division: str
    unit: str | None
    title: str | None
    """As the county's registry has it."""


def place_shown(registry: Registry, division: str, unit: str | None, *, on: date) -> PlaceShown:
    """The place as the registry of the county has it on that day."""
    code = registry.petition_office(division, on) if unit in {None, PETITION_OFFICE} else unit
    known = registry.unit(division, code) if code else None
    if known is not None:
        is_shared = sum(each.title == known.title for each in registry.units.values()) > 1
        zh = f"{known.title}（{division}）" if is_shared else known.title
        en = f"{known.title} ({division})" if is_shared else known.title
    elif unit in {None, PETITION_OFFICE}:
        zh, en = f"信访机构（{division}）", f"the petition office ({division})"
    else:
        zh, en = f"{unit}（{division}）", f"{unit} ({division})"
    return PlaceShown(
        division=division, unit=unit, title=known.title if known and unit else None, zh=zh, en=en
    )
