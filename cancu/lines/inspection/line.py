from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Thanh tra, tiếp công dân"), order=90, unit="TTR")
