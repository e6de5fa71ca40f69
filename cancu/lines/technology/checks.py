"""What must hold between the figures of technology management."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check

from .indicators import Appraisals, Opinions, ProjectsAppraised

projects_within_dossiers: Check = AtMost(
    ProjectsAppraised,
    Appraisals + Opinions,
    say=_("Số dự án không thể nhiều hơn số hồ sơ thẩm định cộng văn bản cho ý kiến."),
)
