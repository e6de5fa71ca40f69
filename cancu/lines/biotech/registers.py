"""How the registers of biotechnology look."""

from cancu.core.line import Register

from .models import Batch, Issue, IssueLine, Product, Transfer


class Products(Register):
    model = Product
    columns = ("code", "name", "use", "form", "produced_from", "state")
    filters = ("use", "form", "state")
    search = ("code", "name", "other_names")
    order = "code"
    figures = ("biotech.products",)
    related = ("batches",)


class Batches(Register):
    model = Batch
    columns = ("number", "product", "made_on", "kg", "expires_on", "state")
    filters = ("product", "made_on", "expires_on", "state")
    search = ("number", "product__name")
    order = "-made_on"
    figures = ("biotech.tonnes_produced", "biotech.batches_passed_share")
    related = ("lines",)


class Issues(Register):
    model = Issue
    columns = ("number", "recipient", "place", "programme", "issued_on", "state")
    filters = ("programme", "kind", "issued_on", "state")
    search = ("number", "recipient__folded")
    order = "-issued_on"
    figures = ("biotech.tonnes_supplied", "biotech.recipients")
    related = ("lines",)
    rows = ("lines",)


class IssueLines(Register):
    model = IssueLine
    columns = ("issue", "batch", "kg", "unit_price")
    filters = ("batch__product",)
    search = ("issue__number", "batch__number", "issue__recipient__folded")
    order = "-pk"
    figures = ("biotech.tonnes_supplied",)


class Transfers(Register):
    model = Transfer
    columns = ("code", "recipient", "technology", "place", "handed_over_on")
    filters = ("technology", "handed_over_on")
    search = ("code", "recipient__folded")
    order = "-handed_over_on"
    figures = ("biotech.households",)
