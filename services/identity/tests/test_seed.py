"""The seed: what identity has from the first start, applied again without effect."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from chassis.app import App
from chassis.database import Database
from chassis.sealing import Sealer
from chassis.settings import BadSetting
from identity import seed
from identity.settings import Settings
from identity.tables import account, audit, client

FILE = """
clients:
  - {id: BARAZA/GOV/1001/engagement, secret_file: engagement.secret}
  - id: BARAZA/GOV/1001/portal
    name: Portal
    secret: 0123456789012345678901234567890123456789
    grant_types: [authorization_code, client_credentials]
    redirect_uris: [http://127.0.0.1:8000/sign-in/callback]
    sign_out_uris: [http://127.0.0.1:8000/]
accounts:
  - {login: official@example.org, password_file: official.txt, display_name: Ada, roles: [official, moderator]}
"""


@pytest.fixture
def seeded(settings: Settings, tmp_path: Path) -> Settings:
    (tmp_path / "seed.yaml").write_text(FILE, "utf-8")
    (tmp_path / "engagement.secret").write_text("e" * 40 + "\n", "utf-8")
    (tmp_path / "official.txt").write_text("wild geese fly north\n", "utf-8")
    return replace(settings, seed_file=str(tmp_path / "seed.yaml"))


def _content(database: Database) -> list[Any]:
    with database.reading() as tx:
        return [tx.execute(select(table)).all() for table in (client, account, audit)]


def test_a_seeded_block_knows_its_clients_and_people(app: App, seeded: Settings, browser: Any) -> None:
    own = app.runtime

    assert seed.prepare(own.database, seeded, own.sealer)

    person = browser()
    form = {"grant_type": "client_credentials"}
    answer = person.http.post("/oauth/v2/token", data=form, auth=("BARAZA%2FGOV%2F1001%2Fengagement", "e" * 40))
    assert answer.status_code == 200
    assert person.sign_in("official@example.org").status == 303


def test_seeding_again_changes_nothing(app: App, seeded: Settings, database: Database) -> None:
    seed.prepare(database, seeded, app.runtime.sealer)
    before = _content(database)

    seed.prepare(database, seeded, app.runtime.sealer)

    assert _content(database) == before


def test_a_changed_client_is_brought_up_to_date_and_a_person_is_left_alone(
    app: App, seeded: Settings, database: Database, browser: Any
) -> None:
    seed.prepare(database, seeded, app.runtime.sealer)
    path = Path(seeded.seed_file)
    path.write_text(FILE.replace("name: Portal", "name: Town Portal"), "utf-8")
    (path.parent / "official.txt").write_text("entirely different words", "utf-8")

    seed.prepare(database, seeded, app.runtime.sealer)

    with database.reading() as tx:
        names = set(tx.execute(select(client.c.name)).scalars())
    assert names == {"engagement", "Town Portal"}
    assert browser().sign_in("official@example.org", "wild geese fly north").status == 303


@pytest.mark.parametrize(
    "text",
    [
        "clients: [{id: BARAZA/GOV/1001/x, secret: short}]",
        "clients: [{id: BARAZA/GOV/1001/x, secret: 0123456789012345678901234567890123456789, colour: red}]",
        "clients: [{id: BARAZA/GOV/1001/x, secret_file: not-there}]",
        "accounts: [{login: a@example.org, password: password1234}]",
        "accounts: [{login: a@example.org, password: wild geese fly north, roles: [king]}]",
        "people: []",
        "clients: {",
        "- a list",
    ],
)
def test_a_seed_that_cannot_be_applied_stops_the_start_and_tells_no_secret(
    app: App, seeded: Settings, database: Database, text: str
) -> None:
    Path(seeded.seed_file).write_text(text, "utf-8")

    with pytest.raises(BadSetting) as raised:
        seed.prepare(database, seeded, app.runtime.sealer)

    assert "SEED_FILE" in str(raised.value)
    assert not any(secret in str(raised.value) for secret in ("password1234", "0123456789", "a@example.org"))


def test_another_sealing_key_stops_the_start(app: App, settings: Settings, database: Database) -> None:
    seed.prepare(database, settings, app.runtime.sealer)

    with pytest.raises(BadSetting, match="SEALING_KEY"):
        seed.prepare(database, settings, Sealer("aa" * 32))


def test_without_a_sealing_key_identity_does_not_start(app: App, settings: Settings, database: Database) -> None:
    with pytest.raises(BadSetting, match="SEALING_KEY is required"):
        seed.prepare(database, replace(settings, sealing_key=""), app.runtime.sealer)
