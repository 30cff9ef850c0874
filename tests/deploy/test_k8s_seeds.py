"""What is registered in a cluster is what the code declares, and nobody who only plays."""

import manifests
import pytest
import yaml
from rendering import ENVIRONMENTS, rendered

from gateway.catalogue import schemas
from mesh.layout import BLOCKS


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_mediator_takes_its_catalogue(environment: str) -> None:
    said = rendered(f"overlays/{environment}")
    (text,) = [each["data"]["catalogue.yaml"] for each in said.of("ConfigMap") if "catalogue.yaml" in each["data"]]

    schemas.registrations(text)

    (member,) = yaml.safe_load(text)["members"]
    services = {each["metadata"]["name"]: each["spec"]["ports"][0]["port"] for each in said.of("Service")}
    providers = {each["code"]: each["url"] for each in member["applications"] if "url" in each}
    assert providers == {block: f"https://{block}:{services[block]}" for block in BLOCKS}
    assert "demo" not in text


def test_another_institution_has_another_name_everywhere() -> None:
    ours = manifests.environment("production")
    theirs = manifests.Environment(**{**vars(ours), "instance": "XY/GOV/7"})

    for said in (theirs.catalogue(), theirs.seed(), theirs.settings("portal")):
        assert ours.instance not in str(said)
        assert theirs.instance in str(said)


def test_people_return_to_the_portals_public_address() -> None:
    here = manifests.environment("production")
    (portal,) = [each for each in here.seed()["clients"] if each["id"].endswith("/portal")]

    assert portal["redirect_uris"] == [f"{here.settings('portal')['PUBLIC_URL']}/sign-in/callback"]
