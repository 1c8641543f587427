"""The facts, their columns and their codes in the words of the pages. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from samverka.kernel.text import Text
from samverka.kernel.text import text as _

FACT_WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "person_month": _("Invånare, månad för månad"),
        "stay": _("Vårdtillfällen på sjukhus"),
        "contact": _("Besök och kontakter"),
        "call": _("Samtal till hälsocentral"),
        "discharge": _("Utskrivningar"),
        "discharge_step": _("Steg i utskrivningen"),
        "plan": _("Planer"),
        "goal": _("Mål i planer"),
        "activity": _("Insatser i planer"),
        "fixed_contact": _("Fasta kontakter"),
        "assessment": _("Bedömningar"),
        "drug": _("Läkemedel"),
        "measurement": _("Mätvärden"),
        "visit": _("Hembesök"),
        "notice": _("Uppgifter och meddelanden"),
        "wait": _("Väntan enligt vårdgarantin"),
    }
)
"""Fact → what a page calls it."""

COLUMN_WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "municipality": _("Kommun (kod)"),
        "sex": _("Kön"),
        "age": _("Ålder"),
        "unit": _("Enhet (HSA-id)"),
        "side": _("Enhetens huvudman"),
        "source": _("Källsystem"),
        "point": _("Dagen som räknas"),
        "month": _("Månad"),
        "listed_unit": _("Listad på (HSA-id)"),
        "home_care": _("Hade hemtjänst"),
        "home_nursing": _("Hade hemsjukvård"),
        "care_home": _("Bodde på särskilt boende"),
        "groups": _("Målgrupper"),
        "admitted_on": _("Inskriven"),
        "discharged_on": _("Utskriven"),
        "planned": _("Planerat"),
        "diagnosis": _("Huvuddiagnos (ICD-10-SE)"),
        "cause": _("Yttre orsak (ICD-10-SE)"),
        "discharged_to": _("Utskriven till"),
        "somatic": _("Somatisk vård"),
        "happened_on": _("Dagen för kontakten"),
        "level": _("Vårdnivå"),
        "way": _("Sätt"),
        "profession": _("Yrke"),
        "carer_key": _("Vem i personalen"),
        "licensed": _("Legitimerad personal"),
        "new_problem": _("Nytt eller försämrat problem"),
        "decided_on": _("Beslut om bedömning"),
        "chose_longer": _("Valde att vänta längre"),
        "mobile": _("Mobilt team"),
        "called_on": _("Ringde"),
        "discharge.called_on": _("Kallad till planering"),
        "answered_on": _("Fick svar"),
        "call_back": _("Enheten ringer upp"),
        "needs_judged_on": _("Behov bedömda"),
        "notice_on": _("Inskrivningsmeddelande skickat"),
        "notice_received_on": _("Inskrivningsmeddelande mottaget"),
        "planned_on": _("Planering klar"),
        "ready_on": _("Utskrivningsklar"),
        "first_contact_on": _("Första kontakten hemma"),
        "sip_needed": _("Behöver samordnad plan"),
        "track": _("Spår"),
        "psychiatric": _("Psykiatrisk vård"),
        "days_before_liable": _("Dagar innan kommunen betalar"),
        "liable_days": _("Dagar som kommunen betalar"),
        "step": _("Steg"),
        "owner_side": _("Vem som har ansvaret"),
        "owed_on": _("Skulle göras från"),
        "owed_from": _("Skulle göras från (klockslag)"),
        "due_at": _("Senast klart (klockslag)"),
        "done_at": _("Gjort (klockslag)"),
        "plan_kind": _("Sorts plan"),
        "created_on": _("Påbörjad"),
        "established_on": _("Fastställd"),
        "ended_on": _("Avslutad"),
        "follow_up_on": _("Nästa uppföljning"),
        "target_group": _("Målgrupp"),
        "own_words": _("Mål med personens egna ord"),
        "region_part": _("Regionen är med"),
        "municipal_part": _("Kommunen är med"),
        "fixed_contact": _("Fast vårdkontakt är utsedd"),
        "person_took_part": _("Personen var med"),
        "set_on": _("Skrivet"),
        "reach_by": _("Ska nås senast"),
        "followed_up_on": _("Senast uppföljt"),
        "status": _("Status"),
        "due_on": _("Ska göras senast"),
        "done_on": _("Gjort"),
        "preventive": _("Förebyggande"),
        "rehabilitating": _("Rehabiliterande"),
        "role": _("Roll"),
        "since": _("Börjar gälla"),
        "until": _("Slutar gälla"),
        "accepted": _("Tackade ja"),
        "assessed_on": _("Bedömd"),
        "instrument": _("Instrument (kod)"),
        "area": _("Område"),
        "score": _("Poäng"),
        "at_risk": _("Risk bedömd"),
        "measure_on": _("Första åtgärden"),
        "atc": _("Läkemedel (ATC)"),
        "as_needed": _("Vid behov"),
        "code": _("Kod (LOINC)"),
        "measured_on": _("Mätt"),
        "value": _("Värde"),
        "value_unit": _("Måttenhet"),
        "at_home": _("Mätt hemma"),
        "outside": _("Utanför gränserna"),
        "visited_on": _("Dagen för besöket"),
        "starts_at": _("Började (klockslag)"),
        "ends_at": _("Slutade (klockslag)"),
        "visit_kind": _("Sorts besök"),
        "notice_kind": _("Sorts uppgift"),
        "sent_on": _("Skickad"),
        "sent_at": _("Skickad (klockslag)"),
        "opened_at": _("Öppnad (klockslag)"),
        "escalations": _("Gånger den gått vidare uppåt"),
        "part": _("Del av vårdgarantin"),
        "starts_on": _("Börjar räknas"),
        "ending": _("Hur väntan slutade"),
        "limit_days": _("Dagar enligt garantin"),
        "paused_days": _("Dagar som räknas av"),
        "breached": _("Gränsen passerad"),
    }
)
"""Column, or fact and column where the same name means two things → what a page calls it."""

CODE_WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "sex.female": _("Kvinna"),
        "sex.male": _("Man"),
        "side.region": _("Regionen"),
        "side.municipality": _("Kommunen"),
        "side.private": _("Privat"),
        "owner_side.region": _("Regionen"),
        "owner_side.municipality": _("Kommunen"),
        "owner_side.person": _("Personen själv"),
        "owner_side.relative": _("Anhörig"),
        "owner_side.other": _("Annan"),
        "discharged_to.home": _("Hemmet"),
        "discharged_to.care-home": _("Särskilt boende"),
        "discharged_to.hospital": _("Annat sjukhus"),
        "discharged_to.dead": _("Avliden"),
        "level.primary": _("Primärvård"),
        "level.special": _("Specialistvård"),
        "level.emergency": _("Akutvård"),
        "level.municipal": _("Kommunal vård"),
        "way.clinic": _("På mottagning"),
        "way.home": _("I hemmet"),
        "way.video": _("Video"),
        "way.phone": _("Telefon"),
        "way.letter": _("Brev"),
        "way.digital": _("Digitalt"),
        "track.green": _("Grönt"),
        "track.yellow": _("Gult"),
        "track.red": _("Rött"),
        "step.notice": _("Inskrivningsmeddelande"),
        "step.receipt": _("Kvittens"),
        "step.call": _("Kallelse"),
        "step.planning": _("Planering"),
        "step.ready": _("Utskrivningsklar"),
        "step.item": _("Punkt i listan"),
        "step.home": _("Hemgång"),
        "step.contact": _("Första kontakt"),
        "target_group.children": _("Barn och unga"),
        "target_group.mental": _("Psykisk ohälsa"),
        "target_group.addiction": _("Skadligt bruk eller beroende"),
        "target_group.elderly": _("Äldre"),
        "target_group.carers": _("Anhöriga"),
        "goal.status.open": _("Pågår"),
        "goal.status.reached": _("Nått"),
        "goal.status.partly": _("Delvis nått"),
        "goal.status.not-reached": _("Inte nått"),
        "goal.status.dropped": _("Lämnat"),
        "activity.status.planned": _("Planerad"),
        "activity.status.ongoing": _("Pågår"),
        "activity.status.done": _("Gjord"),
        "activity.status.cancelled": _("Inställd"),
        "role.care": _("Fast vårdkontakt"),
        "role.physician": _("Fast läkarkontakt"),
        "role.social": _("Fast omsorgskontakt"),
        "role.coordinator": _("Samordnare"),
        "assessment.area.fall": _("Fall"),
        "assessment.area.nutrition": _("Näring"),
        "assessment.area.skin": _("Hud"),
        "assessment.area.mouth": _("Mun"),
        "assessment.area.bladder": _("Blåsa"),
        "assessment.area.mood": _("Mående"),
        "assessment.area.function": _("Funktion"),
        "assessment.area.other": _("Annat"),
        "visit_kind.home-care": _("Hemtjänst"),
        "visit_kind.home-nursing": _("Hemsjukvård"),
        "visit_kind.mobile": _("Mobilt team"),
        "visit_kind.alarm": _("Trygghetslarm"),
        "visit_kind.meal": _("Mat"),
        "part.contact": _("Kontakt samma dag"),
        "part.assessment": _("Bedömning inom tre dagar"),
        "part.visit": _("Besök inom 90 dagar"),
        "part.treatment": _("Behandling inom 90 dagar"),
        "profession.doctor": _("Läkare"),
        "profession.nurse": _("Sjuksköterska"),
        "profession.physiotherapist": _("Fysioterapeut"),
        "profession.occupational-therapist": _("Arbetsterapeut"),
        "profession.psychologist": _("Psykolog"),
        "profession.counsellor": _("Hälso- och sjukvårdskurator"),
        "profession.social-worker": _("Socionom"),
        "profession.midwife": _("Barnmorska"),
        "profession.dietitian": _("Dietist"),
        "profession.pharmacist": _("Apotekare"),
        "profession.audiologist": _("Audionom"),
        "profession.psychotherapist": _("Psykoterapeut"),
        "profession.secretary": _("Medicinsk sekreterare"),
        "profession.other": _("Annat yrke"),
        "profession.speech-therapist": _("Logoped"),
        "profession.assistant-nurse": _("Undersköterska"),
        "plan_kind.sip": _("Samordnad individuell plan (SIP)"),
        "plan_kind.discharge": _("Plan inför hemgång"),
        "plan_kind.coercive-care": _("Plan vid tvångsvård"),
        "plan_kind.lss": _("Plan enligt LSS"),
        "plan_kind.habilitation": _("Plan för habilitering"),
        "plan_kind.rehabilitation": _("Plan för rehabilitering"),
        "plan_kind.care": _("Vårdplan"),
        "plan_kind.carer": _("Plan för anhörig"),
    }
)
"""Column and code, or fact, column and code → what a page calls the code."""


def fact_words(fact: str) -> Text | str:
    """The fact's name; its own code where it has none."""
    return FACT_WORDS.get(fact, fact)


def column_words(fact: str, column: str) -> Text | str:
    """The column's name."""
    own = f"{fact}.{column}"
    return COLUMN_WORDS[own] if own in COLUMN_WORDS else COLUMN_WORDS.get(column, column)


def code_words(fact: str, column: str, code: str) -> Text | str:
    """The code's name."""
    own = f"{fact}.{column}.{code}"
    return CODE_WORDS[own] if own in CODE_WORDS else CODE_WORDS.get(f"{column}.{code}", code)


def codes_of(fact: str, column: str) -> tuple[str, ...]:
    """The codes that a column can have, in the order of the page; none where it is no list of codes."""
    for start in (f"{fact}.{column}.", f"{column}."):
        found = tuple(key.removeprefix(start) for key in CODE_WORDS if key.startswith(start))
        if found:
            return found
    return ()
