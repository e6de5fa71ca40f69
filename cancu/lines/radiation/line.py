from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("An toàn bức xạ"), order=60, unit="QLCN")
