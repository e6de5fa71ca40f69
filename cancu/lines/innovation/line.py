from django.utils.translation import gettext_lazy as _

from cancu.core.line import Line

line = Line(name=_("Đổi mới sáng tạo, khởi nghiệp"), order=70, unit="QLCN")
