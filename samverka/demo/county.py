"""The region, its eight municipalities, their care providers and units, in their real towns.

Names of towns, postal towns and health centres are real and public. Which units a place has, what
they are called and everything told of them is invented. HSA-ids are well-formed and fictitious
(`…-DEMO…`). Municipality codes: SCB. Organisation numbers: Statistiska centralbyrån's register of
authorities; region 232100-0214.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from samverka.demo.phones import landline
from samverka.demo.script import Principal, Provider, Unit
from samverka.kernel.actor import Branch, Side
from samverka.organisations.rules import OrganisationKind, UnitKind

REGION = Principal(
    "region", "Region Jämtland Härjedalen", "23", Side.REGION, "232100-0214", "Östersund"
)


NATION = Principal("nation", "Nationell samordning", "00", Side.PRIVATE, "202199-9996", "Östersund")
"""Who asks all regions how far they have come. Neither the organisation nor its number exists."""

KINDS = {
    Side.REGION: OrganisationKind.REGION,
    Side.MUNICIPALITY: OrganisationKind.MUNICIPALITY,
    Side.PRIVATE: OrganisationKind.OTHER,
}


def _municipality(key: str, name: str, code: str, number: str, seat: str) -> Principal:
    return Principal(key, name, code, Side.MUNICIPALITY, number, seat)


MUNICIPALITIES: tuple[Principal, ...] = (
    _municipality("ragunda", "Ragunda kommun", "2303", "212000-2452", "Hammarstrand"),
    _municipality("bracke", "Bräcke kommun", "2305", "212000-2460", "Bräcke"),
    _municipality("krokom", "Krokoms kommun", "2309", "212000-2478", "Krokom"),
    _municipality("stromsund", "Strömsunds kommun", "2313", "212000-2486", "Strömsund"),
    _municipality("are", "Åre kommun", "2321", "212000-2494", "Järpen"),
    _municipality("berg", "Bergs kommun", "2326", "212000-2502", "Svenstavik"),
    _municipality("harjedalen", "Härjedalens kommun", "2361", "212000-2510", "Sveg"),
    _municipality("ostersund", "Östersunds kommun", "2380", "212000-2528", "Östersund"),
)

PRINCIPALS: tuple[Principal, ...] = (REGION, *MUNICIPALITIES, NATION)


@dataclass(frozen=True, slots=True)
class Place:
    """A town or village where people live.

    Attributes:
        share: rough share of the municipality's people, for the synthetic population (sums to 100).
        centre: unit key of the health centre where most there are listed.
    """

    name: str
    municipality: str
    postcode: str
    share: int
    centre: str


PLACES: tuple[Place, ...] = (
    Place("Hammarstrand", "ragunda", "844 31", 44, "hc-hammarstrand"),
    Place("Stugun", "ragunda", "844 51", 32, "hc-stugun"),
    Place("Bispgården", "ragunda", "844 41", 24, "hc-hammarstrand"),
    Place("Bräcke", "bracke", "843 31", 46, "hc-bracke"),
    Place("Gällö", "bracke", "843 41", 26, "hc-bracke"),
    Place("Kälarne", "bracke", "844 61", 20, "hc-bracke"),
    Place("Pilgrimstad", "bracke", "843 97", 8, "hc-bracke"),
    Place("Krokom", "krokom", "835 31", 36, "hc-krokom"),
    Place("Ås", "krokom", "836 94", 22, "hc-krokom"),
    Place("Nälden", "krokom", "835 40", 14, "hc-krokom"),
    Place("Föllinge", "krokom", "835 61", 12, "hc-follinge"),
    Place("Offerdal", "krokom", "835 97", 16, "hc-offerdal"),
    Place("Strömsund", "stromsund", "833 35", 46, "hc-stromsund"),
    Place("Hammerdal", "stromsund", "833 41", 22, "hc-hammerdal"),
    Place("Hoting", "stromsund", "833 51", 14, "hc-hoting"),
    Place("Backe", "stromsund", "883 72", 11, "hc-backe"),
    Place("Gäddede", "stromsund", "833 61", 7, "hc-gaddede"),
    Place("Järpen", "are", "837 31", 34, "hc-jarpen"),
    Place("Åre", "are", "837 52", 28, "hc-are"),
    Place("Mörsil", "are", "837 41", 16, "hc-jarpen"),
    Place("Undersåker", "are", "837 96", 12, "hc-jarpen"),
    Place("Hallen", "are", "845 91", 10, "hc-hallen"),
    Place("Svenstavik", "berg", "845 61", 40, "hc-svenstavik"),
    Place("Hackås", "berg", "845 94", 22, "hc-svenstavik"),
    Place("Åsarna", "berg", "845 51", 16, "hc-svenstavik"),
    Place("Klövsjö", "berg", "845 97", 14, "hc-svenstavik"),
    Place("Ljungdalen", "berg", "845 99", 8, "hc-svenstavik"),
    Place("Sveg", "harjedalen", "842 32", 42, "hc-sveg"),
    Place("Hede", "harjedalen", "846 31", 22, "hc-hede"),
    Place("Funäsdalen", "harjedalen", "846 72", 24, "hc-funasdalen"),
    Place("Vemdalen", "harjedalen", "846 71", 12, "hc-hede"),
    Place("Östersund", "ostersund", "831 41", 58, "hc-odensala"),
    Place("Frösön", "ostersund", "832 41", 20, "hc-froson"),
    Place("Brunflo", "ostersund", "834 31", 14, "hc-brunflo"),
    Place("Lit", "ostersund", "836 31", 8, "hc-lugnvik"),
)

CITY_CENTRES = ("hc-odensala", "hc-torvalla", "hc-lugnvik", "hc-z-grand")
"""In the town of Östersund people choose between these."""

_HOSPITAL = (
    ("medicin", "Medicinavdelningen", UnitKind.WARD),
    ("ortopedi", "Ortopedavdelningen", UnitKind.WARD),
    ("stroke", "Stroke- och neurologiavdelningen", UnitKind.WARD),
    ("geriatrik", "Geriatrik- och rehabiliteringsavdelningen", UnitKind.WARD),
    ("psykiatri-avd", "Psykiatriska vårdavdelningen", UnitKind.WARD),
    ("akuten", "Akutmottagningen", UnitKind.CLINIC),
    ("forlossning", "Förlossningen och BB", UnitKind.CLINIC),
    ("lungmottagning", "Lungmottagningen", UnitKind.CLINIC),
    ("hjartmottagning", "Hjärtsviktsmottagningen", UnitKind.CLINIC),
    ("diabetesmottagning", "Diabetesmottagningen", UnitKind.CLINIC),
    ("neurorehab", "Rehabiliteringsmottagningen", UnitKind.REHAB),
    ("minnesmottagning", "Minnesmottagningen", UnitKind.CLINIC),
    ("vuxenpsykiatri", "Vuxenpsykiatriska mottagningen", UnitKind.CLINIC),
    ("bup", "Barn- och ungdomspsykiatrin", UnitKind.CLINIC),
    ("beroende", "Beroendemottagningen", UnitKind.ADDICTION_CARE),
    ("habilitering", "Barn- och ungdomshabiliteringen", UnitKind.CLINIC),
    ("vuxenhab", "Vuxenhabiliteringen", UnitKind.CLINIC),
    ("barnmorskor", "Barnmorskemottagningen Östersund", UnitKind.CLINIC),
    ("storsjoglantan", "Storsjögläntan, palliativt team", UnitKind.MOBILE_TEAM),
    ("egenmonitorering", "Egenmonitoreringen", UnitKind.CLINIC),
    ("narvard-ostersund", "Mobila närvårdsteamet Östersund", UnitKind.MOBILE_TEAM),
    ("sakerhet", "Patientsäkerhet och informationssäkerhet", UnitKind.ADMINISTRATION),
    ("ekonomi", "Ekonomienheten", UnitKind.ADMINISTRATION),
)

_CENTRES = (
    ("hc-hammarstrand", "Hammarstrands hälsocentral", "Hammarstrand", "844 31"),
    ("hc-stugun", "Stuguns hälsocentral", "Stugun", "844 51"),
    ("hc-bracke", "Bräcke hälsocentral", "Bräcke", "843 31"),
    ("hc-krokom", "Krokoms hälsocentral", "Krokom", "835 31"),
    ("hc-follinge", "Föllinge hälsocentral", "Föllinge", "835 61"),
    ("hc-offerdal", "Offerdals hälsocentral", "Offerdal", "835 97"),
    ("hc-stromsund", "Strömsunds hälsocentral", "Strömsund", "833 35"),
    ("hc-hammerdal", "Hammerdals hälsocentral", "Hammerdal", "833 41"),
    ("hc-hoting", "Hotings hälsocentral", "Hoting", "833 51"),
    ("hc-backe", "Backe hälsocentral", "Backe", "883 72"),
    ("hc-gaddede", "Gäddede hälsocentral", "Gäddede", "833 61"),
    ("hc-jarpen", "Järpens hälsocentral", "Järpen", "837 31"),
    ("hc-are", "Åre hälsocentral", "Åre", "837 52"),
    ("hc-hallen", "Hallens hälsocentral", "Hallen", "845 91"),
    ("hc-svenstavik", "Svenstaviks hälsocentral", "Svenstavik", "845 61"),
    ("hc-sveg", "Svegs hälsocentral", "Sveg", "842 32"),
    ("hc-hede", "Hede hälsocentral", "Hede", "846 31"),
    ("hc-funasdalen", "Funäsdalens hälsocentral", "Funäsdalen", "846 72"),
    ("hc-odensala", "Odensala hälsocentral", "Östersund", "831 45"),
    ("hc-torvalla", "Torvalla hälsocentral", "Östersund", "831 72"),
    ("hc-lugnvik", "Lugnviks hälsocentral", "Östersund", "831 52"),
    ("hc-z-grand", "Z-gränds hälsocentral", "Östersund", "831 31"),
    ("hc-froson", "Frösöns hälsocentral", "Frösön", "832 41"),
    ("hc-brunflo", "Brunflo hälsocentral", "Brunflo", "834 31"),
)

_TEAMS = (
    ("narvard-krokom", "Närvårdsteamet Krokom", UnitKind.MOBILE_TEAM, "Krokom", "835 31"),
    ("narvard-berg", "Närvårdsteamet Berg", UnitKind.MOBILE_TEAM, "Svenstavik", "845 61"),
    ("psykiatri-stromsund", "Vuxenpsykiatrin Strömsund", UnitKind.CLINIC, "Strömsund", "833 35"),
)

_EXTRA: dict[str, tuple[tuple[str, str, UnitKind, str], ...]] = {
    "ostersund": (
        ("hemsjukvard-froson", "Hemsjukvården Frösön", UnitKind.HOME_HEALTH_CARE, "Frösön"),
        ("hemsjukvard-brunflo", "Hemsjukvården Brunflo", UnitKind.HOME_HEALTH_CARE, "Brunflo"),
    ),
    "krokom": (("ekonomi-krokom", "Ekonomi Krokom", UnitKind.ADMINISTRATION, "Krokom"),),
    "bracke": (
        ("lss-skogsgatan", "Gruppbostaden Skogsgatan", UnitKind.DISABILITY_SERVICES, "Bräcke"),
        ("lss-snickeriet", "Snickeriet, daglig verksamhet", UnitKind.DISABILITY_SERVICES, "Bräcke"),
    ),
    "harjedalen": (
        ("hemsjukvard-fjall", "Hemsjukvården Funäsdalen", UnitKind.HOME_HEALTH_CARE, "Funäsdalen"),
    ),
}


_HOURS = {
    UnitKind.WARD: "Dygnet runt",
    UnitKind.HOME_HEALTH_CARE: "Dygnet runt",
    UnitKind.HOME_CARE: "Alla dagar 7–22",
    UnitKind.CARE_HOME: "Dygnet runt",
    UnitKind.HEALTH_CENTRE: "Vardagar 8–17",
}


class _Numbers:
    """Telephone numbers and running numbers of HSA-ids, in the order the units are told."""

    def __init__(self) -> None:
        self.n = 0

    def unit(self, key: str, provider: Provider, name: str, kind: UnitKind, town: str,
             postcode: str) -> Unit:  # fmt: skip
        prefix = provider.hsa_id.split("-")[0]
        made = Unit(
            key,
            provider.key,
            name,
            kind,
            town,
            postcode,
            f"{prefix}-DEMOU{self.n:04d}",
            landline(self.n),
            _HOURS.get(kind, "Vardagar 8–16"),
        )
        self.n += 1
        return made


def _hsa_prefix(principal: Principal) -> str:
    return f"SE{principal.organisation_number.replace('-', '')}"


_BRANCHES = (
    ("halsa", "{name}, hälso- och sjukvård", Branch.HEALTH),
    ("omsorg", "{name}, äldre- och funktionshinderomsorg", Branch.SOCIAL),
    ("ifo", "{name}, individ- och familjeomsorg", Branch.IFO),
    ("skola", "{name}, elevhälsans medicinska insats", Branch.SCHOOL_HEALTH),
)


@cache
def providers() -> dict[str, Provider]:
    """All care providers by key: `region`, `<municipality>-halsa|-omsorg|-ifo|-skola`, and `nation`."""
    prefix = _hsa_prefix(REGION)
    found = [Provider("region", "region", REGION.name, Branch.HEALTH, f"{prefix}-DEMOV0001")]
    for principal in MUNICIPALITIES:
        for n, (suffix, name, branch) in enumerate(_BRANCHES, 1):
            hsa_id = f"{_hsa_prefix(principal)}-DEMOV{n:04d}"
            key = f"{principal.key}-{suffix}"
            found.append(
                Provider(key, principal.key, name.format(name=principal.name), branch, hsa_id)
            )
    hsa_id = f"{_hsa_prefix(NATION)}-DEMOV0001"
    found.append(Provider("nation", "nation", NATION.name, Branch.HEALTH, hsa_id))
    return {provider.key: provider for provider in found}


@cache
def units() -> dict[str, Unit]:
    """All units by key, the region's first."""
    numbers = _Numbers()
    found = [*_region_units(numbers)]
    for principal in MUNICIPALITIES:
        found += _municipal_units(principal, numbers)
    name, kind = "Nationella kansliet", UnitKind.ADMINISTRATION
    found.append(numbers.unit("kansliet", providers()["nation"], name, kind, NATION.seat, "831 30"))
    return {unit.key: unit for unit in found}


