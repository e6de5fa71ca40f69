from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Sở hữu trí tuệ"), order=50, unit="QLCN", public=True)
