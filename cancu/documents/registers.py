"""How the register of documents looks."""

from cancu.core.line import Register

from .models import Document


class Documents(Register):
    model = Document
    columns = ("canonical", "type", "issued_on", "issuer", "title", "direction", "state")
    filters = ("type", "issuer", "direction", "nature", "field", "drafted_by_department", "issued_on", "state")
    search = ("canonical", "number", "title")
    order = "-issued_on"
    figures = ("documents.issued", "documents.issued_normative")
    related = ("stands_on", "carries", "unresolved")
