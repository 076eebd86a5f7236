"""The engines that tests of retention run on."""

from __future__ import annotations

from tests.enforcement.conftest import url

__all__ = ["url"]
