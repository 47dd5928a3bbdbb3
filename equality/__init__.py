"""Equality answers: a store of its own, which nothing that ranks, approves or exports can import (D1)."""
