"""Two admins. ``admin/`` lists, filters and searches the columns of our register, and names related rows by their number.
``stock/`` leaves the form as Django makes it: a list of every instrument to choose from."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from cancu.lines.laboratory.models import Verification


class Verifications(admin.ModelAdmin):
    list_display = (
        "number",
        "instrument",
        "act",
        "mode",
        "performed_on",
        "passed",
        "certificate",
        "valid_until",
        "state",
    )
    list_filter = ("field", "act", "mode", "passed", "state")
    list_select_related = ("instrument",)
    search_fields = ("number", "certificate", "stamp", "instrument__user__name")
    raw_id_fields = ("instrument", "request", "standard", "verifier", "owner_unit", "entered_by", "confirmed_by")
    ordering = ("-performed_on",)
    list_per_page = 50


class AsItComes(Verifications):
    raw_id_fields = ()


stock = admin.AdminSite(name="stock")
admin.site.register(Verification, Verifications)
stock.register(Verification, AsItComes)
urlpatterns = [path("admin/", admin.site.urls), path("stock/", stock.urls)]
