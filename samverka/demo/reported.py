"""Status reports, target pictures and actions of the demo: two rounds, answered by operations.

Answers are drawn from each one's name and the year, so the same are made every time; they are invented and say
nothing of the real regions and municipalities.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from uuid import UUID

from samverka.demo.actors import County, builder
from samverka.kernel.actor import Actor
from samverka.kernel.areas import counties
from samverka.transition.operations import reports, targets
from samverka.transition.reads.reports import ReportLine, RoundDetail
from samverka.transition.reads.targets import backers
from samverka.transition.rules.reports.answers import Answer
from samverka.transition.rules.reports.form import Form, Question
from samverka.transition.rules.reports.kinds import Partly, QuestionKind, Reach, Responsible
from samverka.transition.rules.reports.steps import StepName
from samverka.transition.rules.targets import ActionStatus, TargetKind

TITLE = "Nära vård"
AGREEMENT = "God och nära vård"
COUNTY = "23"
LAST, NOW = timedelta(days=400), timedelta(days=20)
"""So long before the day of building the two rounds were opened."""

SAID: dict[str, tuple[str, ...]] = {
    "stod-resurser": (
        "Två tjänster har flyttats från sjukhuset till hemsjukvården. Nästa år följer en till.",
        "Vi har avsatt tid i varje arbetsgrupp, men inga nya pengar.",
        "En gemensam budget för mobila team beslutades i våras.",
    ),
    "halsa-fall": (
        "Alla som får hemtjänst erbjuds en genomgång av hemmet. Åtta av tio tackar ja.",
        "Fallrond varje vecka med arbetsterapeut och sjuksköterska.",
        "Balansgrupper i sex byar. Vi når för få män.",
    ),
    "halsa-fallskador": (
        "Talet går åt rätt håll sedan vi började med hembesök, men vintern var mild.",
        "Ingen tydlig ändring. Vi behöver nå dem som inte har hemtjänst.",
    ),
    "tillg-digital": (
        "Videobesök i alla hälsocentraler. Den som inte kan får hjälp av hemtjänsten.",
        "Chatten svarar samma dag. Äldre ringer hellre, och telefonen är kvar.",
    ),
    "tillg-utskrivning": (
        "Väntan har kortats sedan vi planerar redan första dagen på avdelningen.",
        "Det är helgerna som drar ut på tiden.",
    ),
    "delakt-samskapa": (
        "Ett råd av patienter och närstående läser alla nya rutiner.",
        "Två erfarna patienter är anställda i utvecklingsarbetet.",
        "Vi frågar efter varje plan vad som kunde ha gått bättre.",
    ),
    "medarb-arbetssatt": (
        "Schemat har en timme i veckan för gemensam planering.",
        "Handledning varannan vecka. Dokumentationen tar fortfarande för mycket tid.",
    ),
    "samv-former": (
        "Samverkansnämnden beslutade om trygg hemgång för hela länet.",
        "Ledningsgruppen för vård och omsorg möts varje månad, region och kommun tillsammans.",
    ),
}
"""What is answered in free words."""

_LEVELS, _PARTLY = list(Reach), list(Partly)[::-1]
SENDERS = "regiondirektör"


def report(county: County, at: datetime) -> None:
    """Two rounds with their answers, two target pictures and actions. `at`: the day of building."""
    first = _last_round(county, at - LAST)
    _this_round(county, at, first)
    _targets(county, at)


# ── rounds ──


def _keeper(county: County, at: datetime) -> Actor:
    return county.staff["mats.hellgren"].actor(at)


def _round(county: County, at: datetime, previous: RoundDetail | None, due: int) -> RoundDetail:
    keeper, day = _keeper(county, at), at.date()
    made = reports.make_round(
        keeper,
        year=day.year,
        title=TITLE,
        agreement=f"{AGREEMENT} {day.year}",
        opens=day,
        due=day + timedelta(days=due),
        closes=day + timedelta(days=due + 30),
        previous_id=previous.round.id if previous else None,
    )
    for one in counties().values():
        if one.code != COUNTY:
            made = reports.add_outsider(
                keeper, round_id=made.round.id, county=one.code, name=one.region
            )
    return reports.open_round(keeper, round_id=made.round.id)


def _last_round(county: County, at: datetime) -> RoundDetail:
    found = _round(county, at, None, 60)
    later = at + timedelta(days=40)
    for one in found.reports:
        if one.outside:
            _receive(county, one, found.form, later, 0)
        else:
            sign(county, one, found.form, later, 0)
            keeper = _keeper(county, later + timedelta(days=10))
            reports.take_step(keeper, report_id=one.id, step=StepName.LOCK)
    publisher = _keeper(county, at + timedelta(days=70))
    return reports.publish_round(publisher, round_id=found.round.id)


def _this_round(county: County, at: datetime, previous: RoundDetail) -> None:
    found = _round(county, at - NOW, previous, 45)
    outside = [one for one in found.reports if one.outside]
    for one in outside[::3]:
        _receive(county, one, found.form, at - timedelta(days=4), 1)
    own = [one for one in found.reports if not one.outside]
    for place, one in enumerate(own):
        day = at - timedelta(days=3)
        if one.recipient == "region":
            sign(county, one, found.form, day, 1, stop=StepName.SEND)
        elif one.name.startswith("Krokom"):
            answer(_writer(county, one, day), one, found.form, 1, count=11)
        elif place % 4 == 1:
            sign(county, one, found.form, day, 1)
        elif place % 4 == 2:
            answer(_writer(county, one, day), one, found.form, 1, count=17)


def _writer(county: County, one: ReportLine, at: datetime) -> Actor:
    """Who answers: the demo's own staff where there are any, else one the story has no name for."""
    return _someone(county, one, at, "utvecklingsledare", {"region": "mats.hellgren", "Krokom": "eva.brolin",
                    "Åre": "jenny.hoglund", "Östersund": "maria.fjallstrom"})  # fmt: skip


