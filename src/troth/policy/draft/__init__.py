"""Drafting a policy file from a published text, offline: suggestions only, nothing is accepted silently."""

from __future__ import annotations

from troth.policy.draft.compose import draft
from troth.policy.draft.render import render
from troth.policy.draft.suggestion import Draft, DraftedPromise, Suggestion

__all__ = ["Draft", "DraftedPromise", "Suggestion", "draft", "render"]
