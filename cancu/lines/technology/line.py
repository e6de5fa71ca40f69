from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Công nghệ và thị trường công nghệ"), order=40, unit="QLCN")
