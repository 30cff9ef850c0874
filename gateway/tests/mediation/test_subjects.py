"""Pairwise names of persons."""

import make
import pytest

from gateway.mediation.headers import InvalidRequest
from gateway.mediation.subjects import Subjects
from gateway.members.model import ClientId

SUBJECTS = Subjects(bytes(range(32)))
REGISTRY = ClientId.parse(make.client("registry"))
ENGAGEMENT = ClientId.parse(make.client("engagement"))


def test_a_person_keeps_her_name_and_has_another_at_each_application() -> None:
    names = {SUBJECTS.name(make.ADA, REGISTRY), SUBJECTS.name(make.ADA, ENGAGEMENT)}

    assert len(names) == 2
    assert Subjects(bytes(range(32))).name(make.ADA, REGISTRY) in names
    assert all(len(name) == 43 and make.ADA.hex not in name for name in names)


def test_applications_of_one_code_at_two_members_know_different_names() -> None:
    other = ClientId.parse("BARAZA/GOV/2002/registry")

    assert SUBJECTS.name(make.ADA, REGISTRY) != SUBJECTS.name(make.ADA, other)


def test_a_name_translates_back_for_its_application_alone() -> None:
    name = SUBJECTS.name(make.ADA, REGISTRY)

    assert SUBJECTS.person(name, REGISTRY) == make.ADA
    with pytest.raises(InvalidRequest):
        SUBJECTS.person(name, ENGAGEMENT)
    with pytest.raises(InvalidRequest):
        Subjects(bytes(32)).person(name, REGISTRY)


@pytest.mark.parametrize("name", ["", "x", "é", "A" * 43, "8afab8e8-e70e-4f0a-bbc5-87ab47130833", "!" * 43, "A" * 4000])
def test_a_made_up_name_translates_to_nobody(name: str) -> None:
    with pytest.raises(InvalidRequest):
        SUBJECTS.person(name, REGISTRY)


def test_every_altered_letter_of_a_name_is_noticed() -> None:
    name = SUBJECTS.name(make.ADA, REGISTRY)

    for place in range(len(name) - 1):
        altered = name[:place] + ("B" if name[place] == "A" else "A") + name[place + 1 :]
        with pytest.raises(InvalidRequest):
            SUBJECTS.person(altered, REGISTRY)
