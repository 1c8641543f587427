"""Every action that passes the gate: what it needs, what it reaches, and the words for it in the log."""

from __future__ import annotations

from enum import StrEnum

from samverka.access.action_kinds import ActionSpec, Mode, Reach
from samverka.access.action_kinds import change as _change
from samverka.access.action_kinds import read as _read
from samverka.kernel.actor import Permission as May
from samverka.kernel.text import text as _

__all__ = ["ACTIONS", "Action", "ActionSpec", "Mode", "Reach", "spec"]


class Action(StrEnum):
    """Names of the actions; stored on each line of the trail."""

    PERSON_SEARCH = "person.search"
    PERSON_READ = "person.read"
    PERSON_REGISTER = "person.register"
    PERSON_EDIT = "person.edit"
    PERSON_OWN = "person.own"
    PERSON_ADDRESS = "person.address"
    RELATION_OPEN = "relation.open"
    RELATION_END = "relation.end"
    PROXY_READ = "proxy.read"
    PROXY_GRANT = "proxy.grant"
    PROXY_END = "proxy.end"
    CONSENT_READ = "consent.read"
    CONSENT_GIVE = "consent.give"
    CONSENT_WITHDRAW = "consent.withdraw"
    BLOCK_SET = "block.set"
    BLOCK_REMOVE = "block.remove"
    BLOCK_LIFT = "block.lift"
    CHOICE_OPEN = "choice.open"
    EMERGENCY_OPEN = "emergency.open"
    PLAN_LIST = "plan.list"
    PLAN_READ = "plan.read"
    PLAN_START = "plan.start"
    PLAN_EDIT = "plan.edit"
    PLAN_APPROVE = "plan.approve"
    PLAN_SHARE = "plan.share"
    PLAN_DISCLOSE = "plan.disclose"
    PLAN_COMMENT = "plan.comment"
    PLAN_TASK = "plan.task"
    MEETING_READ = "meeting.read"
    MEETING_CALL = "meeting.call"
    MEETING_ANSWER = "meeting.answer"
    MEETING_HOLD = "meeting.hold"
    MEETING_CONFIRM = "meeting.confirm"
    MEETING_WRITE = "meeting.write"
    REQUEST_READ = "request.read"
    REQUEST_ASK = "request.ask"
    REQUEST_ANSWER = "request.answer"
    SUGGESTION_READ = "suggestion.read"
    SUGGESTION_ANSWER = "suggestion.answer"
    PLAN_CONSENT_ASK = "plan-consent.ask"
    PLAN_CONSENT_ANSWER = "plan-consent.answer"
    PREPARATION_READ = "preparation.read"
    PREPARATION_WRITE = "preparation.write"
    CONTACT_LIST = "contact.list"
    CONTACT_READ = "contact.read"
    CONTACT_RECEIVE = "contact.receive"
    CONTACT_APPOINT = "contact.appoint"
    CONTACT_ASK = "contact.ask"
    SELF_CARE_READ = "self-care.read"
    SELF_CARE_EDIT = "self-care.edit"
    PLAN_WATCH = "plan.watch"
    OVERVIEW_READ = "overview.read"
    CONTRACT_READ = "contract.read"
    BEHALF_ENTER = "behalf.enter"
    WORKLIST_READ = "worklist.read"
    TASK_EDIT = "task.edit"
    NEWS_READ = "news.read"
    NOTICE_READ = "notice.read"
    NOTICE_RUN = "notice.run"
    SHELF_READ = "shelf.read"
    SHELF_RECEIVE = "shelf.receive"
    SHELF_KEEP = "shelf.keep"
    SHELF_REMOVE = "shelf.remove"
    IMPORT_READ = "import.read"
    EXPORT_ASK = "export.ask"
    EXPORT_RUN = "export.run"
    LOG_OWN = "log.own"
    LOG_REVIEW = "log.review"
    LOG_CHECK = "log.check"
    ORGANISATION_READ = "organisation.read"
    ORGANISATION_EDIT = "organisation.edit"
    COUNTY_READ = "county.read"
    COUNTY_EDIT = "county.edit"
    ASSIGNMENT_READ = "assignment.read"
    DRAFT_KEEP = "draft.keep"
    CLIENT_READ = "client.read"
    CLIENT_EDIT = "client.edit"
    CLIENT_ASK = "client.ask"
    APP_ALLOW = "app.allow"
    APP_READ = "app.read"
    APP_END = "app.end"
    APP_OPEN = "app.open"
    TOKEN_GIVE = "token.give"  # noqa: S105 (a name)
    CASE_LIST = "case.list"
    CASE_READ = "case.read"
    CASE_OPEN = "case.open"
    CASE_EDIT = "case.edit"
    CASE_SEND = "case.send"
    CASE_GIVE = "case.give"
    CASE_RECEIPT = "case.receipt"
    CASE_PREPARE = "case.prepare"
    CASE_FOLLOW_UP = "case.follow-up"
    CASE_WATCH = "case.watch"
    CASE_HEAR = "case.hear"
    ROUTE_READ = "route.read"
    ROUTE_EDIT = "route.edit"
    BASIS_READ = "basis.read"
    BASIS_EDIT = "basis.edit"
    DISCHARGE_FIGURES = "discharge.figures"
    FACTS_READ = "facts.read"
    FACTS_KEEP = "facts.keep"
    BEDS_EDIT = "beds.edit"
    FIGURES_RECKON = "figures.reckon"
    GUARANTEE_LIST = "guarantee.list"
    GUARANTEE_READ = "guarantee.read"
    GUARANTEE_START = "guarantee.start"
    GUARANTEE_EDIT = "guarantee.edit"
    GUARANTEE_LETTER = "guarantee.letter"
    GUARANTEE_HEAR = "guarantee.hear"
    GUARANTEE_WATCH = "guarantee.watch"
    GUARANTEE_FIGURES = "guarantee.figures"
    FIGURES_SHOW = "figures.show"
    FIGURES_EDIT = "figures.edit"
    FIGURES_PERSONS = "figures.persons"
    FIGURES_OPEN = "figures.open"
    RESERVE_KEEP = "reserve.keep"
    RESERVE_READ = "reserve.read"
    RESERVE_SET = "reserve.set"
    GRANT_READ = "grant.read"
    GRANT_EDIT = "grant.edit"
    REPORT_READ = "report.read"
    REPORT_EDIT = "report.edit"
    REPORT_SIGN = "report.sign"
    REPORT_REMIND = "report.remind"
    ROUND_EDIT = "round.edit"
    CODING_EDIT = "coding.edit"
    TARGET_EDIT = "target.edit"
    INDEX_TELL = "index.tell"
    SUBSCRIPTION_READ = "subscription.read"
    SUBSCRIPTION_EDIT = "subscription.edit"
    SUBSCRIPTION_TELL = "subscription.tell"
    SUBSCRIPTION_WATCH = "subscription.watch"
    SUBSCRIPTION_MEND = "subscription.mend"
    SUBSCRIPTION_RUN = "subscription.run"


