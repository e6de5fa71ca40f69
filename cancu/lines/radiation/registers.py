"""How the registers of radiation safety look."""

from cancu.core.line import Register

from .models import Certificate, Device, Facility, Licence, ResponsePlan, Source


class Facilities(Register):
    model = Facility
    columns = ("code", "party", "kind", "safety_officer", "confirmed_at")
    filters = ("kind",)
    search = ("code", "party__folded")
    order = "code"
    related = ("devices", "sources", "licences", "certificates")


class Devices(Register):
    model = Device
    columns = ("serial", "facility", "kind", "maker", "declared_on", "state")
    filters = ("kind", "mobile", "state")
    search = ("serial", "facility__party__folded")
    order = "-declared_on"
    figures = ("radiation.devices",)


class Sources(Register):
    model = Source
    columns = ("serial", "facility", "isotope", "activity", "category", "received_on")
    filters = ("category", "mobile")
    search = ("serial", "facility__party__folded")
    order = "-received_on"
    figures = ("radiation.sources",)


class Licences(Register):
    model = Licence
    columns = ("number", "facility", "activity", "issued_on", "expires_on", "state")
    filters = ("activity", "kind", "issued_on", "expires_on", "state")
    search = ("number", "facility__party__folded")
    order = "-issued_on"
    figures = ("radiation.facilities_licensed", "radiation.licences_issued", "radiation.licences_in_force")
    related = ("devices",)


class Certificates(Register):
    model = Certificate
    columns = ("number", "holder", "facility", "role", "issued_on")
    filters = ("role", "issued_on")
    search = ("number", "holder__folded")
    order = "-issued_on"
    figures = ("radiation.workers_certified",)


class ResponsePlans(Register):
    model = ResponsePlan
    columns = ("name", "level", "facility", "submitted_on", "approved_on", "state")
    filters = ("level", "state")
    search = ("name",)
    order = "-drafted_on"
