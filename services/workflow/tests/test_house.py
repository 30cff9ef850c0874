"""The workflow keeps the rules of the house."""

from chassis.database import Database
from chassis.testing import house
from workflow.app import SERVICE
from workflow.settings import Settings
from workflow.tables import METADATA


def test_every_operation_is_implemented_and_secured() -> None:
    house.every_operation_is_implemented_and_secured(SERVICE)


def test_every_subscription_is_promised() -> None:
    house.every_subscription_is_promised(SERVICE)


def test_every_setting_has_a_meaning() -> None:
    house.every_setting_has_a_meaning(Settings)


def test_migrations_are_numbered() -> None:
    house.migrations_are_numbered(SERVICE.name)


def test_migrations_lead_to_the_tables(database: Database) -> None:
    house.migrations_lead_to_the_tables(database, METADATA)
