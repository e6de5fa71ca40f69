"""How the registers of innovation look."""

from cancu.core.line import Register

from .models import Contest, Entry, Event, PiiValue, Startup


class Events(Register):
    model = Event
    columns = ("code", "name", "kind", "held_on", "people", "state")
    filters = ("kind", "held_on", "state")
    search = ("code", "name")
    order = "-held_on"
    figures = ("innovation.events", "innovation.workshops", "innovation.people")


class Contests(Register):
    model = Contest
    columns = ("code", "name", "launched_on", "closes_on", "awarded_on", "state")
    filters = ("launched_on", "state")
    search = ("code", "name")
    order = "-launched_on"
    figures = ("innovation.contests", "innovation.contests_open")
    related = ("entries",)


class Entries(Register):
    model = Entry
    columns = ("code", "name", "team", "field", "received_on", "score", "award", "state")
    filters = ("contest", "field", "award", "state")
    search = ("code", "name", "team__folded")
    order = "-received_on"
    figures = ("innovation.entries", "innovation.entries_valid_share")


class Startups(Register):
    model = Startup
    columns = ("code", "name", "party", "stage", "decided_on", "money", "state")
    filters = ("stage", "decided_on", "state")
    search = ("code", "name", "party__folded")
    order = "-proposed_on"
    figures = ("innovation.startups_supported", "innovation.support_money")


class PiiValues(Register):
    model = PiiValue
    columns = ("code", "indicator", "pillar", "value", "data_year", "provider", "submitted_on", "state")
    filters = ("year", "pillar", "state")
    search = ("code", "indicator", "provider")
    order = "code"
    figures = ("innovation.pii_submitted", "innovation.pii_sent_share")
