"""The table kept by the units themselves; and a ward that sends by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samverka.access.act import act
from samverka.access.actions import Action
from samverka.access.roles import Role, permissions_of
from samverka.access.rules import Protection
from samverka.discharge import operations as ops
from samverka.discharge import reads
from samverka.discharge.models import Case, Route
from samverka.discharge.reads import CaseDetail
from samverka.discharge.rules.kinds import Part
from samverka.discharge.rules.messages import MessageKind
from samverka.discharge.rules.routing import Need, RouteFacts, Whom
from samverka.kernel.actor import Actor
from samverka.kernel.problems import Conflict, Invalid, NotAllowed, NotNow
from samverka.organisations import operations as organisations
from samverka.organisations.reads import UnitDetail
from samverka.people.reads import PersonDetail
from tests.discharge.conftest import ADMITTED, admission
from tests.factories.cast import KARIN, NOW, Cast, make_person
from tests.factories.login import logged_in

OPEN, HEALTH, SOCIAL = Part.OPEN_CARE, Part.MUNICIPAL_HEALTH, Part.SOCIAL
KROKOM, ARE, STOCKHOLM = "2309", "2321", "0180"
MOST = 16
"""The door's own questions (about five) with those of the page: the case, its person, the table."""
TABLE = "/vart-meddelanden-gar/"


def keeper(actor: Actor) -> Actor:
    """The same one, with the right to keep the own organisation's units."""
    return replace(actor, permissions=actor.permissions | permissions_of([Role.ADMINISTRATOR]))


def line(cast: Cast, part: Part, unit: str, code: str = KROKOM, **more: object) -> RouteFacts:
    return RouteFacts(part, cast.units[unit].id, code, **more)  # type: ignore[arg-type]


@pytest.fixture
def table(cast: Cast) -> dict[str, UUID]:
    """Krokom's lines by Krokom, the centre's and the last resort by the region."""
    region, krokom = cast.administrator, keeper(cast.municipal_nurse)
    wanted = {
        "home_health": (krokom, line(cast, HEALTH, "home_health")),
        "assessment": (krokom, line(cast, SOCIAL, "assessment")),
        "ifo": (krokom, line(cast, SOCIAL, "ifo", under=18)),
        "centre": (region, line(cast, OPEN, "health_centre")),
    } | {
        part.value: (region, line(cast, part, "psychiatry", "")) for part in (OPEN, HEALTH, SOCIAL)
    }
    return {name: ops.keep_route(actor, line=facts).id for name, (actor, facts) in wanted.items()}


# ── who keeps what ──


def test_each_keeps_its_own(cast: Cast, table: dict[str, UUID]) -> None:
    krokom, are = keeper(cast.municipal_nurse), keeper(cast.other_municipality)
    region = cast.administrator
    for actor, facts in (
        (are, line(cast, HEALTH, "are_home_health", KROKOM)),
        (krokom, line(cast, OPEN, "health_centre")),
        (krokom, line(cast, HEALTH, "psychiatry", "")),
        (krokom, line(cast, HEALTH, "home_health", STOCKHOLM)),
        (region, line(cast, HEALTH, "home_health", KROKOM, area="Ås")),
        (krokom, line(cast, HEALTH, "are_home_health", KROKOM, area="Ås")),
    ):
        with pytest.raises(NotAllowed):
            ops.keep_route(actor, line=facts)
    with pytest.raises(NotAllowed):
        ops.keep_route(cast.municipal_nurse, line=line(cast, HEALTH, "home_health", area="Ås"))
    with pytest.raises(NotAllowed):
        ops.end_route(are, route_id=table["home_health"])
    with pytest.raises(NotAllowed):
        ops.end_route(region, route_id=table["assessment"])
    assert Route.objects.filter(until__isnull=False).count() == 0


BAD: dict[str, tuple[dict[str, object], str]] = {
    "an age that is none": ({"under": 140}, "En ålder"),
    "nobody can be both": ({"from_age": 65, "under": 18}, "Ingen kan ha fyllt"),
    "LSS is not health care": ({"need": Need.LSS}, "hör till socialtjänsten"),
    "letters for a code": ({"municipality_code": "ÅRE1"}, "fyra siffror"),
    "a county that is none": ({"municipality_code": "9900"}, "Inget län"),
    "an area of the whole county": ({"municipality_code": "", "area": "Ås"}, "hör till en kommun"),
    "too long": ({"area": "å" * 101}, "för lång"),
    "the wrong kind of unit": ({"part": SOCIAL}, "inte en sådan enhet"),
}


