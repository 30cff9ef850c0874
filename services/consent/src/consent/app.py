"""The front door of consent: what it answers."""

from chassis import app
from chassis.app import App
from chassis.runtime import Service
from consent import seed
from consent.agreements import api as agreements
from consent.audit import api as audit
from consent.keys import api as keys
from consent.policies import api as policies
from consent.records import api as records
from consent.settings import Settings

SERVICE = Service(name="consent", prepare=seed.prepare, operations=(policies, agreements, records, keys, audit))


def create_app(settings: Settings) -> App:
    """The block, ready to serve."""
    return app.create(SERVICE, settings)
