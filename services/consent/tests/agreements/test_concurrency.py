"""Revisions at once come out as one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.testing.client import Client


@pytest.mark.parametrize(
    ("name", "path"),
    [("policy", "/config/policy/privacy-2026/"), ("dataAgreement", "/config/data-agreement/participation/")],
)
def test_revisions_at_once_are_all_kept(
    name: str, path: str, make_agreement: Callable[[], dict[str, Any]], administrator: Client
) -> None:
    written = make_agreement()["dataAgreement"]
    body = written["policy"] if name == "policy" else written

    def revise(version: int) -> int:
        return administrator.put(path, {name: body | {"version": str(version)}}).status

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(revise, range(2, 14)))

    assert statuses == [200] * 12
    assert administrator.get("/audit/verification/").body == {"unbroken": True, "revisions": 14, "rows": 14}
