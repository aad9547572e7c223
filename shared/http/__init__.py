"""HTTP as all services speak it: problems, positions, idempotency keys, pages, bounds, health, logs.

request ─► RequestMiddleware (correlation id, time, log) ─► Route (gates, body) ─► function ─► answered(…)
                       ▲                                          │
                       └──────── problem+json ◄── Refusal ◄───────┘
"""

from shared.correlation import correlation_id
from shared.http.app import build_app
from shared.http.bodies import MIB, Body, EachOnce, YesOrNo
from shared.http.documents import refused_with
from shared.http.health import Check
from shared.http.idempotency import Idempotency, IdempotencyKey
from shared.http.paging import PageOf, PageRequest, Paging, page
from shared.http.position_waits import PositionWaits
from shared.http.positions import AtLeast, Position, format_positions, parse_positions
from shared.http.responses import answered
from shared.http.routing import Router
from shared.logs import LogFormat, set_up_logs

__all__ = [
    "MIB",
    "AtLeast",
    "Body",
    "Check",
    "EachOnce",
    "Idempotency",
    "IdempotencyKey",
    "LogFormat",
    "PageOf",
    "PageRequest",
    "Paging",
    "Position",
    "PositionWaits",
    "Router",
    "YesOrNo",
    "answered",
    "build_app",
    "correlation_id",
    "format_positions",
    "page",
    "parse_positions",
    "refused_with",
    "set_up_logs",
]
