"""A county on paper: units, a table of where messages go, and whom it is asked about."""

from __future__ import annotations

from uuid import UUID, uuid5

from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.routing import (
    Need,
    RouteFacts,
    RouteUnit,
    Table,
    Whom,
    route,
)

SPACE = UUID("6a1d6e0f-55a3-4c57-8a2f-1d3a8f0a7b11")
ARE, BERG, KROKOM, SUNDSVALL, STOCKHOLM = "2321", "2326", "2309", "2281", "0180"
HEALTH, SOCIAL, OPEN = Part.MUNICIPAL_HEALTH, Part.SOCIAL, Part.OPEN_CARE


def uid(name: str) -> UUID:
    return uuid5(SPACE, name)


def unit(name: str, code: str = ARE, **more: object) -> RouteUnit:
    given = {"municipal": True} | more
    return RouteUnit(uid(name), name, code, **given)  # type: ignore[arg-type]


UNITS = {
    one.id: one
    for one in (
        unit("Hemsjukvården Åre"),
        unit("Hemsjukvården Duved"),
        unit("Hemsjukvården Berg", BERG),
        unit("Biståndsenheten Åre"),
        unit("Barn och familj Åre", families=True),
        unit("LSS Åre"),
        unit("IFO Åre"),
        unit("Boendestödet Åre"),
        unit("Äldreteamet Åre"),
        unit("Åre hälsocentral", municipal=False),
        unit("Järpens hälsocentral", municipal=False),
        unit(
            "Hallens hälsocentral",
            municipal=False,
            closed=True,
            successor=uid("Järpens hälsocentral"),
        ),
        unit("Gamla hemsjukvården", closed=True),
        unit("Närvård Östersund", "2380", municipal=False),
        unit("Vårdsamordningen", "2380", municipal=False),
    )
}


def line(part: Part, name: str, code: str = ARE, **more: object) -> RouteFacts:
    return RouteFacts(part, uid(name), code, **more)  # type: ignore[arg-type]


LINES = (
    line(HEALTH, "Hemsjukvården Åre"),
    line(HEALTH, "Hemsjukvården Duved", area="duved"),
    line(HEALTH, "Hemsjukvården Berg", BERG),
    line(HEALTH, "Vårdsamordningen", SUNDSVALL, reach="Växeln 060-555 00 00, biståndsjouren"),
    line(SOCIAL, "Biståndsenheten Åre"),
    line(SOCIAL, "Barn och familj Åre", under=18),
    line(SOCIAL, "LSS Åre", need=Need.LSS),
    line(SOCIAL, "IFO Åre", need=Need.IFO),
    line(SOCIAL, "Boendestödet Åre", psychiatric=True),
    line(SOCIAL, "Äldreteamet Åre", from_age=80),
    line(OPEN, "Åre hälsocentral"),
    line(OPEN, "Järpens hälsocentral", area="järpen"),
    line(OPEN, "Närvård Östersund", ""),
    line(HEALTH, "Vårdsamordningen", ""),
    line(SOCIAL, "Vårdsamordningen", ""),
)
PLACES = {ARE: "Åre kommun", BERG: "Bergs kommun", KROKOM: "Krokoms kommun"}
TABLE = Table("23", LINES, UNITS, PLACES)


def whom(code: str = ARE, **more: object) -> Whom:
    return Whom(code, **({"age": 70} | more))  # type: ignore[arg-type]


def names(part: Part, who: Whom, table: Table = TABLE) -> list[str]:
    found = route(part, table, who)
    return [table.units[one.unit_id].name if one.unit_id else "ingen" for one in found]


def words(part: Part, who: Whom, table: Table = TABLE) -> str:
    return " ".join(text for one in route(part, table, who) for text in one.why)
