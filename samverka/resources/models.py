"""Rows of the shelf: resources, their versions word for word, what they point at, and imports.

Persons and units stand on a higher storey, so these rows name them by id, without foreign keys.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left

from samverka.access.guarded import GatePath, Guarded, Held
from samverka.kernel.narrowing import Pairs
from samverka.resources.rules.bulk import ExportState
from samverka.resources.rules.keys import MAX_KEY
from samverka.resources.rules.lines import Weight
from samverka.resources.rules.receiving import Content
from samverka.resources.rules.searching.numbers import INDEX
from samverka.resources.rules.status import RunState, Status


class Resource(Held):
    """One resource of one source. Its id is computed from source and key (`rules.keys.shelf_id`).

    `address` is what the index calls it (`rules.keys.address_of`): references lead there.
    `person_id` is empty for what is about nobody, and for what waits for its person: the status tells.
    `room_id` is the row that a room made of it, `handed` the version that the room has seen. `indexed`: the number of
    the rules that it was indexed by.
    No columns: `said` is what it is about to say, `looked` whether it meets conditions of scopes (`reads.fitting`).
    """

    gate: ClassVar[GatePath | None] = GatePath(kind="kind")

    said: Content | None = None
    looked: Mapping[Pairs, bool] = MappingProxyType({})

    id = models.UUIDField(primary_key=True, editable=False)
    address = models.UUIDField(editable=False)
    source = models.CharField(max_length=80)
    key = models.CharField(max_length=MAX_KEY)
    kind = models.CharField(max_length=64)
    local_id = models.CharField(max_length=64, blank=True, default="")
    full_url = models.CharField(max_length=MAX_KEY, blank=True, default="")
    person_id = models.UUIDField(null=True, blank=True)
    provider_id = models.UUIDField(null=True, blank=True)
    unit_id = models.UUIDField(null=True, blank=True)
    room_id = models.UUIDField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Status])
    pending = models.BooleanField(default=False)
    handed = models.PositiveIntegerField(default=0, db_default=0)
    indexed = models.PositiveSmallIntegerField(default=INDEX, db_default=INDEX)
    reason = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    versions = models.PositiveIntegerField(default=1)
    digest = models.BinaryField(max_length=32)
    last_updated = models.DateTimeField(null=True, blank=True)
    version_id = models.CharField(max_length=64, blank=True, default="")
    received_at = models.DateTimeField()
    run_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["person_id", "kind", "-received_at"],
                condition=Q(person_id__isnull=False),
                name="resource_person",
            ),
            models.Index(fields=["address"], name="resource_address"),
            models.Index(fields=["kind", "received_at", "id"], name="resource_kind"),
            models.Index(fields=["source", "kind", "status"], name="resource_standing"),
            models.Index(
                fields=["source", "kind", "id"], condition=Q(pending=True), name="resource_pending"
            ),
            models.Index(
                fields=["source", "full_url"],
                condition=Q(full_url__startswith="urn:"),
                name="resource_urn",
            ),
            models.Index(
                fields=["source", "id"], condition=Q(status="waiting"), name="resource_waiting"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class PersonForm(Resource):
    """A Patient of our own: it says who the person is, and is nobody's record. The same row, asked of as that."""

    gate: ClassVar[GatePath | None] = replace(GatePath.directory(), kind="kind")

    class Meta:
        proxy = True


class Version(Guarded):
    """The text of one version, word for word. Never changed; only its person may become known.

    `passed_over`: another text of the same resource stood in the same import and won.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("resource", kind="kind")

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    number = models.PositiveIntegerField()
    person_id = models.UUIDField(null=True, blank=True)
    text = models.TextField()
    digest = models.BinaryField(max_length=32)
    last_updated = models.DateTimeField(null=True, blank=True)
    version_id = models.CharField(max_length=64, blank=True, default="")
    received_at = models.DateTimeField()
    run_id = models.UUIDField(null=True, blank=True)
    passed_over = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["resource", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.number}"


class Reference(Guarded):
    """Out of the current version of a resource: where it points. `target` empty: not found yet."""

    gate: ClassVar[GatePath | None] = GatePath.through("resource", kind="kind")

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT)
    person_id = models.UUIDField(null=True, blank=True)
    path = models.CharField(max_length=300)
    key = models.CharField(max_length=MAX_KEY)
    target = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["target"], name="reference_target"),
            models.Index(
                fields=["key"], condition=Q(target__isnull=True), name="reference_not_found"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.path}"


class Wanted(Guarded):
    """Whose a waiting resource is, until the person is known.

    Rows with the same `party` are several names of one and the same person.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("resource", kind="kind")

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT)
    party = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=MAX_KEY)
    target = models.UUIDField(null=True, blank=True)
    person_id = models.UUIDField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["target"], name="wanted_target")]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.party}"


class Identifier(Guarded):
    """A business identifier of the current version of a resource."""

    gate: ClassVar[GatePath | None] = GatePath.through("resource", kind="kind")

    id = models.BigAutoField(primary_key=True)
    resource = models.ForeignKey(Resource, on_delete=models.PROTECT)
    person_id = models.UUIDField(null=True, blank=True)
    system = models.CharField(max_length=MAX_KEY, blank=True, default="")
    value = models.CharField(max_length=MAX_KEY)

    class Meta:
        indexes = [models.Index(fields=["value", "system"], name="identifier_value")]

    def __str__(self) -> str:
        return str(self.id)


