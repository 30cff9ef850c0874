"""The front door of messaging: what it answers, what it hears, what it does by itself."""

from chassis import app
from chassis.app import App
from chassis.runtime import Loop, Runtime, Service, Tick
from messaging.catcher import api as catcher
from messaging.catcher import jobs as catching
from messaging.deliveries import api as deliveries
from messaging.deliveries import jobs as delivering
from messaging.digests import consumers as activity
from messaging.digests import jobs as digests
from messaging.messages import api as messages
from messaging.messages import consumers as notices
from messaging.messages import store
from messaging.messages.actions import BELL
from messaging.settings import Settings

_DIGESTS_EVERY_SECONDS = 5.0


def _queue(runtime: Runtime) -> list[tuple[tuple[str, ...], float]]:
    with runtime.reading() as tx:
        return [((status,), count) for status, count in store.queue(tx).items()]


SERVICE = Service(
    name="messaging",
    operations=(messages, deliveries, catcher),
    subscriptions={
        "engagement.feedback-due.v1": notices.on_feedback_due,
        "engagement.proposal-endorsed.v1": activity.on_proposal_endorsed,
        "engagement.comment-posted.v1": activity.on_comment_posted,
    },
    ticks=(Tick("digests", _DIGESTS_EVERY_SECONDS, digests.send),),
    loops=(
        Loop(BELL, delivering.run),
        Loop("catcher", catching.catch, wanted=lambda settings: settings.catcher),
    ),
    failpoints={delivering.AFTER_ACCEPT: "The provider has taken a message, the outcome is not recorded."},
    figures={"notification_queue_messages": _queue},
)


def create_app(settings: Settings) -> App:
    """The block, ready to serve."""
    return app.create(SERVICE, settings)
