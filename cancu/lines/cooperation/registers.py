"""How the registers of international cooperation look."""

from cancu.core.line import Register

from .models import Agreement, Delegation, DelegationPartner, InternationalEvent, Partner


class Delegations(Register):
    model = Delegation
    columns = ("code", "direction", "country", "purpose", "departs_on", "state")
    filters = ("direction", "field", "departs_on", "state")
    search = ("code", "purpose")
    order = "-departs_on"
    figures = ("cooperation.delegations", "cooperation.delegations_received")
    related = ("meetings",)
    rows = ("meetings",)


class Partners(Register):
    model = Partner
    columns = ("name", "original_name", "kind", "country")
    filters = ("kind", "country")
    search = ("name", "original_name")
    order = "name"
    related = ("meetings", "agreements")


class Meetings(Register):
    model = DelegationPartner
    columns = ("delegation", "partner")
    search = ("delegation__code", "partner__name")
    figures = ("cooperation.partners",)


class Agreements(Register):
    model = Agreement
    columns = ("code", "partner", "subject", "signed_on", "expires_on")
    filters = ("field", "signed_on")
    search = ("code", "subject", "partner__name")
    order = "-signed_on"
    figures = ("cooperation.agreements_in_force",)


class Events(Register):
    model = InternationalEvent
    columns = ("name", "country", "city", "starts_on", "attended")
    filters = ("country", "field", "starts_on")
    search = ("name", "city")
    order = "-starts_on"
    figures = ("cooperation.events",)
