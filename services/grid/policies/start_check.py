"""The check of the policy files with which grid's processes start."""

import sys
from functools import partial

from services.grid.policies.early_warnings import chosen_early_warnings
from services.grid.policies.warning_life import shipped_life
from shared.clocks.mistakes import DataMistaken
from shared.settings import BAD_SETTINGS


def check_policies(early_warnings: str) -> None:
    """End the process where a file has mistakes: each is reported with file, line and reason."""
    found: list[str] = []
    for read in (partial(chosen_early_warnings, early_warnings), shipped_life):
        try:
            read()
        except DataMistaken as mistaken:
            found += [str(each) for each in mistaken.mistakes]
        except OSError as fault:
            found.append(f"{fault.filename} cannot be read: {fault.strerror}")
    if found:
        sys.stderr.write("\n".join(("The policy files cannot be used:", *found, "")))
        sys.exit(BAD_SETTINGS)
