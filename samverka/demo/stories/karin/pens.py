"""Who writes in Karin's plan, and what her plan and meetings are called in the script."""

from __future__ import annotations

from samverka.demo import script as s

SIP = "karin-sip"
MEETING, NEXT = "karin-mote", "karin-nasta-mote"

MARIA = s.Pen("maria.sjolund", SIP)
LOVISA = s.Pen("lovisa.engman", SIP)
KATARINA = s.Pen("katarina.wall", SIP)
ASA = s.Pen("asa.nordqvist", SIP)
