"""What auditors read."""

from collections.abc import Callable
from typing import Any

from chassis.testing.client import Client

Make = Callable[..., dict[str, Any]]


def test_every_change_of_the_configuration_says_who_when_and_from_where(
    make_agreement: Make, administrator: Client
) -> None:
    make_agreement()
    administrator.delete("/config/data-agreement/participation/")

    rows = administrator.get("/audit/log/").body["items"]

    assert [(row["action"], row["schemaName"]) for row in rows] == [
        ("terminated", "DataAgreement"),
        ("created", "DataAgreement"),
        ("created", "Policy"),
    ]
    assert {(row["by"], row["application"], *row["roles"], row["at"]) for row in rows} == {
        ("administrator", "BARAZA/GOV/1001/portal", "administrator", "2026-06-01T12:00:00.000Z")
    }


def test_an_auditor_reads_all_revisions_of_an_agreement(make_agreement: Make, administrator: Client) -> None:
    make_agreement()
    administrator.delete("/config/data-agreement/participation/")

    answer = administrator.get("/audit/data-agreement/participation/").body

    assert answer["dataAgreement"]["active"] is False
    assert len(answer["revisions"]) == 2
    assert len(administrator.get("/audit/data-agreements/").body["dataAgreements"]) == 1
