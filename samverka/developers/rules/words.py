"""What operations and types are called in the reader's language. What is not here is told as `metadata` tells it, in English."""

from __future__ import annotations

from collections.abc import Mapping

from samverka.kernel.text import Text
from samverka.kernel.text import text as _

OPERATIONS: Mapping[str, Text] = {
    "$validate": _("allt som är fel, utan att något sparas"),
    "$everything": _("allt som läsaren får veta om en person, en sida i taget"),
    "$export": _("allt som den som frågar får läsa, som filer"),
    "$import": _("filer (NDJSON) läses in i bakgrunden"),
    "$take-in": _("det ett journalsystem berättar tas emot genast, som vid en inläsning"),
    "$patientkontrakt": _("personens egen sida som dokument"),
    "$summary": _("sammanfattning enligt International Patient Summary, med planerna"),
    "$expand": _("koderna i en kodmängd, eller de som passar ett ord"),
    "$validate-code": _("om en kod finns"),
    "$lookup": _("vad en kod heter"),
    "$populate": _("ett formulär ifyllt med det som är känt om personen"),
    "$meta": _("profiler, taggar och etiketter"),
    "$meta-add": _("sätter etiketter på det som sparas här"),
    "$meta-delete": _("tar bort etiketter"),
    "$status": _("hur en prenumeration står"),
    "$events": _("det som en prenumeration har berättat, en gång till"),
    "$get-ws-binding-token": _("ett bevis för en kanal (websocket), en halvtimme"),
    "$topics": _("det man kan prenumerera på"),
}

TYPES: Mapping[str, Text] = {
    "AuditEvent": _("rader i loggen"),
    "Location": _("var en enhet finns"),
    "PractitionerRole": _("uppdrag"),
    "Provenance": _("vem uppgifterna kommer från"),
    "Subscription": _("besked när något ändras"),
}
"""Those that no app asks for alone: the others are called as persons read them before they say yes (`connections`)."""
