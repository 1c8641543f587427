"""Who may make the medical assessment: a doctor or other licensed staff (HSL 9:1, HSF 6:1 p. 2).

The licensed professions are those of patientsäkerhetslagen (2010:659) 4 kap. Certainty: medium, for the
list was not read in the statute. Undersköterska is a protected title, not a licence.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from samverka.kernel.text import Text
from samverka.kernel.text import text as _


class Profession(StrEnum):
    """What the one who met the person is."""

    PHARMACIST = "pharmacist"
    OCCUPATIONAL_THERAPIST = "occupational-therapist"
    AUDIOLOGIST = "audiologist"
    MIDWIFE = "midwife"
    BIOMEDICAL_SCIENTIST = "biomedical-scientist"
    DIETITIAN = "dietitian"
    PHYSIOTHERAPIST = "physiotherapist"
    COUNSELLOR = "counsellor"
    CHIROPRACTOR = "chiropractor"
    SPEECH_THERAPIST = "speech-therapist"
    DOCTOR = "doctor"
    NAPRAPATH = "naprapath"
    OPTICIAN = "optician"
    ORTHOPAEDIC_ENGINEER = "orthopaedic-engineer"
    PSYCHOLOGIST = "psychologist"
    PSYCHOTHERAPIST = "psychotherapist"
    DISPENSER = "dispenser"
    RADIOGRAPHER = "radiographer"
    HOSPITAL_PHYSICIST = "hospital-physicist"
    NURSE = "nurse"
    DENTAL_HYGIENIST = "dental-hygienist"
    DENTIST = "dentist"
    ASSISTANT_NURSE = "assistant-nurse"
    SECRETARY = "secretary"
    OTHER = "other"


PROFESSION_WORDS: dict[Profession, Text] = {
    Profession.DOCTOR: _("Läkare"),
    Profession.NURSE: _("Sjuksköterska"),
    Profession.PHYSIOTHERAPIST: _("Fysioterapeut"),
    Profession.OCCUPATIONAL_THERAPIST: _("Arbetsterapeut"),
    Profession.PSYCHOLOGIST: _("Psykolog"),
    Profession.COUNSELLOR: _("Hälso- och sjukvårdskurator"),
    Profession.MIDWIFE: _("Barnmorska"),
    Profession.DIETITIAN: _("Dietist"),
    Profession.SPEECH_THERAPIST: _("Logoped"),
    Profession.AUDIOLOGIST: _("Audionom"),
    Profession.PSYCHOTHERAPIST: _("Psykoterapeut"),
    Profession.CHIROPRACTOR: _("Kiropraktor"),
    Profession.NAPRAPATH: _("Naprapat"),
    Profession.OPTICIAN: _("Optiker"),
    Profession.PHARMACIST: _("Apotekare"),
    Profession.DISPENSER: _("Receptarie"),
    Profession.BIOMEDICAL_SCIENTIST: _("Biomedicinsk analytiker"),
    Profession.RADIOGRAPHER: _("Röntgensjuksköterska"),
    Profession.HOSPITAL_PHYSICIST: _("Sjukhusfysiker"),
    Profession.ORTHOPAEDIC_ENGINEER: _("Ortopedingenjör"),
    Profession.DENTIST: _("Tandläkare"),
    Profession.DENTAL_HYGIENIST: _("Tandhygienist"),
    Profession.ASSISTANT_NURSE: _("Undersköterska"),
    Profession.SECRETARY: _("Medicinsk sekreterare"),
    Profession.OTHER: _("Annat yrke"),
}

UNLICENSED = frozenset({Profession.ASSISTANT_NURSE, Profession.SECRETARY, Profession.OTHER})

LICENSED_SINCE: dict[Profession, date] = {Profession.COUNSELLOR: date(2019, 7, 1)}
"""Professions that have got their licence while the guarantee has been in force."""


def is_licensed(profession: Profession, on: date) -> bool:
    """Whether the profession was a licensed one on a day."""
    return profession not in UNLICENSED and on >= LICENSED_SINCE.get(profession, date.min)
