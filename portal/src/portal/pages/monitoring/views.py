from flask import Blueprint

from portal import web
from portal.peers.engagement import monitoring
from portal.peers.engagement.monitoring import Day, Kpi

pages = Blueprint("monitoring", __name__)

_DAYS_SHOWN = 28


@pages.get("/processes/<slug>/participation")
def show(slug: str) -> web.Answer:
    process = web.the_process(slug)
    kpi = monitoring.kpi(web.gateway(), process.id)
    return web.page(
        "monitoring/show.html", process=process, kpi=kpi, days=_latest(kpi), suppressed=_any_suppressed(kpi)
    )


def _latest(kpi: Kpi) -> tuple[Day, ...]:
    """The newest first."""
    return kpi.days[: -_DAYS_SHOWN - 1 : -1]


def _any_suppressed(kpi: Kpi) -> bool:
    return any(part.number is None for part in (*kpi.by_kind, *kpi.by_channel, *kpi.by_ladder_step))
