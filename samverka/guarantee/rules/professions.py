"""Who may make the medical assessment: a doctor or other licensed staff (HSL 9:1, HSF 6:1 p. 2).

The licensed professions are those of patientsäkerhetslagen (2010:659) 4 kap. Certainty: medium, for the
list was not read in the statute. Undersköterska is a protected title, not a licence.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum


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


UNLICENSED = frozenset({Profession.ASSISTANT_NURSE, Profession.SECRETARY, Profession.OTHER})

LICENSED_SINCE: dict[Profession, date] = {Profession.COUNSELLOR: date(2019, 7, 1)}
"""Professions that have got their licence while the guarantee has been in force."""


def is_licensed(profession: Profession, on: date) -> bool:
    """Whether the profession was a licensed one on a day."""
    return profession not in UNLICENSED and on >= LICENSED_SINCE.get(profession, date.min)
