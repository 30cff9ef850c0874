"""Guards: the contract is kept, every setting and fault is told, migrations agree with the tables."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from world import World

import contracts
from chassis import migrations
from chassis.database import Database
from chassis.settings import describe
from gateway.access.model import METHODS
from gateway.mediation.actions import FAILPOINTS
from gateway.mediation.faults import _INTERNAL, _SERVER
from gateway.settings import GatewaySettings
from gateway.tables import METADATA

SOURCE = Path(__file__).parents[1] / "src" / "gateway"


def test_migrations_make_the_tables_that_the_code_knows(database_url: str) -> None:
    database = Database(database_url)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, **migrations.COMPARED})
        differences = compare_metadata(context, METADATA)

    assert [each for each in differences if not isinstance(each, list)] == []
    database.close()


def test_migrations_can_be_undone(database_url: str) -> None:
    database = Database(database_url)
    with database.engine.connect() as connection, connection.begin():
        config = migrations._config("gateway")
        config.attributes["connection"] = connection
        command.downgrade(config, "base")

    assert set(sa.inspect(database.engine).get_table_names()) <= {"alembic_version"}
    database.close()


def test_every_verb_that_is_carried_is_in_the_contract() -> None:
    [called] = [item for path, item in contracts.openapi("gateway")["paths"].items() if path.startswith("/r1")]

    assert {verb.upper() for verb in called if verb != "parameters"} == METHODS


def test_every_fault_is_in_the_contract() -> None:
    promised = contracts.openapi("gateway")["components"]["schemas"]["MediatorFault"]["properties"]["type"]["enum"]

    assert {type_ for _, type_ in [*_SERVER.values(), _INTERNAL]} == {one for one in promised if one[:6] == "server"}


def test_every_setting_has_a_meaning() -> None:
    assert [name for name, _, _, meaning in describe(GatewaySettings) if not meaning] == []


def test_every_failpoint_is_hit_somewhere_and_described() -> None:
    names = ["AFTER_REQUEST_RECORD", "AFTER_FORWARD", "BEFORE_REPLY"]
    text = (SOURCE / "mediation" / "actions.py").read_text()

    assert all(f"failpoints.hit({name})" in text for name in names)
    assert len(FAILPOINTS) == len(names)


@pytest.mark.parametrize("target", ["/live", "/ready", "/.well-known/context-keys.json", "/openapi.json", "/metrics"])
async def test_operators_addresses_answer(mediator, target: str) -> None:
    async with mediator() as world:
        assert isinstance(world, World)
        assert (await world.call(by=None, target=target)).status == 200


def test_no_file_is_longer_than_a_sitting() -> None:
    long = [path.name for path in SOURCE.rglob("*.py") if len(path.read_text().splitlines()) > 300]

    assert long == []
