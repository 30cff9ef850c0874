"""Every rule holds in staging and production, and has been seen to fail. A laptop's cluster lives with fewer."""

import policy_data  # noqa: F401 - it registers its rules
import pytest
from planted import PLANTED
from policy import RULES
from rendering import render_all, rendered

# one of each process, by tag, secrets made on the spot, no backup: what a cluster on one machine goes without
NOT_LOCALLY = {
    "an_acknowledged_commit_is_on_two_servers",
    "a_pool_keeps_sessions",
    "every_database_has_a_role_of_its_own",
    "every_deployment_has_a_budget_of_one",
    "every_deployment_has_two_replicas",
    "every_image_is_its_blocks_by_digest",
    "every_scaler_scales_something_that_serves",
    "every_secret_comes_from_the_vault",
    "every_topic_survives_a_broker",
    "prometheus_reads_every_process",
    "replicas_lie_apart",
    "the_database_is_archived_and_backed_up",
}


@pytest.fixture(scope="module", autouse=True)
def _rendered() -> None:
    render_all()


@pytest.mark.parametrize("environment", ["staging", "production"])
@pytest.mark.parametrize("name", sorted(RULES))
def test_a_rule_holds(environment: str, name: str) -> None:
    assert list(RULES[name](rendered(f"overlays/{environment}"))) == []


def test_a_laptop_goes_without_these_rules_and_no_others() -> None:
    said = rendered("overlays/local")

    assert {name for name, check in RULES.items() if list(check(said))} == NOT_LOCALLY


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_planted_violation_is_found(name: str) -> None:
    said = rendered("overlays/production").copy()

    PLANTED[name](said)

    assert list(RULES[name](said)) != []
