"""Learned weights of features, in a form that is read in a moment: what each feature speaks for, label by label.

A feature is known by the CRC-32 of its UTF-8 bytes. Of the hundred thousand features of a language two may share one by chance;
their weights are then added up, which is no worse than any other slip of what is learned.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from zlib import crc32

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint32]
Floats = npt.NDArray[np.float64]
_SCALE = 1000  # weights stand in the file as whole numbers
_MOST = 32767  # that a whole number of two bytes holds


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """What features speak for or against.

    Attributes:
        labels: what is told apart, at the most 256.
        biases: by label, the odds, as a natural logarithm, where no feature is known.
        keys: the known features, in the order of their numbers.
        starts: by feature, where its weights begin, and at the end how many there are.
        columns: by weight, the number of the label it is for.
        values: by weight, what it adds to the odds of that label, in thousandths.
    """

    labels: tuple[str, ...]
    biases: Floats
    keys: Numbers
    starts: npt.NDArray[np.int32]
    columns: npt.NDArray[np.uint8]
    values: npt.NDArray[np.int16]

    def scores(self, keys: Numbers) -> Floats:
        """The odds of each label, as natural logarithms, of a text that has these features."""
        places = self._places(keys)
        lengths = self.starts[places + 1] - self.starts[places]
        ends = np.cumsum(lengths)
        chosen = np.arange(ends[-1] if len(ends) else 0) + np.repeat(
            self.starts[places] - ends + lengths, lengths
        )
        gains = np.bincount(self.columns[chosen], self.values[chosen], len(self.labels))
        return self.biases + gains / _SCALE

    def of(self, keys: Numbers, label: int) -> list[float]:
        """What each of these features adds to the odds of one label; nothing where it is not known."""
        found = dict.fromkeys(keys.tolist(), 0.0)
        for place in self._places(keys).tolist():
            for n in range(self.starts[place], self.starts[place + 1]):
                if self.columns[n] == label:
                    found[int(self.keys[place])] = int(self.values[n]) / _SCALE
        return [found[key] for key in keys.tolist()]

    def _places(self, keys: Numbers) -> npt.NDArray[np.intp]:
        """Where the known ones of these features stand."""
        if not len(self.keys):
            return np.zeros(0, dtype=np.intp)
        places = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        known: npt.NDArray[np.intp] = places[self.keys[places] == keys]
        return known


def numbered(features: Iterable[str]) -> Numbers:
    """The numbers by which features are known."""
    return np.array([crc32(feature.encode()) for feature in features], dtype=np.uint32)


def made(
    labels: Sequence[str], biases: Sequence[float], weights: Mapping[str, Iterable[tuple[int, float]]]
) -> Weights:
    """Weights from what was learned: by feature, the numbers of the labels with what it adds to the odds of each."""
    found: dict[int, dict[int, float]] = {}
    for feature, own in weights.items():
        into = found.setdefault(crc32(feature.encode()), {})
        for label, weight in own:
            into[label] = into.get(label, 0.0) + weight
    keys = sorted(found)
    pairs = [pair for key in keys for pair in sorted(found[key].items())]
    lengths = [len(found[key]) for key in keys]
    values = np.array([weight for _, weight in pairs], dtype=np.float64) * _SCALE
    return Weights(
        tuple(labels),
        np.array([round(bias, 3) for bias in biases], dtype=np.float64),
        np.array(keys, dtype=np.uint32),
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        np.array([label for label, _ in pairs], dtype=np.uint8),
        np.clip(np.round(values), -_MOST, _MOST).astype(np.int16),
    )


def written(weights: Weights, remark: str) -> bytes:
    """A file of weights, with a remark: an archive of NumPy arrays. The same weights always give the same bytes."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        remark=np.array(remark),
        labels=np.array(weights.labels),
        biases=weights.biases,
        keys=weights.keys,
        starts=weights.starts,
        columns=weights.columns,
        values=weights.values,
    )
    return file.getvalue()


@cache
def shipped(name: str, *, chinese: bool) -> Weights:
    """The weights of a language, from the file of this name in this package; read once."""
    file = f"{name}_{'zh' if chinese else 'en'}.npz"
    return read(files("troth.policy.lint").joinpath(file).read_bytes())[0]


def read(data: bytes) -> tuple[Weights, str]:
    """The weights of a file, and its remark."""
    with np.load(io.BytesIO(data), allow_pickle=False) as found:
        weights = Weights(
            tuple(found["labels"].tolist()),
            found["biases"],
            found["keys"],
            found["starts"],
            found["columns"],
            found["values"],
        )
        return weights, str(found["remark"])