def _chief(county: County, one: ReportLine, at: datetime) -> Actor:
    return _someone(county, one, at, "förvaltningschef", {"region": "karin.stierna", "Krokom": "gunnar.wik",
                    "Åre": "per.sundqvist", "Östersund": "anders.nyholm"})  # fmt: skip


def _someone(
    county: County, one: ReportLine, at: datetime, role: str, known: dict[str, str]
) -> Actor:
    key = next(
        (
            who
            for begin, who in known.items()
            if one.name.startswith(begin) or one.recipient == begin
        ),
        "",
    )
    if key:
        return county.staff[key].actor(at)
    return replace(builder(at), name=f"{role.capitalize()}, {one.name}", profession=role)


def sign(
    county: County,
    one: ReportLine,
    form: Form,
    at: datetime,
    later: int,
    stop: StepName | None = None,
) -> None:
    """Answer, send within the organisation and sign. `stop`: the last step, if not all."""
    writer = _writer(county, one, at)
    answer(writer, one, form, later)
    reports.take_step(writer, report_id=one.id, step=StepName.SEND)
    if stop is not StepName.SEND:
        chief = _chief(county, one, at + timedelta(hours=6))
        reports.take_step(chief, report_id=one.id, step=StepName.SIGN)


def _receive(county: County, one: ReportLine, form: Form, at: datetime, later: int) -> None:
    keeper = _keeper(county, at)
    answer(keeper, one, form, later)
    reports.take_step(
        keeper, report_id=one.id, step=StepName.RECEIVE, reason=f"{one.name}, {SENDERS}"
    )


# ── answers ──


def answer(actor: Actor, one: ReportLine, form: Form, later: int, count: int | None = None) -> None:
    """Answer the questions, or the first of them, as drawn."""
    asked = form.asked(one.recipient)[:count]
    answers = {each.code: _drawn(each, one.name, later) for each in asked}
    reports.save_answers(actor, report_id=one.id, answers=answers, versions={})


