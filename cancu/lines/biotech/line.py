from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Công nghệ sinh học, chế phẩm vi sinh"), order=20, unit="TTNC")
