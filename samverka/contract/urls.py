"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.contract.pages import (
    behalf,
    checks,
    doors,
    facts,
    mine,
    notices,
    paper,
    rights,
    shelf,
    start,
    suggestions,
)

app_name = "contract"

_PERSON = "personer/<uuid:person_id>"

urlpatterns = [
    path("", start.start, name="start"),
    path("vara-personer/", start.persons, name="persons"),
    # tasks of the unit
    path("uppgifter/andringar/", notices.changes, name="changes"),
    path("uppgifter/<uuid:task_id>/oppna/", notices.open_task, name="task_open"),
    path("uppgifter/<uuid:task_id>/ta/", notices.take, name="task_take"),
    path("uppgifter/<uuid:task_id>/lamna-over/", notices.hand_over, name="task_hand_over"),
    path("uppgifter/<uuid:task_id>/klart/", notices.finish, name="task_finish"),
    path("uppgifter/<uuid:task_id>/angra/", notices.undo, name="task_undo"),
    path("uppgifter/ta-over/<uuid:unit_id>/", notices.step_in, name="step_in"),
    path("enheter/<uuid:unit_id>/notiser/", notices.settings, name="unit_notices"),
    path("enheter/<uuid:unit_id>/notiser/statistik/", notices.statistics, name="unit_statistics"),
    path(
        "enheter/<uuid:unit_id>/notiser/statistik.csv",
        notices.statistics_csv,
        name="unit_statistics_csv",
    ),
    path("forslag/", suggestions.suggestions, name="suggestions"),
    path(f"{_PERSON}/forslag/", suggestions.answer, name="suggestion_answer"),
    # the person's own pages
    path("min-sida/", mine.my_page, name="my_page"),
    path("min-sida/samtycken/", rights.consents, name="my_consents"),
    path("min-sida/sparrar/", rights.blocks, name="my_blocks"),
    path("min-sida/ombud/", rights.proxies, name="my_proxies"),
    path("min-sida/logg/", mine.log, name="my_log"),
    path("min-sida/uppgifter/", facts.facts, name="my_facts"),
    path("min-sida/<uuid:person_id>/", mine.my_page, name="my_page"),
    path("min-sida/nytt/", mine.news, name="my_news"),
    path("min-sida/<uuid:person_id>/allt-nytt/", mine.all_news, name="my_all_news"),
    path("min-sida/<uuid:person_id>/annan-kontakt/", mine.wish, name="my_wish"),
    path("min-sida/<uuid:person_id>/pdf/", paper.my_paper, name="my_paper"),
    path("min-sida/<uuid:person_id>/tider/", mine.times, name="my_times"),
    path("min-sida/<uuid:person_id>/skriv/", mine.write, name="my_words"),
    path("min-sida/samtycken/<uuid:consent_id>/ta-tillbaka/", rights.withdraw, name="my_withdraw"),
    path("min-sida/sparrar/<uuid:block_id>/ta-bort/", rights.unblock, name="my_unblock"),
    path("min-sida/ombud/<uuid:proxy_id>/avsluta/", rights.end_proxy, name="my_end_proxy"),
    # staff: one person
    path(f"{_PERSON}/", start.person, name="person"),
    path(f"{_PERSON}/kontrakt/", behalf.contract, name="contract"),
    path(f"{_PERSON}/at-personen/ord/", behalf.words, name="behalf_words"),
    path(f"{_PERSON}/at-personen/kontakt/", behalf.wish, name="behalf_wish"),
    path(f"{_PERSON}/at-personen/samtycke/", behalf.consent, name="behalf_consent"),
    path(f"{_PERSON}/at-personen/sparr/", behalf.block, name="behalf_block"),
    path(f"{_PERSON}/at-personen/ombud/", behalf.proxy, name="behalf_proxy"),
    path(f"{_PERSON}/mottaget/", shelf.received, name="received"),
    path("mottaget/<uuid:resource_id>/", shelf.resource, name="resource"),
    path(f"{_PERSON}/andra-enheter/", doors.choose, name="choose"),
    path(f"{_PERSON}/nodoppning/", doors.emergency, name="emergency"),
    path(f"{_PERSON}/vardrelation/", doors.relations, name="relations"),
    path("vardrelation/<uuid:relation_id>/avsluta/", doors.end_relation, name="end_relation"),
    path(f"{_PERSON}/samtycken/", doors.consents, name="consents"),
    path("samtycken/<uuid:consent_id>/aterkalla/", doors.withdraw, name="withdraw"),
    path(f"{_PERSON}/sparrar/", doors.blocks, name="blocks"),
    path("sparrar/<uuid:block_id>/ta-bort/", doors.unblock, name="unblock"),
    # offices: blocks and log
    path("sparrar/", doors.lifting, name="lifting"),
    path("sparrar/<uuid:person_id>/hav/", doors.lift, name="lift"),
    path("loggkontroll/", checks.review, name="review"),
    path("loggkontroll/kontroller/", checks.checks, name="checks"),
    path("loggkontroll/kontroller/<uuid:check_id>/", checks.check, name="check"),
]