@pytest.mark.parametrize(("facts", "words"), BAD.values(), ids=BAD)
def test_bad_lines_are_refused_in_words(cast: Cast, facts: dict[str, object], words: str) -> None:
    given = replace(line(cast, HEALTH, "home_health"), **facts)  # type: ignore[arg-type]
    with pytest.raises(Invalid, match=words):
        ops.keep_route(keeper(cast.municipal_nurse), line=given)


def test_a_ward_receives_nothing(cast: Cast) -> None:
    with pytest.raises(Invalid, match="kan inte delta"):
        ops.keep_route(cast.administrator, line=line(cast, OPEN, "ward", KROKOM))


# ── history and conflict ──


def test_a_replaced_line_can_still_be_read(cast: Cast, table: dict[str, UUID]) -> None:
    later = cast.at(cast.administrator, days=3)
    made = ops.keep_route(later, line=line(cast, OPEN, "other_centre"), instead_of=table["centre"])
    found = reads.route_line(later, route_id=made.id)
    shown, before = found.line, found.before
    assert (shown.unit.name, shown.kept_by) == ("Järpens hälsocentral", later.name)
    assert [one.unit.name for one in before] == ["Krokoms hälsocentral"]
    assert (before[0].until, before[0].ended_by) == (later.at, later.name)


def test_the_same_again_changes_nothing(cast: Cast, table: dict[str, UUID]) -> None:
    again = ops.keep_route(
        cast.at(cast.administrator, days=1), line=line(cast, OPEN, "health_centre")
    )
    assert again.id == table["centre"]


def test_of_two_who_change_the_same_line_the_later_sees_both(
    cast: Cast, table: dict[str, UUID]
) -> None:
    first, second = cast.at(cast.administrator, hours=1), cast.at(cast.administrator, hours=2)
    ops.keep_route(first, line=line(cast, OPEN, "other_centre"), instead_of=table["centre"])
    with pytest.raises(Conflict, match="Järpens hälsocentral") as refused:
        ops.keep_route(second, line=line(cast, OPEN, "psychiatry"), instead_of=table["centre"])
    assert refused.value.mine["unit"] == "Psykiatriska mottagningen"
    assert refused.value.theirs["unit"] == "Järpens hälsocentral"


def test_an_ended_line_is_ended_once_and_the_next_takes_over(
    cast: Cast, table: dict[str, UUID]
) -> None:
    krokom = keeper(cast.municipal_nurse)
    ops.end_route(krokom, route_id=table["home_health"])
    with pytest.raises(NotNow, match="redan avslutad"):
        ops.end_route(krokom, route_id=table["home_health"])
    answers = reads.routing_table(krokom, asking=Whom(KROKOM, age=82)).answers
    (answer,) = [one for one in answers if one.part is HEALTH]
    assert (answer.unit_name, answer.fallback) == ("Psykiatriska mottagningen", True)


def test_a_new_line_instead_of_another_ends_it(cast: Cast, table: dict[str, UUID]) -> None:
    """The one who narrows a line to an area leaves none that stands for the whole."""
    ops.keep_route(
        cast.administrator,
        line=line(cast, OPEN, "health_centre", area="  Ås "),
        instead_of=table["centre"],
    )
    assert Route.objects.get(id=table["centre"]).until is not None
    assert Route.objects.get(area="ås", until__isnull=True).part == OPEN


# ── what the table says ──


def test_the_table_shows_what_is_missing(cast: Cast, table: dict[str, UUID]) -> None:
    found = reads.routing_table(cast.region_nurse)
    assert not found.lacking
    places = {one.code: one for one in found.places}
    assert [one.code for one in found.places] == [KROKOM]
    assert places[KROKOM].missing == 0
    krokom = keeper(cast.municipal_nurse)
    ops.end_route(krokom, route_id=table["assessment"])
    shown = reads.routing_table(cast.region_nurse).places[0]
    words = [str(gap.words) for part in shown.parts for gap in part.gaps]
    assert words == [
        "Ingen tar emot för socialtjänst för vuxna.",
        "Ingen tar emot för stöd enligt LSS.",
        "Ingen tar emot för individ- och familjeomsorg.",
        "Ingen tar emot för socialtjänst vid psykisk ohälsa.",
    ]


