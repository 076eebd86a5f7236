"""The keys of jobs: what a job knows of people is sealed with a key of its own, which is destroyed with its end.

The key stands in the row of the job, wrapped under the key ring. An older Troth kept it among the keys of people; a job
that such a one began is finished with it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from troth.evidence.keys import Seal, SubjectKeys
from troth.evidence.ledger import Run, Tables


@dataclass(slots=True)
class JobKeys:
    """The keys of the jobs of a journal, each looked up once."""

    tables: Tables
    keys: SubjectKeys
    held: dict[int, bytes] = field(default_factory=dict)
    seals: dict[int, Seal] = field(default_factory=dict)

    def take(self, job: int, key: bytes) -> None:
        """A job begins with a key that `SubjectKeys.made` gave."""
        self.held[job], self.seals[job] = key, self.keys.sealing_with(key, _name(job))

    def forget(self) -> None:
        """Look up every key again."""
        self.held.clear()
        self.seals.clear()

    def seal(self, job: int) -> Seal:
        """What seals the details of a job."""
        if job not in self.seals:
            key, name = self._key(job), _name(job)
            self.seals[job] = self.keys.sealing_with(key, name) if key else self.keys.sealing(name)
        return self.seals[job]

    def open(self, job: int, what: str, sealed: bytes) -> dict[str, Any]:
        """What was sealed for a job.

        Raises:
            KeyMissing: the key was destroyed, because the job is done.
            LedgerDamaged: it was changed, or belongs to another job.
        """
        key = self._key(job)
        if key is None:
            return self.keys.open(_name(job), what, sealed)
        return self.keys.open_with(key, (_name(job), what), sealed)

    def destroyed(self, run: Run, job: int) -> None:
        """The key goes with the row of its job; one that stands elsewhere goes now."""
        self.seals.pop(job, None)
        if self.held.pop(job, None) is None:
            run("delete from subject_key where subject = ?", (_name(job),))

    def _key(self, job: int) -> bytes | None:
        """The key in the row of a job; None where it is among those of people."""
        if job not in self.held:
            rows = self.tables.query(
                "select version, wrapped from job where id = ? and wrapped is not null", (job,)
            )
            if not rows:
                return None
            self.held[job] = self.keys.unwrap(*rows[0])
        return self.held[job]


def _name(job: int) -> str:
    """What the sealed details of a job are bound to."""
    return f"job-{job}"