def _drawn(question: Question, name: str, later: int) -> Answer:
    """The answer of one to a question. `later`: 1 for the second round, where most have come further."""
    draw = Random(f"{name} {question.code}")  # noqa: S311 (a tale, not a secret)
    far, step = draw.random(), Random(f"{name} {question.code} {later}").random()  # noqa: S311
    if question.kind is QuestionKind.LEVEL:
        place = min(int(far * 3.2) + (later and step < 0.35), len(_LEVELS) - 1)
        return Answer(choice=_LEVELS[place].value)
    if question.kind is QuestionKind.PARTLY:
        place = 2 if far < 0.72 else 1 if far < 0.93 else 0
        return Answer(choice=_PARTLY[min(place + (later and step < 0.5), 2)].value)
    if question.kind is QuestionKind.NUMBER:
        low, high = (20, 75) if question.highest == 100 else (30, 400)
        return Answer(number=Decimal(draw.randint(low, high) + later * draw.randint(0, 12)))
    if question.kind is QuestionKind.MANY:
        chosen = [code for code, _words in question.options if draw.random() < 0.45 + later * 0.1]
        return Answer(chosen=tuple((code, "") for code in chosen or [question.options[0][0]]))
    if question.kind is QuestionKind.FACTORS:
        picked = draw.sample([code for code, _words in question.options], 3)
        return Answer(chosen=tuple((code, _who(draw, code)) for code in picked))
    return Answer(words=draw.choice(SAID.get(question.code, ("Arbetet pågår.",))))


def _who(draw: Random, code: str) -> str:
    if code in ("information", "avtal", "tolkning"):
        return Responsible.STATE.value
    return draw.choice(list(Responsible)).value


# ── targets ──


def _targets(county: County, at: datetime) -> None:
    leader = county.staff["karin.stierna"].actor(at - timedelta(days=300))
    shared = targets.decide_target(
        leader,
        kind=TargetKind.PICTURE,
        title="Nära vård i Jämtland Härjedalen 2030",
        decided_on=_day(at, 310),
        decided_by="Regionfullmäktige och åtta kommunfullmäktige",
        shared=True,
        backers=backers(leader),
        text="Du får vård nära dig. Du vet vem du ska ringa.\nDet som är viktigt för dig styr din plan.",
    )
    strategy = targets.decide_target(
        leader,
        kind=TargetKind.STRATEGY,
        title="Strategi för kompetens i nära vård",
        decided_on=_day(at, 340),
        decided_by="Regionstyrelsen",
        text="Vi lär av varandra över gränserna och delar på de svåra tjänsterna.",
    )
    _acted(county, at, "mats.hellgren", shared.line.id, "Mobilt team i hela länet",
           "Närsjukvårdschefen", 120, "aterinskrivning-30-dagar", ActionStatus.GOING,
           "Teamet kör i fem kommuner. Härjedalen börjar i vår.")  # fmt: skip
    _acted(county, at, "eva.brolin", shared.line.id, "Hembesök mot fall till alla över 80",
           "Socialchefen", -15, "fallskador-65", ActionStatus.GOING,
           "Sju av tio är besökta. Resten före jul.")  # fmt: skip
    _acted(county, at, "maria.fjallstrom", shared.line.id, "Plan redan första dagen på sjukhus",
           "Förvaltningschefen", -40, "utskrivningsklar-dagar", ActionStatus.DONE,
           "Infört på alla avdelningar.")  # fmt: skip
    _acted(county, at, "mats.hellgren", strategy.line.id, "Gemensam introduktion för nya",
           "HR-chefen", 60, "", ActionStatus.PLANNED, "Börjar i januari.")  # fmt: skip


def _day(at: datetime, back: int) -> date:
    return (at - timedelta(days=back)).date()


def _acted(
    county: County, at: datetime, who: str, target: UUID, what: str, owner: str, due: int,
    measure: str, status: ActionStatus, words: str,
) -> None:  # fmt: skip
    actor = county.staff[who].actor(at - timedelta(days=30))
    made = targets.add_action(
        actor,
        target_id=target,
        what=what,
        owner=owner,
        measure=measure,
        due=(at + timedelta(days=due)).date(),
    )
    action = next(one for one in made.actions if one.what == what)
    later = county.staff[who].actor(at - timedelta(days=5))
    targets.follow_up_action(later, action_id=action.id, status=status, words=words)
