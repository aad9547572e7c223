"""Panels and dashboards in our one look: a title, a unit, a sentence, some queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grafana_foundation_sdk.builders import common, prometheus, stat, timeseries
from grafana_foundation_sdk.builders import dashboard as grafana
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.common import LegendPlacement, TooltipDisplayMode
from grafana_foundation_sdk.models.dashboard import DataSourceRef, VariableOption

_SOURCE = DataSourceRef(type_val="prometheus", uid="${datasource}")
_WIDE, _NARROW, _HIGH, _LOW = 12, 6, 8, 5

Builder = timeseries.Panel | stat.Panel


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A graph over time, or a number of now; `asks` has a query by the name of its line."""

    title: str
    says: str
    asks: Mapping[str, str]
    unit: str = "short"
    number: bool = False

    def built(self) -> Builder:
        """For Grafana."""
        if self.number:
            now = common.ReduceDataOptions().calcs(["lastNotNull"])
            shown: Builder = stat.Panel().span(_NARROW).height(_LOW).reduce_options(now)
        else:
            lines = common.VizLegendOptions().show_legend(True).placement(LegendPlacement.BOTTOM)
            all_of_them = common.VizTooltipOptions().mode(TooltipDisplayMode.MULTI)
            shown = timeseries.Panel().span(_WIDE).height(_HIGH).min(0)
            shown.legend(lines).tooltip(all_of_them)
        shown.title(self.title).description(self.says).unit(self.unit).datasource(_SOURCE)
        for place, (legend, query) in enumerate(self.asks.items()):
            asked = prometheus.Dataquery().expr(query).legend_format(legend)
            shown.with_target(asked.ref_id(chr(ord("A") + place)))
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reader chooses at the top: one of `values`, or of those of a label."""

    name: str
    title: str
    values: Sequence[str] = ()
    label_of: str = ""

    def put_on(self, page: grafana.Dashboard) -> None:
        """Add it to a dashboard."""
        if self.values:
            first = VariableOption(text=self.values[0], value=self.values[0], selected=True)
            custom = grafana.CustomVariable(self.name).label(self.title).current(first)
            page.with_variable(custom.values(",".join(self.values)))
            return
        query = f"label_values({self.label_of}, {self.name})"
        found = grafana.QueryVariable(self.name).label(self.title).datasource(_SOURCE)
        page.with_variable(found.query(query))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """A page of panels under its file's name."""

    name: str
    title: str
    choices: Sequence[Choice] = ()
    panels: Sequence[Panel]

    def to_json(self) -> str:
        """What Grafana imports."""
        page = grafana.Dashboard(self.title).uid(f"concord-{self.name}").tags(["concord"])
        page.time("now-24h", "now").refresh("1m").timezone("Asia/Shanghai")
        page.with_variable(grafana.DatasourceVariable("datasource").type("prometheus"))
        for choice in self.choices:
            choice.put_on(page)
        for panel in self.panels:
            page.with_panel(panel.built())
        return JSONEncoder(sort_keys=True, indent=2).encode(page.build()) + "\n"
