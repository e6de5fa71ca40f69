from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Nhiệm vụ khoa học và công nghệ"), order=30, unit="QLKH")
