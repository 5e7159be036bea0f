"""/api/v1/form-entries: what colleagues have filled in."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView

from api.v1.schemas import forms as shapes
from api.v1.schemas.approval_flows import SubmissionPreviewOut
from api.v1.schemas.approvals import ApprovalOut
from app.access.queries.trail import last_change
from app.approvals.cards import flows
from app.approvals.cards.whole import whole
from app.forms import exporting, queries
from app.forms.cards import forms as cards
from app.forms.cards import lists
from app.forms.definitions import ENTITY
from app.forms.services import entries
from app.http import answers, downloads, etag, identity, paging
from app.http.blueprint import Blueprint
from app.http.door import hot_read, signed_in
from app.http.identity import current_actor

blp = Blueprint("form-entries", __name__, url_prefix="/api/v1", description="What was filled in.")

_LIST = paging.parameters(lists.LISTING.fields, lists.LISTING.sorts, searchable=False)
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILE = {"description": "A workbook", "content": {_XLSX: {"schema": {"type": "string", "format": "binary"}}}}


@blp.route("/request-forms")
class Tiles(MethodView):
    """What can be started."""

    @signed_in
    @blp.response(200, shapes.FormTiles)
    def get(self) -> Response:
        """The forms that one may start, or whose entries one sees, by name."""
        actor = current_actor()
        return answers.ready(cards.tiles(actor, queries.concerning(actor)))


@blp.route("/request-forms/<uuid:form_id>")
class Sheet(MethodView):
    """A form to be filled in."""

    @signed_in
    @blp.response(200, shapes.FormSheet)
    def get(self, form_id: UUID) -> Response:
        """A form as it is to be filled in, for whoever may start it or sees its entries."""
        return answers.ready(cards.sheet(queries.to_look_at(current_actor(), form_id)))


@blp.route("/request-forms/<uuid:form_id>/entries")
class EntriesOfForm(MethodView):
    """Entries of a form."""

    @signed_in
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.EntryPage)
    def get(self, form_id: UUID) -> Response:
        """The entries of a form, the latest first, for whoever sees them all."""
        actor = current_actor()
        form = queries.to_read(actor, form_id)
        return answers.ready(lists.page_of_form(actor, form.id, paging.asked(lists.LISTING)))

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.EntryIn)
    @blp.response(201, ApprovalOut)
    def post(self, sent: dict[str, Any], form_id: UUID) -> Response:
        """Fill a form in and send it on its way; the answer is the approval."""
        actor = current_actor()
        filled = sent.pop("filled")
        approval = entries.send(actor, queries.to_start(actor, form_id), filled, **sent)
        response = answers.ready(whole(actor, approval.id), 201)
        response.headers["Location"] = f"/api/v1/approvals/{approval.id}"
        return response


@blp.route("/request-forms/<uuid:form_id>/preview")
class Preview(MethodView):
    """What would become of it."""

    @signed_in
    @blp.takes_key
    @blp.arguments(shapes.EntryIn)
    @blp.response(200, SubmissionPreviewOut)
    def post(self, sent: dict[str, Any], form_id: UUID) -> Response:
        """The way it would take if one sent it like this, and whom one is to choose; nothing is kept."""
        actor = current_actor()
        form = queries.to_start(actor, form_id)
        found = entries.preview(actor, form, sent["filled"], chosen=sent["chosen"])
        return answers.ready({**flows.way(found), "choices": flows.choices(found)})


@blp.route("/request-forms/<uuid:form_id>/workbook")
class Workbook(MethodView):
    """Entries taken out."""

    @signed_in
    @blp.doc(responses={"200": _FILE})
    def get(self, form_id: UUID) -> Response:
        """All entries of a form as a workbook, one column for each field, for whoever manages it."""
        actor = current_actor()
        form = queries.to_manage(actor, form_id)
        return downloads.attachment(BytesIO(exporting.workbook(actor, form)), f"{form.name}.xlsx", _XLSX)


@blp.route("/form-entries")
class OwnEntries(MethodView):
    """What one has filled in."""

    @hot_read
    @blp.doc(parameters=_LIST)
    @blp.response(200, shapes.EntryPage)
    def get(self) -> Response:
        """What one has filled in oneself, the latest first."""
        actor = current_actor()
        asked = paging.asked(lists.LISTING)
        return answers.ready(lists.page(identity.hot_driver(), actor, lists.own(actor), asked))


@blp.route("/form-entries/<uuid:entry_id>")
class OneEntry(MethodView):
    """Something filled in."""

    @signed_in
    @blp.response(200, shapes.EntryOut)
    def get(self, entry_id: UUID) -> Response:
        """An entry of one's own, or of a form whose entries one sees."""
        actor = current_actor()
        return answers.ready(cards.entry(actor, queries.entry(actor, entry_id)))

    @signed_in
    @blp.needs_version
    @blp.arguments(shapes.EntryCorrection)
    @blp.response(200, shapes.EntryOut)
    def put(self, sent: dict[str, Any], entry_id: UUID) -> Response:
        """Correct what came back; it goes on its way by submitting its approval again."""
        actor = current_actor()
        entry = queries.own_entry(actor, entry_id)
        shown = {"values": entry.filled}
        etag.check(entry, {"values": sent["filled"]}, lambda: shown, lambda: last_change(ENTITY, entry_id))
        entries.correct(actor, entry, sent["filled"])
        return answers.ready(cards.entry(actor, entry))
