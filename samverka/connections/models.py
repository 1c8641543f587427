"""Rows: clients, connections, and what shows that one is let in. Secrets and tokens are kept as digests only."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from samverka.access.guarded import GatePath, Guarded, choices
from samverka.connections.rules.clients import ClientKind, ClientStatus
from samverka.connections.rules.lasting import End
from samverka.kernel.actor import Purpose

DIGEST = 64
"""SHA-256 in hex."""


class Client(Guarded):
    """An app or a system that may ask to be let in; its id is the `client_id`.

    `unit`: whose administrator registered it; a system without a user acts there, with `roles` and for one of
    `purposes`. `keys`: its public keys (a JWK set). `about`: what it is for, in the words that a person reads.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=100)
    about = models.CharField(max_length=300, blank=True, default="")
    maker = models.CharField(max_length=100, blank=True, default="")
    contact = models.EmailField(blank=True, default="")
    kind = models.CharField(max_length=16, choices=choices(ClientKind))
    status = models.CharField(max_length=16, choices=choices(ClientStatus))
    unit = models.ForeignKey("organisations.Unit", on_delete=models.PROTECT, null=True, blank=True)
    redirects = ArrayField(models.CharField(max_length=500), default=list, blank=True)
    launch_address = models.CharField(max_length=500, blank=True, default="")
    scopes = models.TextField()
    keys = models.JSONField(default=dict, blank=True)
    secret_digest = models.CharField(max_length=DIGEST, blank=True, default="")
    roles = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    purposes = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=200, blank=True, default="")
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "name"], name="client_status")]

    def __str__(self) -> str:
        return self.name


class Connection(Guarded):
    """A yes to one client: from a person or one of the staff, or for a system from its registration.

    `person`: whom the app was opened for. All tokens hang on it: when it ends, they end.
    """

    gate: ClassVar[GatePath | None] = GatePath.directory()

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT)
    account = models.ForeignKey("access.Account", on_delete=models.PROTECT, null=True, blank=True)
    assignment = models.ForeignKey(
        "organisations.Assignment", on_delete=models.PROTECT, null=True, blank=True
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, blank=True)
    scopes = models.TextField()
    purpose = models.CharField(max_length=16, choices=choices(Purpose))
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended = models.CharField(max_length=16, choices=choices(End), blank=True, default="")
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["account", "-given_at"], name="connection_account"),
            models.Index(fields=["client", "-given_at"], name="connection_client"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Code(Guarded):
    """An authorisation code: handed to the app once, for one token."""

    digest = models.CharField(primary_key=True, max_length=DIGEST)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE)
    redirect = models.CharField(max_length=500)
    challenge = models.CharField(max_length=128)
    nonce = models.CharField(max_length=200, blank=True, default="")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="code_expires")]

    def __str__(self) -> str:
        return self.digest[:8]


class Token(Guarded):
    """An access token, or the token that refreshes it (`refreshes`). `ended_at`: used up, or taken back."""

    digest = models.CharField(primary_key=True, max_length=DIGEST)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE)
    refreshes = models.BooleanField(default=False)
    scopes = models.TextField()
    purpose = models.CharField(max_length=16, choices=choices(Purpose))
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="token_expires")]

    def __str__(self) -> str:
        return self.digest[:8]


class Launch(Guarded):
    """A click on "open in app": who clicked, under which assignment, on whose page. Handed to the app as an opaque word."""

    gate: ClassVar[GatePath | None] = GatePath.directory()

    digest = models.CharField(primary_key=True, max_length=DIGEST)
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    account = models.ForeignKey("access.Account", on_delete=models.CASCADE)
    assignment = models.ForeignKey(
        "organisations.Assignment", on_delete=models.PROTECT, null=True, blank=True
    )
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.digest[:8]


class Assertion(Guarded):
    """The `jti` of a signed assertion that a client has used, so that nobody can send it again."""

    id = models.BigAutoField(primary_key=True)
    client = models.ForeignKey(Client, on_delete=models.CASCADE)
    digest = models.CharField(max_length=DIGEST)
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "digest"], name="assertion_once")]
        indexes = [models.Index(fields=["expires_at"], name="assertion_expires")]

    def __str__(self) -> str:
        return self.digest[:8]
