from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Truy xuất nguồn gốc"), order=85, unit="CCTDC", public=True)
