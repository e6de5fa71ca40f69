"""How the registers of the one-stop office look."""

from cancu.core.line import Register

from .models import Dossier, Feedback, Procedure, ProcedureVersion


class Procedures(Register):
    model = Procedure
    columns = ("code", "name", "field")
    filters = ("field",)
    search = ("code", "name")
    order = "code"
    related = ("versions",)


class Versions(Register):
    model = ProcedureVersion
    columns = ("code", "procedure", "amount", "unit", "shortened_to", "online", "valid_from", "valid_until")
    filters = ("online", "valid_from")
    search = ("code", "procedure__name")
    order = "code"
    figures = (
        "dossiers.procedures",
        "dossiers.procedures_online_full",
        "dossiers.procedures_online_partial",
        "dossiers.procedures_shortened",
    )


class Dossiers(Register):
    model = Dossier
    columns = ("code", "version", "applicant", "channel", "received_on", "finished_on", "verdict", "state")
    filters = ("channel", "received_on", "finished_on", "verdict", "state")
    search = ("code", "applicant__folded")
    order = "-received_on"
    figures = (
        "dossiers.received",
        "dossiers.received_online_share",
        "dossiers.finished",
        "dossiers.settled_early_share",
        "dossiers.in_progress",
    )
    related = ("pauses", "entries")


class Feedbacks(Register):
    model = Feedback
    columns = ("code", "received_on", "about", "content", "answered_on")
    filters = ("about", "received_on")
    search = ("code",)
    order = "-received_on"
    figures = ("dossiers.feedback",)
