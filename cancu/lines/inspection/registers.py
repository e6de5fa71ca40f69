"""How the registers of inspection look."""

from cancu.core.line import Register

from .models import Case, Petition, Reception, Sanction, Subject


class Cases(Register):
    model = Case
    columns = ("code", "kind", "field", "topic", "started_on", "concluded_on", "state")
    filters = ("kind", "field", "form", "concluded_on", "state")
    search = ("code", "topic", "conclusion_number")
    order = "-started_on"
    figures = ("inspection.inspections", "inspection.establishments")
    related = ("subjects",)
    rows = ("subjects",)


class Subjects(Register):
    model = Subject
    columns = ("code", "party", "case", "minuted_on", "violation")
    filters = ("case", "minuted_on")
    search = ("code", "party__folded")
    order = "code"
    figures = ("inspection.establishments", "inspection.establishments_violating")
    related = ("sanctions",)


class Sanctions(Register):
    model = Sanction
    columns = ("number", "party", "source", "act", "amount", "decided_on", "state")
    filters = ("source", "penalty", "decided_on", "state")
    search = ("number", "party__folded", "act")
    order = "-decided_on"
    figures = (
        "inspection.sanctioned",
        "inspection.fines",
        "inspection.sanctioned_by_check",
        "inspection.fines_by_check",
    )


class Receptions(Register):
    model = Reception
    columns = ("code", "received_on", "by_leader", "people", "matter")
    filters = ("received_on", "by_leader", "crowd")
    search = ("code", "matter")
    order = "-received_on"
    figures = ("inspection.receptions",)


class Petitions(Register):
    model = Petition
    columns = ("code", "kind", "sender", "received_on", "within_authority", "state")
    filters = ("kind", "within_authority", "received_on", "state")
    search = ("code", "matter", "sender__folded")
    order = "-received_on"
    figures = ("inspection.petitions",)
