"""A seed becomes a world with known truth: synthetic reports for trying, measuring and showing the engine.

Nothing in it describes a real person or incident. What every number is and where it comes from stands in
`parameters.toml`; what the world can and cannot show, in `data/synthetic/README.md`.
"""

from linkage.synthetic.demo import DEMO_REPORTS, DEMO_SEED, demo_path, demo_truth
from linkage.synthetic.ledger import TRUTH_COLUMNS
from linkage.synthetic.parameters import named_overrides, parameters, parse_override, presets
from linkage.synthetic.world import World, foreign, generate, write_reports, write_world

__all__ = [
    "DEMO_REPORTS",
    "DEMO_SEED",
    "TRUTH_COLUMNS",
    "World",
    "demo_path",
    "demo_truth",
    "foreign",
    "generate",
    "named_overrides",
    "parameters",
    "parse_override",
    "presets",
    "write_reports",
    "write_world",
]
