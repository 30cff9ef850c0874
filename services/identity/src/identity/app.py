"""The front door of identity: what it answers and what it does by itself."""

from chassis import app
from chassis.app import App
from chassis.runtime import Runtime, Service
from identity import housekeeping, seed
from identity.clients import api as clients
from identity.keys import api as keys
from identity.pages import api as pages
from identity.people import api as people
from identity.sessions import api as sessions
from identity.settings import Settings
from identity.tokens import api as tokens


def _prepare(own: Runtime) -> None:
    seed.prepare(own.database, own.settings, own.sealer)


SERVICE = Service(
    name="identity",
    prepare=_prepare,
    operations=(clients, keys, pages, people, sessions, tokens),
    ticks=(housekeeping.FORGET,),
)


def create_app(settings: Settings) -> App:
    """The block, ready to serve once it is prepared."""
    return app.create(SERVICE, settings)
