"""Writes the dashboards: `python -m deploy.grafana.document deploy/grafana/dashboards`."""

import sys
from pathlib import Path

from deploy.grafana.figure_pages import COUNTY, TOWNSHIP
from deploy.grafana.machine_pages import KAFKA, ONE_SERVICE

DASHBOARDS = (COUNTY, TOWNSHIP, ONE_SERVICE, KAFKA)


def write(folder: Path) -> None:
    """One JSON file each; a file of a dashboard that is no more goes."""
    folder.mkdir(parents=True, exist_ok=True)
    made = {f"{each.name}.json": each.to_json() for each in DASHBOARDS}
    for file in folder.glob("*.json"):
        if file.name not in made:
            file.unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