class Run(Guarded):
    """One import: who, from where, how it went. Bears no person's data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(max_length=80)
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=200)
    unit_id = models.UUIDField(null=True, blank=True)
    started_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in RunState])
    files = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    lines = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["actor_id", "-started_at"], name="run_actor")]

    def __str__(self) -> str:
        return str(self.id)


class RunLine(Guarded):
    """A line of an import's report: sentences by message id, so they can be read in any language."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.CASCADE)
    file = models.CharField(max_length=200)
    entry = models.CharField(max_length=40)
    kind = models.CharField(max_length=64, blank=True, default="")
    weight = models.CharField(max_length=8, choices=[(w.value, w.value) for w in Weight])
    path = models.CharField(max_length=300, blank=True, default="")
    message = models.TextField()
    params = models.JSONField(default=dict)
    mend = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return f"{self.run_id} {self.file} {self.entry}"


# ── the index of searches: what the current version of a resource is found by ──


class Indexed(Guarded):
    """A value of a search parameter. Made of the text, and made anew with it: nothing points here.

    `parameter`: number of the type's parameter (`rules.searching.numbers`). `part`, `place`: of a composite.
    Without a foreign key in the database: it would cost as much as the row, which one statement writes and forgets.
    """

    gate: ClassVar[GatePath | None] = GatePath.through("resource", kind="kind")

    pk = models.CompositePrimaryKey("resource", "parameter", "number")
    resource = models.ForeignKey(
        Resource, on_delete=models.PROTECT, db_index=False, db_constraint=False, related_name="+"
    )
    parameter = models.IntegerField()
    number = models.PositiveIntegerField()
    person_id = models.UUIDField(null=True, blank=True)
    part = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.resource_id} {self.parameter}"


class TokenValue(Indexed):
    """A code, identifier or flag. `system`, `sort`: hashes of addresses (0: none); `words`: for `:text`."""

    system = models.BigIntegerField(default=0)
    code = models.TextField(blank=True, default="", db_collation="C")
    sort = models.BigIntegerField(default=0)
    words = models.TextField(blank=True, default="", db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["parameter", "code", "person_id"], name="token_code"),
        ]


class PointerValue(Indexed):
    """A reference. `target`: the address that it names, if it is known; `key` until then."""

    kind = models.CharField(max_length=64, blank=True, default="")
    target = models.UUIDField(null=True, blank=True)
    key = models.TextField(blank=True, default="")
    url = models.TextField(blank=True, default="", db_collation="C")
    system = models.BigIntegerField(default=0)
    value = models.TextField(blank=True, default="", db_collation="C")

    class Meta:
        indexes = [
            models.Index(
                fields=["resource"],
                condition=Q(target__isnull=True) & ~Q(key=""),
                name="pointer_not_found",
            ),
            models.Index(
                fields=["target", "parameter"],
                condition=Q(target__isnull=False),
                name="pointer_target",
            ),
            models.Index(fields=["parameter", "url"], condition=~Q(url=""), name="pointer_url"),
            models.Index(
                fields=["parameter", "value"], condition=~Q(value=""), name="pointer_value"
            ),
        ]


class SpanValue(Indexed):
    """A time as a range; `high` is not in it."""

    low = models.DateTimeField()
    high = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["parameter", "low", "high"], name="span_low")]


class NumericField(models.Field):  # type: ignore[type-arg]
    """A number of any length, or endless; Django's own has a fixed number of digits."""

    def db_type(self, connection: Any) -> str:
        """PostgreSQL's type."""
        return "numeric"


class AmountValue(Indexed):
    """A number or quantity as a range, as sent; and in base units of UCUM (`base`: hash of their name, 0 for none)."""

    low = NumericField()
    high = NumericField()
    system = models.BigIntegerField(default=0)
    code = models.TextField(blank=True, default="", db_collation="C")
    unit = models.TextField(blank=True, default="", db_collation="C")
    base = models.BigIntegerField(default=0)
    base_low = NumericField(null=True, blank=True)
    base_high = NumericField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["parameter", "low"], name="amount_low"),
            models.Index(
                fields=["parameter", "base", "base_low"], condition=~Q(base=0), name="amount_base"
            ),
        ]


class WordsValue(Indexed):
    """A text as it stands, and as texts are compared."""

    exact = models.TextField(db_collation="C")
    plain = models.TextField(db_collation="C")

    class Meta:
        indexes = [models.Index(F("parameter"), Left("plain", 150), name="words_plain")]


class AddressValue(Indexed):
    """A uri, or a canonical with its version apart."""

    uri = models.TextField(db_collation="C")
    version = models.TextField(blank=True, default="", db_collation="C")

    class Meta:
        indexes = [models.Index(fields=["parameter", "uri"], name="address_uri")]


class BulkWork(Guarded):
    """Work in the background: who asked, for what, and how far it has come.

    `account_id` with `assignment_id`, or a client's own id: who asks the gate at each piece; `narrowing`: what the
    client that it came by has been let do. `place`: where the next piece begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account_id = models.UUIDField()
    assignment_id = models.UUIDField(null=True, blank=True)
    actor_name = models.CharField(max_length=200)
    unit_id = models.UUIDField(null=True, blank=True)
    purpose = models.CharField(max_length=20)
    narrowing = models.JSONField(null=True, blank=True)
    request = models.TextField()
    wanted = models.JSONField()
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in ExportState])
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    place = models.JSONField(default=dict)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.id)


class BulkExport(BulkWork):
    """One bulk export. `place`: also the files so far; what is in it lies in them, never here."""

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=["asked", "going"]),
                name="bulkexport_open",
            )
        ]


class BulkImport(BulkWork):
    """One bulk import. `run_id`: its report (`Run`); what is to be read lies in files until it has been."""

    run_id = models.UUIDField()

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"],
                condition=Q(state__in=["asked", "going"]),
                name="bulkimport_open",
            )
        ]
