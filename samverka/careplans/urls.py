"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.careplans.pages import (
    asking,
    consenting,
    contacts,
    preparing,
    sharing,
    showing,
    writing,
)

app_name = "careplans"

_PERSON = "personer/<uuid:person_id>/"
_PLAN = "planer/<uuid:plan_id>/"
_GOAL = f"{_PLAN}mal/<uuid:goal_id>/"
_ACTIVITY = f"{_PLAN}insatser/<uuid:activity_id>/"

urlpatterns = [
    path(f"{_PERSON}planer/", showing.list_plans, name="list"),
    path(f"{_PERSON}planer/ny/", showing.new, name="new"),
    path(f"{_PERSON}fasta-kontakter/ny/", contacts.contact_new, name="contact_new"),
    path("fasta-kontakter/<uuid:contact_id>/avsluta/", contacts.contact_end, name="contact_end"),
    path(_PLAN, showing.plan, name="plan"),
    path(f"{_PLAN}utskrift/", showing.print_plan, name="print"),
    path(f"{_PLAN}versioner/", showing.versions, name="versions"),
    path(f"{_PLAN}jamfor/", showing.compare, name="compare"),
    path(f"{_PLAN}text/<slug:section>/", writing.edit_section, name="edit_section"),
    path(f"{_PLAN}uppfoljning/", writing.follow_up, name="follow_up"),
    path(f"{_PLAN}ansvar/", writing.responsible, name="responsible"),
    path(f"{_PLAN}andra/", writing.others, name="others"),
    path(f"{_PLAN}mal/nytt/", writing.goal_new, name="goal_new"),
    path(_GOAL, writing.goal_edit, name="goal_edit"),
    path(f"{_GOAL}folj-upp/", writing.goal_outcome, name="goal_outcome"),
    path(f"{_PLAN}insatser/ny/", writing.activity_new, name="activity_new"),
    path(_ACTIVITY, writing.activity_edit, name="activity_edit"),
    path(f"{_ACTIVITY}klar/", writing.activity_done, name="activity_done"),
    path(f"{_PLAN}faststall/", writing.activate, name="activate"),
    path(f"{_PLAN}avsluta/", writing.end, name="end"),
    path(f"{_PLAN}angra/<int:version>/", writing.undo, name="undo"),
    path(f"{_PLAN}kommentar/", writing.comment, name="comment"),
    path(f"{_PLAN}kommentar/<uuid:comment_id>/klar/", writing.handle, name="handle"),
    path(f"{_PLAN}dela/", sharing.share, name="share"),
    path(f"{_PLAN}dela/aterkalla/", sharing.withdraw, name="withdraw"),
    path(f"{_PLAN}deltar/<uuid:party_id>/avsluta/", sharing.party_end, name="party_end"),
    # asking for a plan
    path(f"{_PERSON}be-om-plan/", asking.ask, name="ask"),
    path("begaran/<uuid:request_id>/", asking.plan_request, name="request"),
    path("begaran/<uuid:request_id>/nej/", asking.refuse, name="request_refuse"),
    path("begaran/<uuid:request_id>/dra-tillbaka/", asking.withdraw, name="request_withdraw"),
    # consent to the plan
    path(f"{_PLAN}samtycke/", consenting.consent, name="consent"),
    path(f"{_PLAN}samtycke/fraga/", consenting.ask, name="consent_ask"),
    path(f"{_PLAN}samtycke/nej/", consenting.note_refusal, name="consent_refusal"),
    path(f"{_PLAN}samtycke/kan-inte/", consenting.note_unable, name="consent_unable"),
    path(f"{_PLAN}samtycke/svar/", consenting.note_voice, name="consent_voice"),
    path(f"{_PLAN}samtycke/svara/", consenting.answer, name="consent_answer"),
    path(f"{_PLAN}samtycke/ta-tillbaka/", consenting.take_back, name="consent_back"),
    # before the meeting
    path(f"{_PLAN}infor-motet/", preparing.preparation, name="preparation"),
    path(f"{_PLAN}infor-motet/skicka/", preparing.send, name="preparation_send"),
    path(f"{_PLAN}infor-motet/last/", preparing.read, name="preparation_read"),
    path(f"{_PLAN}infor-motet/<slug:part>/", preparing.part, name="preparation_part"),
    path("infor-motet/<uuid:words_id>/ta-in/", preparing.take, name="preparation_take"),
]
