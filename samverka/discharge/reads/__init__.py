"""Every read of the room, through the gate."""

from samverka.discharge.reads.cases import case
from samverka.discharge.reads.values import CaseDetail, CaseUnitDetail, CopyDetail, MessageDetail

__all__ = ["CaseDetail", "CaseUnitDetail", "CopyDetail", "MessageDetail", "case"]
