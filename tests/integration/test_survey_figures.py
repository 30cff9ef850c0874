"""Microdata of a survey, counted by the product, comes to what its files say, question by question and crossed."""

import csv
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from engagement.questionnaire import model as questionnaire
from engagement.questionnaire.checks import gaps
from engagement.survey_results import assembly
from engagement.survey_results.crossing import crossed
from engagement.survey_results.model import Audience, CrossTable, Results, Sums
from engagement.survey_tally.folding import Folding
from engagement.survey_tally.model import Given, said, variables
from mesh.demo import codebook
from mesh.demo.codebook import Microdata

REAL = Path(__file__).parents[3] / "shared" / "data" / "digital-divide-survey"
_ID = UUID(int=1)
_POINT = 0.001  # a tenth of a percentage point


class Counted:
    """All that the responses say, folded as the block folds it."""

    def __init__(self, data: Microdata) -> None:
        self.data = data
        self.asked = questionnaire.read(data.definition)
        known = variables(self.asked)
        folding = Folding(known)
        for each in data.responses():
            given = Given(_ID, True, each["answers"], "import", 0, each["weight"], {}, data.language)
            says = said(self.asked, known, given)
            assert says is not None
            folding.add(says)
        change = folding.change()
        self._pairs = change.pairs
        self.cells: dict[str, dict[str, Sums]] = {}
        for (name, code), sums in change.cells.items():
            self.cells.setdefault(name, {})[code] = Sums(int(sums[0]), *sums[1:])

    def results(self, audience: Audience = Audience.OFFICIAL) -> Results:
        return assembly.results(_ID, self.asked, self.cells, {}, audience, waiting=0, folded_at=None)

    def cross(self, first: str, second: str, audience: Audience = Audience.OFFICIAL) -> CrossTable:
        one, other = assembly.sides(self.asked, self.cells, first, second)
        pairs = {
            (codes[2], codes[3]): Sums(int(sums[0]), *sums[1:])
            for codes, sums in self._pairs.items()
            if codes[:2] == (first, second)
        }
        return crossed(_ID, one, other, pairs, audience)

    def share(self, name: str, code: str) -> float:
        """In per cent, weighted."""
        [question] = [each for each in self.results().questions if each.id == name]
        [answer] = [each for each in question.distributions[0].answers if each.code == code]
        assert answer.weighted is not None
        return 100 * answer.weighted.share

    def share_of(self, first: str, code: str, second: str, column: str) -> float:
        """In per cent of a column, weighted."""
        table = self.cross(first, second)
        row, place = (
            [line.codes for line in lines].index((each,))
            for lines, each in ((table.rows, code), (table.columns, column))
        )
        cell = table.cells[row][place]
        assert cell is not None
        return 100 * cell.weighted_share


def own_sample(folder: Path) -> Path:
    """A small survey of ours: a question to all, one to some, one with several answers, a number."""
    chance = random.Random(7)
    words = {"1": "One", "2": "Two", "9": "No answer"}
    book = [
        {"variable": "ID", "label": "Record", "values": None},
        {"variable": "F", "label": "Lives here", "values": words},
        {"variable": "Q1", "label": "Asked of all", "values": words},
        {"variable": "Q1A", "label": "Asked of some", "values": words},
        *(
            {"variable": f"Q2_{number}", "label": f"Q2: {number}", "values": {"0": "-", "1": "+"}}
            for number in range(4)
        ),
        {"variable": "SEX", "label": "Sex", "values": {"1": "Men", "2": "Women"}},
        {"variable": "AGE", "label": "Age", "values": None},
        {"variable": "POND", "label": "Weight", "values": None},
    ]
    rows = []
    for number in range(400):
        first = chance.choice("11129")
        several = chance.sample(range(4), chance.randint(1, 3))
        rows.append(
            {"ID": number, "F": "1", "Q1": first, "Q1A": chance.choice("12") if first == "1" else ""}
            | {f"Q2_{place}": int(place in several) for place in range(4)}
            | {"SEX": chance.choice("12"), "AGE": chance.randint(16, 90), "POND": chance.choice([0.4, 1.0, 1.57])}
        )
    (folder / "codebook.json").write_text(json.dumps(book))
    with (folder / "responses.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    """The digital divide survey where it is there, else our own sample."""
    yield Counted(codebook.read(REAL if REAL.is_dir() else own_sample(tmp_path_factory.mktemp("survey"))))


@pytest.fixture
def ours(tmp_path: Path) -> Counted:
    return Counted(codebook.read(own_sample(tmp_path)))


def test_the_codebook_makes_a_survey_that_can_be_published(counted: Counted, ours: Counted) -> None:
    for each in (counted, ours):
        assert gaps(each.asked, each.data.language) == []


def test_every_share_is_that_of_the_files(counted: Counted, ours: Counted) -> None:
    for each in (counted, ours):
        assert _differences(each, each.data.shares(), each.results()) == []


def test_who_was_not_asked_is_known_from_the_codebook_s_logic(ours: Counted) -> None:
    results = {each.id: each.distributions[0] for each in ours.results().questions}

    rows = ours.data.rows
    assert results["q1a"].skipped == sum(row["Q1"] != "1" for row in rows)
    assert results["q1a"].missing == 0
    assert (results["age"].plain and results["age"].plain.mean) == pytest.approx(
        sum(int(row["AGE"]) for row in rows) / len(rows)
    )


def test_a_cross_table_is_that_of_the_files(ours: Counted) -> None:
    table = ours.cross("q1", "sex")

    for place, line in enumerate(table.columns):
        wanted = ours.data.shares({"SEX": line.codes[0]})
        for row, cells in zip(table.rows, table.cells, strict=True):
            cell = cells[place]
            assert cell is not None
            assert (cell.share, cell.weighted_share) == pytest.approx(wanted.get(("q1", row.codes[0]), (0, 0)))


def test_the_public_is_told_what_ten_people_said(counted: Counted) -> None:
    for question in counted.results(Audience.PUBLIC).questions:
        for answer in question.distributions[0].answers:
            assert answer.plain is None or answer.plain.count == 0 or answer.plain.count >= 10


def test_the_digital_divide_survey_comes_to_its_published_figures(counted: Counted) -> None:
    if not REAL.is_dir():
        assert counted.data.name != REAL.name
        return
    assert counted.share("p1", "1") == pytest.approx(83.7, abs=0.1)
    assert counted.share("p1a", "2") == pytest.approx(50.9, abs=0.1)
    assert counted.share_of("p1", "1", "id3", "1") == pytest.approx(82.8, abs=0.1)
    assert counted.share_of("p1", "1", "id3", "2") == pytest.approx(84.6, abs=0.1)
    assert counted.share_of("p1", "1", "id4_2", "1") == pytest.approx(94.7, abs=0.1)


def _differences(of: Counted, wanted: dict[Any, tuple[float, float]], results: Results) -> list[Any]:
    found = []
    for question in results.questions:
        for answer in question.distributions[0].answers:
            unweighted, weighted = wanted.get((question.id, answer.code), (0.0, 0.0))
            assert answer.plain is not None and answer.weighted is not None
            if abs(answer.plain.share - unweighted) > _POINT or abs(answer.weighted.share - weighted) > _POINT:
                found.append((of.data.name, question.id, answer.code))
    return found