def test_a_county_without_last_resort_is_warned(cast: Cast) -> None:
    assert reads.routing_table(cast.region_nurse).lacking == (OPEN, HEALTH, SOCIAL)


# ── a ward that sends ──


def proposed(cast: Cast, case: CaseDetail) -> dict[str, str]:
    _view, found = reads.case_and_receivers(
        cast.ward_nurse, case_id=case.id, kind=MessageKind.ADMISSION
    )
    return {one.unit.name: " ".join(one.why) for one in found.proposed if one.chosen}


def admit(cast: Cast, person: PersonDetail, **facts: object) -> CaseDetail:
    given = ops.AdmissionFacts(admitted_at=ADMITTED, **facts)  # type: ignore[arg-type]
    return ops.open_case(cast.ward_nurse, person_id=person.id, facts=given)


@pytest.mark.usefixtures("table")
def test_the_ward_is_shown_whom_to_tell_and_why(cast: Cast, case: CaseDetail) -> None:
    found = proposed(cast, case)
    assert set(found) == {
        "Krokoms hälsocentral", "Krokoms hemsjukvård", "Krokoms biståndshandläggning"
    }  # fmt: skip
    assert "därför att den tar emot för kommunen med kod 2309" in found["Krokoms hemsjukvård"]


@pytest.mark.usefixtures("table")
def test_one_who_is_placed_goes_to_the_municipality_that_decided(
    cast: Cast, karin: PersonDetail
) -> None:
    ops.keep_route(keeper(cast.other_municipality), line=line(cast, HEALTH, "are_home_health", ARE))
    found = proposed(cast, admit(cast, karin, deciding_code=ARE))
    assert "som har beslutat var personen bor" in found["Åre hemsjukvård"]
    assert "Krokoms hemsjukvård" not in found


@pytest.mark.usefixtures("table")
def test_a_child_goes_to_family_services(cast: Cast) -> None:
    child = make_person(
        cast.region_nurse, replace(KARIN, given_name="Alva", birth_date=date(2017, 5, 2))
    )
    assert "Krokoms vuxenenhet" in proposed(cast, admit(cast, child))


@pytest.mark.usefixtures("table")
def test_one_from_another_county_goes_to_the_last_resort(cast: Cast) -> None:
    visitor = make_person(
        cast.region_nurse, replace(KARIN, municipality_code=STOCKHOLM, county_code="01")
    )
    found = proposed(cast, admit(cast, visitor))
    assert set(found) == {"Psykiatriska mottagningen"}
    assert "kommunen med kod 0180 i Stockholms län" in found["Psykiatriska mottagningen"]
    for part in ("regionens öppenvård", "kommunens hälso- och sjukvård", "socialtjänst"):
        assert f"länets reserv för {part}" in found["Psykiatriska mottagningen"]


@pytest.mark.usefixtures("table")
def test_protected_registration_tells_nothing_of_where(cast: Cast) -> None:
    hidden = make_person(cast.region_nurse, replace(KARIN, protection=Protection.PROTECTED))
    case = admit(cast, hidden)
    assert set(proposed(cast, case)) == {"Psykiatriska mottagningen"}
    with pytest.raises(Invalid, match="Personen har skyddade uppgifter"):
        admission(cast, case, "psychiatry")
    _view, shown = reads.case_and_receivers(
        cast.ward_nurse, case_id=case.id, kind=MessageKind.ADMISSION
    )
    assert not shown.near
    assert "Krokom" not in " ".join(words for one in shown.proposed for words in one.why)
    told = send(cast, case, [cast.units["psychiatry"]], {one.key for one in shown.doubts})
    assert told.messages[0].copies[0].unit_name == "Psykiatriska mottagningen"