def _region_units(numbers: _Numbers) -> list[Unit]:
    region = providers()["region"]
    hospital = [
        numbers.unit(key, region, name, kind, "Östersund", "831 83")
        for key, name, kind in _HOSPITAL
    ]
    centres = [
        numbers.unit(key, region, name, UnitKind.HEALTH_CENTRE, town, postcode)
        for key, name, town, postcode in _CENTRES
    ]
    teams = [
        numbers.unit(key, region, name, kind, town, postcode)
        for key, name, kind, town, postcode in _TEAMS
    ]
    return hospital + centres + teams


def _municipal_units(principal: Principal, numbers: _Numbers) -> list[Unit]:
    """The same set in every municipality, home care in every town, and what is special here."""
    places = [place for place in PLACES if place.municipality == principal.key]
    codes = {place.name: place.postcode for place in places}
    found = []
    for key, name, kind, suffix in _common(principal):
        provider = providers()[f"{principal.key}-{suffix}"]
        town = principal.seat
        found.append(numbers.unit(key, provider, name, kind, town, codes[town]))
    omsorg = providers()[f"{principal.key}-omsorg"]
    for place in places:
        key = f"hemtjanst-{slug(place.name)}"
        name = f"Hemtjänsten {place.name}"
        found.append(
            numbers.unit(key, omsorg, name, UnitKind.HOME_CARE, place.name, place.postcode)
        )
    for key, name, kind, town in _EXTRA.get(principal.key, ()):
        suffix = "halsa" if kind is UnitKind.HOME_HEALTH_CARE else "omsorg"
        provider = providers()[f"{principal.key}-{suffix}"]
        found.append(numbers.unit(key, provider, name, kind, town, codes[town]))
    return found


