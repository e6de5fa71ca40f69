"""How the registers of technology transfer look."""

from cancu.core.line import Register

from .models import Contract, Process, TrainingClass


class Processes(Register):
    model = Process
    columns = ("code", "name", "field", "readiness", "ready_on", "state")
    filters = ("field", "state", "ready_on")
    search = ("code", "name")
    order = "code"
    figures = ("transfer.processes",)
    related = ("contracts",)


class TrainingClasses(Register):
    model = TrainingClass
    columns = ("code", "name", "owner_unit", "starts_on", "place", "learners", "state")
    filters = ("programme", "owner_unit", "starts_on", "state")
    search = ("code", "name")
    order = "-starts_on"
    figures = (
        "transfer.classes",
        "transfer.classes_agriculture",
        "transfer.classes_agriculture_centre",
        "transfer.learners",
    )
    related = ("topics",)


class Contracts(Register):
    model = Contract
    columns = ("number", "receiver", "subject", "value", "signed_on", "state")
    filters = ("form", "partner", "industry", "signed_on", "state")
    search = ("number", "subject", "receiver__folded")
    order = "-signed_on"
    figures = ("transfer.contracts", "transfer.contract_value")
