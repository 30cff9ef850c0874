"""The seed is applied as often as one likes."""

from pathlib import Path

import pytest
import yaml

from chassis.app import App
from chassis.testing.client import Client
from consent import seed
from consent.settings import Settings

WORDS = {"stored": "Name", "why": "So", "howLong": "Long", "whoSees": "We", "withdraw": "Here"}
POLICY = {"id": "privacy", "name": "Privacy", "version": "1", "url": "/help"}
AGREEMENT = {
    "id": "participation",
    "version": "1",
    "policyId": "privacy",
    "purpose": "Taking part",
    "lawfulBasis": "consent",
    "dpia": "none",
    "texts": {"en": WORDS},
}


@pytest.fixture
def apply(app: App, settings: Settings, tmp_path: Path, clock: object) -> object:
    def write_and_apply(**content: object) -> None:
        path = tmp_path / "seed.yaml"
        path.write_text(yaml.safe_dump({"policies": [POLICY], "agreements": [AGREEMENT]} | content))
        seed.apply(app.runtime.database, settings, path, app.runtime.clock())

    return write_and_apply


def test_twice_is_once(apply, administrator: Client) -> None:  # type: ignore[no-untyped-def]
    apply()
    apply()

    assert administrator.get("/audit/verification/").body == {"unbroken": True, "revisions": 2, "rows": 2}
    assert administrator.get("/service/data-agreement/participation/").body["dataAgreement"]["texts"] == {"en": WORDS}


def test_what_differs_becomes_a_revision(apply, administrator: Client) -> None:  # type: ignore[no-untyped-def]
    apply()
    apply(agreements=[AGREEMENT | {"purpose": "Taking part in public"}])

    revisions = administrator.get("/audit/data-agreement/participation/").body["revisions"]

    assert len(revisions) == 2
    assert revisions[0]["authorizedByOther"] == "seed"


@pytest.mark.parametrize(
    "content",
    [
        {"agreements": [AGREEMENT | {"policyId": "unknown"}]},
        {"agreements": [AGREEMENT | {"lawfulBasis": "because"}]},
        {"agreements": [AGREEMENT | {"texts": {"en": {"why": "So"}}}]},
        {"policies": [{"id": "privacy"}]},
        {"policies": [{name: value for name, value in POLICY.items() if name != "id"}]},
    ],
)
def test_a_seed_that_breaks_the_contract_changes_nothing(  # type: ignore[no-untyped-def]
    content: dict[str, object], apply, administrator: Client
) -> None:
    with pytest.raises(seed.BadSeed):
        apply(**content)

    assert administrator.get("/audit/log/").body["items"] == []
