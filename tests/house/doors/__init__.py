"""Every address of the house, and who may open it. A new address needs a line here.

PUBLIC      anyone, also without a log-in
LIBRARY     the log-in library's own: each asks for what it needs
CHOICE      a log-in, before an assignment is chosen
ANYONE      every one who is logged in: shows nothing of anyone
OFFICE      staff with a task: units, imports, the log
RECORD      staff, about one person: the gate decides
OWN         the person, about the own data
"""

from tests.house.doors.kinds import Door
from tests.house.doors.office import OFFICE
from tests.house.doors.open import ANYONE, CHOICE, LIBRARY, PUBLIC
from tests.house.doors.own import OWN
from tests.house.doors.record import RECORD

__all__ = ["ANYONE", "CHOICE", "LIBRARY", "OFFICE", "OWN", "PUBLIC", "RECORD", "Door"]
