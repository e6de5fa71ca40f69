"""How the registers of standards, measurement and quality look."""

from cancu.core.line import Register

from .models import (
    AuthorisedUnit,
    Campaign,
    Declaration,
    Exemption,
    GoodsCheck,
    ImportRegistration,
    InstrumentCheck,
    ProductLine,
    Visit,
)


class Declarations(Register):
    model = Declaration
    columns = ("number", "applicant", "kind", "standard", "received_on", "decided_on", "valid_until", "state")
    filters = ("kind", "ground", "received_on", "valid_until", "state")
    search = ("number", "applicant__folded", "standard")
    order = "-received_on"
    figures = ("quality.conformity_dossiers", "quality.conformity_products", "quality.declarations_in_force")
    related = ("products",)
    rows = ("products",)


class ProductLines(Register):
    model = ProductLine
    columns = ("code", "name", "model_name", "declaration")
    search = ("code", "name")
    order = "code"
    figures = ("quality.conformity_products",)


class ImportRegistrations(Register):
    model = ImportRegistration
    columns = ("number", "importer", "goods", "quantity", "measured_in", "gate", "received_on", "state")
    filters = ("received_on", "state")
    search = ("number", "goods", "importer__folded")
    order = "-received_on"
    figures = ("quality.import_dossiers", "quality.imports_failed")


class Exemptions(Register):
    model = Exemption
    columns = ("number", "enterprise", "goods", "received_on", "exempt_from", "exempt_until", "state")
    filters = ("received_on", "exempt_until", "state")
    search = ("number", "goods", "enterprise__folded")
    order = "-received_on"
    figures = ("quality.exemption_dossiers", "quality.exemptions_in_force")


class AuthorisedUnits(Register):
    model = AuthorisedUnit
    columns = ("code", "party", "scope", "instruments", "valid_from", "valid_until")
    search = ("code", "party__folded")
    order = "code"
    figures = ("quality.authorised_units", "quality.instruments_managed")


class Campaigns(Register):
    model = Campaign
    columns = ("code", "topic", "kind", "interagency", "started_on", "ended_on", "state")
    filters = ("kind", "interagency", "started_on", "state")
    search = ("code", "topic")
    order = "-started_on"
    figures = ("quality.campaigns", "quality.visits")
    related = ("visits",)


class Visits(Register):
    model = Visit
    columns = ("number", "establishment", "campaign", "visited_on", "outcome")
    filters = ("campaign", "visited_on", "outcome")
    search = ("number", "establishment__folded")
    order = "-visited_on"
    figures = ("quality.visits", "quality.establishments_visited", "quality.violation_share")
    related = ("goods", "instruments")
    rows = ("goods", "instruments")


class GoodsChecks(Register):
    model = GoodsCheck
    columns = ("code", "visit", "kind", "samples", "passed")
    filters = ("kind", "passed")
    search = ("code", "visit__establishment__folded")
    order = "code"
    figures = ("quality.product_kinds_inspected", "quality.goods_failed", "quality.samples_taken")


class InstrumentChecks(Register):
    model = InstrumentCheck
    columns = ("code", "visit", "kind", "quantity", "expired", "wrong")
    filters = ("kind",)
    search = ("code", "visit__establishment__folded")
    order = "code"
    figures = ("quality.instruments_inspected", "quality.instruments_expired", "quality.instruments_wrong")
