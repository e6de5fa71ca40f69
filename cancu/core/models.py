"""All tables of the core, gathered for Django."""

from .attachments import Attachment
from .codes import Code
from .jobs import Job
from .numbering import IssuedNumber, NumberSeries
from .parties import Party
from .people import Membership, User
from .places import Place
from .reading import Reading
from .reminders import Notice, Said
from .restdays import MovedDeadline, RestDay
from .sheets.models import Sheet
from .units import Unit, UnitName

__all__ = [
    "Attachment",
    "Code",
    "IssuedNumber",
    "Job",
    "Membership",
    "MovedDeadline",
    "Notice",
    "NumberSeries",
    "Party",
    "Place",
    "Reading",
    "RestDay",
    "Said",
    "Sheet",
    "Unit",
    "UnitName",
    "User",
]
