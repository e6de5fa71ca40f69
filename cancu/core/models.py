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
from .units import Unit, UnitName

__all__ = ["Attachment", "Code", "IssuedNumber", "Job", "Membership", "Notice", "NumberSeries", "Party", "Place", "Reading", "Said", "Unit", "UnitName", "User"]
