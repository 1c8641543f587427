"""Plans, goals and teams ↔ FHIR R4 CarePlan, Goal and CareTeam.

After the mapping of the national contract for care plans (GetCarePlans 2.0): category by its code
system, title and created always, `approvedForPatient=false` as the security label NOPATIENT.
"""

from samverka.careplans.fhir.answers import (
    participant_answer,
    read_service_request,
    refusal_ground,
    refusal_reason,
    task_answer,
)
from samverka.careplans.fhir.asking import (
    plan_consent,
    service_request,
)
from samverka.careplans.fhir.communications import communication
from samverka.careplans.fhir.meetings import appointment, call_task
from samverka.careplans.fhir.parts import read_activity, read_goal
from samverka.careplans.fhir.publishing import care_plan, care_team, contact_team, goal, provenance
from samverka.careplans.fhir.receiving import (
    Links,
    receive_careplan,
    receive_careteam,
    receive_goal,
)
from samverka.careplans.fhir.sorts import (
    asks_for_plan,
    is_our_plan,
    plan_of_consent,
    plan_of_goal,
    plan_of_task,
    plan_of_words,
)
from samverka.careplans.fhir.tasks import plan_task, read_move, read_plan_task
from samverka.careplans.fhir.writing import (
    ConsentSent,
    PlanChanges,
    answered_by,
    goal_changes,
    named_unit,
    plan_changes,
    plan_kind,
    pointed_at,
    read_communication,
    read_consent,
)

__all__ = [
    "ConsentSent",
    "Links",
    "PlanChanges",
    "answered_by",
    "appointment",
    "asks_for_plan",
    "call_task",
    "care_plan",
    "care_team",
    "communication",
    "contact_team",
    "goal",
    "goal_changes",
    "is_our_plan",
    "named_unit",
    "participant_answer",
    "plan_changes",
    "plan_consent",
    "plan_kind",
    "plan_of_consent",
    "plan_of_goal",
    "plan_of_task",
    "plan_of_words",
    "plan_task",
    "pointed_at",
    "provenance",
    "read_activity",
    "read_communication",
    "read_consent",
    "read_goal",
    "read_move",
    "read_plan_task",
    "read_service_request",
    "receive_careplan",
    "receive_careteam",
    "receive_goal",
    "refusal_ground",
    "refusal_reason",
    "service_request",
    "task_answer",
]
