"""The steps of review in Wagtail's own workflow. Each asks the library's operations; a refusal stops the step."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Revision, TaskState

from nearer.library.rules.canonical import canonical

#: Sent as somebody takes a step: `article`, `revision`, `step`, `by` (the person's number), `action`, and `said`.
reviewed = Signal()


class StepForm(forms.Form):
    """What is said with a step."""

    comment = forms.CharField(label=_("Comment"), widget=forms.Textarea, max_length=2000, required=False)


class SigningForm(StepForm):
    """What is said with a signature."""

    conflicts = forms.CharField(
        label=_("Conflicts of interest about this article"),
        help_text=_("Write “None” if there are none."),
        max_length=500,
    )


class ReviewTask(AbstractGroupApprovalTask):
    """A step that one group takes, with a form that says what goes on record."""

    step: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    form: ClassVar[type[forms.Form]] = StepForm

    class Meta:
        abstract = True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:  # noqa: ARG002 - Wagtail's shape
        if not self._user_in_groups(user):
            return []
        return [("reject", _("Request changes"), True), ("approve", self.label, True)]

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        return self.form if action == "approve" else StepForm

    def locked_for_user(self, obj: Any, user: Any) -> bool:  # noqa: ARG002 - Wagtail's shape
        """Nobody else writes while somebody reads; and a reviewer who changes a word can't sign it."""
        return not self._user_in_groups(user)

    def _follow(self, task_state: TaskState, article: Any) -> None:
        """Take the newest version, which the editor's page may have saved with this very step.

        Whoever signs does so only if it holds the same words as the one that was put before them.
        """
        newest = article.get_latest_revision()
        if newest.pk == task_state.revision_id:
            return
        text = _text(newest)
        for state in task_state.workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED):
            if _text(state.revision) == text:  # the steps before were taken on these very words
                state.copy(update_attrs={"revision": newest})
        if self.step == "evidence" or _text(task_state.revision) == text:
            task_state.revision = newest
            task_state.save(update_fields=["revision"])

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **said: Any) -> None:
        if task_state.status != TaskState.STATUS_IN_PROGRESS:
            return
        article = task_state.workflow_state.content_object.specific
        self._follow(task_state, article)
        reviewed.send(
            sender=type(self),
            article=article,
            revision=task_state.revision,
            step=self.step,
            by=user.pk,
            action=action_name,
            said=said,
        )
        super().on_action(task_state, user, action_name, comment=said.get("comment", ""))


def _text(revision: Revision) -> str:
    return canonical(revision.as_object().content)


class EvidenceCheck(ReviewTask):
    """An editor checks every claim against its sources."""

    step = "evidence"
    label = _("The evidence holds")

    class Meta:
        verbose_name = _("evidence check")


class ClinicalReview(ReviewTask):
    """A clinician reads the whole and signs it."""

    step = "clinical"
    label = _("Sign this text")
    form = SigningForm

    class Meta:
        verbose_name = _("clinical review")


class SecondReview(ReviewTask):
    """Another clinician signs what touches violence, suicide, sex, trauma or minors; elsewhere it is passed over."""

    step = "second"
    label = _("Sign as second reviewer")
    form = SigningForm

    class Meta:
        verbose_name = _("second review")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        state = super().start(workflow_state, user=user)
        if not state.revision.as_object().touches:
            state.status = TaskState.STATUS_SKIPPED
            state.save(update_fields=["status"])
        return state
