"""A whole process comes to the totals of its data: by the API, by SQL, on the portal's pages; twice."""

import os
import re
import sqlite3
import urllib.request
from pathlib import Path

import pytest
from running import Running, demonstrate, start

from mesh.demo import dataset

SAMPLE = Path(dataset.__file__).parent / "sample"
GRACIA = Path(os.environ.get("GRACIA_DATA", Path(__file__).parents[3] / "shared/data/barcelona-pam-2016"))
FOLDERS = [SAMPLE, *([GRACIA] if GRACIA.is_dir() else [])]


@pytest.fixture(scope="module", params=FOLDERS, ids=lambda folder: folder.name)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder: Path = request.param
    mesh = start(tmp_path_factory.mktemp(folder.name))
    status, figures, said = demonstrate(mesh.layout, folder)
    assert status == 0, said
    print(figures)
    yield mesh, dataset.read(folder), figures, folder
    mesh.stop()


Played = tuple[Running, dataset.Dataset, dict[str, object], Path]


@pytest.mark.timeout(900)
def test_the_api_tells_the_totals_of_the_data(played: Played) -> None:
    _, data, figures, _ = played

    wanted = dataset.expected(data)

    assert {name: figures[name] for name in wanted} == wanted
    assert figures["events_handled"]


def test_the_rows_are_the_totals_of_the_data(played: Played) -> None:
    mesh, data, _, _ = played
    wanted = dataset.expected(data)

    with sqlite3.connect(f"file:{mesh.layout.state}/engagement.db?mode=ro", uri=True) as database:
        counted = {
            name: database.execute(query).fetchone()[0]
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
        leaves = database.execute("SELECT count(*) FROM process_log").fetchone()[0]

    assert counted == {name: wanted[name] for name in counted}
    assert leaves == counted["submitted"] + counted["comments"] + counted["endorsements"]


def test_every_contributor_got_one_mail(played: Played) -> None:
    mesh, data, _, _ = played

    with sqlite3.connect(f"file:{mesh.layout.state}/messaging.db?mode=ro", uri=True) as database:
        [table] = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if "caught" in name
        ]
        mails = database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - a name from the schema

    assert mails == len(data.contributors)


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
    assert {name: value for name, value in again.items() if name not in changing} == {
        name: value for name, value in figures.items() if name not in changing
    }
