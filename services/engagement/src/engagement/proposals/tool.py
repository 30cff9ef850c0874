"""Proposals and the support for them, as a tool of a process."""

from engagement.erasure.store import OF_PROPOSALS, erase_proposal
from engagement.processes.tools import Moderated, Taken, Tool, Words
from engagement.proposals import actions, store
from engagement.proposals.data import ENDORSEMENTS, PROPOSALS
from engagement.proposals.model import ENDORSEMENT, PROPOSAL

TOOL = Tool(
    "proposals",
    takes=(
        Taken(
            PROPOSAL,
            store.LEDGER,
            Moderated(store.TEXT, store.in_sight, actions.hide, actions.restore),
            told={"engagement.proposal-published.v1": "proposalId"},
            words=Words(OF_PROPOSALS, erase_proposal),
        ),
        Taken(
            ENDORSEMENT,
            store.LEDGER_OF_SUPPORT,
            told=dict.fromkeys(
                ("engagement.proposal-endorsed.v1", "engagement.endorsement-withdrawn.v1"), "endorsementId"
            ),
        ),
    ),
    datasets=(PROPOSALS, ENDORSEMENTS),
)
