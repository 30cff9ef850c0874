"""Beginning a process: from nothing, or from a blueprint."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from wtforms import Field

from portal import web
from portal.forms import Filled, Form, OneOf, Wrong, line, new_key, unseen
from portal.language import _, current
from portal.pages.plan.blueprint import pages
from portal.pages.plan.forms import checked_day
from portal.peers.engagement import plans
from portal.peers.gateway import Refusal

_LONGEST_SLUG = 60


class NewForm(Form):
    title = line(Filled(lambda: _("Give the process a title")))
    language = line(Filled(lambda: _("Choose one of the languages")))
    blueprint = line()
    opens_on = line(checked_day)
    key = unseen()

    def validate_opens_on(self, field: Field) -> None:
        if self.blueprint.data and not field.data:
            raise Wrong(_("Say on which day it opens"))

    def fits(self, blueprints: tuple[plans.Blueprint, ...]) -> bool:
        """Whether it names what was offered."""
        offered = tuple(each.id for each in blueprints)
        languages = web.settings().languages
        return self.accepted(
            {
                "blueprint": [OneOf(offered, lambda: _("Choose one of these"))],
                "language": [OneOf(languages, lambda: _("Choose one of the languages"))],
            }
        )

    def named(self) -> dict[str, Any]:
        """Title, address and language of the process."""
        language = self.language.data
        return {"title": {language: self.title.data}, "slug": slug(self.title.data), "languages": [language]}


@pages.route("/work/processes/new", methods=["GET", "POST"])
@web.with_role("official")
def new() -> web.Answer:
    offered = plans.blueprints(web.gateway())
    form = NewForm({"language": current(), "key": new_key()})
    status = 200
    if request.method == "POST":
        status = 400
        if form.fits(offered):
            try:
                return web.see_other("plan.overview", process_id=_begun(form))
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal, {"slug": "title"})
                status = refusal.status
    return web.page("plan/new.html", status, form=form, blueprints=offered)


def _begun(form: NewForm) -> str:
    """The new draft's id. Raises Refusal."""
    named: Mapping[str, Any] = form.named()
    if not form.blueprint.data:
        return plans.draft(web.gateway(), named, form.key.data).id
    opens = datetime.combine(date.fromisoformat(form.opens_on.data), time(0), ZoneInfo(web.settings().time_zone))
    dated = {**named, "opensAt": opens.isoformat()}
    return plans.draft_from(web.gateway(), form.blueprint.data, dated, form.key.data).id


def slug(title: str) -> str:
    """An address made of a title: `Carrers més verds` → `carrers-mes-verds`; where nothing is left of it, the day."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    joined = "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_SLUG].strip("-")
    return joined or f"process-{web.now():%Y-%m-%d-%H%M%S}"
