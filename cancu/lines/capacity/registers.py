"""How the registers of capacity look."""

from cancu.core.line import Register

from .models import Money, Project, Training


class Projects(Register):
    model = Project
    columns = ("code", "name", "fund", "total", "started_on", "in_use_on", "state")
    filters = ("fund", "state")
    search = ("code", "name")
    order = "-started_on"
    figures = ("capacity.projects_in_use", "capacity.projects_under_way", "capacity.investment_total")
    related = ("money",)


class Moneys(Register):
    model = Money
    columns = ("code", "project", "kind", "day", "amount", "content")
    filters = ("project", "kind", "day")
    search = ("code", "content")
    order = "-day"
    figures = ("capacity.allocated", "capacity.disbursed", "capacity.disbursed_share")


class Trainings(Register):
    model = Training
    columns = ("code", "course", "title", "unit", "people", "started_on", "state")
    filters = ("content", "title", "unit", "started_on", "state")
    search = ("code", "course")
    order = "-started_on"
    figures = ("capacity.staff_trained", "capacity.courses")