ACTIONS: dict[Action, ActionSpec] = {
    Action.PERSON_SEARCH: _read(May.PERSON_READ, _("sökte och såg"), person=None, scope=None),
    Action.PERSON_READ: _read(May.PERSON_READ, _("såg personuppgifter för")),
    Action.PERSON_REGISTER: _change(May.PERSON_REGISTER, _("registrerade"), mode=Mode.CREATE),
    # Name, birth date and protection come from the register; ability to consent is for staff to judge.
    Action.PERSON_EDIT: _change(May.PERSON_EDIT, _("ändrade personuppgifter för")),
    # How to reach the person, and in which language: the person's own to say; staff have PERSON_EDIT.
    Action.PERSON_OWN: _change(None, _("ändrade sina egna uppgifter"), person=May.OWN_EDIT),
    Action.PERSON_ADDRESS: _read(May.PERSON_PROTECTED, _("såg skyddad adress för"), scope=None),
    Action.RELATION_OPEN: _change(
        May.PERSON_REGISTER, _("började en vårdrelation med"), mode=Mode.CREATE
    ),
    Action.RELATION_END: _change(May.PERSON_EDIT, _("avslutade en vårdrelation med")),
    Action.PROXY_READ: _read(May.PERSON_READ, _("såg ombud och vårdnadshavare för")),
    Action.PROXY_GRANT: _change(
        May.PERSON_EDIT, _("gav ett ombud åtkomst för"), mode=Mode.CREATE, person=May.OWN_EDIT
    ),
    Action.PROXY_END: _change(
        May.PERSON_EDIT, _("avslutade ett ombuds åtkomst för"), person=May.OWN_EDIT
    ),
    Action.CONSENT_READ: _read(May.PERSON_READ, _("såg samtycken för")),
    Action.CONSENT_GIVE: _change(
        May.CONSENT_EDIT, _("registrerade samtycke från"), mode=Mode.CREATE, person=May.OWN_EDIT
    ),
    # A guardian takes back for a child (OSL 12:3); another representative never in the person's place.
    Action.CONSENT_WITHDRAW: _change(
        May.CONSENT_EDIT,
        _("registrerade återkallat samtycke från"),
        person=May.OWN_EDIT,
        scope="guardian",
    ),
    Action.BLOCK_SET: _change(
        May.BLOCK_EDIT, _("spärrade uppgifter för"), mode=Mode.CREATE, person=May.OWN_EDIT
    ),
    Action.BLOCK_REMOVE: _change(May.BLOCK_EDIT, _("tog bort spärr för"), person=May.OWN_EDIT),
    Action.BLOCK_LIFT: _change(
        May.BLOCK_LIFT, _("hävde tillfälligt en spärr för"), mode=Mode.EXECUTE
    ),
    Action.CHOICE_OPEN: _change(
        May.PERSON_READ, _("valde att läsa andra enheters uppgifter om"), mode=Mode.EXECUTE
    ),
    Action.EMERGENCY_OPEN: _change(May.EMERGENCY, _("nödöppnade uppgifter om"), mode=Mode.EXECUTE),
    Action.PLAN_LIST: _read(May.PLAN_READ, _("såg planlista för")),
    Action.PLAN_READ: _read(May.PLAN_READ, _("läste planen för")),
    Action.PLAN_START: _change(May.PLAN_EDIT, _("började en plan för"), mode=Mode.CREATE),
    Action.PLAN_EDIT: _change(May.PLAN_EDIT, _("ändrade planen för"), reach=Reach.SHARED),
    Action.PLAN_APPROVE: _change(May.PLAN_EDIT, _("justerade planen för"), reach=Reach.SHARED),
    Action.PLAN_SHARE: _change(May.PLAN_EDIT, _("lämnade ut planen för"), mode=Mode.EXECUTE),
    # Every version that is given, by whoever wrote it; on the consent, to those whom it covers.
    Action.PLAN_DISCLOSE: _change(
        May.PLAN_EDIT,
        _("lämnade ut en ny version av planen för"),
        mode=Mode.EXECUTE,
        person=May.OWN_EDIT,
        scope="write",
        reach=Reach.SHARED,
    ),
    # Yes, no and how it goes, of one who was asked; the plan that it is about is given to that one.
    Action.PLAN_TASK: _change(
        May.PLAN_EDIT, _("svarade på en uppgift i planen för"), reach=Reach.SHARED
    ),
    Action.PLAN_COMMENT: _change(
        May.PLAN_EDIT,
        _("skrev i planen för"),
        person=May.OWN_EDIT,
        scope="write",
        reach=Reach.SHARED,
    ),
    Action.REQUEST_READ: _read(May.PLAN_READ, _("såg en begäran om plan för"), reach=Reach.OWN),
    Action.REQUEST_ASK: _change(
        May.PLAN_READ,
        _("bad om en plan för"),
        mode=Mode.CREATE,
        person=May.OWN_EDIT,
        scope="write",
    ),
    Action.REQUEST_ANSWER: _change(May.PLAN_EDIT, _("svarade på en begäran om plan för")),
    Action.SUGGESTION_READ: _read(
        May.PLAN_READ, _("såg som föreslagen för plan"), person=None, scope=None
    ),
    Action.SUGGESTION_ANSWER: _change(
        May.PLAN_EDIT, _("svarade på ett förslag om plan för"), mode=Mode.CREATE
    ),
    Action.PLAN_CONSENT_ASK: _change(
        May.PLAN_EDIT, _("frågade om samtycke till planen för"), mode=Mode.CREATE
    ),
    # A guardian answers for a child (OSL 12:3); another representative never in the person's place.
    Action.PLAN_CONSENT_ANSWER: _change(
        May.CONSENT_EDIT,
        _("noterade svar om samtycke till planen för"),
        person=May.OWN_EDIT,
        scope="guardian",
    ),
    Action.PREPARATION_READ: _read(May.PLAN_READ, _("läste inför mötet om planen för")),
    Action.PREPARATION_WRITE: _change(
        May.PLAN_EDIT,
        _("skrev inför mötet om planen för"),
        person=May.OWN_EDIT,
        scope="write",
        reach=Reach.SHARED,
    ),
    Action.MEETING_READ: _read(May.PLAN_READ, _("såg mötet eller kallelsen för")),
    Action.MEETING_CALL: _change(
        May.PLAN_EDIT, _("kallade till möte för"), mode=Mode.CREATE, reach=Reach.SHARED
    ),
    Action.MEETING_ANSWER: _change(
        May.PLAN_EDIT, _("svarade på en kallelse för"), person=May.OWN_EDIT, scope="write"
    ),
    Action.MEETING_HOLD: _change(
        May.PLAN_EDIT, _("skrev vilka som var på mötet för"), reach=Reach.SHARED
    ),
    Action.MEETING_CONFIRM: _change(
        May.PLAN_EDIT, _("bekräftade planen för"), person=May.OWN_EDIT, scope="write"
    ),
    # Several write in the plan at once: each text that is saved while it is being written.
    Action.MEETING_WRITE: _change(May.PLAN_EDIT, _("skrev i planen för"), reach=Reach.SHARED),
    Action.CONTACT_LIST: _read(May.CONTACT_READ, _("såg besök och tider för")),
    Action.CONTACT_READ: _read(May.CONTACT_READ, _("läste ett besök för")),
    Action.CONTACT_RECEIVE: _change(
        May.CONTACT_EDIT, _("registrerade besök eller tid för"), mode=Mode.CREATE
    ),
    Action.CONTACT_APPOINT: _change(
        May.CONTACT_APPOINT, _("utsåg fast kontakt för"), mode=Mode.CREATE
    ),
    Action.CONTACT_ASK: _change(
        May.PLAN_EDIT,
        _("bad om en fast kontakt för"),
        mode=Mode.CREATE,
        person=May.OWN_EDIT,
        scope="write",
    ),
    Action.SELF_CARE_READ: _read(
        May.PLAN_READ, _("läste råd om egenvård för"), person=None, scope=None
    ),
    Action.SELF_CARE_EDIT: _change(May.PLAN_EDIT, _("skrev råd om egenvård för")),
    # What happens elsewhere puts a plan on a worklist; who told it learns nothing of the plan.
    Action.PLAN_WATCH: _change(
        May.PLAN_READ, _("bad om en översyn av planen för"), mode=Mode.EXECUTE
    ),
    Action.OVERVIEW_READ: _read(May.PERSON_READ, _("såg översikten för"), person=None, scope=None),
    Action.CONTRACT_READ: _read(May.PERSON_READ, _("såg patientkontraktet för")),
    Action.BEHALF_ENTER: _change(
        May.PERSON_READ, _("skrev in det som sades av eller åt"), mode=Mode.CREATE
    ),
    Action.WORKLIST_READ: _read(May.PLAN_READ, _("såg i arbetslistan"), person=None, scope=None),
    Action.TASK_EDIT: _change(May.PLAN_READ, _("tog hand om en uppgift för")),
    Action.NEWS_READ: _change(
        None, _("läste vad som är nytt för"), person=May.OWN_READ, scope="read"
    ),
    Action.NOTICE_READ: _read(
        May.ORGANISATION_EDIT, _("såg en enhets notiser"), person=None, scope=None
    ),
    # The clock's own work: no role may do it, and it shows nothing to anyone.
    Action.NOTICE_RUN: _change(None, _("skickade vidare eller påminde om"), mode=Mode.EXECUTE),
    Action.SHELF_READ: _read(May.SHELF_READ, _("läste mottagna uppgifter för")),
    Action.IMPORT_READ: _read(May.IMPORT, _("såg en import"), person=None, scope=None),
    Action.SHELF_RECEIVE: _change(May.IMPORT, _("tog emot uppgifter för"), mode=Mode.CREATE),
    # What a client writes by FHIR and no room owns: kept word for word, at the own unit.
    Action.SHELF_KEEP: _change(May.SHELF_WRITE, _("skrev in uppgifter för")),
    Action.SHELF_REMOVE: _change(May.SHELF_WRITE, _("tog bort uppgifter för"), mode=Mode.DELETE),
    Action.EXPORT_ASK: _change(May.EXPORT, _("tog ut uppgifter som filer"), mode=Mode.EXECUTE),
    Action.EXPORT_RUN: _change(None, _("skrev uppgifter till filer"), mode=Mode.EXECUTE),
    Action.LOG_OWN: _read(None, _("läste sin logg"), scope=None),
    Action.LOG_REVIEW: _read(May.AUDIT_REVIEW, _("granskade loggen för"), person=None, scope=None),
    Action.LOG_CHECK: _change(May.AUDIT_REVIEW, _("gjorde en loggkontroll för"), mode=Mode.EXECUTE),
    Action.ORGANISATION_READ: _read(May.ORGANISATION_READ, _("läste i organisationen"), scope=None),
    Action.ORGANISATION_EDIT: _change(May.ORGANISATION_EDIT, _("ändrade i organisationen")),
    Action.COUNTY_READ: _read(
        May.ORGANISATION_READ, _("läste länets inställningar"), person=None, scope=None
    ),
    Action.COUNTY_EDIT: _change(May.COUNTY_EDIT, _("ändrade en av länets inställningar")),
    Action.ASSIGNMENT_READ: _read(None, _("såg sina uppdrag"), person=None, scope=None),
    Action.CASE_LIST: _read(
        May.DISCHARGE_READ,
        _("såg på tavlan för utskrivning"),
        person=None,
        scope=None,
        reach=Reach.SHARED,
    ),
    Action.CASE_READ: _read(
        May.DISCHARGE_READ, _("läste om utskrivningen för"), reach=Reach.SHARED
    ),
    Action.CASE_OPEN: _change(May.DISCHARGE_EDIT, _("skrev in på sjukhus"), mode=Mode.CREATE),
    Action.CASE_EDIT: _change(
        May.DISCHARGE_EDIT, _("planerade utskrivningen för"), reach=Reach.SHARED
    ),
    Action.CASE_SEND: _change(
        May.DISCHARGE_EDIT,
        _("skickade ett meddelande om utskrivningen för"),
        mode=Mode.CREATE,
        reach=Reach.SHARED,
    ),
    # The law says who is to have it: neither consent nor block has a say (OSL 10:28).
    Action.CASE_GIVE: _change(
        May.DISCHARGE_EDIT,
        _("lämnade uppgifter om utskrivningen för"),
        mode=Mode.EXECUTE,
        reach=Reach.SHARED,
    ),
    Action.CASE_RECEIPT: _change(
        May.DISCHARGE_EDIT, _("tog emot ett meddelande om utskrivningen för"), reach=Reach.SHARED
    ),
    # What the person ticks off before going home.
    Action.CASE_PREPARE: _change(
        May.DISCHARGE_EDIT,
        _("förberedde hemgången för"),
        person=May.OWN_EDIT,
        scope="write",
        reach=Reach.SHARED,
    ),
    Action.CASE_FOLLOW_UP: _change(
        May.DISCHARGE_EDIT, _("följde upp hemkomsten för"), reach=Reach.SHARED
    ),
    # A record system's import: no role may do it at a page.
    Action.CASE_HEAR: _change(None, _("hörde från vårdens system om"), mode=Mode.EXECUTE),
    # The clock's own work: what nobody has opened goes on, what has passed its time is said.
    Action.CASE_WATCH: _change(None, _("påminde om utskrivningen för"), mode=Mode.EXECUTE),
    Action.ROUTE_READ: _read(
        May.ORGANISATION_READ, _("såg vart meddelanden går"), person=None, scope=None
    ),
    Action.ROUTE_EDIT: _change(May.ORGANISATION_EDIT, _("ändrade vart meddelanden går")),
    Action.BASIS_READ: _read(
        May.LIABILITY_READ, _("såg underlag för betalning för"), person=None, scope=None
    ),
    Action.BASIS_EDIT: _change(May.LIABILITY_EDIT, _("ändrade underlag för betalning för")),
    Action.DISCHARGE_FIGURES: _read(
        May.FIGURES_READ, _("såg siffror om utskrivning"), person=None, scope=None
    ),
    Action.FIGURES_RECKON: _change(May.FIGURES_EDIT, _("räknade siffror"), mode=Mode.EXECUTE),
    # The warehouse's own work: no role may read whose facts these were, or write the list of exports.
    Action.FACTS_READ: _read(None, _("lade uppgifter till faktalagret"), person=None, scope=None),
    Action.FACTS_KEEP: _change(None, _("skrev i faktalagret"), mode=Mode.EXECUTE),
    Action.BEDS_EDIT: _change(May.ORGANISATION_EDIT, _("ändrade vårdplatser")),
    Action.GUARANTEE_LIST: _read(
        May.GUARANTEE_READ,
        _("såg i listan över väntetider"),
        person=None,
        scope=None,
        reach=Reach.OWN,
    ),
    Action.GUARANTEE_READ: _read(May.GUARANTEE_READ, _("såg väntetiden för"), reach=Reach.OWN),
    Action.GUARANTEE_START: _change(
        May.GUARANTEE_EDIT, _("började räkna väntetid för"), mode=Mode.CREATE
    ),
    Action.GUARANTEE_EDIT: _change(May.GUARANTEE_EDIT, _("skrev om väntetiden för")),
    Action.GUARANTEE_LETTER: _change(
        May.GUARANTEE_EDIT, _("skrev brev om väntetiden till"), mode=Mode.CREATE
    ),
    # A record system's import: no role may do it at a page.
    Action.GUARANTEE_HEAR: _change(
        None, _("hörde från vårdens system om väntetiden för"), mode=Mode.EXECUTE
    ),
    # The clock's own work: a limit has come near, or has passed.
    Action.GUARANTEE_WATCH: _change(None, _("påminde om väntetiden för"), mode=Mode.EXECUTE),
    Action.GUARANTEE_FIGURES: _read(
        May.FIGURES_READ, _("såg siffror om väntetider"), person=None, scope=None
    ),
    Action.FIGURES_SHOW: _read(
        May.FIGURES_READ, _("såg siffror om länet"), person=None, scope=None
    ),
    Action.FIGURES_EDIT: _change(May.FIGURES_EDIT, _("ändrade siffror om länet")),
    # Who is behind a figure: the gate decides on each person, and each one shown has a line.
    Action.FIGURES_PERSONS: _read(
        May.PERSON_READ, _("såg att siffrorna handlade om"), person=None, scope=None
    ),
    # A figure that the county has published, shown on another site: nobody is logged in.
    Action.FIGURES_OPEN: _read(
        May.FIGURES_READ, _("visade publicerade siffror"), person=None, scope=None
    ),
    # Each unit's list, sealed for the day when the server does not answer.
    Action.RESERVE_KEEP: _change(
        May.DISCHARGE_READ,
        _("lade undan reservlistan för"),
        mode=Mode.EXECUTE,
        reach=Reach.SHARED,
    ),
    Action.RESERVE_READ: _read(
        May.ORGANISATION_READ, _("hämtade reservlistan för"), person=None, scope=None
    ),
    Action.RESERVE_SET: _change(May.ORGANISATION_EDIT, _("bytte lösenord till reservlistan för")),
    # One's own words that never arrived; row security shows them to the same account only.
    Action.DRAFT_KEEP: _change(None, _("tog hand om sin egen osparade text")),
    # Apps and systems: who may ask to be let in. Never a person.
    Action.CLIENT_READ: _read(
        May.CONNECTION_EDIT, _("såg vilka appar som släpps in"), person=None, scope=None
    ),
    Action.CLIENT_EDIT: _change(May.CONNECTION_EDIT, _("ändrade vilka appar som släpps in")),
    Action.CLIENT_ASK: _change(None, _("tog emot en anmälan av en app"), mode=Mode.CREATE),
    # An app gets no more than the one who says yes has, so whoever may read may let an app read.
    Action.APP_ALLOW: _change(
        May.ORGANISATION_READ,
        _("släppte in en app för"),
        mode=Mode.CREATE,
        person=May.OWN_EDIT,
        scope="read",
        reach=Reach.SHARED,
    ),
    Action.APP_READ: _read(May.ORGANISATION_READ, _("såg vilka appar som får läsa om")),
    Action.APP_END: _change(
        May.ORGANISATION_READ,
        _("tog tillbaka en app för"),
        person=May.OWN_EDIT,
        scope="read",
        reach=Reach.SHARED,
    ),
    Action.APP_OPEN: _change(
        May.PERSON_READ, _("öppnade en app för"), mode=Mode.EXECUTE, reach=Reach.SHARED
    ),
    # The authorisation server's own work, on a yes that has been given.
    Action.TOKEN_GIVE: _change(None, _("gav en app ett åtkomstbevis"), mode=Mode.EXECUTE),
    # Money of regions and municipalities, status reports, targets: never about a person.
    Action.GRANT_READ: _read(May.GRANT_READ, _("läste statsbidrag"), person=None, scope=None),
    Action.GRANT_EDIT: _change(May.GRANT_EDIT, _("ändrade statsbidrag")),
    Action.REPORT_READ: _read(
        May.REPORT_READ, _("läste nulägesrapporter och mål"), person=None, scope=None
    ),
    Action.REPORT_EDIT: _change(May.REPORT_EDIT, _("skrev i en nulägesrapport")),
    Action.REPORT_SIGN: _change(May.REPORT_SIGN, _("undertecknade en nulägesrapport")),
    Action.REPORT_REMIND: _change(None, _("påminde om en nulägesrapport"), mode=Mode.EXECUTE),
    Action.ROUND_EDIT: _change(May.REPORT_EDIT, _("ändrade en omgång av nulägesrapporter")),
    Action.CODING_EDIT: _change(May.REPORT_EDIT, _("kodade svar i nulägesrapporter")),
    Action.TARGET_EDIT: _change(May.REPORT_EDIT, _("ändrade en målbild eller en insats")),
    # Another system is told when something changes; the gate is asked each time, as that system.
    Action.INDEX_TELL: _change(None, _("sa till engagemangsindex om"), mode=Mode.EXECUTE),
    Action.SUBSCRIPTION_READ: _read(
        May.SUBSCRIBE, _("såg egna prenumerationer på ändringar"), person=None, scope=None
    ),
    Action.SUBSCRIPTION_EDIT: _change(May.SUBSCRIBE, _("ändrade en prenumeration på ändringar")),
    Action.SUBSCRIPTION_TELL: _read(
        May.SUBSCRIBE, _("fick besked om en ändring som gäller"), person=None, scope=None
    ),
    Action.SUBSCRIPTION_WATCH: _read(
        May.COUNTY_EDIT, _("såg prenumerationer på ändringar"), person=None, scope=None
    ),
    Action.SUBSCRIPTION_MEND: _change(May.COUNTY_EDIT, _("skötte en prenumeration på ändringar")),
    # The clock's own work: no role may do it.
    Action.SUBSCRIPTION_RUN: _change(None, _("skickade besked om ändringar"), mode=Mode.EXECUTE),
}


def spec(action: Action) -> ActionSpec:
    """The action's row in the table; every action has one (a house test says so)."""
    return ACTIONS[action]
