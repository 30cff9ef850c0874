"""Kafka's topics and rights are the event catalogue; what a tool writes from declarations is what is kept."""

from importlib import import_module

import manifests
import pytest
from rendering import Document, rendered

import contracts
from mesh.layout import BLOCKS


def rights(user: Document) -> set[tuple[str, str, str]]:
    """`(kind, name, operation)` of everything that the user may do."""
    return {
        (right["resource"]["type"], right["resource"]["name"], operation)
        for right in user["spec"]["authorization"]["acls"]
        for operation in right["operations"]
    }


def test_what_is_kept_is_what_would_be_written_now() -> None:
    assert manifests.stale() == []


def test_a_stale_or_missing_file_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(manifests, "wanted", lambda: {"blocks/consent/kustomization.yaml": "", "nowhere.yaml": "x"})

    assert manifests.main(["--check"]) == 1

    named = capsys.readouterr().err
    assert "blocks/consent/kustomization.yaml" in named
    assert "nowhere.yaml" in named


def test_every_topic_of_the_catalogue_stands_in_its_owners_folder() -> None:
    topics = {each["metadata"]["name"]: each["spec"] for each in rendered("overlays/production").of("KafkaTopic")}
    promised = contracts.topics()

    assert set(topics) == set(promised) | {said["dead_letters"] for said in promised.values()}
    for name, said in promised.items():
        kept_ms = said["retention_days"] * 24 * 3600 * 1000
        assert topics[name]["partitions"] == said.get("partitions", 8)
        assert topics[said["dead_letters"]]["partitions"] == 1
        assert {topics[each]["config"]["retention.ms"] for each in (name, said["dead_letters"])} == {kept_ms}


def test_rights_are_those_of_the_catalogue() -> None:
    users = {each["metadata"]["name"]: rights(each) for each in rendered("overlays/production").of("KafkaUser")}
    wanted: dict[str, set[tuple[str, str, str]]] = {}
    for name, said in contracts.topics().items():
        for block in said["producers"]:
            wanted.setdefault(block, set()).update({("topic", name, "Write"), ("topic", name, "Describe")})
        for block in said["consumers"]:
            read = {("topic", name, "Read"), ("topic", name, "Describe")}
            put_aside = {("topic", said["dead_letters"], each) for each in ("Read", "Write", "Describe")}
            group = {("group", block, each) for each in ("Read", "Describe")}
            wanted.setdefault(block, set()).update(read | put_aside | group)

    assert users == wanted


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_may_read_all_that_it_listens_to(block: str) -> None:
    listened = {contracts.topic_of(each) for each in import_module(f"{block}.app").SERVICE.subscriptions}
    users = {each["metadata"]["name"]: rights(each) for each in rendered("overlays/production").of("KafkaUser")}

    assert {("topic", name, "Read") for name in listened} <= users.get(block, set())


def test_a_new_image_or_setting_gives_the_migration_a_new_name() -> None:
    here = manifests.environment("production")
    image = "sha256:" + "1" * 64
    released = manifests.Environment(**{**vars(here), "images": here.images | {"consent": image}})

    before = here.overlay("consent", {"settings.env": "A=1"})
    assert before == here.overlay("consent", {"settings.env": "A=1"})
    assert before["patches"] != here.overlay("consent", {"settings.env": "A=2"})["patches"]
    assert before["patches"] != released.overlay("consent", {"settings.env": "A=1"})["patches"]
