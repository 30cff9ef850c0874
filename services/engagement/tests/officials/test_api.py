"""Colleagues introduce themselves, and get roles in a process."""

from collections.abc import Callable
from typing import Any

import pytest

from chassis import ids
from chassis.testing.client import Client, assert_problem
from engagement.processes.model import State
from engagement.tables import official as official_table


@pytest.fixture
def staff(client: Callable[..., Client]) -> Callable[..., Client]:
    def speak(subject: str = "olga", role: str = "official") -> Client:
        scopes = ["engagement.staff", "engagement.draft", "engagement.approve", "engagement.read"]
        return client(subject=subject, roles=[role], scopes=scopes)

    return speak


def test_who_introduces_herself_is_known_to_colleagues(staff: Callable[..., Client], world: Any) -> None:
    first = staff().put("/v1/officials/me", {"displayName": "Olga"}).body
    again = staff().put("/v1/officials/me", {"displayName": "Olga Roads", "unit": "Streets"}).body
    staff("mira", "moderator").put("/v1/officials/me", {"displayName": "Mira"})

    known = staff("otto").get("/v1/officials").body["items"]

    assert first["id"] == again["id"]
    assert known[0] == {"id": first["id"], "displayName": "Olga Roads", "unit": "Streets"}
    assert [each["displayName"] for each in known] == ["Olga Roads", "Mira"]
    assert all(b"Olga" not in row.display_name for row in world.rows(official_table))


def test_a_list_of_colleagues_is_read_page_by_page(staff: Callable[..., Client]) -> None:
    for name in ("a", "b", "c", "d", "e"):
        staff(name).put("/v1/officials/me", {"displayName": name.upper()})

    first = staff().get("/v1/officials?limit=3").body
    rest = staff().get(f"/v1/officials?limit=3&cursor={first['next']}").body

    assert [each["displayName"] for each in [*first["items"], *rest["items"]]] == ["A", "B", "C", "D", "E"]


def test_citizens_are_no_colleagues(client: Callable[..., Client], world: Any) -> None:
    eve = client(subject="eve", roles=["participant"], scopes=["engagement.staff", "engagement.draft"])
    process = world.process()

    assert_problem(eve.put("/v1/officials/me", {"displayName": "Eve"}), 403, "not-staff")
    assert_problem(eve.get("/v1/officials"), 403, "not-staff")
    assert_problem(eve.get(f"/v1/processes/{process.id}/officials"), 403, "not-staff")
    assert_problem(eve.put(f"/v1/processes/{process.id}/officials/{ids.new()}", {"roles": []}), 403, "not-an-official")


def test_a_role_is_given_and_taken_away(staff: Callable[..., Client], world: Any) -> None:
    process = world.process(state=State.IN_REVIEW, author="olga", approved_by=None)
    paul = staff("paul").put("/v1/officials/me", {"displayName": "Paul"}).body
    its = f"/v1/processes/{process.id}"
    address = f"{its}/officials/{paul['id']}"

    given = staff().put(address, {"roles": ["publisher", "editor"]}).body

    assert given["roles"] == ["editor", "publisher"]
    assert [each["official"]["displayName"] for each in staff().get(f"{its}/officials").body["items"]] == ["Paul"]
    assert_problem(staff("otto").post(f"{its}/approval"), 403, "not-your-role")
    assert staff().put(address, {"roles": []}).body["roles"] == []
    assert staff().get(f"{its}/officials").body["items"] == []
    assert staff("otto").post(f"{its}/approval").status == 200


def test_a_stranger_gets_no_role(staff: Callable[..., Client], world: Any) -> None:
    process = world.process()

    reply = staff().put(f"/v1/processes/{process.id}/officials/{ids.new()}", {"roles": ["editor"]})

    assert_problem(reply, 400, "unknown-official")


def test_who_works_on_a_process_is_not_for_the_public(public: Client, staff: Callable[..., Client], world: Any) -> None:
    process = world.process(roles={"editor": ["paul"]})

    assert "paul" not in str(public.get(f"/v1/processes/{process.id}").body)
    assert_problem(public.get(f"/v1/processes/{process.id}/officials"), 403, "missing-scope")


@pytest.mark.parametrize("many", [1, 12])
def test_lists_cost_the_same_however_long_they_are(
    many: int, staff: Callable[..., Client], world: Any, statements: Any
) -> None:
    names = [f"official-{number}" for number in range(many)]
    for name in names:
        staff(name).put("/v1/officials/me", {"displayName": name})
    process = world.process(roles={"editor": names})

    for address, cost in (("/v1/officials", 1), (f"/v1/processes/{process.id}/officials", 2)):
        with statements() as said:
            assert len(staff().get(address).body["items"]) == many
        assert len(said) == cost
