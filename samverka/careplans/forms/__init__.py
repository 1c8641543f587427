"""Forms for plans: parsing and friendly words. The operations decide."""

from samverka.careplans.forms.asking import (
    AcceptForm,
    AskForm,
    MyAskForm,
    RefuseForm,
)
from samverka.careplans.forms.consenting import (
    AnswerForm,
    AskConsentForm,
    RefusalForm,
    UnableForm,
    VoiceForm,
)
from samverka.careplans.forms.preparing import (
    PrepForm,
)
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
    "AcceptForm",
    "ActivityForm",
    "AnswerForm",
    "AskConsentForm",
    "AskForm",
    "CommentForm",
    "ContactForm",
    "EditActivityForm",
    "EndForm",
    "FollowUpForm",
    "GoalForm",
    "MyAskForm",
    "NewPlanForm",
    "OutcomeForm",
    "PrepForm",
    "RefusalForm",
    "RefuseForm",
    "ResponsibleForm",
    "SectionForm",
    "ShareForm",
    "UnableForm",
    "VoiceForm",
    "WithdrawForm",
    "activity_initial",
    "goal_initial",
    "outcome_initial",
]
