from flask import Blueprint, request

from portal import web
from portal.forms import new_key
from portal.language import _
from portal.pages.staff.forms import AccountForm
from portal.peers import accounts as peer
from portal.peers.accounts import ROLES
from portal.peers.gateway import Refusal

pages = Blueprint("staff", __name__)


@pages.route("/work/accounts", methods=["GET", "POST"])
@web.with_role("administrator")
def accounts() -> web.Answer:
    form, status = AccountForm({"key": new_key(), "roles": ["official"]}), 200
    if request.method == "POST":
        status = 400
        if form.accepted():
            try:
                peer.open_account(
                    web.gateway(), form.login.data, form.name.data, form.password.data, form.roles.data, form.key.data
                )
            except Refusal as refusal:
                if refusal.status not in web.SHOWN_ON_THE_WAY:
                    raise
                form.add_refusal(refusal, {"displayName": "name"})
                status = refusal.status
            else:
                web.tell(
                    _("The account of %(name)s is open. Give her the first password in person.", name=form.name.data)
                )
                return web.see_other("staff.accounts")
    return web.page("staff/accounts.html", status, form=form, roles=ROLES)
