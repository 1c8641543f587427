"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from samverka.careplans.pages import (
    answering,
    approving,
    asking,
    calling,
    consenting,
    contacts,
    disclosing,
    easy,
    following,
    meeting,
    preparing,
    selfcare,
    sharing,
    showing,
    standins,
    tasks,
    writing,
)

app_name = "careplans"

_PERSON = "personer/<uuid:person_id>/"
_PLAN = "planer/<uuid:plan_id>/"
_MEETING = f"{_PLAN}mote/<uuid:meeting_id>/"
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
    path(f"{_PLAN}justera/<uuid:approval_id>/", approving.approve, name="approve"),
    path(f"{_PLAN}justera/<uuid:approval_id>/andra/", approving.change, name="approve_change"),
    path(f"{_PLAN}uppgift/<uuid:plan_task_id>/<slug:to>/", tasks.move, name="task_move"),
    path(f"{_PLAN}avsluta/", writing.end, name="end"),
    path(f"{_PLAN}angra/<int:version>/", writing.undo, name="undo"),
    path(f"{_PLAN}lattlast/", easy.easy, name="easy"),
    path(f"{_PLAN}kommentar/", writing.comment, name="comment"),
    path(f"{_PLAN}kommentar/<uuid:comment_id>/klar/", writing.handle, name="handle"),
    path(f"{_PLAN}kommentar/<uuid:comment_id>/svara/", answering.answer, name="answer"),
    path(f"{_PLAN}mote/", calling.meetings, name="meetings"),
    path(f"{_PLAN}mote/nytt/", calling.new, name="meeting_new"),
    path(_MEETING, meeting.meeting, name="meeting"),
    path(f"{_MEETING}tid/", calling.move, name="meeting_move"),
    path(f"{_MEETING}fler/", calling.more, name="meeting_more"),
    path(f"{_MEETING}stall-in/", calling.cancel, name="meeting_cancel"),
    path(f"{_MEETING}kalender.ics", calling.meeting_file, name="meeting_file"),
    path(f"{_MEETING}skriv/", meeting.live, name="meeting_live"),
    path(f"{_MEETING}lage/", meeting.state, name="meeting_state"),
    path(f"{_MEETING}text/", meeting.save, name="meeting_save"),
    path(f"{_MEETING}har/", meeting.presence, name="meeting_presence"),
    path(f"{_MEETING}mal/", meeting.goal, name="meeting_goal"),
    path(f"{_MEETING}insats/", meeting.activity, name="meeting_activity"),
    path(f"{_MEETING}uppfoljning/", meeting.follow_up, name="meeting_follow_up"),
    path(f"{_MEETING}skarm/", meeting.screen, name="meeting_screen"),
    path(f"{_MEETING}deltagare/", meeting.people, name="meeting_people"),
    path(f"{_MEETING}avsluta/", meeting.hold, name="meeting_hold"),
    path("bekraftelser/<uuid:confirmation_id>/", meeting.confirm, name="confirm"),
    path("kallelser/<uuid:call_id>/", calling.call, name="call"),
    path("kallelser/<uuid:call_id>/kalender.ics", calling.call_file, name="call_file"),
    path("kallelser/<uuid:call_id>/aterkalla/", calling.withdraw, name="call_withdraw"),
    path(f"{_PLAN}dela/", sharing.share, name="share"),
    path(f"{_PLAN}dela/aterkalla/", sharing.withdraw, name="withdraw"),
    path(f"{_PLAN}skicka/", disclosing.send, name="send"),
    path(f"{_PLAN}lamnas-inte-ut/", disclosing.outside, name="outside"),
    path(
        f"{_PLAN}lamnas-inte-ut/<uuid:withheld_id>/lamna-ut/", disclosing.give_out, name="give_out"
    ),
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
    # keep alive
    path(f"{_PLAN}folj-upp/", following.review, name="review"),
    path(f"{_PLAN}versioner/<int:version>/varfor/", following.explain, name="explain"),
    path(f"{_PLAN}underrattad/", following.told, name="told"),
    path(f"{_PLAN}sla-ihop/", following.merge, name="merge"),
    path("sla-ihop/<uuid:ask_id>/", following.merge_answer, name="merge_answer"),
    path(f"{_PLAN}anhorig/", following.carer, name="carer"),
    path(f"{_PLAN}anhorig/<uuid:cared_id>/ta-bort/", following.carer_end, name="carer_end"),
    path(f"{_ACTIVITY}folj-upp/", writing.activity_outcome, name="activity_outcome"),
    path(f"{_PLAN}mall/", writing.group, name="group"),
    path("planmallar/", following.templates, name="templates"),
    path("planmallar/<slug:group>/", following.template_edit, name="template_edit"),
    path("planmallar/<slug:group>/aterstall/", following.template_reset, name="template_reset"),
    # fasta kontakter of the unit
    path("fasta-kontakter/", standins.unit_contacts, name="unit_contacts"),
    path("fasta-kontakter/franvaro/", standins.absence, name="absence"),
    path(
        "fasta-kontakter/franvaro/<uuid:absence_id>/avsluta/",
        standins.absence_end,
        name="absence_end",
    ),
    path("fasta-kontakter/lamna-over/", standins.hand_over, name="hand_over"),
    path(
        "fasta-kontakter/lamna-over/<uuid:hand_over_id>/angra/",
        standins.hand_over_undo,
        name="hand_over_undo",
    ),
    # self-care
    path(f"{_PERSON}egenvard/", selfcare.person_self_care, name="self_care_list"),
    path(f"{_PERSON}egenvard/nytt/", selfcare.self_care_new, name="self_care_new"),
    path("egenvard/<uuid:advice_id>/", selfcare.self_care, name="self_care"),
    path("egenvard/<uuid:advice_id>/andra/", selfcare.self_care_change, name="self_care_change"),
    path("egenvard/<uuid:advice_id>/avsluta/", selfcare.self_care_end, name="self_care_end"),
    path("onskemal/<uuid:wish_id>/", standins.wish, name="wish"),
]