def send(cast: Cast, case: CaseDetail, units: list[UnitDetail], checked: set[str]) -> CaseDetail:
    letter = ops.Letter(
        body={"estimated_at": (NOW + timedelta(days=3)).date().isoformat()},
        units=tuple(one.id for one in units),
        checked=frozenset(checked),
    )
    return ops.send_message(
        cast.ward_nurse, case_id=case.id, kind=MessageKind.ADMISSION, letter=letter
    )


def test_a_unit_of_another_municipality_is_ticked_past(cast: Cast, case: CaseDetail) -> None:
    units = [cast.units["health_centre"], cast.units["are_home_health"]]
    with pytest.raises(Invalid, match="Åre hemsjukvård hör till en annan kommun") as refused:
        send(cast, case, units, set())
    assert refused.value.where == "checked"
    key = f"other-municipality:{cast.units['are_home_health'].id}"
    assert send(cast, case, units, {key}).messages


def test_one_that_sent_it_back_is_asked_about(cast: Cast, told: CaseDetail) -> None:
    actor = cast.at(cast.needs_assessor, minutes=5)
    copies = reads.case(actor, case_id=told.id).messages[0].copies
    ops.return_copy(actor, copy_id=copies[0].id, reason="Hör till Åre")
    with pytest.raises(Invalid, match="var fel hos Krokoms biståndshandläggning den 2026-11-20"):
        send(cast, told, [cast.units["assessment"]], set())


def test_those_who_take_part_are_not_asked_about_again(cast: Cast, told: CaseDetail) -> None:
    assert len(send(cast, told, [cast.units["health_centre"]], set()).messages) == 2


def test_a_closed_unit_gets_nothing_and_its_successor_is_proposed(
    cast: Cast, table: dict[str, UUID], case: CaseDetail
) -> None:
    organisations.close_unit(
        cast.administrator,
        unit_id=cast.units["health_centre"].id,
        successor_id=cast.units["other_centre"].id,
    )
    found = proposed(cast, case)
    assert (
        "Krokoms hälsocentral är stängd. Järpens hälsocentral har tagit över."
        in found["Järpens hälsocentral"]
    )
    with pytest.raises(Invalid, match="Krokoms hälsocentral är stängd"):
        send(cast, case, [cast.units["health_centre"]], set())


def test_a_needed_part_that_nobody_takes_is_refused_in_words(cast: Cast, case: CaseDetail) -> None:
    with act(cast.system, Action.CASE_WATCH) as this:
        Case.objects.filter(id=case.id).update(needs=[SOCIAL])
        this.note_general("Case")
    with pytest.raises(Invalid, match="Ingen tar emot för socialtjänst i kommunen med kod 2309"):
        send(cast, case, [cast.units["health_centre"]], set())
    assert send(cast, case, [cast.units["health_centre"], cast.units["ifo"]], set()).messages


# ── closing a unit ──


def test_a_unit_is_not_replaced_by_itself(cast: Cast) -> None:
    units, actor = cast.units, cast.administrator
    with pytest.raises(Invalid, match="sig själv"):
        organisations.close_unit(
            actor, unit_id=units["health_centre"].id, successor_id=units["health_centre"].id
        )
    organisations.close_unit(
        actor, unit_id=units["other_centre"].id, successor_id=units["health_centre"].id
    )
    with pytest.raises(Invalid, match="öppen"):
        organisations.close_unit(
            actor, unit_id=units["health_centre"].id, successor_id=units["other_centre"].id
        )
    with pytest.raises(NotAllowed):
        organisations.close_unit(actor, unit_id=units["home_health"].id)


# ── pages ──


@pytest.mark.usefixtures("table")
def test_the_page_shows_the_table_and_answers(cast: Cast) -> None:
    client = logged_in(cast.region_nurse)
    page = client.get(TABLE).content.decode()
    assert "Krokoms hemsjukvård" in page
    assert "Lägg till rad" not in page
    asked = client.get(f"{TABLE}?{urlencode({'kommun': KROKOM, 'alder': 9})}").content.decode()
    assert "därför att den tar emot för den som är under 18 år" in asked
    assert client.get(f"{TABLE}?kommun=x").status_code == 422


def test_a_county_without_last_resort_sees_it_on_the_page(cast: Cast) -> None:
    page = logged_in(cast.region_nurse).get(TABLE).content.decode()
    assert "Länet saknar reserv" in page


