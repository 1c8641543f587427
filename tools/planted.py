"""Every wall has been seen to hold: plant each fault in a copy of the repository and see which check tells.

    python tools/planted.py             all of them, and write docs/reference/planted.md
    python tools/planted.py --new       those that the page does not tell of yet, and add them to it
    python tools/planted.py WORD…       those whose words hold a WORD; writes nothing

The copy lies in a temporary folder; nothing here is changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/reference/planted.md"
HOUSE = "tests/house"
NEW = "--new"
LEFT = shutil.ignore_patterns(".*", "__pycache__", "var", "node_modules", "*.pyc")


@dataclass(frozen=True)
class Plant:
    """A fault, how it is planted, and the check that must tell."""

    words: str
    file: str
    edit: Callable[[str], str]
    check: str


def add(text: str) -> Callable[[str], str]:
    """More at the end of a file."""
    return lambda old: f"{old.rstrip()}\n\n\n{text}\n"


def swap(old: str, new: str) -> Callable[[str], str]:
    """One thing for another; it must be there."""

    def edit(text: str) -> str:
        if old not in text:
            raise SystemExit(f"Not found, so nothing was planted: {old}")
        return text.replace(old, new, 1)

    return edit


def top(line: str) -> Callable[[str], str]:
    """An import after the others of the same sort."""
    return swap(
        "from __future__ import annotations\n", f"from __future__ import annotations\n\n{line}\n"
    )


def _opened(text: str) -> str:
    text = swap('path("sok/", pages.search', 'path("sok/", public(pages.search)')(text)
    return swap("from samverka.people import pages",
                "from samverka.people import pages\nfrom samverka.web.door import public")(text)  # fmt: skip


WALLS = f"{HOUSE}/test_walls.py"
DOORS = f"{HOUSE}/test_every_door.py"
TRAIL = f"{HOUSE}/test_trail.py"
FORBIDDEN = f"{HOUSE}/test_forbidden.py"
TEMPLATES = f"{HOUSE}/test_templates.py"
SEARCH = "samverka/people/templates/people/search.html"
STORE = "samverka/access/guarded.py"

PLANTS = [
    # ── storeys and rooms ──
    Plant("a lower room imports a higher one", "samverka/audit/rules.py",
          top("from samverka.people import rules as _people"), f"{WALLS} -k storeys"),
    Plant("two rooms on one storey know each other", "samverka/contacts/rules.py",
          top("from samverka.careplans import rules as _plans"), f"{WALLS} -k storeys"),
    Plant("a new room that is in no storey", "samverka/newroom/__init__.py",
          add('"""A room."""'), f"{WALLS} -k storeys"),
    Plant("rows import operations", "samverka/people/models.py",
          add("def _late() -> None:\n    from samverka.people import operations as _operations"),
          f"{WALLS} -k storeys"),
    Plant("a page imports rows", "samverka/people/pages.py",
          top("from samverka.people.models import Person as _Person"), f"{WALLS} -k storeys"),
    Plant("a room reads another room's rows", "samverka/contract/reads/start.py",
          top("from samverka.people.models import Person as _Person"), f"{WALLS} -k rows_stay"),
    Plant("a room has a drawer of its own", "samverka/people/services.py",
          add('"""Odds and ends."""'), f"{WALLS} -k known_parts"),
    Plant("rules know Django", "samverka/people/rules.py",
          top("from django.utils import timezone as _timezone"), f"{HOUSE}/test_purity.py"),
    Plant("the kernel takes a third library", "samverka/kernel/text.py",
          top("import msgspec as _msgspec"), f"{HOUSE}/test_purity.py"),
    Plant("something is called by a name that no decision names", "samverka/people/reads/persons.py",
          add('def _late():\n    return import_string("samverka.contract.reads.my_page")'),
          f"{HOUSE}/test_names.py -k nothing_else"),
    # ── shape ──
    Plant("an operation without actor, types and docstring", "samverka/people/operations.py",
          add("def wipe(person_id):\n    pass"), f"{HOUSE}/test_operations.py -k wipe"),
    Plant("the clock is read in an operation", "samverka/people/operations.py",
          add("def _today() -> date:\n    return date.today()"), f"{HOUSE}/test_clock.py"),
    Plant("a signal", "samverka/people/apps.py",
          add("from django.db.models.signals import post_save as _saved"), FORBIDDEN),
    Plant("a row decides in save()", "samverka/people/models.py",
          swap("    def __str__(self) -> str:\n        return str(self.id)  # never",
               "    def save(self, *args: Any, **kwargs: Any) -> None:\n        super().save()\n\n"
               "    def __str__(self) -> str:\n        return str(self.id)  # never"), FORBIDDEN),
    Plant("mark_safe", "samverka/people/pages.py",
          top("from django.utils.safestring import mark_safe as _safe"), FORBIDDEN),
    Plant("csrf_exempt", "samverka/people/pages.py",
          top("from django.views.decorators.csrf import csrf_exempt as _exempt"), FORBIDDEN),
    Plant("raw SQL outside the trail", "samverka/people/reads/persons.py",
          add('def _all():\n    return Person.objects.raw("SELECT 1")'), FORBIDDEN),
    Plant("a transaction beside the act's", "samverka/people/operations.py",
          add("def _piece() -> None:\n    with transaction.atomic():\n        pass"), FORBIDDEN),
    Plant("a function of seventy lines", "samverka/people/rules.py",
          add("def _long() -> None:\n" + "    print()\n" * 70), f"{HOUSE}/test_sizes.py"),
    Plant("a file of six hundred lines", "samverka/people/rules.py",
          add("# more\n" * 600), f"{HOUSE}/test_sizes.py"),
    # ── templates ──
    Plant("inline style", SEARCH, add('<p style="color: red">x</p>'), TEMPLATES),
    Plant("inline handler", SEARCH, add('<button onclick="go()">x</button>'), TEMPLATES),
    Plant("inline script", SEARCH, add("<script>go()</script>"), TEMPLATES),
    Plant("an unescaped value", SEARCH, add("{{ q|safe }}"), TEMPLATES),
    Plant("a permission asked in a template", SEARCH, add("{% if perms.people %}x{% endif %}"), TEMPLATES),
    Plant("a person's name in a title", SEARCH,
          add("{% block title %}{{ person.name }}{% endblock %}"), TEMPLATES),
    Plant("a word for people that is not ours", SEARCH, add("<p>Brukaren</p>"), f"{HOUSE}/test_words.py"),
    # ── doors ──
    Plant("a new address without a line", "samverka/people/urls.py",
          swap('    path("sok/"', '    path("ny-dorr/", pages.search, name="new-door"),\n    path("sok/"'),
          f"{DOORS} -k every_address"),
    Plant("an address opened to everyone", "samverka/people/urls.py", _opened, f"{DOORS} -k open_address"),
    Plant("a read that forgets the gate", "samverka/people/reads/persons.py",
          swap("row = this.row(full_persons(), id=person_id)\n        this.note(row)",
               "row = full_persons().get(id=person_id)\n        this.note(row)"),
          f"{DOORS} -k who_may_not_know"),
    # ── trail ──
    Plant("a read that a stranger gets through", "samverka/people/reads/persons.py",
          swap("row = this.row(full_persons(), id=person_id)\n        this.note(row)",
               "row = full_persons().get(id=person_id)\n        this.note(row)"), f"{TRAIL} -k stranger"),
    Plant("an act that leaves no line", "samverka/access/reads/holds.py",
          swap("        row = this.row(models.Subject.objects, person_id=person_id)\n        this.note(row)\n",
               "        row = this.row(models.Subject.objects, person_id=person_id)\n"),
          f"{TRAIL} -k leaves_its_line"),
    Plant("a read without an act", "samverka/access/reads/holds.py",
          swap("        this.note(row)\n        return subject_detail(row)",
               "        this.unchanged()\n        return subject_detail(row)"), f"{TRAIL} -k leaves_its_line"),
    Plant("a new operation that nobody calls in the test", "samverka/people/operations.py",
          add("def wave(actor: Actor, *, person_id: UUID) -> None:\n"
              '    """Wave to the person."""\n    with act(actor, Action.PERSON_READ) as this:\n'
              "        this.unchanged()"), f"{TRAIL} -k called_here"),
    Plant("an action that nothing uses", "samverka/access/actions.py",
          swap('    PERSON_READ = "person.read"', '    PERSON_READ = "person.read"\n    PERSON_WAVE = "person.wave"'),
          f"{TRAIL} -k every_action"),
    Plant("save() outside an act goes through", STORE, swap('demand_act("save()")', "pass"), f"{TRAIL} -k no_write"),
    Plant("update() outside an act goes through", STORE, swap('demand_act("update()")', "pass"), f"{TRAIL} -k no_write"),
    Plant("bulk_create() outside an act goes through", STORE, swap('demand_act("bulk_create()")', "pass"),
          f"{TRAIL} -k no_write"),
    Plant("a reading act may write", STORE, swap("if not act.writes:", "if False:"), f"{TRAIL} -k reading_act"),
    Plant("an act may be left without a line", "samverka/access/act.py",
          swap("if not self._noted.lines and not self._silent:", "if False:"), f"{TRAIL} -k without_a_line"),
    Plant("the line about a refusal is rolled back with it", "samverka/access/act.py",
          swap("        self._atomic.__exit__(kind, error, trace if error else None)\n"
               "        if isinstance(error, NotFound | NotAllowed):\n            self._tell_refusal(error)\n",
               "        if isinstance(error, NotFound | NotAllowed):\n            self._tell_refusal(error)\n"
               "        self._atomic.__exit__(kind, error, trace if error else None)\n"),
          f"{TRAIL} -k after_the_rollback"),
    Plant("two sealers at a time", "samverka/audit/operations.py",
          swap('cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])', "pass"),
          "tests/audit/test_seal.py -k two_sealers"),
    Plant("the seal leaves out who it was", "samverka/audit/rules.py",
          swap('        "number": number,\n', '        "number": number,\n        "actor_name": "",\n'),
          "tests/audit/test_seal.py -k a_changed_line"),
    # ── net ──
    Plant("a table falls out of the net", "samverka/config/security.py",
          swap('    if "person_id" not in columns:', '    if "person_id" not in columns or model.__name__ == "Goal":'),
          f"{HOUSE}/test_net.py -k every_table"),
    Plant("a policy that lets everyone read", "samverka/config/security.py",
          swap("CREATE POLICY samverka_net ON {table} USING ({test})", "CREATE POLICY samverka_net ON {table} USING (true)"),
          f"{HOUSE}/test_net.py -k answers_nothing"),
    Plant("the application may change the trail", "samverka/config/security.py",
          swap('"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {quoted}" for table in sorted(APPEND_ONLY)',
               '"SELECT 1" for table in sorted(APPEND_ONLY)'), f"{HOUSE}/test_net.py -k may_not"),
    Plant("the list forgets outer blocks", "samverka/access/gate.py",
          swap("& ~Q(_outer_block(actor, path))", ""), "tests/access/test_gate_agrees.py"),
    # ── what is given to whom ──
    Plant("a copy that is kept can be written in", "samverka/access/rules/deciding.py",
          swap("return Ground.KEPT if reads else Refusal.KEPT", "return Ground.KEPT"),
          "tests/access/test_decision_by_law.py -k kept"),
    Plant("a copy that is kept opens what came later", "samverka/access/gate.py",
          swap("Q(pk__in=[]) if path.part else other", "other"),
          "tests/access/test_gate_agrees.py -k agree"),
    Plant("a grant goes round an inner block", "samverka/access/rules/deciding.py",
          swap("        return _granted(holding, standing)", "        return Ground.TAKES_PART"),
          "tests/access/test_decision_by_law.py -k test_reading"),
    Plant("a newer version is shown than was given", "samverka/careplans/reads/disclosing.py",
          swap("    _put_copy(row, own, made)\n", ""), "tests/careplans/test_kept_copies.py -k tells_nothing_of_what_came_after"),
    Plant("what a party that is kept outside does is given", "samverka/careplans/rules/disclosing.py",
          swap("unit in hidden[PartKind.PARTY] or ", ""), "tests/careplans/test_disclosing.py"),
    Plant("what another keeps back is put on the shelf", "samverka/careplans/operations/writing.py",
          swap("    hide_for(mine, row.provider_id)\n", ""), "tests/careplans/test_kept_back.py -k other_side_keeps_back"),
    Plant("every change is given where somebody should send it",
          "samverka/careplans/operations/disclosing.py",
          swap("    if not explicitly and not gives_at_save(this):", "    if False:"),
          "tests/careplans/test_sending.py -k when_somebody_sends"),
    Plant("words are shown while they are written without being noted as given",
          "samverka/careplans/operations/live.py",
          swap("    _give(this, plan, place, row)\n",
               "    row.given_to = [*word_receivers(this, plan, *part_of(key))]\n"),
          "tests/careplans/test_live_given.py -k has_been_noted"),
    Plant("words that are not noted as given are shown live", "samverka/careplans/reads/live.py",
          swap("if is_given(one, own) and key", "if key"), "tests/careplans/test_live_given.py -k not_noted"),
    Plant("one who writes is answered with words that were not given",
          "samverka/careplans/operations/live.py",
          swap("and not is_given(row, actor.provider_id)", "and False"),
          "tests/careplans/test_live_given.py -k not_noted"),
    Plant("what is kept back is noted as given while it is written",
          "samverka/careplans/operations/disclosing.py",
          swap("if key not in hidden[part] and", "if"), "tests/careplans/test_live_given.py -k kept_back"),
    Plant("what was shown live is lost to its receiver when the consent ends",
          "samverka/careplans/operations/sharing.py",
          swap("if settle_texts(actor, plan_id):  #", "if False:  #"),
          "tests/careplans/test_live_given.py -k before_the_consent"),
    Plant("a cut does not read again after the lock", "samverka/careplans/operations/live.py",
          swap("        row = LiveText.objects.get(\n            id=row.id\n        )  # read again: "
               "another may have written before the lock\n", ""),
          "tests/careplans/test_at_once.py -k between_the_look"),
    Plant("the second who appoints gets the database's fault", "samverka/careplans/operations/contacts.py",
          swap('        raise NotNow(\n            _("Någon annan utsåg',
               '        raise\n        raise NotNow(\n            _("Någon annan utsåg'),
          "tests/careplans/test_at_once.py -k appoint"),
    Plant("follow-ups are told that were never given", "samverka/careplans/reads/following.py",
          swap("return found.filter(Q(given) & sent | Q(by_id=actor.id))", "return found"),
          "tests/careplans/test_beside_versions.py -k let_in_again"),
    Plant("a follow-up is told before it is sent", "samverka/careplans/reads/following.py",
          swap("Q(given) & sent |", "Q(given) |"), "tests/careplans/test_beside_versions.py -k waits_for"),
    Plant("a reason tells of what is kept back", "samverka/careplans/reads/plans.py",
          swap("if number not in hidden}", "}"), "tests/careplans/test_beside_versions.py -k partly"),
    Plant("a reason is told to one whose consent has ended", "samverka/careplans/reads/plans.py",
          swap("    if this.decide(row).ground is Ground.KEPT:\n        return {}\n    found", "    found"),
          "tests/careplans/test_beside_versions.py -k after_the_consent"),
    # ── tables, words, fields, pages ──
    Plant("a dead end in a process", "samverka/careplans/rules/kinds.py",
          swap("    PlanStatus.ACTIVE: (Step(StepName.END, PlanStatus.ENDED, _CARE_SIDES, _(\"Avsluta planen\")),),",
               "    PlanStatus.ACTIVE: (),"), f"{HOUSE}/test_tables.py"),
    Plant("a new status without words", "samverka/careplans/rules/kinds.py",
          swap('    ENDED = "ended"\n', '    ENDED = "ended"\n    PAUSED = "paused"\n'),
          f"{HOUSE}/test_tables.py {HOUSE}/test_words.py"),
    Plant("a new field that nobody has thought of", "samverka/people/models.py",
          swap("    search_name = models", "    nickname = models.TextField(default=\"\")\n    search_name = models"),
          f"{HOUSE}/test_fields.py"),
    Plant("a page of reference that says something else", "samverka/access/roles.py",
          swap("    Role.CARE_SUPPORT: _READ,", "    Role.CARE_SUPPORT: _WORK,"), f"{HOUSE}/test_docs.py -k generated"),
    Plant("a question for each row of a page", "samverka/people/reads/persons.py",
          swap("def person_line(row: Person, actor: Actor, decision: Decision) -> PersonLine:\n"
               '    """Row → plain value."""\n',
               "def person_line(row: Person, actor: Actor, decision: Decision) -> PersonLine:\n"
               '    """Row → plain value."""\n    row.identities.first()\n'),
          f"{HOUSE}/test_queries.py -k ask_little"),
    Plant("a number that may be someone's", "docs/new.md",
          add("650823-" + "323" + "3"), f"{HOUSE}/test_secrets.py -k living"),
    Plant("a path of one computer", "docs/new.md", add("See /ho" + "me/lena/file."), f"{HOUSE}/test_secrets.py -k place_of_our"),
    Plant("a sentence without translation", "samverka/people/rules.py",
          add('NEW = _("En alldeles ny mening")'), f"{HOUSE}/test_texts.py"),
]  # fmt: skip


def planted(copy: Path, plant: Plant) -> list[str]:
    """The tests that tell of the fault; empty if none does."""
    file = copy / plant.file
    before = file.read_text() if file.exists() else None
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(plant.edit(before or ""))
    try:
        return told_by(copy, plant.check.split())
    finally:
        if before is None:
            file.unlink()
            _prune(file.parent, copy)
        else:
            file.write_text(before)


def told_by(copy: Path, check: list[str]) -> list[str]:
    """Which tests fail."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", *check],
        cwd=copy,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [line.split(" - ")[0] for line in done.stdout.splitlines()]
    told = [line.split(" ", 1)[1] for line in lines if line.startswith(("FAILED", "ERROR"))]
    if done.returncode and not told:  # nothing was collected, or the configuration is broken
        said = [*done.stderr.splitlines(), *done.stdout.splitlines()]
        told = [said[-1] if said else "pytest did not start"]
    return told


