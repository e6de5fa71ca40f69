from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Tiềm lực khoa học và công nghệ"), order=130, unit="KHTC")
