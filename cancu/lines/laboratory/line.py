from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Kiểm định, hiệu chuẩn, thử nghiệm"), order=110, unit="TTKT")
