"""Forms for plans: parsing and friendly words. The operations decide."""

from samverka.careplans.forms.approving import ApprovalChangeForm
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
from samverka.careplans.forms.disclosing import KeepBackForm, NewActivityForm, NewGoalForm
from samverka.careplans.forms.following import (
    CarerForm,
    ExplainForm,
    GroupForm,
    MergeAnswerForm,
    MergeForm,
    ResultForm,
    ReviewForm,
    TemplateForm,
    template_initial,
)
from samverka.careplans.forms.preparing import (
    PrepForm,
)
from samverka.careplans.forms.selfcare import (
    ChangeSelfCareForm,
    EndSelfCareForm,
    SelfCareForm,
    self_care_initial,
)
from samverka.careplans.forms.sharing import (
    CommentForm,
    ContactForm,
    EndForm,
    ReplyForm,
    ShareForm,
    WithdrawForm,
)
from samverka.careplans.forms.standins import AbsenceForm, HandOverForm, WishForm
from samverka.careplans.forms.tasks import TaskForm
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
    "AbsenceForm",
    "AcceptForm",
    "ActivityForm",
    "AnswerForm",
    "ApprovalChangeForm",
    "AskConsentForm",
    "AskForm",
    "CarerForm",
    "ChangeSelfCareForm",
    "CommentForm",
    "ContactForm",
    "EditActivityForm",
    "EndForm",
    "EndSelfCareForm",
    "ExplainForm",
    "FollowUpForm",
    "GoalForm",
    "GroupForm",
    "HandOverForm",
    "KeepBackForm",
    "MergeAnswerForm",
    "MergeForm",
    "MyAskForm",
    "NewActivityForm",
    "NewGoalForm",
    "NewPlanForm",
    "OutcomeForm",
    "PrepForm",
    "RefusalForm",
    "RefuseForm",
    "ReplyForm",
    "ResponsibleForm",
    "ResultForm",
    "ReviewForm",
    "SectionForm",
    "SelfCareForm",
    "ShareForm",
    "TaskForm",
    "TemplateForm",
    "UnableForm",
    "VoiceForm",
    "WishForm",
    "WithdrawForm",
    "activity_initial",
    "goal_initial",
    "outcome_initial",
    "self_care_initial",
    "template_initial",
]
