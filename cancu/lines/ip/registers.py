"""How the registers of intellectual property look."""

from cancu.core.line import Register

from .models import Initiative, MarkCheck, Title


class Titles(Register):
    model = Title
    columns = ("name", "kind", "product", "owner", "granted_on", "expires_on", "state")
    filters = ("kind", "uses_place_name", "granted_on", "expires_on", "state")
    search = ("name", "sign", "product", "number", "owner__folded")
    order = "name"
    figures = (
        "ip.geographical_indications",
        "ip.certification_marks",
        "ip.collective_marks",
        "ip.applications_pending",
    )
    related = ("checks",)


class MarkChecks(Register):
    model = MarkCheck
    columns = ("title", "establishment", "checked_on", "finding")
    filters = ("finding", "checked_on")
    search = ("title__name", "establishment__folded")
    order = "-checked_on"
    figures = ("ip.marks_checked",)


class Initiatives(Register):
    model = Initiative
    columns = ("code", "name", "author", "level", "decided_on", "state")
    filters = ("level", "decided_on", "state")
    search = ("code", "name", "author__folded")
    order = "-submitted_on"
    figures = ("ip.initiatives_recognised",)
