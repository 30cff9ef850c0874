"""A whole process comes to the totals of its data: by the API, by SQL, on the portal's pages; twice.

In both shapes; on PostgreSQL and Kafka while processes are killed and the broker is away for a minute.
"""

import os
import re
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from killer import Killer
from running import Running, demonstrate, start
from servers import Servers, own_servers

from mesh.demo import dataset

SAMPLE = Path(dataset.__file__).parent / "sample"
GRACIA = Path(os.environ.get("GRACIA_DATA", Path(__file__).parents[3] / "shared/data/barcelona-pam-2016"))
REAL = GRACIA if GRACIA.is_dir() else SAMPLE
EMBEDDED, SPLIT, DISTURBED = "embedded", "servers, split roles", "servers, disturbed"
PLAYS = dict.fromkeys([(SAMPLE, EMBEDDED), (SAMPLE, SPLIT), (REAL, EMBEDDED), (REAL, DISTURBED)])
_ON_SERVERS = ("--database", "postgresql", "--events", "kafka")
_OUTAGE_AFTER_SECONDS, _OUTAGE_SECONDS = 45.0, 60.0

Played = tuple[Running, dataset.Dataset, dict[str, object], Path]


@pytest.fixture(scope="module", params=PLAYS, ids=lambda play: f"{play[0].name} ({play[1]})")
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder, shape = request.param
    with ExitStack() as stack:
        state = tmp_path_factory.mktemp(folder.name)
        if shape == EMBEDDED:
            mesh = start(state)
            stack.callback(mesh.stop)
        else:
            servers = stack.enter_context(own_servers())
            mesh = start(state, *_ON_SERVERS, *(["--split-roles"] if shape == SPLIT else ["--processes", "each"]))
            stack.callback(mesh.stop)
            if shape == DISTURBED:
                stack.enter_context(Killer(mesh, seed=2016, pause=(20.0, 40.0), at_once=2))
                _outage(servers, stack)
        status, figures, said = demonstrate(mesh.layout, folder)
        assert status == 0, said
        print(shape, figures)
        yield mesh, dataset.read(folder), figures, folder


@contextmanager
def reading(mesh: Running, block: str) -> Iterator[sa.Connection]:
    engine = sa.create_engine(mesh.layout.database(block), poolclass=sa.NullPool)
    with engine.connect() as connection:
        yield connection


def _outage(servers: Servers, stack: ExitStack) -> None:
    """The broker is away for a minute while the data is played; without end when the play is over sooner."""
    over = threading.Event()

    def lie_down() -> None:
        if not over.wait(_OUTAGE_AFTER_SECONDS):
            servers.kafka.nodes[0].kill()
            over.wait(_OUTAGE_SECONDS)
            servers.kafka.nodes[0].start()

    sleeper = threading.Thread(target=lie_down)
    sleeper.start()
    stack.callback(sleeper.join)
    stack.callback(over.set)


@pytest.mark.timeout(900)
def test_the_api_tells_the_totals_of_the_data(played: Played) -> None:
    _, data, figures, _ = played

    wanted = dataset.expected(data)

    assert {name: figures[name] for name in wanted} == wanted
    assert figures["events_handled"]


def test_the_rows_are_the_totals_of_the_data(played: Played) -> None:
    mesh, data, _, _ = played
    wanted = dataset.expected(data)

    with reading(mesh, "engagement") as database:
        counted = {
            name: database.execute(sa.text(query)).scalar()
            for name, query in {
                "submitted": "SELECT count(*) FROM proposal WHERE status = 'counted'",
                "from_meetings": "SELECT count(*) FROM proposal WHERE channel = 'meeting'",
                "accepted": "SELECT count(*) FROM decision WHERE outcome = 'accepted' AND published_at IS NOT NULL",
                "rejected": "SELECT count(*) FROM decision WHERE outcome = 'rejected' AND published_at IS NOT NULL",
                "comments": "SELECT count(*) FROM comment WHERE status = 'counted'",
                "endorsements": "SELECT count(*) FROM endorsement WHERE status = 'counted'",
                "notices": "SELECT count(*) FROM notice",
            }.items()
        }
        leaves = database.execute(sa.text("SELECT count(*) FROM process_log")).scalar()

    assert counted == {name: wanted[name] for name in counted}
    assert leaves == counted["submitted"] + counted["comments"] + counted["endorsements"]


def test_every_contributor_got_one_mail(played: Played) -> None:
    mesh, data, _, _ = played

    with reading(mesh, "messaging") as database:
        mails = database.execute(sa.text("SELECT count(DISTINCT recipient), count(*) FROM caught")).one()

    assert mails == (len(data.contributors), len(data.contributors))


def test_the_portal_shows_the_totals_of_the_data(played: Played) -> None:
    mesh, data, _, _ = played
    wanted = dataset.expected(data)

    with urllib.request.urlopen(f"{mesh.layout.portal_url}/processes/{data.slug}/results") as answer:  # noqa: S310 - our own loopback address
        page = answer.read().decode()

    numbers = {
        int(re.sub(r"\D", "", each)) for each in re.findall(r"\d[\d.,\u00a0\u202f]*", re.sub(r"<[^>]+>", " ", page))
    }
    for name in ("submitted", "accepted", "rejected", "comments", "endorsements", "contributors"):
        assert wanted[name] in numbers, name


def test_a_second_run_changes_nothing(played: Played) -> None:
    mesh, _, figures, folder = played

    status, again, said = demonstrate(mesh.layout, folder)

    assert status == 0, said
    changing = {"seconds"}
    if mesh.layout.shape.each and not mesh.layout.shape.split_roles:  # the last of what was killed came later
        changing |= {"events_published", "events_handled"}
        assert all(again[name] >= figures[name] for name in changing - {"seconds"})  # type: ignore[operator]
    assert {name: value for name, value in again.items() if name not in changing} == {
        name: value for name, value in figures.items() if name not in changing
    }
