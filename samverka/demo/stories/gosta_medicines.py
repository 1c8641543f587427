"""What Gösta takes for his lungs, as his health centre's record system tells it."""

from __future__ import annotations

from samverka.demo import script as s
from samverka.demo.script import any_day, day

MEDICINES = s.Medicines(
    when=any_day(-1, 8, 20),
    by="mats.wikander",
    keeper="hc-jarpen",
    lines=(
        s.Medicine(
            "Tiotropium 18 mikrogram, att andas in",
            "R03BB04",
            "1 dos på morgonen, varje dag",
            day(-365),
        ),
        s.Medicine(
            "Budesonid och formoterol 160/4,5 mikrogram, att andas in",
            "R03AK07",
            "2 doser på morgonen och 2 på kvällen. Skölj munnen efteråt.",
            day(-365),
        ),
        s.Medicine(
            "Salbutamol 0,2 mg, att andas in",
            "R03AC02",
            "1 eller 2 doser när det är tungt att andas, högst 8 om dagen",
            day(-720),
        ),
        s.Medicine(
            "Acetylcystein 200 mg",
            "R05CB01",
            "1 brustablett i vatten, 3 gånger om dagen",
            day(-365),
        ),
        s.Medicine(
            "Prednisolon 5 mg",
            "H02AB06",
            "Bara en dålig vecka: 6 tabletter på morgonen i 5 dagar, som det står på pappret",
            day(-52),
        ),
    ),
)
