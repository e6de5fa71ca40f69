"""How the registers of traceability look."""

from cancu.core.line import Register

from .models import Participant, Product


class Participants(Register):
    model = Participant
    columns = ("code", "party", "platform", "joined_on", "left_on")
    filters = ("platform", "joined_on")
    search = ("code", "party__folded")
    order = "code"
    figures = ("traceability.participants", "traceability.participants_joined")
    related = ("products",)


class Products(Register):
    model = Product
    columns = ("code", "name", "participant", "kind", "first_data_on", "connected_on", "state")
    filters = ("kind", "connected_on", "state")
    search = ("code", "name", "participant__party__folded")
    order = "code"
    figures = ("traceability.products", "traceability.connections", "traceability.connected_share")
