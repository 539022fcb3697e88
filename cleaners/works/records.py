"""The works of a page while its short notes are being followed."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["ShortNotes"]


@dataclass(slots=True)
class ShortNotes:
    """What short notes lead to, by position on the page.

    `works` are the elements that hold a work, each with its id on the page ("" where it has none), in page order;
    `cited` the links of notes, each with the work that it leads to; `missing` those that lead to a work that is not on
    the page, with its id.
    """

    works: dict[int, str] = field(default_factory=dict)
    cited: dict[int, int] = field(default_factory=dict)
    missing: dict[int, str] = field(default_factory=dict)
