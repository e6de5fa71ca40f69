"""Addresses of the desk; Vietnamese words, so that a link says where it leads."""

from __future__ import annotations

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from .views import arrivals, books, documents, home, indicators, jobs, registers, reminders, reports, search

urlpatterns = [
    path("dang-nhap/", LoginView.as_view(template_name="desk/login.html", redirect_authenticated_user=True), name="login"),
    path("dang-xuat/", LogoutView.as_view(), name="logout"),
    path("suc-khoe", home.health, name="health"),
    path("", home.home, name="home"),
    path("cong-viec/<int:pk>/", jobs.one, name="job"),
    path("cong-viec/<int:pk>/dung/", jobs.stop, name="stop-job"),
    path("tim/", search.page, name="search"),
    path("tim/nhanh/", search.quick, name="search-quick"),
    path("nhac-viec/", reminders.page, name="reminders"),
    path("nhac-viec/dia-chi-lich/", reminders.address, name="calendar-address"),
    path("lich-han/<str:secret>.ics", reminders.calendar, name="calendar"),
    path("chi-tieu/", indicators.dictionary, name="indicators"),
    path("chi-tieu/tu-dien/", indicators.words, name="indicator-words"),
    path("chi-tieu/<str:code>/", indicators.one, name="indicator"),
    path("chi-tieu/<str:code>/theo-doi/", indicators.watch, name="watch-indicator"),
    path("van-ban-den/", arrivals.listing, name="arrivals"),
    path("van-ban-den/giay/", arrivals.paper, name="arrival-on-paper"),
    path("van-ban-den/doc/", arrivals.read_again, name="read-arrivals"),
    path("van-ban-den/<int:pk>/", arrivals.one, name="arrival"),
    path("van-ban-den/<int:pk>/bo/", arrivals.dropped, name="drop-arrival"),
    path("van-ban-den/<int:pk>/tep/", arrivals.waiting_file, name="arrival-file"),
    path("tep/<int:pk>/", arrivals.attachment, name="attachment"),
    path("so-van-ban/in/<slug:code>/", books.printed, name="book-print"),
    path("so-van-ban/day-so/", books.series, name="number-series"),
    path("so-van-ban/day-so/<int:pk>/", books.one_series, name="one-series"),
    path("so-van-ban/so/<int:pk>/bo/", books.void_number, name="void-number"),
    path("so-van-ban/het-hieu-luc/", books.outdated, name="outdated"),
    path("so-van-ban/vien-dan-cho/", books.waiting, name="waiting-citations"),
    path("so-van-ban/vien-dan-cho/<int:pk>/bo/", documents.dismiss, name="dismiss-citation"),
    path("so-van-ban/nhiem-vu/<int:pk>/", documents.task, name="found-task"),
    path("so-van-ban/co-quan/", books.issuers, name="issuers"),
    path("so-van-ban/so-do/<int:pk>/", documents.graph, name="document-graph"),
    path("so-van-ban/<slug:code>/", books.shelf, name="books"),
    path("van-ban/<path:reference>/", documents.one, name="document"),
    path("so/<str:folder>/<str:model>/", registers.listing, name="register"),
    path("so/<str:folder>/<str:model>/<int:pk>/", registers.record, name="record"),
    path("so/<str:folder>/<str:model>/<int:pk>/xac-nhan/", registers.confirm, name="confirm-record"),
    path("so/<str:folder>/<str:model>/<int:pk>/buoc/<str:move>/", registers.move, name="move-record"),
    path("bao-cao/", reports.listing, name="reports"),
    path("bao-cao/<int:pk>/", reports.workbench, name="report"),
    path("bao-cao/<int:pk>/kiem-tra/", reports.asked_before, name="findings"),
    path("bao-cao/<int:pk>/can-cu/", reports.ground, name="ground"),
    path("bao-cao/<int:pk>/tep/<str:name>", reports.download, name="report-file"),
    path("bao-cao/<int:pk>/muc/<int:section>/duyet/", reports.confirm_section, name="confirm-section"),
]
