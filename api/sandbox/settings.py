"""What a sandbox process is told when it starts."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """``time_scale`` stretches lives and delays, ``limit_scale`` the windows of the rate limiters (0.1 = a tenth)."""

    data: Path
    seed: str = "demo"
    time_scale: float = 1.0
    limit_scale: float = 1.0
