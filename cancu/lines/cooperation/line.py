from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Hợp tác quốc tế"), order=100, unit="VP")
