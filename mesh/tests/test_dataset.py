"""What a data set must come to is counted from its files alone."""

import json
from pathlib import Path

import pytest

from mesh.demo import dataset

PROPOSAL = {
    "id": 1,
    "title": "Plant trees in the square",
    "summary": "Shade for everyone.",
    "created": "2016-02-01",
    "category": "Transició ecològica",
    "source": "citizen",
    "from_meeting": None,
    "author": "a1",
    "supports": 3,
    "status": "accepted",
    "rejection_reason": None,
}
COMMENT = {"id": 1, "proposal": 1, "parent": None, "alignment": "in_favour", "author": "b1", "body": "Yes."}


def write(folder: Path, proposals: list[dict[str, object]], comments: list[dict[str, object]]) -> Path:
    for name, rows in (("proposals", proposals), ("comments", comments)):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"sants-{name}.jsonl").write_text(text, encoding="utf-8")
    return folder


def test_figures_follow_from_the_files(tmp_path: Path) -> None:
    proposals = [
        PROPOSAL,
        PROPOSAL | {"id": 2, "author": None, "source": "meeting", "from_meeting": True, "status": "rejected"},
        PROPOSAL | {"id": 3, "status": "rejected", "rejection_reason": "Too dear.", "summary": "x" * 281},
    ]
    comments = [COMMENT, COMMENT | {"id": 2, "parent": 1, "alignment": None, "author": "a1", "body": "y" * 1001}]

    figures = dataset.expected(dataset.read(write(tmp_path, proposals, comments)))

    assert figures == {
        "submitted": 3,
        "from_meetings": 1,
        "accepted": 1,
        "rejected": 2,
        "with_reason": 1,
        "comments": 2,
        "positions": {"in_favour": 1, "neutral": 0, "against": 0, "none": 1},
        "endorsements": 9,
        "contributors": 2,
        "notices": 2,
        "exceptions": 2,
    }


def test_a_popular_proposal_needs_more_accounts_than_contributors(tmp_path: Path) -> None:
    data = dataset.read(write(tmp_path, [PROPOSAL], []))

    assert data.contributors == ("a1",)
    assert len(data.accounts) == 3


def test_an_answer_is_one_deeper_than_what_it_answers(tmp_path: Path) -> None:
    thread = [COMMENT | {"id": n, "parent": n - 1 or None} for n in range(1, 6)]

    data = dataset.read(write(tmp_path, [PROPOSAL], thread))

    assert [comment.depth for comment in data.comments] == [0, 1, 2, 3, 4]
    assert [dataset.breaks_a_limit(comment) for comment in data.comments] == [False, False, False, False, True]


@pytest.mark.parametrize("broken", [{"status": "perhaps"}, {"supports": None, "created": None}])
def test_a_file_of_another_form_is_refused(tmp_path: Path, broken: dict[str, object]) -> None:
    rows = [
        {
            key: value
            for key, value in (PROPOSAL | broken).items()
            if value is not None or key in ("from_meeting", "rejection_reason")
        }
    ]

    with pytest.raises(dataset.BadData):
        dataset.read(write(tmp_path, rows, []))


def test_a_folder_without_proposals_is_refused(tmp_path: Path) -> None:
    with pytest.raises(dataset.BadData):
        dataset.read(tmp_path)


def test_names_become_codes() -> None:
    assert dataset.code("Transició ecològica") == "transicio-ecologica"
