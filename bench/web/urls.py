"""The admin's address, and what is listed, filtered and searched there: the same columns as in our register."""

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


admin.site.register(Verification, Verifications)
urlpatterns = [path("admin/", admin.site.urls)]
