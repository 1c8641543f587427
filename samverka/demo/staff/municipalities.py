"""The municipalities' staff: unit, roles, profession, name."""

from __future__ import annotations

MUNICIPALITIES: tuple[tuple[str, str, str, str], ...] = (
    # Krokom
    ("hemsjukvard-krokom", "care", "sjuksköterska", "Åsa Nordqvist"),
    ("hemsjukvard-krokom", "care", "distriktssköterska", "Tommy Wikberg"),
    ("rehab-krokom", "care", "arbetsterapeut", "Lovisa Engman"),
    ("rehab-krokom", "care", "fysioterapeut", "Erik Bodin"),
    (
        "mas-krokom",
        "block-officer+log-reviewer",
        "medicinskt ansvarig sjuksköterska",
        "Marianne Hedin",
    ),
    ("bistand-krokom", "social", "biståndshandläggare", "Katarina Wall"),
    ("hemtjanst-krokom", "social", "samordnare i hemtjänsten", "Jonny Sjölin"),
    ("hemtjanst-krokom", "care-support", "undersköterska", "Fatima Aden"),
    ("hemtjanst-krokom", "manager", "enhetschef", "Annelie Rask"),
    ("hemtjanst-as", "care-support", "undersköterska", "Kjell Öst"),
    ("boende-krokom", "care-support", "undersköterska", "Inger Modig"),
    ("ekonomi-krokom", "economist", "ekonom", "Håkan Lindell"),
    ("ekonomi-krokom", "analyst", "kvalitetsutvecklare", "Eva Brolin"),
    ("ekonomi-krokom", "leader", "socialchef", "Gunnar Wik"),
    # Åre
    ("hemsjukvard-are", "care", "sjuksköterska", "Ola Brink"),
    ("rehab-are", "care", "fysioterapeut", "Stina Hjelm"),
    ("bistand-are", "social", "biståndshandläggare", "Sara Myhr"),
    ("hemtjanst-jarpen", "care-support", "undersköterska", "Lisbeth Kvarnlöf"),
    (
        "mas-are",
        "block-officer+log-reviewer",
        "medicinskt ansvarig sjuksköterska",
        "Gunvor Edström",
    ),
    # Östersund
    ("hemsjukvard-ostersund", "care", "sjuksköterska", "Pia Wester"),
    ("hemsjukvard-froson", "care", "distriktssköterska", "Malin Stigsdotter"),
    ("hemsjukvard-brunflo", "care", "sjuksköterska", "Thomas Frid"),
    ("rehab-ostersund", "care", "arbetsterapeut", "Jakob Stenmark"),
    ("bistand-ostersund", "social", "biståndshandläggare", "Elsa Granath"),
    ("hemtjanst-ostersund", "care-support", "undersköterska", "Yonas Haile"),
    ("hemtjanst-froson", "care-support", "undersköterska", "Marita Laine"),
    ("hemtjanst-ostersund", "manager", "enhetschef", "Peder Lilja"),
    ("elevhalsa-ostersund", "care", "skolsköterska", "Marie-Louise Thun"),
    ("elevhalsa-ostersund", "care", "skolläkare", "Adam Bergh"),
    ("ifo-familj-ostersund", "social", "socialsekreterare", "Linn Marklund"),
    ("ifo-vuxen-ostersund", "social", "socialsekreterare", "Omar Said"),
    ("boendestod-ostersund", "social", "boendestödjare", "Frida Nordell"),
    (
        "mas-ostersund",
        "block-officer+log-reviewer",
        "medicinskt ansvarig sjuksköterska",
        "Christina Ek",
    ),
    # Strömsund
    ("hemsjukvard-stromsund", "care", "sjuksköterska", "Ulla-Karin Mårtensson"),
    ("bistand-stromsund", "social", "biståndshandläggare", "Hanna Zackrisson"),
    ("ifo-vuxen-stromsund", "social", "socialsekreterare", "Carolina Ödling"),
    ("boendestod-stromsund", "social", "boendestödjare", "Mikael Svedin"),
    ("hemtjanst-hammerdal", "care-support", "undersköterska", "Elsy Grubb"),
    # Ragunda
    ("hemsjukvard-ragunda", "care", "sjuksköterska", "Torsten Vikner"),
    ("bistand-ragunda", "social", "biståndshandläggare", "Emelie Frank"),
    ("anhorig-ragunda", "social", "anhörigkonsulent", "Birgit Sahlin"),
    ("korttids-ragunda", "social", "samordnare på korttidsboendet", "Gun-Britt Alm"),
    ("hemtjanst-hammarstrand", "care-support", "undersköterska", "Rosita Hedberg"),
    (
        "mas-ragunda",
        "block-officer+log-reviewer",
        "medicinskt ansvarig sjuksköterska",
        "Anna-Lena Forss",
    ),
    # Bräcke
    ("hemsjukvard-bracke", "care", "sjuksköterska", "Catrin Modéer"),
    ("bistand-bracke", "social", "LSS-handläggare", "Maja Ottosson"),
    ("lss-skogsgatan", "social", "stödpedagog", "Ellinor Grip"),
    ("lss-skogsgatan", "manager", "enhetschef", "Jimmy Axelsson"),
    ("lss-snickeriet", "social", "handledare i daglig verksamhet", "Rolf Hagman"),
    # Berg
    ("hemsjukvard-berg", "care", "distriktssköterska", "Gudrun Olsén"),
    ("bistand-berg", "social", "biståndshandläggare", "Roland Persson"),
    ("hemtjanst-hackas", "social", "undersköterska", "Alva Hedvall"),
    ("rehab-berg", "care", "arbetsterapeut", "Nils Granlöf"),
    # Härjedalen
    ("hemsjukvard-fjall", "care", "sjuksköterska", "Kerstin Blomkvist"),
    ("hemsjukvard-harjedalen", "care", "distriktssköterska", "Mårten Jönsson"),
    ("bistand-harjedalen", "social", "biståndshandläggare", "Jörgen Mattsson"),
    ("hemtjanst-sveg", "care-support", "undersköterska", "Ritva Korhonen"),
    # Those who answer and sign the status reports, beside Krokom's
    ("bistand-are", "analyst", "utvecklingsledare", "Jenny Höglund"),
    ("bistand-are", "leader", "socialchef", "Per Sundqvist"),
    ("bistand-ostersund", "analyst", "utvecklingsledare", "Maria Fjällström"),
    ("bistand-ostersund", "leader", "förvaltningschef", "Anders Nyholm"),
)
