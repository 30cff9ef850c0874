"""Identifiers."""

import pytest

from gateway.members.model import ClientId, InvalidClientIdentifier, Member


def test_a_client_is_four_parts_and_prints_as_it_was_read() -> None:
    client = ClientId.parse("BARAZA/GOV/1001/portal")

    assert (client.application, client.owner, str(client)) == ("portal", "BARAZA/GOV/1001", "BARAZA/GOV/1001/portal")


@pytest.mark.parametrize(
    "text", ["", "A/B/C", "A/B/C/D/E", "A//C/D", "A/B/C/my_app", "A/B/C/é", "A/B/C/a b", "A/B/C/.."]
)
def test_what_is_no_client(text: str) -> None:
    with pytest.raises(InvalidClientIdentifier):
        ClientId.parse(text)


@pytest.mark.parametrize("part", ["a" * 255, "'()+,-.=?", "Az09"])
def test_x_roads_alphabet_is_accepted(part: str) -> None:
    assert ClientId.parse(f"A/B/C/{part}").application == part


def test_a_part_is_at_most_255_characters() -> None:
    with pytest.raises(InvalidClientIdentifier):
        ClientId.parse("A/B/C/" + "a" * 256)


def test_a_member_is_three_parts() -> None:
    with pytest.raises(InvalidClientIdentifier):
        Member.parse("A/B/C/D")