def _common(principal: Principal) -> list[tuple[str, str, UnitKind, str]]:
    """What every municipality has: key, name, kind, and the branch's suffix."""
    key, name = principal.key, _short(principal)
    return [
        (f"hemsjukvard-{key}", f"Hemsjukvården {name}", UnitKind.HOME_HEALTH_CARE, "halsa"),
        (f"rehab-{key}", f"Kommunrehab {name}", UnitKind.REHAB, "halsa"),
        (f"mas-{key}", f"Medicinskt ansvar {name}", UnitKind.ADMINISTRATION, "halsa"),
        (f"bistand-{key}", f"Biståndsenheten {name}", UnitKind.NEEDS_ASSESSMENT, "omsorg"),
        (f"korttids-{key}", f"Korttidsboendet {name}", UnitKind.CARE_HOME, "omsorg"),
        (f"boende-{key}", f"Särskilda boendet {name}", UnitKind.CARE_HOME, "omsorg"),
        (f"anhorig-{key}", f"Anhörigstödet {name}", UnitKind.OTHER, "omsorg"),
        (f"boendestod-{key}", f"Boendestödet {name}", UnitKind.SOCIAL_PSYCHIATRY, "omsorg"),
        (f"ifo-vuxen-{key}", f"Socialtjänsten {name}, vuxna", UnitKind.FAMILY_SERVICES, "ifo"),
        (
            f"ifo-familj-{key}",
            f"Socialtjänsten {name}, barn och familj",
            UnitKind.FAMILY_SERVICES,
            "ifo",
        ),
        (f"elevhalsa-{key}", f"Elevhälsan {name}", UnitKind.SCHOOL_HEALTH, "skola"),
    ]


def _short(principal: Principal) -> str:
    name = principal.name.removesuffix(" kommun")
    return name.removesuffix("s") if name != principal.seat and name.endswith("s") else name


_ASCII = str.maketrans({"å": "a", "ä": "a", "ö": "o", " ": "-"})


def slug(name: str) -> str:
    """A name as part of a key: small letters without å, ä, ö."""
    return name.lower().translate(_ASCII)


def municipality_of(unit: Unit) -> Principal:
    """The municipality where a unit lies."""
    key = next(place.municipality for place in PLACES if place.name == unit.town)
    return next(one for one in MUNICIPALITIES if one.key == key)


def principal_of(unit_key: str) -> Principal:
    """The region or municipality that answers for a unit."""
    provider = providers()[units()[unit_key].provider]
    return next(one for one in PRINCIPALS if one.key == provider.principal)
