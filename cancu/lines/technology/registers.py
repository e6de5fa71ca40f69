"""How the registers of technology management look."""

from cancu.core.line import Register

from .models import Appraisal, Assessment, Certificate, Fund, FundYear, Link, Project


class Projects(Register):
    model = Project
    columns = ("code", "name", "investor", "sector", "industry", "capital")
    filters = ("sector", "industry")
    search = ("code", "name", "investor__folded")
    order = "-code"
    related = ("appraisals",)


class Appraisals(Register):
    model = Appraisal
    columns = ("code", "project", "kind", "received_on", "answered_on", "state")
    filters = ("kind", "conclusion", "answered_on", "state")
    search = ("code", "project__name")
    order = "-received_on"
    figures = ("technology.projects_appraised", "technology.appraisals", "technology.opinions")


class Certificates(Register):
    model = Certificate
    columns = ("code", "number", "enterprise", "formation", "issued_on", "state")
    filters = ("formation", "issued_on", "state")
    search = ("code", "number", "enterprise__folded")
    order = "-issued_on"
    figures = ("technology.enterprises",)


class Funds(Register):
    model = Fund
    columns = ("code", "enterprise", "founded_on", "closed_on")
    search = ("code", "enterprise__folded")
    order = "code"
    figures = ("technology.funds",)
    related = ("years",)


class FundYears(Register):
    model = FundYear
    columns = ("fund", "year", "put_in", "spent", "reported_on")
    filters = ("year",)
    search = ("fund__enterprise__folded",)
    order = "-year"
    figures = ("technology.fund_money",)


class Links(Register):
    model = Link
    columns = ("code", "kind", "party", "subject", "connected_on")
    filters = ("kind", "connected_on")
    search = ("code", "subject", "party__folded")
    order = "-recorded_on"
    figures = ("technology.connections",)


class Assessments(Register):
    model = Assessment
    columns = ("enterprise", "assessed_on", "score")
    filters = ("assessed_on",)
    search = ("enterprise__folded",)
    order = "-assessed_on"
    figures = ("technology.enterprises_assessed",)
