"""Guard tests that every block runs on itself: `test_house.py` calls them, so that a rule broken anywhere is seen."""

from importlib import import_module
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from connexion.spec import Specification
from sqlalchemy import MetaData

import contracts
from chassis.database import Database
from chassis.migrations import COMPARED
from chassis.operations import table
from chassis.runtime import Service
from chassis.settings import ServiceSettings, describe
from chassis.tables import PLATFORM


def every_operation_is_implemented_and_secured(service: Service) -> None:
    """Contract and code agree in both directions; building the table raises Gap otherwise. The contract is a valid
    document of OpenAPI, which no start looks at again."""
    assert Specification.from_dict(contracts.openapi(service.name))  # type: ignore[no-untyped-call]
    assert table(contracts.openapi(service.name), service.operations)


def every_subscription_is_promised(service: Service) -> None:
    """What a block listens to has a contract, and the topic names the block among its consumers."""
    topics = contracts.topics()
    for event_type in service.subscriptions:
        topic = contracts.topic_of(event_type)
        assert service.name in topics[topic]["consumers"], f"{topic} does not name {service.name}"
    promised = {name for name, topic in topics.items() if service.name in topic["consumers"]}
    listened = {contracts.topic_of(event_type) for event_type in service.subscriptions}
    assert promised == listened, "a topic names a consumer that does not listen"


def every_setting_has_a_meaning(kind: type[ServiceSettings]) -> None:
    """One line a setting, for the reference tables."""
    assert [name for name, _, _, meaning in describe(kind) if not meaning] == []


def migrations_are_numbered(package: str) -> None:
    """0001, 0002, … without a gap, each after the one before."""
    folder = Path(import_module(package).__file__ or "").parent / "migrations"
    names = sorted(path.name for path in folder.glob("[0-9]*.py"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))


def migrations_lead_to_the_tables(database: Database, metadata: MetaData) -> None:
    """A migrated database is what `tables.py` says: no column, index or constraint more or less."""
    wanted = MetaData(naming_convention=metadata.naming_convention)
    for source in (PLATFORM, metadata):
        for each in source.tables.values():
            each.to_metadata(wanted)
    with database.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=COMPARED), wanted) == []
