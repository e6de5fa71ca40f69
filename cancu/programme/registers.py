"""How the registers of the programme look."""

from cancu.core.line import Register

from .models import Programme, Proposal, Task


class Programmes(Register):
    model = Programme
    columns = ("code", "year", "name", "document")
    filters = ("year",)
    search = ("code", "name")
    order = "-year"
    related = ("tasks",)


class Tasks(Register):
    model = Task
    columns = ("code", "content", "ground", "owner_unit", "deadline_text", "deadline_on", "state")
    filters = ("programme", "kind", "owner_unit", "deadline_on", "state")
    search = ("code", "content")
    order = "deadline_on"
    figures = ("programme.tasks", "programme.tasks_done", "programme.tasks_overdue", "programme.drafts_open")
    related = ("progress", "deadline_changes")
    page = "task"


class Proposals(Register):
    model = Proposal
    columns = ("code", "content", "ground", "deadline_text", "task", "state")
    filters = ("year", "kind", "state")
    search = ("code", "content")
    order = "order"
    figures = ("programme.proposals",)
