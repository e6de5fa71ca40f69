"""How the registers of missions look."""

from cancu.core.line import Register

from .models import Council, Milestone, Mission, Payment, Proposal


class Missions(Register):
    model = Mission
    columns = ("code", "title", "level", "host", "approved_on", "planned_end_on", "state")
    filters = ("level", "field", "kind", "objective", "biotech", "approved_on", "state")
    search = ("code", "title", "host__folded", "leader__folded")
    order = "-approved_on"
    figures = ("missions.under_way", "missions.carried_over", "missions.approved", "missions.shortlisted")
    related = ("milestones", "councils", "payments", "proposals")


class Proposals(Register):
    model = Proposal
    columns = ("code", "title", "proposer", "plan_year", "received_on", "state")
    filters = ("plan_year", "state")
    search = ("code", "title", "proposer__folded")
    order = "-received_on"
    figures = ("missions.proposals",)


class Councils(Register):
    model = Council
    columns = ("code", "mission", "kind", "formed_on", "met_on", "grade")
    filters = ("kind", "grade", "met_on")
    search = ("code", "mission__title")
    order = "-formed_on"
    related = ("members", "milestones")
    rows = ("members",)


class Milestones(Register):
    model = Milestone
    columns = ("mission", "kind", "happened_on", "number", "grade")
    filters = ("kind", "grade", "happened_on")
    search = ("number", "mission__title", "mission__code")
    order = "-happened_on"
    figures = ("missions.accepted", "missions.results_registered", "missions.handed_over")


class Payments(Register):
    model = Payment
    columns = ("mission", "round", "source", "amount", "paid_on")
    filters = ("source", "paid_on")
    search = ("mission__title", "mission__code")
    order = "-paid_on"
    figures = ("missions.money_granted",)
