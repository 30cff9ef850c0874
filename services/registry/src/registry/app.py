"""The front door of the registry: what it answers."""

from chassis import app
from chassis.app import App
from chassis.runtime import Service
from registry import seed
from registry.access_log import api as access_log
from registry.data import api as data
from registry.databases import api as databases
from registry.settings import Settings
from registry.verification import api as verification

SERVICE = Service(name="registry", prepare=seed.prepare, operations=(databases, data, access_log, verification))


def create_app(settings: Settings) -> App:
    """The block, ready to serve."""
    return app.create(SERVICE, settings)
