"""The route by which Prometheus reads figures.

Figures by township hold small counts, so they need a token; machinery at `/metrics` needs none.
"""

from typing import Annotated

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from services.stats.api.gauge_reading import FigureGauges
from shared.http import Router
from shared.identity import Actor, Role, requires

GaugeReader = Annotated[Actor, requires(Role.AUDITOR, Role.SCRAPE)]

router = Router(tags=["figures"])


@router.get("/metrics/figures", response_class=PlainTextResponse)
async def figure_metrics(request: Request, actor: GaugeReader) -> Response:
    """Figures of the running year, month and day by township, in Prometheus format.

    A token of a township is given its own. The figures are at most a few seconds old.
    """
    gauges: FigureGauges = request.app.state.gauges
    return Response(await gauges.page(actor.scope), media_type=CONTENT_TYPE_LATEST)
