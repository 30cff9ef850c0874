"""Engagement keeps the rules of the house."""

from types import ModuleType
from typing import Any

import pytest

import contracts
from chassis.database import Database
from chassis.schemas import Wire
from chassis.testing import house
from engagement.app import SERVICE
from engagement.cases.model import Subject
from engagement.comments import schemas as comments
from engagement.comments.model import Thread
from engagement.contributions import Excess
from engagement.counts.model import ProcessCounts, ProposalCounts
from engagement.imports import schemas as imports
from engagement.imports.model import exceptions
from engagement.moderation import schemas as moderation
from engagement.moderation.model import Action, Entry
from engagement.participants import schemas as participants
from engagement.processes import schemas as processes
from engagement.proposals import schemas as proposals
from engagement.proposals.model import PROPOSAL, Decision, Shown
from engagement.receipts import model as receipts
from engagement.results import schemas as results
from engagement.results.model import Figures
from engagement.rulebook.model import Rule
from engagement.settings import Settings
from engagement.strategy import schemas as strategies
from engagement.tables import METADATA


def test_every_operation_is_implemented_and_secured() -> None:
    house.every_operation_is_implemented_and_secured(SERVICE)


def test_every_subscription_is_promised() -> None:
    house.every_subscription_is_promised(SERVICE)


def test_every_setting_has_a_meaning() -> None:
    house.every_setting_has_a_meaning(Settings)


def test_migrations_are_numbered() -> None:
    house.migrations_are_numbered(SERVICE.name)


def test_migrations_lead_to_the_tables(database: Database) -> None:
    house.migrations_lead_to_the_tables(database, METADATA)


@pytest.mark.parametrize(
    ("schema", "promised"),
    [
        (processes.DraftSchema, "ProcessDraft"),
        (strategies.StrategySchema, "Strategy"),
        (processes.LimitsSchema, "Limits"),
        (processes.PhaseSchema, "Phase"),
        (participants.ParticipationSchema, "Participation"),
    ],
)
def test_schemas_spell_as_the_contract_does(schema: type[Wire], promised: str) -> None:
    spelled = {field.data_key for field in schema().fields.values()}

    assert spelled == set(_promised(promised)["properties"])


def test_what_is_read_is_what_the_contract_takes() -> None:
    phase = {field.data_key for field in processes.PhaseSchema().load_fields.values()}
    rescheduled = {field.data_key for field in processes.RescheduleSchema().fields.values()}
    paths = contracts.openapi("engagement")["paths"]
    joining = paths["/v1/processes/{processId}/participants"]["post"]["requestBody"]

    assert phase == set(_promised("PhaseDraft")["properties"])
    assert rescheduled == {"opensAt", "closesAt"}
    read = {field.data_key for field in participants.JoiningSchema().fields.values()}
    assert read == set(joining["content"]["application/json"]["schema"]["properties"])


def test_plain_functions_write_what_the_contract_promises(make: ModuleType) -> None:
    process = make.process()
    ana = make.participant(process.id)
    its, said = make.proposal(process.id, ana), make.comment(make.proposal(process.id), ana)
    leaf = receipts.leaf(process.id, "proposal", its.id, "web", "text", make.NOON)
    decided = Decision(its.id, "accepted", "other", None, make.NOON)
    shown = Shown(its, process.slug, "Ana", True, False, ProposalCounts(), decided)
    subject = Subject(PROPOSAL, its.id)
    entry = Entry(its.id, process.id, subject, Action.HIDE, Rule.SPAM, "Spam.", "mira", make.NOON)
    (kept,) = exceptions(process.id, PROPOSAL, its.id, [Excess("bodyMax", 1, 2)], make.NOON)
    figures = Figures(1, {"web": 1}, 0, {}, 0, 1, 1, {}, 0, 0, 0, 0)
    thread = comments.thread(Thread(said, (said,), 1), comments.Reader(lambda _: True, {}, frozenset()))

    for body, promised in (
        (processes.process(process, ProcessCounts()), "Process"),
        (proposals.shown(shown, staff=True), "Proposal"),
        (proposals.submitted(its, process.slug, leaf), "SubmittedProposal"),
        (proposals.decision(decided), "Decision"),
        (thread, "Comment"),
        (comments.posted(said, "Ana", leaf), "PostedComment"),
        (moderation.entry(entry), "ModerationEntry"),
        (imports.exception(kept), "ImportException"),
        (results.figures(process.id, figures, make.NOON), "Figures"),
    ):
        schema = _promised(promised)
        assert set(schema["required"]) <= set(body) <= set(schema["properties"]), promised


def _promised(schema: str) -> dict[str, Any]:
    return contracts.openapi("engagement")["components"]["schemas"][schema]
