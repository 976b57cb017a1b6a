"""How property tests draw their examples: the same on every machine, or new ones when somebody explores.

What belongs here: what holds of every test. What does not: how many examples one draws (`tests.examples`).
"""

from hypothesis import HealthCheck, settings
from hypothesis.internal.conjecture import providers

from tests.examples import EXPLORE

# A slow machine is no fault of what is tested: neither an example nor the making of one has a deadline.
_UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}

settings.register_profile("settled", derandomize=True, print_blob=True, **_UNTIMED)
settings.register_profile("explore", max_examples=100 * EXPLORE or 100, print_blob=True, **_UNTIMED)
settings.load_profile("explore" if EXPLORE else "settled")

if not EXPLORE:
    # hypothesis also draws constants that it finds in whatever modules of ours are loaded by then, so the examples of a
    # test would depend on which tests ran in its process before it. `tests/unit/test_seeds.py` fails where this ends to
    # be the place.
    _NONE = providers.Constants()
    providers._get_local_constants = lambda: _NONE
