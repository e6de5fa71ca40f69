from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Tiêu chuẩn, đo lường, chất lượng"), order=80, unit="CCTDC")
