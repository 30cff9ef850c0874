"""Every manifest is one that a cluster takes: Kubernetes' own kinds by its schemas, those of operators by ours."""

import copy
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import jsonschema
import kubernetes_validate
import pytest
import yaml
from rendering import ENVIRONMENTS, Document, rendered, title

KUBERNETES = "1.35"
kubernetes_validate.utils.schema_contents = cache(
    kubernetes_validate.utils.schema_contents
)  # else read for each document
OPERATORS = yaml.safe_load((Path(__file__).parent / "crds.yaml").read_text("utf-8"))
VALIDATORS = {
    kind: jsonschema.Draft202012Validator(
        {"$defs": OPERATORS["$defs"], "type": "object", "additionalProperties": False} | schema
    )
    for kind, schema in OPERATORS["kinds"].items()
}


def kind(document: Document) -> str:
    return f"{document['apiVersion']}/{document['kind']}"


def wrong(documents: list[Document]) -> Iterator[str]:
    for each in documents:
        if kind(each) in VALIDATORS:
            if set(each) != {"apiVersion", "kind", "metadata", "spec"}:
                yield f"{title(each)}: {sorted(each)}"
            for error in VALIDATORS[kind(each)].iter_errors(each["spec"]):
                yield f"{title(each)}: {error.json_path} {error.message}"
        else:
            try:
                kubernetes_validate.validate(each, KUBERNETES, strict=True)
            except kubernetes_validate.ValidationError as error:
                yield f"{title(each)}: {error}"


@pytest.mark.parametrize("environment", ["local", "production"])  # staging has the shape of production
def test_every_manifest_fits_its_schema(environment: str) -> None:
    assert list(wrong(rendered(f"overlays/{environment}").documents)) == []


def test_staging_rehearses_production() -> None:
    """The same documents with the same members; only values differ."""
    staging, production = rendered("overlays/staging"), rendered("overlays/production")

    assert [_shape(each) for each in staging.documents] == [_shape(each) for each in production.documents]


def test_no_two_documents_are_the_same_thing() -> None:
    for environment in ENVIRONMENTS:
        things = [(kind(each), each["metadata"]["name"]) for each in rendered(f"overlays/{environment}").documents]
        assert len(things) == len(set(things))


@pytest.mark.parametrize(
    ("what", "name", "spoil"),
    [
        ("KafkaUser", "workflow", lambda spec: spec["authorization"]["acls"][0].update(operation="All")),
        ("Cluster", "postgres", lambda spec: spec.update(instance=3)),
        ("Deployment", "consent-serve", lambda spec: spec.update(replica=3)),
        ("Certificate", "consent", lambda spec: spec.pop("secretName")),
        ("ScheduledBackup", "postgres-nightly", lambda spec: spec.update(schedule="30 1 * * *")),
        ("NetworkPolicy", "default-deny", lambda spec: spec.update(policyTypes="Ingress")),
    ],
)
def test_a_slip_of_the_pen_is_seen(what: str, name: str, spoil: Callable[[Document], object]) -> None:
    document = copy.deepcopy(rendered("overlays/production").one(what, name))
    assert list(wrong([document])) == []

    spoil(document["spec"])

    assert list(wrong([document])) != []


def _shape(value: object) -> object:
    if isinstance(value, dict):
        return {key: _shape(each) for key, each in value.items() if key != "data"}
    return [_shape(each) for each in value] if isinstance(value, list) else type(value)
