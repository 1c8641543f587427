"""What it costs to judge a resource, as a multiple of only reading its JSON.

    python bench/validation.py FOLDER    a folder with FHIR R4 examples

The claims: a CarePlan of ordinary size is judged in under 300 microseconds, from bytes to faults, and no
good example is refused. Absolute times mean little on a shared machine; the ratios do.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from samverka.resources.rules.validation import validate

NAMES = (
    "Patient-example",
    "CarePlan-example",
    "CarePlan-integrate",
    "Observation-f001",
    "Bundle-father",
)
LIMIT = 300e-6
ROUNDS = 200


def main(folder: Path) -> None:
    """Measure each, then all; print a table."""
    decode = msgspec.json.Decoder().decode
    print(f"{'':20}{'bytes':>8}{'read µs':>9}{'judge µs':>10}{'ratio':>7}")
    for name in NAMES:
        text = (folder / f"{name}.json").read_bytes()
        read, judge = quick(lambda text=text: decode(text)), quick(lambda text=text: validate(text))
        print(f"{name:20}{len(text):>8}{read * 1e6:>9.1f}{judge * 1e6:>10.1f}{judge / read:>7.1f}")
        if name == "CarePlan-example" and judge > LIMIT:
            print(f"the claim does not hold: over {LIMIT * 1e6:.0f} µs")
    texts = [path.read_bytes() for path in sorted(folder.glob("*.json"))]
    read, judge = (
        once(lambda: [decode(one) for one in texts]),
        once(lambda: [validate(one) for one in texts]),
    )
    wrong = sum(bool(validate(one)) for one in texts)
    print(
        f"{'all':20}{sum(map(len, texts)):>8,}{read * 1e3:>7.0f}ms{judge * 1e3:>8.0f}ms{judge / read:>7.1f}"
    )
    print(f"{len(texts)} examples, {wrong} refused; load {os.getloadavg()[0]:.1f}")


def quick(call: Callable[[], object]) -> float:
    """Seconds of one call: the lower quartile of many."""
    times = sorted(once(call) for _ in range(ROUNDS))
    return times[len(times) // 4]


def once(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(Path(sys.argv[1]))
