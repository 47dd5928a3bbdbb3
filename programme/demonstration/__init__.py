"""The invented demonstration programme: hand-shaped for people to look at, or generated at any size."""

from programme.demonstration.generating import generate
from programme.demonstration.identities import IDENTITIES, Identity, identities
from programme.demonstration.loading import load

__all__ = ["IDENTITIES", "Identity", "generate", "identities", "load"]