def _prune(folder: Path, copy: Path) -> None:
    while folder != copy and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def row_of(plant: Plant, told: list[str]) -> str:
    """What was planted, and who told."""
    first = told[0].removeprefix("tests/").split("[")[0] if told else "**nothing**"
    more = f" and {len(told) - 1} more" if len(told) > 1 else ""
    return f"{_start_of(plant)}{plant.file.removeprefix('samverka/')} | {first}{more} |"


def _start_of(plant: Plant) -> str:
    return f"| {plant.words} | "


def rows_told() -> dict[str, str]:
    """The rows that the page has from an earlier run, by what was planted."""
    lines = PAGE.read_text().splitlines() if PAGE.exists() else []
    return {
        plant.words: line for plant in PLANTS for line in lines if line.startswith(_start_of(plant))
    }


def as_page(rows: dict[str, str]) -> str:
    """The page, in the order of the plants."""
    lines = [
        "# Planted faults",
        "",
        "<!-- Written by tools/planted.py: each fault was planted in a copy, and the check was run. -->",
        "",
        "A check that has never failed shows nothing. Each of these was planted once, alone, and found by:",
        "",
        "| planted | in | found by |",
        "| --- | --- | --- |",
        *(rows[plant.words] for plant in PLANTS if plant.words in rows),
    ]
    return "\n".join(lines) + "\n"


