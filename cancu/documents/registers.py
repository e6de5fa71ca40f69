"""How the register of documents looks."""

from cancu.core.line import Register

from .models import Assignment, Document, Opinion


class Documents(Register):
    model = Document
    columns = ("canonical", "type", "issued_on", "issuer", "title", "direction", "state")
    filters = ("type", "issuer", "direction", "nature", "field", "drafted_by_department", "issued_on", "state")
    search = ("canonical", "number", "title")
    order = "-issued_on"
    figures = ("documents.issued", "documents.issued_normative")
    related = ("stands_on", "carries", "unresolved")


class Assignments(Register):
    model = Assignment
    columns = ("instruction", "document", "owner_unit", "person", "part", "given_on", "due_on", "closed_on", "state")
    filters = ("owner_unit", "part", "given_on", "due_on", "state")
    search = ("instruction", "document__canonical", "document__title")
    order = "-given_on"
    page = "assignment"
    by_form = False


class Opinions(Register):
    model = Opinion
    columns = ("document", "owner_unit", "kind", "asked_on", "due_on", "verdict", "given_at", "state")
    filters = ("owner_unit", "kind", "asked_on", "due_on", "verdict", "state")
    search = ("document__title", "words")
    order = "-asked_on"
    page = "opinion"
    by_form = False
