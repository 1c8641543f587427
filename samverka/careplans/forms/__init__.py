"""Forms for plans: parsing and friendly words. The operations decide."""

from samverka.careplans.forms.sharing import (
    CommentForm,
    ContactForm,
    EndForm,
    ShareForm,
    WithdrawForm,
)
from samverka.careplans.forms.writing import (
    ActivityForm,
    EditActivityForm,
    FollowUpForm,
    GoalForm,
    NewPlanForm,
    OutcomeForm,
    ResponsibleForm,
    SectionForm,
    activity_initial,
    goal_initial,
    outcome_initial,
)

__all__ = [
    "ActivityForm",
    "CommentForm",
    "ContactForm",
    "EditActivityForm",
    "EndForm",
    "FollowUpForm",
    "GoalForm",
    "NewPlanForm",
    "OutcomeForm",
    "ResponsibleForm",
    "SectionForm",
    "ShareForm",
    "WithdrawForm",
    "activity_initial",
    "goal_initial",
    "outcome_initial",
]