def chosen_by(words: list[str]) -> list[Plant]:
    """All, those that the page does not tell of, or those whose words hold one of `words`."""
    if words == [NEW]:
        told = rows_told()
        return [one for one in PLANTS if one.words not in told]
    return [one for one in PLANTS if not words or any(word in one.words for word in words)]


def main() -> None:
    """Plant, look, tell."""
    words = sys.argv[1:]
    chosen = chosen_by(words)
    found = []
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=LEFT)
        for plant in chosen:  # the plants fit the code as it stands
            file = copy / plant.file
            plant.edit(file.read_text() if file.exists() else "")
        files = sorted({one for plant in chosen for one in plant.check.split() if "/" in one})
        without = set(
            told_by(copy, [*([] if words else ["--numprocesses=2", "--dist=loadfile"]), *files])
        )  # what fails without a plant shows nothing
        for plant in chosen:
            told = [one for one in planted(copy, plant) if one not in without]
            found.append((plant, told))
            print(
                f"{'found ' if told else 'MISSED'}  {plant.words}: {', '.join(told)[:150]}",
                flush=True,
            )
    if not words or words == [NEW]:
        before = rows_told() if words else {}
        PAGE.write_text(
            as_page(before | {plant.words: row_of(plant, told) for plant, told in found})
        )
    if missed := [plant.words for plant, told in found if not told]:
        sys.exit(f"Nobody tells of: {', '.join(missed)}")


if __name__ == "__main__":
    main()
