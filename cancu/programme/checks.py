"""What must hold between the figures of the programme."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check

from .indicators import DraftsOpen, Tasks, TasksDone

done_within_tasks: Check = AtMost(
    TasksDone, Tasks, say=_("Nhiệm vụ hoàn thành không thể nhiều hơn nhiệm vụ của chương trình.")
)
drafts_within_tasks: Check = AtMost(
    DraftsOpen, Tasks, say=_("Dự thảo đang soạn không thể nhiều hơn nhiệm vụ của chương trình.")
)
