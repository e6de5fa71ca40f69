"""What must hold between the figures of capacity."""

from django.utils.translation import gettext_lazy as _

from cancu.indicators import AtLeast, AtMost, Check

from .indicators import (
    Allocated,
    Courses,
    Disbursed,
    ProjectsInAll,
    ProjectsInUse,
    ProjectsPutInUse,
    ProjectsUnderWay,
    StaffTrained,
    StaffTrainedBiotech,
    StaffTrainedStartup,
    StaffTrainedTesting,
    TestersTrained,
    TrainingCertificates,
    VerifiersTrained,
)

put_in_use_within_in_use: Check = AtMost(
    ProjectsPutInUse,
    ProjectsInUse,
    say=_("Số dự án đưa vào sử dụng trong kỳ không thể nhiều hơn số dự án đã đưa vào sử dụng."),
)
stages_within_all: Check = AtLeast(
    ProjectsInAll, ProjectsUnderWay, say=_("Số dự án đang triển khai không thể nhiều hơn tổng số dự án đầu tư.")
)
people_for_each_course: Check = AtLeast(
    StaffTrained, Courses, say=_("Mỗi khóa đào tạo phải có ít nhất một lượt người.")
)
contents_within_trained: Check = AtMost(
    StaffTrainedTesting + StaffTrainedBiotech + StaffTrainedStartup,
    StaffTrained,
    say=_("Tổng lượt người theo nhóm nội dung không thể nhiều hơn tổng lượt người đào tạo."),
)
titles_within_trained: Check = AtMost(
    VerifiersTrained + TestersTrained,
    StaffTrained,
    say=_("Tổng lượt kiểm định viên và thử nghiệm viên không thể nhiều hơn tổng lượt người đào tạo."),
)
certificates_within_trained: Check = AtMost(
    TrainingCertificates, StaffTrained, say=_("Số chứng chỉ không thể nhiều hơn số lượt người đào tạo.")
)
disbursed_within_allocated: Check = AtMost(
    Disbursed,
    Allocated,
    say=_("Vốn giải ngân trong kỳ nhiều hơn vốn giao trong kỳ; kiểm tra vốn chuyển nguồn từ năm trước."),
    severity="warning",
)
