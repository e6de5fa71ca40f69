from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Chuyển giao, quy trình công nghệ, tập huấn"), order=35, unit="TTNC")
