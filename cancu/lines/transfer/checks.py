"""What must hold between the figures of processes, classes and contracts."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtMost, Check, Same

from .indicators import (
    Classes,
    ClassesAgriculture,
    ClassesAgricultureCentre,
    ClassesAquaculture,
    ClassesFeed,
    ClassesWaste,
    ContractReceivers,
    Contracts,
    Learners,
    LearnersMinority,
    ProcessesNew,
)

# The sample report of 2024 writes 30 in I.3 and 29 in I.11: two scopes, which the text must name.
classes_of_two_scopes: Check = Same(
    ClassesAgriculture,
    ClassesAgricultureCentre,
    say=_(
        "Hai số lớp tập huấn nông nghiệp khác phạm vi: một số của mọi đơn vị thuộc Sở, một số riêng Trung tâm; câu văn phải nêu rõ phạm vi."
    ),
)
centre_within_all: Check = AtMost(
    ClassesAgricultureCentre, ClassesAgriculture, say=_("Lớp của Trung tâm không thể nhiều hơn lớp của mọi đơn vị.")
)
agriculture_within_all: Check = AtMost(
    ClassesAgriculture, Classes, say=_("Lớp theo một chủ đề không thể nhiều hơn tổng số lớp.")
)
aquaculture_within_all: Check = AtMost(
    ClassesAquaculture, Classes, say=_("Lớp theo một chủ đề không thể nhiều hơn tổng số lớp.")
)
waste_within_all: Check = AtMost(ClassesWaste, Classes, say=_("Lớp theo một chủ đề không thể nhiều hơn tổng số lớp."))
feed_within_all: Check = AtMost(ClassesFeed, Classes, say=_("Lớp theo một chủ đề không thể nhiều hơn tổng số lớp."))
minority_within_all: Check = AtMost(
    LearnersMinority, Learners, say=_("Học viên dân tộc thiểu số không thể nhiều hơn tổng số học viên.")
)
receivers_within_contracts: Check = AtMost(
    ContractReceivers, Contracts, say=_("Số bên nhận không thể nhiều hơn số hợp đồng.")
)
new_within_ready: Check = AtMost(
    ProcessesNew,
    "transfer.processes",
    say=_("Quy trình công bố mới không thể nhiều hơn số quy trình sẵn sàng."),
    severity="warning",
)
