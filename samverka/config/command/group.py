"""The commands and their options. Each is a few lines here; the work is in the module it calls."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import psycopg

import samverka as package
from samverka.config.command.language import LANGUAGES, said
from samverka.config.command.language import words as _
from samverka.config.command.surroundings import (
    database,
    furnished,
    owner_needed,
    start_django,
)
from samverka.kernel.problems import Problem


class Speaking(click.Group):
    """A group whose problems end in one sentence, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run; a `Problem` becomes its sentence on the error stream and exit code 1."""
        try:
            return super().invoke(ctx)
        except Problem as problem:
            parts = (said(problem.message), said(problem.mend))
            raise click.ClickException(" ".join(part for part in parts if part)) from problem
        except Exception as problem:
            if not isinstance(problem.__cause__ or problem, psycopg.OperationalError):
                raise
            raise click.ClickException(
                _("Databasen svarar inte: %(why)s", why=problem)
            ) from problem


@click.group(
    cls=Speaking,
    help=_("En plan per person, över alla som hjälper till."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--lang", type=click.Choice(LANGUAGES), help=_("Språk (annars efter LANG)."))
@click.version_option(package.__version__, prog_name="samverka", help=_("Visa versionen."))
def samverka(lang: str | None) -> None:
    """The language was chosen before the help texts were made; the option is here to be listed."""


@samverka.command(help=_("Starta ett helt län på den egna datorn, med påhittade personer."))
@click.option(
    "--people",
    default=2000,
    show_default=True,
    type=click.IntRange(0, 130_000),
    help=_("Antal invånare."),
)
@click.option("--seed", default=1, show_default=True, help=_("Samma frö ger samma län."))
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65_535),
    help=_("Port på den egna datorn."),
)
@click.option(
    "--play",
    is_flag=True,
    help=_("Spela en vecka på sjukhuset: 40 personer kommer hem. Se det hända på Tavlan."),
)
@click.option(
    "--history/--no-history",
    default=True,
    show_default=True,
    help=_("Fem års påhittad historia för hela länet, till Läget."),
)
def demo(people: int, seed: int, port: int, play: bool, history: bool) -> None:
    from samverka.config.command.demo import demo as run

    run(people=people, seed=seed, port=port, play=play, history=history)


@samverka.command(help=_("Kör Samverka i drift, mot databasen i DATABASE_URL."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Adress att lyssna på."))
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65_535),
    help=_("Port att lyssna på."),
)
@click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1), help=_("Antal processer.")
)
@click.option(
    "--threads",
    default=4,
    show_default=True,
    type=click.IntRange(1),
    help=_("Trådar i varje process."),
)
@click.option(
    "--sockets",
    default=None,
    type=click.IntRange(0, 65_535),
    help=_("Port för andra systems kanaler; annars nästa. 0: de körs för sig."),
)
def serve(host: str, port: int, workers: int, threads: int, sockets: int | None) -> None:
    from samverka.config.command.serve import serve as run

    run(host=host, port=port, workers=workers, threads=threads, sockets=sockets)


@samverka.command(help=_("Kör bara kanalen där andra system får besked (websocket)."))
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Adress att lyssna på."))
@click.option(
    "--port",
    default=8001,
    show_default=True,
    type=click.IntRange(1, 65_535),
    help=_("Port att lyssna på."),
)
def sockets(host: str, port: int) -> None:
    from samverka.config.command.serve import serve_sockets as run

    run(host=host, port=port)


@samverka.command(help=_("Gör eller ändra databasens tabeller, som databasens ägare."))
def migrate() -> None:
    if os.environ.get("DATABASE_URL"):
        owner_needed()
    with database():
        start_django()
        from samverka.config.command.tables import make_tables

        make_tables()
    click.echo(_("Tabellerna är på plats."))


@samverka.command("import", help=_("Läs in FHIR R4 ur filer (JSON eller NDJSON)."))
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=True, path_type=Path),
    metavar=_("FIL…"),
)
@click.option(
    "--source",
    default="fil",
    show_default=True,
    help=_("Systemet som filerna kommer från. Samma id från två källor är två saker."),
)
@click.option(
    "--unit",
    default="",
    metavar="HSA-ID",
    help=_("Enheten vars uppgifter det blir. Annars tillhör de ingen enhet."),
)
@click.option(
    "--base",
    default="",
    metavar="URL",
    help=_("Källans FHIR-adress, om filerna hänvisar med hela adresser."),
)
def import_(files: tuple[Path, ...], source: str, unit: str, base: str) -> None:
    with furnished():
        from samverka.config.command.importing import run

        run(files, source=source, unit=unit, base=base)


@samverka.command(
    help=_("Publicera enheter, personal, personer och planer i FHIR igen, som de är nu.")
)
def publish() -> None:
    with furnished():
        from samverka.config.command.publishing import run

        run()


@samverka.command(
    help=_(
        "Gör det som ligger i FHIR sökbart på nytt, efter en ny version som söker på annat. "
        "Kan avbrytas när som helst och fortsätter nästa gång."
    )
)
def index() -> None:
    with furnished():
        from samverka.config.command.indexing import run

        run()


@samverka.command(help=_("Hämta ett åtkomstbevis för demons eget system."))
@click.option(
    "--address",
    default="http://127.0.0.1:8000",
    show_default=True,
    help=_("Var demon svarar."),
)
@click.option(
    "--scope", default="system/*.cruds", show_default=True, help=_("Vad systemet ber om.")
)
def token(address: str, scope: str) -> None:
    from samverka.config.command.token import run

    run(address, scope)


@samverka.command(help=_("Se efter att installationen är säker."))
def check() -> None:
    with furnished():
        from samverka.config.command.checking import run

        run()


@samverka.group(help=_("Åtkomstloggen."))
def audit() -> None:
    """The trail."""


@audit.command("verify", help=_("Räkna om hela kedjan och se efter att ingen rad har ändrats."))
def verify() -> None:
    with furnished():
        from samverka.config.command.trail import verify as run

        run()


@audit.command("seal", help=_("Försegla de rader som väntar."))
def seal() -> None:
    with furnished():
        from samverka.config.command.trail import seal as run

        run()


@samverka.group(help=_("Faktalagret som siffrorna räknas ur."))
def warehouse() -> None:
    """The facts that figures are counted from."""


@warehouse.command(
    "export", help=_("Skriv det som har hänt till faktalagret, och räkna siffrorna.")
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar=_("DAG"),
    help=_("Läs det som har ändrats sedan den dagen. Annars sedan förra gången."),
)
@click.option("--full", is_flag=True, help=_("Läs allt, och ta bort det som inte längre finns."))
@click.option(
    "--reckon/--no-reckon", default=True, help=_("Räkna siffrorna efteråt, eller låt bli.")
)
def export(since: datetime | None, full: bool, reckon: bool) -> None:
    with furnished():
        from samverka.config.command.warehouse import export as run

        run(since=since, full=full, reckon=reckon)


@warehouse.command(
    "import", help=_("Läs in ett läns historik ur filer: CSV, Parquet eller FHIR (NDJSON).")
)
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar=_("FIL…"),
)
@click.option(
    "--source",
    required=True,
    help=_("Systemet som filerna kommer från. Samma rad igen från det ändrar inget."),
)
@click.option(
    "--fact", default="", help=_("Vilka fakta filen har. Annars efter hur filens namn börjar.")
)
@click.option("--county", default="", help=_("Länets kod, två siffror. Annars det egna länet."))
@click.option(
    "--months",
    default="",
    metavar=_("FRÅN:TILL"),
    help=_("Månader som FHIR-filernas Patient var befolkningen, till exempel 2024-01:2024-12."),
)
def import_history(
    files: tuple[Path, ...], source: str, fact: str, county: str, months: str
) -> None:
    with furnished():
        from samverka.config.command.warehouse import import_files as run

        run(files, source=source, fact=fact, county=county, months=months)


@warehouse.command("reckon", help=_("Räkna siffrorna ur ett uttag och visa dem på sidorna."))
@click.option(
    "--snapshot", default="", metavar=_("NAMN"), help=_("Uttagets namn. Annars det senaste.")
)
@click.option(
    "--engine",
    default="duckdb",
    show_default=True,
    metavar=_("MOTOR"),
    help=_("duckdb, spark://värd:7077 eller local[2]."),
)
def reckon(snapshot: str, engine: str) -> None:
    with furnished():
        from samverka.config.command.warehouse import reckon as run

        run(snapshot=snapshot, engine=engine)


@warehouse.command("check", help=_("Läs alla fakta och säg vad som inte stämmer."))
def check_facts() -> None:
    with furnished():
        from samverka.config.command.warehouse import check as run

        run()


@samverka.group(help=_("Reservlistor, för när servern inte svarar."))
def reserve() -> None:
    """The reserve routine."""


@reserve.command("open", help=_("Öppna en enhets låsta lista, utan server."))
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar=_("FIL")
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar=_("FIL"),
    help=_("Lägg listan som en sida i en fil i stället för att visa den."),
)
def open_(file: Path, out: Path | None) -> None:
    from samverka.config.command.reserve import run

    run(file, out=out)


@samverka.group(help=_("Mät hur fort det går på den här datorn."))
def bench() -> None:
    """What is promised of speed."""


@bench.command("nation", help=_("Gör ett påhittat Sverige och räkna fem mått över det."))
@click.option(
    "--scale",
    default="nation",
    show_default=True,
    type=click.Choice(("municipality", "county", "nation")),
    help=_("En kommun, ett län eller hela landet (10,5 miljoner personer, 78 miljoner händelser)."),
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar=_("MAPP"),
    help=_("Där filerna läggs och ligger kvar, 2 GB för landet. Annars tas de bort efteråt."),
)
@click.option("--seed", default=1, show_default=True, help=_("Samma frö ger samma händelser."))
@click.option(
    "--runs", default=3, show_default=True, type=click.IntRange(1), help=_("Antal gånger.")
)
@click.option("--memory", default="700MB", show_default=True, help=_("Minne för motorn."))
def nation(scale: str, folder: Path | None, seed: int, runs: int, memory: str) -> None:
    from samverka.config.command.benching import nation as run

    run(scale=scale, folder=folder, seed=seed, runs=runs, memory=memory)


@samverka.command(help=_("Ta bort demolänet och allt i datamappen."))
@click.option("--yes", is_flag=True, help=_("Fråga inte."))
def reset(yes: bool) -> None:
    from samverka.config.command.resetting import run

    run(sure=yes)


@samverka.command(
    help=_("Kör ett av Djangos egna kommandon, till exempel makemigrations."),
    context_settings={
        "ignore_unknown_options": True,
        "allow_interspersed_args": False,
        "help_option_names": [],
    },
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED, metavar=_("KOMMANDO…"))
def manage(words: tuple[str, ...]) -> None:
    with database():
        start_django()
        from django.core.management import execute_from_command_line

        execute_from_command_line(["samverka manage", *words])