def test_the_keeper_makes_changes_and_ends_a_line_on_the_page(
    cast: Cast, table: dict[str, UUID]
) -> None:
    client = logged_in(cast.administrator)
    given = {"part": "open-care", "municipality_code": KROKOM, "unit": "", "area": "Ås"}
    refused = client.post(f"{TABLE}ny/", given)
    assert refused.status_code == 422
    assert 'value="Ås"' in refused.content.decode()
    given["unit"] = str(cast.units["other_centre"].id)
    assert client.post(f"{TABLE}ny/", given).status_code == 302
    again = client.post(f"{TABLE}ny/", given | {"unit": str(cast.units["psychiatry"].id)})
    assert again.status_code == 422
    assert "Det finns redan en rad" in again.content.decode()
    changed = client.post(
        f"{TABLE}{table['centre']}/", given | {"area": "", "unit": str(cast.units["psychiatry"].id)}
    )
    assert changed.status_code == 302
    row = Route.objects.get(area="", part=OPEN, municipality_code=KROKOM, until__isnull=True)
    assert client.post(f"{TABLE}{row.id}/avsluta/").status_code == 302
    row.refresh_from_db()
    assert row.until is not None
    assert "Krokoms hälsocentral" in client.get(f"{TABLE}{row.id}/").content.decode()


def test_others_read_a_line_and_cannot_change_it(cast: Cast, table: dict[str, UUID]) -> None:
    client = logged_in(cast.region_nurse)
    assert client.get(f"{TABLE}ny/").status_code == 403
    page = client.get(f"{TABLE}{table['home_health']}/")
    assert page.status_code == 200
    assert "Raden hålls av någon annan" in page.content.decode()
    assert client.post(f"{TABLE}{table['home_health']}/", {}).status_code == 403
    assert client.post(f"{TABLE}{table['home_health']}/avsluta/").status_code == 403


@pytest.mark.usefixtures("table")
def test_the_send_form_says_why_and_asks(cast: Cast, case: CaseDetail) -> None:
    client, address = logged_in(cast.ward_nurse), f"/utskrivning/{case.id}/skicka/admission/"
    page = client.get(address).content.decode()
    assert "Får det därför att den tar emot för kommunen med kod 2309" in page
    given = {
        "estimated_at": "2026-11-24",
        "judged_by": "Per Överläkare",
        "judged_at": "2026-11-20T10:00",
        "units": [str(cast.units["health_centre"].id)],
        "other": str(cast.units["are_home_health"].id),
    }
    asked = client.post(address, given)
    assert asked.status_code == 422
    assert "Åre hemsjukvård hör till en annan kommun" in asked.content.decode()
    key = f"other-municipality:{cast.units['are_home_health'].id}"
    assert client.post(address, given | {"checked": [key]}).status_code == 302
    seen = reads.case(cast.ward_nurse, case_id=case.id)
    assert {one.unit.name for one in seen.units} == {"Krokoms hälsocentral", "Åre hemsjukvård"}


def test_pages_ask_the_database_few_questions(
    cast: Cast, table: dict[str, UUID], case: CaseDetail
) -> None:
    """Not one per line: twenty more lines are as many questions."""

    def asked(path: str, actor: Actor) -> int:
        client = logged_in(actor)
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len([one for one in found if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))])

    places = [
        (TABLE, cast.administrator),
        (f"{TABLE}?kommun={KROKOM}&alder=82", cast.region_nurse),
        (f"{TABLE}{table['centre']}/", cast.administrator),
        (f"/utskrivning/{case.id}/skicka/admission/", cast.ward_nurse),
    ]
    before = [asked(*one) for one in places]
    for n in range(20):
        ops.keep_route(cast.administrator, line=line(cast, OPEN, "psychiatry", area=f"by {n}"))
    assert [asked(*one) for one in places] == before
    assert max(before) <= MOST, before


def test_the_send_form_warns_where_nobody_takes_it(cast: Cast, case: CaseDetail) -> None:
    page = logged_in(cast.ward_nurse).get(f"/utskrivning/{case.id}/skicka/admission/")
    assert "Ingen tar emot" in page.content.decode()
    assert "ingen reserv" in page.content.decode()
